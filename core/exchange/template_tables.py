"""The table of a template's sheet: its header of one to three lines, its columns, its body, what stands below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.exchange.template import Shape, TemplateColumn, TemplateMapping, TemplateTable, meaning_of
from core.exchange.template_columns import RESULTS, TemplateField, fields_of
from core.exchange.template_grid import Grid

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_WITHIN, _HIGHEST_HEADER = 60, 3
LEAST = 3
_FOOT = re.compile(
    r"^\s*((备\s*注|说\s*明|注|填报说明|填表说明|注意事项)\s*[:：]|"
    r"(填报|填表|审核|制表|复核|联系)人|(单位|主要|分管)?负责人|填报单位|联系电话|填报(日期|时间))"
)
_SUM = re.compile(r"^\s*(合\s*计|总\s*计|小\s*计|共\s*计)\s*[:：]?\s*$|^\s*合\s*计")
_SO_ON = re.compile(r"[….．。·⋯\s]+")
_EXAMPLE = re.compile(r"^\s*[（(]?(示例|样例|例如|例)[）)]?\s*[:：]?")
_SUMS = re.compile(r"\b(SUM|COUNT|COUNTA|COUNTIF|COUNTIFS|SUBTOTAL|AVERAGE|SUMIF|SUMPRODUCT)\b", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2}|[甲乙丙丁])[）)]?|[①-⑳]")


def table_of(sheet: Worksheet) -> TemplateTable | None:
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


def said_table(sheet: Worksheet, said: TemplateMapping) -> TemplateTable:
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


def _find_header(grid: Grid) -> tuple[int, int] | None:
    """The first and last row of a header: at least three known titles, one of them the measure or its number."""
    for row in range(1, min(HEADER_WITHIN, grid.height) + 1):
        own = grid.own(row)
        if len(own) < LEAST or max(map(len, own.values())) > 80:
            continue
        last = _last_header_row(grid, row, own)
        titles = _titles(grid, (row, last))
        meanings = [meaning_of(parts) for _, parts in titles]
        fields = {field for found in fields_of(meanings) for field in found}
        if len(fields) >= LEAST and TemplateField.TEXT in fields and fields & RESULTS:
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
    is_numbers = len(below) >= max(LEAST, width - 1) and all(_COLUMN_NUMBER.fullmatch(t) for t in below.values())
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
    known = [one.column for one in columns]
    if _has_sums_on_top(grid, table.first, known):
        table = replace(table, first=table.first + 1, last=table.first)
    is_drawn = grid.is_framed(header[1], known)
    listed, last = [], table.last
    for row in range(table.first, grid.height + 1):
        own = grid.own(row)
        if is_sum(own) or (is_drawn and not grid.is_framed(row, known)):
            continue
        if is_foot(own):
            break
        if at in own and not _EXAMPLE.match(own[at]) and not _is_wide(grid, row, at, columns):
            listed.append(row)
            last = grid.spans.get((row, at), (row, at))[0]
    if listed:
        below = _below(grid, last)
        return replace(table, shape=Shape.LISTED, last=last, listed=tuple(listed), below=below)
    return _free_rows(grid, table)


def _has_sums_on_top(grid: Grid, row: int, columns: Sequence[int]) -> bool:
    """Whether the row adds up what is drawn below it, not what was to be above."""
    return is_sum(grid.own(row)) and grid.is_framed(row + 1, columns) and not is_foot(grid.own(row + 1))


def _is_wide(grid: Grid, row: int, column: int, columns: Sequence[TemplateColumn]) -> bool:
    """A heading over the whole table is no measure."""
    right = grid.spans.get((row, column), (row, column))[1]
    return right - column + 1 > max(2, len(columns) // 2)


def _free_rows(grid: Grid, table: TemplateTable) -> TemplateTable:
    """Rows under the header that hold nothing but a number, a formula or an example, and are drawn as rows."""
    known = [one.column for one in table.columns]
    first, last = table.first, table.last
    is_bare = not grid.is_framed(table.header[1], known)  # no lines anywhere: a number marks the row
    for row in range(table.first, grid.height + 1):
        own = grid.own(row)
        texts = [text for text in own.values() if not _is_free(text)]
        if is_foot(own):
            break
        if any(_EXAMPLE.match(text) for text in texts) and row == first:
            first, last = row + 1, row
            continue
        if texts or not (grid.is_framed(row, known) or (is_bare and own)):
            break
        last = row
    return replace(table, first=first, last=last, below=_below(grid, last))


def _is_free(text: str) -> bool:
    """A number set beforehand, a formula, dots that mean so on."""
    return text.replace(".", "").isdigit() or text.startswith("=") or bool(_SO_ON.fullmatch(text))


def _below(grid: Grid, last: int) -> int | None:
    """The first row below the body that holds something."""
    return next((row for row in range(last + 1, grid.height + 1) if grid.own(row)), None)


def written_below(grid: Grid, table: TemplateTable) -> int | None:
    """The first row below the free ones that belongs to the drawn table and is neither sum nor note."""
    known = [one.column for one in table.columns]
    row = table.below
    if row is None or not grid.is_framed(row, known) or is_foot(grid.own(row)) or len(grid.own(row)) > len(known):
        return None
    return row


def is_foot(own: Mapping[int, str]) -> bool:
    """Whether a row closes the table: sums, notes, who filled it in."""
    return bool(own) and (is_sum(own) or bool(_FOOT.match(own[min(own)])))


def is_sum(own: Mapping[int, str]) -> bool:
    """Whether a row adds up others: 合计, 小计, or a formula that does."""
    if not own:
        return False
    first = own[min(own)]
    if _SUM.match(first):
        return True
    sums = sum(text.startswith("=") and bool(_SUMS.search(text)) for text in own.values())
    return bool(sums) and not first.replace(".", "").isdigit() and not first.startswith("=")
