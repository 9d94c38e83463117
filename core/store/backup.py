"""Backups by SQLite's own API into the folder 备份 beside the ledger file, and the check that a file is sound."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from sqlite3 import Connection

from core import paths
from core.errors import LedgerFileError
from core.store.faults import sentences

KEPT = 14
"""So many backups of a file are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup; ``size`` in bytes."""

    path: Path
    made_at: datetime
    size: int


def folder(ledger: Path) -> Path:
    """Where the backups of a ledger file lie."""
    return ledger.with_name(f"{paths.beside(ledger)}.备份")


def make(db: Connection, ledger: Path) -> Path:
    """Copy the open file whole; the copy appears under its name only when it is complete.

    Raises LedgerFileError when the place cannot be written or the disk is full.
    """
    with sentences(ledger):
        place = folder(ledger)
        place.mkdir(exist_ok=True)
        target = place / f"{ledger.stem} {datetime.now().astimezone():%Y-%m-%d %H%M%S}.db"
        part = target.with_suffix(".part")
        try:
            copy_to(db, part)
            part.replace(target)
        except BaseException:
            # half a copy would keep a full disk full
            part.unlink(missing_ok=True)
            raise
        _rotate(place, ledger.stem)
        return target


def copy_to(db: Connection, target: Path) -> None:
    """Copy the open file whole into a file of its own; what stood there (an unfinished copy) goes."""
    target.unlink(missing_ok=True)
    copy = sqlite3.connect(target)
    try:
        db.backup(copy)
    finally:
        copy.close()


def latest(ledger: Path) -> datetime | None:
    """When the newest backup was made, None if there is none."""
    times = [file.stat().st_mtime for file in _backups(folder(ledger), ledger.stem)]
    return datetime.fromtimestamp(max(times)).astimezone() if times else None


def listing(ledger: Path) -> tuple[BackupFile, ...]:
    """The backups of a ledger file, the newest first."""
    found = []
    for file in _backups(folder(ledger), ledger.stem):
        looked = file.stat()
        found.append(BackupFile(file, datetime.fromtimestamp(looked.st_mtime).astimezone(), looked.st_size))
    return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))


def problems(db: Connection) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file, in its own words; empty when it is sound."""
    rows = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
    found = [] if rows == ["ok"] else rows
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    found += [f"{row[0]} 第 {row[1]} 行指向不存在的 {row[2]}" for row in orphans[:20]]
    return tuple(found)


def check_sound(db: Connection, ledger: Path) -> None:
    """Raise LedgerFileError when the file is damaged."""
    found = problems(db)
    if found:
        raise LedgerFileError(
            "台账文件已损坏，没有改动。", hint=f"请用“{folder(ledger).name}”里最近的备份。", where=found[0]
        )


def _rotate(place: Path, stem: str) -> None:
    for old in _backups(place, stem)[:-KEPT]:
        old.unlink()


def _backups(place: Path, stem: str) -> list[Path]:
    """The oldest first; a name may hold brackets, as in 古县[2024].db."""
    return sorted(place.glob(f"{escape(stem)} *.db"))
