"""The trial of a copy: opened by itself as whoever restores it would, and compared with what it was copied from."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from core.errors import Cancelled, LedgerFileError
from core.job import Job
from core.store import journal

_LONGEST = 80
_STEPS = 50_000
"""Instructions of SQLite between two looks whether to go on: some milliseconds."""


class Content(NamedTuple):
    """What a ledger holds: rows of each table, the last entry of its journal (number, hash) and of which record it is.

    ``file_id`` is that of the record, the same in all its copies; empty before it was given one.
    """

    rows: tuple[tuple[str, int], ...]
    last: tuple[int, str] | None
    file_id: str


def content_of(db: Connection) -> Content:
    """Count an open file; one of an older schema has fewer tables."""
    tables = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
        )
    ]
    rows = tuple((name, db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables)
    last = None
    if "journal" in tables:
        last = db.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return Content(rows, last, file_id(db) if "setting" in tables else "")


def file_id(db: Connection) -> str:
    """Of which record a file is; empty where it does not say."""
    row = db.execute("SELECT value FROM setting WHERE key = 'file_id'").fetchone()
    return row[0] if row else ""


def problems(db: Connection) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file, in its own words; empty when it is sound."""
    rows = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
    found = [] if rows == ["ok"] else rows
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    found += [f"{row[0]} 第 {row[1]} 行指向不存在的 {row[2]}" for row in orphans[:20]]
    return tuple(found)


def reader(path: Path) -> Connection:
    """A connection that can change nothing."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


@contextmanager
def settled(source: Path) -> Iterator[Connection]:
    """Read a file that was copied as it lay there, perhaps in the middle of a save.

    What a killed or a copied writer left beside it is rolled back in a copy; the file itself is not touched.
    """
    left = [file for file in leftovers(source) if file.exists()]
    if not left:
        with closing(reader(source)) as db:
            yield db
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for file in (source, *left):
            shutil.copyfile(file, Path(folder) / file.name)
        with closing(sqlite3.connect(Path(folder) / source.name)) as db:
            yield db


def leftovers(ledger: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside one that was not closed, and takes for its own at the next opening."""
    return tuple(ledger.with_name(f"{ledger.name}{end}") for end in ("-journal", "-wal", "-shm"))


@contextmanager
def cancelled_by(db: Connection, job: Job) -> Iterator[None]:
    """Long statements of a connection end where 取消 is pressed or the window closes.

    Raises Cancelled.
    """
    db.set_progress_handler(lambda: int(job.is_cancelled), _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if job.is_cancelled:
            raise Cancelled from None
        raise
    finally:
        db.set_progress_handler(None, 0)


def require_whole(copy: Path, expected: Content | None = None, job: Job | None = None) -> Content:
    """Try a copy: opened, sound, its journal unbroken, with the rows and the last entry of ``expected``.

    Raises LedgerFileError naming the first thing that is wrong, Cancelled.
    """
    with closing(reader(copy)) as db, cancelled_by(db, job or Job()):
        found = list(problems(db))
        content = content_of(db) if not found else None
        if content is not None and content.last is not None:
            found += journal.broken(db)
    if not found and expected is not None and content != expected:
        found.append("行数或最后一条日志与原台账不一致")
    if found or content is None:
        first = " ".join(found[0].split())  # SQLite's own words run over several lines
        raise LedgerFileError("这份台账不完好，没有完成。", hint=f"{first[:_LONGEST]}。请换一份备份。", where=str(copy))
    return content
