"""Paints the cells of the table: printed text on the left, pills, bar and counts on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.pages.table.arrange import Band
from gui.pages.table.columns import DONE, DUE, EVIDENCE, SECTION, STATUS, TASK, TEXT
from gui.pages.table.layout import (
    LINE,
    NOTE_LINE,
    PAD_X,
    PAD_Y,
    PILL_GAP,
    PILL_X,
    RULE,
    TAG_GAP,
    TAG_TEXT,
    tag_starts_line,
)
from gui.widgets.paint import box
from gui.widgets.pill import PillKind, paint_pill, pill_size, state_pill

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle

    from gui.pages.table.rows import TableRow
    from gui.pages.table.view import TableView

BAR = 4
ACCENT_BAR = 3
_RIGHT = 8
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """One delegate for all columns; what is drawn follows from the column's key."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.table_model

    def first_own_column(self) -> int:
        """Where a row's look begins: after section and task while these merge, else at the left edge."""
        if not self._model.arranged.is_merged:
            return 0
        keys = [column.key for column in self._model.columns]
        return next((index for index, key in enumerate(keys) if key not in {SECTION, TASK}), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, column = index.row(), index.column()
        found = self._model.arranged.lines[line]
        rect = rect_of(option)
        if isinstance(found, Band):
            self._paint_band(painter, rect, found)
            return
        merged = self._view.is_merged(line, column)
        is_own = not merged and column >= self.first_own_column()
        # asked of the view: to make the flags of QStyle takes ten milliseconds of the start
        is_chosen = is_own and self._view.selectionModel().isSelected(index)
        self._paint_ground(painter, rect, is_chosen=is_chosen, is_hot=is_own and line == self._view.hover_line)
        self._paint_rules(painter, rect, column)
        if is_chosen:
            self._paint_chosen(painter, rect, is_first=column == self.first_own_column())
        painter.setPen(theme.colour(theme.tokens().text))
        key = self._model.columns[column].key
        if key == STATUS:
            self._paint_status(painter, rect, found)
        elif key == DUE:
            self._paint_due(painter, rect, found, column)
        elif key in {DONE, EVIDENCE}:
            self._paint_number(painter, rect, found, column)
        else:
            self._paint_text(painter, rect, found, column, floats=merged)

    def _paint_ground(self, painter: QPainter, rect: QRect, *, is_chosen: bool, is_hot: bool) -> None:
        tokens = theme.tokens()
        fill = tokens.hover if is_hot else tokens.surface
        if is_chosen and not tokens.is_high_contrast:
            fill = tokens.chosen
        painter.fillRect(rect, theme.colour(fill))

    def _paint_rules(self, painter: QPainter, rect: QRect, column: int) -> None:
        tokens = theme.tokens()
        columns = self._model.columns
        is_group_end = columns[column].is_printed and not columns[min(column + 1, len(columns) - 1)].is_printed
        side = tokens.strong_line if is_group_end else tokens.line
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.line))
        painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(side))

    @staticmethod
    def _paint_chosen(painter: QPainter, rect: QRect, *, is_first: bool) -> None:
        tokens = theme.tokens()
        accent = theme.colour(tokens.accent)
        if tokens.is_high_contrast:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, accent)
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, accent)
        if is_first:
            painter.fillRect(rect.left(), rect.top(), ACCENT_BAR, rect.height() - RULE, accent)

    @staticmethod
    def _paint_band(painter: QPainter, rect: QRect, band: Band) -> None:
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.line))
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=True))
        painter.drawText(rect.adjusted(PAD_X, 0, -PAD_X, 0), _TOP_LEFT, band.text)

    def _paint_text(self, painter: QPainter, rect: QRect, row: TableRow, column: int, *, floats: bool) -> None:
        """The text at the top of the cell, or at the top of the part of a merged cell that is in sight."""
        width = rect.width() - 2 * PAD_X
        block = self._view.blocks.get(row.texts[column], width)
        top = rect.top()
        if floats:
            room = rect.height() - RULE - block.height - 2 * PAD_Y
            top += min(max(0, -rect.top()), max(0, room))
        top += PAD_Y
        block.draw(painter, rect.left() + PAD_X, top)
        if self._model.columns[column].key == TEXT and row.source.to_verify:
            size = pill_size(TAG_TEXT, PillKind.VERIFY)
            left, line_top = (
                rect.left() + PAD_X + block.last_width + theme.px(TAG_GAP),
                top + block.height - theme.px(LINE),
            )
            if tag_starts_line(block, width):
                left, line_top = rect.left() + PAD_X, top + block.height
            corner = QPoint(round(left), round(line_top + (theme.px(LINE) - size.height()) / 2))
            paint_pill(painter, corner, TAG_TEXT, PillKind.VERIFY)

    @staticmethod
    def _paint_status(painter: QPainter, rect: QRect, row: TableRow) -> None:
        corner = QPoint(rect.left() + PILL_X, rect.top() + PAD_Y)
        drawn = paint_pill(painter, corner, *state_pill(row.source.status.state))
        if row.light:
            paint_pill(painter, QPoint(corner.x(), drawn.bottom() + 1 + PILL_GAP), *row.light)

    def _paint_due(self, painter: QPainter, rect: QRect, row: TableRow, column: int) -> None:
        painter.setFont(theme.font())
        box_ = QRect(rect.left() + PILL_X, rect.top() + PAD_Y, rect.width() - PILL_X, theme.px(LINE))
        painter.drawText(box_, _TOP_LEFT, row.texts[column])
        painter.setPen(theme.colour(theme.tokens().second_text))
        painter.setFont(theme.font(12))
        for number, note in enumerate(row.due_notes):
            top = box_.top() + theme.px(LINE) + number * theme.px(NOTE_LINE) - 1
            painter.drawText(QRect(box_.left(), top, box_.width(), theme.px(NOTE_LINE)), _TOP_LEFT, note)

    def _paint_number(self, painter: QPainter, rect: QRect, row: TableRow, column: int) -> None:
        painter.setFont(theme.font())
        line = QRect(rect.left(), rect.top() + PAD_Y, rect.width() - RULE - _RIGHT, theme.px(LINE))
        painter.drawText(line, _TOP_RIGHT, row.texts[column])
        if self._model.columns[column].key == DONE and row.source.total:
            left = rect.left() + PILL_X
            paint_share(painter, QRect(left, line.bottom() + 5, line.right() + 1 - left, BAR), row.share)


def paint_share(painter: QPainter, rect: QRect, share: float) -> None:
    """A bar of what is done, 0 to 1; something done is never drawn as nothing, nor almost all as all."""
    tokens = theme.tokens()
    frame = QColor(tokens.text).name() if tokens.is_high_contrast else ""
    box(painter, rect, fill=tokens.bar_not_started, border=frame, radius=BAR / 2)
    if share > 0:
        width = rect.width() if share >= 1 else min(max(round(rect.width() * share), BAR), rect.width() - BAR)
        box(painter, QRect(rect.left(), rect.top(), width, rect.height()), fill=tokens.bar_done, radius=BAR / 2)


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Where the item lies; Qt's type hints leave the fields of style options out."""
    return cast("QRect", cast("Any", option).rect)


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Whether the item is chosen, hovered, focused."""
    return cast("QStyle.StateFlag", cast("Any", option).state)
