"""Reports due upward, in the file."""

from __future__ import annotations

from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple


class UpwardRow(NamedTuple):
    """One report of a plan; ``period_key`` is the period it closes."""

    id: int
    plan_id: int
    what: str
    who: str | None
    due_on: date | None
    due_text: str | None
    to: str | None
    period_key: str | None
    sent_on: date | None
    note: str


_SELECT = (
    "SELECT upward_report.id, plan_id, what, who, due_on, due_text, addressee, key, sent_on, note"
    " FROM upward_report LEFT JOIN period ON period.id = period_id"
)


def of_plan(db: Connection, plan_id: int) -> tuple[UpwardRow, ...]:
    """The reports of a plan in the order of the print, later ones behind."""
    rows = db.execute(f"{_SELECT} WHERE plan_id = ? ORDER BY upward_report.position", [plan_id])
    return tuple(_row(row) for row in rows)


def find(db: Connection, report_id: int) -> UpwardRow | None:
    """One report."""
    row = db.execute(f"{_SELECT} WHERE upward_report.id = ?", [report_id]).fetchone()
    return None if row is None else _row(row)


def insert(db: Connection, plan_id: int, values: dict[str, Any]) -> int:
    """One more report; ``values`` as the columns what, who, due_on, due_text, addressee, period_id, note."""
    position = db.execute("SELECT count(*) FROM upward_report WHERE plan_id = ?", [plan_id]).fetchone()[0]
    cursor = db.execute(
        "INSERT INTO upward_report (plan_id, position, what, who, due_on, due_text, addressee, period_id, note)"
        " VALUES (:plan_id, :position, :what, :who, :due_on, :due_text, :addressee, :period_id, :note)",
        values | {"plan_id": plan_id, "position": position},
    )
    return cursor.lastrowid or 0


def write(db: Connection, report_id: int, values: dict[str, Any]) -> None:
    """Change what a report says."""
    db.execute(
        "UPDATE upward_report SET what = :what, who = :who, due_on = :due_on, due_text = :due_text,"
        " addressee = :addressee, period_id = :period_id, note = :note WHERE id = :id",
        values | {"id": report_id},
    )


def mark_sent(db: Connection, report_id: int, day: date | None) -> None:
    """Sent on a day, or not sent."""
    db.execute("UPDATE upward_report SET sent_on = ? WHERE id = ?", [day.isoformat() if day else None, report_id])


def plans_without(db: Connection) -> tuple[tuple[int, str], ...]:
    """Plans whose text wants reports and that have no row of one: those of files made before there were any."""
    rows = db.execute(
        "SELECT id, key FROM plan WHERE coalesce(json_array_length(document, '$.required_reports'), 0) > 0"
        " AND NOT EXISTS (SELECT 1 FROM upward_report WHERE plan_id = plan.id) ORDER BY position"
    )
    return tuple((int(key), str(name)) for key, name in rows)


def _row(row: tuple[Any, ...]) -> UpwardRow:
    key, plan_id, what, who, due_on, due_text, to, period_key, sent_on, note = row
    return UpwardRow(key, plan_id, what, who, _day(due_on), due_text, to, period_key, _day(sent_on), note)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
