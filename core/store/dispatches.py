"""下发 in the file: which version of its sheet each unit was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """The newest sheet of one unit for a plan and period. ``content_sha256`` tells whether anything changed since."""

    id: int
    unit: str
    version: int
    made_at: str
    content_sha256: str
    file_sha256: str
    file_name: str
    signed_by: str | None
    signed_on: date | None


_FIELDS = (
    "dispatch.id, unit.name, version, made_at, content_sha256, file_sha256, file_name, signed_by, signed_on"
    " FROM dispatch JOIN unit ON unit.id = unit_id JOIN period ON period.id = period_id"
)


def newest(db: Connection, plan_id: int, period_key: str) -> dict[str, DispatchRow]:
    """The newest sheet of each unit."""
    rows = db.execute(
        f"SELECT {_FIELDS} WHERE plan_id = ? AND period.key = ? ORDER BY unit.position, unit.id, version",
        [plan_id, period_key],
    )
    return {row[1]: _row(row) for row in rows}


def versions(db: Connection) -> dict[tuple[str, str, str], int]:
    """The number of the newest sheet by (key of the plan, key of the period, unit)."""
    rows = db.execute(
        "SELECT plan.key, period.key, unit.name, max(version) FROM dispatch JOIN plan ON plan.id = plan_id"
        " JOIN period ON period.id = period_id JOIN unit ON unit.id = unit_id GROUP BY plan_id, period_id, unit_id"
    )
    return {(plan, period, unit): version for plan, period, unit, version in rows}


def file_hashes(db: Connection) -> set[str]:
    """SHA-256 of the workbooks as they were made."""
    return {row[0] for row in db.execute("SELECT file_sha256 FROM dispatch")}


def add(
    db: Connection,
    plan_id: int,
    period_id: int,
    unit_id: int,
    *,
    version: int,
    made_at: str,
    content_sha256: str,
    file_sha256: str,
    file_name: str,
) -> None:
    """A sheet that was made; the same version made again takes the place of the file, not of the row."""
    db.execute(
        "INSERT INTO dispatch (plan_id, period_id, unit_id, version, made_at, content_sha256, file_sha256, file_name)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (plan_id, period_id, unit_id, version) DO UPDATE SET"
        " file_sha256 = excluded.file_sha256, file_name = excluded.file_name",
        (plan_id, period_id, unit_id, version, made_at, content_sha256, file_sha256, file_name),
    )


def sign(db: Connection, dispatch_id: int, by: str | None, on: date | None) -> None:
    """Who signed for a sheet and when; None takes it back."""
    db.execute(
        "UPDATE dispatch SET signed_by = ?, signed_on = ? WHERE id = ?",
        [by, on.isoformat() if on else None, dispatch_id],
    )


def _row(row: tuple[Any, ...]) -> DispatchRow:
    key, unit, version, made_at, content, file, name, signed_by, signed_on = row
    day = date.fromisoformat(signed_on) if signed_on else None
    return DispatchRow(key, unit, version, made_at, content, file, name, signed_by, day)
