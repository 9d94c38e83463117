"""Backups of the open file: which there are, and one more now."""

from __future__ import annotations

from pathlib import Path

from core.job import Job
from core.store import backup
from core.store.backup import BackupFile
from core.store.database import Store

__all__ = ["KEPT", "BackupFile", "back_up", "backups", "folder"]

KEPT = backup.KEPT


def backups(store: Store) -> tuple[BackupFile, ...]:
    """The backups beside the file, the newest first."""
    with store.reading():
        return backup.listing(store.path)


def folder(store: Store) -> Path:
    """Where they lie; it is there once a backup was made."""
    return backup.folder(store.path)


def back_up(store: Store, job: Job) -> Path:
    """Copy the file whole; of more than ``KEPT`` backups the oldest goes.

    Raises LedgerFileError.
    """
    job.step(0, 0, "正在备份")
    return backup.make(store.db, store.path)
