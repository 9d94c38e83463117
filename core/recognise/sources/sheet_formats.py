"""How the cells of a packed workbook show their numbers, and how far they reach, told before anything is loaded."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import ZipFile

from core.recognise.sources.limits import member, pieces, refuse_doctype, tree
from core.recognise.sources.word_xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_CELL = re.compile(rb"<(?:\w{1,8}:)?c\s([^<>]{0,200}?)(/?)>")
_PLACE, _STYLE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"'), re.compile(rb'\bs="([0-9]{1,6})"')
_ROW = re.compile(rb"""<(?:\w{1,8}:)?row\b(?:[^<>]{0,300}?\sr=["']([0-9]{1,7})["'])?""")
_ANY_CELL = re.compile(rb"<(?:\w{1,8}:)?c[\s>]")
_BLANK_RUN = re.compile(
    rb"(?:(\x00(?:\x11.{17}|\x19.{25}|\x21.{33}))(?:\x01\x08.{8})*+|(?:\x01\x08.{8})++)++", re.DOTALL
)
"""Heads of rows (kind 0) and blank cells (kind 1) of an .xlsb; its group is the last head."""
_LONGEST = 256
_PERCENTS, _MONTH = {9, 10}, 17
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_WORDS = re.compile(r'(?:General|G/通用格式|[#0,.]+)\s*"([^"]+)"(?:_.)?')
_CODES = 100_000


@dataclass(slots=True)
class Shown:
    """A sheet before it is loaded: its extent, and number formats that change what is read by (row, column) from 0."""

    height: int = 0
    width: int = 0
    codes: dict[tuple[int, int], str] = field(default_factory=dict)


def package_sheets(package: ZipFile, name: str) -> dict[str, Shown]:
    """Extent and formats of each sheet of an .xlsx, its extent for .xlsb; raises UnreadableError for a DTD inside."""
    names = {each.casefold(): each for each in package.namelist()}
    for each in names.values():
        if each.casefold().endswith((".xml", ".rels")):
            refuse_doctype(next(iter(pieces(package, each, name)), b""), name)
    out: dict[str, Shown] = {}
    codes = _style_codes(package, names, name)
    for sheet, path in _paths(package, names, name).items():
        part = names.get(path.casefold())
        if part is not None:
            stream = pieces(package, part, name)
            out[sheet] = _scan_binary(stream) if part.casefold().endswith(".bin") else _scan(stream, codes)
    return out


def _paths(package: ZipFile, names: dict[str, str], name: str) -> dict[str, str]:
    """Part of each sheet; of a binary workbook all sheets by their parts."""
    book, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {part: part for part in names.values() if re.match(r"xl/worksheets/[^/]+\.bin$", part.casefold())}
    targets = {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in tree(member(package, relations, name), name)
    }
    out = {}
    for each in tree(member(package, book, name), name).iter():
        if local(each) == "sheet":
            key = next((str(value) for at, value in each.attrib.items() if str(at).endswith("}id")), "")
            out[each.get("name", "")] = targets.get(key, "")
    return out


def _scan(stream: Iterator[bytes], codes: dict[int, str]) -> Shown:
    """Extent and formats of a sheet of an .xlsx by its cells that hold something; formatted blanks do not count."""
    out = Shown()
    top = left = 1 << 30
    bottom = right = -1
    placeless = _Placeless()
    for text in _whole_tags(stream):
        placeless.take(text)
        for found in _CELL.finditer(text):
            place = None if found[2] else _PLACE.search(found[1])
            if place is None:
                continue
            row, column = int(place[2]) - 1, _column(place[1])
            top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, column)
            style = _STYLE.search(found[1]) if codes else None
            if style is not None and (code := codes.get(int(style[1]))) and len(out.codes) < _CODES:
                out.codes[row, column] = code
    if bottom >= 0:
        out.height, out.width = bottom - top + 1, right - left + 1
    out.height, out.width = max(out.height, placeless.height), max(out.width, placeless.width)
    return out


class _Placeless:
    """How far cells reach that do not say their place: it follows from their row and from those before them."""

    def __init__(self) -> None:
        self._rows: list[int] = []
        self.width = 0

    @property
    def height(self) -> int:
        """Rows from the first to the last."""
        return self._rows[-1] - self._rows[0] + 1 if self.width and self._rows else 0

    def take(self, text: bytes) -> None:
        """A piece of the sheet."""
        numbers = [int(each) for each in _ROW.findall(text) if each]
        if numbers:
            self._rows = [min([*self._rows[:1], *numbers]), max([*self._rows[1:], *numbers])]
        if len(_ANY_CELL.findall(text)) > text.count(b' r="') - len(numbers):
            self.width = max(self.width, *(len(_ANY_CELL.findall(row)) for row in _ROW.split(text)[::2]))


def _whole_tags(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces that end where a tag begins."""
    rest = b""
    for piece in stream:
        text = rest + piece
        cut = text.rfind(b"<", len(text) - _LONGEST)
        cut = len(text) if cut < 0 else cut
        rest = text[cut:]
        yield text[:cut]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _scan_binary(stream: Iterator[bytes]) -> Shown:
    """Extent of a sheet of an .xlsb by its cells; blank ones do not count."""
    top = left = 1 << 30
    bottom = right = -1
    for _, row, column, _ in binary_cells(b"".join(stream)):
        top, bottom = min(top, row), max(bottom, row)
        left, right = min(left, column), max(right, column)
    return Shown(bottom - top + 1, right - left + 1) if bottom >= 0 else Shown()


def binary_cells(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, row, column (from 0) and the place in ``data`` of each cell of an .xlsb's sheet that holds something.

    Runs of row heads and blank cells are passed over in one go: a sheet formatted down to its last row has twenty
    million of them.
    """
    at, row = 0, 0
    while at < len(data):
        run = _BLANK_RUN.match(data, at)
        if run is not None:
            at = run.end()
            row = struct.unpack_from("<I", run[1], 2)[0] if run[1] else row
            continue
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        if kind == 0 and at + 4 <= len(data):
            row = struct.unpack_from("<I", data, at)[0]
        elif 2 <= kind <= 11 and at + 4 <= len(data):
            yield kind, row, struct.unpack_from("<I", data, at)[0], at
        at += size


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at


def _style_codes(package: ZipFile, names: dict[str, str], name: str) -> dict[int, str]:
    """Styles whose number format changes what is read."""
    part = names.get("xl/styles.xml")
    if part is None:
        return {}
    root = tree(member(package, part, name), name)
    formats: dict[str, str] = {}
    cells: _Element | None = None
    for each in root:
        if local(each) == "numFmts":
            formats = {one.get("numFmtId", ""): one.get("formatCode", "") for one in each}
        elif local(each) == "cellXfs":
            cells = each
    out = {}
    for index, style in enumerate(cells if cells is not None else ()):
        key = style.get("numFmtId", "0")
        code = short_code(formats.get(key), int(key) if key.isdecimal() else 0)
        if code:
            out[index] = code
    return out


def short_code(code: str | None, builtin: int = 0) -> str:
    """What of a number format matters: ``ym`` or ``y`` for a date without day, %, zeros in front, words after it."""
    if code is None:
        return "%" if builtin in _PERCENTS else "ym" if builtin == _MONTH else ""
    first = code.split(";")[0]
    words = _WORDS.fullmatch(first)
    if words is not None:
        return words[1]
    bare = _LITERAL.sub("", first).casefold()
    if bare.endswith("%"):
        return "%"
    if "y" in bare:
        return "" if "d" in bare else "ym" if "m" in bare else "y"
    return bare if len(bare) > 1 and set(bare) == {"0"} else ""
