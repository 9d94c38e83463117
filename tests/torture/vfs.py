"""SQLite's own reads and writes under the hammer: every call of its file layer is counted, and one of them fails.

The functions of SQLite's default VFS are replaced in this process by ones that count and then call the old ones.
What can happen at a call: the process is killed there (SIGKILL), a write is cut in half, the call answers with an error,
or the plug is pulled: then whatever was not synced may or may not have reached the disk, and a file that was deleted
without its folder being synced may be there again.

Works where Python's sqlite3 uses a shared library of SQLite (Linux); ``is_there`` says whether it does.
"""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sqlite3
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path

SQLITE_OK, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL = 0, 8, 10, 13
IOERR_READ, IOERR_WRITE, IOERR_FSYNC, IOERR_DELETE = (SQLITE_IOERR | number << 8 for number in (1, 3, 4, 10))
_METHODS = 18
"""Function pointers of sqlite3_io_methods version 3."""

_Open = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Move = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_READ, _WRITE, _TRUNCATE, _SYNC = 1, 2, 3, 4


class _IoMethods(ctypes.Structure):
    _fields_ = (("version", c_int), ("calls", c_void_p * _METHODS))


class _Vfs(ctypes.Structure):
    _fields_ = (
        *((name, c_int) for name in ("version", "size_of_file", "longest_path")),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
    )


@dataclass
class Disk:
    """What of one file would be there after the plug was pulled: its synced content and the writes since."""

    synced: bytes
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and bytes of a write; bytes None: cut off there."""

    def sync(self) -> None:
        self.synced = self._with(self.since)
        self.since = []

    def after_the_plug(self, chance: random.Random) -> bytes:
        return self._with([one for one in self.since if chance.random() < 0.5])

    def _with(self, writes: list[tuple[int, bytes | None]]) -> bytes:
        content = bytearray(self.synced)
        for offset, data in writes:
            if data is None:
                del content[offset:]
                continue
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(data)] = data
        return bytes(content)


Tick = Callable[[str], str]
"""Told of every call (open, read, write, truncate, sync, delete); answers what is to happen there, empty: nothing.

