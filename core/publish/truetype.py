"""Reading the few tables of a TrueType file that the layout needs: which characters it has and how wide they are.

Only what is asked for is read, from the file itself: opening a 10 MB face takes next to no time and memory. ReportLab parses the same file
again, in full, when a PDF is written; XLSX and DOCX need no more than this.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from functools import cached_property
from pathlib import Path

_COLLECTION = b"ttcf"
_OUTLINES = b"glyf"
_WINDOWS, _UNICODE = 3, 0
_FAMILY_NAMES = (1, 4, 16)


class NotTrueTypeError(Exception):
    """The file cannot be read as a TrueType font, or holds outlines that a PDF cannot embed here (CFF)."""


class TrueTypeFile:
    """One face of a .ttf or .ttc file.

    Raises NotTrueTypeError when the file is no font, has no such face or has no TrueType outlines.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        """Read the table directory of face ``index``."""
        self.path = path
        self.index = index
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory(self._face_offset(index))
            self._units: int = struct.unpack_from(">H", self._data, self._at(b"head") + 18)[0]
            self._long_widths: int = struct.unpack_from(">H", self._data, self._at(b"hhea") + 34)[0]
            self._at(_OUTLINES)
        except (OSError, ValueError, struct.error, KeyError, IndexError) as error:
            raise NotTrueTypeError(str(path)) from error

    @staticmethod
    def faces(path: Path) -> int:
        """How many faces a file holds: 1 for .ttf, 0 for what cannot be read."""
        try:
            with path.open("rb") as file:
                head = file.read(12)
        except OSError:
            return 0
        if head[:4] == _COLLECTION and len(head) == 12:
            return int(struct.unpack(">I", head[8:12])[0])
        return 1 if head[:4] in {b"\0\1\0\0", b"true"} else 0

    def width(self, character: str) -> float | None:
        """The advance of a character in em; None when the face does not have it."""
        glyph = self.glyph(ord(character))
        if not glyph:
            return None
        return self._advances[min(glyph, self._long_widths - 1)] / self._units

    def glyph(self, code: int) -> int:
        """The number of the glyph for a code point; 0 when the face does not have it."""
        if self._groups is not None:
            starts, ends, first = self._groups
            at = bisect_left(ends, code)
            return first[at] + code - starts[at] if at < len(ends) and starts[at] <= code else 0
        return self._segment_glyph(code) if code <= 0xFFFF else 0

    def middle(self, character: str) -> float | None:
        """The middle between the lowest and the highest point of a character, in em above the baseline."""
        glyph = self.glyph(ord(character))
        if not glyph:
            return None
        loca, is_long = self._at(b"loca"), struct.unpack_from(">h", self._data, self._at(b"head") + 50)[0]
        form, size, scale = (">I", 4, 1) if is_long else (">H", 2, 2)
        start = struct.unpack_from(form, self._data, loca + size * glyph)[0] * scale
        low, high = (struct.unpack_from(">h", self._data, self._at(_OUTLINES) + start + at)[0] for at in (4, 8))
        return float(low + high) / 2 / self._units

    @cached_property
    def names(self) -> frozenset[str]:
        """Family and full names in all languages, as the font's name table has them."""
        try:
            base = self._at(b"name")
            count, strings = struct.unpack_from(">HH", self._data, base + 2)
            found = set()
            for record in range(count):
                platform, _, _, name, length, offset = struct.unpack_from(">6H", self._data, base + 6 + 12 * record)
                if name in _FAMILY_NAMES and platform in {_WINDOWS, _UNICODE}:
                    start = base + strings + offset
                    found.add(self._data[start : start + length].decode("utf-16-be", "replace").rstrip("\0 "))
        except (struct.error, KeyError):
            return frozenset()
        return frozenset(found)

    # Inside ---------------------------------------------------------------------------------------------------

    def _face_offset(self, index: int) -> int:
        if self._data[:4] != _COLLECTION:
            return 0
        return int(struct.unpack_from(">I", self._data, 12 + 4 * index)[0])

    def _directory(self, offset: int) -> dict[bytes, int]:
        count = struct.unpack_from(">H", self._data, offset + 4)[0]
        records = (struct.unpack_from(">4sIII", self._data, offset + 12 + 16 * n) for n in range(count))
        return {tag: start for tag, _, start, _ in records}

    def _at(self, tag: bytes) -> int:
        return self._tables[tag]

    def _shorts(self, offset: int, count: int) -> array[int]:
        values = array("H", self._data[offset : offset + 2 * count])
        if sys.byteorder == "little":
            values.byteswap()
        return values

    @cached_property
    def _advances(self) -> array[int]:
        return self._shorts(self._at(b"hmtx"), 2 * self._long_widths)[::2]

    @cached_property
    def _subtables(self) -> dict[int, int]:
        """Offsets of the Unicode character maps by their format."""
        base = self._at(b"cmap")
        found = {}
        for record in range(struct.unpack_from(">H", self._data, base + 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHI", self._data, base + 4 + 8 * record)
            if platform == _UNICODE or (platform == _WINDOWS and encoding in {1, 10}):
                found[struct.unpack_from(">H", self._data, base + offset)[0]] = base + offset
        return found

    @cached_property
    def _groups(self) -> tuple[list[int], list[int], list[int]] | None:
        """Format 12: first code, last code and first glyph of each group."""
        base = self._subtables.get(12)
        if base is None:
            return None
        count = struct.unpack_from(">I", self._data, base + 12)[0]
        flat = struct.unpack_from(f">{3 * count}I", self._data, base + 16)
        return list(flat[0::3]), list(flat[1::3]), list(flat[2::3])

    @cached_property
    def _segments(self) -> tuple[array[int], array[int], array[int], array[int], int] | None:
        """Format 4: ends, starts, deltas, range offsets, and where the range offsets begin in the file."""
        base = self._subtables.get(4)
        if base is None:
            return None
        count = struct.unpack_from(">H", self._data, base + 6)[0] // 2
        ends, starts = base + 14, base + 16 + 2 * count
        deltas, ranges = starts + 2 * count, starts + 4 * count
        return (
            self._shorts(ends, count),
            self._shorts(starts, count),
            self._shorts(deltas, count),
            self._shorts(ranges, count),
            ranges,
        )

    def _segment_glyph(self, code: int) -> int:
        if self._segments is None:
            return 0
        ends, starts, deltas, ranges, ranges_at = self._segments
        at = bisect_left(ends, code)
        if at == len(ends) or starts[at] > code:
            return 0
        if ranges[at] == 0:
            return (code + deltas[at]) & 0xFFFF
        place = ranges_at + 2 * at + ranges[at] + 2 * (code - starts[at])
        glyph = int(struct.unpack_from(">H", self._data, place)[0])
        return (glyph + deltas[at]) & 0xFFFF if glyph else 0
