"""The head of the table: neighbours of one title share a head, a caret opens the filter, a funnel says it is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from gui import icons, theme
from gui.pages.table.columns import REST, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.table.arrange import View
    from gui.pages.table.model import TableModel

HEIGHT = 36
_CARET = 12
_PAD = 12
_CARET_RIGHT = 6
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TableHeader(QHeaderView):
    """Paints itself; a click on any part of a head asks for its filter (``sectionClicked``)."""

    widened = Signal(int, int)
    """The clerk dragged a column's edge: column and its new width in logical pixels."""

    def __init__(self, model: TableModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._model = model
        self._filtered: frozenset[str] = frozenset()
        self._sorted: tuple[str, bool] | None = None
        self._marked = -1
        self._hover = -1
        self._is_setting = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(48))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMouseTracking(True)
        self.setAccessibleName("表头，单击筛选和排序")
        self.sectionResized.connect(self._on_section_resized)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give every column its width without telling it as the clerk's wish."""
        self._is_setting = True
        for column, width in enumerate(widths):
            if self.sectionSize(column) != width:
                self.resizeSection(column, width)
        self._is_setting = False

    def show_view(self, view: View) -> None:
        """Mark the columns that are filtered or sorted by."""
        self._filtered = frozenset(view.filters)
        self._sorted = (view.sort.key, view.sort.is_descending) if view.sort else None
        self.viewport().update()

    def set_marked(self, column: int) -> None:
        """Underline the head the keyboard is on, which Alt+Down would open; -1 for none."""
        if column != self._marked:
            self._marked = column
            self.viewport().update()

    def head_rect(self, column: int) -> QRect:
        """The head a column stands under, in the viewport's pixels."""
        first, last = head_of(self._model.columns, column)
        left = self.sectionViewportPosition(first)
        return QRect(left, 0, self.sectionViewportPosition(last) + self.sectionSize(last) - left, self.height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid() or logicalIndex >= len(self._model.columns):
            return
        tokens = theme.tokens()
        head = self.head_rect(logicalIndex)
        first, last = head_of(self._model.columns, logicalIndex)
        painter.save()
        painter.setClipRect(rect)
        is_hot = first <= self._hover <= last
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.table_head))
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=True))
        words = head.adjusted(_PAD, 0, -self._icons_width(last), 0)
        painter.drawText(words, _VCENTER_LEFT, self._model.columns[logicalIndex].title)
        if logicalIndex == last:
            self._paint_icons(painter, head, first, last)
            self._paint_edge(painter, rect, last)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        if first <= self._marked <= last:
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, theme.colour(tokens.accent))
        painter.restore()

    def _paint_edge(self, painter: QPainter, rect: QRect, column: int) -> None:
        tokens = theme.tokens()
        columns = self._model.columns
        is_group_end = columns[column].is_printed and not columns[min(column + 1, len(columns) - 1)].is_printed
        side = tokens.strong_line if is_group_end else tokens.line
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(side))

    def _paint_icons(self, painter: QPainter, head: QRect, first: int, last: int) -> None:
        """Caret or funnel at the right, an arrow before it where the rows are in this column's order."""
        tokens = theme.tokens()
        keys = {self._model.columns[column].key for column in range(first, last + 1)}
        side = theme.px(_CARET)
        place = QRect(head.right() - _CARET_RIGHT - side, (head.height() - side) // 2, side, side)
        is_filtered = bool(keys & self._filtered)
        name, ink = ("funnel-fill", tokens.accent) if is_filtered else ("caret-down", tokens.second_text)
        icons.paint(painter, place, name, ink)
        if self._sorted and self._sorted[0] in keys:
            arrow = "arrow-down" if self._sorted[1] else "arrow-up"
            icons.paint(painter, place.translated(-side - 2, 0), arrow, tokens.accent)

    def _icons_width(self, last: int) -> int:
        side = theme.px(_CARET)
        is_sorted = self._sorted is not None and self._sorted[0] == self._model.columns[last].key
        return _CARET_RIGHT + (2 * side + 2 if is_sorted else side)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)
        super().leaveEvent(event)

    def _set_hover(self, column: int) -> None:
        if column != self._hover:
            self._hover = column
            self.viewport().update()

    @Slot(int, int, int)
    def _on_section_resized(self, column: int, _before: int, width: int) -> None:
        if not self._is_setting and column < len(self._model.columns) and self._model.columns[column].width != REST:
            self.widened.emit(column, width)
