"""Which rows are shown and in what order: pure, so that what the chips and menus do can be tested without a screen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from core.model.ledger import Light, State
from gui.pages.table.columns import DUE, NUMBER_KEY, SECTION, TASK, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.model.ledger import Status
    from core.office.board import BoardRow
    from gui.pages.filters import TableFilter
    from gui.pages.table.rows import TableRow, TableRows


class Only(StrEnum):
    """The chips; the value is the word on the screen."""

    ALL = "全部"
    OVERDUE = "逾期"
    DUE_SOON = "临近"
    DONE = "已完成"
    IN_PROGRESS = "推进中"
    NOT_STARTED = "未启动"
    STEADY = "长期·待部署"
    TO_VERIFY = "待核对"


_STATES = {
    Only.DONE: {State.DONE},
    Only.IN_PROGRESS: {State.IN_PROGRESS},
    Only.NOT_STARTED: {State.NOT_STARTED},
    Only.STEADY: {State.ONGOING, State.WAITING},
}


_BITS = {only: 1 << index for index, only in enumerate(Only)}


class Sort(NamedTuple):
    """Rows in the order of one column."""

    key: str
    is_descending: bool = False


BY_DUE = Sort(DUE)
PRINT_KEYS = frozenset({SECTION, TASK, TEXT, NUMBER_KEY})
"""Columns whose order is that of the print."""


class Picked(NamedTuple):
    """Measures by number that another page asked for, with its words (2025年1月到期)."""

    title: str
    nos: frozenset[int]


@dataclass(frozen=True, slots=True)
class View:
    """What the clerk has asked to see. ``filters`` holds the ticked values of a column by its key."""

    sort: Sort | None = None
    only: Only = Only.ALL
    unit: str | None = None
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    picked: Picked | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some measures may be hidden."""
        return self.only is not Only.ALL or self.unit is not None or bool(self.filters) or self.picked is not None

    @property
    def is_as_printed(self) -> bool:
        """Whether cells merge: any sort or filter repeats the text instead."""
        return self.sort is None and not self.is_filtered

    def with_filter(self, key: str, ticked: frozenset[str] | None) -> View:
        """The same view with another filter on a column; None takes it away."""
        filters = {k: v for k, v in self.filters.items() if k != key}
        if ticked is not None:
            filters[key] = ticked
        return replace(self, filters=filters)

    def without_filters(self) -> View:
        """Every measure again, in the same order."""
        return View(sort=self.sort)


@dataclass(frozen=True, slots=True)
class Band:
    """A section printed as a row over the whole width."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that stands over several lines or columns."""

    line: int
    column: int
    lines: int
    columns: int = 1


class Arranged(NamedTuple):
    """The lines of the table from top to bottom, with the cells that merge."""

    lines: tuple[TableRow | Band, ...]
    spans: tuple[Span, ...] = ()
    is_merged: bool = False


def arrange(table: TableRows, view: View) -> Arranged:
    """The lines that a view shows, in its order."""
    if view.is_as_printed:
        lines = _with_bands(table) if table.has_section_rows else table.rows
        return Arranged(lines, tuple(_spans(lines, len(table.columns))), is_merged=True)
    rows = _passing(table, view)
    if view.sort is not None:
        rows = _sorted(table, view.sort, rows)
    return Arranged(tuple(rows))


def asked(table: TableRows, wanted: TableFilter, sort: Sort | None) -> View:
    """The view another page asks for: a chip where there is one for it, else the measures themselves."""
    only = _chip_of(wanted)
    rows = [row for row in table.rows if wanted.measures is None or row.no in wanted.measures]
    if wanted.section is not None:
        rows = [row for row in rows if row.source.section is not None and row.source.section.no == wanted.section]
    if only is Only.ALL and (wanted.states or wanted.lights):
        rows = [row for row in rows if _has(row.source.status, wanted)]
    picked = None
    if len(rows) < len(table.rows) or wanted.measures is not None:
        picked = Picked(wanted.title or f"{len(rows)} 项措施", frozenset(row.no for row in rows))
    return View(sort=sort, only=only, unit=wanted.unit, picked=picked)


def counts(table: TableRows, view: View) -> dict[Only, int]:
    """How many measures each chip would show, the other filters being as they are."""
    rest = _passing(table, replace(view, only=Only.ALL))
    numbers = Counter([row.chips for row in rest])
    return {only: sum(number for chips, number in numbers.items() if chips & _BITS[only]) for only in Only}


