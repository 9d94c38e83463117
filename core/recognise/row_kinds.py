"""What a row of a plan's table is besides measures: the header once more, a heading, a remark."""

from __future__ import annotations

import re

from core.recognise.blocks import Cell
from core.recognise.columns import Layout, named
from core.recognise.sheet import Sheet
from core.recognise.sheet_rows import Row
from core.recognise.wording import squeeze

_REMARK = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填表人|填报人|填报单位|联系人|审核人|制表|单位负责人|合计|总计|共计)\s*[\d：:（(、.]"
    r"|(合计|总计)$"
)
CHINESE = r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$"
"""The number of a section in a column of its own."""


def distinct(row: Row) -> list[Cell]:
    """The cells of a row that hold text, each once."""
    cells = {id(cell): cell for cell in row.cells if cell is not None and cell.text.strip()}
    return list(cells.values())


def line_of(row: Row) -> str:
    """The texts of a row for comparing."""
    return "\t".join(squeeze(cell.text) for cell in distinct(row))


def is_header_again(row: Row, sheet: Sheet) -> bool:
    """The header once more inside the table, perhaps with other breaks."""
    cells = distinct(row)
    titles = {squeeze(title) for title in sheet.layout.titles if title}
    return len(cells) >= 2 and all(squeeze(cell.text) in titles or named(cell.text) for cell in cells)


def is_remark(row: Row) -> bool:
    """注：…, 填表人, 合计, or a page number alone."""
    cells = distinct(row)
    return bool(_REMARK.match(cells[0].text.strip())) or (len(cells) == 1 and squeeze(cells[0].text).isdecimal())


def only_cell(row: Row, layout: Layout) -> Cell | None:
    """The one cell of a row that says anything, those of the outline's coarser columns aside."""
    outline = {*layout.at("section"), *layout.at("task")}
    said = [(c, cell) for c, cell in enumerate(row.cells) if cell is not None and cell.text.strip()]
    beside = {id(cell): cell for c, cell in said if c not in outline}
    if len(beside) == 1 and {c for c, cell in said if id(cell) in beside} <= set(layout.at("text")):
        cells = beside
    else:
        cells = {id(cell): cell for c, cell in said if c not in outline or row.own[c]}
    if len(cells) != 1:
        return None
    cell = next(iter(cells.values()))
    return cell if row.own[row.cells.index(cell)] else None
