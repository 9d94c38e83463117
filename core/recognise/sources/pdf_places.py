"""Where on its page something of a PDF stands: the way back from a place to the picture, for the review sheet."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.pdfium import PDFIUM
from core.recognise.blocks import Block, Paragraph, Place, Table
from core.recognise.sources.pdf_lines import lines_of
from core.recognise.sources.pdf_page import Char, PageContent, read_page
from core.recognise.sources.pdf_tables import Grid, find_grids, slots_of

_BELOW = 0.25
"""How far a line's letters reach below its base, as a share of their size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page ``page`` (from 1), in pt from the upper left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def boxes_on_page(data: bytes, blocks: Sequence[Block], page: int) -> dict[Place, tuple[Box, ...]]:
    """Where everything stands that was read from one page; empty for a page that cannot be read.

    A paragraph has one box a line. Text that stands turned on its page has none: the picture shows it as it lies.
    """
    content = _content(data, page)
    if content is None:
        return {}
    grids = [(grid, [c for c in content.characters if grid.holds(c)]) for grid in find_grids(content)]
    grids = [(grid, inside) for grid, inside in grids if any(char.text.strip() for char in inside)]
    tables = [block for block in blocks if isinstance(block, Table) and block.place.page == page]
    found: dict[Place, tuple[Box, ...]] = {}
    for (grid, inside), table in zip(grids, tables, strict=False):
        found |= _cells(grid, inside, table, page)
    in_tables = {id(char) for _, inside in grids for char in inside}
    rest = [char for char in content.characters if id(char) not in in_tables]
    lines = [(_squeezed(line.text), line) for line in lines_of(rest)]
    for block in blocks:
        if not isinstance(block, Paragraph) or block.place.page not in {page, page - 1}:
            continue
        text = _squeezed(block.text)
        boxes = tuple(
            Box(page, line.x0, line.base - line.size * (1 - _BELOW), line.x1 - line.x0, line.size)
            for words, line in lines
            if len(words) > 1 and words in text
        )
        if boxes:
            found[block.place] = boxes
    return found


def _content(data: bytes, page: int) -> PageContent | None:
    import pypdfium2

    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        with PDFIUM:
            if not 1 <= page <= len(document):
                return None
            width = document.get_page_size(page - 1)[0]
            content = read_page(document, page - 1)
    finally:
        with PDFIUM, suppress(Exception):
            document.close()
    is_turned = abs(content.width - width) > 1
    return None if is_turned else content


def _cells(grid: Grid, inside: list[Char], table: Table, page: int) -> dict[Place, tuple[Box, ...]]:
    """The boxes of a table's cells; the table dropped columns in which no cell begins."""
    slots = slots_of(grid, inside)
    begun = sorted({slot.column for slot in slots})
    found: dict[Place, tuple[Box, ...]] = {}
    for slot in slots:
        column = begun.index(slot.column)
        if slot.row >= len(table.rows) or column >= len(table.rows[slot.row]):
            continue
        cell = table.rows[slot.row][column]
        if cell is None:
            continue
        x, y = grid.xs[slot.column], grid.ys[slot.row]
        width = grid.xs[slot.column + slot.column_span] - x
        found[cell.place] = (Box(page, x, y, width, grid.ys[slot.row + slot.row_span] - y),)
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())
