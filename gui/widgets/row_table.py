"""A table whose rows are walked and chosen as rows although cells merge over them.

Qt treats a merged cell as one big cell: arrow keys jump over it, a click into it chooses its first row, and a range
grows to all it covers. Here a cell belongs to the row under the pointer, so those questions are answered by
position. Painting still goes by Qt's spans.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

_ACTION = QAbstractItemView.CursorAction
_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible
_SIDEWAYS = Qt.Orientation.Horizontal
KEYBOARD_REASONS = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
"""A menu or another window has the keyboard for a while."""
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
Index = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """Rows are chosen whole, scrolled by pixels; hover and keyboard focus are kept for whoever paints.

    ``copies_rows``: Ctrl+C copies what the model says in each column; the heirs may know better.
    """

    copies_rows = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hover_line = -1
        self._has_keyboard_focus = False
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def is_row(self, line: int) -> bool:
        """Whether a line can be chosen; the heirs know of lines that cannot."""
        return 0 <= line < self.model().rowCount()

    def first_column(self) -> int:
        """The column the cursor begins in."""
        return 0

    @property
    def shows_ring(self) -> bool:
        """Whether the row under the cursor gets the keyboard's frame."""
        return self._has_keyboard_focus and self.is_row(self.currentIndex().row())

    def indexAt(self, pos: QPoint) -> QModelIndex:
        if self.model() is None:  # Qt asks while the view is still being set up
            return QModelIndex()
        return self.model().index(self.rowAt(pos.y()), self.columnAt(pos.x()))

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        line, column = index.row(), index.column()
        return QRect(
            self.columnViewportPosition(column),
            self.rowViewportPosition(line),
            self.columnWidth(column),
            self.rowHeight(line),
        )

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: ARG002 - as Qt has it
        return QRegion(self.viewport().rect())  # some rows of one screen: cheaper to repaint than to work out

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        lines = [self.rowAt(y) for y in (rect.top(), rect.bottom())]
        if -1 in lines:
            return
        last = self.model().columnCount() - 1
        first, end = min(lines), max(lines)
        selection = QItemSelection(self.model().index(first, 0), self.model().index(end, last))
        self.selectionModel().select(selection, command)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _VISIBLE) -> None:
        if not index.isValid() or not self.rowHeight(index.row()):
            return
        bar = self.verticalScrollBar()
        top = self.rowViewportPosition(index.row())
        height, room = self.rowHeight(index.row()), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtTop or top < 0 or height > room:
            bar.setValue(bar.value() + top)
        elif top + height > room:
            bar.setValue(bar.value() + top + height - room)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002 - as Qt has it
    ) -> QModelIndex:
        if not self.model().rowCount():
            return QModelIndex()  # Qt asks when an empty table gets the focus
        current = self.currentIndex()
        line = current.row()
        column = current.column() if current.isValid() else self.first_column()
        if action == _ACTION.MoveLeft:
            return self.model().index(line, max(column - 1, 0))
        if action == _ACTION.MoveRight:
            return self.model().index(line, min(column + 1, self.model().columnCount() - 1))
        if action in {_ACTION.MoveDown, _ACTION.MoveNext}:
            line = self.next_line(line, 1)
        elif action in {_ACTION.MoveUp, _ACTION.MovePrevious}:
            line = self.next_line(line, -1)
        elif action == _ACTION.MoveHome:
            line = self.next_line(-1, 1)
        elif action == _ACTION.MoveEnd:
            line = self.next_line(self.model().rowCount(), -1)
        else:
            line = self._line_a_page_away(line, 1 if action == _ACTION.MovePageDown else -1)
        return self.model().index(line, column)

    def next_line(self, line: int, by: int) -> int:
        """The nearest line with a measure in a direction; the line itself at the end."""
        there = line + by
        while 0 <= there < self.model().rowCount():
            if self.is_row(there):
                return there
            there += by
        return line if self.is_row(line) else -1

    def _line_a_page_away(self, line: int, by: int) -> int:
        target = self.rowViewportPosition(max(line, 0)) + by * self.viewport().height()
        there = self.rowAt(target)
        if there < 0 or there == line:
            there = line + by if there == line else (self.model().rowCount() if by > 0 else -1)
            return self.next_line(there, -by) if not 0 <= there < self.model().rowCount() else there
        return there if self.is_row(there) else self.next_line(there, by)

    def selectRow(self, row: int) -> None:
        """Choose a row and no other: Qt would look at the keys that are down (Ctrl+Enter goes on to the next row)."""
        index = self.model().index(row, max(self.currentIndex().column(), self.first_column()))
        self.selectionModel().setCurrentIndex(index, _ALONE)

    def chosen_lines(self) -> list[int]:
        """The chosen rows from top to bottom; by ranges, for there may be a hundred thousand."""
        ranges = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted({line for part in ranges for line in range(part.top(), part.bottom() + 1) if self.is_row(line)})

    def copied_cells(self, line: int) -> list[str]:
        """The cells of a row as they are copied."""
        model = self.model()
        return [str(model.index(line, column).data() or "") for column in range(model.columnCount())]

    def copied_foot(self) -> list[str] | None:
        """What is copied below the rows where all of them are; None for nothing."""
        return None

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard as they stand, as cells for WPS and Excel."""
        from gui.widgets.clipboard import copy_rows

        model, lines = self.model(), self.chosen_lines()
        rows = [self.copied_cells(line) for line in lines]
        foot = self.copied_foot()
        if foot is not None and len(lines) > 1 and len(lines) == model.rowCount():
            rows.append(foot)
        # a column of check boxes or links without a title is nothing to copy
        titles = [str(model.headerData(column, _SIDEWAYS) or "") for column in range(model.columnCount())]
        copy_rows([title for title in titles if title], [_titled(row, titles) for row in rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_keyboard_focus(True)
        if self.copies_rows and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_keyboard_focus(False)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _PASSING:
            self._show_keyboard_focus(event.reason() in KEYBOARD_REASONS)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _PASSING:
            self._show_keyboard_focus(False)
        super().focusOutEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dy:
            self.viewport().update()  # texts of merged cells move within them

    def _set_hover(self, line: int) -> None:
        if line != self.hover_line:
            self.hover_line = line
            self.viewport().update()

    def _show_keyboard_focus(self, shown: bool) -> None:
        if shown != self._has_keyboard_focus:
            self._has_keyboard_focus = shown
            self.viewport().update()


def _titled(row: list[str], titles: list[str]) -> list[str]:
    return [text for text, title in zip(row, titles, strict=True) if title]
