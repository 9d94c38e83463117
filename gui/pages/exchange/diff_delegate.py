"""Paints the table 核对: what the ledger has in quiet text, what came marked word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from core.model.ledger import EntryState
from gui import theme
from gui.pages.exchange.diff_lines import BLANK, DiffLine
from gui.pages.exchange.diff_model import FIELD, GOT, HAVE, MEASURE, TAKE
from gui.pages.exchange.marked_text import LINE, Block, Mark, MarkedBlocks
from gui.pages.table.delegates import rect_of
from gui.widgets.check import paint_check
from gui.widgets.pill import PillKind, paint_pill, pill_size

if TYPE_CHECKING:
    from gui.pages.exchange.diff_view import DiffView

PAD_X, PAD_Y = 12, 8
RULE = 1
_TAG_GAP = 4
_TAG = 18
_PILLS = {
    EntryState.NOT_STARTED: PillKind.NOT_STARTED,
    EntryState.IN_PROGRESS: PillKind.IN_PROGRESS,
    EntryState.DONE: PillKind.DONE,
    EntryState.KEPT_UP: PillKind.ONGOING,
    EntryState.NOT_APPLICABLE: PillKind.NOT_APPLICABLE,
}
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


class DiffDelegate(QStyledItemDelegate):
    """One delegate for all columns."""

    def __init__(self, view: DiffView) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = MarkedBlocks()

    # --- heights -----------------------------------------------------------------------------------

    def heights(self, lines: Sequence[DiffLine], widths: Sequence[int]) -> list[int]:
        """Height of each line for given widths, logical pixels; a measure gets room for two lines of text."""
        heights = [self._height(line, widths) for line in lines]
        for at, line in enumerate(lines):
            if not line.span:
                continue
            inner = widths[MEASURE] - 2 * PAD_X
            wanted = min(self._blocks.get(line.title, inner).height, 2 * theme.px(LINE)) + 2 * PAD_Y + RULE
            missing = wanted - sum(heights[at : at + line.span])
            heights[at + line.span - 1] += max(0, missing)
        return heights

    def _height(self, line: DiffLine, widths: Sequence[int]) -> int:
        tallest = theme.px(LINE)
        for column in (HAVE, GOT):
            content = theme.px(22) if _pill(line, column) else self._block(line, column, widths[column]).height
            if column == GOT and line.note:
                content += _TAG_GAP + theme.px(_TAG)
            tallest = max(tallest, content)
        return tallest + 2 * PAD_Y + RULE

    def _block(self, line: DiffLine, column: int, width: int) -> Block:
        text = line.diff.have if column == HAVE else line.diff.got
        inner = width - 2 * PAD_X
        if not text:
            return self._blocks.get(BLANK, inner)
        if column == HAVE:
            # A field that the return fills anew has nothing to strike.
            return self._blocks.get(text, inner, mark=Mark.GONE, stretches=line.marks.gone)
        return self._blocks.get(text, inner, mark=Mark.COME, stretches=line.marks.come)

    # --- painting ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.diff_model.line(index.row())
        if line is None:
            return
        rect, column = rect_of(option), index.column()
        tokens = theme.tokens()
        is_hot = column != MEASURE and index.row() == self._view.hover_line
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.line))
        if column != TAKE:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
        if column == MEASURE:
            self._measure(painter, rect, line)
        elif column == FIELD:
            painter.setFont(theme.font())
            painter.setPen(theme.colour(tokens.text))
            top = QRect(rect.left() + PAD_X, rect.top() + PAD_Y, rect.width() - 2 * PAD_X, theme.px(LINE))
            painter.drawText(top, _LEFT, _fitting(painter, line.diff.title, top.width()))
        elif column == TAKE:
            self._tick(painter, rect, index.row())
        else:
            self._text(painter, rect, line, column)
        painter.restore()

    def _measure(self, painter: QPainter, rect: QRect, line: DiffLine) -> None:
        """As many lines of the measure as there is room for, in its visible part."""
        shown = rect.intersected(self._view.viewport().rect())
        if shown.height() < theme.px(LINE) + 2 * PAD_Y:
            shown = rect
        most = max((shown.height() - 2 * PAD_Y - RULE) // theme.px(LINE), 1)
        block = self._blocks.get(line.title, rect.width() - 2 * PAD_X, most=most)
        painter.setPen(theme.colour(theme.tokens().text))
        painter.setClipRect(rect)
        block.draw(painter, shown.left() + PAD_X, shown.top() + PAD_Y)

    def _text(self, painter: QPainter, rect: QRect, line: DiffLine, column: int) -> None:
        tokens = theme.tokens()
        left, top = rect.left() + PAD_X, rect.top() + PAD_Y
        pill = _pill(line, column)
        if pill is not None:
            text = line.diff.have if column == HAVE else line.diff.got
            paint_pill(painter, QPoint(left, top - 1), text, pill)
            top += theme.px(22)
        else:
            is_quiet = column == HAVE or not line.diff.got
            block = self._block(line, column, rect.width())
            painter.setPen(theme.colour(tokens.second_text if is_quiet else tokens.text))
            block.draw(painter, left, top)
            top += block.height
        if column == GOT and line.note:
            self._tag(painter, QRect(left, top + _TAG_GAP, rect.right() - PAD_X - left, theme.px(_TAG)), line.note)

    @staticmethod
    def _tag(painter: QPainter, room: QRect, note: str) -> None:
        painter.setFont(theme.font(12))
        text = _fitting(painter, note, room.width() - 12)
        size = pill_size(text, PillKind.INCOMPLETE)
        paint_pill(painter, QPoint(room.left(), room.top() + (room.height() - size.height()) // 2), text, "incomplete")

    def _tick(self, painter: QPainter, rect: QRect, row: int) -> None:
        square = QRect(rect.left(), rect.top() + PAD_Y, rect.width(), theme.px(LINE))
        model = self._view.diff_model
        paint_check(painter, square, is_checked=model.is_chosen(row), is_enabled=not model.is_fixed)


def _pill(line: DiffLine, column: int) -> PillKind | None:
    if not line.is_state:
        return None
    text = line.diff.have if column == HAVE else line.diff.got
    return _PILLS[EntryState(text)] if text in set(EntryState) else None


def _fitting(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
