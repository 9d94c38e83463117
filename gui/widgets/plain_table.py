"""A small table of words: rows of 36, one is chosen, columns of fixed width but the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.row_table import RowTable

ROW = 36
_PAD = 12
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column; the first one takes the width that the others leave, ``sample`` is the widest word of these."""

    title: str
    sample: str = ""
    is_number: bool = False
    tip: str = ""


class _Rows(QAbstractTableModel):
    """Words by row; no rule of its own."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[tuple[str, ...]] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            pairs = zip(self.columns, self.rows[index.row()], strict=True)
            return "，".join(f"{column.title}{text}" for column, text in pairs if text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self.columns[section].tip or None if role == Qt.ItemDataRole.ToolTipRole else None

    def show(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def show_cell(self, row: int, column: int, text: str) -> None:
        have = list(self.rows[row])
        have[column] = text
        self.rows[row] = tuple(have)
        here = self.index(row, column)
        self.dataChanged.emit(here, here)


class _Head(QHeaderView):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        tokens, column = theme.tokens(), self._columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _RIGHT if column.is_number else _LEFT, column.title)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.restore()


class _Cell(QStyledItemDelegate):
    def __init__(self, view: PlainTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = rect_of(option), self._view.columns[index.column()]
        painter.save()
        is_chosen, is_hot = bool(state_of(option) & SELECTED), index.row() == self._view.hover_line
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=is_hot, has_bar=index.column() == 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.tokens().text))
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _RIGHT if column.is_number else _LEFT, text)
        is_last = index.column() == len(self._view.columns) - 1
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, QRect(0, rect.top(), rect.right() + 1, rect.height()))
        painter.restore()


class PlainTable(RowTable):
    """``chosen`` carries the row the cursor is on (-1: none), ``opened`` one of Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)
    removal_asked = Signal()

    copies_rows = True

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows = _Rows(self.columns, self)
        self._is_loading = False
        self.setModel(self._rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_Head(self.columns, self))
        self.setItemDelegate(_Cell(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

    def show_rows(self, rows: Sequence[tuple[str, ...]], current: int = 0) -> None:
        """Show these rows and put the cursor on one."""
        self._is_loading = True
        self._rows.show(rows)
        if rows:
            self.selectRow(max(0, min(current, len(rows) - 1)))
        self._is_loading = False
        self.chosen.emit(self.row())

    def show_cell(self, row: int, column: int, text: str) -> None:
        """Change one word."""
        self._rows.show_cell(row, column, text)

    def cell(self, row: int, column: int) -> str:
        """One word."""
        return self._rows.rows[row][column]

    def row(self) -> int:
        """The row of the cursor, -1 for none."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.row() >= 0:
            self.opened.emit(self.row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics, left = QFontMetrics(theme.font(bold=True)), self.viewport().width()
        for at, column in enumerate(self.columns[1:], start=1):
            width = max(metrics.horizontalAdvance(word) for word in (column.title, column.sample)) + 2 * _PAD
            self.setColumnWidth(at, width)
            left -= width
        self.setColumnWidth(0, max(left, theme.px(96)))

    @Slot()
    def _on_current(self) -> None:
        if not self._is_loading:
            self.chosen.emit(self.row())

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
