"""Reading a superior's template: where its tables are, what their columns ask for, which rows are to be filled.

Only .xlsx and .xlsm: openpyxl, which fills in place, writes no other kind.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from core.contained.run import run
from core.errors import KnownError, NotFoundError
from core.exchange.template import Template, TemplateMapping
from core.exchange.template_grid import Grid
from core.exchange.template_lists import restore_lists
from core.exchange.template_losses import losses_of
from core.exchange.template_tables import HEADER_WITHIN, LEAST, said_table, table_of
from core.job import Job
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large
from core.recognise.sources.sheet import MOST_SHEETS, check_extents
from core.recognise.sources.sheet_formats import package_sheets

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "请用 WPS 或 Office 打开它，另存为 .xlsx，再作为模板。"
_SHEETS = 32 * 1024 * 1024
"""Most that all worksheets of a template unpack to: openpyxl holds every cell in memory."""
_MOST_CELLS = 200_000
_SHEET = re.compile(rb"<(?:\w{1,8}:)?sheet[\s/>]")
_CELL = re.compile(rb"<(?:\w{1,8}:)?c[\s>/]")
_MERGED = re.compile(rb"""<(?:\w{1,8}:)?mergeCell\s[^<>]{0,80}?ref\s*=\s*["']([^"']{1,40})""")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PERIOD = re.compile(r"(20\d\d年?)?(第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)|20\d\d年度?")


def read_template(path: Path, said: TemplateMapping | None = None) -> Template:
    """Read a template from a file, in a bounded child. ``said``: the mapping a clerk gave it.

    Raises KnownError for what is missing, locked, damaged, too large or of a kind that cannot be filled.
    """
    try:
        if path.stat().st_size > limits.FILE:
            raise too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"找不到模板“{path.name}”。", hint="它可能已被移动或删除。", where=str(path)) from error
    except OSError as error:
        raise UnreadableError(
            f"模板“{path.name}”读不了。", hint="请关闭正在使用它的程序，或检查权限。", where=str(path)
        ) from error
    return run(_template_here, data, path.name, said, job=Job(), name=path.name)


def _template_here(data: bytes, name: str, said: TemplateMapping | None, job: Job) -> Template:  # noqa: ARG001 - as a child calls it
    return template_of(data, name, said)


def template_of(data: bytes, name: str, said: TemplateMapping | None = None) -> Template:
    """The same from bytes, in this process: of a template that was read before.

    Raises KnownError as ``read_template`` does.
    """
    book = open_book(data, name)
    signature = _signature(book)
    if said is None:
        tables = tuple(table for sheet in _visible(book) if (table := table_of(sheet)) is not None)
    else:
        if said.sheet not in book.sheetnames:
            raise NotFoundError(f"模板“{name}”中没有工作表“{said.sheet}”。", hint="请重新指定各列。", where=name)
        tables = (said_table(book[said.sheet], said),)
    return Template(name, data, tuple(book.sheetnames), tables, signature, losses_of(data, name))


def open_book(data: bytes, name: str) -> Workbook:
    """The workbook for filling in place: formulas, rich text, links and macros as they are.

    Raises UnreadableError.
    """
    if not data:
        raise UnreadableError(f"模板“{name}”是空文件（0 字节）。", hint="请向上级重新索取。", where=name)
    if data.startswith(_OLE):
        raise _not_xlsx(data, name)
    if not data.startswith(_ZIP):
        raise UnreadableError(f"“{name}”不是 Excel 或 WPS 表格，不能作为模板。", hint=_SAVE, where=name)
    package = limits.open_package(data, name)
    parts = [part for part in package.infolist() if part.filename.lower().startswith("xl/")]
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise UnreadableError(f"“{name}”不是 .xlsx 表格，不能直接填写。", hint=_SAVE, where=name)
    if sum(part.file_size for part in parts if "worksheets/" in part.filename) > _SHEETS:
        raise UnreadableError(
            f"模板“{name}”里有大量空白的带格式的行，没有读取。", hint="请删去表格下方的空行，另存后再用。", where=name
        )
    for part in parts:
        if part.filename.lower().endswith(".xml"):
            limits.refuse_doctype(next(limits.pieces(package, part.filename, name), b""), name)
    book_part = next(part.filename for part in parts if part.filename.lower() == "xl/workbook.xml")
    if len(_SHEET.findall(limits.member(package, book_part, name))) > MOST_SHEETS:
        raise too_large(name)
    _require_countable(package, [part.filename for part in parts if "worksheets/" in part.filename], name)
    book = _load(data, name)
    restore_lists(book, data, name)
    return book


def _require_countable(package: ZipFile, sheets: Sequence[str], name: str) -> None:
    """Cells and merged areas of a size that openpyxl, which makes an object of each, holds in seconds."""
    check_extents(package_sheets(package, name), name)
    cells = 0
    for sheet in sheets:
        content = limits.member(package, sheet, name)
        cells += len(_CELL.findall(content))
        for area in _MERGED.findall(content):
            height, width = _extent(area.decode("ascii", "replace"))
            cells += height * width
        if cells > _MOST_CELLS:
            raise too_large(name)


def _extent(area: str) -> tuple[int, int]:
    """Rows and columns of A1:C9; none of what is no area."""
    found = _AREA.fullmatch(area)
    if found is None:
        return 0, 0
    left, top, right, bottom = found.groups()
    return abs(int(bottom) - int(top)) + 1, abs(_number(right) - _number(left)) + 1


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _load(data: bytes, name: str) -> Workbook:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what cannot be kept is told by ``losses_of``
            return openpyxl.load_workbook(io.BytesIO(data), rich_text=True, keep_vba=name.lower().endswith(".xlsm"))
    except KnownError:
        raise
    except Exception as error:  # a broken part makes openpyxl raise whatever it met
        raise damaged(name) from error


def _not_xlsx(data: bytes, name: str) -> UnreadableError:
    from core.recognise.sources.container import Container

    if "EncryptedPackage" in Container(data, name).names:
        return locked(name)
    return UnreadableError(f"“{name}”是旧格式的表格，程序不能在其中直接填写。", hint=_SAVE, where=name)


def _visible(book: Workbook) -> Iterator[Worksheet]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet


def _signature(book: Workbook) -> str:
    """A digest of the titles of each visible sheet, whether we know them or not; the period they name is left out."""
    rows = [titles for sheet in _visible(book) if len(titles := _titles_of(sheet)) >= LEAST]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _titles_of(sheet: Worksheet) -> list[tuple[int, str]]:
    """Of the header that is known; else the fullest row of short texts."""
    table = table_of(sheet)
    if table is not None:
        return [(column.column, _without_period(column.title)) for column in table.columns]
    grid = Grid(sheet)
    best: list[tuple[int, str]] = []
    for row in range(1, min(HEADER_WITHIN, grid.height) + 1):
        texts = [
            (column, _without_period(text))
            for column, text in grid.own(row).items()
            if len(text) <= 30 and not text.startswith("=") and not text.replace(".", "").isdigit()
        ]
        if len(texts) > len(best):
            best = texts
    return best


def _without_period(title: str) -> str:
    return _PERIOD.sub("", "".join(title.split()))
