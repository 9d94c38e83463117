"""A list to search and tick in, as the header's filter and the unit chip show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import icons, theme
from gui.widgets.check import paint_check
from gui.widgets.row_painting import FOCUSED, paint_ring, rect_of, state_of

ROW = 32
_PAD = 12
_INDENT = 20
_CHECK = 16
_GAP = 8
_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK_STATE = Qt.ItemDataRole.CheckStateRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_CHECKED, _UNCHECKED, _PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a value with its count, or (``value`` None) a head over the ``members`` that follow."""

    text: str
    count: int
    value: str | None = None
    group: str = ""
    members: frozenset[str] = frozenset()


class ValueModel(QAbstractListModel):
    """Entries that a search leaves, with their ticks. Without ticks it is a plain list to choose one from."""

    def __init__(self, entries: list[Entry], ticked: frozenset[str] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = entries
        self._shown = list(entries)
        self.has_ticks = ticked is not None
        self._ticked = set(ticked or ())

    def search(self, words: str) -> None:
        """Leave the values that hold the words; a head stays while one of its members does."""
        words = words.strip().casefold()
        self.beginResetModel()
        values = {e.value for e in self._all if e.value is not None and words in f"{e.group}{e.text}".casefold()}
        self._shown = [e for e in self._all if (e.value in values if e.value is not None else e.members & values)]
        self.endResetModel()

    def entry(self, line: int) -> Entry | None:
        """The entry on a line."""
        return self._shown[line] if 0 <= line < len(self._shown) else None

    def ticked(self) -> frozenset[str]:
        """Ticked values among those shown: what a search hides is not meant."""
        shown = {entry.value for entry in self._shown if entry.value is not None}
        return frozenset(self._ticked & shown)

    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.ticked() == {entry.value for entry in self._all if entry.value is not None}

    def toggle(self, line: int) -> None:
        """Tick or untick a value; a head does it for all its members in sight."""
        entry = self.entry(line)
        if entry is None or not self.has_ticks:
            return
        members = self._members(entry)
        if members <= self._ticked:
            self._ticked -= members
        else:
            self._ticked |= members
        self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [_CHECK_STATE])

    def _members(self, entry: Entry) -> set[str]:
        if entry.value is not None:
            return {entry.value}
        return {e.value for e in self._shown if e.value is not None and e.value in entry.members}

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role in {_DISPLAY, _TOOLTIP}:
            return entry.text
        if role == _ACCESSIBLE:
            return f"{entry.text}，{entry.count} 项"
        if role == _CHECK_STATE and self.has_ticks:
            members = self._members(entry)
            return _CHECKED if members <= self._ticked else _PARTLY if members & self._ticked else _UNCHECKED
        return None


class ValueDelegate(QStyledItemDelegate):
    """Tick, text cut at the end where it must be, count."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ValueModel)
        entry = model.entry(index.row())
        if entry is None:
            return
        tokens = theme.tokens()
        rect = rect_of(option)
        if state_of(option) & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.fillRect(rect, theme.colour(tokens.hover))
        left = rect.left() + _PAD + (_INDENT if entry.group else 0)
        if model.has_ticks:
            self._paint_tick(
                painter, QRect(left, rect.top(), _CHECK, rect.height()), Qt.CheckState(index.data(_CHECK_STATE))
            )
            left += _CHECK + _GAP
        painter.setFont(theme.font(bold=entry.value is None))
        count = str(entry.count)
        right = rect.right() - _PAD
        painter.setPen(theme.colour(tokens.second_text))
        painter.setFont(theme.font())
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _RIGHT, count)
        right -= painter.fontMetrics().horizontalAdvance(count) + _GAP
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=entry.value is None))
        room = QRect(left, rect.top(), right - left, rect.height())
        words = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, words)
        if state_of(option) & FOCUSED:
            paint_ring(painter, rect)

    @staticmethod
    def _paint_tick(painter: QPainter, rect: QRect, state: Qt.CheckState) -> None:
        paint_check(painter, rect, is_checked=state == _CHECKED)
        if state == _PARTLY:
            square = QRect(0, 0, _CHECK - 4, _CHECK - 4)
            square.moveCenter(rect.center())
            icons.paint(painter, square, "minus-bold", theme.tokens().accent)


class ValueList(QListView):
    """Space or a click ticks; Up on the first line leads back to the search field."""

    left_at_top = Signal()
    chosen = Signal()
    """Enter."""

    def __init__(self, model: ValueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value_model = model
        self.setModel(model)
        self.setItemDelegate(ValueDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is on a line: on the first where it was on none."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.model().index(max(self.currentIndex().row(), 0), 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.value_model.toggle(index.row())
            if not self.value_model.has_ticks:
                self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, line = event.key(), self.currentIndex().row()
        if key == Qt.Key.Key_Space and self.value_model.has_ticks:
            self.value_model.toggle(line)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit()
        elif key == Qt.Key.Key_Up and line <= 0:
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)
