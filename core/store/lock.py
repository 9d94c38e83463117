"""One writer a ledger file. The lock dies with its process; beside it stands who holds it and since when."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import LedgerFileError
from core.store.faults import from_os

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holder:
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
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"


def _machine() -> str:
    """The name of this computer; platform.node() would start by asking for everything else."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


class WriterLock:
    """Held from opening a ledger file to closing it."""

    def __init__(self, ledger: Path) -> None:
        """Prepare the lock of a file; nothing is taken yet."""
        self._ledger = ledger
        self._lock = FileLock(str(ledger.with_name(f".{ledger.name}.lock")), blocking=False)
        self._card = ledger.with_name(f".{ledger.name}.holder")

    def acquire(self) -> None:
        """Take the lock and leave a card with name and time.

        Raises LockedError with the holder's card, LedgerFileError when the folder cannot be written.
        """
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise LockedError(self._ledger, self._read_card()) from error
        except OSError as error:
            raise from_os(error, self._ledger) from error
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

    def release(self) -> None:
        """Give the lock back and take the two small files away."""
        self._card.unlink(missing_ok=True)
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)

    def _read_card(self) -> Holder | None:
        try:
            raw = json.loads(self._card.read_text(encoding="utf-8"))
            return Holder(str(raw["name"]), str(raw["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
