"""A plain table to read: lines of text under heads, in the colours of the look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.widgets.row_painting import FOCUSED, SELECTED, paint_ring, paint_row, rect_of, state_of

ROW = 32
_PAD = 10
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, ...]


class LineModel(QAbstractTableModel):
    """Lines of text under heads."""

    def __init__(self, heads: Line, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._lines: tuple[Line, ...] = ()

    def load(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def lines(self) -> tuple[Line, ...]:
        """All of them."""
        return self._lines

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(self._heads):
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if index.isValid() and role in {_DISPLAY, _TOOLTIP} and index.row() < len(self._lines):
            return self._lines[index.row()][index.column()]
        return None


class _Header(QHeaderView):
    """36 high, bold, on the ground of heads."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(36))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = theme.tokens()
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        painter.drawText(rect.adjusted(_PAD, 0, -4, 0), _LEFT, title)
        painter.restore()


class _Delegate(QStyledItemDelegate):
    """Text cut at its end; whole in the tooltip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = rect_of(option), state_of(option)
        painter.save()
        paint_row(painter, rect, is_chosen=bool(state & SELECTED), is_hot=False, has_bar=index.column() == 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.tokens().text))
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, text)
        if state & FOCUSED:
            paint_ring(painter, rect)
        painter.restore()


class QuietTable(QTableView):
    """``widths`` of the columns in logical pixels at the base size; 0 shares what is left."""

    def __init__(self, model: LineModel, widths: tuple[int, ...], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.line_model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Header(Qt.Orientation.Horizontal, self))
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column, width in enumerate(widths):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
            if width:
                self.setColumnWidth(column, theme.px(width))
