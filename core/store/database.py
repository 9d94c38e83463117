"""Opening, making and closing a ledger file.

Rollback journal with EXTRA sync, because clerks copy the file while the window is open and keep it on shares;
foreign keys on; STRICT tables. ``application_id`` marks a file as ours; a step that this version does not know
means that a newer version made the file, and it is left untouched. Before pending steps run, the file is checked
and backed up; a failed step never deletes or makes anew. A file that is only read is not touched: the steps it lacks
run in a copy.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core import temporary
from core.errors import LedgerFileError
from core.store import backup
from core.store.durable import sync_folder, take_name
from core.store.faults import sentences, unlink_unfinished
from core.store.lock import WriterLock
from core.store.outside import Footprint, Outside
from core.store.steps import STEP_NAMES

if TYPE_CHECKING:
    from sqlite_utils import Database

    from core.store.undo_log import Recorder, UndoLog

APPLICATION_ID = 0x54_5A_30_31
"""“TZ01”, at byte 68 of the file."""

UNFINISHED = ".taizhang-"
"""A folder of this name holds a file that is being made; killed meanwhile it is no data and is swept."""

_BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\x00"
_HEAD = 100
"""Bytes of the header by which a file is known."""


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
        """Built by ``open_file`` only; ``lock`` is what ``close`` gives back, ``undo_log`` and ``footprint`` those of
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
            self._utils = _utils(self.db)
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
        db = _connect(_in_folder(self._copy, self.path) if self._copy else self.path, read_only=read_only)
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


def open_file(path: Path, *, read_only: bool = False) -> Store:
    """Open a ledger file, bringing its schema up to date; of one that is only to be read, that of a copy.

    Raises LedgerFileError: not there, foreign, newer, damaged, read-only place; LockedError when another
    window holds it.
    """
    path = _without_link(path)
    _require_ours(path)
    with ExitStack() as undo:
        lock = None
        if not read_only:
            _require_writable(path)
            lock = WriterLock(path)
            lock.acquire()
            undo.callback(lock.release)
        store = Store(path, _connect(path, read_only=read_only), lock=lock, read_only=read_only)
        undo.callback(store.db.close)
        if _is_behind(store):
            if read_only:
                store = _copy_up_to_date(store)
            else:
                _bring_up_to_date(store)
        store.watch()
        undo.pop_all()
    return store


def create_file(path: Path, fill: Callable[[sqlite3.Connection], None]) -> Store:
    """Make a ledger file with what ``fill`` writes; it appears under its name only when it is whole.

    Raises LedgerFileError when something is there already or the place cannot be written.
    """
    from core.store import seals

    with sentences(path):
        if path.exists():
            raise _exists(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=path.parent) as folder:
            part = Path(folder) / "new.db"
            db = sqlite3.connect(part)
            try:
                _set_up(db)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                _apply_steps(db)
                with _utils(db).atomic():
                    db.execute("INSERT INTO setting VALUES ('file_id', ?)", [os.urandom(16).hex()])
                    fill(db)
                    seals.begin(db)
            finally:
                db.close()
            place(part, path)
    return open_file(path)


def _exists(path: Path) -> LedgerFileError:
    return LedgerFileError(f"文件已存在：{path.name}。", hint="请换一个文件名，或打开它。", where=str(path))


def place(part: Path, path: Path) -> None:
    """Link instead of rename: a file that appeared meanwhile is not overwritten."""
    if not path.exists():
        set_leftovers_aside(path)
    try:
        path.hardlink_to(part)
        sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
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
                raise _exists(kept)
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


