"""Rows put into a worksheet below a given one, with everything moved that stands beneath: openpyxl moves cells only.

Merges, formulas of every sheet, lists, conditional formats, heights, print areas, names, pictures and tables follow.
A range that ends in the row above the new ones (``=SUM(C5:C10)`` when row 10 is the last) grows with them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET = re.compile(r"^(?:(?P<sheet>'(?:[^']|'')+'|[^'!]+)!)?(?P<ref>[^!]+)$")
_CELL = re.compile(r"^(\$?[A-Za-z]{1,3})(\$?)(\d+)$")
_ROWS = re.compile(r"^(\$?)(\d+)$")


@dataclass(frozen=True, slots=True)
class Shift:
    """``count`` rows come below row ``last`` of a sheet."""

    sheet: str
    last: int
    count: int

    def row(self, row: int) -> int:
        """Where a row is afterwards."""
        return row + self.count if row > self.last else row

    def end(self, row: int) -> int:
        """Where a range of several rows ends that ended in this row."""
        return row + self.count if row >= self.last else row

    def ref(self, ref: str) -> str:
        """A reference without its sheet: A1, A1:B9, 1:4, A:C; anything else stays."""
        first, colon, second = ref.partition(":")
        if not colon:
            return _moved(first, self.row)
        if _row_of(second) == self.last and _row_of(first) == self.last and _CELL.match(first):
            return f"{first}:{_moved(second, self.end)}" if _column_of(first) == _column_of(second) else ref
        return f"{_moved(first, self.row)}:{_moved(second, self.end)}"


def insert_below(book: Workbook, sheet: Worksheet, last: int, count: int) -> None:
    """Put ``count`` empty rows below row ``last``."""
    shift = Shift(sheet.title, last, count)
    _move_cells(sheet, shift)
    _move_merges(sheet, shift)
    _move_heights(sheet, shift)
    _move_rules(sheet, shift)
    _move_print(sheet, shift)
    _move_drawings(book, sheet, shift)
    _move_formulas(book, sheet, shift)
    _move_names(book, shift)


def moved_formula(formula: str, own_sheet: str, shift: Shift) -> str:
    """A formula that stands on ``own_sheet``, after the rows have come."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    if not formula.startswith("="):
        return formula
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved_operand(token.value, own_sheet, shift)
    return "=" + "".join(token.value for token in tokens.items)


def _moved_operand(text: str, own_sheet: str, shift: Shift) -> str:
    match = _SHEET.match(text)
    if match is None:
        return text
    name = match["sheet"]
    plain = own_sheet if name is None else name.strip("'").replace("''", "'")
    if plain != shift.sheet:
        return text
    return f"{name}!{shift.ref(match['ref'])}" if name is not None else shift.ref(text)


def _moved(part: str, to: Any) -> str:  # noqa: ANN401 - one of the two methods of a shift
    if match := _CELL.match(part):
        return f"{match[1]}{match[2]}{to(int(match[3]))}"
    if match := _ROWS.match(part):
        return f"{match[1]}{to(int(match[2]))}"
    return part


def _row_of(part: str) -> int | None:
    match = _CELL.match(part) or _ROWS.match(part)
    return int(match[match.re.groups]) if match else None


def _column_of(part: str) -> str | None:
    match = _CELL.match(part)
    return match[1].replace("$", "") if match else None


def _move_cells(sheet: Worksheet, shift: Shift) -> None:
    from openpyxl.utils import get_column_letter

    if sheet.max_row > shift.last:
        area = f"A{shift.last + 1}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        sheet.move_range(area, rows=shift.count, cols=0, translate=False)


def _move_merges(sheet: Worksheet, shift: Shift) -> None:
    from openpyxl.worksheet.merge import MergedCellRange

    moved = set()
    for merge in list(sheet.merged_cells.ranges):
        left, top, right, bottom = merge.bounds
        end = shift.end(bottom) if top < bottom else shift.row(bottom)
        moved.add(_area(left, shift.row(top), right, end))
    sheet.merged_cells.ranges = {MergedCellRange(sheet, area) for area in moved}


