"""What an office has set for its ledger: words by key, in the file itself so that they go with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sqlite3 import Connection


def everything(db: Connection) -> dict[str, str]:
    """All settings of the file."""
    return dict(db.execute("SELECT key, value FROM setting").fetchall())


def read(db: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Those of these settings that the file has."""
    wanted = tuple(keys)
    marks = ", ".join("?" * len(wanted))
    return dict(db.execute(f"SELECT key, value FROM setting WHERE key IN ({marks})", wanted).fetchall())


def write(db: Connection, values: Mapping[str, str]) -> None:
    """Set these keys; the others stay."""
    db.executemany(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        list(values.items()),
    )
