"""What the page shows of the register, read at once from the ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.model.ledger import State, Status
from core.office import board, returns
from core.office import units as register
from core.office.overview import Overview, overview, shown_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.model.units import Unit
    from core.office.returns import UnitReturn
    from gui.context import Context


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the table: the collectives it belongs to, its obligations in the plan, how many are done, and late."""

    unit: Unit
    groups: tuple[str, ...]
    total: int
    done: int
    done_late: int = 0

    @property
    def short(self) -> str:
        """简称: the first of its other names, empty when it has none."""
        return self.unit.aliases[0] if self.unit.aliases else ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure below the table; ``due`` is the date to show, None when it has none."""

    no: int
    label: str
    text: str
    due: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class Reading:
    """The register with the figures of one plan on one date."""

    lines: tuple[UnitLine, ...] = ()
    groups: tuple[Unit, ...] = ()
    left: tuple[UnitLine, ...] = ()
    """Units that were dissolved, moved away or merged."""
    unresolved: tuple[register.Unresolved, ...] = ()
    """Names in divisions that nobody answers to."""
    measures: dict[str, tuple[MeasureLine, ...]] = field(default_factory=dict)
    """By unit: what it is responsible for, in the order of the plan."""
    used: dict[str, tuple[MeasureLine, ...]] = field(default_factory=dict)
    """By collective: the measures whose division names it."""
    plan_key: str | None = None

    def line(self, name: str) -> UnitLine | None:
        """A unit that is in the register or has left it."""
        return next((line for line in (*self.lines, *self.left) if line.unit.name == name), None)

    def group(self, name: str) -> Unit | None:
        """A collective by its name."""
        return next((group for group in self.groups if group.name == name), None)

    def members(self, group: Unit) -> tuple[UnitLine, ...]:
        """The units of a collective, in its order; a collective inside it is opened."""
        names = dict.fromkeys(self._names(group, frozenset()))
        found = (self.line(name) for name in names)
        return tuple(line for line in found if line is not None)

    def alone(self) -> tuple[UnitLine, ...]:
        """Units that no collective stands for."""
        return tuple(line for line in self.lines if not line.groups)

    def _names(self, group: Unit, seen: frozenset[str]) -> list[str]:
        names: list[str] = []
        for name in group.members:
            inner = self.group(name)
            if inner is None:
                names.append(name)
            elif name not in seen:
                names += self._names(inner, seen | {group.name})
        return names


def read(context: Context) -> Reading:
    """Everything the page shows; empty without a ledger."""
    if not context.has_store:
        return Reading()
    found = register.all_units(context.store)
    key = context.plan_key
    view = overview(context.store, key, context.as_of) if key is not None else None
    groups = tuple(unit for unit in found if unit.is_group and unit.left_on is None)
    lines = _lines([unit for unit in found if not unit.is_group], groups, view)
    return Reading(
        lines=tuple(line for line in lines if line.unit.left_on is None),
        groups=groups,
        left=tuple(line for line in lines if line.unit.left_on is not None),
        unresolved=register.unresolved(context.store, key) if key is not None else (),
        measures=_measures(view) if view is not None else {},
        used=_used(context, view, groups) if view is not None else {},
        plan_key=key,
    )


def _lines(units: list[Unit], groups: tuple[Unit, ...], view: Overview | None) -> list[UnitLine]:
    totals: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    late: dict[str, int] = defaultdict(int)
    for unit, status in _owed(view):
        totals[unit] += 1
        if status.state is State.DONE:
            done[unit] += 1
            late[unit] += status.done_late
    belongs: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for name in group.members:
            belongs[name].append(group.name)
    return [UnitLine(u, tuple(belongs[u.name]), totals[u.name], done[u.name], late[u.name]) for u in units]


def _owed(view: Overview | None) -> Iterator[tuple[str, Status]]:
    """Each obligation of the plan: who owes it, and how it stands."""
    if view is not None:
        yield from ((item.unit, view.statuses[item.id]) for item in view.obligations)


def _measures(view: Overview) -> dict[str, tuple[MeasureLine, ...]]:
    found: dict[str, dict[int, MeasureLine]] = defaultdict(dict)
    lines = _measure_lines(view)
    for item in view.obligations:
        found[item.unit][item.measure] = lines[item.measure]
    return {unit: tuple(own[no] for no in sorted(own)) for unit, own in found.items()}


def _used(context: Context, view: Overview, groups: tuple[Unit, ...]) -> dict[str, tuple[MeasureLine, ...]]:
    lines = _measure_lines(view)
    numbers = {g.name: register.measures_of_group(context.store, view.row.key, g.name) for g in groups}
    return {name: tuple(lines[no] for no in own) for name, own in numbers.items()}


def _measure_lines(view: Overview) -> dict[int, MeasureLine]:
    statuses = view.measures
    return {
        m.no: MeasureLine(m.no, m.label, m.text, shown_due(m.deadlines, statuses[m.no]), statuses[m.no])
        for m in view.plan.measures
    }


def titles_of(context: Context, reading: Reading) -> dict[tuple[str, int], str]:
    """By plan and number: how a measure is called where a change moves its obligations."""
    if not context.has_store:
        return {}
    titles = {
        (plan.key, no): f"“{plan.title}”第 {no} 项"
        for plan in board.plans(context.store)
        for no in range(1, plan.measures + 1)
    }
    own = {line.no: line for lines in reading.measures.values() for line in lines}
    return titles | {(reading.plan_key or "", no): f"{line.label}{line.text}" for no, line in own.items()}


def read_returns(context: Context) -> dict[str, UnitReturn] | None:
    """By unit: what the chosen period expects and what came back; None without plan or period."""
    if not context.has_store or context.plan_key is None or context.period_key is None:
        return None
    found = returns.returns(context.store, context.plan_key, context.period_key, context.as_of)
    return {item.unit: item for item in found.units}


def returned_words(found: dict[str, UnitReturn] | None, unit: str) -> str:
    """本期报送 of a unit in words."""
    if found is None:
        return "没有报送期"
    own = found.get(unit)
    if own is None or not own.expected:
        return "本期没有要报的事项"
    if not own.returned:
        return f"应报 {own.expected} 项，还没有报"
    when = f"，{own.received_on.isoformat()} 收到" if own.received_on is not None else ""
    late = own.returned - own.in_time
    return f"应报 {own.expected} 项，已报 {own.returned} 项{when}{f'，{late} 项超过截止日' if late else ''}"
