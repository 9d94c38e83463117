"""A workbook of any kind as plain pages of cells. No macro is run, no link followed, no formula computed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from core.exchange.cell_marks import Marks, binary_marks, stream_marks, xml_marks
from core.job import Job
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large
from core.recognise.sources.sheet import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "请用 WPS 或 Office 打开它，另存为 .xlsx，再回收。"
_HIGHEST = 400_000
"""Most cells of a sheet that are kept; a unit's sheet has a thousand."""
_LONGEST_MERGE = 1000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One worksheet. ``rows``: what stands in it by row and column, both from 1; ``merges`` are (top, left, bottom, right).

    ``errors`` are cells that show an error, ``unknown`` those with a formula whose value is not in the file.
    """

    name: str
    is_visible: bool
    rows: dict[int, dict[int, object]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unknown: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its pages in order, and its defined names that hold a text."""

    pages: tuple[Page, ...]
    names: dict[str, str] = field(default_factory=dict)

    def page(self, name: str) -> Page | None:
        """The page of a name."""
        return next((page for page in self.pages if page.name == name), None)


def read_book(data: bytes, name: str, job: Job, left_out: Collection[str] = ()) -> Book:
    """Read .xlsx, .xlsm, .xlsb, .xls, .et or .ods by what it is, not by its name.

    Pages of the names ``left_out`` need not be read. Raises UnreadableError for what is locked, damaged, far too large or no workbook, Cancelled.
    """
    job.step(0, 0, f"读取“{name}”")
    if not data:
        raise UnreadableError(f"“{name}”是空文件（0 字节）。", hint="请对方重新发送。", where=name)
    if len(data) > limits.FILE:
        raise UnreadableError(f"“{name}”超过 100 MB，没有读取。", hint="请删去其中的图片，另存后再回收。", where=name)
    if data.startswith(_ZIP):
        return _read_package(data, name, job, left_out)
    if data.startswith(_OLE):
        return _read_container(data, name, left_out)
    raise UnreadableError(f"“{name}”不是 Excel 或 WPS 表格。", hint=_SAVE, where=name)


def _read_package(data: bytes, name: str, job: Job, left_out: Collection[str]) -> Book:
    package = limits.open_package(data, name, is_streamed=True)
    names = {each.casefold(): each for each in package.namelist()}
    if "xl/workbook.xml" in names or any(each.startswith("xl/") for each in names):
        return _read_office(data, package, names, name, left_out)
    if "content.xml" in names:
        return _read_opendocument(package, names, name, job)
    raise UnreadableError(f"“{name}”不是 Excel 或 WPS 表格。", hint=_SAVE, where=name)


def _read_office(data: bytes, package: ZipFile, names: dict[str, str], name: str, left_out: Collection[str]) -> Book:
    marks, defined = {}, {}
    if "xl/workbook.xml" in names:
        book = limits.tree(limits.member(package, names["xl/workbook.xml"], name), name)
        defined = dict(_defined(book))
        for title, part in _parts(book, package, names, name):
            marks[title] = Marks() if title in left_out else xml_marks(package, part, name)
        strings = names.get("xl/sharedstrings.xml")
        if strings is not None:
            limits.refuse_doctype(limits.beginning(package, strings, name), name)
    else:
        for each in names.values():
            if _SHEET.fullmatch(each):
                marks[each] = binary_marks(package, each, name)
    by_order = list(marks.values())
    return Book(_pages(data, name, marks, by_order, left_out), defined)


def _parts(book: _Element, package: ZipFile, names: dict[str, str], name: str) -> Iterator[tuple[str, str]]:
    """Title and part of each sheet."""
    relations = names.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        raise damaged(name)
    root = limits.tree(limits.member(package, relations, name), name)
    targets = {each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))) for each in root}
    for each in book.iter("{*}sheet"):
        key = next((str(value) for at, value in each.attrib.items() if str(at).endswith("}id")), "")
        part = names.get(targets.get(key, "").lstrip("/").casefold())
        if part is not None and part.casefold().endswith(".xml"):
            yield each.get("name", ""), part


def _defined(book: _Element) -> Iterator[tuple[str, str]]:
    """Defined names that are a text, not a place."""
    for each in book.iter("{*}definedName"):
        text = each.text or ""
        if len(text) > 1 and text[0] == text[-1] == '"':
            yield each.get("name", ""), text[1:-1].replace('""', '"')


