"""操作日志 in the file: append-only rows, each hash covering the row before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from core.model.journal import JournalEntry
from core.store.lock import user_name

_FIELDS = "id, at, who, action, subject, measure_id, before, after, reason, previous, hash"


def append(
    db: Connection,
    action: str,
    subject: str,
    *,
    measure_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Write one act inside the running transaction. ``action`` and ``subject`` are the words shown."""
    row = db.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    previous = row[0] if row else ""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    values = (at, user_name(), action, subject, measure_id, _text(before), _text(after), reason)
    db.execute(
        "INSERT INTO journal (at, who, action, subject, measure_id, before, after, reason, previous, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, previous, _hash(previous, values)),
    )


def of_measure(db: Connection, measure_id: int) -> tuple[JournalEntry, ...]:
    """What happened to a measure and to those that were merged into it, the newest first."""
    rows = db.execute(
        "WITH RECURSIVE own(measure) AS (VALUES (?) UNION SELECT id FROM measure JOIN own ON merged_into = measure)"
        f" SELECT {_FIELDS} FROM journal WHERE measure_id IN own ORDER BY id DESC",
        [measure_id],
    )
    return tuple(_entry(row) for row in rows)


def about_unit(db: Connection, names: Iterable[str]) -> tuple[JournalEntry, ...]:
    """What was done to a unit or collective that is or was called so, and 撤销 and 重做 of it, the newest first."""
    rows: dict[int, tuple[Any, ...]] = {}
    for name in names:
        for row in db.execute(
            f"SELECT {_FIELDS} FROM journal WHERE measure_id IS NULL AND (subject = ? OR subject LIKE '%：' || ?)",
            [name, name],
        ):
            rows[row[0]] = row
    return tuple(_entry(rows[number]) for number in sorted(rows, reverse=True))


def broken(db: Connection) -> Iterator[str]:
    """Rows whose chain does not hold: something changed them behind the program's back."""
    previous = ""
    for row in db.execute(f"SELECT {_FIELDS} FROM journal ORDER BY id"):
        number, *values, link, digest = row
        if link != previous or digest != _hash(link, tuple(values)):
            yield f"操作日志第 {number} 条被改动过"
        previous = digest


def _hash(previous: str, values: tuple[Any, ...]) -> str:
    from hashlib import sha256  # reading needs no hash, and OpenSSL takes its time to load

    text = json.dumps([previous, *values], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _text(value: dict[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    number, at, who, action, subject, _measure, before, after, reason, _previous, digest = row
    return JournalEntry(number, at, who, action, subject, _value(before), _value(after), reason, digest)


def _value(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
