"""Backups by SQLite's own API into the folder 备份 beside the ledger file, and the check that a file is sound.

A backup gets its name only after its trial (core.store.trial), so whatever lies there under a name of ours could be
opened and was the same as the ledger when it was made. Beside the backups lies one folder with the evidence of all.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from core import paths
from core.errors import LedgerFileError
from core.job import Job
from core.store import rotation, trial
from core.store.durable import take_name
from core.store.faults import sentences, unlink_unfinished
from core.store.trial import leftovers, problems

__all__ = ["BackupFile", "check_sound", "copy_to", "folder", "latest", "leftovers", "listing", "make", "problems"]

AT_START, BY_HAND, BEFORE_UPGRADE = "打开时", "手动", "升级前"
"""What a backup was made for; before a large change its own word (回收前, 导入前)."""
BEFORE_RESTORE = "恢复前"
"""The file itself that a restored one took the place of, damaged perhaps: no copy, not tried and never taken away."""

_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r" (\d{4}-\d\d-\d\d \d{6})(?: ([^ ()]+))?(?:\(\d+\))?$")
_PAGES = 4096
"""Pages a step while a file is copied: between two steps others may write and 取消 is heard."""
_FREE_TRIES = 2


class BackupFile(NamedTuple):
    """A backup; ``size`` in bytes, ``kind`` what it was made for (empty: of an earlier version of the program).

    ``is_tried``: it was opened and compared when it was made.
    """

    path: Path
    made_at: datetime
    size: int
    kind: str

    @property
    def is_tried(self) -> bool:
        return self.kind not in ("", BEFORE_RESTORE)


def folder(ledger: Path) -> Path:
    """Where the backups of a ledger file lie."""
    return ledger.with_name(f"{paths.beside(ledger)}.备份")


def make(
    db: Connection,
    ledger: Path,
    kind: str = BY_HAND,
    job: Job | None = None,
    keep_files: Callable[[Path], None] = lambda _copy: None,
) -> Path:
    """Copy the open file whole, try the copy, then give it its name; older ones go by the rule of rotation.

    ``keep_files`` puts what a copy wants beside it into the folder of the backups, before it gets its name; cancelled
    there, the backup stands all the same.

    Raises LedgerFileError when the place cannot be written, the disk is full or the copy fails its trial; Cancelled.
    """
    with sentences(ledger):
        place = folder(ledger)
        place.mkdir(exist_ok=True)
        sweep(place)
        part = place / f"{os.getpid()}-{id(db):x}.part"
        try:
            content = copy_tried(db, part, job or Job())
            target = free_name(place, ledger.stem, kind)
            try:
                keep_files(part)
            finally:
                take_name(part, target)
        finally:
            # half a copy would keep a full disk full
            unlink_unfinished(part)
        rotate(place, content.file_id)
        return target


def copy_tried(db: Connection, target: Path, job: Job) -> trial.Content:
    """Copy the open file and try the copy against it. Others may write meanwhile; the last try lets nobody.

    Raises LedgerFileError for a copy that is not whole or not the same, Cancelled.
    """
    for _ in range(_FREE_TRIES):
        before = trial.content_of(db)
        copy_to(db, target, job)
        if trial.content_of(db) == before:
            break
    else:
        before = _copied_alone(db, target, job)
    job.step(0, 0, "正在验证备份")
    return trial.require_whole(target, before, job)


def _copied_alone(db: Connection, target: Path, job: Job) -> trial.Content:
    db.execute("BEGIN")
    try:
        before = trial.content_of(db)
        copy_to(db, target, job)
        return before
    finally:
        db.rollback()


def copy_to(db: Connection, target: Path, job: Job | None = None) -> None:
    """Copy the open file whole into a file of its own; what stood there (an unfinished copy) goes.

    Raises Cancelled.
    """
    for old in (target, *leftovers(target)):
        old.unlink(missing_ok=True)

    def tell(_status: int, remaining: int, total: int) -> None:
        if job is not None:
            job.step(total - remaining, total, "正在备份台账")

    with closing(sqlite3.connect(target)) as copy:
        db.backup(copy, pages=-1 if job is None else _PAGES, progress=tell)


def latest(ledger: Path) -> datetime | None:
    """When the newest backup was made, None if there is none."""
    return max((one.made_at for one in _backups(folder(ledger))), default=None)


def listing(ledger: Path) -> tuple[BackupFile, ...]:
    """The backups of a ledger file, the newest first."""
    return listing_in(folder(ledger))


def listing_in(place: Path) -> tuple[BackupFile, ...]:
    """The backups in a folder, the newest first."""
    return tuple(sorted(_backups(place), key=lambda one: (one.made_at, one.path.name), reverse=True))


def check_sound(db: Connection, ledger: Path) -> None:
    """Raise LedgerFileError when the file is damaged."""
    found = problems(db)
    if found:
        raise LedgerFileError(
            "台账文件已损坏，没有改动。", hint=f"请用“{folder(ledger).name}”里最近的备份。", where=found[0]
        )


def rotate(place: Path, record: str) -> None:
    """Take away what the rule does not keep, of this record only: another ledger may have had the same name."""
    found = list(_backups(place))
    if len(found) <= rotation.LATEST:
        return
    own = [one for one in found if one.kind != BEFORE_RESTORE and record_of(one.path) in (record, None)]
    keep = rotation.kept(one.made_at for one in own)
    for one in own:
        if one.made_at not in keep:
            one.path.unlink(missing_ok=True)


def record_of(path: Path) -> str | None:
    """Of which record a backup is; None where it cannot be read."""
    try:
        with closing(trial.reader(path)) as db:
            return trial.file_id(db)
    except sqlite3.Error:
        return None


def sweep(place: Path) -> None:
    """Remove copies that another process, killed meanwhile, left unfinished; none of them has a backup's name."""
    own = f"{os.getpid()}-"
    for part in place.glob("*.part*"):
        if not part.name.startswith(own):
            part.unlink(missing_ok=True)


def free_name(place: Path, stem: str, kind: str, at: datetime | None = None) -> Path:
    """古县 2026-11-21 175840 手动.db, with a number where two are made in one second."""
    name = f"{stem} {(at or datetime.now()):{_STAMP}} {kind}"
    number, path = 1, place / f"{name}.db"
    while path.exists():
        number += 1
        path = place / f"{name}({number}).db"
    return path


def _backups(place: Path) -> Iterable[BackupFile]:
    for path in place.glob("*.db"):
        found = _NAME.search(path.stem)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            continue  # rotated away meanwhile
        if found is not None:
            yield BackupFile(path, datetime.fromisoformat(found[1]).astimezone(), size, found[2] or "")
