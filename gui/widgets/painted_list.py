"""Lists whose rows paint themselves: one model, one delegate, one view; the heirs say what a row is and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.widgets.copying_list import CopyingList
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

DISPLAY = Qt.ItemDataRole.DisplayRole
TIP = Qt.ItemDataRole.ToolTipRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
CHECK = Qt.ItemDataRole.CheckStateRole
LINE = Qt.ItemDataRole.UserRole
"""The line itself, for its delegate and for whoever opens it."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Index = QModelIndex | QPersistentModelIndex
Line = TypeVar("Line")
_ROOT = QModelIndex()


class ListModel(QAbstractListModel, Generic[Line]):
    """Lines in the order they came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def load(self, lines: Sequence[Line]) -> None:
        """Show other lines; where all have the keys of those before, nothing is torn down."""
        keys = [self.key(line) for line in lines]
        is_same = bool(keys) and None not in keys and keys == [self.key(line) for line in self.lines]
        if is_same:
            self.lines = tuple(lines)
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def key(self, line: Line) -> object:  # noqa: ARG002 - for the heirs
        """What tells a line from others and stays when its words change; None: every load is another list."""
        return None

    def line(self, row: int) -> Line | None:
        """The line of a row, None for none."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def position(self, key: object) -> int:
        """The row of a key, -1 when it is not there."""
        return next((row for row, line in enumerate(self.lines) if self.key(line) == key), -1)

    def said(self, line: Line, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        """What a line says in a role; None for nothing."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        return line if role == LINE else self.said(line, role)


class RowDelegate(QStyledItemDelegate):
    """Ground, line, accent bar and the keyboard's frame; the heirs draw what stands on the row.

    ``marks_without_keyboard``: the chosen row stays marked while the keyboard is elsewhere.
    """

    height, least_width = 36, 120
    marks_without_keyboard = False
    has_bar = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - every row is as high
        return QSize(theme.px(self.least_width), theme.px(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row, the frame last."""
        rect, state = rect_of(option), state_of(option)
        has_keyboard = bool(state & SELECTED) and bool(state & FOCUSED)
        is_chosen = bool(state & SELECTED) if self.marks_without_keyboard else has_keyboard
        painter.save()
        self.paint_ground(painter, rect, index, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
        self.paint_line(painter, rect, index)
        if has_keyboard:
            paint_ring(painter, rect)
        painter.restore()

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:  # noqa: ARG002 - for the heirs
        """Draw what lies under the words."""
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=is_hot, has_bar=self.has_bar)

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw what stands on the row; ``index.data(LINE)`` is its line."""
        raise NotImplementedError


class PaintedList(CopyingList):
    """Scrolls by pixel, never sideways; rows know where the pointer is."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_uniform: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(is_uniform)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is somewhere: on the first row, where none was chosen yet."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason or self.selectionModel() is None:
            return
        if not self.selectionModel().hasSelection():
            indexes = (self.model().index(row, 0) for row in range(self.model().rowCount()))
            first = next((index for index in indexes if index.flags() & Qt.ItemFlag.ItemIsEnabled), None)
            if first is not None:
                self.setCurrentIndex(first)

    def keep_row(self, row: int) -> None:
        """The cursor back to a row after other lines were shown, or to the last there is."""
        rows = self.model().rowCount()
        if rows:
            self.setCurrentIndex(self.model().index(min(max(row, 0), rows - 1), 0))
