"""Files of the old Office (OLE containers): their streams, and how far the sheets of an .xls reach.

The container is read here, bounded, before anything else touches it: a wrong figure in it makes other readers ask for
more memory than there is, which ends the program.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from core.recognise.sources.errors import damaged
from core.recognise.sources.sheet_formats import Shown

_END = 0xFFFFFFFA
"""Sector numbers from here on mark an end, or free and reserved sectors."""
_ENTRY = 128
_BOF, _EOF, _SST, _FILEPASS, _DIMENSIONS = 0x0809, 0x000A, 0x00FC, 0x002F, 0x0200
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0007}
_MANY = {0x00BD, 0x00BE}
_BLANKS = {0x0201, 0x00BE}


class Container:
    """The streams of a container by their names."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read its directory; raises UnreadableError where it does not hold together."""
        self._data, self._name = data, name
        try:
            self._read_head()
        except (struct.error, IndexError, ValueError) as error:
            raise damaged(name) from error

    def _read_head(self) -> None:
        data = self._data
        shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in {9, 12} or small_shift != 6:
            raise ValueError
        self._size, self._small = 1 << shift, 1 << small_shift
        fats, directory = struct.unpack_from("<II", data, 0x2C)
        self._cutoff, small_fat, small_fats, more, mores = struct.unpack_from("<IIIII", data, 0x38)
        sectors = [*struct.unpack_from("<109I", data, 0x4C)]
        for _ in range(min(mores, len(data) // self._size)):
            if more >= _END:
                break
            block = self._sector(more)
            sectors += struct.unpack(f"<{self._size // 4 - 1}I", block[:-4])
            more = struct.unpack("<I", block[-4:])[0]
        self._fat: list[int] = []
        for sector in [each for each in sectors if each < _END][:fats]:
            self._fat += struct.unpack(f"<{self._size // 4}I", self._sector(sector))
        self._entries = dict(self._directory(self._chain(directory)))
        raw = self._chain(small_fat) if small_fats else b""
        self._small_fat = [*struct.unpack(f"<{len(raw) // 4}I", raw)]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise ValueError
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        out: list[bytes] = []
        for _ in range(len(self._fat) + 1):
            if sector >= _END:
                return b"".join(out)
            out.append(self._sector(sector))
            sector = self._fat[sector]
        raise ValueError

    def _directory(self, raw: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            kind = raw[at + 66]
            if kind and 2 <= length <= 64:
                name = raw[at : at + length - 2].decode("utf-16-le", "replace")
                yield name, (kind, *struct.unpack_from("<II", raw, at + 116))

    @property
    def names(self) -> set[str]:
        """Names of all streams and storages."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; raises UnreadableError where its sectors are broken."""
        try:
            _, start, size = self._entries[name]
            if size > len(self._data):
                raise ValueError
            if size >= self._cutoff:
                return self._chain(start)[:size]
            root = next(entry for entry in self._entries.values() if entry[0] == 5)
            return self._small_chain(self._chain(root[1]), start)[:size]
        except (KeyError, IndexError, ValueError, StopIteration, struct.error) as error:
            raise damaged(self._name) from error

    def _small_chain(self, holder: bytes, sector: int) -> bytes:
        out: list[bytes] = []
        for _ in range(len(self._small_fat) + 1):
            if sector >= _END:
                return b"".join(out)
            out.append(holder[sector * self._small : (sector + 1) * self._small])
            sector = self._small_fat[sector]
        raise ValueError


def workbook_sheets(book: bytes, name: str) -> tuple[bool, dict[str, Shown]]:
    """Whether a workbook stream is locked, and the extent of each of its sheets in order.

    Raises UnreadableError where its records claim what cannot be.
    """
    out: dict[str, Shown] = {}
    rows: list[int] = []
    columns: list[int] = []
    for kind, body in records(book):
        if kind == _FILEPASS:
            return True, {}
        if kind == _SST and len(body) >= 8 and max(struct.unpack_from("<II", body)) > len(book):
            raise damaged(name)
        if kind == _DIMENSIONS and not _is_sound(body):
            raise damaged(name)
        if kind in {_BOF, _EOF}:
            if rows:
                extent = Shown(max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)
                out[f"第 {len(out) + 1} 个工作表"] = extent
            rows, columns = [], []
        elif kind in _CELLS | _MANY | _BLANKS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _MANY else column
            if max(column, last) > 255:
                raise damaged(name)
            rows = [min([row, *rows]), max([row, *rows])]
            columns = [min([column, *columns]), max([last, *columns])]
    return False, out


def _is_sound(dimensions: bytes) -> bool:
    """Whether the stated extent of a sheet is one that a sheet can have."""
    if len(dimensions) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", dimensions)
    elif len(dimensions) >= 8:
        top, bottom, left, right = struct.unpack_from("<HHHH", dimensions)
    else:
        return False
    return bool(top <= bottom <= 65_536 and left <= right <= 256)


def records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of a workbook stream."""
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size
