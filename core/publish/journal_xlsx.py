"""操作日志 as a workbook, written row by row: a hundred thousand lines do not fit into memory as cells."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from core.publish.fonts import Face

COLUMNS = (("序号", 5.0), ("时间", 8.5), ("操作人", 6.0), ("操作", 8.0), ("对象", 18.0), ("变动", 40.0), ("原因", 12.0))
"""Headings with their widths in letters of Chinese."""
_MOST = 32_000
"""A cell takes 32,767 letters."""
_CUT = "……（其余见台账）"
_TITLE_HEIGHT, _HEAD_HEIGHT, _LINE = 36.0, 24.0, 15.75
_SIZE, _TITLE_SIZE = 11, 20


def workbook_bytes(note: str, rows: Iterable[tuple[int | str, ...]]) -> bytes:
    """The whole workbook; ``note`` stands under the title: what was asked for."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    workbook = Workbook(write_only=True)
    workbook.properties.creator = None
    workbook.properties.title = "操作日志"
    page = workbook.create_sheet("操作日志")
    side = Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    body = Font(name=Face.BODY.value, size=_SIZE)
    wrapped = Alignment(horizontal="left", vertical="center", wrap_text=True)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    last = get_column_letter(len(COLUMNS))
    for at, (_, width) in enumerate(COLUMNS, 1):
        page.column_dimensions[get_column_letter(at)].width = width * 2 + 1
    page.freeze_panes = "A4"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "3:3"
    page.merged_cells.ranges.add(_range(f"A1:{last}1"))
    page.merged_cells.ranges.add(_range(f"A2:{last}2"))
    page.row_dimensions[1].height = _TITLE_HEIGHT
    page.row_dimensions[3].height = _HEAD_HEIGHT

    def cell(value: int | str, font: Font, alignment: Alignment, edges: Border | None) -> Any:  # noqa: ANN401 - openpyxl's cell
        made = WriteOnlyCell(page)
        made.font, made.alignment = font, alignment
        if edges is not None:
            made.border = edges
        _put(made, value)
        return made

    page.append([cell("操作日志", Font(name=Face.TITLE.value, size=_TITLE_SIZE), centred, None)])
    page.append([cell(note, body, wrapped, None)])
    page.append([cell(title, Font(name=Face.HEAD.value, size=_SIZE), centred, border) for title, _ in COLUMNS])
    # a row is written at once: the same cells serve all, and their look is set once
    cells = [cell("", body, wrapped, border) for _ in COLUMNS]
    try:
        for number, row in enumerate(rows, 4):
            page.row_dimensions[number].height = _height(row)
            for place, value in zip(cells, row, strict=True):
                _put(place, value)
            page.append(cells)
    except BaseException:
        page.close()  # cancelled or failed: openpyxl's half-written part must be ended before it goes
        raise
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _put(cell: Any, value: int | str) -> None:  # noqa: ANN401 - openpyxl's cell
    """A text stays a text, also one that begins like a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = None
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value if len(value) <= _MOST else value[:_MOST] + _CUT)
        cell.data_type = "s"


def _range(reference: str) -> Any:  # noqa: ANN401 - openpyxl's own type
    from openpyxl.worksheet.cell_range import CellRange

    return CellRange(reference)


def _height(row: tuple[int | str, ...]) -> float:
    """Room for the cell with most lines, in pt; a half-width letter takes half a place."""
    lines = 1
    for value, (_, width) in zip(row, COLUMNS, strict=True):
        places = [sum(0.5 if letter.isascii() else 1.0 for letter in line) for line in str(value).split("\n")]
        lines = max(lines, sum(max(1, -int(-place // width)) for place in places))
    return min(lines * _LINE + 6, 409.0)
