"""Python's own file calls under the hammer: opening for writing, writing, syncing, renaming, linking, deleting.

Faults as a disk has them: full (ENOSPC, half the bytes written), I/O error, read-only.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.torture.vfs import Tick

_NUMBERS = {"full": errno.ENOSPC, "short": errno.ENOSPC, "error": errno.EIO, "readonly": errno.EROFS}
_CALLS = ("replace", "rename", "link", "mkdir", "unlink", "rmdir", "fsync")
_FREE = frozenset({"unlink", "rmdir", "replace", "rename", "fsync"})
_WRITES = frozenset("wax+")


class Layer:
    """In force from ``install`` until the process ends; only paths below ``under`` count."""

    def __init__(self, under: Path, tick: Tick) -> None:
        self._under = os.path.realpath(under)
        self._tick = tick

    def install(self) -> None:
        shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
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
        if fault in ("kill", "torn", "plug"):
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
            return call(*words, **more)

        return counted

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


class _Raw(io.FileIO):
    def __init__(self, file: str, mode: str, layer: Layer) -> None:
        super().__init__(file, mode)
        self._layer = layer

    def write(self, data: Any) -> int:
        if self._layer.strike("write", self.name) == "short":
            super().write(bytes(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.name))
        return super().write(data)
