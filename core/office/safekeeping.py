"""A backup whole with its files in a second place, and a ledger restored from one."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import LedgerFileError, OutputError
from core.job import Job
from core.office import pack_file
from core.store import backup, database, journal, kept_copy, kept_files
from core.store.database import Store
from core.store.faults import sentences
from core.store.kept_copy import Opener
from core.store.kept_files import KeptFile


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that was made. ``problems``: files that were not whole where they were copied from."""

    path: Path
    files: int
    problems: tuple[str, ...]


def back_up_to(store: Store, folder: Path, job: Job) -> Kept:
    """Copy the ledger with all its files into a folder; the copy can be opened as it lies there.

    The copy is opened and checked before it gets its name. Files that an earlier backup in the folder holds are
    linked where the disk knows links.

    Raises OutputError for the folder, LedgerFileError (full, damaged), Cancelled.
    """
    _require_folder(folder)
    stamp = f"{datetime.now().astimezone():%Y-%m-%d %H%M%S}"
    target = _free(folder, f"{store.path.stem} {stamp}")
    with store.reading() as db:
        files = kept_files.everything(db)
    problems = kept_copy.copy_beside(target, files, kept_copy.from_ledger(store.path), job, near=folder)
    with sentences(target):
        part = target.with_suffix(".part")
        try:
            backup.copy_to(store.db, part)
            _check(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return Kept(target, len(files), tuple(problems))


def restore(source: Path, target: Path, job: Job) -> Kept:
    """Make a ledger file from a backup (.db with its folder) or a hand-over package (.zip).

    Nothing that exists is replaced. The file appears only when it is whole, of this version, and checked.

    Raises LedgerFileError (in the way, no backup, damaged, newer version, full), Cancelled.
    """
    if target.exists():
        raise LedgerFileError(
            f"“{target.name}”已存在，没有恢复。", hint="请换一个文件名；比较后再决定用哪一份。", where=str(target)
        )
    if pack_file.is_pack(source):
        with pack_file.opened(source) as package, tempfile.TemporaryDirectory() as folder:
            return _restored(package.ledger_into(Path(folder), job), target, package.open_kept, job)
    if not database.is_ledger(source):
        raise LedgerFileError(
            f"“{source.name}”不是台账备份。", hint="请选择备份的 .db 文件，或移交包 .zip。", where=str(source)
        )
    return _restored(source, target, kept_copy.from_ledger(source), job)


def _restored(source: Path, target: Path, opener: Opener, job: Job) -> Kept:
    with sentences(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".taizhang-", dir=target.parent) as folder:
            part = Path(folder) / target.name
            with closing(_reader(source)) as db:
                backup.copy_to(db, part)
            _check(part)
            with closing(database.open_file(part)) as opened:  # brings an older schema up to date
                files: Sequence[KeptFile] = kept_files.everything(opened.db)
            problems = kept_copy.copy_beside(target, files, opener, job)
            database.place(part, target)
    return Kept(target, len(files), tuple(problems))


def _reader(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)


def _check(path: Path) -> None:
    """Open what was copied, as whoever restores it will."""
    with closing(_reader(path)) as db:
        found = [*backup.problems(db), *_chain(db)]
    if found:
        raise LedgerFileError("这份台账不完好，没有完成。", hint=f"{found[0]}。请换一份备份。", where=str(path))


def _chain(db: sqlite3.Connection) -> list[str]:
    exists = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone()
    return list(journal.broken(db)) if exists else []


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"建不了文件夹“{folder.name}”。", hint="请换一个位置，或检查权限和 U 盘。", where=str(folder)
        ) from error


def _free(folder: Path, stem: str) -> Path:
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}({number}).db"
    return path
