"""Evidence that came beside a sheet: each with its measure, ticked where it is taken along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.office.collected import LooseFile
from gui import icons, theme
from gui.widgets.check import paint_check
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

ROW = 36
_PAD, _GAP, _ICON = 12, 10, 16
_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ELIDE = Qt.TextElideMode.ElideRight
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper, the words of its measure, and whether it is taken along."""

    paper: LooseFile
    measure: str
    is_taken: bool


class PaperModel(QAbstractListModel):
    """Papers in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[PaperLine, ...] = ()

    def load(self, lines: Sequence[PaperLine]) -> None:
        """Show other papers; where only ticks differ nothing is torn down."""
        if [line.paper.path for line in lines] == [line.paper.path for line in self.lines]:
            self.lines = tuple(lines)
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> PaperLine | None:
        """The paper of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == _DISPLAY:
            return line.paper.name
        if role == _CHECK:
            return (Qt.CheckState.Checked if line.is_taken else Qt.CheckState.Unchecked).value
        if role == _TIP:
            return "\n".join(part for part in (line.paper.why, line.paper.path) if part)
        if role == _SPOKEN:
            return "，".join((line.paper.name, line.measure, "收下" if line.is_taken else "放到未识别的文件"))
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: PaperList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.paper_model.line(index.row())
        if line is None:
            return
        rect, state, tokens = rect_of(option), state_of(option), theme.tokens()
        is_chosen = bool(state & SELECTED) and bool(state & FOCUSED)
        painter.save()
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED), has_bar=False)
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
        painter.drawText(words, _LEFT, name)
        words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(name) + 12)
        painter.setPen(theme.colour(tokens.second_text))
        said = line.measure if line.is_taken else "放到未识别的文件"
        painter.drawText(words, _RIGHT, painter.fontMetrics().elidedText(said, _ELIDE, words.width()))
        if is_chosen:
            paint_ring(painter, rect)
        painter.restore()


class PaperList(QListView):
    """Space ticks, Enter opens."""

    turned = Signal(object)
    """Take a LooseFile along, or leave it to the tray."""
    open_asked = Signal(object)
    """Look at a LooseFile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper_model = PaperModel(self)
        self.is_fixed = False
        self.setModel(self.paper_model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("一起收到的佐证材料，空格键决定收下与否，回车打开")
        self.doubleClicked.connect(self._on_double)

    def load(self, lines: Sequence[PaperLine], *, is_fixed: bool) -> None:
        """Show other papers."""
        row = self.currentIndex().row()
        self.is_fixed = is_fixed
        self.paper_model.load(lines)
        if lines:
            self.setCurrentIndex(self.paper_model.index(min(max(row, 0), len(lines) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.paper_model.line(self.currentIndex().row())
        if line is not None and event.key() == Qt.Key.Key_Space:
            self._turn(line)
        elif line is not None and event.key() in _ENTER:
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
