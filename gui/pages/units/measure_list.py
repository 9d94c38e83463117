"""Below the table: the measures a collective is named in, or a unit is responsible for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.units.reading import MeasureLine

ROW, HEAD = 36, 40
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_LINE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class MeasureModel(QAbstractListModel):
    """Measures in the order of the plan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[MeasureLine, ...] = ()

    def load(self, lines: Sequence[MeasureLine]) -> None:
        """Show other measures."""
        if tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def lines(self) -> tuple[MeasureLine, ...]:
        """All of them."""
        return self._lines

    def line(self, row: int) -> MeasureLine | None:
        """The measure of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == _LINE:
            return line
        if role in {_DISPLAY, _TOOLTIP}:
            return f"{line.label}{line.text}"
        if role == _ACCESSIBLE:
            return f"{line.label}{line.text}，{when(line)}"
        return None


def when(line: MeasureLine) -> str:
    """The date of a measure, in words where it has none."""
    return line.due.isoformat() if line.due is not None else line.status.state.title


class MeasureDelegate(QStyledItemDelegate):
    """One line of 36: the measure's words, its date at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - every row is as high
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect, state = rect_of(option), state_of(option)
        is_chosen = bool(state & SELECTED) and bool(state & FOCUSED)
        painter.save()
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
        painter.setFont(theme.font())
        metrics = painter.fontMetrics()
        room = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        date = when(index.data(_LINE))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(room, _VCENTER_RIGHT, date)
        room.adjust(0, 0, -max(metrics.horizontalAdvance(date), metrics.horizontalAdvance("2024-12-31")) - 16, 0)
        painter.setPen(theme.colour(tokens.text))
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _VCENTER_LEFT, text)
        if is_chosen:
            paint_ring(painter, rect)
        painter.restore()


class _View(QListView):
    """Enter opens the measure."""

    opened = Signal(int)
    """A row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class MeasureList(QWidget):
    """Head with the number and the way to the table, and the measures."""

    opened = Signal(int)
    """Show a measure; carries its number."""
    table_asked = Signal()
    """在任务分解里查看."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MeasureModel(self)
        self.title = ElidedLabel("", "strong", self)
        self.count = labels.label("", "note", self)
        self.link = button.link("在任务分解里查看", self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(MeasureDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = labels.label("", "second", self)
        self.empty.setContentsMargins(16, 8, 16, 8)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setWordWrap(True)
        head = QWidget(self)
        head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self.title, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.link)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (labels.rule(self), head, labels.rule(self)):
            layout.addWidget(part)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        self.view.doubleClicked.connect(self._on_double_click)
        self.view.opened.connect(self._on_opened)
        self.link.clicked.connect(self.table_asked)

    def show_lines(self, title: str, lines: Sequence[MeasureLine], nothing: str) -> None:
        """Show measures under a title; ``nothing`` is said where there are none."""
        self.title.setText(title)
        self.title.updateGeometry()
        self.count.setText(f"{len(lines)} 项")
        self.model.load(lines)
        self.view.setAccessibleName(title)
        self.view.setVisible(bool(lines))
        self.empty.setText("" if lines else nothing)
        self.empty.setVisible(not lines)
        self.link.setVisible(bool(lines))

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self._on_opened(index.row())

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.opened.emit(line.no)
