"""调整 in the file: what changed, from what to what, on which basis."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any

from core.model.adjustment import Adjusted, Adjustment, Terms
from core.model.plan import Deadline, DeadlineKind
from core.store.lock import user_name

_SELECT = (
    "SELECT adjustment.id, at, who, measure.no, unit.name, obligation_id, what, before, after, basis, reason"
    " FROM adjustment JOIN measure ON measure.id = adjustment.measure_id"
    " LEFT JOIN obligation ON obligation.id = obligation_id LEFT JOIN unit ON unit.id = unit_id"
)


def insert(
    db: Connection,
    measure_id: int,
    what: Adjusted,
    old: Terms,
    new: Terms,
    *,
    basis: str,
    reason: str,
    obligation_id: int | None = None,
) -> None:
    """Write one adjustment of a measure, or of one obligation of it."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO adjustment (measure_id, obligation_id, what, before, after, basis, reason, at, who)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [measure_id, obligation_id, what.value, _text(old), _text(new), basis, reason, at, user_name()],
    )


def of_plan(db: Connection, plan_id: int, measure: int | None = None) -> tuple[Adjustment, ...]:
    """The adjustments of a plan's measures, or of one of them, in the order they were made."""
    rows = db.execute(
        f"{_SELECT} WHERE plan_id = ?1 AND last_no IS NULL AND (?2 IS NULL OR measure.no = ?2) ORDER BY adjustment.id",
        [plan_id, measure],
    )
    return tuple(_adjustment(row) for row in rows)


def _adjustment(row: tuple[Any, ...]) -> Adjustment:
    key, at, who, measure, unit, obligation, what, old, new, basis, reason = row
    return Adjustment(key, at, who, measure, unit, obligation, Adjusted(what), _terms(old), _terms(new), basis, reason)


def _text(terms: Terms) -> str:
    plain = asdict(terms)
    for part in plain["deadlines"]:
        part["kind"] = part["kind"].value
        part["date"] = part["date"].isoformat() if part["date"] else None
    return json.dumps(plain, ensure_ascii=False)


def _terms(text: str) -> Terms:
    plain = json.loads(text)
    return Terms(
        phrase=plain["phrase"],
        deadlines=tuple(
            Deadline(
                DeadlineKind(part["kind"]),
                date.fromisoformat(part["date"]) if part["date"] else None,
                part["recur"],
                part["scope"],
            )
            for part in plain["deadlines"]
        ),
        lead=tuple(plain["lead"]),
        responsible=tuple(plain["responsible"]),
        cooperating=tuple(plain["cooperating"]),
    )
