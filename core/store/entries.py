"""What counts of 进展 for the rules, read in bulk: the story of each obligation.

A hundred thousand obligations have a million records. Most of them tell the same story (begun in every period, done
on the same day), so that the story is the unit of work: equal ones are put through the rules once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from sqlite3 import Connection
from typing import NamedTuple

from core.model.ledger import Entry, EntryState, Period, Review
from core.store import periods

Story = tuple[str, ...]
"""All records of an obligation: where each stands, what each says; empty without a record."""
Record = tuple[str, ...]
"""Where it stands, what it says."""
_NEXT, _MORE = "\x1f", "\x1e"
"""Between two records; between two words of one."""
_PLACE = f"CASE part WHEN '' THEN period_id ELSE period_id || '{_MORE}' || part END"
_WORD = (
    "CASE WHEN done_on > '' THEN"
    f" CASE state WHEN '{EntryState.DONE}' THEN done_on ELSE state || '{_MORE}' || done_on END ELSE state END"
)
_SAID = f"CASE review WHEN '{Review.ACCEPTED}' THEN {_WORD} ELSE {_WORD} || '{_MORE}' || review END"
"""The state, or in its place the day on which it was done; the review unless it is 通过. What most records say is one
short word: SQLite puts a million of them together in half the time that a column each takes."""
_DIGITS = frozenset("0123456789")
_STATES = {state.value: state for state in EntryState}
_REVIEWS = {review.value: review for review in Review}
_UNSETTLED = (Review.RETURNED, Review.PENDING, Review.ACCEPTED)
"""Reviews from the one that asks for most."""
_UNSETTLED_RANK = f"CASE review WHEN '{_UNSETTLED[0].value}' THEN 0 WHEN '{_UNSETTLED[1].value}' THEN 1 ELSE 2 END"
_WHERE = (
    " WHERE obligation_id IN (SELECT obligation.id FROM measure JOIN obligation ON measure_id = measure.id"
    " WHERE plan_id = :plan AND active{only})"
)


class Marks(NamedTuple):
    """What a list shows of an obligation's records: last day of writing, whether a period has one
    and its review, the least settled one where several 时限项 have records.
    """

    last_entry: date | None
    in_period: bool
    review: Review | None = None


def histories(db: Connection, plan_id: int, measure: int | None = None, *, only: int | None = None) -> dict[int, Story]:
    """The records of each obligation that holds now and has any, for ``records_of``; ``only``: of this one."""
    where, values = _chosen(plan_id, measure, only)
    columns = ", ".join(f"group_concat({column}, '{_NEXT}')" for column in (_PLACE, _SAID))
    rows = db.execute(f"SELECT obligation_id, {columns} FROM progress{where} GROUP BY obligation_id", values)
    same: dict[Story, Story] = {}
    return {row[0]: same.setdefault(story := row[1:], story) for row in rows}


def marks(
    db: Connection,
    plan_id: int,
    measure: int | None = None,
    period: str | None = None,
    *,
    only: int | None = None,
) -> dict[int, Marks]:
    """What lists show of the records of each obligation that has any; ``only``: of this one."""
    where, values = _chosen(plan_id, measure, only)
    row = db.execute("SELECT id FROM period WHERE key = ?", [period]).fetchone()
    rows = db.execute(
        "SELECT obligation_id, max(saved_at), max(period_id = :period),"
        f" min(CASE WHEN period_id = :period THEN {_UNSETTLED_RANK} END)"
        f" FROM progress{where} GROUP BY obligation_id",
        values | {"period": row[0] if row else None},
    )
    return {
        key: Marks(
            date.fromisoformat(saved[:10]),
            in_period=bool(inside),
            review=_UNSETTLED[rank] if rank is not None else None,
        )
        for key, saved, inside, rank in rows
    }


def known_periods(db: Connection) -> dict[int, Period]:
    """The periods of the file by row number."""
    rows = db.execute(f"SELECT {periods.COLUMNS}, period.id FROM period")
    return {row[-1]: periods.from_row(row[:-1]) for row in rows}


def records_of(story: Story) -> list[Record]:
    """The records of a story, for ``entry_of``; many stories hold the same ones."""
    return list(zip(*(column.split(_NEXT) for column in story), strict=True)) if story else []


def entry_of(record: Record, known: Mapping[int, Period]) -> Entry:
    """One record, as the rules take it; ``known`` are the periods by row number."""
    place, said = record
    period, _, part = place.partition(_MORE)
    state, day, review = _told(said)
    return Entry(state, known[int(period)], day, part or None, review)


@lru_cache(maxsize=4096)
def _told(said: str) -> tuple[EntryState, date | None, Review]:
    """The words of a record; a plan has few different ones."""
    state, day, review = None, None, Review.ACCEPTED
    for word in said.split(_MORE):
        if word[:1] in _DIGITS:
            day = date.fromisoformat(word)
        elif word in _REVIEWS:
            review = _REVIEWS[word]
        else:
            state = _STATES[word]
    return state or EntryState.DONE, day, review


def _chosen(plan_id: int, measure: int | None, only: int | None = None) -> tuple[str, dict[str, int | None]]:
    more = ("" if measure is None else " AND no = :no") + ("" if only is None else " AND obligation.id = :only")
    return _WHERE.format(only=more), {"plan": plan_id, "no": measure, "only": only}


def times_returned(db: Connection, plan_id: int, as_of: date, period: str | None = None) -> dict[int, int]:
    """How often records of each obligation were 退回 up to a day, of one period if asked; only those that were."""
    where, values = _chosen(plan_id, None)
    rows = db.execute(
        f"SELECT obligation_id, sum(times_returned) FROM progress{where} AND times_returned > 0"
        " AND (reviewed_at IS NULL OR substr(reviewed_at, 1, 10) <= :day)"
        " AND (:period IS NULL OR period_id = (SELECT id FROM period WHERE key = :period)) GROUP BY obligation_id",
        {**values, "day": as_of.isoformat(), "period": period},
    )
    return dict(rows.fetchall())
