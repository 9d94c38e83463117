"""The card with the table, and the measure's detail over it (a drawer) or beside it (a pane)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.pages.table.columns import DIVISION
from gui.pages.table.view import TableView
from gui.widgets.empty_state import EmptyState
from gui.widgets.paint import RADIUS, box

if TYPE_CHECKING:
    from gui.pages.table.detail import Detail

PANE_FROM = 1680
"""Width of the window in logical pixels from which the detail stands beside the table: at 1536 (1920 at 125 %)
a pane would leave the measure column fewer than 25 characters a line."""
_PANE, _PANE_GAP = 456, 16
_DRAWER, _DRAWER_LEAST, _DRAWER_MOST = 476, 420, 620
_BEFORE_DRAWER = (DIVISION, "lead", "responsible", "cooperating")


class _Rim(QWidget):
    """The rounded border over what fills the card to its corners."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners, inside = QPainterPath(), QPainterPath()
        corners.addRect(QRectF(self.rect()))
        inside.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.fillPath(corners - inside, theme.colour(tokens.ground))
        box(painter, self.rect(), border=tokens.line)
        painter.end()


class _Surface(QWidget):
    """The card itself; tells when its size is another."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rim = _Rim(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.tokens().surface))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rim.setGeometry(self.rect())
        self.rim.raise_()
        self.resized.emit()


class TableCard(QWidget):
    """Table, empty state and detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_open = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_PANE_GAP)
        self.surface = _Surface(self)
        inner = QVBoxLayout(self.surface)
        inner.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget(self.surface)
        inner.addWidget(self._stack)
        self.view = TableView(self._stack)
        self._stack.addWidget(self.view)
        self._row.addWidget(self.surface, 1)
        self.detail: Detail | None = None
        self.empty_state: EmptyState | None = None
        self.surface.resized.connect(self.place)
        self.view.laid_out.connect(self.place)

    def show_table(self) -> None:
        """Show the table."""
        self._stack.setCurrentWidget(self.view)

    def show_empty(self, state: EmptyState) -> None:
        """Show an empty state in the table's place."""
        while self._stack.count() > 1:
            before = self._stack.widget(1)
            self._stack.removeWidget(before)
            before.deleteLater()
        had_focus = self.view.hasFocus()
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
        self.empty_state = state
        if had_focus:
            state.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_empty(self) -> bool:
        """Whether an empty state is shown."""
        return self._stack.currentWidget() is not self.view

    def make_detail(self) -> Detail:
        """Make the detail; the start does without it."""
        from gui.pages.table.detail import Detail

        self.detail = Detail(self.surface)
        self.detail.hide()
        return self.detail

    def open_detail(self) -> None:
        """Show the detail."""
        self.is_open = True
        self.place()

    def close_detail(self) -> None:
        """Put the detail away; the keyboard goes back to the table if it was in there."""
        focused = QApplication.focusWidget()
        had_focus = self.detail is not None and focused is not None and self.detail.isAncestorOf(focused)
        self.is_open = False
        self.place()
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put the detail where it belongs for the width there is."""
        detail = self.detail
        if detail is None:
            return
        if not self.is_open:
            self._row.removeWidget(detail)
            detail.hide()
        elif self.window().width() >= theme.px(PANE_FROM):
            self._place_pane(detail)
        else:
            self._place_drawer(detail)

    def _place_pane(self, detail: Detail) -> None:
        if self._row.indexOf(detail) < 0:
            detail.is_pane = True
            self._row.addWidget(detail)
            detail.setFixedWidth(theme.px(_PANE))
        detail.show()

    def _place_drawer(self, detail: Detail) -> None:
        self._row.removeWidget(detail)
        if detail.parentWidget() is not self.surface:
            detail.setParent(self.surface)
        detail.is_pane = False
        width = self._drawer_width()
        detail.setFixedWidth(width)
        detail.setGeometry(self.surface.width() - width - 1, 1, width, self.surface.height() - 2)
        detail.show()
        detail.raise_()
        self.surface.rim.raise_()

    def _drawer_width(self) -> int:
        """From a column line, so that the table does not look torn; else the width of the look."""
        usual = min(theme.px(_DRAWER), self.surface.width() - 2)
        edge = self.view.edge_after(_BEFORE_DRAWER)
        if edge is None:
            return usual
        left = self.view.viewport().mapTo(self.surface, QPoint(edge, 0)).x() - 1
        width = self.surface.width() - left - 1
        return width if theme.px(_DRAWER_LEAST) <= width <= theme.px(_DRAWER_MOST) else usual
