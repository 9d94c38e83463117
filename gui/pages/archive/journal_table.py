"""The table of the journal: rows of 36, one is chosen, the last column takes what the others leave."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.archive.journal_model import JournalModel
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.row_table import RowTable

ROW = 36
_PAD = 10
_AIR = 6
"""Digits of equal width are a little wider than what is measured."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_SAMPLES = ("2024-12-31 10:42", "王小明明", "撤销“填报进展”")
_SUBJECT_SHARE = 0.42
"""Of what is left after the first three columns; the rest is for 变动."""
Index = QModelIndex | QPersistentModelIndex


class _Head(QHeaderView):
    """36 high, bold, on the ground of heads."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = theme.tokens()
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        painter.drawText(rect.adjusted(_PAD, 0, -4, 0), _LEFT, title)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.restore()


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
            paint_ring(painter, QRect(0, rect.top(), rect.right() + 1, rect.height()))
        painter.restore()


class JournalTable(RowTable):
    """``chosen`` carries the row the cursor is on (-1: none), ``opened`` one of Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)

    copies_rows = True

    def __init__(self, model: JournalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.journal_model = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = _Head(Qt.Orientation.Horizontal, self)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        self.setHorizontalHeader(head)
        self.setItemDelegate(_Cell(self))
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.px(ROW))
        rows.setDefaultSectionSize(theme.px(ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("操作日志")
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics, left = QFontMetrics(theme.font()), self.viewport().width()
        for column, sample in enumerate(_SAMPLES):
            width = metrics.horizontalAdvance(sample) + 2 * _PAD + theme.px(_AIR)
            self.setColumnWidth(column, width)
            left -= width
        subject = max(round(left * _SUBJECT_SHARE), theme.px(96))
        self.setColumnWidth(3, subject)
        self.setColumnWidth(4, max(left - subject, theme.px(64)))

    @Slot()
    def _on_current(self) -> None:
        self.chosen.emit(self.currentIndex().row())

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
