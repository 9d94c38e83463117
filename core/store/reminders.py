"""催办 in the file: whom the office reminded, how, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder of one unit. ``at`` is its day; ``period`` a key, None where it was about no period."""

    id: int
    unit: str
    period: str | None
    at: date
    way: str
    person: str
    text: str
    answer: str
    promised_on: date | None


_SELECT = (
    "SELECT reminder.id, unit.name, period.key, at, way, person, text, answer, promised_on FROM reminder"
    " JOIN unit ON unit.id = unit_id LEFT JOIN period ON period.id = period_id"
)


def add(
    db: Connection,
    plan_id: int,
    period_id: int | None,
    unit_id: int,
    *,
    at: date,
    way: str,
    person: str,
    text: str,
    answer: str,
    promised_on: date | None,
) -> int:
    """Note a reminder; gives its number."""
    cursor = db.execute(
        "INSERT INTO reminder (plan_id, period_id, unit_id, at, way, person, text, answer, promised_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            plan_id,
            period_id,
            unit_id,
            at.isoformat(),
            way,
            person,
            text,
            answer,
            promised_on.isoformat() if promised_on else None,
        ),
    )
    return cursor.lastrowid or 0


def answer(db: Connection, reminder_id: int, words: str, promised_on: date | None) -> None:
    """What the unit said to it, and by when it promised."""
    db.execute(
        "UPDATE reminder SET answer = ?, promised_on = ? WHERE id = ?",
        [words, promised_on.isoformat() if promised_on else None, reminder_id],
    )


def find(db: Connection, reminder_id: int) -> ReminderRow | None:
    """One reminder."""
    row = db.execute(f"{_SELECT} WHERE reminder.id = ?", [reminder_id]).fetchone()
    return None if row is None else _row(row)


def of_period(db: Connection, plan_id: int, period_key: str) -> tuple[ReminderRow, ...]:
    """The reminders of a period, the newest first."""
    rows = db.execute(
        f"{_SELECT} WHERE plan_id = ? AND period.key = ? ORDER BY at DESC, reminder.id DESC", [plan_id, period_key]
    )
    return tuple(_row(row) for row in rows)


def last_of(db: Connection, plan_id: int, period_key: str, units: Sequence[str]) -> dict[str, date]:
    """For each of these units that was reminded in the period, the last day."""
    marks = ", ".join("?" * len(units))
    rows = db.execute(
        "SELECT unit.name, max(at) FROM reminder JOIN unit ON unit.id = unit_id JOIN period ON period.id = period_id"
        f" WHERE plan_id = ? AND period.key = ? AND unit.name IN ({marks}) GROUP BY unit.id",
        [plan_id, period_key, *units],
    )
    return {name: date.fromisoformat(at) for name, at in rows}


def _row(row: tuple[Any, ...]) -> ReminderRow:
    key, unit, period, at, way, person, text, answered, promised = row
    return ReminderRow(
        key,
        unit,
        period,
        date.fromisoformat(at),
        way,
        person,
        text,
        answered,
        date.fromisoformat(promised) if promised else None,
    )
