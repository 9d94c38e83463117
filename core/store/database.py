"""An open ledger file: its connections, its transactions, what is noticed of others.

Rollback journal with EXTRA sync, because clerks copy the file while the window is open and keep it on shares;
foreign keys on. ``opening.py`` opens and makes files, ``replacing.py`` puts one in the place of another.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import LedgerFileError
from core.store.faults import sentences
from core.store.lock import WriterLock
from core.store.outside import Footprint, Outside

if TYPE_CHECKING:
    from sqlite_utils import Database

    from core.store.undo_log import Recorder, UndoLog

_BUSY_SECONDS = 5.0


class Store:
    """An open ledger file. A connection belongs to the thread that opened it; ``reader`` gives another."""

    def __init__(
        self,
        path: Path,
        db: sqlite3.Connection,
        *,
        lock: WriterLock | None = None,
        read_only: bool = True,
        undo_log: UndoLog | None = None,
        copy: tempfile.TemporaryDirectory[str] | None = None,
        footprint: Footprint | None = None,
    ) -> None:
        """Built by ``opening.open_file`` only; ``lock`` is what ``close`` gives back, ``undo_log`` and ``footprint`` those of
        the first store.

        ``copy``: the folder with the copy that is read instead of the file, gone with ``close``.
        """
        self.path = path
        self._copy = copy
        self.db = db
        self.read_only = read_only
        self.is_closed = False
        self._undo_log = undo_log
        self._owns_footprint = footprint is None
        self._footprint = footprint
        self._recorder: Recorder | None = None
        self._utils: Database | None = None
        self._lock = lock

    @property
    def undo_log(self) -> UndoLog:
        """The acts of this session; loaded when something is first written or asked."""
        if self._undo_log is None:
            from core.store.undo_log import UndoLog

            self._undo_log = UndoLog()
        return self._undo_log

    def forget_acts(self) -> None:
        """What was done so far cannot be taken back: opening did it, not the clerk."""
        if self._undo_log is not None:
            self._undo_log.clear()

    @property
    def recorder(self) -> Recorder:
        """What watches this connection for the log."""
        if self._recorder is None:
            from core.store.undo_log import Recorder

            self._recorder = Recorder(self.undo_log)
        return self._recorder

    def _transactions(self) -> Database:
        """What runs them; made once: making it anew lets SQLite forget every statement it has prepared."""
        if self._utils is None:
            self._utils = transactions_of(self.db)
        return self._utils

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all.

        Raises LedgerFileError when the file is read-only, the disk is full, and so on.
        """
        with sentences(self.path):
            if self.read_only:
                raise read_only_error(self.path)
            is_outermost, before = not self.db.in_transaction, self.db.total_changes
            moved = self._footprint.moved() if self._footprint is not None and is_outermost else None
            if moved is not None:
                raise moved.error(self.path)
            with self.recorder.act(self.db), self._transactions().atomic():
                yield self.db
            if self._footprint is not None and is_outermost and self.db.total_changes != before:
                self._footprint.committed()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Reads that turn faults of the file into sentences."""
        with sentences(self.path):
            yield self.db

    def worker(self, *, read_only: bool = False) -> Store:
        """A second connection for a worker thread; the lock stays with this one. Close it in that thread."""
        read_only = read_only or self.read_only
        db = connect(copy_in(self._copy, self.path) if self._copy else self.path, read_only=read_only)
        return Store(self.path, db, read_only=read_only, undo_log=self.undo_log, footprint=self._footprint)

    def watch(self) -> None:
        """From now on notice what others do to the file; for the connection that was opened first."""
        with sentences(self.path):
            self._footprint = Footprint(self.path)

    def look_outside(self) -> Outside | None:
        """What somebody else did to the file since the last look."""
        return self._footprint.look() if self._footprint is not None else None

    def close(self) -> None:
        """Close this connection and give the lock back if it is held here."""
        self.is_closed = True
        self.db.close()
        if self._footprint is not None and self._owns_footprint:
            self._footprint.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._copy is not None:
            self._copy.cleanup()
            self._copy = None


def read_only_error(path: Path) -> LedgerFileError:
    """What is said when a file that was opened for reading is to be changed."""
    return LedgerFileError("台账以只读方式打开，没有保存。", hint="请关闭另一个窗口后重新打开再修改。", where=str(path))


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection of the calling thread.

    One that only reads may still roll back what a killed writer left half done, if the place can be written.
    """
    with sentences(path):
        may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        mode = "rw" if may_write or not read_only else "ro"
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS)
        try:
            set_up(db)
            if read_only:
                db.execute("PRAGMA query_only = ON")
            else:
                # a file that some tool has switched to WAL goes back
                db.execute("PRAGMA journal_mode = DELETE").fetchone()
        except BaseException:
            db.close()
            raise
        return db


def set_up(db: sqlite3.Connection) -> None:
    """What every connection is set to."""
    db.execute("PRAGMA foreign_keys = ON")
    # after a power cut a journal whose deletion was not synced would take the last save back
    db.execute("PRAGMA synchronous = EXTRA")


def copy_in(folder: tempfile.TemporaryDirectory[str], path: Path) -> Path:
    """Where the copy lies that is read instead of a file."""
    return Path(folder.name) / path.name


def prepare_writing() -> None:
    """Import what the first write needs, in whichever thread: it then does not wait for it."""
    from sqlite_utils import Database

    Database(memory=True).close()


def transactions_of(db: sqlite3.Connection) -> Database:
    """sqlite-utils around the same connection; it takes as long to import as half a window to open."""
    from sqlite_utils import Database

    return Database(db)
