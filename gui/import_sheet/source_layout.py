"""Where the paragraphs and tables of a source lie on its paper, worked out once a width; drawing is the view's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from core.office.review import Block, Cell, Paragraph, Place, Review, Table
from gui import theme
from gui.pages.table.layout import Block as Words
from gui.pages.table.layout import Blocks

MARGIN, PADDING = 12, 16
GAP = 8
STRIP = 32
SIZE = 14
_CELL_X, _CELL_Y = 6, 5
_LEAST, _MOST_LEAST, _ONE_LINE = 44, 140, 240
_EXACT = 6000
"""Cells up to which every height is measured; beyond, rows are one line high."""
HEADING, UNUSED, PLAIN = "heading", "unused", "plain"


@dataclass(slots=True)
class CellBox:
    """A cell on the paper."""

    place: Place
    text: str
    rect: QRect


@dataclass(slots=True)
class ParagraphBox:
    """A paragraph on the paper; ``kind`` is heading, unused or plain."""

    place: Place
    text: str
    kind: str
    rect: QRect


@dataclass(slots=True)
class StripBox:
    """A note between rows: numbers are missing here."""

    text: str
    rect: QRect


@dataclass(slots=True)
class TableBox:
    """A table, or the part of one between two strips: upper edges of its rows, and who covers each place."""

    place: Place
    rect: QRect
    tops: list[int]
    owners: list[list[CellBox]]
    is_unused: bool = False


Box = ParagraphBox | StripBox | TableBox


@dataclass(slots=True)
class SourceLayout:
    """Everything on the paper from the top; sizes in logical pixels of the whole paper's ground."""

    width: int
    boxes: list[Box] = field(default_factory=list)
    height: int = 0
    is_exact: bool = True
    by_place: dict[Place, QRect] = field(default_factory=dict)
    tops: list[int] = field(default_factory=list)

    def between(self, upper: int, lower: int) -> Iterator[Box]:
        """The boxes of which something lies between two heights."""
        first = max(bisect_right(self.tops, upper) - 1, 0)
        for box in self.boxes[first:]:
            if box.rect.top() > lower:
                return
            yield box

    def place_at(self, x: int, y: int) -> Place | None:
        """What stands at a point."""
        for box in self.between(y, y):
            if isinstance(box, ParagraphBox) and box.rect.contains(x, y):
                return box.place
            if isinstance(box, TableBox) and box.rect.contains(x, y):
                return next((cell.place for cell in cells_of(box, y, y) if cell.rect.contains(x, y)), None)
        return None


def cells_of(table: TableBox, upper: int, lower: int) -> Iterator[CellBox]:
    """The cells of a table of which something lies between two heights, each once."""
    first = max(bisect_right(table.tops, upper) - 1, 0)
    last = max(bisect_right(table.tops, lower) - 1, 0)
    seen: set[int] = set()
    for row in range(first, min(last + 1, len(table.owners))):
        for cell in table.owners[row]:
            if id(cell) not in seen:
                seen.add(id(cell))
                yield cell


