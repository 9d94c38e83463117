"""A superior's template: where its tables are, what their columns ask for, which rows are to be filled.

Only .xlsx and .xlsm: openpyxl, which fills in place, writes no other kind.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import KnownError, NotFoundError
from core.exchange.template_columns import RESULTS, Meaning, TemplateField, fields_of, meaning
from core.exchange.template_losses import losses_of
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "请用 WPS 或 Office 打开它，另存为 .xlsx，再作为模板。"
_SHEETS = 32 * 1024 * 1024
"""Most that all worksheets of a template unpack to: openpyxl holds every cell in memory."""
_HEADER_WITHIN, _HIGHEST_HEADER = 25, 3
_LEAST = 3
_FOOT = re.compile(
    r"^\s*(合\s*计|总\s*计|小\s*计|共\s*计|(备\s*注|说\s*明|注|填报说明|填表说明|注意事项)\s*[:：]|"
    r"(填报|填表|审核|制表|复核|联系)人|(单位|主要|分管)?负责人|填报单位|联系电话|填报(日期|时间))"
)
_EXAMPLE = re.compile(r"^\s*[（(]?(示例|样例|例如|例)[）)]?\s*[:：]?")
_SUMS = re.compile(r"\b(SUM|COUNT|COUNTA|COUNTIF|COUNTIFS|SUBTOTAL|AVERAGE|SUMIF|SUMPRODUCT)\b", re.IGNORECASE)
_LEFT_FREE = ("备注", "备 注", "说明", "附注")
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2}|[甲乙丙丁])[）)]?|[①-⑳]")


class Shape(StrEnum):
    """Whether the template says which measures it wants."""

    LISTED = "listed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a table: ``title`` as printed (lines of a header joined by /), ``fields`` it asks for, if known.

    ``title_row`` counts from 1. A column may ask for several things at once (进展情况及存在问题).
    """

    sheet: str
    letter: str
    column: int
    title: str
    fields: tuple[TemplateField, ...] = ()
    is_hidden: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the title also means something else, so that a person should look."""
        return any(
            one.is_day_or_deadline and TemplateField.DEADLINE in self.fields
            for one in (meaning(part) for part in self.title.split("/"))
        )


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """One table of a sheet; rows count from 1, ``first`` to ``last`` (may be ``first - 1``) are its body.

    ``listed`` are the rows that name a measure, ``below`` is the first row that is kept below the body, if any.
    """

    sheet: str
    header: tuple[int, int]
    columns: tuple[TemplateColumn, ...]
    shape: Shape
    first: int
    last: int
    listed: tuple[int, ...] = ()
    below: int | None = None

    def column_of(self, field: TemplateField) -> TemplateColumn | None:
        """The first column that asks for this alone, else one that asks for it among others."""
        own = [one for one in self.columns if field in one.fields]
        return min(own, key=lambda one: len(one.fields), default=None)


@dataclass(frozen=True, slots=True)
class TemplateMapping:
    """What a clerk said of a template once: the sheet, the last row of its header, fields by column letter."""

    sheet: str
    header: tuple[int, int]
    fields: Mapping[str, tuple[TemplateField, ...]]

    def plain(self) -> dict[str, object]:
        """As it is kept in the file."""
        fields = {letter: [field.value for field in found] for letter, found in self.fields.items()}
        return {"sheet": self.sheet, "header": list(self.header), "fields": fields}

    @classmethod
    def of_plain(cls, value: dict[str, object]) -> TemplateMapping:
        """The other way."""
        header, fields = value["header"], value["fields"]
        assert isinstance(header, list)
        assert isinstance(fields, dict)
        known = {str(letter): tuple(TemplateField(word) for word in words) for letter, words in fields.items()}
        return cls(str(value["sheet"]), (int(header[0]), int(header[1])), known)


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it was read. ``losses``: what openpyxl cannot keep, told before anything is saved.

    ``signature`` knows the form again next period: the titles of its header, not the period named above it.
    ``unknown`` are titles nobody has said anything of.
    """

    name: str
    data: bytes
    sheets: tuple[str, ...]
    tables: tuple[TemplateTable, ...]
    signature: str
    losses: tuple[str, ...] = ()

    @property
    def has_macros(self) -> bool:
        """Whether it must stay an .xlsm."""
        return self.name.lower().endswith(".xlsm")

    @property
    def unknown(self) -> tuple[TemplateColumn, ...]:
        """Columns with a title that was not recognised; 备注 is the superior's or left free."""
        found = (one for table in self.tables for one in table.columns if one.title and not one.fields)
        return tuple(one for one in found if one.title not in _LEFT_FREE)


