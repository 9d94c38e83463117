"""Wrapped text and row heights, from font metrics, worked out once a width.

Qt's own `resizeRowsToContents` asks for every cell again at every call and knows nothing of merged cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout, QTextOption

from gui import theme
from gui.pages.table.arrange import Band
from gui.pages.table.columns import DONE, DUE, EVIDENCE, STATUS, TEXT
from gui.widgets.pill import PillKind, pill_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from gui.pages.table.arrange import Arranged
    from gui.pages.table.columns import TableColumn
    from gui.pages.table.rows import TableRow

PAD_X, PAD_Y = 12, 8
LINE, NOTE_LINE = 22, 16
PILL, PILL_GAP, PILL_X = 22, 4, 10
TAG_GAP = 6
TAG_TEXT = "待核对"
BAND = 36
RULE = 1
_LINE_SEPARATOR = "\u2028"
_CACHE_MAX = 6000
_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_COMPUTED = frozenset({DUE, STATUS, DONE, EVIDENCE})


class Block(NamedTuple):
    """A text wrapped into a width, ready to draw: height and width of its last line in logical pixels."""

    layout: QTextLayout
    height: int
    last_width: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the painter's pen, the upper left corner at x, y."""
        self.layout.draw(painter, QPointF(x, y))


class Blocks:
    """Wrapped texts, kept: the same phrase stands in many rows, and scrolling draws it again and again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, int, bool], Block] = {}

    def clear(self) -> None:
        """Forget everything: the font is another."""
        self._kept.clear()

    def get(self, text: str, width: int, *, size: int = theme.BASE, bold: bool = False) -> Block:
        """The text wrapped into a width in logical pixels; ``size`` is a size of the look."""
        key = (text, width, size, bold)
        block = self._kept.get(key)
        if block is None:
            if len(self._kept) > _CACHE_MAX:
                self._kept.clear()
            block = self._kept[key] = _wrap(text, width, size, bold)
        return block


def _wrap(text: str, width: int, size: int, bold: bool) -> Block:
    layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), theme.font(size, bold=bold))
    option = QTextOption()
    option.setWrapMode(_WRAP)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    step = theme.px(LINE if size >= theme.BASE else NOTE_LINE)
    layout.beginLayout()
    top, last_width = 0, 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        top += step
        last_width = line.naturalTextWidth()
    layout.endLayout()
    return Block(layout, max(top, step), last_width)


def tag_starts_line(block: Block, width: int) -> bool:
    """Whether the tag no longer fits behind the last line of a block and gets a line of its own."""
    return block.last_width + theme.px(TAG_GAP) + pill_size(TAG_TEXT, PillKind.VERIFY).width() > width


class Heights:
    """Heights of the lines for given column widths; all in logical pixels."""

    def __init__(self, columns: Sequence[TableColumn], widths: Sequence[int], blocks: Blocks) -> None:
        self._columns = columns
        self._inner = [width - 2 * PAD_X for width in widths]
        self._blocks = blocks

    def of(self, arranged: Arranged) -> list[int]:
        """Height of every line: its own cells first, then what a merged cell still needs, added to its last line."""
        merged = {
            (line, span.column)
            for span in arranged.spans
            if span.lines > 1
            for line in range(span.line, span.line + span.lines)
        }
        heights = [self._line(index, line, merged) for index, line in enumerate(arranged.lines)]
        for span in sorted(arranged.spans, key=lambda span: span.lines):
            row = arranged.lines[span.line]
            if span.lines < 2 or isinstance(row, Band):
                continue
            missing = self.cell(row, span.column) - sum(heights[span.line : span.line + span.lines])
            heights[span.line + span.lines - 1] += max(0, missing)
        return heights

    def _line(self, index: int, line: TableRow | Band, merged: set[tuple[int, int]]) -> int:
        if isinstance(line, Band):
            return theme.px(BAND)
        free = [column for column in range(len(self._columns)) if (index, column) not in merged]
        return max(self.cell(line, column) for column in free)

    def cell(self, row: TableRow, column: int) -> int:
        """Height one cell needs."""
        key = self._columns[column].key
        if key in _COMPUTED:
            content = self._computed(row, key)
        else:
            block = self._blocks.get(row.texts[column], self._inner[column])
            content = block.height
            if key == TEXT and row.source.to_verify and tag_starts_line(block, self._inner[column]):
                content += theme.px(LINE)
        return content + 2 * PAD_Y + RULE

    @staticmethod
    def _computed(row: TableRow, key: str) -> int:
        if key == STATUS:
            pills = 2 if row.light else 1
            return pills * theme.px(PILL) + (pills - 1) * PILL_GAP
        if key == DUE:
            return theme.px(LINE) + len(row.due_notes) * theme.px(NOTE_LINE)
        return theme.px(LINE)