``kill``, ``torn`` (half a write, then killed), ``plug``, ``short`` (half a write, then an error), ``error``, ``full``,
``readonly``.
"""


_IN_FORCE: list[Shim] = []
"""SQLite holds addresses only: what they lead to must not be collected."""


class Shim:
    """The layer in between; one a process, in force from ``install`` until the process ends."""

    def __init__(self, under: Path, tick: Tick, seed: int) -> None:
        """Only files below the folder ``under`` count."""
        self.at_the_plug: list[Callable[[random.Random], None]] = []
        """What else is lost with the power."""
        self._under = os.fsencode(under)
        self._tick = tick
        self._chance = random.Random(seed)
        self._names: dict[int, bytes] = {}
        self._disks: dict[bytes, Disk] = {}
        self._deleted: dict[bytes, Disk] = {}
        self._tables: dict[int, _IoMethods] = {}
        self._old: dict[tuple[int, int], object] = {}
        self._kept: list[object] = []

    def install(self) -> None:
        library = _library()
        assert library is not None
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        self._open, self._delete = _Open(vfs.open), _Delete(vfs.delete)
        self._kept = [_Open(self._on_open), _Delete(self._on_delete)]
        vfs.open = ctypes.cast(self._kept[0], c_void_p).value
        vfs.delete = ctypes.cast(self._kept[1], c_void_p).value
        _IN_FORCE.append(self)

    def pull_the_plug(self) -> None:
        """Leave on the disk what an unlucky power cut would, and end."""
        for path, disk in self._disks.items():
            if disk.since and os.path.exists(path):  # noqa: PTH110 - bytes
                put_back(path, disk.after_the_plug(self._chance))
        for path, disk in self._deleted.items():
            if self._chance.random() < 0.7:
                put_back(path, disk.synced)
        for lose in self.at_the_plug:
            lose(self._chance)
        os.kill(os.getpid(), signal.SIGKILL)

    def _on_open(self, vfs: int, name: bytes | None, file: int, flags: int, flags_out: int) -> int:
        is_ours = name is not None and name.startswith(self._under)
        fault = self._fault("open") if is_ours else ""
        if fault:
            ctypes.cast(file, POINTER(c_void_p))[0] = None  # nothing was opened: there are no methods to call
            return {"readonly": 14, "full": 14}.get(fault, 14)
        answer = self._open(vfs, name, file, flags, flags_out)
        if answer == SQLITE_OK and is_ours and name is not None:
            self._names[file] = name
            self._deleted.pop(name, None)
            if name not in self._disks or not self._disks[name].since:
                self._disks[name] = Disk(_content(Path(os.fsdecode(name))))
            place = ctypes.cast(file, POINTER(c_void_p))
            place[0] = ctypes.addressof(self._wrapped(place[0]))
        return answer

    def _wrapped(self, methods: int) -> _IoMethods:
        if methods not in self._tables:
            old = _IoMethods.from_address(methods)
            new = _IoMethods(old.version, old.calls)
            for at, kind, ours in (
                (_READ, _Move, self._on_read),
                (_WRITE, _Move, self._on_write),
                (_TRUNCATE, _Truncate, self._on_truncate),
                (_SYNC, _Sync, self._on_sync),
            ):
                self._old[at, 0] = kind(old.calls[at])
                call = kind(ours)
                self._kept.append(call)
                new.calls[at] = ctypes.cast(call, c_void_p).value
            self._tables[methods] = new
        return self._tables[methods]

    def _on_read(self, file: int, into: int, amount: int, offset: int) -> int:
        if self._fault("read"):
            return IOERR_READ
        return self._old[_READ, 0](file, into, amount, offset)  # type: ignore[operator]

    def _on_write(self, file: int, data: int, amount: int, offset: int) -> int:
        fault = self._fault("write")
        if fault in ("torn", "short"):
            self._written(file, data, amount // 2, offset)
            if fault == "torn":
                os.kill(os.getpid(), signal.SIGKILL)
            return SQLITE_FULL
        if fault:
            return {"full": SQLITE_FULL, "readonly": SQLITE_READONLY}.get(fault, IOERR_WRITE)
        return self._written(file, data, amount, offset)

    def _written(self, file: int, data: int, amount: int, offset: int) -> int:
        self._disk(file).since.append((offset, ctypes.string_at(data, amount)))
        return self._old[_WRITE, 0](file, data, amount, offset)  # type: ignore[operator]

    def _on_truncate(self, file: int, size: int) -> int:
        if self._fault("truncate"):
            return IOERR_WRITE
        self._disk(file).since.append((size, None))
        return self._old[_TRUNCATE, 0](file, size)  # type: ignore[operator]

    def _on_sync(self, file: int, flags: int) -> int:
        if self._fault("sync"):
            return IOERR_FSYNC
        self._disk(file).sync()
        return self._old[_SYNC, 0](file, flags)  # type: ignore[operator]

    def _on_delete(self, vfs: int, name: bytes, syncs_folder: int) -> int:
        is_ours = name.startswith(self._under)
        if is_ours and self._fault("delete"):
            return IOERR_DELETE
        disk = self._disks.pop(name, None)
        if disk is not None and not syncs_folder:
            self._deleted[name] = disk
        return self._delete(vfs, name, syncs_folder)

    def _disk(self, file: int) -> Disk:
        return self._disks.setdefault(self._names[file], Disk(b""))

    def _fault(self, call: str) -> str:
        fault = self._tick(f"sqlite {call}")
        if fault == "kill" or (fault == "torn" and call != "write"):
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "plug":
            self.pull_the_plug()
        return fault


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""  # a folder that is being taken away


def put_back(path: str | bytes, content: bytes) -> None:
    """Write past all layers; a folder that is gone stays so."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except OSError:
        return
    os.write(handle, content)
    os.close(handle)


def is_there() -> bool:
    """Whether SQLite's calls can be caught on this machine."""
    return _library() is not None


def _library() -> ctypes.CDLL | None:
    """The very library that sqlite3 is using."""
    maps = Path("/proc/self/maps")
    if not maps.exists() or not sqlite3.sqlite_version:
        return None
    found = {line.split()[-1] for line in maps.read_text(encoding="utf-8").splitlines() if "libsqlite3" in line}
    return ctypes.CDLL(found.pop()) if len(found) == 1 else None
