"""A small table of words: rows of 36, columns as wide as their widest word but those that take the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.widgets.arranged_model import DISPLAY, LEFT, RIGHT, SPOKEN, TIP, ArrangedModel, Index
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of

ROW = 36
_PAD = 12
_LEAST = 96
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Column:
    """A column as wide as ``sample``, its widest word; the first, or those with a ``share``, take what the others leave."""

    title: str
    sample: str = ""
    is_number: bool = False
    tip: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """Words, and the place they came in: that is what the owner of the table knows a row by."""

    place: int
    words: tuple[str, ...]


class _Rows(ArrangedModel[_Row]):
    """Words by row; no rule of its own."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)

    def titles(self) -> Sequence[str]:
        return [column.title for column in self.columns]

    def cell(self, row: _Row, column: int) -> str:
        return row.words[column]

    def is_number(self, column: int) -> bool:
        return self.columns[column].is_number

    def line_of(self, place: int) -> int:
        """Where a row is shown, -1 where it is not."""
        return next((line for line, row in enumerate(self.rows()) if row.place == place), -1)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in {DISPLAY, TIP}:
            return row.words[index.column()]
        if role == SPOKEN:
            pairs = zip(self.columns, row.words, strict=True)
            return "，".join(f"{column.title}{text}" for column, text in pairs if text)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if role == TIP and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].tip or None
        return super().headerData(section, orientation, role)

    def change(self, place: int, column: int, text: str) -> None:
        """Other words in one cell; its row stays where it is."""
        line = self.line_of(place)
        was = next(row for row in self._all if row.place == place)
        now = _Row(place, (*was.words[:column], text, *was.words[column + 1 :]))
        self._all = tuple(now if row is was else row for row in self._all)
        self._shown = tuple(now if row is was else row for row in self._shown)
        if line >= 0:
            self.dataChanged.emit(self.index(line, column), self.index(line, column))


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
        painter.drawText(words, RIGHT if column.is_number else LEFT, text)
        is_last = index.column() == len(self._view.columns) - 1
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()


class PlainTable(ColumnTable):
    """``chosen`` carries the row the cursor is on (-1: none), ``opened`` one of Enter or a double click.

    A row is told by its place among those that were shown, however they are sorted now.
    """

    chosen = Signal(int)
    opened = Signal(int)
    removal_asked = Signal()

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        self.columns = tuple(columns)
        self._is_loading = False
        self._said_empty = ""
        self._rows = _Rows(self.columns)
        super().__init__(self._rows, name, parent)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)

    def show_rows(self, rows: Sequence[tuple[str, ...]], current: int = 0) -> None:
        """Show these rows and put the cursor on one."""
        self._is_loading = True
        self._rows.take(_Row(place, words) for place, words in enumerate(rows))
        if rows:
            self.choose(max(0, min(current, len(rows) - 1)))
        self._is_loading = False
        self.chosen.emit(self.row())

    def say_empty(self, text: str) -> None:
        """What stands in the place of rows while there are none: what is missing, and what to do."""
        self._said_empty = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._has_keyboard_focus and not self.currentIndex().isValid():  # the keyboard is here, on no row yet
            painter = QPainter(self.viewport())
            paint_ring(painter, self.viewport().rect())
            painter.end()
        if self._said_empty and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setFont(theme.font())
            painter.setPen(theme.colour(theme.tokens().second_text))
            room = self.viewport().rect().adjusted(theme.px(24), 0, -theme.px(24), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._said_empty)
            painter.end()

    def show_cell(self, row: int, column: int, text: str) -> None:
        """Change one word."""
        self._rows.change(row, column, text)

    def cell(self, row: int, column: int) -> str:
        """One word."""
        return next(one for one in self._rows.all_rows() if one.place == row).words[column]

    def choose(self, row: int) -> None:
        """Put the cursor on a row; where a filter hides it, on the first."""
        line = max(self._rows.line_of(row), 0)
        self.selectRow(line)
        self.scrollTo(self._rows.index(line, 0))

    def shown(self) -> list[tuple[str, ...]]:
        """The words of the rows that are shown, as they are sorted now."""
        return [row.words for row in self._rows.rows()]

    def places(self) -> list[int]:
        """The rows that are shown, as they are sorted now."""
        return [row.place for row in self._rows.rows()]

    def after_current(self) -> list[int]:
        """The rows below the cursor, then those above it."""
        places, line = self.places(), self.currentIndex().row()
        return [*places[line + 1 :], *places[: max(line, 0)]]

    def step(self, by: int) -> None:
        """To the next row as they are sorted now, or the one before."""
        line = self.currentIndex().row() + by
        if 0 <= line < self._rows.rowCount():
            self.selectRow(line)

    def row(self) -> int:
        """The row of the cursor, -1 for none."""
        row = self._rows.row_at(self.currentIndex().row())
        return row.place if row is not None else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._choose_one()
            self.removal_asked.emit()
            return
        if event.key() in _ENTER and self.row() >= 0:
            self._choose_one()
            self.opened.emit(self.row())
            return
        super().keyPressEvent(event)

    def wanted(self) -> Sequence[Width]:
        """As wide as title and sample; one at least takes the rest."""
        metrics = QFontMetrics(theme.font(bold=True))
        has_shares = any(column.share for column in self.columns)
        found = []
        for at, column in enumerate(self.columns):
            word = max(self.head.room_of(column.title), metrics.horizontalAdvance(column.sample) + 2 * _PAD)
            share = column.share if has_shares else float(at == 0)
            found.append(Width(theme.px(_LEAST) if share else word, share=share))
        return found

    def _choose_one(self) -> None:
        """What is done now is done with the row of the cursor: it alone shows as chosen."""
        if len(self.chosen_lines()) > 1:
            self.selectRow(self.currentIndex().row())

    @Slot()
    def _on_current(self) -> None:
        if not self._is_loading:
            self.chosen.emit(self.row())

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(self.row() if index.isValid() else -1)
