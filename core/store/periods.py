"""报送期 in the file."""

from __future__ import annotations

import json
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from core.model.ledger import Period

COLUMNS = "period.key, period.title, first_day, last_day, cut_off, asks"
"""What ``from_row`` reads, for repositories that join the table."""
WIDTH = 6
_EXCHANGE = ("dispatch", "received_file", "reminder", "submission", "issued")


class Uses(NamedTuple):
    """How much hangs on a period, over all plans."""

    has_entries: bool
    """Not how many: counting the records of a large file takes a third of a second."""
    drafts: int
    frozen: int
    upward: int
    exchanged: int
    """Sheets given out or come back, reminders, submissions, issued documents."""


def from_row(row: tuple[Any, ...]) -> Period:
    """A period from the columns above."""
    key, title, first, last, cut_off, asks = row
    return Period(
        key,
        title,
        date.fromisoformat(first),
        date.fromisoformat(last),
        date.fromisoformat(cut_off),
        tuple(json.loads(asks)) if asks != "[]" else (),
    )


def listing(db: Connection) -> tuple[Period, ...]:
    """The periods of the file by their first day."""
    return tuple(from_row(row) for row in db.execute(f"SELECT {COLUMNS} FROM period ORDER BY first_day, last_day"))


def find_key(db: Connection, key: str) -> Period | None:
    """The period of that key."""
    row = db.execute(f"SELECT {COLUMNS} FROM period WHERE key = ?", [key]).fetchone()
    return None if row is None else from_row(row)


def row_id(db: Connection, key: str) -> int | None:
    """The row number of the period of that key."""
    row = db.execute("SELECT id FROM period WHERE key = ?", [key]).fetchone()
    return None if row is None else int(row[0])


def ensure(db: Connection, period: Period) -> int:
    """The row number of a period, made when the file does not have it yet."""
    known = row_id(db, period.key)
    if known is not None:
        return known
    cursor = db.execute(
        "INSERT INTO period (key, title, first_day, last_day, cut_off, asks) VALUES (?, ?, ?, ?, ?, ?)",
        [period.key, *_values(period)],
    )
    return cursor.lastrowid or 0


def write(db: Connection, key: str, period: Period) -> None:
    """Change the period of that key; it may get another key."""
    db.execute(
        "UPDATE period SET key = ?, title = ?, first_day = ?, last_day = ?, cut_off = ?, asks = ? WHERE key = ?",
        [period.key, *_values(period), key],
    )


def delete(db: Connection, key: str) -> None:
    """Take a period out that nothing points at."""
    db.execute("DELETE FROM period WHERE key = ?", [key])


def uses(db: Connection) -> dict[str, Uses]:
    """For each period of the file what hangs on it, by key."""
    counts: dict[str, dict[int, int]] = {
        table: dict(db.execute(f"SELECT period_id, count(*) FROM {table} GROUP BY period_id").fetchall())
        for table in ("frozen_period", "upward_report", *_EXCHANGE)
    }
    drafts = dict(db.execute("SELECT period_key, count(*) FROM draft GROUP BY period_key").fetchall())
    return {
        key: Uses(
            has_entries=bool(has_entries),
            drafts=drafts.get(key, 0),
            frozen=counts["frozen_period"].get(number, 0),
            upward=counts["upward_report"].get(number, 0),
            exchanged=sum(counts[table].get(number, 0) for table in _EXCHANGE),
        )
        for number, key, has_entries in db.execute(
            "SELECT id, key, EXISTS (SELECT 1 FROM progress WHERE period_id = period.id) FROM period"
        )
    }


def next_named(db: Connection, word: str, end: str = "") -> str:
    """A key for one more period: the word, a number that none in the file has, the end."""
    taken = [key.removeprefix(word).removesuffix(end) for (key,) in db.execute("SELECT key FROM period")]
    return f"{word}{max([0, *(int(number) for number in taken if number.isdecimal())]) + 1}{end}"


def _values(period: Period) -> list[str]:
    days = (period.first_day, period.last_day, period.cut_off)
    return [period.title, *(day.isoformat() for day in days), json.dumps(period.asks, ensure_ascii=False)]