class Builder:
    """Lays a source out."""

    def __init__(self, review: Review, gaps: Mapping[Place, str], words: Blocks, room: int) -> None:
        self._review = review
        self._gaps = gaps
        self._words = words
        self._headings = {id(block) for block in review.draft.headings}
        self._unused = {id(block) for block in review.draft.unused}
        self._left = MARGIN + PADDING
        cells = sum(len(row) for block in review.source.blocks if isinstance(block, Table) for row in block.rows)
        self.is_exact = cells <= _EXACT
        tables = [_column_widths(block) for block in review.source.blocks if isinstance(block, Table)]
        self._most_least = _MOST_LEAST if self.is_exact else _ONE_LINE
        least = max((sum(_least(width, self._most_least) for width in table) for table in tables), default=0)
        self._inner = max(room - 2 * self._left, least)
        self._y = MARGIN + PADDING
        self._layout = SourceLayout(self._inner + 2 * self._left, is_exact=self.is_exact)

    def build(self) -> SourceLayout:
        """Everything, from the top."""
        for block in self._review.source.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)
        self._layout.height = self._y + PADDING + MARGIN
        self._layout.tops = [box.rect.top() for box in self._layout.boxes]
        return self._layout

    def _paragraph(self, block: Paragraph) -> None:
        text = f"{block.number}{block.text}"
        if not text.strip():
            return
        if block.place in self._gaps:
            self._strip(self._gaps[block.place])
        kind = HEADING if id(block) in self._headings else UNUSED if id(block) in self._unused else PLAIN
        height = words_of(self._words, text, self._inner, kind).height
        rect = QRect(self._left, self._y, self._inner, height)
        self._add(ParagraphBox(block.place, text, kind, rect))
        self._layout.by_place[block.place] = rect
        self._y += height + GAP

    def _strip(self, text: str) -> None:
        self._add(StripBox(text, QRect(self._left, self._y, self._inner, theme.px(STRIP))))
        self._y += theme.px(STRIP) + GAP

    def _add(self, box: Box) -> None:
        self._layout.boxes.append(box)

    def _table(self, block: Table) -> None:
        if not block.rows:
            return
        widths = _spread(_column_widths(block), self._inner, self._most_least)
        lefts = [self._left]
        for width in widths:
            lefts.append(lefts[-1] + width)
        start = 0
        cuts = self._cuts(block)
        for end in [*sorted(cut for cut in cuts if cut), len(block.rows)]:
            if start in cuts:
                self._strip(cuts[start])
            self._part(block, start, end, lefts)
            start = end

    def _cuts(self, block: Table) -> dict[int, str]:
        """Rows before which a strip stands: above all cells that run over the place, above a header too."""
        crossed = {
            each
            for row, cells in enumerate(block.rows)
            for cell in cells
            if cell is not None
            for each in range(row + 1, row + cell.row_span)
        }
        cuts: dict[int, str] = {}
        for row, cells in enumerate(block.rows):
            for cell in cells:
                if cell is not None and cell.place in self._gaps:
                    at = row
                    while at in crossed or at == 1:
                        at -= 1
                    cuts[at] = self._gaps[cell.place]
        return cuts

    def _part(self, block: Table, start: int, end: int, lefts: list[int]) -> None:
        heights = self._heights(block, start, end, lefts)
        tops = [self._y]
        for height in heights:
            tops.append(tops[-1] + height)
        columns = len(lefts) - 1
        owners: list[list[CellBox | None]] = [[None] * columns for _ in range(start, end)]
        for row in range(start, end):
            for column, cell in enumerate(block.rows[row]):
                if cell is None:
                    continue
                right = min(column + cell.column_span, columns)
                low = min(row + cell.row_span, end)
                rect = QRect(
                    lefts[column],
                    tops[row - start],
                    lefts[right] - lefts[column],
                    tops[low - start] - tops[row - start],
                )
                box = CellBox(cell.place, cell.text, rect)
                self._layout.by_place[cell.place] = rect
                for line in range(row, low):
                    for each in range(column, right):
                        owners[line - start][each] = box
        rect = QRect(lefts[0], tops[0], lefts[-1] - lefts[0], tops[-1] - tops[0])
        found = [[cell for cell in line if cell is not None] for line in owners]
        self._add(TableBox(block.place, rect, tops[:-1], found, id(block) in self._unused))
        self._y = tops[-1] + GAP

    def _heights(self, block: Table, start: int, end: int, lefts: list[int]) -> list[int]:
        least = theme.px(22) + 2 * _CELL_Y
        heights = [least] * (end - start)
        if not self.is_exact:
            return heights
        tall: list[tuple[int, int, int]] = []
        for row in range(start, end):
            for column, cell in enumerate(block.rows[row]):
                if cell is None or not cell.text:
                    continue
                right = min(column + cell.column_span, len(lefts) - 1)
                needed = cell_words(self._words, cell.text, lefts[right] - lefts[column]).height + 2 * _CELL_Y
                if cell.row_span == 1:
                    heights[row - start] = max(heights[row - start], needed)
                else:
                    tall.append((row - start, min(row + cell.row_span, end) - start, needed))
        for first, last, needed in tall:
            missing = needed - sum(heights[first:last])
            heights[last - 1] += max(0, missing)
        return heights


def words_of(words: Blocks, text: str, width: int, kind: str) -> Words:
    """A paragraph, wrapped."""
    return words.get(text, width, size=SIZE, bold=kind == HEADING)


def cell_words(words: Blocks, text: str, width: int) -> Words:
    """The text of a cell, wrapped."""
    return words.get(text, width - 2 * _CELL_X, size=SIZE)


def cell_corner(rect: QRect, height: int) -> tuple[int, int]:
    """Where the text of a cell begins: in the middle of its height, as it is printed."""
    return rect.left() + _CELL_X, rect.top() + max(_CELL_Y, (rect.height() - height) // 2)


def _column_widths(block: Block) -> list[int]:
    """Wished widths of a table's columns, from the length of their texts."""
    if not isinstance(block, Table):
        return []
    columns = max((len(row) for row in block.rows), default=0)
    wished = [_LEAST] * columns
    for row in block.rows[:400]:
        for column, cell in enumerate(row):
            if cell is not None and cell.column_span == 1:
                wished[column] = max(wished[column], _wish(cell))
    return wished


def _wish(cell: Cell) -> int:
    """Long texts need room, but not as much as they are long."""
    longest = max((len(line) for line in cell.text.split("\n")), default=0)
    return round(min(longest, 8) * SIZE + max(0, min(longest, 120) - 8) * SIZE * 0.25) + 2 * _CELL_X


def _least(wished: int, most: int) -> int:
    """The least width of a column; what does not fit then is scrolled to. A row of one line needs more of its wish."""
    return max(_LEAST, min(wished if most == _ONE_LINE else wished // 3, most))


def _spread(wished: list[int], room: int, most: int) -> list[int]:
    """Widths that fill the room: the least of each column, and of what is left as much as it wishes."""
    widths = [_least(width, most) for width in wished]
    left = max(0, room - sum(widths))
    wishes = [wish - width for wish, width in zip(wished, widths, strict=True)]
    total = sum(wishes) or 1
    widths = [width + wish * left // total for width, wish in zip(widths, wishes, strict=True)]
    if widths:
        widths[widths.index(max(widths))] += max(0, room - sum(widths))
    return widths
