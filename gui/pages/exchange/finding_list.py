"""What 上报前检查 found: each with its sentence and the way to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.model.plan import Severity
from gui import icons, theme
from gui.pages.exchange.marked_text import LINE, MarkedBlocks
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.submit_findings import Finding

LOOK = "查看"
_PAD, _ICON, _GAP, _PAD_Y = 16, 16, 12, 8
_MOST_LINES = 3
_ICONS = {Severity.ERROR: "warning-octagon-fill", Severity.WARNING: "warning-fill", Severity.INFO: "info-fill"}
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


def words_of(finding: Finding) -> str:
    """A finding as it is read aloud."""
    kind = {Severity.ERROR: "不能上报", Severity.WARNING: "请核对", Severity.INFO: "说明"}[finding.severity]
    return "，".join((kind, finding.words, *((LOOK,) if finding.obligations else ())))


class FindingModel(QAbstractListModel):
    """Findings in order, the gravest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()

    def load(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.findings = tuple(findings)
        self.endResetModel()

    def finding(self, row: int) -> Finding | None:
        """The finding of a row."""
        return self.findings[row] if 0 <= row < len(self.findings) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        finding = self.finding(index.row()) if index.isValid() else None
        if finding is None:
            return None
        if role in {_DISPLAY, _TIP}:
            return finding.words
        return words_of(finding) if role == _SPOKEN else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: FindingList) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = MarkedBlocks()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        finding = self._view.finding_model.finding(index.row())
        width = self._view.viewport().width()
        words = finding.words if finding is not None else ""
        room = self._view.words_box(QRect(0, 0, width, 0)).width()
        return QSize(width, self._blocks.get(words, room, most=_MOST_LINES).height + 2 * _PAD_Y + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding = self._view.finding_model.finding(index.row())
        if finding is None:
            return
        rect, state, tokens = rect_of(option), state_of(option), theme.tokens()
        is_chosen = bool(state & SELECTED) and bool(state & FOCUSED)
        painter.save()
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
        inks = {Severity.ERROR: tokens.text, Severity.WARNING: tokens.due_soon.text, Severity.INFO: tokens.second_text}
        side = theme.px(_ICON)
        top = rect.top() + _PAD_Y + (theme.px(LINE) - side) // 2
        icon = QRect(rect.left() + _PAD, top, side, side)
        icons.paint(painter, icon, _ICONS[finding.severity], inks[finding.severity])
        room = self._view.words_box(rect)
        painter.setPen(theme.colour(tokens.text))
        self._blocks.get(finding.words, room.width(), most=_MOST_LINES).draw(painter, room.left(), rect.top() + _PAD_Y)
        if finding.obligations:
            painter.setFont(theme.font())
            painter.setPen(theme.colour(tokens.accent))
            painter.drawText(self._view.link_box(rect), _LEFT, LOOK)
        if is_chosen:
            paint_ring(painter, rect)
        painter.restore()


class FindingList(QListView):
    """Up and down walk, Enter leads to what a finding is about."""

    asked = Signal(object, QPoint)
    """Show what a Finding is about; with a place on the screen for a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding_model = FindingModel(self)
        self.setModel(self.finding_model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("上报前检查，回车查看")
        self.doubleClicked.connect(self._on_double)

    def load(self, findings: Sequence[Finding]) -> None:
        """Show other findings; the cursor keeps its row."""
        row = self.currentIndex().row()
        self.finding_model.load(findings)
        if findings:
            self.setCurrentIndex(self.finding_model.index(min(max(row, 0), len(findings) - 1)))

    def words_box(self, rect: QRect) -> QRect:
        """Where the sentence of a row stands."""
        left = _PAD + theme.px(_ICON) + _GAP
        return rect.adjusted(left, 0, -(self._link_width() + 2 * _PAD), 0)

    def link_box(self, rect: QRect) -> QRect:
        """Where the link of a row stands."""
        width = self._link_width()
        return QRect(rect.right() - _PAD - width + 1, rect.top() + _PAD_Y, width, theme.px(LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
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
        finding = self.finding_model.finding(index.row()) if index.isValid() else None
        if finding is None or not finding.obligations:
            return False
        return self.link_box(self.visualRect(index)).contains(place)

    def _link_width(self) -> int:
        return QFontMetrics(theme.font()).horizontalAdvance(LOOK) + 2

    def _ask(self, index: QModelIndex) -> None:
        finding = self.finding_model.finding(index.row())
        if finding is not None and finding.obligations:
            place = self.link_box(self.visualRect(index)).bottomLeft()
            self.asked.emit(finding, self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self._ask(index)
