"""Backups of the open file with its evidence: at its opening, by hand, before a large change; which there are."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from core import paths
from core.errors import LedgerFileError
from core.job import Job
from core.store import backup, kept_copy, kept_files, rotation, trial
from core.store.backup import AT_START, BY_HAND, BackupFile
from core.store.database import Store, read_only_error
from core.store.evidence_files import SHARED

__all__ = ["AT_START", "BY_HAND", "RULE", "BackupFile", "Made", "back_up", "backups", "before", "folder", "is_due"]

RULE = rotation.WORDS
_SERIES = timedelta(minutes=15)
"""Files accepted one by one, units merged one after the other: one backup stands for what is done in a row."""
_ROUND = 32
"""In so many days every file of the backups is read whole again, a part each day."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and tried. ``new``: files that came in with it; ``problems``: files that are not whole."""

    path: Path
    new: int
    problems: tuple[str, ...]


def backups(store: Store) -> tuple[BackupFile, ...]:
    """The backups beside the file, the newest first."""
    with store.reading():
        return backup.listing(store.path)


def folder(store: Store) -> Path:
    """Where they lie; it is there once a backup was made."""
    return backup.folder(store.path)


def folder_of(ledger: Path) -> Path:
    """The same of a file that is not open."""
    return backup.folder(ledger)


def back_up(store: Store, job: Job, kind: str = BY_HAND) -> Made:
    """Copy the file whole, open the copy and compare it; then put what evidence is new beside it.

    Evidence is linked where the disk knows links, else copied. Where it cannot be kept (a full disk) the backup
    stands without, and ``problems`` says so. Older backups go by ``RULE``.

    Raises LedgerFileError, Cancelled.
    """
    today = datetime.now().astimezone().date()
    return _made(store, kind, job, lambda file: not is_due(file.sha256, today))


def before(store: Store, act: str, job: Job | None = None) -> None:
    """Back up before a large change (``act``: 回收, 导入); one of the same kind from just before is enough.

    Raises LedgerFileError: without a backup the change is not begun; Cancelled.
    """
    if store.read_only:
        raise read_only_error(store.path)
    kind = f"{act}前"
    now = datetime.now().astimezone()
    newest = next((one for one in backups(store) if one.kind == kind), None)
    if newest is not None and abs(now - newest.made_at) < _SERIES:
        return
    try:
        _made(store, kind, job or Job(), lambda _file: True)
    except LedgerFileError as error:
        raise LedgerFileError(
            f"{act}前没有备份成，没有改动：{error.message.replace('，没有保存', '')}",
            hint=error.hint,
            where=str(backup.folder(store.path)),
        ) from error


def is_due(sha256: str, day: date) -> bool:
    """Whether a file of the backups is read whole on a day: a 32nd of all, another part each day."""
    return int(sha256[:2], 16) % _ROUND == day.toordinal() % _ROUND


def _made(store: Store, kind: str, job: Job, is_known: kept_copy.Known) -> Made:
    kept = kept_copy.Copied(0, ())

    def keep_files(copy: Path) -> None:
        """By the rows of the copy itself: what came in meanwhile is the next one's."""
        nonlocal kept
        with closing(trial.reader(copy)) as db:
            files = kept_files.everything(db)
        beside = paths.evidence_folder(store.path)
        try:
            kept = kept_copy.copy_into(
                backup.folder(store.path) / SHARED,
                files,
                kept_copy.from_ledger(store.path),
                job,
                linked_from=[beside],
                is_known=is_known,
            )
        except LedgerFileError as error:
            kept = kept_copy.Copied(0, (f"佐证材料没有备份完：{error.message.replace('，没有保存', '')}",))

    path = backup.make(store.db, store.path, kind, job, keep_files)
    return Made(path, kept.new, kept.problems)
