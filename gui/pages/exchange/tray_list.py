"""未识别的文件: what nobody has placed, each with the way to say where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.pages.exchange.check_list import HEAD, ROW, paint_head
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.exchange.check_lines import TrayLine

ASSIGN_SHEET, ASSIGN_PAPER = "指定单位", "指定措施"
_MOST = 3
"""Lines that are shown at once."""
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ROOT = QModelIndex()
_PAD, _ICON, _GAP = 16, 16, 12
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Index = QModelIndex | QPersistentModelIndex


def step_of(line: TrayLine) -> str:
    """The word of what can be done with a file."""
    return ASSIGN_SHEET if line.is_sheet else ASSIGN_PAPER


class TrayModel(QAbstractListModel):
    """Files in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[TrayLine, ...] = ()

    def load(self, lines: Sequence[TrayLine]) -> None:
        """Show other files."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> TrayLine | None:
        """The file of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == _DISPLAY:
            return line.name
        if role == _TIP:
            return "\n".join(part for part in (line.why, line.path) if part)
        return "，".join(part for part in (line.name, line.why, step_of(line)) if part) if role == _SPOKEN else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: TrayView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.tray_model.line(index.row())
        if line is None:
            return
        rect, state, tokens = rect_of(option), state_of(option), theme.tokens()
        is_chosen = bool(state & SELECTED) and bool(state & FOCUSED)
        painter.save()
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
        side = theme.px(_ICON)
        icon = QRect(rect.left() + _PAD, rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, icon, "file" if line.is_sheet else "paperclip", tokens.second_text)
        painter.setFont(theme.font())
        words = rect.adjusted(_PAD + side + _GAP, 0, -_PAD, 0)
        if self._view.is_fixed:
            link = QRect(words.right() + 1, words.top(), 0, words.height())
        else:
            link = self._view.link_box(rect, line)
            painter.setPen(theme.colour(tokens.accent))
            painter.drawText(link, _RIGHT, step_of(line))
        words.setRight(link.left() - 8)
        painter.setPen(theme.colour(tokens.text))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, _LEFT, name)
        if is_chosen:
            paint_ring(painter, rect)
        painter.restore()


class TrayView(QListView):
    """Enter says where a file belongs; the menu key and the right button offer more."""

    asked = Signal(object)
    """Say where a TrayLine belongs."""
    open_asked = Signal(object)
    """Look into a TrayLine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tray_model = TrayModel(self)
        self.is_fixed = False
        """Nothing can be assigned: the ledger is read only."""
        self.setModel(self.tray_model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("未识别的文件")
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(self._on_double)

    def current(self) -> TrayLine | None:
        """The file under the cursor."""
        return self.tray_model.line(self.currentIndex().row())

    def link_box(self, rect: QRect, line: TrayLine) -> QRect:
        """Where the link of a row stands."""
        width = QFontMetrics(theme.font()).horizontalAdvance(step_of(line)) + 2
        return QRect(rect.right() - _PAD - width + 1, rect.top(), width, rect.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        if event.key() in _ENTER and line is not None:
            self._ask(line)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        line = self._on_link(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and line is not None:
            self._ask(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_link = self._on_link(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().unsetCursor()

    def _on_link(self, place: QPoint) -> TrayLine | None:
        index = self.indexAt(place)
        line = self.tray_model.line(index.row())
        if line is None or self.is_fixed:
            return None
        return line if self.link_box(self.visualRect(index), line).contains(place) else None

    def _ask(self, line: TrayLine) -> None:
        if not self.is_fixed:
            self.asked.emit(line)

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        line = self.tray_model.line(index.row())
        if line is not None:
            self.open_asked.emit(line)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        line = self.tray_model.line((index if index.isValid() else self.currentIndex()).row())
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assign = menu.addAction(icons.icon("arrow-bend-up-right"), step_of(line))
        assign.setEnabled(not self.is_fixed)
        assign.triggered.connect(lambda: self._ask(line))
        menu.addAction(icons.icon("arrow-square-out"), "打开文件").triggered.connect(lambda: self.open_asked.emit(line))
        menu.popup(self.viewport().mapToGlobal(place))


class _Head(QWidget):
    """未识别的文件 and how many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.setFixedHeight(theme.px(HEAD) + 1)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        paint_head(painter, self.rect(), "未识别的文件", self.count, is_first=True)
        painter.end()


class Tray(QWidget):
    """Head and list; hidden while there is nothing in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = _Head(self)
        self.view = TrayView(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.view)

    def load(self, lines: Sequence[TrayLine], *, is_fixed: bool = False) -> None:
        """Show other files."""
        self.view.is_fixed = is_fixed
        self.view.tray_model.load(lines)
        if lines:
            self.view.setCurrentIndex(self.view.tray_model.index(0))
        self.head.count = len(lines)
        self.head.update()
        self.view.setFixedHeight(theme.px(ROW) * min(len(lines), _MOST))
        self.setVisible(bool(lines))
