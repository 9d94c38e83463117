"""A layout as XLSX: A4 landscape, one page wide, breaks and merges where the layout has them.

A sheet can neither turn its page number nor change its margins from page to page: the margins are those of odd
pages, the number is a plain one in the footer. Column widths are given for the narrowest digit that the programs
assume for the standard style (Arial 10: 7 pixels), so that no program makes a column narrower than the layout
has it; where it comes out wider, the fit to one page wide takes it back.

Excel may leave manual breaks aside while it fits a sheet to a width. So the rows of every page but the last are
stretched until the next row would not fit: the page ends at the same row with or without the break, and lines that
a program breaks otherwise have room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Protocol, cast

from core.job import Job
from core.publish.description import Align
from core.publish.fonts import Face
from core.publish.layout import (
    ANNEX_SIZE,
    GRID,
    HEAD_SIZE,
    MM,
    NOTE_PITCH,
    NOTE_SIZE,
    PAGE_NUMBER_SIZE,
    TITLE_SIZE,
    Cell,
    LaidPage,
    Layout,
)

if TYPE_CHECKING:
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_DIGIT = 5.25
"""Width of a digit of the standard style in pt: 7 pixels at 96 dpi."""
_STEP = 0.75
"""Rows are a whole number of pixels high."""
_HIGHEST = 409.0
"""No row can be higher, in pt."""
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "'")
_NUMBER_GAP, _NUMBER_HEIGHT = 7.0, 5.0
"""From the text area to the page number and the number's own height, in mm."""
_INCH = 25.4
_SHEET_NAME = 31
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FOOT = 10.0
"""What stays blank at the foot of a stretched page, in pt: less than the lowest row."""


def xlsx_bytes(layouts: Sequence[Layout], job: Job) -> bytes:
    """The whole workbook, a sheet a table. Every text stays a text; no formula is made, no personal property set.

    Raises Cancelled when the job is cancelled.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    _plain_standard_font(workbook)
    workbook.properties.creator = None
    workbook.properties.title = layouts[0].document.title.replace("\n", "")
    workbook.remove(workbook.worksheets[0])
    whole, number = sum(len(layout.pages) for layout in layouts), 0
    for layout in layouts:
        writer = _Writer(layout, workbook.create_sheet(_sheet_name(layout.document.sheet, workbook.sheetnames)))
        row = writer.head()
        for index, page in enumerate(layout.pages):
            job.step(number, whole, f"正在生成 Excel 第{number + 1}页")
            row = writer.page(page, row, is_last=index == len(layout.pages) - 1)
            number += 1
        writer.page_setup(row - 1)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/ or a backslash, none there twice whatever its case."""
    plain = _NO_SHEET_NAME.sub("", wanted).strip("' ") or "表"
    known = {name.casefold() for name in taken}
    name, count = plain[:_SHEET_NAME], 1
    while name.casefold() in known:
        count += 1
        tail = f"({count})"
        name = plain[: _SHEET_NAME - len(tail)] + tail
    return name


def _plain_standard_font(workbook: object) -> None:
    """The standard style without a theme font: its digit width is the unit of the columns."""
    from openpyxl.styles import Font

    font = Font(name="Arial", size=10)
    workbook._fonts[0] = font  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no public way
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]  # noqa: SLF001


class _SheetCell(Protocol):
    """What is used of openpyxl's cell, with the index of its style, which has no public name."""

    _style: StyleArray
    value: str | int
    data_type: str


