"""Where on its page something of a PDF stands: the way back from a place to the picture, for the review sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate

from core.pdfium import PDFIUM
from core.recognise.blocks import Block, Paragraph, Place, Table
from core.recognise.sources.pdf_lines import TextLine, lines_of
from core.recognise.sources.pdf_page import Char, PageContent, read_page
from core.recognise.sources.pdf_tables import Grid, find_grids, slots_of

_SURE = 10
"""As many characters together stand in one place of a page."""
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
    lines = lines_of(rest)
    for block in blocks:
        if isinstance(block, Paragraph) and block.place.page in {page, page - 1}:
            mine = _lines(lines, block, page)
            if mine:
                found[block.place] = tuple(_box(line, page) for line in mine)
    return found


def _lines(lines: Sequence[TextLine], block: Paragraph, page: int) -> Sequence[TextLine]:
    """The lines of a paragraph that stand on a page: all of them, or its end or its beginning at the page's edge."""
    texts = [_squeezed(line.text) for line in lines]
    starts = [0, *accumulate(len(text) for text in texts)]
    whole, text = "".join(texts), _squeezed(f"{block.number}{block.text}")
    if not text:
        return ()
    at = whole.find(text)
    end = at + len(text)
    if at < 0 and block.place.page == page:
        at = whole.find(text[:_SURE])
        end = len(whole)
        while at >= 0 and not text.startswith(whole[at:end]) and end > at:
            end = starts[bisect_left(starts, end) - 1]
    elif at < 0:
        head = text.find(whole[:_SURE]) if len(whole) >= _SURE else -1
        at, end = (0, len(text) - head) if head >= 0 else (-1, 0)
    if at < 0:
        return ()
    return [
        line
        for line, start, text in zip(lines, starts, texts, strict=False)
        if at <= start < end or start <= at < start + len(text)
    ]


def _box(line: TextLine, page: int) -> Box:
    return Box(page, line.x0, line.base - line.size * (1 - _BELOW), line.x1 - line.x0, line.size)


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
