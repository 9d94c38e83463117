"""Small tables between paragraphs: rows measured once, put together page by page. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, groupby
from math import ceil

from core.publish.breaking import break_lines, break_phrases
from core.publish.description import Align, PageSetup, TableDocument
from core.publish.fonts import Face, FontChain, Fonts
from core.publish.layout import MM, PAD_X, PAD_Y, ROW_MIN, Cell, LaidPage, Layout, Type
from core.publish.lines import wide_joint, wide_width
from core.publish.text_document import TEXT_WIDTH, TextTable

_WIDE_PAD, _LEFT_PAD = 0.6 * MM, 1.5 * MM
"""Blank beside the text in the formats that flow, centred or at the left."""
_PIECE = 3
"""Lines of one piece of a row that is torn."""


@dataclass(slots=True)
class TableRows:
    """A small table measured: column borders, heights of its rows and their cells (row 0: the first of all)."""

    edges: tuple[float, ...]
    heads: int
    heights: list[float]
    cells: list[tuple[Cell, ...]]
    type: Type
    wide: list[float]
    """What each row may take more in a word processor that lacks the face."""

    def whole(self) -> list[RowPiece]:
        """Every row, none of them torn."""
        return [RowPiece(self, row, 0, None) for row in range(len(self.heights))]

    def pieces(self, row: int, most: float) -> list[tuple[RowPiece, float]]:
        """A row with its height, or its pieces of three lines where it is higher than ``most``."""
        if self.heights[row] <= most:
            return [(RowPiece(self, row, 0, None), self.heights[row])]
        lines = max(len(cell.lines) for cell in self.cells[row])
        count = ceil(lines / _PIECE)
        pads = 2 * PAD_Y / count
        return [
            (RowPiece(self, row, at * _PIECE, (at + 1) * _PIECE), _PIECE * self.type.pitch + pads)
            for at in range(count)
        ]


@dataclass(frozen=True, slots=True)
class RowPiece:
    """A row, or its lines ``first`` … ``after`` (not counted in; None: all of them)."""

    table: TableRows
    row: int
    first: int
    after: int | None


def first_stays(heights: Sequence[float], most: float) -> bool:
    """Whether the first row under a head stays with the second: one alone at a page end looks forgotten.

    LibreOffice, too, loses the rows behind it when it only just does not fit there. ``heights``: without the head.
    """
    return len(heights) > 1 and max(heights[:2]) <= most


def table_rows(table: TextTable, fonts: Fonts) -> TableRows:
    """Measure a table."""
    open_widths = sum(not width for width in table.widths)
    rest = (TEXT_WIDTH - sum(table.widths)) / open_widths if open_widths else 0.0
    edges = (0.0, *accumulate((width or rest) * MM for width in table.widths))
    kind = Type()
    heights, rows, wide_heights = [], [], []
    for place, row in enumerate(table.rows):
        chain = fonts.chain(Face.HEAD if place < table.heads else Face.BODY)
        cells, column, most_wide = [], 0, 0
        for cell in row:
            last = column + cell.span - 1
            wide = edges[last + 1] - edges[column] - 2 * PAD_X
            breaker = break_phrases if cell.align is Align.CENTER else break_lines
            lines = tuple(breaker(cell.text, wide, partial(_width, chain, kind.size)))
            cells.append(Cell(0, 0, column, last, cell.text, lines, cell.align))
            column = last + 1
            pad = _WIDE_PAD if cell.align is Align.CENTER else _LEFT_PAD
            measure = partial(wide_width, chain, size=kind.size)
            roomy = breaker(cell.text, wide + 2 * (PAD_X - pad), measure, wide_joint(kind.size))
            most_wide = max(most_wide, len(roomy))
        most = max(len(cell.lines) for cell in cells)
        least = table.least[place] * MM if place < len(table.least) else ROW_MIN
        heights.append(max(most * kind.pitch + 2 * PAD_Y, least, ROW_MIN))
        rows.append(tuple(cells))
        wide_heights.append(max(most_wide * kind.pitch + 2 * PAD_Y - heights[-1], 0.0))
    return TableRows(edges, table.heads, heights, rows, kind, wide_heights)


def _width(chain: FontChain, size: float, text: str) -> float:
    return chain.width(text, size)


def piece_layout(table: TableRows, pieces: Sequence[RowPiece]) -> Layout:
    """Some rows of a table as a layout of one page, the table's head on top."""
    cells: list[Cell] = []
    heights: list[float] = []
    for row, run in groupby((piece for piece in pieces if piece.row >= table.heads), key=lambda piece: piece.row):
        parts = list(run)
        first, after = parts[0].first, parts[-1].after
        heights.append(_height(table, row, len(parts), is_whole=after is None))
        at = len(heights) - 1
        cells.extend(_part(cell, at, first, after) for cell in table.cells[row])
    header = tuple(
        Cell(row, row, cell.first_column, cell.last_column, cell.text, cell.lines, cell.align)
        for row in range(table.heads)
        for cell in table.cells[row]
    )
    return Layout(
        document=TableDocument("", (), (), (), page=PageSetup(width=210.0, height=297.0)),
        type=table.type,
        edges=table.edges,
        title=(),
        head_height=0.0,
        header=header,
        header_height=sum(table.heights[: table.heads]),
        pages=(LaidPage(tuple(heights), tuple(cells)),),
    )


def _height(table: TableRows, row: int, parts: int, *, is_whole: bool) -> float:
    if is_whole:
        return table.heights[row]
    lines = max(len(cell.lines) for cell in table.cells[row])
    return parts * (_PIECE * table.type.pitch + 2 * PAD_Y / ceil(lines / _PIECE))


def _part(cell: Cell, at: int, first: int, after: int | None) -> Cell:
    """A cell of a whole row, or its lines on this page; a short one beside a torn one stands on the first page."""
    lines = cell.lines if after is None else cell.lines[first:after]
    is_torn = after is not None
    return Cell(at, at, cell.first_column, cell.last_column, cell.text, lines, cell.align, is_torn=is_torn)
