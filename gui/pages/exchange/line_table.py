"""The table of units of a step: rows of 36, check boxes, pills, links; walked and chosen as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.exchange.line_model import HasUnit, LineColumn, LineModel
from gui.widgets.arranged_model import Index
from gui.widgets.check import paint_check
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.pill import paint_pill, pill_size
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.table_head import TableHead

_PAD = 12
_CHECKS = 40
_MIN_NAME, _LEAST_NAME = 132, 96
"""Of the column that takes the rest, before others give way and where none does."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_KEYS_OF_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Head(TableHead):
    """The box over the check boxes checks all that are shown, or none."""

    all_asked = Signal()

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(model, parent, has_carets=True)
        self._lines = model
        model.checks_changed.connect(self._on_checks)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._lines.has_checks and self.logicalIndexAt(event.position().toPoint()) == 0:
            self.all_asked.emit()

    def paint_title(self, painter: QPainter, rect: QRect, column: int, *, is_hot: bool) -> None:
        if self._lines.column(column) is None:
            paint_check(painter, rect, is_checked=self._lines.are_all_checked())
        else:
            super().paint_title(painter, rect, column, is_hot=is_hot)

    @Slot()
    def _on_checks(self) -> None:
        self.viewport().update()


class _Cell(QStyledItemDelegate):
    """Check box, pill, link or text."""

    def __init__(self, view: LineTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = rect_of(option), self._view.lines.column(index.column())
        painter.save()
        is_chosen, is_hot = bool(state_of(option) & SELECTED), index.row() == self._view.hover_line
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=is_hot, has_bar=index.column() == 0)
        if column is None:
            is_checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
            paint_check(painter, rect, is_checked=is_checked)
        else:
            self._paint_text(painter, rect.adjusted(_PAD, 0, -_PAD, 0), column, index)
        is_last = index.column() == self._view.last_shown()
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()

    def _paint_text(self, painter: QPainter, words: QRect, column: LineColumn, index: Index) -> None:
        tokens, line = theme.tokens(), self._view.lines.line(index.row())
        text = column.text(line)
        kind = column.pill(line) if column.pill is not None else None
        if text and kind is not None:
            high = pill_size(text, kind).height()
            paint_pill(painter, QPoint(words.left(), words.top() + (words.height() - high) // 2), text, kind)
            return
        font = QFont(theme.font())
        font.setUnderline(column.is_link and tokens.is_high_contrast)
        painter.setFont(font)
        painter.setPen(theme.colour(tokens.accent if column.is_link else tokens.text))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _RIGHT if column.is_number else _LEFT, text)


class LineTable(ColumnTable):
    """``chosen`` carries the line under the cursor (None: none), ``opened`` one of Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)
    pressed_link = Signal(object, str)
    """A link was pressed: its line and the title of its column."""

    def __init__(self, model: LineModel, name: str, parent: QWidget | None = None) -> None:
        self.lines = model
        self._is_loading = False
        super().__init__(model, name.partition("，")[0], parent)
        self.setItemDelegate(_Cell(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

    def make_head(self) -> TableHead:
        head = _Head(self.lines, self)
        head.all_asked.connect(self._on_all)
        return head

    # --- lines -----------------------------------------------------------------------------------

    def load(self, lines: Sequence[HasUnit]) -> None:
        """Show other lines; the cursor stays on its unit, else on the first."""
        before = self.current()
        self._is_loading = True
        if self.lines.load(lines):
            row = self.lines.position(before.unit) if before is not None else -1
            if lines:
                self.selectRow(max(row, 0))
        self._is_loading = False
        self.chosen.emit(self.current())

    def current(self) -> Any:  # noqa: ANN401 - whatever the step shows
        """The line under the cursor."""
        return self.lines.line(self.currentIndex().row())

    def choose(self, unit: str) -> bool:
        """Put the cursor on a unit; False when it is not shown."""
        row = self.lines.position(unit)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self.lines.index(row, 0))
        return row >= 0

    def selected(self) -> list[Any]:
        """The lines that are selected, in their order."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.lines.line(row) for row in rows]

    def last_shown(self) -> int:
        """The last column that is not left out."""
        shown = [at for at in range(self.lines.columnCount()) if not self.isColumnHidden(at)]
        return shown[-1] if shown else 0

    # --- keys and mouse --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.lines.has_checks:
            self.lines.toggle([line.unit for line in self.selected()])
        elif event.key() in _KEYS_OF_ENTER and self.current() is not None:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = self.lines.line(index.row())
        if event.button() != Qt.MouseButton.LeftButton or line is None:
            return
        column = self.lines.column(index.column())
        if column is None and self.lines.has_checks:
            self.lines.toggle([line.unit])
        elif column is not None and column.is_link and column.text(line):
            self.pressed_link.emit(line, column.title)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        column, line = self.lines.column(index.column()), self.lines.line(index.row())
        is_link = column is not None and line is not None and column.is_link and bool(column.text(line))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)

    # --- sizes -----------------------------------------------------------------------------------

    def wanted(self) -> Sequence[Width]:
        """As wide as title and sample; the column without a sample takes the rest."""
        return [self._wide(at) for at in range(self.lines.columnCount())]

    def _wide(self, section: int) -> Width:
        column = self.lines.column(section)
        if column is None:
            return Width(theme.px(_CHECKS))
        if not column.sample:
            can_give = any(other.gives_way for other in self.lines.columns)
            return Width(theme.px(_MIN_NAME if can_give else _LEAST_NAME), share=1)
        extra = theme.px(24) if column.pill is not None else 0
        word = QFontMetrics(theme.font(bold=True)).horizontalAdvance(column.sample) + extra + 2 * _PAD
        return Width(max(self.head.room_of(column.title), word), gives_way=column.gives_way)

    @Slot()
    def _on_current(self) -> None:
        if not self._is_loading:
            self.chosen.emit(self.current())

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        column, line = self.lines.column(index.column()), self.lines.line(index.row())
        if line is not None and column is not None and not column.is_link:
            self.opened.emit(line)

    @Slot()
    def _on_all(self) -> None:
        self.lines.toggle([line.unit for line in self.lines.lines()])
