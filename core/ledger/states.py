"""States and lights on a date (rules 3 to 8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from core.ledger.occurrences import day_before, occurrences
from core.model.ledger import Due, Entry, EntryState, Period, Review, State, Status
from core.model.plan import Deadline, DeadlineKind, Document, Measure

SOON_DAYS = 30
"""临近 begins so many days before the date, unless the office sets another number."""

_UNSPECIFIED = Deadline(DeadlineKind.UNSPECIFIED)


@dataclass(frozen=True, slots=True)
class Clock:
    """The date everything is computed for, and what the rules need beside it.

    ``anchor``: recurring due dates run from the first one after this day (rule 6); None when the plan gives
    none, then only the next occurrence is known. ``periods``: those of the file, for 长期坚持 (rule 7).
    """

    as_of: date
    anchor: date | None = None
    periods: tuple[Period, ...] = ()
    soon_days: int = SOON_DAYS
    last_asked: Period | None = field(init=False, repr=False, compare=False)
    """The period with the last cut-off that has come, None where none has."""

    def __post_init__(self) -> None:
        come = [p for p in self.periods if p.cut_off <= self.as_of and not _is_before(p, self.anchor)]
        last = max(come, key=lambda p: (p.cut_off, p.first_day), default=None)
        object.__setattr__(self, "last_asked", last)


def _is_before(period: Period, anchor: date | None) -> bool:
    return anchor is not None and period.last_day < anchor


def anchor_of(document: Document, measures: Iterable[Measure]) -> date | None:
    """The plan's date; of an undated plan the day before the year of its earliest dated deadline (rule 6)."""
    if document.date is not None:
        return document.date
    dates = [part.date for measure in measures for part in measure.deadlines if part.date is not None]
    return day_before(date(min(dates).year, 1, 1)) if dates else None


def effective_day(state: EntryState, done_on: date | None, period: Period) -> date:
    """From when an entry counts: its date done, else the first day of its period (rule 4)."""
    return done_on if state is EntryState.DONE and done_on else period.first_day


def effective(entry: Entry) -> date:
    """The same of an entry."""
    return effective_day(entry.state, entry.done_on, entry.period)


def counts(entry: Entry, clock: Clock) -> bool:
    """Whether an entry counts on the date (rule 4)."""
    return effective(entry) <= clock.as_of


Place = tuple[date, date, date, str, str]


def order(entry: Entry) -> Place:
    """Entries by period and date; the order in which they were typed never matters (rule 4)."""
    return _order(entry, effective(entry))


def place(entry: Entry, clock: Clock) -> Place | None:
    """The same of an entry that counts on the date, None of one that does not."""
    day = effective(entry)
    return _order(entry, day) if day <= clock.as_of else None


def _order(entry: Entry, day: date) -> Place:
    period = entry.period
    return period.first_day, day, period.last_day, period.key, entry.part or ""


def counted(entries: Iterable[Entry], clock: Clock) -> tuple[Entry, ...]:
    """The entries that count on the date (rule 4), in their order."""
    return tuple(sorted((entry for entry in entries if counts(entry, clock)), key=order))


class Told(NamedTuple):
    """What entries say together, whatever the deadline they are held against.

    ``is_out``: the last word is 不涉及. ``begun``: one of them has begun something. ``done_on``: the first day on which
    it was done; ``kept_on`` that of 本期已落实. ``periods``: those of entries that began something and were not 退回.
    """

    is_out: bool
    begun: bool
    done_on: date | None
    kept_on: date | None
    periods: tuple[Period, ...]


def told(entries: Iterable[Entry]) -> Told:
    """Put together entries in the order of ``counted``."""
    is_out = begun = False
    done: list[date] = []
    kept: list[date] = []
    periods = []
    for entry in entries:
        is_returned = entry.review is Review.RETURNED
        if entry.state is EntryState.NOT_APPLICABLE:
            # 不涉及 that was 退回 counts as if it had not been said
            is_out = is_out or not is_returned
            continue
        is_out = False
        if entry.state is EntryState.NOT_STARTED:
            continue
        begun = True
        if is_returned:
            continue  # begun, not done
        periods.append(entry.period)
        if entry.state is EntryState.DONE:
            done.append(effective(entry))
        elif entry.state is EntryState.KEPT_UP:
            kept.append(entry.done_on or effective(entry))
    return Told(is_out, begun, min(done, default=None), min(kept, default=None), tuple(periods))