def _area(left: int, top: int, right: int, bottom: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _move_heights(sheet: Worksheet, shift: Shift) -> None:
    for row in sorted((row for row in sheet.row_dimensions if row > shift.last), reverse=True):
        height = sheet.row_dimensions.pop(row)
        height.index = row + shift.count
        sheet.row_dimensions[row + shift.count] = height


def _move_rules(sheet: Worksheet, shift: Shift) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(_areas(str(rule.sqref), shift))
        for at in ("formula1", "formula2"):
            if text := getattr(rule, at):
                setattr(rule, at, moved_formula(f"={text}", sheet.title, shift)[1:])
    formats = ConditionalFormattingList()
    for found in sheet.conditional_formatting:
        for one in found.rules:
            one.formula = [moved_formula(f"={text}", sheet.title, shift)[1:] for text in one.formula]
            formats.add(_areas(str(found.sqref), shift), one)
    sheet.conditional_formatting = formats
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.ref(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = shift.ref(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = shift.ref(table.autoFilter.ref)


def _areas(text: str, shift: Shift) -> str:
    """A list or a format for the last row holds for the new ones too."""
    found = []
    for ref in text.split():
        first, _, second = ref.partition(":")
        second = second or first
        if (_row_of(second) or 0) == shift.last:
            found.append(f"{first}:{_moved(second, shift.end)}")
        else:
            found.append(shift.ref(ref))
    return " ".join(found)


def _move_print(sheet: Worksheet, shift: Shift) -> None:
    area = sheet.print_area
    if area:
        moved = [shift.ref(part.rpartition("!")[2].replace("$", "")) for part in str(area).split(",")]
        sheet.print_area = ",".join(moved)
    for page_break in sheet.row_breaks.brk:
        page_break.id = shift.row(page_break.id)


def _move_drawings(book: Workbook, sheet: Worksheet, shift: Shift) -> None:
    for drawn in _drawn(sheet):
        for mark in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
            if mark is not None:
                mark.row = shift.row(mark.row + 1) - 1
    for other in book.worksheets:
        for chart in _charts(other):
            for reference in _references(chart):
                reference.f = _moved_operand(reference.f, other.title, shift)


def _drawn(sheet: Any) -> Iterator[Any]:  # noqa: ANN401
    yield from sheet._images  # noqa: SLF001
    yield from _charts(sheet)


def _charts(sheet: Any) -> Iterator[Any]:  # noqa: ANN401 - openpyxl shows them nowhere else
    yield from sheet._charts  # noqa: SLF001


def _references(chart: Any) -> Iterator[Any]:  # noqa: ANN401 - a chart's parts differ by its kind
    for series in chart.series:
        for holder in (series.val, series.cat, getattr(series, "xVal", None), getattr(series, "yVal", None), series.tx):
            for at in ("numRef", "strRef"):
                reference = getattr(holder, at, None)
                if reference is not None and reference.f:
                    yield reference


def _move_formulas(book: Workbook, sheet: Worksheet, shift: Shift) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    for other in book.worksheets:
        for cell in list(other._cells.values()):  # noqa: SLF001 - iterating makes cells
            value = getattr(cell, "value", None)
            if isinstance(value, ArrayFormula):
                moved = copy.copy(value)
                moved.text = moved_formula(str(value.text), other.title, shift)
                if other is sheet:
                    moved.ref = shift.ref(str(value.ref))
                cell.value = moved
            elif isinstance(value, str) and getattr(cell, "data_type", "") == "f":
                cell.value = moved_formula(value, other.title, shift)


def _move_names(book: Workbook, shift: Shift) -> None:
    for name in book.defined_names.values():
        name.attr_text = moved_formula(f"={name.attr_text or ''}", "", shift)[1:]
    for sheet in book.worksheets:
        for name in sheet.defined_names.values():
            name.attr_text = moved_formula(f"={name.attr_text or ''}", sheet.title, shift)[1:]
