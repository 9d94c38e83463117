"""Whether the open file is still the one that was opened, and whether somebody else has written it.

One handle is held from opening to closing: closing a second one in between would give up SQLite's own locks on POSIX.
SQLite counts every committed change in the head of the file; what the count has grown by more than we committed,
another program wrote.
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from threading import Lock

from core.errors import LedgerFileError

_COUNTER = slice(24, 28)
"""The file change counter in the head of a SQLite file."""


class Outside(Enum):
    """What happened to the open file; each with a sentence and what to do next."""

    GONE = (
        "台账文件不在原处了，可能被移动、改名，或者 U 盘、网络盘断开了。",
        "请把它放回原处，或接好磁盘，再继续填报；放不回来的，把现在的内容另存一份。",
    )
    REPLACED = (
        "台账文件被换成了另一份，可能是同步软件或复制时覆盖的。",
        "现在看到的是换掉之前的内容，已经不能保存到原处。请把它另存一份，再重新打开，比较后决定用哪一份。",
    )
    WRITTEN = (
        "台账文件刚被别的程序改动过。",
        "请到“档案”里点“校验”，看改动了哪些内容；不是本单位让改的，请用备份恢复。",
    )

    @property
    def sentence(self) -> str:
        """What happened."""
        return self.value[0]

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.value[1]

    def error(self, path: Path) -> LedgerFileError:
        """The same as an error: nothing was saved."""
        return LedgerFileError(f"{self.sentence[:-1]}，没有保存。", hint=self.advice, where=str(path))


class Footprint:
    """The file as it was opened, with what we ourselves committed since; shared by all connections of a store."""

    def __init__(self, path: Path) -> None:
        """Open a handle of our own; raises OSError."""
        self._path = path
        self._handle: int | None = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = Lock()
        self._known = self._counter()
        self._late = 0

    def committed(self) -> None:
        """A connection of ours has committed a change."""
        with self._lock:
            self._known = (self._known + 1) & 0xFFFFFFFF

    def moved(self) -> Outside | None:
        """Whether the file is gone or another one lies under its name."""
        with self._lock:
            if self._handle is None:
                return None
            try:
                return None if os.path.samestat(os.fstat(self._handle), self._path.stat()) else Outside.REPLACED
            except FileNotFoundError:
                return Outside.GONE
            except OSError:
                return None  # what is unsure stops nobody: SQLite says what it cannot do

    def look(self) -> Outside | None:
        """What happened since the last look; a change is told once, and only when two looks agree on it.

        Between the two a connection of ours that has just committed has time to say so.
        """
        moved = self.moved()
        if moved is not None:
            return moved
        with self._lock:
            if self._handle is None:
                return None
            now = self._counter()
            if now == self._known:
                self._late = 0
                return None
            ahead = (now - self._known) & 0xFFFFFFFF
            if ahead >= 1 << 31 or ahead != self._late:
                self._late = ahead
                return None
            self._known, self._late = now, 0
            return Outside.WRITTEN

    def close(self) -> None:
        """Give the handle back; last of all connections."""
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def _counter(self) -> int:
        assert self._handle is not None
        os.lseek(self._handle, 0, os.SEEK_SET)
        return int.from_bytes(os.read(self._handle, _COUNTER.stop)[_COUNTER], "big")