def dues(deadlines: Sequence[Deadline], entries: Iterable[Entry], clock: Clock) -> tuple[Due, ...]:
    """Each deadline part of an obligation as it stands on the date; a recurring part gives its occurrences.

    The last occurrence of a recurring part is the one whose date comes next.
    """
    return dues_of_counted(deadlines, counted(entries, clock), clock)


def dues_of_counted(
    deadlines: Sequence[Deadline], entries: Sequence[Entry], clock: Clock, said: Told | None = None
) -> tuple[Due, ...]:
    """``dues`` for entries that ``counted`` has chosen and ordered already: many obligations tell the same story.

    ``said``: what ``told`` makes of the entries, where the caller keeps it.
    """
    parts = tuple(deadlines) or (_UNSPECIFIED,)
    found: list[Due] = []
    for part in parts:
        own = entries if len(parts) == 1 else [e for e in entries if e.part is None or e.part == part.scope]
        if part.kind is DeadlineKind.RECURRING and part.recur:
            found.extend(_recurring(part, own, clock))
        else:
            known = said if said is not None and own is entries else told(own)
            found.append(_single(part, part.date, known, clock))
    return tuple(found)


def obligation_status(deadlines: Sequence[Deadline], entries: Iterable[Entry], clock: Clock) -> Status:
    """State and lights of one obligation on the date (rules 5 and 7)."""
    return status_of_dues(dues(deadlines, entries, clock))


def status_of_dues(items: Sequence[Due]) -> Status:
    """State and lights of the obligation that has these 时限项."""
    if len(items) == 1:
        return _status_of_one(items[0])
    state = combine((due.state, due.has_entry) for due in _current(items))
    if state is State.NOT_APPLICABLE:
        return Status(state)
    open_dates = [due.due_on for due in items if due.due_on is not None and due.is_open]
    return Status(
        state=state,
        overdue=any(due.overdue for due in items),
        due_soon=any(due.due_soon for due in items),
        done_late=state is State.DONE and any(due.done_late for due in items),
        has_entry=any(due.has_entry for due in items),
        next_due=min(open_dates, default=None),
        kept_up=any(due.kept_up for due in items),
    )


def _status_of_one(due: Due) -> Status:
    """The same for a single one, which most obligations have: a large plan asks a hundred thousand times."""
    if due.state is State.NOT_APPLICABLE:
        return Status(due.state)
    return Status(
        due.state,
        due.overdue,
        due.due_soon,
        due.state is State.DONE and due.done_late,
        due.has_entry,
        due.due_on if due.is_open else None,
        due.kept_up,
    )


def measure_status(deadlines: Sequence[Deadline], obligations: Sequence[Status], clock: Clock) -> Status:
    """State and lights of a measure from its obligations (rule 8); nobody responsible counts as not begun."""
    if not obligations:
        return obligation_status(deadlines, (), clock)
    # obligations with the same story share one status, and each of these questions asks whether there is one
    obligations = tuple({id(status): status for status in obligations}.values())
    state = combine((status.state, status.has_entry) for status in obligations)
    dates = [status.next_due for status in obligations if status.next_due is not None]
    return Status(
        state=state,
        overdue=any(status.overdue for status in obligations),
        due_soon=any(status.due_soon for status in obligations),
        done_late=state is State.DONE and any(status.done_late for status in obligations),
        has_entry=any(status.has_entry for status in obligations),
        next_due=min(dates, default=None),
        kept_up=any(status.kept_up for status in obligations),
    )


