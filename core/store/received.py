"""What came back, as it came: returned sheets, scans, evidence, and what nobody has placed yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from core.store.evidence_files import Stored


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A file that came. ``kind`` and ``verdict`` are the words of ``core.office.collected``.

    ``received_at``: local ISO time. ``plan``, ``period`` (keys) and ``unit``: whose it is, None while nobody knows.
    ``outcome``: what was read and what was written of it. ``is_settled``: nobody need look at it any more.
    """

    id: int
    sha256: str
    size: int
    name: str
    origin: str
    received_at: str
    kind: str
    plan: str | None
    period: str | None
    unit: str | None
    verdict: str
    outcome: dict[str, Any]
    is_settled: bool

    @property
    def stored(self) -> Stored:
        """The file in the folder beside the ledger."""
        return Stored(self.sha256, self.size, self.name)


_SELECT = (
    "SELECT received_file.id, sha256, size, received_file.name, origin, received_at, received_file.kind, plan.key,"
    " period.key, unit.name, verdict, outcome, is_settled FROM received_file"
    " LEFT JOIN plan ON plan.id = plan_id LEFT JOIN period ON period.id = period_id"
    " LEFT JOIN unit ON unit.id = unit_id"
)


def add(
    db: Connection,
    file: Stored,
    *,
    origin: str,
    received_at: str,
    kind: str,
    plan_id: int | None,
    period_id: int | None,
    unit_id: int | None,
    verdict: str,
    outcome: dict[str, Any],
    is_settled: bool,
) -> int:
    """A file that came; gives its number."""
    cursor = db.execute(
        "INSERT INTO received_file (sha256, size, name, origin, received_at, kind, plan_id, period_id, unit_id,"
        " verdict, outcome, is_settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file.sha256,
            file.size,
            file.name,
            origin,
            received_at,
            kind,
            plan_id,
            period_id,
            unit_id,
            verdict,
            json.dumps(outcome, ensure_ascii=False),
            int(is_settled),
        ),
    )
    return cursor.lastrowid or 0


def place(
    db: Connection,
    received_id: int,
    *,
    kind: str,
    plan_id: int | None,
    period_id: int | None,
    unit_id: int | None,
    verdict: str,
    outcome: dict[str, Any],
    is_settled: bool,
) -> None:
    """Somebody said what a file is, or it was gone through once more."""
    db.execute(
        "UPDATE received_file SET kind = ?, plan_id = ?, period_id = ?, unit_id = ?, verdict = ?, outcome = ?,"
        " is_settled = ? WHERE id = ?",
        (
            kind,
            plan_id,
            period_id,
            unit_id,
            verdict,
            json.dumps(outcome, ensure_ascii=False),
            int(is_settled),
            received_id,
        ),
    )


def tell(db: Connection, received_id: int, outcome: dict[str, Any], *, is_settled: bool | None = None) -> None:
    """Note what has become of a file since; ``is_settled`` None: as it was."""
    db.execute(
        "UPDATE received_file SET outcome = ?, is_settled = coalesce(?, is_settled) WHERE id = ?",
        [json.dumps(outcome, ensure_ascii=False), None if is_settled is None else int(is_settled), received_id],
    )


def find(db: Connection, received_id: int) -> ReceivedRow | None:
    """One file."""
    row = db.execute(f"{_SELECT} WHERE received_file.id = ?", [received_id]).fetchone()
    return None if row is None else _row(row)


def by_hash(db: Connection) -> dict[str, tuple[ReceivedRow, ...]]:
    """All that came by the SHA-256 of the content, the first one first."""
    found: dict[str, tuple[ReceivedRow, ...]] = {}
    for row in everything(db):
        found[row.sha256] = (*found.get(row.sha256, ()), row)
    return found


def everything(db: Connection) -> tuple[ReceivedRow, ...]:
    """All that came, in the order it came."""
    return tuple(_row(row) for row in db.execute(f"{_SELECT} ORDER BY received_file.id"))


def of_period(db: Connection, plan_id: int, period_key: str) -> tuple[ReceivedRow, ...]:
    """What came for a plan and period, in the order it came."""
    rows = db.execute(
        f"{_SELECT} WHERE plan_id = ? AND period.key = ? ORDER BY received_file.id", [plan_id, period_key]
    )
    return tuple(_row(row) for row in rows)


def unsettled(db: Connection) -> tuple[ReceivedRow, ...]:
    """What somebody must still look at, in the order it came."""
    rows = db.execute(f"{_SELECT} WHERE NOT is_settled ORDER BY received_file.id")
    return tuple(_row(row) for row in rows)


def _row(row: tuple[Any, ...]) -> ReceivedRow:
    key, sha256, size, name, origin, at, kind, plan, period, unit, verdict, outcome, is_settled = row
    return ReceivedRow(
        key,
        sha256,
        size,
        name,
        origin,
        at,
        kind,
        plan,
        period,
        unit,
        verdict,
        json.loads(outcome),
        bool(is_settled),
    )