def read_template(path: Path, said: TemplateMapping | None = None) -> Template:
    """Read a template from a file. ``said``: the mapping a clerk gave it.

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
    return template_of(data, path.name, said)


def template_of(data: bytes, name: str, said: TemplateMapping | None = None) -> Template:
    """The same from bytes.

    Raises KnownError as ``read_template`` does.
    """
    book = open_book(data, name)
    signature = _signature(book)
    if said is None:
        tables = tuple(table for sheet in _visible(book) if (table := _table(sheet)) is not None)
    else:
        if said.sheet not in book.sheetnames:
            raise NotFoundError(f"模板“{name}”中没有工作表“{said.sheet}”。", hint="请重新指定各列。", where=name)
        tables = (_said_table(book[said.sheet], said),)
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
            limits.refuse_doctype(next(limits.pieces(package, part.filename, name), b"")[:4096], name)
    return _load(data, name)


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


class Grid:
    """The cells of a worksheet as texts; a merged cell's text stands wherever it covers."""

    def __init__(self, sheet: Worksheet) -> None:
        """Look at the merges once."""
        self.sheet = sheet
        self.height, self.width = sheet.max_row, min(sheet.max_column, 200)
        self._origins: dict[tuple[int, int], tuple[int, int]] = {}
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in sheet.merged_cells.ranges:
            left, top, right, bottom = merge.bounds
            if bottom - top > 2000 or right - left > 500:
                continue
            self.spans[top, left] = (bottom, right)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._origins[row, column] = (top, left)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is shown here."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """What is shown in a cell."""
        row, column = self.origin(row, column)
        value = self.sheet.cell(row, column).value if (row, column) in self.sheet._cells else None  # noqa: SLF001 - asking for a cell would make it
        return "" if value is None else str(value).strip()

    def own(self, row: int) -> dict[int, str]:
        """The texts that begin in a row, by column."""
        found = {}
        for column in range(1, self.width + 1):
            if self.origin(row, column) == (row, column) and (text := self.text(row, column)):
                found[column] = text
        return found

    def is_framed(self, row: int, columns: Sequence[int]) -> bool:
        """Whether a row has cells with a border: part of a drawn table."""
        for column in columns:
            border = self.sheet.cell(row, column).border if (row, column) in self.sheet._cells else None  # noqa: SLF001
            if border is not None and any(
                side is not None and side.style for side in (border.left, border.right, border.top, border.bottom)
            ):
                return True
        return False


def _table(sheet: Worksheet) -> TemplateTable | None:
    """The table of a sheet, if it has one that we know."""
    grid = Grid(sheet)
    header = _find_header(grid)
    if header is None:
        return None
    titles = _titles(grid, header)
    meanings = [meaning_of(parts) for _, parts in titles]
    columns = tuple(
        _column(sheet, column, parts, fields)
        for (column, parts), fields in zip(titles, fields_of(meanings), strict=True)
    )
    return _with_body(grid, sheet.title, header, columns)


def _said_table(sheet: Worksheet, said: TemplateMapping) -> TemplateTable:
    from openpyxl.utils import get_column_letter

    grid = Grid(sheet)
    titles = dict(_titles(grid, said.header))
    width = max([grid.width, *(_index(letter) for letter in said.fields)])
    columns = tuple(
        _column(sheet, at, titles.get(at, ()), said.fields.get(get_column_letter(at), ())) for at in range(1, width + 1)
    )
    return _with_body(grid, sheet.title, said.header, columns)


def _index(letter: str) -> int:
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letter)


def _column(sheet: Worksheet, at: int, parts: Sequence[str], fields: tuple[TemplateField, ...]) -> TemplateColumn:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(at)
    is_hidden = letter in sheet.column_dimensions and bool(sheet.column_dimensions[letter].hidden)
    return TemplateColumn(sheet.title, letter, at, "/".join(parts), fields, is_hidden)


def meaning_of(parts: Sequence[str]) -> Meaning:
    """The meaning of a title of several lines: the lowest that says something."""
    for part in reversed(parts):
        found = meaning(part)
        if found.fields or found.grade is not None:
            return found
    return meaning("".join(parts))


def _find_header(grid: Grid) -> tuple[int, int] | None:
    """The first and last row of a header: at least three known titles, one of them the measure or its number."""
    for row in range(1, min(_HEADER_WITHIN, grid.height) + 1):
        own = grid.own(row)
        if len(own) < _LEAST or max(map(len, own.values())) > 80:
            continue
        last = _last_header_row(grid, row, own)
        titles = _titles(grid, (row, last))
        meanings = [meaning_of(parts) for _, parts in titles]
        fields = {field for found in fields_of(meanings) for field in found}
        if len(fields) >= _LEAST and TemplateField.TEXT in fields and fields & RESULTS:
            return row, _with_column_numbers(grid, row, last)
    return None


def _last_header_row(grid: Grid, row: int, own: Mapping[int, str]) -> int:
    bottoms = [grid.spans[row, column][0] for column in own if (row, column) in grid.spans]
    last = max([row, *(bottom for bottom in bottoms if bottom < row + _HIGHEST_HEADER)])
    if last > row:
        return last
    below = grid.own(row + 1) if row < grid.height else {}
    wide = {at for column in own if (row, column) in grid.spans for at in range(column, grid.spans[row, column][1] + 1)}
    is_second = bool(below) and set(below) <= wide and all(len(text) <= 15 for text in below.values())
    return row + 1 if is_second else row


def _with_column_numbers(grid: Grid, row: int, last: int) -> int:
    """A row that numbers the columns (1, 2, 3 … or 甲, 乙, 1 …) belongs to the header."""
    below = grid.own(last + 1) if last < grid.height else {}
    width = len(grid.own(row))
    is_numbers = len(below) >= max(_LEAST, width - 1) and all(_COLUMN_NUMBER.fullmatch(t) for t in below.values())
    return last + 1 if is_numbers else last


def _titles(grid: Grid, header: tuple[int, int]) -> list[tuple[int, tuple[str, ...]]]:
    """For each column that has one its title, line by line; what a wide cell says stands over each column below it."""
    found = []
    for column in range(1, grid.width + 1):
        parts = dict.fromkeys(
            " ".join(text.split()) for row in range(header[0], header[1] + 1) if (text := grid.text(row, column))
        )
        if parts:
            found.append((column, tuple(part for part in parts if not _COLUMN_NUMBER.fullmatch(part)) or tuple(parts)))
    return _without_covered(grid, header, found)


def _without_covered(
    grid: Grid, header: tuple[int, int], found: list[tuple[int, tuple[str, ...]]]
) -> list[tuple[int, tuple[str, ...]]]:
    """A title over two columns without titles of their own names the first of them only."""
    kept = []
    for column, parts in found:
        origins = {grid.origin(row, column) for row in range(header[0], header[1] + 1) if grid.text(row, column)}
        if any(origin[1] == column for origin in origins):
            kept.append((column, parts))
    return kept


def _with_body(grid: Grid, sheet: str, header: tuple[int, int], columns: tuple[TemplateColumn, ...]) -> TemplateTable:
    """Find the rows below the header: those that name a measure, or the free ones, and what stands below them."""
    table = TemplateTable(sheet, header, columns, Shape.EMPTY, header[1] + 1, header[1])
    text = table.column_of(TemplateField.TEXT)
    at = text.column if text else 0
    listed, last = [], header[1]
    for row in range(header[1] + 1, grid.height + 1):
        own = grid.own(row)
        if is_foot(own):
            break
        if at in own and not _EXAMPLE.match(own[at]) and not _is_wide(grid, row, at, columns):
            listed.append(row)
            last = grid.spans.get((row, at), (row, at))[0]
    if listed:
        below = _below(grid, last)
        return replace(table, shape=Shape.LISTED, last=last, listed=tuple(listed), below=below)
    return _free_rows(grid, table)


def _is_wide(grid: Grid, row: int, column: int, columns: Sequence[TemplateColumn]) -> bool:
    """A heading over the whole table is no measure."""
    right = grid.spans.get((row, column), (row, column))[1]
    return right - column + 1 > max(2, len(columns) // 2)


def _free_rows(grid: Grid, table: TemplateTable) -> TemplateTable:
    """Rows under the header that hold nothing but a number, a formula or an example, and are drawn as rows."""
    known = [one.column for one in table.columns]
    first, last = table.first, table.header[1]
    for row in range(table.first, grid.height + 1):
        own = grid.own(row)
        texts = [text for text in own.values() if not text.replace(".", "").isdigit() and not text.startswith("=")]
        if is_foot(own):
            break
        if any(_EXAMPLE.match(text) for text in texts) and row == first:
            first, last = row + 1, row
            continue
        if texts or not grid.is_framed(row, known):
            break
        last = row
    return replace(table, first=first, last=last, below=_below(grid, last))


def _below(grid: Grid, last: int) -> int | None:
    """The first row below the body that holds something."""
    return next((row for row in range(last + 1, grid.height + 1) if grid.own(row)), None)


def is_foot(own: Mapping[int, str]) -> bool:
    """Whether a row closes the table: sums, notes, who filled it in."""
    if not own:
        return False
    first = own[min(own)]
    if _FOOT.match(first):
        return True
    sums = sum(text.startswith("=") and bool(_SUMS.search(text)) for text in own.values())
    return bool(sums) and not first.replace(".", "").isdigit() and not first.startswith("=")


def _signature(book: Workbook) -> str:
    """A digest of the fullest row of short texts of each visible sheet: its header, whether we know it or not."""
    rows = []
    for sheet in _visible(book):
        grid = Grid(sheet)
        best: list[tuple[int, str]] = []
        for row in range(1, min(_HEADER_WITHIN, grid.height) + 1):
            texts = [
                (column, "".join(text.split()))
                for column, text in grid.own(row).items()
                if len(text) <= 30 and not text.startswith("=") and not text.replace(".", "").isdigit()
            ]
            if len(texts) > len(best):
                best = texts
        if len(best) >= _LEAST:
            rows.append(best)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
