"""Python's own file calls under the hammer: opening for writing, writing, syncing, renaming, linking, deleting.

Faults as a disk has them: full (ENOSPC, half the bytes written), I/O error, read-only. When the plug is pulled, what
was written and not synced may be cut short, and a name that was given without its folder being synced may be gone.
"""

# ruff: noqa: PTH113, PTH115, PTH118, PTH119, PTH120, PTH202 - pathlib goes through the very calls that are replaced
from __future__ import annotations

import builtins
import errno
import io
import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.torture.vfs import Shim, Tick, put_back

_NUMBERS = {"full": errno.ENOSPC, "short": errno.ENOSPC, "error": errno.EIO, "readonly": errno.EROFS}
_UNLINK = os.unlink
_CALLS = ("replace", "rename", "link", "mkdir", "unlink", "rmdir", "fsync")
_FREE = frozenset({"unlink", "rmdir", "replace", "rename", "fsync"})
_WRITES = frozenset("wax+")


class Layer:
    """In force from ``install`` until the process ends; only paths below ``under`` count."""

    def __init__(self, under: Path, shim: Shim, tick: Tick) -> None:
        self._under = os.path.realpath(under)
        self._shim = shim
        self._tick = tick
        self._unsynced: set[str] = set()
        self._named: list[tuple[str, str, bytes | None]] = []
        """Renames and links whose folder was not synced: from (empty for a link), to, what stood there."""

    def install(self) -> None:
        shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
        self._shim.at_the_plug.append(self._lose)
        for name in _CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        opened = io.open
        made = self._open_with(opened)
        io.open = builtins.open = made  # type: ignore[assignment]

    def strike(self, call: str, path: object = "") -> str:
        """Count a call; raises or kills when its turn has come, gives ``short`` for half a write."""
        fault = self._tick(f"file {call}")
        if fault in ("full", "short") and call in _FREE:
            return ""  # a full disk lets go of what is there
        if fault == "plug":
            self._shim.pull_the_plug()
        if fault in ("kill", "torn"):
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "short" and call == "write":
            return fault
        if fault:
            number = _NUMBERS[fault]
            raise OSError(number, os.strerror(number), str(path))
        return ""

    def _counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: Any, **more: Any) -> Any:
            if name == "fsync" or any(self._is_ours(word) for word in words[:2]):
                self.strike(name, words[0])
            before = self._before(name, words)
            answer = call(*words, **more)
            self._note(name, words, before)
            return answer

        return counted

    def _before(self, name: str, words: tuple[Any, ...]) -> bytes | None:
        """What a rename is about to push out."""
        if name not in ("replace", "rename") or not os.path.isfile(words[1]):
            return None
        handle = os.open(words[1], os.O_RDONLY)
        try:
            return os.read(handle, 1 << 30)
        finally:
            os.close(handle)

    def _note(self, name: str, words: tuple[Any, ...], before: bytes | None) -> None:
        if name == "fsync":
            synced = os.readlink(f"/proc/self/fd/{words[0]}")
            self._unsynced.discard(synced)
            self._named = [one for one in self._named if os.path.dirname(one[1]) != synced]
        elif name in ("replace", "rename", "link") and self._is_ours(words[1]):
            old, new = (os.path.join(os.path.realpath(os.path.dirname(p)), os.path.basename(p)) for p in words[:2])
            self._named.append(("" if name == "link" else old, new, before))
            if old in self._unsynced:
                self._unsynced.add(new)

    def _lose(self, chance: random.Random) -> None:
        for path in self._unsynced:
            if os.path.isfile(path) and chance.random() < 0.5:
                os.truncate(path, chance.randint(0, os.path.getsize(path)))
        for old, new, before in reversed(self._named):
            if chance.random() < 0.5 and os.path.isfile(new):
                _take_back(old, new, before)

    def _open_with(self, opened: Callable[..., Any]) -> Callable[..., Any]:
        layer = self

        def open_file(file: Any, mode: str = "r", *words: Any, **more: Any) -> Any:
            if isinstance(file, int) or not _WRITES & set(mode) or not layer._is_ours(file):
                return opened(file, mode, *words, **more)
            layer.strike("open", file)
            raw = _Raw(file, mode.replace("b", "").replace("t", ""), layer)
            held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            if "b" in mode:
                return held
            return io.TextIOWrapper(held, encoding=more.get("encoding"), newline=more.get("newline"))

        return open_file

    def _is_ours(self, path: object) -> bool:
        try:
            return os.path.realpath(os.fspath(path)).startswith(self._under)  # type: ignore[call-overload]
        except TypeError:
            return False


def _take_back(old: str, new: str, before: bytes | None) -> None:
    """A name that never reached the disk."""
    handle = os.open(new, os.O_RDONLY)
    content = os.read(handle, 1 << 30)
    os.close(handle)
    _UNLINK(new)  # first: another name of the same file keeps its content
    if old:
        put_back(old, content)
    if before is not None:
        put_back(new, before)


class _Raw(io.FileIO):
    def __init__(self, file: str, mode: str, layer: Layer) -> None:
        super().__init__(file, mode)
        self._layer = layer

    def write(self, data: Any) -> int:
        if self._layer.strike("write", self.name) == "short":
            super().write(bytes(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.name))
        self._layer._unsynced.add(os.path.realpath(self.name))
        return super().write(data)
