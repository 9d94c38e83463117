"""进展 and drafts in the file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any, NamedTuple

from core.model.ledger import Entry, EntryState, Period, Review
from core.store import periods


class ProgressRow(NamedTuple):
    """What one unit says of one obligation in one period, for one part (None: for all of it).

    ``reviewed_at`` and ``reviewed_by`` tell of the last review, also while the entry waits for the next one;
    ``review_reason`` is why it was 退回, until it is 通过. ``times_returned`` counts 退回.
    """

    id: int
    obligation_id: int
    period: Period
    part: str | None
    state: EntryState
    done_on: date | None
    text: str
    problems: str
    next_steps: str
    reason: str
    review: Review
    saved_at: str
    said_by: str
    came_by: str
    received_on: date | None
    reviewed_at: str | None
    reviewed_by: str | None
    review_reason: str | None
    times_returned: int

    @property
    def entry(self) -> Entry:
        """What counts for the rules."""
        return Entry(self.state, self.period, self.done_on, self.part, self.review)


class ReachedRow(NamedTuple):
    """What was reached of one 量化指标: its place in the measure, its words then, the figure, a note."""

    position: int
    target: str
    value: float | None
    note: str


_SELECT = (
    f"SELECT {periods.COLUMNS}, progress.id, obligation_id, part, state, done_on, text, problems, next_steps, reason,"
    " review, saved_at, said_by, came_by, received_on, reviewed_at, reviewed_by, review_reason, times_returned FROM progress JOIN period ON period.id = period_id"
)


def of_plan(db: Connection, plan_id: int, measure: int | None = None) -> dict[int, list[ProgressRow]]:
    """All progress of a plan, or of one measure of it, by obligation and in the order of the periods."""
    found: dict[int, list[ProgressRow]] = defaultdict(list)
    rows = db.execute(
        f"{_SELECT} WHERE obligation_id IN (SELECT obligation.id FROM obligation JOIN measure"
        " ON measure.id = measure_id WHERE plan_id = ?1 AND (?2 IS NULL OR measure.no = ?2))"
        " ORDER BY first_day, last_day, progress.id",
        [plan_id, measure],
    )
    for row in rows:
        record = _row(row)
        found[record.obligation_id].append(record)
    return found


def is_any(db: Connection) -> bool:
    """Whether the file holds any progress."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM progress)").fetchone()[0])


def of_obligation(db: Connection, obligation_id: int) -> tuple[ProgressRow, ...]:
    """All progress of one obligation in the order of the periods."""
    rows = db.execute(f"{_SELECT} WHERE obligation_id = ? ORDER BY first_day, last_day, progress.id", [obligation_id])
    return tuple(_row(row) for row in rows)


def of_period(db: Connection, plan_id: int, period_key: str) -> tuple[ProgressRow, ...]:
    """All progress of a plan in one period."""
    rows = db.execute(
        f"{_SELECT} WHERE period.key = ? AND obligation_id IN (SELECT obligation.id FROM obligation JOIN measure"
        " ON measure.id = measure_id WHERE plan_id = ?) ORDER BY progress.id",
        [period_key, plan_id],
    )
    return tuple(_row(row) for row in rows)


def of_measure(db: Connection, measure_id: int) -> tuple[tuple[str, ProgressRow], ...]:
    """All progress of a measure's row with the unit that said it, also of obligations that hold no longer."""
    units = dict(
        db.execute(
            "SELECT obligation.id, unit.name FROM obligation JOIN unit ON unit.id = unit_id WHERE measure_id = ?"
            " ORDER BY obligation.position",
            [measure_id],
        ).fetchall()
    )
    return tuple((unit, row) for key, unit in units.items() for row in of_obligation(db, key))


def save(db: Connection, obligation_id: int, period_id: int, part: str | None, values: dict[str, Any]) -> int:
    """Write one record (new or instead of the one there); gives its row number.

    ``values`` holds state, done_on, text, problems, next_steps, reason, said_by, came_by and received_on as the
    file keeps them. A changed record waits for review again; what the last review said of it stays.
    """
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    row = db.execute(
        "INSERT INTO progress (obligation_id, period_id, part, state, done_on, text, problems, next_steps, reason,"
        " said_by, came_by, received_on, review, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (obligation_id, period_id, part) DO UPDATE SET state = excluded.state,"
        " done_on = excluded.done_on, text = excluded.text, problems = excluded.problems,"
        " next_steps = excluded.next_steps, reason = excluded.reason, said_by = excluded.said_by,"
        " came_by = excluded.came_by, received_on = excluded.received_on, review = excluded.review,"
        " saved_at = excluded.saved_at RETURNING id",
        (
            obligation_id,
            period_id,
            part or "",
            values["state"],
            values["done_on"],
            values["text"],
            values["problems"],
            values["next_steps"],
            values["reason"],
            values["said_by"],
            values["came_by"],
            values["received_on"] or now[:10],
            Review.PENDING.value,
            now,
        ),
    ).fetchone()
    return int(row[0])


