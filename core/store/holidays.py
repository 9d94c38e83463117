"""节假日 in the file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from sqlite3 import Connection

from core.model.holiday import Holiday


def listing(db: Connection, year: int | None = None) -> tuple[Holiday, ...]:
    """Holidays and worked weekends in their order, of one year if asked."""
    rows = db.execute(
        "SELECT day, name, is_workday FROM holiday WHERE ?1 IS NULL OR substr(day, 1, 4) = ?1 ORDER BY day",
        [None if year is None else f"{year:04}"],
    )
    return tuple(Holiday(date.fromisoformat(day), name, bool(worked)) for day, name, worked in rows)


def years(db: Connection) -> tuple[int, ...]:
    """The years that the file holds days of."""
    rows = db.execute("SELECT DISTINCT substr(day, 1, 4) FROM holiday ORDER BY 1")
    return tuple(int(year) for (year,) in rows)


def replace(db: Connection, year: int, days: Iterable[Holiday]) -> None:
    """Make the days of a year these."""
    db.execute("DELETE FROM holiday WHERE substr(day, 1, 4) = ?", [f"{year:04}"])
    db.executemany(
        "INSERT INTO holiday (day, name, is_workday) VALUES (?, ?, ?)",
        [(holiday.day.isoformat(), holiday.name, int(holiday.is_workday)) for holiday in days],
    )
