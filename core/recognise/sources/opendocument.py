"""OpenDocument sheets (.ods): each visible sheet as one table, its cells as they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from core.job import Job
from core.recognise.blocks import Place, Source, Table
from core.recognise.sources.errors import damaged, too_large
from core.recognise.sources.limits import pieces, refuse_doctype
from core.recognise.sources.sheet import sheet_table
from core.recognise.sources.word_xml import local, number

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = 500_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_STEP = 1000
_BETWEEN = 16 * 1024 * 1024
"""Most bytes from the end of a row, style or sheet to that of the next."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it lies in the file: texts by (row, column) from 0, merged areas (top, left, bottom, right)."""

    title: str
    is_hidden: bool
    texts: dict[tuple[int, int], str]
    merges: tuple[tuple[int, int, int, int], ...]


def read_opendocument(package: ZipFile, name: str, job: Job) -> Source:
    """Read an .ods; hidden sheets are left out and listed."""
    tables: list[Table] = []
    repairs = []
    for sheet in raw_sheets(package, name, job):
        if sheet.is_hidden:
            repairs.append(f"工作表“{sheet.title}”是隐藏的，没有读取。")
        else:
            table = sheet_table(sheet.texts, sheet.merges, Place(sheet=sheet.title, table=len(tables) + 1))
            tables += [table] if table is not None else []
    return Source(name, "sheet", tuple(tables), repairs=tuple(repairs))


def raw_sheets(package: ZipFile, name: str, job: Job) -> Iterator[RawSheet]:
    """All sheets of an .ods, the hidden ones too; raises UnreadableError."""
    reader = _Reader(name)
    for count, element in enumerate(_elements(package, name)):
        if count % _STEP == 0:
            job.step(0, 0, "读取工作表")
        sheet = reader.take(element)
        if sheet is not None:
            yield sheet


def _elements(package: ZipFile, name: str) -> Iterator[_Element]:
    """Styles, rows and sheets as they end; what is done with is let go, and so is what lies before it."""
    from lxml import etree

    tags = (_STYLE + "style", _TABLE + "table-row", _TABLE + "table")
    parser = etree.XMLPullParser(
        ("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    is_head, kept = True, 0
    try:
        for piece in pieces(package, "content.xml", name):
            if is_head:
                refuse_doctype(piece[:4096], name)
                is_head = False
            kept += len(piece)
            if kept > _BETWEEN:
                raise too_large(name)
            parser.feed(piece)
            for _, element in parser.read_events():
                if isinstance(element, etree._Element):  # noqa: SLF001 - the only name of the class
                    yield element
                    element.clear()
                    _forget_before(element)
                    kept = 0
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error


def _forget_before(element: _Element) -> None:
    """A million rows that are done with, each empty, still take more memory than a file has."""
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


class _Reader:
    """Collects the rows of a sheet until it ends."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._hidden: set[str] = set()
        self._start()

    def _start(self) -> None:
        self._row = 0
        self._texts: dict[tuple[int, int], str] = {}
        self._merges: list[tuple[int, int, int, int]] = []

    def take(self, element: _Element) -> RawSheet | None:
        """The next piece of the file; gives a sheet when that has ended."""
        kind = local(element)
        if kind == "style":
            if any(each.get(_TABLE + "display") == "false" for each in element):
                self._hidden.add(element.get(_STYLE + "name", ""))
        elif kind == "table-row":
            self._take_row(element)
        else:
            is_hidden = element.get(_TABLE + "style-name", "") in self._hidden
            sheet = RawSheet(element.get(_TABLE + "name", ""), is_hidden, self._texts, tuple(self._merges))
            self._start()
            return sheet
        return None

    def _take_row(self, row: _Element) -> None:
        times = number(row.get(_TABLE + "number-rows-repeated"), 1, least=1, most=_LAST_ROW)
        column = 0
        has_text = False
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            wide = number(cell.get(_TABLE + "number-columns-repeated"), 1, least=1, most=_LAST_COLUMN)
            text = _shown(cell) if local(cell) == "table-cell" else ""
            if text:
                has_text = True
                self._put(text, range(self._row, self._row + times), range(column, column + wide))
            self._merge(cell, column)
            column += wide
        self._row += times
        if has_text and self._row > _LAST_ROW:
            raise damaged(self._name)

    def _put(self, text: str, rows: range, columns: range) -> None:
        if len(self._texts) + len(rows) * len(columns) > _CELLS:
            raise too_large(self._name)
        self._texts.update({(row, column): text for row in rows for column in columns})

    def _merge(self, cell: _Element, column: int) -> None:
        high = number(cell.get(_TABLE + "number-rows-spanned"), 1, least=1, most=_LAST_ROW)
        wide = number(cell.get(_TABLE + "number-columns-spanned"), 1, least=1, most=_LAST_COLUMN)
        if (high > 1 or wide > 1) and len(self._merges) < _CELLS:
            self._merges.append((self._row, column, self._row + high - 1, column + wide - 1))


def _shown(cell: _Element) -> str:
    """The text of a cell; a date with its day as ISO."""
    lines = ["".join(_pieces(each)) for each in cell if each.tag == _TEXT + "p"]
    text = "\n".join(line for line in lines if line).strip()
    if cell.get(_OFFICE + "value-type") != "date" or ("日" not in text and "年" in text):
        return text
    return (cell.get(_OFFICE + "date-value") or text).split("T00:00")[0].replace("T", " ")


def _pieces(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        kind = local(each)
        if kind in {"s", "tab"}:
            yield " "
        elif kind == "line-break":
            yield "\n"
        elif kind != "annotation":
            yield from _pieces(each)
        yield each.tail or ""