def reached(db: Connection, progress_id: int) -> tuple[ReachedRow, ...]:
    """What one record says of the targets."""
    rows = db.execute(
        "SELECT position, target, value, note FROM progress_target WHERE progress_id = ? ORDER BY position",
        [progress_id],
    )
    return tuple(ReachedRow(*row) for row in rows)


def reached_in(db: Connection, period_key: str) -> dict[int, list[ReachedRow]]:
    """What the records of a period say of the targets, by record."""
    found: dict[int, list[ReachedRow]] = defaultdict(list)
    rows = db.execute(
        "SELECT progress_id, position, target, value, note FROM progress_target WHERE progress_id IN"
        " (SELECT progress.id FROM progress JOIN period ON period.id = period_id WHERE key = ?) ORDER BY position",
        [period_key],
    )
    for progress_id, *row in rows:
        found[progress_id].append(ReachedRow(*row))
    return found


def reached_of(db: Connection, plan_id: int) -> dict[int, list[ReachedRow]]:
    """What all records of a plan say of the targets, by record."""
    found: dict[int, list[ReachedRow]] = defaultdict(list)
    rows = db.execute(
        "SELECT progress_id, progress_target.position, target, value, progress_target.note FROM progress_target"
        " JOIN progress ON progress.id = progress_id JOIN obligation ON obligation.id = obligation_id"
        " JOIN measure ON measure.id = measure_id WHERE plan_id = ? ORDER BY progress_target.position",
        [plan_id],
    )
    for progress_id, *row in rows:
        found[progress_id].append(ReachedRow(*row))
    return found


def write_reached(db: Connection, progress_id: int, rows: Sequence[ReachedRow]) -> None:
    """Write what one record says of the targets, instead of what it said."""
    db.execute("DELETE FROM progress_target WHERE progress_id = ?", [progress_id])
    db.executemany(
        "INSERT INTO progress_target (progress_id, position, target, value, note) VALUES (?, ?, ?, ?, ?)",
        [(progress_id, row.position, row.target, row.value, row.note) for row in rows],
    )


def keep_draft(db: Connection, obligation_id: int, period_key: str, part: str | None, value: dict[str, Any]) -> None:
    """Keep input that cannot be saved yet."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO draft VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at",
        [obligation_id, period_key, part or "", json.dumps(value, ensure_ascii=False), now],
    )


def draft(db: Connection, obligation_id: int, period_key: str, part: str | None) -> dict[str, Any] | None:
    """Input kept before, None if there is none."""
    row = db.execute(
        "SELECT value FROM draft WHERE obligation_id = ? AND period_key = ? AND part = ?",
        [obligation_id, period_key, part or ""],
    ).fetchone()
    return None if row is None else json.loads(row[0])


def drop_draft(db: Connection, obligation_id: int, period_key: str, part: str | None) -> None:
    """Forget kept input."""
    db.execute(
        "DELETE FROM draft WHERE obligation_id = ? AND period_key = ? AND part = ?",
        [obligation_id, period_key, part or ""],
    )


def drafted(db: Connection, period_key: str) -> set[int]:
    """The obligations with kept input in a period."""
    return {row[0] for row in db.execute("SELECT obligation_id FROM draft WHERE period_key = ?", [period_key])}


def _row(row: tuple[Any, ...]) -> ProgressRow:
    (
        key,
        obligation_id,
        part,
        state,
        done_on,
        text,
        problems,
        next_steps,
        reason,
        review,
        saved_at,
        said_by,
        came_by,
        received_on,
        reviewed_at,
        reviewed_by,
        review_reason,
        times_returned,
    ) = row[periods.WIDTH :]
    return ProgressRow(
        id=key,
        obligation_id=obligation_id,
        period=periods.from_row(row[: periods.WIDTH]),
        part=part or None,
        state=EntryState(state),
        done_on=date.fromisoformat(done_on) if done_on else None,
        text=text,
        problems=problems,
        next_steps=next_steps,
        reason=reason,
        review=Review(review),
        saved_at=saved_at,
        said_by=said_by or "",
        came_by=came_by,
        received_on=date.fromisoformat(received_on) if received_on else None,
        reviewed_at=reviewed_at,
        reviewed_by=reviewed_by,
        review_reason=review_reason,
        times_returned=times_returned,
    )