def is_ledger(path: Path) -> bool:
    """Whether a ledger file of ours, of any version, lies there."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _is_ours(file.read(_HEAD))
    except OSError:
        return False


def _is_ours(head: bytes) -> bool:
    return len(head) == _HEAD and head.startswith(_MAGIC) and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def _without_link(path: Path) -> Path:
    """The file a link points to: lock, evidence and backups lie beside the file itself, under its own name."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        return path


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection of the calling thread.

    One that only reads may still roll back what a killed writer left half done, if the place can be written.
    """
    with sentences(path):
        may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        mode = "rw" if may_write or not read_only else "ro"
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS)
        try:
            _set_up(db)
            if read_only:
                db.execute("PRAGMA query_only = ON")
            else:
                # a file that some tool has switched to WAL goes back
                db.execute("PRAGMA journal_mode = DELETE").fetchone()
        except BaseException:
            db.close()
            raise
        return db


def _set_up(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    # after a power cut a journal whose deletion was not synced would take the last save back
    db.execute("PRAGMA synchronous = EXTRA")


def _require_ours(path: Path) -> None:
    """Refuse what is no ledger file by reading its first hundred bytes; nothing is opened for writing yet."""
    foreign = LedgerFileError(f"“{path.name}”不是台账文件。", hint="请选择本程序建立的 .db 文件。", where=str(path))
    with sentences(path):
        if path.is_dir():
            raise LedgerFileError(f"“{path.name}”是文件夹。", hint="请选择其中的台账文件。", where=str(path))
        if path.exists() and not path.is_file():
            raise foreign
        if not path.exists():
            raise LedgerFileError(f"找不到台账文件“{path.name}”。", hint="请检查路径，或新建台账。", where=str(path))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    if len(head) == 0:
        raise LedgerFileError(f"“{path.name}”是空文件（0 字节）。", hint="请用备份恢复。", where=str(path))
    if not _is_ours(head):
        raise foreign


def _require_writable(path: Path) -> None:
    with sentences(path), path.open("r+b"):
        pass


def _is_behind(store: Store) -> bool:
    """Whether steps are lacking; a file with steps this version does not know is refused."""
    with sentences(store.path):
        applied = _applied_steps(store.db)
    known = set(STEP_NAMES)
    if applied - known:
        raise LedgerFileError(
            f"“{store.path.name}”由更新版本的程序建立，本版本打不开，文件没有改动。",
            hint="请安装新版本后再打开。",
            where=str(store.path),
        )
    return applied != known


def _copy_up_to_date(store: Store) -> Store:
    """The file as it would be with all steps, read from a copy in the folder for temporary files; ``store`` is closed.

    What lies beside the file is still found: the path stays that of the file.
    """
    with sentences(store.path), ExitStack() as undo:
        folder = tempfile.TemporaryDirectory(prefix=temporary.prefix(), ignore_cleanup_errors=True)
        undo.callback(folder.cleanup)
        copy = _in_folder(folder, store.path)
        backup.copy_to(store.db, copy)
        with closing(_connect(copy, read_only=False)) as db:
            _apply_steps(db)
        made = Store(store.path, _connect(copy, read_only=True), copy=folder)
        undo.pop_all()
    store.close()
    return made


def _in_folder(folder: tempfile.TemporaryDirectory[str], path: Path) -> Path:
    return Path(folder.name) / path.name


def _bring_up_to_date(store: Store) -> None:
    with sentences(store.path):
        backup.check_sound(store.db, store.path)
        backup.make(store.db, store.path, backup.BEFORE_UPGRADE)
        _apply_steps(store.db)


def _applied_steps(db: sqlite3.Connection) -> set[str]:
    """Asked without sqlite-utils, which an up-to-date file does not need before its first write."""
    exists = db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'taizhang'") if exists else ()
    return {name for (name,) in rows}


def _apply_steps(db: sqlite3.Connection) -> None:
    """All pending steps with the digests of their rows, or none: what was altered before stays so."""
    from core.store import seals
    from core.store.migrations import STEPS

    with _utils(db).atomic():
        altered = tuple(seals.altered(db))
        STEPS.apply(_utils(db))
        seals.renew(db, altered)


def prepare_writing() -> None:
    """Import what the first write needs, in whichever thread: it then does not wait for it."""
    from sqlite_utils import Database

    Database(memory=True).close()


def _utils(db: sqlite3.Connection) -> Database:
    """sqlite-utils around the same connection; it takes as long to import as half a window to open."""
    from sqlite_utils import Database

    return Database(db)
