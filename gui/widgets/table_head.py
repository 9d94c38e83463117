"""The head of a table: titles, the order in force, filters, and edges that can be dragged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from gui import icons, theme
from gui.widgets.arranged_model import LEFT, RIGHT, ArrangedModel

_ICON = 12
_GAP = 4
_CARET_RIGHT = 4


class TableHead(QHeaderView):
    """A click on a title sorts, one on its caret (``has_carets``) or the right button opens the filter.

    ``height``, ``pad``: pixels of the look; ``text``: size of its words.
    """

    sort_asked = Signal(int)
    menu_asked = Signal(int)
    """The filter of a column is wanted."""

    def __init__(
        self,
        model: ArrangedModel[Any],
        parent: QWidget,
        *,
        height: int = 36,
        pad: int = 12,
        text: int = theme.BASE,
        has_carets: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._height, self.pad, self._text = height, pad, text
        self.has_carets = has_carets
        self._hover = -1
        self._marked = -1
        self._pressed_caret = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(32))
        self.setMouseTracking(True)
        self.setAccessibleName("表头，单击排序，Alt+↓ 筛选")
        self.sectionClicked.connect(self._on_clicked)
        model.rearranged.connect(self._on_rearranged)

    def room_of(self, title: str) -> int:
        """What a title needs, with what may stand beside it."""
        metrics = QFontMetrics(theme.font(self._text, bold=True))
        return metrics.horizontalAdvance(title) + 2 * self.pad + (theme.px(_ICON) if self.has_carets else 0)

    def set_marked(self, column: int) -> None:
        """Underline the head that Alt+Down would open; -1 for none."""
        if column != self._marked:
            self._marked = column
            self.viewport().update()

    def head_rect(self, column: int) -> QRect:
        """Where a head stands, in the viewport's pixels."""
        return QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(self._height))

    # --- painting --------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid() or logicalIndex >= self._model.columnCount():
            return
        tokens = theme.tokens()
        painter.save()
        is_hot = logicalIndex == self._hover and self._model.can_arrange(logicalIndex)
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.table_head))
        self.paint_title(painter, rect, logicalIndex, is_hot=is_hot)
        if self._has_edge(logicalIndex):
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(tokens.line))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        if logicalIndex == self._marked:
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, theme.colour(tokens.accent))
        painter.restore()

    def paint_title(self, painter: QPainter, rect: QRect, column: int, *, is_hot: bool) -> None:
        """Title, arrow, caret or funnel."""
        tokens, side = theme.tokens(), theme.px(_ICON)
        is_number, title = self._model.is_number(column), self._model.titles()[column]
        painter.setFont(theme.font(self._text, bold=True))
        painter.setPen(theme.colour(tokens.text))
        advance = painter.fontMetrics().horizontalAdvance(title)
        mark = self._mark(column, is_hot=is_hot)
        place = QRect(rect.right() - _CARET_RIGHT - side, rect.top() + (rect.height() - side) // 2, side, side)
        if mark is not None:
            icons.paint(painter, place, *mark)
        is_sorted = self._model.sorted_by == column
        # a narrow head gives its margins to what stands beside the title
        beside = (side + _GAP if is_sorted else 0) + (side if mark is not None and is_number else 0)
        left = min(self.pad, max(rect.width() - advance - beside - 2, 1))
        words = rect.adjusted(left, 0, -min(self.pad, left), 0)
        if is_number and mark is not None:
            words.setRight(min(words.right(), place.left() - 2))
        painter.drawText(words, RIGHT if is_number else LEFT, title)
        if is_sorted:
            at = words.right() - advance - side - 2 if is_number else words.left() + advance + _GAP
            arrow = "arrow-down" if self._model.is_descending else "arrow-up"
            icons.paint(painter, place.translated(max(at, rect.left()) - place.left(), 0), arrow, tokens.accent)

    def _mark(self, column: int, *, is_hot: bool) -> tuple[str, str] | None:
        """A funnel where a filter is in force, a caret where one can be opened."""
        tokens = theme.tokens()
        if column in self._model.filters:
            return "funnel-fill", tokens.accent
        can = self.has_carets and self._model.can_filter(column)
        return ("caret-down", tokens.second_text) if can and (is_hot or column == self._marked) else None

    def _has_edge(self, column: int) -> bool:
        return any(not self.isSectionHidden(other) for other in range(column + 1, self._model.columnCount()))

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_caret = self._is_on_caret(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0 and self._model.can_filter(column):
            self.menu_asked.emit(column)

    def _is_on_caret(self, place: QPoint) -> bool:
        column = self.logicalIndexAt(place)
        if column < 0 or not self._model.can_filter(column) or self._mark(column, is_hot=True) is None:
            return False
        return place.x() >= self.head_rect(column).right() - _CARET_RIGHT - theme.px(_ICON) - 2

    def _set_hover(self, column: int) -> None:
        if column != self._hover:
            self._hover = column
            self.viewport().update()

    @Slot(int)
    def _on_clicked(self, column: int) -> None:
        if not 0 <= column < self._model.columnCount() or not self._model.can_arrange(column):
            return
        (self.menu_asked if self._pressed_caret else self.sort_asked).emit(column)

    @Slot()
    def _on_rearranged(self) -> None:
        self.viewport().update()
