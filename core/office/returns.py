"""报送率: what a period expects of a plan's units, what came back, what they did not say (rule 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.ledger.asks import ASKS, EVIDENCE, NEXT, PROBLEMS, TARGETS, WORK
from core.ledger.occurrences import day_before
from core.ledger.returns import (
    RULES,
    GroupReturn,
    Report,
    Returns,
    UnitReturn,
    count_returns,
    is_expected,
)
from core.ledger.states import effective_day
from core.model.ledger import EntryState, Period, Review
from core.office.overview import Overview, overview, plan_row, statuses_on
from core.office.own_periods import effective_cut_off
from core.office.periods import period_of
from core.store import obligations, returned
from core.store import periods as period_rows
from core.store.database import Store
from core.store.returned import ReturnedRow

_FIRST_DETAIL = 5
_NOTHING: frozenset[str] = frozenset()

__all__ = ["ASKS", "RULES", "GroupReturn", "Lacking", "Returns", "UnitReturn", "asks_missing", "returns"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A returned obligation that does not say all that its period asks; ``what`` in the words of ``ASKS``."""

    obligation_id: int
    measure_no: int
    unit: str
    what: tuple[str, ...]


def returns(
    store: Store, plan_key: str | None, period_key: str, as_of: date, *, view: Overview | None = None
) -> Returns:
    """What a period expects, and what had come back of it on ``as_of``.

    ``view``: the whole plan as just read, on any date; it is then not read again.

    Expected is what was neither 已完成 nor 不涉及 on the day before the period's first one. A period that was over
    before the plan was there expects nothing.

    Raises NotFoundError for an unknown plan, InvalidError for the period.
    """
    row = plan_row(store, plan_key)
    period = period_of(store, row.key, period_key)
    day = day_before(period.first_day)
    if view is None:
        view = overview(store, row.key, day)
    before = view.statuses if view.clock.as_of == day else statuses_on(view, day)
    with store.reading() as db:
        cut_off = effective_cut_off(db, period)
        period_id = period_rows.row_id(db, period.key)
        records = [] if period_id is None else returned.of_period(db, row.id, period_id, with_details=bool(period.asks))
    is_over = view.clock.anchor is not None and period.last_day < view.clock.anchor
    expected = [] if is_over else [item for item in view.obligations if is_expected(before[item.id])]
    targets = {measure.no: len(measure.targets) for measure in view.plan.measures if measure.targets}
    numbers = {item.id: item.measure for item in expected}
    reports = _reports(records, period, numbers, targets)
    return count_returns(period, as_of, cut_off, expected, reports, frozenset(targets))


def asks_missing(store: Store, plan_key: str | None, period_key: str, as_of: date) -> tuple[Lacking, ...]:
    """The returned obligations that do not say what the period asks, by unit.

    Raises NotFoundError, InvalidError as ``returns`` does.
    """
    row = plan_row(store, plan_key)
    found = returns(store, row.key, period_key, as_of)
    numbers = _measure_numbers(store, row.id)
    return tuple(Lacking(key, numbers[key], one.unit, what) for one in found.units for key, what in one.lacking)


def _measure_numbers(store: Store, plan_id: int) -> dict[int, int]:
    with store.reading() as db:
        return {item.id: item.measure for item in obligations.of_plan(db, plan_id)}


def _reports(
    records: Iterable[ReturnedRow], period: Period, numbers: Mapping[int, int], targets: Mapping[int, int]
) -> Iterator[Report]:
    """The records of what is expected; ``numbers``: its measures, ``targets``: how many those have."""
    states = {state.value: state for state in EntryState}
    day = lru_cache(maxsize=None)(date.fromisoformat)
    for record in records:
        no = numbers.get(record.obligation_id)
        if no is None:
            continue
        state = states[record.state]
        yield Report(
            record.obligation_id,
            state,
            effective_day(state, day(record.done_on) if record.done_on else None, period),
            day(record.received_on),
            record.review == Review.RETURNED.value,
            _says(record, targets.get(no, 0)),
        )


def _says(record: ReturnedRow, targets: int) -> frozenset[str]:
    """What a record fills in of what a period can ask."""
    if not any(record[_FIRST_DETAIL:]):
        return _NOTHING
    filled = {
        WORK: record.has_text,
        PROBLEMS: record.has_problems,
        NEXT: record.has_next_steps,
        TARGETS: 0 < targets <= record.targets,
        EVIDENCE: record.evidence,
    }
    return frozenset(ask for ask, is_filled in filled.items() if is_filled)
