"""What the program itself wrote last: a digest of every row, kept with it in one transaction.

Whoever changes the file with another tool leaves rows that differ from their digest, rows without one, or digests
without a row. That is seen, not prevented: who has this source can write the digests too (docs/safety.md).

The digests are written by temporary triggers of the connection that writes, as the undo log's rows are; where a row
was altered behind the program's back and is then written by the program, ``altered`` stays behind as the trace.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

LEFT_OUT = {
    "draft": "what is typed and not saved yet proves nothing",
    "_sqlite_migrations": "the schema is no content",
    "journal": "its own chain covers it, and journal_end its length",
    "seal": "the digests themselves",
    "journal_end": "the end of the chain itself",
}
"""Tables whose rows have no digest, and why."""
_FUNCTION = "taizhang_digest"
_NOW = "CAST(strftime('%s', 'now') AS INTEGER)"
_EVERY = 5000
"""Rows between two reports while they are compared."""
Told = Callable[[str, int, int], None]


class How(StrEnum):
    """What was done to a row behind the program's back."""

    CHANGED = "改动过"
    ADDED = "添加"
    REMOVED = "删去"
    OVERWRITTEN = "改动过，程序后来又写过"


@dataclass(frozen=True, slots=True)
class Altered:
    """A row that is not as the program wrote it; ``written_at`` is when it last did, None where it never did."""

    table: str
    row: int
    how: How
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """Entries ever ``written`` and those that are ``there``; number and time of the ``last``; whether it is the one
    written last.
    """

    written: int
    there: int
    last: int
    last_at: str
    is_whole: bool


def covered(db: Connection) -> dict[str, tuple[str, ...]]:
    """The tables whose rows have digests, with their columns in order."""
    rows = db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = [name for (name,) in rows.fetchall() if name not in LEFT_OUT]
    return {name: tuple(row[1] for row in db.execute(f'PRAGMA main.table_info("{name}")')) for name in names}


def exist(db: Connection) -> bool:
    """Whether the file is of a version that has digests."""
    return db.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'journal_end'").fetchone() is not None


def watch(db: Connection) -> None:
    """From now on every row that this connection writes gets its digest, inside the same transaction."""
    if not exist(db):
        return
    db.create_function(_FUNCTION, -1, _digest, deterministic=True)
    for statement in _triggers(db):
        db.execute(statement)


def renew(db: Connection, altered: Iterable[Altered] = ()) -> None:
    """Give every row its digest as it is now, inside the running transaction: for a new file or a new schema.

    What was ``altered`` before stays so.
    """
    before = {(one.table, one.row): one for one in altered}
    db.execute("DELETE FROM seal")
    now = int(time.time())
    for table, names in covered(db).items():
        rows = db.execute(f'SELECT rowid, {_list(names)} FROM main."{table}"')
        # read whole before it is written: the same connection does both
        made = [(table, number, _digest(*values), now, (table, number) in before) for number, *values in rows]
        db.executemany("INSERT INTO seal VALUES (?, ?, ?, ?, ?)", made)
    gone = [one for one in before.values() if one.how is How.REMOVED]
    db.executemany("INSERT OR IGNORE INTO seal VALUES (?, ?, x'', ?, 1)", [(one.table, one.row, now) for one in gone])
    db.execute(
        "INSERT OR IGNORE INTO journal_end SELECT 1, (SELECT count(*) FROM journal),"
        " coalesce((SELECT hash FROM journal ORDER BY id DESC LIMIT 1), '')"
    )


def begin(db: Connection) -> None:
    """The same for a file that was just made, whose rows no trigger saw."""
    db.execute("DELETE FROM journal_end")
    renew(db)


def altered(db: Connection, told: Told | None = None) -> Iterator[Altered]:
    """Rows that are not as the program wrote them. A table is read in one statement, so a writer may go on meanwhile.

    ``told`` hears now and then (table, rows done, rows in all), and may raise Cancelled.
    """
    if not exist(db):
        return
    for table, names in covered(db).items():
        yield from _altered_rows(db, table, names, told)


