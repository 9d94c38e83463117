"""The journal as lines to read: of a measure, of a unit, or whatever a filter asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

from core.model.journal import JournalEntry
from core.office.history_words import FieldChange, act_of, changes_of, sentence
from core.office.overview import plan_row
from core.store import journal, obligations, periods, plans, units
from core.store.database import Store

_BREAKS = re.compile(r"[ ：，、]+")
_AT_ONCE = 500
"""Rows that are read in one question."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act: ``at`` as 2026-11-20 10:42, who, and what in one sentence; then the same in its parts.

    ``measure_no`` and ``plan_key`` are those the measure has now, None where the act was about none.
    """

    at: str
    who: str
    text: str
    id: int = 0
    action: str = ""
    subject: str = ""
    reason: str = ""
    changes: tuple[FieldChange, ...] = ()
    measure_no: int | None = None
    plan_key: str | None = None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which acts are wanted; empty parts ask nothing.

    ``words``: all of them occur somewhere in the act. ``since`` and ``until`` are days, both included. ``measure_no``
    is a number of the plan ``plan_key``; ``unit`` is found under any name it has.
    """

    words: str = ""
    action: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None
    measure_no: int | None = None
    plan_key: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some of the lines that a filter leaves, and how many there are in all."""

    lines: tuple[HistoryLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Where an act can be seen: a measure of a plan, and what one unit said of it in a period."""

    plan_key: str
    measure_no: int
    obligation_id: int | None = None
    period_key: str | None = None
    unit: str | None = None


def history_of(db: Connection, measure_id: int) -> tuple[HistoryLine, ...]:
    """What happened to a measure, the newest first."""
    return tuple(_line(entry, {}) for entry in journal.of_measure(db, measure_id))


def history_of_unit(store: Store, name: str) -> tuple[HistoryLine, ...]:
    """What happened to a unit or collective of the register, under any name it has had, the newest first."""
    with store.reading() as db:
        unit = units.load(db).find(name)
        entries = journal.about_unit(db, unit.names if unit is not None else (name,))
    return tuple(_line(entry, {}) for entry in entries)


def journal_page(store: Store, wanted: JournalFilter, *, offset: int = 0, limit: int = 200) -> JournalPage:
    """A page of the journal, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    numbers = journal_numbers(store, wanted)
    return JournalPage(journal_lines(store, numbers[offset : offset + limit]), len(numbers))


def journal_numbers(store: Store, wanted: JournalFilter) -> Sequence[int]:
    """The numbers of all acts that a filter leaves, the newest first: eight bytes each, also for 100,000.

    Raises NotFoundError for an unknown plan.
    """
    plan = plan_row(store, wanted.plan_key) if wanted.measure_no is not None else None
    with store.reading() as db:
        measure_id = None
        if plan is not None:
            measure_id = plans.measure_ids(db, plan.id).get(wanted.measure_no or 0, -1)
        unit = units.load(db).find(wanted.unit) if wanted.unit else None
        query = journal.Query(
            words=tuple(wanted.words.split()),
            action=wanted.action or None,
            who=wanted.who or None,
            since=wanted.since,
            until=wanted.until,
            measure_id=measure_id,
            names=unit.names if unit is not None else (wanted.unit,) if wanted.unit else (),
        )
        return journal.matching(db, query)


def journal_lines(store: Store, numbers: Sequence[int]) -> tuple[HistoryLine, ...]:
    """Acts by their numbers, in that order."""
    lines: list[HistoryLine] = []
    with store.reading() as db:
        for start in range(0, len(numbers), _AT_ONCE):
            entries = journal.by_numbers(db, numbers[start : start + _AT_ONCE])
            known = journal.measures_now(db, (e.measure_id for e in entries if e.measure_id is not None))
            lines += [_line(entry, known) for entry in entries]
    return tuple(lines)


def journal_actions(store: Store, *, after: int = 0) -> tuple[str, ...]:
    """The actions that occur, the most frequent first; ``after``: only of acts later than this number."""
    with store.reading() as db:
        return journal.actions(db, after=after)


def journal_people(store: Store, *, after: int = 0) -> tuple[str, ...]:
    """Who has written something; ``after`` as for the actions."""
    with store.reading() as db:
        return journal.people(db, after=after)


def place_of(store: Store, line: HistoryLine) -> JournalPlace | None:
    """Where the clerk can see what an act was about; None where it was about no measure that is still there."""
    if line.plan_key is None or line.measure_no is None:
        return None
    said = set(_BREAKS.split(line.subject))
    with store.reading() as db:
        plan_id = next(row.id for row in plans.listing(db) if row.key == line.plan_key)
        register = units.load(db)
        known = ((item, register.find(item.unit)) for item in obligations.of_plan(db, plan_id, line.measure_no))
        found = [item for item, unit in known if said & {item.unit, *(unit.names if unit is not None else ())}]
        keys = [period.key for period in periods.listing(db) if period.title in said or period.key in said]
    if len(found) != 1:
        return JournalPlace(line.plan_key, line.measure_no)
    period_key = keys[0] if keys else None
    return JournalPlace(line.plan_key, line.measure_no, found[0].id, period_key, found[0].unit)


def _line(entry: JournalEntry, measures: dict[int, tuple[str, int]]) -> HistoryLine:
    action, subject = act_of(entry)
    plan_key, no = measures.get(entry.measure_id or 0, (None, None))
    return HistoryLine(
        at=entry.at[:16].replace("T", " "),
        who=entry.who,
        text=sentence(entry),
        id=entry.id,
        action=action,
        subject=subject,
        reason=entry.reason or "",
        changes=changes_of(entry),
        measure_no=no,
        plan_key=plan_key,
    )
