"""What the fast reader of workbooks keeps to itself: how far cells reach, which hold an error, which formula has no value.

Read from the packed parts themselves, before anything is loaded: two cells at the far corners of a sheet would make
a reader ask for more memory than there is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from zipfile import ZipFile

from core.recognise.sources.container import records
from core.recognise.sources.errors import damaged, too_large
from core.recognise.sources.limits import pieces, refuse_doctype
from core.recognise.sources.sheet import AREA
from core.recognise.sources.sheet_formats import binary_cells

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]{1,9}="[^"<>]{0,40}")*>')
_ROW, _ANY_CELL = (
    re.compile(rb'<(?:\w{1,8}:)?row\b[^<>]{0,300}?\br=["\']([0-9]{1,7})["\']'),
    re.compile(rb"<(?:\w{1,8}:)?c[\s>]"),
)
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z][0-9]{1,4}")[\s>]')
_ROW_BEGIN = re.compile(rb"<(?:\w{1,8}:)?row\b")
_ANY_PLACE = re.compile(rb'<(?:\w{1,8}:)?c\s[^<>]{0,200}?\br=["\']([A-Z]{1,3})([0-9]{1,7})["\']')
_FULL_CELL = re.compile(rb"<(?:\w{1,8}:)?c\s([^<>]{0,300}[^/<>])>(.{0,9000}?)</(?:\w{1,8}:)?c>", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ERROR, _TEXT = re.compile(rb"""\bt=["']e["']"""), re.compile(rb"""\bt=["']str["']""")
_FORMULA_IN = re.compile(rb"<(?:\w{1,8}:)?f(?:\s[^<>]{0,300})?(?:/>|>([^<]{0,9000})<)")
_VALUE = re.compile(rb"<(?:\w{1,8}:)?v(?:\s[^<>]{0,100})?(?:/>|>([^<]*)<)")
_PREFIXED = re.compile(rb"""xmlns:\w+\s*=\s*["']([^"']*)""")
_TAIL, _KEPT = 1 << 16, 8 << 20
_BINARY_ERRORS = {3, 11}
_BOF, _BOOLERR, _FORMULA = 0x0809, 0x0205, 0x0006
_WORKSHEET = 0x0010
_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass(slots=True)
class Marks:
    """Cells by (row, column) from 1: ``errors`` with the error shown, ``unknown`` formulas that hold no value."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unknown: dict[tuple[int, int], str] = field(default_factory=dict)


def column_of(letters: bytes) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def xml_marks(package: ZipFile, part: str, name: str) -> Marks:
    """Marks of a sheet of an .xlsx.

    Raises UnreadableError for a document type in it, and for one whose cells lie too far apart to be loaded.
    """
    marks = Marks()
    reach = _Reach(name)
    is_plain, cells = False, 0
    for at, text in enumerate(_stretches(pieces(package, part, name), name)):
        if b"</" not in text:
            continue
        if at > 0:
            cells += text.count(b"</c>") + (0 if is_plain else text.count(b":c>"))
            if cells > AREA:
                raise too_large(name)
        start = _root_end(text) if at == 0 else 0
        is_plain = (start > 0 if at == 0 else is_plain) and text.find(b"xmlns", start) < 0
        reach.look_at(text, is_plain=is_plain)
        _collect(text, marks, is_plain=is_plain)
    reach.check()
    return marks


def _stretches(stream: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Pieces of a part that end behind a cell; stretches of blank cells are let go."""
    first = next(stream, b"")
    refuse_doctype(first[:4096], name)
    if b"\x00" in first[:_TAIL]:
        raise damaged(name)
    rest = b""
    for piece in chain((first,), stream):
        text = rest + piece
        cut = text.rfind(b"</c>") + 4
        if cut < 4 and b":c>" in text:
            cut = text.rfind(b"<")
        elif cut < 4:  # no cell ends here: blank ones only, or the middle of a long text
            start = text.rfind(b"<c ")
            rest = text[start:] if start >= 0 and b"/>" not in text[start:] else text[-_TAIL:]
            if len(rest) > AREA:
                raise too_large(name)
            continue
        rest = text[cut:]
        yield text[:cut]
    yield rest


def _root_end(text: bytes) -> int:
    """Where the root element begins to have content, if it gives no prefix to the names of cells; else 0."""
    start = text.find(b"<worksheet ")
    end = text.find(b">", start)
    if start < 0 or end < 0 or text.find(b"<", 0, start) not in (-1, start, text.find(b"<?xml")):
        return 0
    prefixed = _PREFIXED.findall(text[start:end])
    return 0 if any(b"&" in each or each.endswith(b"main") for each in prefixed) else end