def values(table: TableRows, view: View, key: str) -> list[tuple[str, int]]:
    """Values of a column with their counts, in the order of its sort, the other filters being as they are."""
    column = _index(table, key)
    rest = _passing(table, view.with_filter(key, None))
    found = Counter(row.values[column] for row in rest)
    order = _sorted(table, Sort(key), rest)
    return [(value, found[value]) for value in dict.fromkeys(row.values[column] for row in order)]


def units(table: TableRows) -> list[tuple[str, int]]:
    """Units with the number of measures they stand in, most first."""
    found = Counter(unit for row in table.rows for unit in row.source.units)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _passing(table: TableRows, view: View) -> Sequence[TableRow]:
    """The rows that a view lets through, one filter after the other: a hundred thousand rows within three frames."""
    rows: Sequence[TableRow] = table.rows
    if view.unit is not None:
        rows = [row for row in rows if view.unit in row.source.units]
    if view.picked is not None:
        nos = view.picked.nos
        rows = [row for row in rows if row.no in nos]
    for key, ticked in view.filters.items():
        column = _index(table, key)
        rows = [row for row in rows if row.values[column] in ticked]
    return _only(rows, view.only)


def _only(rows: Sequence[TableRow], only: Only) -> Sequence[TableRow]:
    if only is Only.ALL:
        return rows
    bit = _BITS[only]
    return [row for row in rows if row.chips & bit]


def chips_of(source: BoardRow) -> int:
    """The sum of the bits of the chips that show a measure."""
    status = source.status
    lit = {Only.ALL: True, Only.OVERDUE: status.overdue, Only.DUE_SOON: status.due_soon}
    lit |= {only: status.state in states for only, states in _STATES.items()}
    lit[Only.TO_VERIFY] = source.to_verify
    return sum(_BITS[only] for only, is_lit in lit.items() if is_lit)


def _chip_of(wanted: TableFilter) -> Only:
    """The chip that says the same as states and lights, else 全部."""
    if wanted.to_verify:
        return Only.TO_VERIFY
    if wanted.lights and not wanted.states:
        lights = {frozenset({Light.OVERDUE}): Only.OVERDUE, frozenset({Light.DUE_SOON}): Only.DUE_SOON}
        return lights.get(wanted.lights, Only.ALL)
    if wanted.states and not wanted.lights:
        return next((only for only, states in _STATES.items() if states == wanted.states), Only.ALL)
    return Only.ALL


def _has(status: Status, wanted: TableFilter) -> bool:
    lights = {Light.OVERDUE} if status.overdue else set()
    if status.due_soon:
        lights.add(Light.DUE_SOON)
    if not lights:
        lights.add(Light.NORMAL)
    return (not wanted.states or status.state in wanted.states) and (not wanted.lights or bool(lights & wanted.lights))


def _index(table: TableRows, key: str) -> int:
    return next(index for index, column in enumerate(table.columns) if column.key == key)


def _sorted(table: TableRows, sort: Sort, rows: Iterable[TableRow]) -> list[TableRow]:
    """In the order of a column; what has no value stands last, equals stay in print order."""
    column = _index(table, sort.key)
    rows = list(rows)
    known = [row for row in rows if row.sort_keys[column] is not None]
    known.sort(key=lambda row: row.sort_keys[column], reverse=sort.is_descending)
    return known + [row for row in rows if row.sort_keys[column] is None]


def _with_bands(table: TableRows) -> tuple[TableRow | Band, ...]:
    lines: list[TableRow | Band] = []
    section = None
    for row in table.rows:
        here = row.source.section
        if here is not None and here != section:
            lines.append(Band(f"{here.label}{here.title}"))
        section = here
        lines.append(row)
    return tuple(lines)


def _spans(lines: tuple[TableRow | Band, ...], width: int) -> Iterable[Span]:
    """Runs of equal groups, column by column; bands over the whole width."""
    for index, line in enumerate(lines):
        if isinstance(line, Band):
            yield Span(index, 0, 1, width)
    for column in range(width):
        start = 0
        while start < len(lines):
            end = start + 1
            while end < len(lines) and _merges(lines[start], lines[end], column):
                end += 1
            if end - start > 1:
                yield Span(start, column, end - start)
            start = end


def _merges(first: TableRow | Band, other: TableRow | Band, column: int) -> bool:
    if isinstance(first, Band) or isinstance(other, Band):
        return False
    return first.groups[column] is not None and first.groups[column] == other.groups[column]
