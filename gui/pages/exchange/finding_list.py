"""What 上报前检查 found: each with its sentence and the way to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from core.model.plan import Severity
from gui import icons, theme
from gui.pages.exchange.marked_text import LINE as TEXT_LINE
from gui.pages.exchange.marked_text import MarkedBlocks
from gui.widgets.painted_list import (
    DISPLAY,
    ENTER,
    LEFT,
    LINE,
    SPOKEN,
    TIP,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.submit_findings import Finding

LOOK = "查看"
_PAD, _ICON, _GAP, _PAD_Y = 16, 16, 12, 8
_MOST_LINES = 3
_ICONS = {Severity.ERROR: "warning-octagon-fill", Severity.WARNING: "warning-fill", Severity.INFO: "info-fill"}


def words_of(finding: Finding) -> str:
    """A finding as it is read aloud."""
    kind = {Severity.ERROR: "不能上报", Severity.WARNING: "请核对", Severity.INFO: "说明"}[finding.severity]
    return "，".join((kind, finding.words, *((LOOK,) if finding.obligations else ())))


class FindingModel(ListModel["Finding"]):
    """Findings in order, the gravest first."""

    def said(self, line: Finding, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role in {DISPLAY, TIP}:
            return line.words
        return words_of(line) if role == SPOKEN else None


class _Delegate(RowDelegate):
    def __init__(self, view: FindingList) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = MarkedBlocks()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - the words decide
        width = self._view.viewport().width()
        room = self._view.words_box(QRect(0, 0, width, 0)).width()
        words = str(index.data() or "")
        return QSize(width, self._blocks.get(words, room, most=_MOST_LINES).height + 2 * _PAD_Y + 1)

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        finding: Finding = index.data(LINE)
        tokens = theme.tokens()
        inks = {Severity.ERROR: tokens.text, Severity.WARNING: tokens.due_soon.text, Severity.INFO: tokens.second_text}
        side = theme.px(_ICON)
        top = rect.top() + _PAD_Y + (theme.px(TEXT_LINE) - side) // 2
        icon = QRect(rect.left() + _PAD, top, side, side)
        icons.paint(painter, icon, _ICONS[finding.severity], inks[finding.severity])
        room = self._view.words_box(rect)
        painter.setPen(theme.colour(tokens.text))
        self._blocks.get(finding.words, room.width(), most=_MOST_LINES).draw(painter, room.left(), rect.top() + _PAD_Y)
        if finding.obligations:
            painter.setFont(theme.link_font())
            painter.setPen(theme.colour(tokens.accent))
            painter.drawText(self._view.link_box(rect), LEFT, LOOK)


class FindingList(PaintedList):
    """Up and down walk, Enter leads to what a finding is about."""

    asked = Signal(object, QPoint)
    """Show what a Finding is about; with a place on the screen for a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("上报前检查，回车查看", parent, is_uniform=False)
        self.finding_model = FindingModel(self)
        self.setModel(self.finding_model)
        self.setItemDelegate(_Delegate(self))
        self.setResizeMode(PaintedList.ResizeMode.Adjust)
        self.doubleClicked.connect(self._on_double)

    def load(self, findings: Sequence[Finding]) -> None:
        """Show other findings; the cursor keeps its row."""
        row = self.currentIndex().row()
        self.finding_model.load(findings)
        self.keep_row(row)

    def words_box(self, rect: QRect) -> QRect:
        """Where the sentence of a row stands."""
        left = _PAD + theme.px(_ICON) + _GAP
        return rect.adjusted(left, 0, -(self._link_width() + 2 * _PAD), 0)

    def link_box(self, rect: QRect) -> QRect:
        """Where the link of a row stands."""
        width = self._link_width()
        return QRect(rect.right() - _PAD - width + 1, rect.top() + _PAD_Y, width, theme.px(TEXT_LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self._ask(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and self._is_link(index, place):
            self._ask(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        is_link = self._is_link(self.indexAt(place), place)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)

    def _is_link(self, index: QModelIndex, place: QPoint) -> bool:
        finding = self.finding_model.line(index.row()) if index.isValid() else None
        if finding is None or not finding.obligations:
            return False
        return self.link_box(self.visualRect(index)).contains(place)

    def _link_width(self) -> int:
        return QFontMetrics(theme.font()).horizontalAdvance(LOOK) + 2

    def _ask(self, index: QModelIndex) -> None:
        finding = self.finding_model.line(index.row())
        if finding is not None and finding.obligations:
            place = self.link_box(self.visualRect(index)).bottomLeft()
            self.asked.emit(finding, self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self._ask(index)
