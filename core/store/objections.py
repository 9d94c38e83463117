"""异议 of units to measures in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """What a unit objects to in a measure, and what it was told; ``measure_no`` is the last one the measure had."""

    id: int
    obligation_id: int
    measure_id: int
    measure_no: int
    unit: str
    via: bool
    kind: str
    text: str
    raised_on: date
    answer: str | None
    outcome: str | None
    answered_on: date | None


_SELECT = (
    "SELECT objection.id, obligation_id, measure_id, coalesce(last_no, measure.no), unit.name, via <> '[]', objection.kind,"
    " objection.text, raised_on, answer, outcome, answered_on FROM objection"
    # there are few of them: whoever joins them begins with them, not with the obligations of the plan
    " CROSS JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
    " JOIN unit ON unit.id = unit_id"
)


def of_plan(db: Connection, plan_id: int) -> tuple[ObjectionRow, ...]:
    """The objections to a plan, also those of obligations that hold no longer, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE plan_id = ? ORDER BY raised_on, objection.id", [plan_id])
    return tuple(_row(row) for row in rows)


def of_obligation(db: Connection, obligation_id: int) -> tuple[ObjectionRow, ...]:
    """The objections of one unit to one measure, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE obligation_id = ? ORDER BY raised_on, objection.id", [obligation_id])
    return tuple(_row(row) for row in rows)


def find(db: Connection, objection_id: int) -> ObjectionRow | None:
    """One objection."""
    row = db.execute(f"{_SELECT} WHERE objection.id = ?", [objection_id]).fetchone()
    return None if row is None else _row(row)


def open_by_obligation(db: Connection, plan_id: int) -> dict[int, int]:
    """How many objections of each obligation wait for an answer; obligations without one are left out."""
    rows = db.execute(
        "SELECT obligation_id, count(*) FROM objection CROSS JOIN obligation ON obligation.id = obligation_id"
        " JOIN measure ON measure.id = measure_id WHERE plan_id = ? AND outcome IS NULL GROUP BY obligation_id",
        [plan_id],
    )
    return dict(rows.fetchall())


def insert(db: Connection, obligation_id: int, *, kind: str, text: str, raised_on: date) -> int:
    """Write what a unit objects to; gives its row number."""
    cursor = db.execute(
        "INSERT INTO objection (obligation_id, kind, text, raised_on) VALUES (?, ?, ?, ?)",
        [obligation_id, kind, text, raised_on.isoformat()],
    )
    return cursor.lastrowid or 0


def rewrite(db: Connection, objection_id: int, *, kind: str, text: str, raised_on: date) -> None:
    """Correct what a unit objects to."""
    db.execute(
        "UPDATE objection SET kind = ?, text = ?, raised_on = ? WHERE id = ?",
        [kind, text, raised_on.isoformat(), objection_id],
    )


def answer(db: Connection, objection_id: int, *, answer: str, outcome: str, answered_on: date) -> None:
    """Write what the unit was told, instead of what it was told before."""
    db.execute(
        "UPDATE objection SET answer = ?, outcome = ?, answered_on = ? WHERE id = ?",
        [answer, outcome, answered_on.isoformat(), objection_id],
    )


def _row(row: tuple[Any, ...]) -> ObjectionRow:
    key, obligation_id, measure_id, no, unit, via, kind, text, raised_on, answer, outcome, answered_on = row
    return ObjectionRow(
        id=key,
        obligation_id=obligation_id,
        measure_id=measure_id,
        measure_no=no,
        unit=unit,
        via=bool(via),
        kind=kind,
        text=text,
        raised_on=date.fromisoformat(raised_on),
        answer=answer,
        outcome=outcome,
        answered_on=date.fromisoformat(answered_on) if answered_on else None,
    )
