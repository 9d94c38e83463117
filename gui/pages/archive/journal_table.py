"""The table of the journal: rows of 36, the last columns take what the others leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.archive.journal_model import JournalModel
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.table_head import TableHead

MOST_COPIED = 2000
_PAD = 10
_AIR = 6
"""Digits of equal width are a little wider than what is measured."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_SAMPLES = ("2024-12-31 10:42", "王小明明", "撤销“填报进展”")
_SUBJECT_SHARE = 0.42
"""Of what is left after the first three columns; the rest is for 变动."""
Index = QModelIndex | QPersistentModelIndex


class _Cell(QStyledItemDelegate):
    """Words in one line, cut at their end; time, person and changes in second text."""

    def __init__(self, view: JournalTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, tokens = rect_of(option), theme.tokens()
        painter.save()
        is_chosen, is_hot = bool(state_of(option) & SELECTED), index.row() == self._view.hover_line
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=is_hot, has_bar=index.column() == 0)
        painter.setFont(theme.font())
        is_main = index.column() in {2, 3}
        painter.setPen(theme.colour(tokens.text if is_main else tokens.second_text))
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        # a text of thousands of letters is not measured whole for each painting
        text = str(index.data() or "")[:200]
        painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        is_last = index.column() == self._view.model().columnCount() - 1
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()


class JournalTable(ColumnTable):
    """``chosen`` carries the row the cursor is on (-1: none), ``opened`` one of Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)
    too_many_copied = Signal(int, int)
    """More lines were to be copied than are at once: how many, and how many may be."""

    def __init__(self, model: JournalModel, parent: QWidget | None = None) -> None:
        self.journal_model = model
        super().__init__(model, "操作日志", parent)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName("操作日志")
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

    def make_head(self) -> TableHead:
        return TableHead(self.journal_model, self, pad=_PAD)

    def keeping(self, change: Callable[[], object]) -> None:
        number = self.journal_model.number(self.currentIndex().row())
        change()
        self.choose(self.journal_model.row_of(number))

    def copied_cells(self, line: int) -> list[str]:
        return self.journal_model.texts(line)

    def copy_rows(self) -> None:
        """A whole journal is exported, not copied: its lines would be read one by one while the window stands."""
        lines = len(self.chosen_lines())
        if lines > MOST_COPIED:
            self.too_many_copied.emit(lines, MOST_COPIED)
        else:
            super().copy_rows()

    def choose(self, row: int) -> None:
        """Put the cursor on a row; one that is not there on none."""
        if 0 <= row < self.journal_model.rowCount():
            self.selectRow(row)
            self.scrollTo(self.journal_model.index(row, 0))
        self.chosen.emit(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def wanted(self) -> Sequence[Width]:
        """Time, person and act as wide as their words; the other two share the rest."""
        metrics = QFontMetrics(theme.font())
        words = (Width(metrics.horizontalAdvance(word) + 2 * _PAD + theme.px(_AIR)) for word in _SAMPLES)
        subject, told = (Width(theme.px(96), share=_SUBJECT_SHARE), Width(theme.px(64), share=1 - _SUBJECT_SHARE))
        return [*words, subject, told]

    @Slot()
    def _on_current(self) -> None:
        self.chosen.emit(self.currentIndex().row())

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
