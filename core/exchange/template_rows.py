"""Rows of a template as openpyxl holds them: the cell that is shown, its value set, a row in the look of another."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from core.exchange.fill_row import Value
from core.exchange.template import TemplateColumn, TemplateTable
from core.exchange.template_columns import TemplateField

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def bottom_of(sheet: Worksheet, row: int, column: int) -> int:
    for merge in sheet.merged_cells.ranges:
        left, top, _, bottom = merge.bounds
        if (top, left) == (row, column):
            return int(bottom)
    return row


def is_said(sheet: Worksheet, row: int, column: TemplateColumn) -> bool:
    """Whether the template itself says something there, also by a merge from above."""
    cell = sheet.cell(row, column.column)
    return cell.value not in (None, "") or writable(sheet, row, column.column) is None


def writable(sheet: Worksheet, row: int, column: int) -> Any:  # noqa: ANN401 - Cell; the stubs know MergedCell only by chance
    """The cell that is shown there, if it begins in this row."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    for merge in sheet.merged_cells.ranges:
        left, top, right, bottom = merge.bounds
        if top <= row <= bottom and left <= column <= right:
            return sheet.cell(top, left) if top == row else None
    return None


def set_value(cell: Any, value: Value) -> None:  # noqa: ANN401
    """Text stays text, whatever it begins with; a date is one where the cell can show it."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
        if "\n" in value or len(value) > 8:
            alignment = copy(cell.alignment)
            alignment.wrap_text = True
            alignment.shrink_to_fit = False
            cell.alignment = alignment
    elif (isinstance(value, date) and not cell.is_date) or (
        isinstance(value, date) and cell.number_format in ("General", "@")
    ):
        cell.number_format = "yyyy-mm-dd"


def copy_row(sheet: Worksheet, source: int, target: int) -> None:
    """Style, merges within the row, and formulas; no height: it follows what is written."""
    from openpyxl.formula.translate import Translator

    for column in range(1, sheet.max_column + 1):
        above: Any = sheet.cell(source, column)
        below: Any = sheet.cell(target, column)
        if above.has_style:
            below._style = copy(above._style)  # noqa: SLF001 - how openpyxl copies a style
        if getattr(above, "data_type", "") == "f" and isinstance(above.value, str):
            below.value = Translator(above.value, above.coordinate).translate_formula(below.coordinate)
    for merge in list(sheet.merged_cells.ranges):
        left, top, right, bottom = merge.bounds
        if top == bottom == source:
            sheet.merge_cells(start_row=target, end_row=target, start_column=left, end_column=right)
    if source in sheet.row_dimensions and sheet.row_dimensions[source].height:
        sheet.row_dimensions[target].height = sheet.row_dimensions[source].height


def frame_like_header(sheet: Worksheet, table: TemplateTable, row: int) -> None:
    """Where the template draws no row below its header, ours are framed as the header is, in plain type."""
    from openpyxl.styles import Alignment, Font

    for column in table.columns:
        head: Any = sheet.cell(table.header[1], column.column)
        cell: Any = sheet.cell(row, column.column)
        cell.border = copy(head.border)
        cell.font = Font(name=head.font.name, size=head.font.sz, charset=head.font.charset)
        is_number = column.fields == (TemplateField.SEQUENCE,)
        cell.alignment = Alignment(horizontal="center" if is_number else None, vertical="center", wrap_text=True)
