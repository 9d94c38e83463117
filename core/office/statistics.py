"""Every figure of a plan on a date: by section, task, measure, unit, month and period, each by one rule.

The rules are those of ``core.ledger.figures``; window, command line and documents ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.ledger import due_months
from core.ledger.figures import PLACES_RULE, Figures, count, rules_for
from core.ledger.scoring import places
from core.model.ledger import Status
from core.model.units import UnitKind
from core.office.overview import Overview, overview
from core.office.periods import span_of
from core.office.returns import Returns, returns
from core.office.score_rules import justice_of
from core.store import units as unit_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A section or a task: its number, its label with title, its measures and their obligations."""

    key: int
    title: str
    measures: Figures
    obligations: Figures
    numbers: tuple[int, ...] = ()
    """The measures behind it."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit. ``position``: its place, most late first; equals share it; None for those left out of rankings."""

    unit: str
    kind: UnitKind
    obligations: Figures
    ranked: bool = True
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What is due in one month of the plan's span.

    ``figures`` count those measures by how they stand with what is due in this month, not as a whole.
    """

    year: int
    month: int
    measures: tuple[int, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Statistics:
    """A plan on ``view.clock.as_of``; ``rules`` says each figure's rule in words."""

    view: Overview
    measures: Figures
    obligations: Figures
    sections: tuple[GroupFigures, ...]
    tasks: tuple[GroupFigures, ...]
    units: tuple[UnitFigures, ...]
    months: tuple[MonthDue, ...]
    """Every month of the plan's span, also those in which nothing is due."""
    rules: dict[str, str]
    returns: Returns | None = None
    """What came back in the period that was asked for."""


def statistics(store: Store, plan_key: str | None, as_of: date, *, period_key: str | None = None) -> Statistics:
    """Compute everything once.

    ``period_key``: put what came back in that period beside them.

    Raises NotFoundError for an unknown plan, InvalidError for a period that means nothing.
    """
    view = overview(store, plan_key, as_of)
    with store.reading() as db:
        kinds = {unit.name: unit.kind for unit in unit_rows.load(db).units}
        justice = justice_of(db)
    plan = view.plan
    sections = tuple(
        _group(view, s.no, f"{s.label}{s.title}", [m.no for m in plan.measures if m.section == s.no])
        for s in plan.sections
    )
    tasks = tuple(
        _group(view, t.no, f"{t.label}{t.title}", [m.no for m in plan.measures if m.task == t.no]) for t in plan.tasks
    )
    return Statistics(
        view=view,
        measures=count(view.measures.values()),
        obligations=count(view.statuses.values()),
        sections=sections,
        tasks=tasks,
        units=_units(view, kinds, justice=justice),
        months=_months(view),
        rules=rules_for(view.clock.soon_days) | {"months": due_months.RULE, "places": PLACES_RULE},
        returns=returns(store, view.row.key, period_key, as_of, view=view) if period_key is not None else None,
    )


def measures_with(view: Overview, figure: str) -> tuple[int, ...]:
    """The measures behind a figure (a key of ``Figures``), in the order of the plan."""
    return tuple(no for no, status in view.measures.items() if has_figure(status, figure))


def obligations_with(view: Overview, figure: str, *, unit: str | None = None) -> tuple[int, ...]:
    """The obligations behind a figure, of one unit if asked."""
    return tuple(
        item.id
        for item in view.obligations
        if (unit is None or item.unit == unit) and has_figure(view.statuses[item.id], figure)
    )


def has_figure(status: Status, figure: str) -> bool:
    """Whether a status is counted in a figure."""
    if figure in {"due_soon", "overdue", "done_late"}:
        return bool(getattr(status, figure))
    return figure in ("total", status.state.value)


def _group(view: Overview, key: int, title: str, numbers: Iterable[int]) -> GroupFigures:
    numbers = tuple(numbers)
    return GroupFigures(
        key,
        title,
        count(view.measures[no] for no in numbers),
        count(view.statuses[item.id] for no in numbers for item in view.of_measure(no)),
        numbers,
    )


def _units(view: Overview, kinds: dict[str, UnitKind], *, justice: bool) -> tuple[UnitFigures, ...]:
    by_unit: dict[str, list[Status]] = defaultdict(list)
    for item in view.obligations:
        by_unit[item.unit].append(view.statuses[item.id])
    rows = [(unit, kinds.get(unit, UnitKind.DEPARTMENT), count(found)) for unit, found in by_unit.items()]
    rows.sort(key=lambda row: _lateness(row[2]))
    left_out = {UnitKind.GROUP} if justice else {UnitKind.GROUP, UnitKind.DISCIPLINE_JUSTICE}
    ranked = [row for row in rows if row[1] not in left_out]
    positions = dict(zip((unit for unit, _, _ in ranked), places([_lateness(row[2]) for row in ranked]), strict=True))
    return tuple(
        UnitFigures(unit, kind, figures, ranked=unit in positions, position=positions.get(unit))
        for unit, kind, figures in rows
    )


def _months(view: Overview) -> tuple[MonthDue, ...]:
    first, last = span_of(view.plan)
    found: dict[due_months.Month, dict[int, Status]] = defaultdict(dict)
    for measure in view.plan.measures:
        # obligations with the same story share their 时限项
        items = {id(dues): dues for dues in map(view.dues, view.of_measure(measure.no))}
        dues = items.values() or (view.stories.under(measure.deadlines).dues(0),)
        for month, status in due_months.months_of(measure.deadlines, dues, view.clock, last).items():
            found[month][measure.no] = status
    ends = [date(year, month, 1) for year, month in found]
    return tuple(
        MonthDue(*month, tuple(found.get(month, ())), count(found.get(month, {}).values()))
        for month in due_months.months_between(min([first, *ends]), max([last, *ends]))
    )


def _lateness(figures: Figures) -> tuple[int, float]:
    """Most late first, among equals the lower completion; who cannot complete anything comes last."""
    rate = figures.completion
    return -figures.overdue, 2.0 if rate is None else rate
