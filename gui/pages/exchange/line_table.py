"""The table of units of a step: rows of 36, check boxes, pills, links; walked and chosen as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.exchange.line_model import HasUnit, Index, LineColumn, LineModel
from gui.widgets.check import paint_check
from gui.widgets.clipboard import copy_rows
from gui.widgets.pill import paint_pill, pill_size
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.row_table import RowTable

ROW = 36
_PAD = 12
_CHECKS = 40
_MIN_NAME = 132
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_KEYS_OF_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Head(QHeaderView):
    """36 high; the box over the check boxes checks all or none."""

    all_asked = Signal()

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lines = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(model.has_checks)
        self.setMinimumSectionSize(theme.px(32))
        model.checks_changed.connect(self._on_checks)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._lines.has_checks and self.logicalIndexAt(event.position().toPoint()) == 0:
            self.all_asked.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        tokens, column = theme.tokens(), self._lines.column(logicalIndex)
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        if column is None:
            is_all = 0 < self._lines.rowCount() == len(self._lines.checked())
            paint_check(painter, rect, is_checked=is_all)
        else:
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(tokens.text))
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _RIGHT if column.is_number else _LEFT, column.title)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.restore()

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
            paint_ring(painter, QRect(0, rect.top(), rect.right() + 1, rect.height()))
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


class LineTable(RowTable):
    """``chosen`` carries the line under the cursor (None: none), ``opened`` one of Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)
    pressed_link = Signal(object, str)
    """A link was pressed: its line and the title of its column."""

    def __init__(self, model: LineModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = model
        self._is_loading = False
        self.setModel(model)
        head = _Head(model, self)
        head.all_asked.connect(self._on_all)
        self.setHorizontalHeader(head)
        self.setItemDelegate(_Cell(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

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
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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

    def copy(self) -> None:
        """The selected rows onto the clipboard, as WPS and Excel paste them; several bring the heads along."""
        columns = self.lines.columns
        copy_rows([c.title for c in columns], [[c.text(line) for c in columns] for line in self.selected()])

    # --- sizes -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width; where it is too little, columns that give way are left out."""
        widths = {at: self._wide(at) for at in range(self.lines.columnCount())}
        rest = next(at for at in widths if (c := self.lines.column(at)) is not None and not c.sample)
        ways = {at: c.gives_way for at in widths if (c := self.lines.column(at)) is not None and c.gives_way}
        hidden: set[int] = set()
        room = self.viewport().width()
        for at in sorted(ways, key=lambda at: -ways[at]):
            if room - sum(w for w_at, w in widths.items() if w_at not in hidden and w_at != rest) >= theme.px(
                _MIN_NAME
            ):
                break
            hidden.add(at)
        left = room - sum(w for w_at, w in widths.items() if w_at not in hidden and w_at != rest)
        for at, width in widths.items():
            self.setColumnHidden(at, at in hidden)
            self.setColumnWidth(at, max(left, theme.px(96)) if at == rest else width)

    def _wide(self, section: int) -> int:
        column = self.lines.column(section)
        if column is None:
            return theme.px(_CHECKS)
        metrics = QFontMetrics(theme.font(bold=True))
        extra = theme.px(24) if column.pill is not None else 0
        return max(metrics.horizontalAdvance(column.title), metrics.horizontalAdvance(column.sample) + extra) + 2 * _PAD

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
