"""What is due in which month, and how it stands: the year strip of deadlines (rules 5 to 8 for one month)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.ledger.occurrences import day_before, occurrences
from core.ledger.states import Clock, combine
from core.model.ledger import Due, State, Status
from core.model.plan import Deadline, DeadlineKind

Month = tuple[int, int]
"""Year and month."""

RULE = "时限落在本月的具体措施，按截至统计日本月时限的完成情况计；每年、每季度等重复的时限，每次到期各计一次"


def months_of(
    deadlines: Sequence[Deadline], obligations: Iterable[Sequence[Due]], clock: Clock, last: date
) -> dict[Month, Status]:
    """How a measure stands with what is due of it in each month up to ``last``; months without a date are left out.

    ``obligations``: the 时限项 of each of its obligations (equal ones may be given once); of a measure that nobody
    owes those of its deadlines without entries.
    """
    found: dict[Month, list[Due]] = defaultdict(list)
    for items in obligations:
        for due in map(_dated, items):
            if due.due_on is not None:
                found[due.due_on.year, due.due_on.month].append(due)
    statuses = {month: _status(items) for month, items in found.items()}
    for day in _to_come(deadlines, clock, last):
        statuses.setdefault((day.year, day.month), Status(State.NOT_STARTED))
    return statuses


def months_between(first: date, last: date) -> Iterator[Month]:
    """Every month from that of one day to that of another."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _dated(due: Due) -> Due:
    """The first phase of 并长期坚持 keeps its date and is done, whatever goes on after it."""
    part = due.deadline
    if part.kind is DeadlineKind.BY_THEN_ONGOING and due.done_on is not None:
        return due._replace(due_on=part.date, state=State.DONE)
    return due


def _status(items: Sequence[Due]) -> Status:
    state = combine((due.state, due.has_entry) for due in items)
    return Status(
        state=state,
        overdue=any(due.overdue for due in items),
        due_soon=any(due.due_soon for due in items),
        done_late=state is State.DONE and any(due.done_late for due in items),
    )


def _to_come(deadlines: Sequence[Deadline], clock: Clock, last: date) -> Iterator[date]:
    """Occurrences of recurring parts after the next one, up to the end."""
    for part in deadlines:
        if part.kind is DeadlineKind.RECURRING and part.recur:
            end = last if part.date is None else min(last, part.date)
            days = occurrences(part.recur, clock.anchor or day_before(clock.as_of), end)
            yield from (day for day in days if clock.as_of < day <= end)
