"""操作日志 in the file: append-only rows, each hash covering the row before it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from sqlite3 import Connection
from typing import Any

from core.model.journal import JournalEntry
from core.store.lock import user_name

_FIELDS = "id, at, who, action, subject, measure_id, before, after, reason, previous, hash"
_OWN = "WITH RECURSIVE own(measure) AS (VALUES (?) UNION SELECT id FROM measure JOIN own ON merged_into = measure)"
"""A measure with those that were merged into it."""
_TOKENS = "' ' || replace(replace(replace(subject, '：', ' '), '，', ' '), '、', ' ') || ' '"
"""The words of a subject with a blank on either side: a unit is one of them, not a part of a longer name."""
_EVERY = 2000
"""Rows between two reports while the chain is followed."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; empty parts ask nothing. ``names``: one of them stands in the subject as a word."""

    words: tuple[str, ...] = ()
    action: str | None = None
    who: str | None = None
    since: date | None = None
    until: date | None = None
    measure_id: int | None = None
    names: tuple[str, ...] = ()


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
    rows = db.execute(f"{_OWN} SELECT {_FIELDS} FROM journal WHERE measure_id IN own ORDER BY id DESC", [measure_id])
    return tuple(_entry(row) for row in rows)


def matching(db: Connection, query: Query) -> array[int]:
    """The numbers of the rows that a query asks for, the newest first: one walk, however many there are."""
    if query == Query():
        return _all(db)
    where, values = _where(query)
    own = _OWN if query.measure_id is not None else ""
    rows = db.execute(f"{own} SELECT id FROM journal{where} ORDER BY id DESC", values)
    return array("q", [number for (number,) in rows])


def by_numbers(db: Connection, numbers: Sequence[int]) -> tuple[JournalEntry, ...]:
    """Rows by their numbers, in that order; those that are not there are left out. A few hundred at a time."""
    rows = db.execute(f"SELECT {_FIELDS} FROM journal WHERE id IN ({', '.join('?' * len(numbers))})", list(numbers))
    found = {row[0]: _entry(row) for row in rows}
    return tuple(found[number] for number in numbers if number in found)


def measures_now(db: Connection, measure_ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """For row numbers of measures (key of the plan, number); those that have left their plan are left out."""
    ids = sorted(set(measure_ids))
    rows = db.execute(
        "SELECT named.id, plan.key, own.no FROM measure AS named"
        " JOIN measure AS own ON own.id = coalesce(named.merged_into, named.id) JOIN plan ON plan.id = own.plan_id"
        f" WHERE own.no > 0 AND named.id IN ({', '.join('?' * len(ids))})",
        ids,
    )
    return {number: (key, no) for number, key, no in rows}


def actions(db: Connection, *, after: int = 0) -> tuple[str, ...]:
    """Every action that occurs in rows after one, the most frequent first."""
    rows = db.execute("SELECT action FROM journal WHERE id > ? GROUP BY action ORDER BY count(*) DESC, action", [after])
    return tuple(action for (action,) in rows)


def people(db: Connection, *, after: int = 0) -> tuple[str, ...]:
    """Everybody who has written something in rows after one, in the order of their names."""
    return tuple(who for (who,) in db.execute("SELECT DISTINCT who FROM journal WHERE id > ? ORDER BY who", [after]))


def _all(db: Connection) -> array[int]:
    """All numbers. Rows are only ever added, so their numbers run on; reading each would take ten times as long."""
    count, last, first = db.execute("SELECT count(*), max(id), min(id) FROM journal").fetchone()
    if count and last - first + 1 == count:
        return array("q", range(last, first - 1, -1))
    return array("q", [number for (number,) in db.execute("SELECT id FROM journal ORDER BY id DESC")])


def _where(query: Query) -> tuple[str, list[Any]]:
    """The condition of a query with its values; empty for one that asks nothing."""
    parts: list[str] = []
    values: list[Any] = []
    if query.measure_id is not None:
        parts.append("measure_id IN own")
        values.append(query.measure_id)
    for column, value in (("action", query.action), ("who", query.who)):
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if query.since is not None:
        parts.append("at >= ?")
        values.append(query.since.isoformat())
    if query.until is not None:
        parts.append("at < ?")
        values.append((query.until + timedelta(days=1)).isoformat())
    if query.names:
        parts.append(f"({' OR '.join([f'instr({_TOKENS}, ?) > 0'] * len(query.names))})")
        values += [f" {name} " for name in query.names]
    for word in query.words:
        plain, stored = _like(word), _like(json.dumps(word, ensure_ascii=False)[1:-1])
        columns = [("action", plain), ("subject", plain), ("who", plain), ("reason", plain)]
        columns += [("before", stored), ("after", stored)]
        said = " OR ".join(f"{column} LIKE ? ESCAPE '!'" for column, _ in columns)
        parts.append(f"({said})")
        values += [pattern for _, pattern in columns]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def _like(word: str) -> str:
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


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


def broken(db: Connection, told: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """Rows whose chain does not hold: something changed them behind the program's back.

    ``told`` hears now and then (rows done, rows in all), and may raise Cancelled.
    """
    previous = ""
    total = db.execute("SELECT count(*) FROM journal").fetchone()[0] if told is not None else 0
    for place, row in enumerate(db.execute(f"SELECT {_FIELDS} FROM journal ORDER BY id")):
        if told is not None and place % _EVERY == 0:
            told(place, total)
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
    number, at, who, action, subject, measure_id, before, after, reason, _previous, digest = row
    return JournalEntry(number, at, who, action, subject, _value(before), _value(after), reason, digest, measure_id)


def _value(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
