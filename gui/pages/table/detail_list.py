"""Shows the lists of the detail: group heads, unit rows with pills, and wrapped notes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import icons, theme
from gui.pages.table.delegates import rect_of, state_of
from gui.pages.table.detail_model import DetailModel, GroupHead, NoteLine, UnitLine
from gui.pages.table.layout import Blocks
from gui.widgets.copying_list import CopyingList
from gui.widgets.pill import PillKind, paint_pill, pill_size

ROW, HEAD = 36, 32
_PAD = 16
_DATE = 62
_LIGHT = 98
_STATE = 70
_GAP = 9
_SELECTED = QStyle.StateFlag.State_Selected
_HOVER = QStyle.StateFlag.State_MouseOver
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ENTER_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_KEYBOARD_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
Index = QModelIndex | QPersistentModelIndex


class DetailDelegate(QStyledItemDelegate):
    """Paints one line of a detail list."""

    def __init__(self, view: DetailList) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = Blocks()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._view.detail_model.line(index.row())
        width = self._view.viewport().width()
        if isinstance(line, NoteLine):
            return QSize(width, sum(self._note_heights(line, width)) + 16)
        return QSize(width, theme.px(HEAD if isinstance(line, GroupHead) else ROW))

    def _note_heights(self, line: NoteLine, width: int) -> tuple[int, int]:
        inner = width - 2 * _PAD
        title = self._blocks.get(line.title, inner).height
        return title, self._blocks.get(line.note, inner, size=12).height if line.note else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.detail_model.line(index.row())
        rect = rect_of(option)
        tokens = theme.tokens()
        if isinstance(line, GroupHead):
            self._paint_head(painter, rect, line)
        else:
            chosen = bool(state_of(option) & _SELECTED)
            fill = tokens.chosen if chosen else tokens.hover if state_of(option) & _HOVER else tokens.surface
            painter.fillRect(rect, theme.colour(tokens.surface if tokens.is_high_contrast else fill))
            if chosen:
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour(tokens.accent))
            if isinstance(line, UnitLine):
                self._paint_unit(painter, rect, line)
            elif isinstance(line, NoteLine):
                self._paint_note(painter, rect, line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
        if self._view.shows_ring_on(index.row()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.colour(tokens.accent))
            pen.setWidth(2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    @staticmethod
    def _paint_head(painter: QPainter, rect: QRect, line: GroupHead) -> None:
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.ground))
        side = theme.px(12)
        place = QRect(rect.left() + _PAD, rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, place, "caret-right" if line.is_folded else "caret-down", tokens.second_text)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour(tokens.second_text))
        words = rect.adjusted(_PAD + side + 6, 0, -_PAD, 0)
        painter.drawText(words, _LEFT, f"{line.key} {line.count}")
        painter.drawText(words, _RIGHT, line.date_title)

    def _paint_unit(self, painter: QPainter, rect: QRect, line: UnitLine) -> None:
        """Name and role, then state and light under one another's, the date at the right."""
        tokens = theme.tokens()
        right = rect.right() - _PAD
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(
            QRect(right - theme.px(_DATE), rect.top(), theme.px(_DATE), rect.height()), _RIGHT, line.date_text
        )
        light_left = right - theme.px(_DATE) - 4 - theme.px(_LIGHT)
        state_left = light_left - _GAP - theme.px(_STATE)
        self._pill(painter, rect, state_left, line.state)
        if line.light:
            own = state_left + pill_size(*line.state).width() + _GAP
            self._pill(painter, rect, max(light_left, own), line.light)
        self._paint_name(
            painter, QRect(rect.left() + _PAD, rect.top(), state_left - rect.left() - _PAD - 8, rect.height()), line
        )

    @staticmethod
    def _paint_name(painter: QPainter, room: QRect, line: UnitLine) -> None:
        tokens = theme.tokens()
        painter.setPen(theme.colour(tokens.text))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(line.unit, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, name)
        if line.remark:
            painter.setPen(theme.colour(tokens.second_text))
            left = metrics.horizontalAdvance(name) + 8
            painter.setFont(theme.font(12))
            words = painter.fontMetrics().elidedText(line.remark, Qt.TextElideMode.ElideRight, room.width() - left)
            painter.drawText(room.adjusted(left, 0, 0, 0), _LEFT, words)

    @staticmethod
    def _pill(painter: QPainter, rect: QRect, left: int, pill: tuple[str, PillKind]) -> None:
        size = pill_size(*pill)
        paint_pill(painter, QPoint(left, rect.top() + (rect.height() - 1 - size.height()) // 2), *pill)

    def _paint_note(self, painter: QPainter, rect: QRect, line: NoteLine) -> None:
        tokens = theme.tokens()
        inner = rect.width() - 2 * _PAD
        top = rect.top() + 7
        painter.setPen(theme.colour(tokens.text))
        title = self._blocks.get(line.title, inner)
        title.draw(painter, rect.left() + _PAD, top)
        painter.setPen(theme.colour(tokens.text if line.is_broken else tokens.second_text))
        if line.note:
            self._blocks.get(line.note, inner, size=12).draw(painter, rect.left() + _PAD, top + title.height)


class DetailList(CopyingList):
    """A list of the detail; Enter or a double click opens a line, Enter or a click on a head folds it."""

    opened = Signal(object)
    """A UnitLine or NoteLine."""
    fold_requested = Signal(str)
    chosen_changed = Signal()
    row_reached = Signal(QRect)
    """The cursor came to a row; its place in the viewport."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail_model = DetailModel(self)
        self._has_keyboard_focus = False
        self.setModel(self.detail_model)
        self.setItemDelegate(DetailDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current)

    def shows_ring_on(self, line: int) -> bool:
        """Whether the keyboard's frame is on a line."""
        return self._has_keyboard_focus and self.hasFocus() and self.currentIndex().row() == line

    def current_line(self) -> GroupHead | UnitLine | NoteLine | None:
        """The line under the cursor."""
        return self.detail_model.line(self.currentIndex().row())

    def show_lines(self, lines: list[object]) -> None:
        """Show other lines; the cursor stays on its unit."""
        before = self.current_line()
        self.detail_model.show(lines)
        self._fit()
        key = (
            before.obligation_id
            if isinstance(before, UnitLine)
            else before.key
            if isinstance(before, GroupHead)
            else None
        )
        for index, line in enumerate(self.detail_model.lines):
            own = line.obligation_id if isinstance(line, UnitLine) else line.key if isinstance(line, GroupHead) else ""
            if key is not None and own == key:
                self.setCurrentIndex(self.detail_model.index(index))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_keyboard_focus = True
        self.viewport().update()
        if event.key() in _ENTER_KEYS and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self._open(self.current_line())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._has_keyboard_focus = False
        super().mousePressEvent(event)
        line = self.detail_model.line(self.indexAt(event.position().toPoint()).row())
        if isinstance(line, GroupHead):
            self.fold_requested.emit(line.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._has_keyboard_focus = event.reason() in _KEYBOARD_REASONS
        if not self.currentIndex().isValid():
            first = next((i for i, line in enumerate(self.detail_model.lines) if not isinstance(line, GroupHead)), -1)
            self.setCurrentIndex(self.detail_model.index(first))
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as all rows together: the detail scrolls as one."""
        option = QStyleOptionViewItem()
        lines = range(self.detail_model.rowCount())
        sizes = (self.itemDelegate().sizeHint(option, self.detail_model.index(line)) for line in lines)
        self.setFixedHeight(max(sum(size.height() for size in sizes), 1))
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self.chosen_changed.emit()
        if index.isValid() and self.hasFocus():
            self.row_reached.emit(self.visualRect(index))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = self.detail_model.line(index.row())
        if not isinstance(line, GroupHead):
            self._open(line)

    def _open(self, line: object) -> None:
        if isinstance(line, GroupHead):
            self.fold_requested.emit(line.key)
        elif line is not None:
            self.opened.emit(line)
