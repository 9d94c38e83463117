"""What the last check found in the evidence folder: kept, so that showing a row need not read gigabytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from sqlite3 import Connection

KEY = "evidence_damage"
"""In the table of settings; no act of the clerk, so neither journal nor undo know it."""


def last(db: Connection) -> dict[str, int]:
    """By SHA-256 the altered files of the last check with the time of change they had then (ns)."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", [KEY]).fetchone()
    return {} if row is None else json.loads(row[0])


def keep(db: Connection, altered: Mapping[str, int]) -> None:
    """Write what a check has found."""
    db.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [KEY, json.dumps(dict(altered))],
    )