def combine(parts: Iterable[tuple[State, bool]]) -> State:
    """One state out of (state, has an entry) of several: parts of an obligation, obligations of a measure."""
    rest = [(state, begun) for state, begun in parts if state is not State.NOT_APPLICABLE]
    if not rest:
        return State.NOT_APPLICABLE
    states = {state for state, _ in rest}
    if states == {State.DONE}:
        return State.DONE
    if states <= {State.DONE, State.ONGOING}:
        return State.ONGOING
    if states == {State.WAITING}:
        return State.WAITING
    return State.IN_PROGRESS if any(begun for _, begun in rest) else State.NOT_STARTED


def _current(items: Sequence[Due]) -> list[Due]:
    """What decides the state: each plain part, and of a recurring part the occurrence that comes next."""
    return list({due.deadline: due for due in items}.values())


def _single(part: Deadline, day: date | None, said: Told, clock: Clock) -> Due:
    """One date, or none, as it stands with the entries that speak for it."""
    if said.is_out:
        return Due(part, day, State.NOT_APPLICABLE)
    if part.kind is DeadlineKind.ONGOING:
        return _ongoing(part, said, clock)
    done_on = said.done_on
    if part.kind is DeadlineKind.RECURRING and said.kept_on is not None:
        # an occurrence is also filled by 本期已落实
        done_on = said.kept_on if done_on is None else min(done_on, said.kept_on)
    if done_on is not None:
        late = day is not None and done_on > day
        if part.kind is DeadlineKind.BY_THEN_ONGOING:
            return _ongoing(part, said, clock, done_on=done_on, late=late)
        return Due(part, day, State.DONE, has_entry=True, done_on=done_on, done_late=late)
    return Due(
        part,
        day,
        _open_state(part, day, begun=said.begun),
        overdue=day is not None and clock.as_of > day,
        due_soon=day is not None and day - timedelta(days=clock.soon_days) <= clock.as_of <= day,
        has_entry=said.begun,
    )


def _open_state(part: Deadline, day: date | None, *, begun: bool) -> State:
    if part.kind is DeadlineKind.ON_INSTRUCTION and day is None:
        return State.WAITING
    return State.IN_PROGRESS if begun else State.NOT_STARTED


def _ongoing(part: Deadline, said: Told, clock: Clock, *, done_on: date | None = None, late: bool = False) -> Due:
    """长期坚持 expects an entry each period: 临近 from the cut-off of a period that has none."""
    now, last = clock.as_of, clock.last_asked
    return Due(
        part,
        None,
        State.ONGOING,
        # an entry in a later period shows that the unit keeps it up; it is not asked for the old one again
        due_soon=last is not None and not any(period.last_day >= last.last_day for period in said.periods),
        has_entry=said.begun,
        done_on=done_on,
        done_late=late,
        kept_up=any(period.first_day <= now <= max(period.last_day, period.cut_off) for period in said.periods),
    )


def _recurring(part: Deadline, entries: Sequence[Entry], clock: Clock) -> list[Due]:
    days = occurrences(part.recur or "", clock.anchor or day_before(clock.as_of), _last_day(part, clock))
    if part.date is not None:
        days = tuple(day for day in days if day <= part.date) or days[:1]
    by_day: dict[date, list[Entry]] = {day: [] for day in days}
    for entry in entries:
        for day in _occurrences_of(entry, days):
            by_day[day].append(entry)
    return [_single(part, day, told(own), clock) for day, own in by_day.items()]


def _last_day(part: Deadline, clock: Clock) -> date:
    """Occurrences end with the next one, or with the part's own date where the plan sets an end."""
    return clock.as_of if part.date is None else min(clock.as_of, part.date)


def _occurrences_of(entry: Entry, days: Sequence[date]) -> Sequence[date]:
    """Which occurrences an entry speaks for: those due inside its period, else the next one after it.

    A date done inside a long period picks the one occurrence it was done for. ``days`` are in their order.
    """
    period = entry.period
    inside = days[bisect_left(days, period.first_day) : bisect_right(days, period.last_day)]
    if not inside:
        return _first_from(effective(entry), days)
    if entry.done_on is None:
        return inside
    return _first_from(entry.done_on, inside) or inside[-1:]


def _first_from(day: date, days: Sequence[date]) -> Sequence[date]:
    at = bisect_left(days, day)
    return days[at : at + 1]
