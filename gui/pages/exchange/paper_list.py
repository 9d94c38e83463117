"""Evidence that came beside a sheet: each with its measure, ticked where it is taken along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from core.office.collected import LooseFile
from gui import icons, theme
from gui.widgets.check import paint_check
from gui.widgets.painted_list import (
    CHECK,
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

ROW = RowDelegate.height
_PAD, _GAP, _ICON = 12, 10, 16
_TO_TRAY = "放到未识别的文件"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper, the words of its measure, and whether it is taken along."""

    paper: LooseFile
    measure: str
    is_taken: bool


class PaperModel(ListModel[PaperLine]):
    """Papers in order; where only ticks differ nothing is torn down."""

    def key(self, line: PaperLine) -> str:
        return line.paper.path

    def said(self, line: PaperLine, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.paper.name
        if role == CHECK:
            return (Qt.CheckState.Checked if line.is_taken else Qt.CheckState.Unchecked).value
        if role == TIP:
            return "\n".join(part for part in (line.paper.why, line.paper.path) if part)
        if role == SPOKEN:
            return "，".join((line.paper.name, line.measure, "收下" if line.is_taken else _TO_TRAY))
        return None


class _Delegate(RowDelegate):
    least_width = 200
    has_bar = False

    def __init__(self, view: PaperList) -> None:
        super().__init__(view)
        self._view = view

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        line: PaperLine = index.data(LINE)
        tokens = theme.tokens()
        side = theme.px(_ICON)
        box = QRect(rect.left() + _PAD, rect.top(), side, rect.height())
        paint_check(painter, box, is_checked=line.is_taken, is_enabled=not self._view.is_fixed)
        icon = QRect(box.right() + 1 + _GAP, rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, icon, "paperclip", tokens.second_text)
        words = QRect(icon.right() + 8, rect.top(), 0, rect.height())
        words.setRight(rect.right() - _PAD)
        painter.setFont(theme.font())
        name = painter.fontMetrics().elidedText(line.paper.name, Qt.TextElideMode.ElideMiddle, words.width() * 3 // 5)
        painter.setPen(theme.colour(tokens.text))
        painter.drawText(words, LEFT, name)
        words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(name) + 12)
        painter.setPen(theme.colour(tokens.second_text))
        said = line.measure if line.is_taken else _TO_TRAY
        painter.drawText(
            words, RIGHT, painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, words.width())
        )


class PaperList(PaintedList):
    """Space ticks, Enter opens."""

    turned = Signal(object)
    """Take a LooseFile along, or leave it to the tray."""
    open_asked = Signal(object)
    """Look at a LooseFile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("一起收到的佐证材料，空格键决定收下与否，回车打开", parent)
        self.paper_model = PaperModel(self)
        self.is_fixed = False
        self.setModel(self.paper_model)
        self.setItemDelegate(_Delegate(self))
        self.doubleClicked.connect(self._on_double)

    def load(self, lines: Sequence[PaperLine], *, is_fixed: bool) -> None:
        """Show other papers."""
        row = self.currentIndex().row()
        self.is_fixed = is_fixed
        self.paper_model.load(lines)
        self.keep_row(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.paper_model.line(self.currentIndex().row())
        if line is not None and event.key() == Qt.Key.Key_Space:
            self._turn(line)
        elif line is not None and event.key() in ENTER:
            self.open_asked.emit(line.paper)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        line = self.paper_model.line(self.indexAt(place).row())
        is_box = place.x() < theme.px(_ICON) + 2 * _PAD
        if event.button() == Qt.MouseButton.LeftButton and line is not None and is_box:
            self._turn(line)

    def _turn(self, line: PaperLine) -> None:
        if not self.is_fixed:
            self.turned.emit(line.paper)

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        line = self.paper_model.line(index.row())
        if line is not None:
            self.open_asked.emit(line.paper)
