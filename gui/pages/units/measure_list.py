"""Below the table: the measures a collective is named in, or a unit is responsible for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
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

    from gui.pages.units.reading import MeasureLine

ROW, HEAD = RowDelegate.height, 40


class MeasureModel(ListModel["MeasureLine"]):
    """Measures in the order of the plan."""

    def key(self, line: MeasureLine) -> object:
        return line

    def said(self, line: MeasureLine, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role in {DISPLAY, TIP}:
            return f"{line.label}{line.text}"
        return f"{line.label}{line.text}，{when(line)}" if role == SPOKEN else None


def when(line: MeasureLine) -> str:
    """The date of a measure, in words where it has none."""
    return line.due.isoformat() if line.due is not None else line.status.state.title


class MeasureDelegate(RowDelegate):
    """One line of 36: the measure's words, its date at the right."""

    least_width = 200

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font())
        metrics = painter.fontMetrics()
        room = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        date = when(index.data(LINE))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(room, RIGHT, date)
        room.adjust(0, 0, -max(metrics.horizontalAdvance(date), metrics.horizontalAdvance("2024-12-31")) - 16, 0)
        painter.setPen(theme.colour(tokens.text))
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFT, text)


class _View(PaintedList):
    """Enter opens the measure."""

    opened = Signal(int)
    """A row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
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
        self.view = _View("", self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(MeasureDelegate(self.view))
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
