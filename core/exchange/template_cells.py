"""The cells of a template: what a cell can hold, which words its list allows, how high its row must be."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST = 32767
"""Characters of one cell, by the format."""
_HIGHEST = 409.0
"""Points of one row, by the format."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE = 1.32
"""Height of a line in sizes of its type, as LibreOffice and Excel set Chinese text."""
_WORDS: dict[str, tuple[str, ...]] = {
    "未启动": ("未启动", "未开展", "未开始", "尚未启动", "尚未开展", "未完成"),
    "推进中": ("推进中", "正在推进", "进行中", "正在进行", "正在落实", "有序推进", "未完成", "否"),
    "已完成": ("已完成", "完成", "已落实", "已办结", "办结", "是"),
    "长期坚持": ("长期坚持", "持续推进", "长期推进", "常态化推进", "推进中", "正在推进", "进行中", "正在进行"),
    "待部署": ("待部署", "未启动", "未开展", "未开始", "尚未启动", "未完成"),
    "不涉及": ("不涉及", "不适用", "无此项", "无"),
}
"""Our states in the words that lists of superiors use, the nearest first."""


def text_for_cell(value: str | float | date | None) -> tuple[str | int | float | date | None, bool]:
    """What a cell can hold, and whether something had to be cut off."""
    if not isinstance(value, str):
        return value, False
    clean = _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return clean[:_MOST], len(clean) > _MOST


def choices_of(book: Workbook, sheet: Worksheet, cell: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The words that the list of a cell allows; empty where it has none or it cannot be read."""
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and cell.coordinate in rule.sqref:
            return _listed(book, sheet, str(rule.formula1 or ""))
    return ()


def _listed(book: Workbook, sheet: Worksheet, formula: str) -> tuple[str, ...]:
    if formula.startswith('"'):
        return tuple(word.strip() for word in re.split("[,，]", formula.strip('"')) if word.strip())
    name = formula.lstrip("=")
    if name in book.defined_names:
        name = book.defined_names[name].attr_text or ""
    page, _, area = name.rpartition("!")
    title = page.strip("'").replace("''", "'")
    holder = book[title] if title in book.sheetnames else sheet if not page else None
    if holder is None or not re.fullmatch(r"\$?[A-Z]{1,3}\$?\d{1,5}(:\$?[A-Z]{1,3}\$?\d{1,5})?", area):
        return ()
    cells = holder[area.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return tuple(str(cell.value) for row in rows for cell in row if cell.value not in (None, ""))


def choice_for(state: str, choices: Sequence[str]) -> str | None:
    """The word of a list that says what our state says, None where none does."""
    plain = {"".join(choice.split()): choice for choice in choices}
    for word in _WORDS.get(state, (state,)):
        if word in plain:
            return plain[word]
    return None


def fit_height(sheet: Worksheet, row: int, columns: Sequence[int]) -> tuple[int, ...]:
    """Make a row as high as its longest text needs; one that was higher stays so.

    A cell that needs more than a row can have gets its lines run on; gives the columns that even so do not fit.
    """
    over = []
    for column in columns:
        cell = sheet.cell(row, column)
        if _needed(sheet, row, column) > _HIGHEST and "；\n" in str(cell.value):
            cell.value = str(cell.value).replace("；\n", "；")
            cell.data_type = "s"
        if _needed(sheet, row, column) > _HIGHEST:
            over.append(column)
    needed = max((_needed(sheet, row, column) for column in columns), default=0.0)
    have = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
    if needed > (have or sheet.sheet_format.defaultRowHeight or 15.0):
        sheet.row_dimensions[row].height = min(needed, _HIGHEST)
    return tuple(over)


def _needed(sheet: Worksheet, row: int, column: int) -> float:
    cell = sheet.cell(row, column)
    if not isinstance(cell.value, str) or getattr(cell, "data_type", "") == "f":
        return 0.0
    right, bottom = _span(sheet, row, column)
    size = float(cell.font.sz or 11)
    width = sum(_width(sheet, at) for at in range(column, right + 1))
    # characters of width → pixels → points, less the padding, and less what a line leaves free before its break
    room = max(width * 7.0 + 5.0 - 8.0, 10.0) * 0.75 * 0.95
    lines = sum(max(1, math.ceil(_length(line, size) / room)) for line in cell.value.split("\n"))
    return (lines * size * _LINE + 6.0) / (bottom - row + 1)


def _span(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    for merge in sheet.merged_cells.ranges:
        left, top, right, bottom = merge.bounds
        if (top, left) == (row, column):
            return right, bottom
    return column, row


def _length(line: str, size: float) -> float:
    """Points of a line: a wide letter is as wide as its size, others about half."""
    return sum(size if unicodedata.east_asian_width(letter) in "WFA" else size * 0.55 for letter in line)


def _width(sheet: Worksheet, column: int) -> float:
    """The width of a column in characters; openpyxl keeps one entry for a run of equal columns."""
    for dimension in sheet.column_dimensions.values():
        if dimension.min and dimension.max and dimension.min <= column <= dimension.max:
            return 0.0 if dimension.hidden else float(dimension.width or 8.43)
    return float(sheet.sheet_format.defaultColWidth or 8.43)
