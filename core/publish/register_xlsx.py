"""The unit register as a workbook: 单位名册 and 单位集合, A4 landscape, one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

from core.publish.fonts import Face

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "'")
_HEAD_SIZE, _BODY_SIZE, _TITLE_SIZE = 11, 11, 20
_TITLE_HEIGHT, _HEAD_HEIGHT, _LINE = 36.0, 24.0, 15.75
"""In pt."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, headings with their widths in letters of Chinese, and the rows; a number stays one."""

    title: str
    headings: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str | float, ...], ...]


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The whole workbook. Every text stays a text, also one that begins like a formula or is a long number."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = None
    workbook.properties.title = sheets[0].title
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _write(workbook.create_sheet(sheet.title), sheet)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    side = Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    body = Font(name=Face.BODY.value, size=_BODY_SIZE)
    wrapped = Alignment(horizontal="left", vertical="center", wrap_text=True)
    last = get_column_letter(len(sheet.headings))
    for at, (_, width) in enumerate(sheet.headings, 1):
        page.column_dimensions[get_column_letter(at)].width = width * 2 + 1
    title = page.cell(1, 1, sheet.title)
    title.font = Font(name=Face.TITLE.value, size=_TITLE_SIZE)
    title.alignment = Alignment(horizontal="center", vertical="center")
    page.merge_cells(f"A1:{last}1")
    page.row_dimensions[1].height = _TITLE_HEIGHT
    for at, (heading, _) in enumerate(sheet.headings, 1):
        cell = page.cell(2, at, heading)
        cell.font = Font(name=Face.HEAD.value, size=_HEAD_SIZE)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = border
    page.row_dimensions[2].height = _HEAD_HEIGHT
    for number, row in enumerate(sheet.rows, 3):
        for at, text in enumerate(row, 1):
            place = page.cell(number, at)
            place.font, place.alignment, place.border = body, wrapped, border
            _put(cast("Cell", place), text)
        page.row_dimensions[number].height = _height(row, [width for _, width in sheet.headings])
    _set_up(page, last, len(sheet.rows) + 2)


def _put(cell: Cell, text: str | float) -> None:
    """A text as a text: a telephone number must not become 1.38E+10, nor a name a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(text, str):
        cell.value = text
        return

    cell.number_format = "@"
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_LOOKS_LIKE_FORMULA):
        cell.quotePrefix = True


def _height(row: Sequence[str | float], widths: Sequence[float]) -> float:
    """Room for the cell with most lines; a half-width letter takes half a place."""
    lines = 1
    for text, width in zip(row, widths, strict=True):
        places = [sum(0.5 if letter.isascii() else 1.0 for letter in line) for line in str(text).split("\n")]
        lines = max(lines, sum(max(1, -int(-place // width)) for place in places))
    return min(lines * _LINE + 6, 409.0)


def _set_up(page: Worksheet, last_column: str, last_row: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "2:2"
    page.print_area = f"A1:{last_column}{last_row}"
    page.print_options.horizontalCentered = True
    page.freeze_panes = "A3"
