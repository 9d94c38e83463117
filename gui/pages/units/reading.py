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
    from collections.abc import Sequence
    from datetime import date

    from core.model.units import Unit
    from core.office.files import Store
    from core.office.returns import UnitReturn
    from gui.context import Context

COUNTING = "正在统计"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the table: the collectives it belongs to, its obligations in the plan, how many are done, and late.

    None: not counted yet.
    """

    unit: Unit
    groups: tuple[str, ...]
    total: int | None
    done: int | None
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
    is_counted: bool = True
    """False while the figures are still being counted."""

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


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What a plan says of the units on a date: this is what takes time in a large file.

    ``counts``: by unit (obligations, done, done late). ``returned``: by unit, None without a period.
    """

    plan_key: str | None
    counts: dict[str, tuple[int, int, int]]
    measures: dict[str, tuple[MeasureLine, ...]]
    used: dict[str, tuple[MeasureLine, ...]]
    unresolved: tuple[register.Unresolved, ...]
    returned: dict[str, UnitReturn] | None = None


def count(store: Store, plan_key: str | None, period_key: str | None, as_of: date) -> PlanFigures:
    """Compute the figures of a plan; empty ones without a plan.

    Raises NotFoundError for an unknown plan, InvalidError for the period.
    """
    if plan_key is None:
        return PlanFigures(None, {}, {}, {}, ())
    view = overview(store, plan_key, as_of)
    lines = _measure_lines(view)
    groups = [unit for unit in register.units(store) if unit.is_group]
    numbers = {group.name: register.measures_of_group(store, plan_key, group.name) for group in groups}
    returned = None
    if period_key is not None:
        found = returns.returns(store, plan_key, period_key, as_of)
        returned = {item.unit: item for item in found.units}
    return PlanFigures(
        plan_key,
        _counts(view),
        _measures(view, lines),
        {name: tuple(lines[no] for no in own) for name, own in numbers.items()},
        register.unresolved(store, plan_key),
        returned,
    )


def assemble(units: Sequence[Unit], figures: PlanFigures | None) -> Reading:
    """The register with its figures; without them the numbers are not known yet."""
    groups = tuple(unit for unit in units if unit.is_group and unit.left_on is None)
    belongs: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for name in group.members:
            belongs[name].append(group.name)
    lines = [_line(unit, tuple(belongs[unit.name]), figures) for unit in units if not unit.is_group]
    return Reading(
        lines=tuple(line for line in lines if line.unit.left_on is None),
        groups=groups,
        left=tuple(line for line in lines if line.unit.left_on is not None),
        unresolved=figures.unresolved if figures is not None else (),
        measures=figures.measures if figures is not None else {},
        used=figures.used if figures is not None else {},
        plan_key=figures.plan_key if figures is not None else None,
        is_counted=figures is not None,
    )


def _line(unit: Unit, groups: tuple[str, ...], figures: PlanFigures | None) -> UnitLine:
    if figures is None:
        return UnitLine(unit, groups, None, None)
    return UnitLine(unit, groups, *figures.counts.get(unit.name, (0, 0, 0)))


def _counts(view: Overview) -> dict[str, tuple[int, int, int]]:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for item in view.obligations:
        status = view.statuses[item.id]
        own = totals[item.unit]
        own[0] += 1
        if status.state is State.DONE:
            own[1] += 1
            own[2] += status.done_late
    return {unit: (own[0], own[1], own[2]) for unit, own in totals.items()}


def _measures(view: Overview, lines: dict[int, MeasureLine]) -> dict[str, tuple[MeasureLine, ...]]:
    found: dict[str, dict[int, MeasureLine]] = defaultdict(dict)
    for item in view.obligations:
        found[item.unit][item.measure] = lines[item.measure]
    return {unit: tuple(own[no] for no in sorted(own)) for unit, own in found.items()}


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
        (plan.key, no): f"“{plan.title}”（{no}）"
        for plan in board.plans(context.store)
        for no in range(1, plan.measures + 1)
    }
    own = {line.no: line for lines in reading.measures.values() for line in lines}
    return titles | {(reading.plan_key or "", no): f"{line.label}{line.text}" for no, line in own.items()}


def returned_words(figures: PlanFigures | None, unit: str) -> str:
    """本期报送 of a unit in words."""
    if figures is None:
        return COUNTING
    if figures.returned is None:
        return "没有报送期"
    own = figures.returned.get(unit)
    if own is None or not own.expected:
        return "本期没有要报的事项"
    if not own.returned:
        return f"应报 {own.expected} 项，还没有报"
    when = f"，{own.received_on.isoformat()} 收到" if own.received_on is not None else ""
    late = own.returned - own.in_time
    return f"应报 {own.expected} 项，已报 {own.returned} 项{when}{f'，{late} 项超过截止日' if late else ''}"
