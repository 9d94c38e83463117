"""One writer a ledger file. The lock dies with its process; beside it stands who holds it and since when.

The operating system's own lock is taken directly: the library for it would cost a start a tenth of what a bare
window takes (measured), for these few lines.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.errors import LedgerFileError
from core.store.faults import from_os

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a file system says that knows no locks: some shares."""
_LOG = logging.getLogger(__name__)


class Holder(NamedTuple):
    """Who has the file open for writing; ``since`` as it is shown, e.g. 11月20日 10:42."""

    name: str
    since: str


class LockedError(LedgerFileError):
    """Another window holds the file; it may still be read."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        """Name the holder where it is known."""
        who = f"{holder.name}自{holder.since}" if holder else "另一个窗口"
        super().__init__(f"台账文件正由{who}使用。", hint="可以只读打开，或等对方关闭后再试。", where=str(path))
        self.holder = holder


def user_name() -> str:
    """The name of the Windows or Linux account, as the journal and the lock show it."""
    named = (os.environ.get(key) for key in ("LOGNAME", "USER", "USERNAME"))
    return next((name for name in named if name), "未知用户")


def _machine() -> str:
    """The name of this computer; platform.node() would start by asking for everything else."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


class WriterLock:
    """Held from opening a ledger file to closing it."""

    def __init__(self, ledger: Path) -> None:
        """Prepare the lock of a file; nothing is taken yet."""
        self._ledger = ledger
        self._file = ledger.with_name(f".{ledger.name}.lock")
        self._card = ledger.with_name(f".{ledger.name}.holder")
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock and leave a card with name and time.

        Raises LockedError with the holder's card, LedgerFileError when the folder cannot be written.
        """
        try:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise from_os(error, self._ledger) from error
        if not self._taken(handle) or not self._is_still_there(handle):
            os.close(handle)
            raise LockedError(self._ledger, self._read_card())
        self._handle = handle
        self._leave_card()

    def release(self) -> None:
        """Give the lock back and take the two small files away, if the place is still there (a stick pulled out)."""
        if self._handle is None:
            return
        _remove(self._card)
        if sys.platform == "win32":
            # an open file cannot be taken away there; whoever opens it in between keeps it
            os.close(self._handle)
            _remove(self._file)
        else:
            _remove(self._file)
            os.close(self._handle)
        self._handle = None

    def _taken(self, handle: int) -> bool:
        try:
            return _take(handle)
        except OSError as error:
            os.close(handle)
            raise LedgerFileError(
                "这个位置不能防止两个人同时修改台账，没有打开。",
                hint="请把台账复制到本机硬盘再打开，或者只读打开。",
                where=str(self._ledger),
            ) from error

    def _is_still_there(self, handle: int) -> bool:
        """Whether the locked file is the one under the name: its last holder may just have taken it away."""
        try:
            return os.path.samestat(os.fstat(handle), self._file.stat())
        except FileNotFoundError:
            return False

    def _leave_card(self) -> None:
        now = datetime.now().astimezone()
        card = {
            "name": f"{user_name()}（{_machine() or '本机'}）",
            "since": f"{now.month}月{now.day}日 {now:%H:%M}",
        }
        try:
            self._card.write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
        except OSError:
            # the lock itself holds; the card only lets the next one see a name
            _LOG.warning("the holder's card could not be written")

    def _read_card(self) -> Holder | None:
        try:
            raw = json.loads(self._card.read_text(encoding="utf-8"))
            return Holder(str(raw["name"]), str(raw["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _take(handle: int) -> bool:
    """Lock an open file for this process without waiting; False when another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise
        return False
    return True


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        # on Windows also: another window took the lock meanwhile
        _LOG.info("%s stays: %s", file.name, error)
