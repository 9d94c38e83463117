"""A list of units to search and tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import labels
from gui.widgets.check import SIDE, paint_check
from gui.widgets.painted_list import (
    CHECK,
    DISPLAY,
    ENTER,
    LEFT,
    LINE,
    RIGHT,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit

ROW = 32
_SHOWN_ROWS = 5


class PickModel(ListModel["Unit"]):
    """Units that a search leaves, with their ticks; what a search hides keeps its tick."""

    def __init__(self, units: Sequence[Unit], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = list(units)
        self._ticked: dict[str, None] = {}
        self.load(self._all)

    def search(self, words: str) -> None:
        """Leave the units one of whose names holds the words."""
        words = words.strip().casefold()
        self.load([u for u in self._all if not words or words in "\n".join(u.names).casefold()])

    def ticked(self) -> list[str]:
        """The names that are ticked, in the order of the register."""
        return [unit.name for unit in self._all if unit.name in self._ticked]

    def toggle(self, row: int) -> None:
        """Tick or untick a unit."""
        unit = self.line(row)
        if unit is None:
            return
        if unit.name in self._ticked:
            del self._ticked[unit.name]
        else:
            self._ticked[unit.name] = None
        here = self.index(row)
        self.dataChanged.emit(here, here, [CHECK])

    def said(self, line: Unit, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.name
        if role == CHECK:
            return Qt.CheckState.Checked if line.name in self._ticked else Qt.CheckState.Unchecked
        return None


class _Delegate(RowDelegate):
    """Tick, name, kind at the right."""

    height, least_width = ROW, 200

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:  # noqa: ARG002 - what is ticked says so by its tick
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.surface))

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        unit: Unit = index.data(LINE)
        square = QRect(rect.left() + 10, rect.top(), SIDE, rect.height())
        paint_check(painter, square, is_checked=index.data(CHECK) == Qt.CheckState.Checked)
        room = rect.adjusted(10 + SIDE + 10, 0, -12, 0)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(room, RIGHT, unit.kind.value)
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(unit.kind.value) - 12, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        text = painter.fontMetrics().elidedText(unit.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFT, text)


class _View(PaintedList):
    """A click anywhere in a row, Space and Enter tick."""

    toggled = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER | {Qt.Key.Key_Space} and self.currentIndex().isValid():
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
        self.view = _View("名册里的单位，空格勾选", self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
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
