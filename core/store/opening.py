"""Opening and making a ledger file.

``application_id`` marks a file as ours; a step that this version does not know means that a newer version made the
file, and it is left untouched. Before pending steps run, the file is checked and backed up; a failed step never deletes
or makes anew. A file that is only read is not touched: the steps it lacks run in a copy.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from core import temporary
from core.errors import LedgerFileError
from core.store import backup
from core.store.database import Store, connect, copy_in, set_up, transactions_of
from core.store.faults import sentences
from core.store.lock import WriterLock
from core.store.replacing import UNFINISHED, exists_already, place
from core.store.steps import STEP_NAMES

APPLICATION_ID = 0x54_5A_30_31
"""“TZ01”, at byte 68 of the file."""

_MAGIC = b"SQLite format 3\x00"
_HEAD = 100
"""Bytes of the header by which a file is known."""


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
        store = Store(path, connect(path, read_only=read_only), lock=lock, read_only=read_only)
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
            raise exists_already(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=path.parent) as folder:
            part = Path(folder) / "new.db"
            db = sqlite3.connect(part)
            try:
                set_up(db)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                _apply_steps(db)
                with transactions_of(db).atomic():
                    db.execute("INSERT INTO setting VALUES ('file_id', ?)", [os.urandom(16).hex()])
                    fill(db)
                    seals.begin(db)
            finally:
                db.close()
            place(part, path)
    return open_file(path)


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
        copy = copy_in(folder, store.path)
        backup.copy_to(store.db, copy)
        with closing(connect(copy, read_only=False)) as db:
            _apply_steps(db)
        made = Store(store.path, connect(copy, read_only=True), copy=folder)
        undo.pop_all()
    store.close()
    return made


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

    with transactions_of(db).atomic():
        altered = tuple(seals.altered(db))
        STEPS.apply(transactions_of(db))
        seals.renew(db, altered)
