"""The table behind a picture: for those who would rather read, and to be copied into WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.widgets.clipboard import copy_table
from gui.widgets.paint import box

if TYPE_CHECKING:
    from collections.abc import Sequence

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_FIRST_WIDTH = 176
_PAD = 8
Index = QModelIndex | QPersistentModelIndex


class FigureModel(QAbstractTableModel):
    """Texts in rows under a head; the first column names, the others count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head: tuple[str, ...] = ()
        self.lines: tuple[tuple[str, ...], ...] = ()

    def show(self, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """Show other texts."""
        self.beginResetModel()
        self.head, self.lines = tuple(head), tuple(tuple(line) for line in lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.head)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        if role == _DISPLAY:
            return self.lines[index.row()][index.column()]
        return (_RIGHT if index.column() else _LEFT) if role == _ALIGN else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.head[section]
        return (_RIGHT if section else _LEFT) if role == _ALIGN else None


class _Head(QHeaderView):
    """Titles on the ground of table heads, with a line below."""

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """One title."""
        tokens = theme.tokens()
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(tokens.strong_line))
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(theme.colour(tokens.text))
        title = str(self.model().headerData(index, Qt.Orientation.Horizontal))
        painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _RIGHT if index else _LEFT, title)
        painter.restore()


class _Cells(QStyledItemDelegate):
    """A text with room beside it; chosen rows on the chosen ground, a ring round the cell of the keyboard."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        tokens = theme.tokens()
        # Qt's type hints leave the fields of style options out.
        rect, state = cast("QRect", cast("Any", option).rect), cast("QStyle.StateFlag", cast("Any", option).state)
        painter.save()
        if state & _SELECTED:
            painter.fillRect(rect, theme.colour(tokens.chosen))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(tokens.line))
        if state & _FOCUSED:
            box(painter, rect, border=tokens.accent, width=2, radius=0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _RIGHT if index.column() else _LEFT, text)
        painter.restore()


class FigureTable(QTableView):
    """Cells can be walked and copied; Ctrl+C copies what is chosen, else all."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FigureModel(self)
        self.setModel(self.figures)
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal, self))
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.horizontalHeader().setFixedHeight(theme.px(30))
        self.horizontalHeader().setMinimumSectionSize(theme.px(44))

    def show_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other figures."""
        self.figures.show(head, rows)
        for column, title in enumerate(self.figures.head):
            if column == 0:
                self.setColumnWidth(0, theme.px(_FIRST_WIDTH))
            else:
                width = QFontMetrics(theme.font(12, bold=True)).horizontalAdvance(title)
                self.setColumnWidth(column, width + 2 * _PAD + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
            self._copy(lines or list(range(len(self.figures.lines))))
            return
        super().keyPressEvent(event)

    @Slot()
    def copy_all(self) -> None:
        """Put the whole table on the clipboard, with its head."""
        self._copy(list(range(len(self.figures.lines))))

    def _copy(self, lines: list[int]) -> None:
        copy_table([self.figures.head, *(self.figures.lines[line] for line in lines)])
