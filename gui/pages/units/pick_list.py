"""A list of units to search and tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import labels
from gui.widgets.check import SIDE, paint_check
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, rect_of, state_of
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit

ROW = 32
_SHOWN_ROWS = 5
_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_UNIT = Qt.ItemDataRole.UserRole
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class PickModel(QAbstractListModel):
    """Units that a search leaves, with their ticks; what a search hides keeps its tick."""

    def __init__(self, units: Sequence[Unit], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = list(units)
        self._shown = list(units)
        self._ticked: dict[str, None] = {}

    def search(self, words: str) -> None:
        """Leave the units one of whose names holds the words."""
        words = words.strip().casefold()
        self.beginResetModel()
        self._shown = [u for u in self._all if not words or words in "\n".join(u.names).casefold()]
        self.endResetModel()

    def ticked(self) -> list[str]:
        """The names that are ticked, in the order of the register."""
        return [unit.name for unit in self._all if unit.name in self._ticked]

    def toggle(self, row: int) -> None:
        """Tick or untick a unit."""
        if not 0 <= row < len(self._shown):
            return
        name = self._shown[row].name
        if name in self._ticked:
            del self._ticked[name]
        else:
            self._ticked[name] = None
        here = self.index(row)
        self.dataChanged.emit(here, here, [_CHECK])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        unit = self._shown[index.row()]
        if role == _UNIT:
            return unit
        if role == _DISPLAY:
            return unit.name
        if role == _CHECK:
            return Qt.CheckState.Checked if unit.name in self._ticked else Qt.CheckState.Unchecked
        return None


class _Delegate(QStyledItemDelegate):
    """Tick, name, kind at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - every row is as high
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect, state = rect_of(option), state_of(option)
        unit: Unit = index.data(_UNIT)
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.hover if state & HOVERED else tokens.surface))
        square = QRect(rect.left() + 10, rect.top(), SIDE, rect.height())
        paint_check(painter, square, is_checked=index.data(_CHECK) == Qt.CheckState.Checked)
        room = rect.adjusted(10 + SIDE + 10, 0, -12, 0)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(room, _VCENTER_RIGHT, unit.kind.value)
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(unit.kind.value) - 12, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        text = painter.fontMetrics().elidedText(unit.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _VCENTER_LEFT, text)
        if state & SELECTED and state & FOCUSED:
            paint_ring(painter, rect)
        painter.restore()


class _View(QListView):
    """A click anywhere in a row, Space and Enter tick."""

    toggled = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class PickList(QWidget):
    """Search field, list, and how many are ticked."""

    changed = Signal()

    def __init__(self, units: Sequence[Unit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PickModel(units, self)
        self.search = SearchBox("搜索单位", self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName("名册里的单位，空格勾选")
        self.count = labels.label("", "note", self)
        frame = QFrame(self)
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.addWidget(self.view)
        frame.setFixedHeight(theme.px(ROW) * _SHOWN_ROWS + 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.search, frame, self.count):
            layout.addWidget(widget)
        self.search.textChanged.connect(self.model.search)
        self.view.toggled.connect(self.toggle)
        self._say()

    def ticked(self) -> list[str]:
        """The names that are ticked, in the order of the register."""
        return self.model.ticked()

    @Slot(int)
    def toggle(self, row: int) -> None:
        """Tick or untick a row of those shown."""
        self.model.toggle(row)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self.count.setText(f"已勾选 {len(self.ticked())} 个")
