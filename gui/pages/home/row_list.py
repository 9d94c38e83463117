"""A list of rows that open something: by click, Enter or space; with a ring for the keyboard and a menu."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from gui import theme
from gui.widgets.copying_list import CopyingList
from gui.widgets.paint import box

ROW = Qt.ItemDataRole.UserRole + 1
"""The row itself, for its delegate."""
_NAME = Qt.ItemDataRole.AccessibleTextRole
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_HOVERED = QStyle.StateFlag.State_MouseOver
_PRESSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Rows with the words a reader hears for each and what its tooltip says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Any, str, str]] = []

    def show(self, rows: list[tuple[Any, str, str]]) -> None:
        """(row, name, tip) from top to bottom."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        row, name, tip = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (_DISPLAY, _NAME):
            return name
        return tip if role == _TIP else None


class RowDelegate(QStyledItemDelegate):
    """Ground, hover and ring of a row of a fixed height; the heirs draw what stands on it."""

    height = 36

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Every row is as high."""
        return QSize(theme.px(160), theme.px(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, content, ring."""
        tokens = theme.tokens()
        # Qt's type hints leave the fields of style options out.
        rect, state = cast("QRect", cast("Any", option).rect), cast("QStyle.StateFlag", cast("Any", option).state)
        view = cast("RowList", self.parent())
        painter.save()
        if state & _HOVERED:
            painter.fillRect(rect, theme.colour(tokens.hover))
        self.paint_row(painter, rect, index.data(ROW))
        if view.shows_ring and index.row() == view.currentIndex().row():
            box(painter, rect.adjusted(1, 0, -1, -1), border=tokens.accent, width=2, radius=0)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:  # noqa: ANN401 - each heir its own
        """Draw what stands on the row."""
        raise NotImplementedError

    def part_at(self, rect: QRect, row: Any, place: QPoint) -> tuple[str, int] | None:  # noqa: ANN401, ARG002
        """Word and count of what can be pressed by itself under the pointer; rows without parts have none."""
        return None


class RowList(CopyingList):
    """``opened`` carries the row that was pressed; ``menu_asked`` a row and where its menu belongs (on the screen)."""

    opened = Signal(object)
    part_opened = Signal(object, str)
    """A part of a row was pressed: the row and the part's word."""
    menu_asked = Signal(object, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self._has_ring = False
        self._pressed_at = QPoint()
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(self._on_clicked)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def shows_ring(self) -> bool:
        """Whether the row under the cursor gets the keyboard's frame."""
        return self._has_ring and self.hasFocus()

    def show_rows(self, rows: list[tuple[Any, str, str]]) -> None:
        """Show other rows; the cursor stays on its line."""
        line = self.currentIndex().row()
        self.rows.show(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(line, 0), len(rows) - 1)))

    def current(self) -> Any:  # noqa: ANN401 - whatever was shown
        """The row under the cursor, None where there is none."""
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_ring = True
        self.viewport().update()
        if event.key() in _PRESSING and self.currentIndex().isValid():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came, so that a click draws no ring."""
        if event.reason() not in _PASSING:
            self._has_ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mouseReleaseEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Over a part the tooltip says what a click on it shows."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            part = self._part(index, event.pos())
            if part is not None:
                QToolTip.showText(event.globalPos(), f"{part[0]} {part[1]} 项，点一下只看这些", self.viewport())
                return True
        return super().viewportEvent(event)

    def _part(self, index: QModelIndex, place: QPoint) -> tuple[str, int] | None:
        if not index.isValid():
            return None
        return cast("RowDelegate", self.itemDelegate()).part_at(self.visualRect(index), index.data(ROW), place)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        part = self._part(index, self._pressed_at)
        if part is not None:
            self.part_opened.emit(index.data(ROW), part[0])
        else:
            self.opened.emit(index.data(ROW))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        """By the right button for the row under the pointer, by the menu key for the one under the cursor."""
        index = self.indexAt(place)
        if not index.isValid():
            index = self.currentIndex()
        self.menu_asked.emit(index.data(ROW) if index.isValid() else None, self.viewport().mapToGlobal(place))