def _is_near(text: bytes, *, is_plain: bool) -> bool:
    """Whether every cell lies in the columns A–Z of the first 9999 rows; told without a look at each."""
    return _NOT_NEAR.search(text) is None and (is_plain or b":c" not in text)


def _has_marks(text: bytes, *, is_plain: bool) -> bool:
    """Whether an error or a formula may stand in a piece; each search costs, the likeliest to skip come first."""
    if b't="e"' in text or (b"'" in text and b"t='e'" in text) or b"<f>" in text or b"<f " in text:
        return True
    return not is_plain and (b":f>" in text or b":f " in text)


def _collect(text: bytes, marks: Marks, *, is_plain: bool) -> None:
    """Errors, and formulas without a value, of the cells in a piece of the sheet."""
    if not _has_marks(text, is_plain=is_plain):
        return
    for attributes, content in _FULL_CELL.findall(text):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        at = int(place[2]), column_of(place[1])
        value, formula = _VALUE.search(content), _FORMULA_IN.search(content)
        if _ERROR.search(attributes):
            marks.errors[at] = (value[1] if value and value[1] else b"#N/A").decode("utf-8", "replace")
        elif formula is not None and not (value and (value[1] or _TEXT.search(attributes))):
            marks.unknown[at] = "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))


class _Reach:
    """First and last row and column with something in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: set[bytes] = set()
        self._letters: set[bytes] = set()
        self._most = 0
        self._near: list[bytes] = []
        self._kept = 0

    def look_at(self, text: bytes, *, is_plain: bool) -> None:
        """A piece of the sheet. What is near counts only once something far is seen."""
        if self._kept < _KEPT and _is_near(text, is_plain=is_plain):
            self._near.append(text)
            self._kept += len(text)
            return
        found = _CELL.findall(text)
        if len(found) == text.count(b"</c>") and b":c>" not in text:
            self.take(found)
        else:
            self.take_slowly(text)

    def take(self, found: list[tuple[bytes, bytes]]) -> None:
        for letters, row in found:
            self._letters.add(letters)
            self._rows.add(row)

    def take_slowly(self, text: bytes) -> None:
        """Cells written in another way: with a prefix, other attributes first, or no place at all."""
        self._rows.update(_ROW.findall(text))
        placed = _ANY_PLACE.findall(text)
        self.take(placed)
        if len(placed) < len(_ANY_CELL.findall(text)):
            self._most = max(self._most, *(len(_ANY_CELL.findall(row)) for row in _ROW_BEGIN.split(text)))

    def check(self) -> None:
        """Refuse what would take all memory."""
        if not self._rows:
            return
        for text in self._near:
            self.take(_CELL.findall(text))
        rows = [int(row) for row in self._rows]
        columns = [column_of(letters) for letters in self._letters] or [1]
        height = max(rows) - min(rows) + 1
        if height * max(max(columns) - min(columns) + 1, min(self._most, 16_384)) > AREA:
            raise too_large(self._name)


def binary_marks(package: ZipFile, part: str, name: str) -> Marks:
    """Errors of a sheet of an .xlsb; raises UnreadableError where its cells lie too far apart to be loaded."""
    data = b"".join(pieces(package, part, name))
    marks = Marks()
    rows: list[int] = []
    columns: list[int] = []
    for kind, row, column, at in binary_cells(data):
        rows, columns = [min([row, *rows]), max([row, *rows])], [min([column, *columns]), max([column, *columns])]
        if kind in _BINARY_ERRORS and at + 8 < len(data):
            marks.errors[row + 1, column + 1] = _CODES.get(data[at + 8], "#N/A")
    if rows and (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1) > AREA:
        raise too_large(name)
    return marks


def stream_marks(book: bytes) -> list[Marks]:
    """Errors of each worksheet of an .xls, in the order in which the sheets lie in its stream."""
    found: list[Marks] = []
    is_sheet = False
    for kind, body in records(book):
        if kind == _BOF and len(body) >= 4:
            is_sheet = struct.unpack_from("<H", body, 2)[0] == _WORKSHEET
            found += [Marks()] if is_sheet else []
        elif is_sheet and kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            row, column = struct.unpack_from("<HH", body)
            found[-1].errors[row + 1, column + 1] = _CODES.get(body[6], "#N/A")
        elif is_sheet and kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            row, column = struct.unpack_from("<HH", body)
            found[-1].errors[row + 1, column + 1] = _CODES.get(body[8], "#N/A")
    return found