def _read_container(data: bytes, name: str, left_out: Collection[str]) -> Book:
    from core.recognise.sources.container import Container, workbook_sheets
    from core.recognise.sources.sheet import check_extents

    container = Container(data, name)
    streams = container.names
    if "EncryptedPackage" in streams:
        raise locked(name)
    stream = next((each for each in ("Workbook", "Book") if each in streams), None)
    if stream is None:
        raise UnreadableError(f"“{name}”不是 Excel 或 WPS 表格。", hint=_SAVE, where=name)
    content = container.stream(stream)
    is_locked, extents = workbook_sheets(content, name)
    if is_locked:
        raise locked(name)
    check_extents(extents, name)
    return Book(_pages(data, name, {}, stream_marks(content), left_out))


def _pages(
    data: bytes, name: str, marks: dict[str, Marks], by_order: list[Marks], left_out: Collection[str]
) -> tuple[Page, ...]:
    from core.recognise.sources.sheet import guarded

    pages: tuple[Page, ...] = guarded(name, lambda: tuple(_loaded(data, name, marks, by_order, left_out)))
    return pages


def _loaded(
    data: bytes, name: str, marks: dict[str, Marks], by_order: list[Marks], left_out: Collection[str]
) -> Iterator[Page]:
    from core.recognise.sources.sheet import open_workbook

    workbook = open_workbook(data)
    try:
        metas = [meta for meta in workbook.sheets_metadata if str(meta.typ).endswith(".WorkSheet")]
        for at, meta in enumerate(metas):
            if meta.name in left_out:
                continue
            mark = marks.get(meta.name) or (by_order[at] if len(by_order) == len(metas) else Marks())
            is_visible = str(meta.visible).endswith(".Visible")
            page = _page(workbook, meta.name, is_visible, mark)
            if page is None:
                raise too_large(name)
            yield page
    finally:
        workbook.close()


def _page(workbook: Any, title: str, is_visible: bool, marks: Marks) -> Page | None:  # noqa: ANN401, FBT001 - calamine's own
    """The page; None where more stands in it than any return holds."""
    sheet = workbook.get_sheet_by_name(title)
    rows: dict[int, dict[int, object]] = {}
    merges: list[tuple[int, int, int, int]] = []
    if sheet.start is not None:
        top, left = sheet.start
        count = 0
        for at, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            cells = {
                column: value
                for column, value in enumerate(values, left + 1)
                if value != "" and (value.__class__ is not str or not value.isspace())
            }
            if cells:
                rows[at] = cells
                count += len(cells)
            if count > _HIGHEST:
                return None
        merges = [
            (upper[0] + 1, upper[1] + 1, lower[0] + 1, lower[1] + 1) for upper, lower in sheet.merged_cell_ranges or ()
        ]
    return Page(title, is_visible, rows, _bounded(merges), marks.errors, _still_unknown(marks.unknown, rows))


def _still_unknown(
    unknown: dict[tuple[int, int], str], rows: dict[int, dict[int, object]]
) -> dict[tuple[int, int], str]:
    return {place: formula for place, formula in unknown.items() if place[1] not in rows.get(place[0], {})}


def _bounded(merges: list[tuple[int, int, int, int]]) -> tuple[tuple[int, int, int, int], ...]:
    """Merged areas that a person would make."""
    return tuple(
        area for area in merges[:10_000] if area[2] - area[0] < _LONGEST_MERGE and area[3] - area[1] < _LONGEST_MERGE
    )


def _read_opendocument(package: ZipFile, names: dict[str, str], name: str, job: Job) -> Book:
    from core.recognise.sources.opendocument import raw_sheets

    kind = limits.member(package, names["mimetype"], name) if "mimetype" in names else b"opendocument.spreadsheet"
    if b"opendocument.spreadsheet" not in kind:
        raise UnreadableError(f"“{name}”不是 Excel 或 WPS 表格。", hint=_SAVE, where=name)
    manifest = names.get("meta-inf/manifest.xml")
    if manifest is not None and b"encryption-data" in limits.member(package, manifest, name):
        raise locked(name)
    pages = []
    for sheet in raw_sheets(package, name, job):
        rows: dict[int, dict[int, object]] = {}
        for (row, column), text in sheet.texts.items():
            rows.setdefault(row + 1, {})[column + 1] = text
        merges = [(top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in sheet.merges]
        pages.append(Page(sheet.title, not sheet.is_hidden, rows, _bounded(merges)))
    return Book(tuple(pages))


def shown(value: object) -> str:
    """The text of a cell."""
    if type(value) is str and "\r" not in value and "_x" not in value:
        return value.strip()
    return text_of(value) if isinstance(value, str | int | float | datetime | date | time) else str(value or "")


def letter(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
