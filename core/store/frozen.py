"""Figures of a period as they were issued: each freezing is a row, the last one counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """What was frozen when, by whom and for which date; ``figures`` as they were."""

    as_of: date
    frozen_at: str
    who: str
    figures: dict[str, Any]


def last(db: Connection, plan_id: int, period_key: str) -> FrozenRow | None:
    """The freezing that counts, None when there was none."""
    row = db.execute(
        "SELECT as_of, frozen_at, who, figures FROM frozen_period JOIN period ON period.id = period_id"
        " WHERE plan_id = ? AND key = ? ORDER BY frozen_period.id DESC LIMIT 1",
        [plan_id, period_key],
    ).fetchone()
    return None if row is None else FrozenRow(date.fromisoformat(row[0]), row[1], row[2], json.loads(row[3]))


def append(db: Connection, plan_id: int, period_id: int, row: FrozenRow) -> None:
    """One more freezing."""
    db.execute(
        "INSERT INTO frozen_period (period_id, plan_id, as_of, frozen_at, who, figures) VALUES (?, ?, ?, ?, ?, ?)",
        [
            period_id,
            plan_id,
            row.as_of.isoformat(),
            row.frozen_at,
            row.who,
            json.dumps(row.figures, ensure_ascii=False, sort_keys=True),
        ],
    )


def days(db: Connection, plan_id: int) -> dict[str, date]:
    """For which date each period of a plan was last frozen, by the period's key."""
    rows = db.execute(
        "SELECT key, as_of FROM frozen_period JOIN period ON period.id = period_id WHERE plan_id = ?"
        " ORDER BY frozen_period.id",
        [plan_id],
    )
    return {key: date.fromisoformat(day) for key, day in rows}
