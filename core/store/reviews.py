"""审核 of progress in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any

from core.model.ledger import EntryState, Review
from core.store.lock import user_name


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An entry in the list of those to review, or of those that were 退回.

    ``saved_at`` is local ISO time, ``part`` the 时限项 it speaks for (None: all). ``reason`` is why it was 退回 the
    last time, ``reviewed_at`` when it was last reviewed, ``times_returned`` how often it was 退回.
    """

    obligation_id: int
    measure_no: int
    unit: str
    period_key: str
    period_title: str
    saved_at: str
    received_on: date | None
    part: str | None
    state: EntryState
    reason: str | None
    reviewed_at: str | None
    times_returned: int


_FROM = (
    # begins with the entries that are not 通过, which have an index: few among all that were ever made
    "FROM progress CROSS JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
)
_WHERE = (
    f" WHERE review <> '{Review.ACCEPTED.value}' AND review = ?2 AND plan_id = ?1 AND active"
    " AND (?3 IS NULL OR period_id = (SELECT id FROM period WHERE key = ?3))"
)


def write(db: Connection, progress_id: int, review: Review, *, reason: str | None, returned: int) -> None:
    """Write a review with who and when; ``returned`` is added to how often the entry was 退回."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "UPDATE progress SET review = ?, reviewed_at = ?, reviewed_by = ?, review_reason = ?,"
        " times_returned = times_returned + ? WHERE id = ?",
        [review.value, now, user_name(), reason, returned, progress_id],
    )


def wait_again(db: Connection, progress_id: int) -> None:
    """An entry that was 退回 was corrected otherwise than by its words; what the last review said stays."""
    db.execute(
        "UPDATE progress SET review = ? WHERE id = ? AND review = ?",
        [Review.PENDING.value, progress_id, Review.RETURNED.value],
    )


def wait_again_with(db: Connection, evidence_id: int) -> int:
    """The same for every entry that a file proves; gives how many there were."""
    cursor = db.execute(
        "UPDATE progress SET review = ? WHERE review = ?"
        " AND id IN (SELECT progress_id FROM progress_evidence WHERE evidence_id = ?)",
        [Review.PENDING.value, Review.RETURNED.value, evidence_id],
    )
    return cursor.rowcount


def listing(db: Connection, plan_id: int, review: Review, period_key: str | None) -> tuple[ReviewRow, ...]:
    """The entries of a plan that stand so, of one period if asked: longest in this state first."""
    since = "saved_at" if review is Review.PENDING else "reviewed_at"
    rows = db.execute(
        "SELECT obligation_id, measure.no, unit.name, period.key, period.title, saved_at, received_on,"
        f" part, state, review_reason, reviewed_at, times_returned {_FROM}"
        f" JOIN period ON period.id = period_id JOIN unit ON unit.id = unit_id {_WHERE} ORDER BY {since}, progress.id",
        [plan_id, review.value, period_key],
    )
    return tuple(_row(row) for row in rows)


def count(db: Connection, plan_id: int, period_key: str | None) -> int:
    """How many entries of a plan wait for review, of one period if asked."""
    (number,) = db.execute(f"SELECT count(*) {_FROM}{_WHERE}", [plan_id, Review.PENDING.value, period_key]).fetchone()
    return int(number)


def _row(row: tuple[Any, ...]) -> ReviewRow:
    obligation_id, no, unit, key, title, saved_at, received, part, state, reason, reviewed_at, times = row
    return ReviewRow(
        obligation_id=obligation_id,
        measure_no=no,
        unit=unit,
        period_key=key,
        period_title=title,
        saved_at=saved_at,
        received_on=date.fromisoformat(received) if received else None,
        part=part or None,
        state=EntryState(state),
        reason=reason,
        reviewed_at=reviewed_at,
        times_returned=times,
    )


def reasons(db: Connection, limit: int) -> tuple[str, ...]:
    """Reasons of 退回 that stand in the file, the one used last first, each once."""
    rows = db.execute(
        "SELECT review_reason FROM progress WHERE review_reason IS NOT NULL"
        " GROUP BY review_reason ORDER BY max(reviewed_at) DESC LIMIT ?",
        [limit],
    )
    return tuple(row[0] for row in rows)
