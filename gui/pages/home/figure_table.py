"""The table behind a picture: for those who would rather read, and to be copied into WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.widgets.arranged_model import ALIGNED, DISPLAY, LEFT, RIGHT, SPOKEN, ArrangedModel, Index
from gui.widgets.clipboard import copy_table
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.row_painting import SELECTED, paint_ring, rect_of, state_of
from gui.widgets.table_head import TableHead

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_WIDTH = 96
_PAD = 6


class FigureModel(ArrangedModel[tuple[str, ...]]):
    """Texts in rows under a head; the first column names, the others count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head: tuple[str, ...] = ()

    def show(self, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """Show other texts, in the order of before."""
        if tuple(head) != self.head:
            self.beginResetModel()
            self.head, self._all, self._shown = tuple(head), (), ()
            self.endResetModel()
            self.filters.clear()
            self.sorted_by = None
        self.take(tuple(line) for line in lines)

    def titles(self) -> Sequence[str]:
        return self.head

    def cell(self, row: tuple[str, ...], column: int) -> str:
        return row[column]

    def order(self, row: tuple[str, ...], column: int) -> Any:  # noqa: ANN401 - as the base has it
        """A word among figures (不参加排名, no rate) stands last."""
        return None if column and not row[column][:1].isdecimal() else super().order(row, column)

    def is_number(self, column: int) -> bool:
        return column > 0

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == DISPLAY:
            return row[index.column()]
        if role == SPOKEN:
            return "，".join(
                f"{title} {text}" if at else text for at, (title, text) in enumerate(zip(self.head, row, strict=True))
            )
        return (RIGHT if index.column() else LEFT) if role == ALIGNED else None


class _Cells(QStyledItemDelegate):
    """A text with room beside it; chosen rows on the chosen ground, a ring round the row of the keyboard."""

    def __init__(self, view: FigureTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        tokens = theme.tokens()
        rect, state = rect_of(option), state_of(option)
        painter.save()
        if state & SELECTED:
            painter.fillRect(rect, theme.colour(tokens.chosen))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(tokens.line))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT if index.column() else LEFT, text)
        is_last = index.column() == self._view.figures.columnCount() - 1
        if is_last and self._view.shows_ring and index.row() == self._view.currentIndex().row():
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()


def _wide(texts: Sequence[str]) -> int:
    """Pixels of the widest, as 合计 draws it."""
    metrics = QFontMetrics(theme.font(bold=True))
    return max(metrics.horizontalAdvance(text) for text in texts)


class FigureTable(ColumnTable):
    """Rows can be walked, sorted and copied; Ctrl+C copies what is chosen, with the head."""

    may_scroll = True
    row_height = 28

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.figures = FigureModel()
        self._widest: list[int] = []
        super().__init__(self.figures, name, parent)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        self.horizontalHeader().setMinimumSectionSize(theme.px(36))

    def make_head(self) -> TableHead:
        return TableHead(self.figures, self, height=30, pad=_PAD, text=12)

    def show_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]], total: Sequence[str] = ()) -> None:
        """Show other figures; ``total`` stays below them, a text a column."""
        self._widest = [_wide(texts) for texts in zip(*rows, total or head, strict=True)]
        self.keeping(lambda: self.figures.show(head, rows))
        self.fit()
        figures = {at: text for at, text in enumerate(total) if at and text}
        self.foot.show_totals(figures, total[0] if total else "")

    def wanted(self) -> Sequence[Width]:
        """The name takes the rest, each figure is as wide as its title or its widest value."""
        found = [Width(theme.px(_FIRST_WIDTH), share=1)]
        for title, widest in zip(self.figures.head[1:], self._widest[1:], strict=True):
            found.append(Width(max(self.head.room_of(title), widest + 2 * _PAD)))
        return found[: len(self.figures.head)]

    def copy_rows(self) -> None:
        """With the head even for one row: figures say nothing without it."""
        lines = self.chosen_lines()
        self._copy(lines or list(range(self.figures.rowCount())))

    @Slot()
    def copy_all(self) -> None:
        """Put the whole table on the clipboard, with its head and 合计."""
        self._copy(list(range(self.figures.rowCount())))

    def _copy(self, lines: list[int]) -> None:
        foot = self.copied_foot() if len(lines) == self.figures.rowCount() else None
        rows = [self.figures.texts(line) for line in lines]
        copy_table([self.figures.head, *rows, *([foot] if foot else [])])