def journal_end(db: Connection) -> JournalEnd | None:
    """How far the journal has come; None where the file keeps no record of it."""
    if not exist(db):
        return None
    record = db.execute("SELECT written, hash FROM journal_end").fetchone()
    last = db.execute("SELECT id, at, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone() or (0, "", "")
    count = db.execute("SELECT count(*) FROM journal").fetchone()[0]
    return None if record is None else JournalEnd(record[0], count, last[0], last[1], record[1] == last[2])


def _altered_rows(db: Connection, table: str, names: tuple[str, ...], told: Told | None) -> Iterator[Altered]:
    total = db.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0] if told else 0
    found: list[Altered] = []
    now: Counter[bytes] = Counter()
    then: Counter[bytes] = Counter()
    rows = db.execute(
        f'SELECT own.rowid, seal.digest, seal.at, seal.altered, {_list(names, "own.")} FROM main."{table}" AS own'
        " LEFT JOIN seal ON seal.table_name = ? AND seal.row = own.rowid ORDER BY own.rowid",
        [table],
    )
    for place, (number, digest, at, was_altered, *values) in enumerate(rows):
        if told is not None and place % _EVERY == 0:
            told(table, place, total)
        own = _digest(*values)
        if digest == own:
            if was_altered:
                found.append(Altered(table, number, How.OVERWRITTEN, _time(at)))
            continue
        now[own] += 1
        if digest is None:
            found.append(Altered(table, number, How.ADDED, None))
        else:
            then[digest] += 1
            found.append(Altered(table, number, How.CHANGED, _time(at)))
    gone = db.execute(
        "SELECT row, digest, at FROM seal WHERE table_name = ?"
        f' AND NOT EXISTS (SELECT 1 FROM main."{table}" WHERE rowid = row) ORDER BY row',
        [table],
    )
    for number, digest, at in gone.fetchall():
        then[digest] += 1
        found.append(Altered(table, number, How.REMOVED, _time(at)))
    # a tool that compacted the file may have numbered the rows anew: nothing was altered by that
    yield from (one for one in found if now != then or one.how is How.OVERWRITTEN)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds).astimezone()


def _digest(*values: Any) -> bytes:  # noqa: ANN401 - values of SQLite
    from hashlib import sha256  # as in journal: loaded with the first write

    # a whole REAL is kept as an integer and comes back without the sign of its zero
    plain = [int(value) if value.__class__ is float and value.is_integer() else value for value in values]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _list(names: tuple[str, ...], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _triggers(db: Connection) -> Iterator[str]:
    """Never a conflict inside: the policy of the statement that fires a trigger would rule there too."""
    for table, names in covered(db).items():
        old, new = (f"{_FUNCTION}({_list(names, f'{row}.')})" for row in ("old", "new"))
        here = f"table_name = '{table}' AND row ="
        yield _trigger(
            table,
            "insert",
            f"UPDATE seal SET digest = {new}, at = {_NOW}, altered = 1 WHERE {here} new.rowid;"
            f" INSERT INTO seal SELECT '{table}', new.rowid, {new}, {_NOW}, 0"
            f" WHERE NOT EXISTS (SELECT 1 FROM seal WHERE {here} new.rowid);",
        )
        yield _trigger(
            table,
            "update",
            f"UPDATE seal SET altered = altered OR digest <> {old}, row = new.rowid, digest = {new}, at = {_NOW}"
            f" WHERE {here} old.rowid;",
        )
        yield _trigger(
            table,
            "delete",
            f"DELETE FROM seal WHERE {here} old.rowid AND NOT altered AND digest = {old};",
        )
    yield (
        "CREATE TEMP TRIGGER IF NOT EXISTS taizhang_journal_end AFTER INSERT ON main.journal BEGIN"
        " UPDATE journal_end SET written = written + 1, hash = new.hash; END"
    )


def _trigger(table: str, kind: str, body: str) -> str:
    return f'CREATE TEMP TRIGGER IF NOT EXISTS "taizhang_seal_{table}_{kind}" AFTER {kind.upper()} ON main."{table}" BEGIN {body} END'
