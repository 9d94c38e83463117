"""The year strip: what is due in each month and how it stands."""

from __future__ import annotations

from datetime import date

from core.ledger import periods
from core.ledger.due_months import months_between, months_of
from core.ledger.states import Clock, dues
from core.model.ledger import Entry, EntryState, State
from core.model.plan import Deadline, DeadlineKind

NOW = Clock(date(2025, 1, 10), date(2024, 4, 12))
LAST = date(2025, 12, 31)
QUARTERLY = (Deadline(DeadlineKind.RECURRING, None, "quarterly"),)


def done(day: date, period: str) -> Entry:
    return Entry(EntryState.DONE, periods.parse(period), day)


def test_a_recurring_deadline_stands_in_every_month_it_is_due_in() -> None:
    """Filled, late and still to come are told apart month by month."""
    entries = [done(date(2024, 6, 20), "2024Q2"), done(date(2024, 10, 5), "2024Q3")]

    found = months_of(QUARTERLY, [dues(QUARTERLY, entries, NOW)], NOW, LAST)

    assert {month: status.state for month, status in found.items()} == {
        (2024, 6): State.DONE,
        (2024, 9): State.DONE,
        (2024, 12): State.NOT_STARTED,
        (2025, 3): State.NOT_STARTED,
        (2025, 6): State.NOT_STARTED,
        (2025, 9): State.NOT_STARTED,
        (2025, 12): State.NOT_STARTED,
    }
    assert (found[2024, 6].done_late, found[2024, 9].done_late) == (False, True)
    assert (found[2024, 12].overdue, found[2025, 3].overdue) == (True, False)


def test_the_first_phase_keeps_its_month_when_it_goes_on() -> None:
    """2024年6月15日前并长期坚持, done: June is done, no other month has it."""
    parts = (Deadline(DeadlineKind.BY_THEN_ONGOING, date(2024, 6, 15)),)

    found = months_of(parts, [dues(parts, [done(date(2024, 6, 16), "2024Q2")], NOW)], NOW, LAST)

    assert [(month, status.state, status.done_late) for month, status in found.items()] == [
        ((2024, 6), State.DONE, True)
    ]


def test_a_month_is_as_far_as_the_units_together() -> None:
    """One of two units done: 推进中 and 逾期; a postponed unit is due in its own month."""
    parts = (Deadline(DeadlineKind.BY, date(2024, 12, 31)),)
    later = (Deadline(DeadlineKind.BY, date(2025, 3, 31)),)
    first = dues(parts, [done(date(2024, 12, 1), "2024Q4")], NOW)

    late = months_of(parts, [first, dues(parts, [], NOW)], NOW, LAST)
    postponed = months_of(parts, [first, dues(later, [], NOW)], NOW, LAST)

    assert (late[2024, 12].state, late[2024, 12].overdue) == (State.IN_PROGRESS, True)
    assert (postponed[2024, 12].state, postponed[2025, 3].state) == (State.DONE, State.NOT_STARTED)


def test_what_has_no_date_is_in_no_month() -> None:
    for kind in (DeadlineKind.ONGOING, DeadlineKind.ON_INSTRUCTION, DeadlineKind.UNSPECIFIED):
        parts = (Deadline(kind),)
        assert months_of(parts, [dues(parts, [], NOW)], NOW, LAST) == {}


def test_months_run_over_the_end_of_a_year() -> None:
    assert list(months_between(date(2024, 11, 30), date(2025, 2, 1))) == [(2024, 11), (2024, 12), (2025, 1), (2025, 2)]
