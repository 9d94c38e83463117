"""Putting a whole ledger file in its place, or in the place of another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from core.errors import LedgerFileError
from core.store import backup
from core.store.durable import sync_folder, take_name
from core.store.faults import sentences, unlink_unfinished
from core.store.lock import WriterLock

UNFINISHED = ".taizhang-"
"""A folder of this name holds a file that is being made; killed meanwhile it is no data and is swept."""


def place(part: Path, path: Path) -> None:
    """Link instead of rename: a file that appeared meanwhile is not overwritten."""
    if not path.exists():
        set_leftovers_aside(path)
    try:
        path.hardlink_to(part)
        sync_folder(path.parent)
    except FileExistsError:
        raise exists_already(path) from None
    except OSError:
        # FAT sticks and some shares know no links
        part.rename(path)
        sync_folder(path.parent)


def set_leftovers_aside(path: Path, to: Path | None = None) -> None:
    """Take the journal of a file that is gone out of the way: SQLite would roll it back into the one that comes.

    ``to``: the file it goes with under its new name; without one it is kept under a name that SQLite does not know.
    """
    for left in backup.leftovers(path):
        if left.exists():
            end = left.name.removeprefix(path.name)
            left.replace(to.with_name(f"{to.name}{end}") if to else left.with_name(f"{left.name}.旧"))


def exchange(path: Path, part: Path, kept: Path) -> None:
    """Put ``part`` in the place of a ledger file that nobody has open; what stood there goes on as ``kept``.

    At no moment is nothing there under ``path``. Raises LockedError, LedgerFileError; then nothing has changed.
    """
    lock = WriterLock(path)
    lock.acquire()
    try:
        with sentences(path):
            if kept.exists():
                raise exists_already(kept)
            try:
                kept.hardlink_to(path)
                sync_folder(kept.parent)
            except OSError:
                _copy_whole(path, kept)
            is_alone = not any(left.exists() for left in backup.leftovers(path))
            set_leftovers_aside(path, kept)
            try:
                take_name(part, path)
            except OSError:
                if is_alone:
                    kept.unlink()  # another program has the file open: all is as it was
                raise
    finally:
        lock.release()


def exists_already(path: Path) -> LedgerFileError:
    """What is said where a file is to be made and one is there."""
    return LedgerFileError(f"文件已存在：{path.name}。", hint="请换一个文件名，或打开它。", where=str(path))


def _copy_whole(source: Path, target: Path) -> None:
    """Byte by byte, as the file may be damaged; it has its name only when it is whole."""
    part = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as read, part.open("wb") as write:
            shutil.copyfileobj(read, write)
            write.flush()
            os.fsync(write.fileno())
        take_name(part, target)
    finally:
        unlink_unfinished(part)


def sweep_unfinished(folder: Path, older_than: float) -> None:
    """Remove what a killed process was making; ``older_than``: a time (seconds) from before any that may still run."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.is_dir() and left.stat().st_mtime < older_than:
            shutil.rmtree(left, ignore_errors=True)
