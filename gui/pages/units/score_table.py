"""The table of the ranking: rows of 36, numbers at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.units.score_model import SCORE, TOTAL, ScoreModel
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.table_head import TableHead

ROW = 36
_PAD = 7
_MIN_NAME = 88
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class ScoreDelegate(QStyledItemDelegate):
    """One cell; those without a place in second text, 合计 in bold."""

    def __init__(self, view: ScoreTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, rect = theme.tokens(), rect_of(option)
        column, score = self._view.scores.columns[index.column()], index.data(SCORE)
        is_last = index.column() == len(self._view.scores.columns) - 1
        painter.save()
        paint_row(
            painter,
            rect,
            is_chosen=bool(state_of(option) & SELECTED),
            is_hot=index.row() == self._view.hover_line,
            has_bar=index.column() == 0,
        )
        if not is_last:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(tokens.line))
        painter.setPen(theme.colour(tokens.text if score.ranked else tokens.second_text))
        painter.setFont(theme.font(bold=column.key == TOTAL))
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _RIGHT if column.is_number else _LEFT, text)
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()


class ScoreTable(ColumnTable):
    """The columns share the width there is; the name of the unit takes the rest. Too many scroll sideways."""

    current_changed = Signal(object)
    """Another UnitScore is current, None when there is none."""
    may_scroll = True

    def __init__(self, model: ScoreModel, parent: QWidget | None = None) -> None:
        self.scores = model
        super().__init__(model, "考核评分", parent)
        self.setItemDelegate(ScoreDelegate(self))
        self.setAccessibleName("考核评分")
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.modelReset.connect(self.fit)

    def make_head(self) -> TableHead:
        return TableHead(self.scores, self, pad=_PAD)

    def choose(self, unit: str) -> None:
        """Put the cursor on a unit, on the first one when it is not there."""
        row = max(self.scores.position(unit), 0)
        if row < self.scores.rowCount():
            self.selectRow(row)
            self.scrollTo(self.scores.index(row, 0))
        else:
            self.current_changed.emit(None)

    def current(self) -> str:
        """The unit the cursor is on, empty for none."""
        score = self.scores.score(self.currentIndex().row())
        return score.unit if score else ""

    def copied_cells(self, line: int) -> list[str]:
        return self.scores.texts(line)

    def keeping(self, change: Callable[[], object]) -> None:
        unit = self.current()
        change()
        self.choose(unit)

    def wanted(self) -> Sequence[Width]:
        """Those of the look, wider where a head needs it."""
        return [
            Width(max(theme.px(c.width), self.head.room_of(c.title)))
            if c.width
            else Width(theme.px(_MIN_NAME), share=1)
            for c in self.scores.columns
        ]

    @Slot(QModelIndex)
    def _on_current(self, index: Index) -> None:
        self.current_changed.emit(self.scores.score(index.row()))
