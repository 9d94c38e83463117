"""未识别的文件: what nobody has placed, each with the way to say where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui import icons, theme
from gui.pages.exchange.check_list import HEAD, ROW, paint_head
from gui.widgets.painted_list import (
    DISPLAY,
    ENTER,
    LEFT,
    LINE,
    RIGHT,
    SPOKEN,
    TIP,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.exchange.check_lines import TrayLine

ASSIGN_SHEET, ASSIGN_PAPER = "指定单位", "指定措施"
_MOST = 3
"""Lines that are shown at once."""
_PAD, _ICON, _GAP = 16, 16, 12


def step_of(line: TrayLine) -> str:
    """The word of what can be done with a file."""
    return ASSIGN_SHEET if line.is_sheet else ASSIGN_PAPER


class TrayModel(ListModel["TrayLine"]):
    """Files in order."""

    def said(self, line: TrayLine, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.name
        if role == TIP:
            return "\n".join(part for part in (line.why, line.path) if part)
        return "，".join(part for part in (line.name, line.why, step_of(line)) if part) if role == SPOKEN else None


class _Delegate(RowDelegate):
    def __init__(self, view: TrayView) -> None:
        super().__init__(view)
        self._view = view

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        line: TrayLine = index.data(LINE)
        tokens = theme.tokens()
        side = theme.px(_ICON)
        icon = QRect(rect.left() + _PAD, rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, icon, "file" if line.is_sheet else "paperclip", tokens.second_text)
        painter.setFont(theme.font())
        words = rect.adjusted(_PAD + side + _GAP, 0, -_PAD, 0)
        if self._view.is_fixed:
            link = QRect(words.right() + 1, words.top(), 0, words.height())
        else:
            link = self._view.link_box(rect, line)
            painter.setFont(theme.link_font())
            painter.setPen(theme.colour(tokens.accent))
            painter.drawText(link, RIGHT, step_of(line))
            painter.setFont(theme.font())
        words.setRight(link.left() - 8)
        painter.setPen(theme.colour(tokens.text))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, LEFT, name)


class TrayView(PaintedList):
    """Enter says where a file belongs; the menu key and the right button offer more."""

    asked = Signal(object)
    """Say where a TrayLine belongs."""
    open_asked = Signal(object)
    """Look into a TrayLine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("未识别的文件", parent)
        self.tray_model = TrayModel(self)
        self.is_fixed = False
        """Nothing can be assigned: the ledger is read only."""
        self.setModel(self.tray_model)
        self.setItemDelegate(_Delegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
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
        if event.key() in ENTER and line is not None:
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
