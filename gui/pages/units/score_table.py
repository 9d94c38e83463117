"""The table of the ranking: head with the order, rows of 36, numbers at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.pages.units.score_model import SCORE, TOTAL, ScoreModel
from gui.widgets.clipboard import copy_rows
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.row_table import RowTable

ROW = 36
_PAD = 7
_ARROW = 12
_MIN_NAME = 88
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class ScoreHeader(QHeaderView):
    """36 high; a click sorts."""

    def __init__(self, model: ScoreModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.px(40))
        self.setAccessibleName("表头，单击排序")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid() or logicalIndex >= len(self._model.columns):
            return
        tokens, column = theme.tokens(), self._model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        is_sorted = self._model.sorted_by == logicalIndex
        side, width = theme.px(_ARROW), painter.fontMetrics().horizontalAdvance(column.title)
        # a narrow head gives its margins to the arrow
        pad = min(_PAD, max(rect.width() - width - side - 1, 0) // 2) if is_sorted else _PAD
        words = rect.adjusted(pad, 0, -pad, 0)
        painter.drawText(words, _RIGHT if column.is_number else _LEFT, column.title)
        if is_sorted:
            left = words.left() if column.is_number else words.left() + width + 4
            place = QRect(left, (self.height() - side) // 2, side, side)
            icons.paint(painter, place, "arrow-down" if self._model.is_descending else "arrow-up", tokens.accent)
        if logicalIndex < len(self._model.columns) - 1:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(tokens.line))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.restore()


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
            paint_ring(painter, QRect(0, rect.top(), rect.right() + 1, rect.height()))
        painter.restore()


class ScoreTable(RowTable):
    """The columns share the width there is; the name of the unit takes the rest."""

    current_changed = Signal(object)
    """Another UnitScore is current, None when there is none."""

    def __init__(self, model: ScoreModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scores = model
        self.setModel(model)
        self.setHorizontalHeader(ScoreHeader(model, self))
        self.setItemDelegate(ScoreDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.setAccessibleName("考核评分")
        self.horizontalHeader().sectionClicked.connect(self._on_head)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.modelReset.connect(self.fit)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows onto the clipboard, as WPS and Excel paste them; several bring the heads along."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        copy_rows([column.title for column in self.scores.columns], [self.scores.texts(row) for row in rows])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Share the width; where it is too little a bar below moves the columns."""
        metrics = QFontMetrics(theme.font(bold=True))
        columns = self.scores.columns
        fixed = [
            max(theme.px(c.width), metrics.horizontalAdvance(c.title) + 2 * _PAD) if c.width else 0 for c in columns
        ]
        rest = max(self.viewport().width() - sum(fixed), theme.px(_MIN_NAME))
        for at, width in enumerate(fixed):
            self.setColumnWidth(at, width or rest)

    @Slot(int)
    def _on_head(self, column: int) -> None:
        unit = self.current()
        self.scores.sort_by(column)
        self.choose(unit)

    @Slot(QModelIndex)
    def _on_current(self, index: Index) -> None:
        self.current_changed.emit(self.scores.score(index.row()))