class _Writer:
    """Fills one sheet; rows count from 1."""

    def __init__(self, layout: Layout, sheet: Worksheet) -> None:
        from openpyxl.utils import get_column_letter

        self.layout = layout
        self.sheet = sheet
        self.columns = len(layout.document.columns)
        self.letters = [get_column_letter(column + 1) for column in range(self.columns)]
        self.styles: dict[tuple[object, ...], StyleArray] = {}
        self.header_row = 0
        self.header_height = self.head_height = 0.0
        for letter, (left, right) in zip(self.letters, pairwise(layout.edges), strict=True):
            sheet.column_dimensions[letter].width = round((right - left) / _DIGIT, 3)

    def head(self) -> int:
        """Annex mark, title and header row; returns the next row."""
        document, row = self.layout.document, 1
        if document.annex:
            self._mark(row, document.annex, (Face.HEAD.value, ANNEX_SIZE), "left", GRID)
            self.sheet.row_dimensions[row + 1].height = _height(GRID)
            row += 2
        if self.layout.title:
            height = self.layout.head_height - self.layout.notes_height - (row - 1) * GRID
            self._mark(row, "\n".join(self.layout.title), (Face.TITLE.value, TITLE_SIZE), "center", height)
            row += 1
        for note in self.layout.notes:
            self._mark(row, note, (Face.BODY.value, NOTE_SIZE), "left", NOTE_PITCH)
            row += 1
        self.header_row = row
        self.header_height = _height(self.layout.header_height)
        self.head_height = sum(self.sheet.row_dimensions[r].height or 0.0 for r in range(1, row))
        self._cells(self.layout.header, row, (Face.HEAD.value, HEAD_SIZE))
        self._heights((self.layout.header_height,), row)
        return row + 1

    def page(self, page: LaidPage, row: int, *, is_last: bool) -> int:
        """The rows of one page and the break behind them; returns the next row."""
        from openpyxl.worksheet.pagebreak import Break

        self._cells(page.cells, row, (Face.BODY.value, self.layout.type.size))
        above = self.header_height + (self.head_height if row == self.header_row + 1 else 0.0)
        self._heights(page.heights if is_last else self._stretched(page.heights, above), row)
        row += len(page.heights)
        if not is_last:
            self.sheet.row_breaks.append(Break(id=row - 1))
        return row

    def page_setup(self, last_row: int) -> None:
        """Paper, margins, repeated header, footer and what is printed."""
        from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
        from openpyxl.worksheet.page import PageMargins
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet, margins = self.sheet, self.layout.document.page.odd
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        from_edge = (margins.bottom - _NUMBER_GAP - _NUMBER_HEIGHT) / _INCH
        sheet.page_margins = PageMargins(
            margins.left / _INCH,
            margins.right / _INCH,
            margins.top / _INCH,
            margins.bottom / _INCH,
            from_edge,
            from_edge,
        )
        sheet.print_title_rows = f"{self.header_row}:{self.header_row}"
        sheet.print_area = f"A1:{self.letters[-1]}{last_row}"
        sheet.freeze_panes = f"A{self.header_row + 1}"
        number = f'&"{Face.SONG.value},Regular"&{PAGE_NUMBER_SIZE:.0f}— &P —'
        footer = HeaderFooterItem(center=_HeaderFooterPart(text=number))
        sheet.HeaderFooter = HeaderFooter(oddFooter=footer, scaleWithDoc=False)
        # Programs scale by whole percents: what that leaves free is shared by both sides.
        sheet.print_options.horizontalCentered = True

    # Cells -------------------------------------------------------------------------------------------------------

    def _mark(self, row: int, text: str, font: tuple[str, float], horizontal: str, height: float) -> None:
        """A line of text over the whole width, without borders."""
        vertical = "top" if horizontal == "center" else "center"
        cell = self._at(row, 1)
        self._put(cell, text)
        cell._style = self._style(font, horizontal, vertical, has_border=False)  # noqa: SLF001 - see _style
        if self.columns > 1:
            self.sheet.merged_cells.add(f"A{row}:{self.letters[-1]}{row}")
        self.sheet.row_dimensions[row].height = _height(height)

    def _cells(self, cells: tuple[Cell, ...], row: int, font: tuple[str, float]) -> None:
        from openpyxl.worksheet.cell_range import CellRange

        for cell in cells:
            top, bottom = row + cell.first_row, row + cell.last_row
            left, right = cell.first_column, cell.last_column
            horizontal = "center" if cell.align is Align.CENTER else "left"
            style = self._style(font, horizontal, "top" if cell.is_torn else "center", has_border=True)
            for r in range(top, bottom + 1):
                for c in range(left, right + 1):
                    self._at(r, c + 1)._style = style  # noqa: SLF001 - see _style
            if bottom > top or right > left:
                merged = CellRange(min_col=left + 1, min_row=top, max_col=right + 1, max_row=bottom)
                self.sheet.merged_cells.ranges.add(merged)
            first = self._at(top, left + 1)
            self._put(first, cell.text)
            if cell.text.startswith(_LOOKS_LIKE_FORMULA):
                first._style = self._style(font, horizontal, "center", has_border=True, quoted=True)  # noqa: SLF001

    def _at(self, row: int, column: int) -> _SheetCell:
        return cast("_SheetCell", self.sheet.cell(row, column))

    @staticmethod
    def _put(cell: _SheetCell, text: str) -> None:
        """A text as a text, whatever it begins with; plain numbers (序号) as numbers."""
        cell.value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        if text.startswith(_LOOKS_LIKE_FORMULA):
            cell.data_type = "s"

    def _style(
        self, font: tuple[str, float], horizontal: str, vertical: str, *, has_border: bool, quoted: bool = False
    ) -> StyleArray:
        """The index of a style in the workbook, made once: setting fonts cell by cell costs more than all else."""
        key = (font, horizontal, vertical, has_border, quoted)
        if key not in self.styles:
            from openpyxl.cell.cell import Cell as SheetCell
            from openpyxl.styles import Alignment, Border, Font, Side

            made = SheetCell(self.sheet, row=1, column=1)
            made.font = Font(name=font[0], size=font[1])
            made.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)
            if has_border:
                side = Side(style="thin")
                made.border = Border(left=side, right=side, top=side, bottom=side)
            made.quotePrefix = quoted
            self.styles[key] = cast("_SheetCell", made)._style  # noqa: SLF001 - the only handle openpyxl has
        return self.styles[key]

    def _stretched(self, heights: tuple[float, ...], above: float) -> tuple[float, ...]:
        """Heights that fill the page under what stands above the rows."""
        room = self.layout.document.page.text_height * MM - _FOOT - above
        spare = room - sum(_height(height) for height in heights)
        share = int(max(spare, 0.0) / len(heights) / _STEP) * _STEP if heights else 0.0
        return tuple(height + share for height in heights)

    def _heights(self, heights: tuple[float, ...], row: int) -> None:
        for place, height in enumerate(heights, row):
            self.sheet.row_dimensions[place].height = _height(height)


def _height(height: float) -> float:
    return min(ceil(height / _STEP) * _STEP, _HIGHEST)
