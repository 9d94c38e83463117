"""The foot of a table: 合计 under the columns of figures, and how much a filter leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme
from gui.widgets import button
from gui.widgets.arranged_model import LEFT, RIGHT

if TYPE_CHECKING:
    from gui.widgets.column_table import ColumnTable

TOTAL = "合计"


class TableFoot(QLabel):
    """Stays below the rows while they scroll; hidden while there is nothing to say. Read out as one sentence."""

    def __init__(self, table: ColumnTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._figures: dict[int, str] = {}
        self._words = TOTAL
        self._is_of_all = True
        self.clear_filters = button.link("清除筛选", self)
        self.clear_filters.setToolTip("显示全部行")
        self.clear_filters.clicked.connect(table.arranged.clear_filters)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()
        table.arranged.rearranged.connect(self.tell)
        table.horizontalHeader().sectionResized.connect(self._on_moved)
        table.horizontalHeader().geometriesChanged.connect(self._on_moved)
        table.horizontalScrollBar().valueChanged.connect(self._on_moved)

    def show_totals(self, figures: Mapping[int, str], words: str = TOTAL, *, is_of_all: bool = True) -> None:
        """Show figures by column; they come from the rule that the rows come from.

        ``is_of_all``: they count every row, so that they go away while a filter hides some.
        """
        self._figures, self._words, self._is_of_all = dict(figures), words, is_of_all
        self.tell()

    def _figures_now(self) -> dict[int, str]:
        """Those of all rows say nothing of the ones that a filter leaves."""
        return {} if self._is_of_all and self._table.arranged.filters else self._figures

    def texts(self) -> list[str] | None:
        """The foot as the last line of what is copied; None where it has no figures."""
        if not self._figures_now():
            return None
        columns = range(self._table.arranged.columnCount())
        return [self._words if at == self._first() else self._figures_now().get(at, "") for at in columns]

    @Slot()
    def tell(self) -> None:
        """Say how many rows there are and the figures."""
        model = self._table.arranged
        self.clear_filters.setVisible(bool(model.filters))
        said = [self._begin()]
        titles = model.titles()
        said += [f"{titles[at]} {text}" for at, text in sorted(self._figures_now().items()) if at < len(titles)]
        self.setAccessibleName("，".join(said))
        self.setVisible(bool(self._figures_now() or model.filters) and bool(model.all_rows()))
        self._place()
        self.update()

    def _begin(self) -> str:
        model = self._table.arranged
        if model.filters:
            words = f"筛选出 {model.rowCount()} / {len(model.all_rows())} 行"
            return f"{self._words}，{words}" if self._figures_now() else words
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, head = theme.tokens(), self._table.head
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(tokens.table_head))
        painter.fillRect(0, 0, self.width(), 1, theme.colour(tokens.strong_line))
        painter.setClipRect(0, 0, self._table.viewport().width(), self.height())
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        first, figures = self._first(), self._figures_now()
        for column in range(self._table.arranged.columnCount()):
            if head.isSectionHidden(column):
                continue
            box = head.head_rect(column)
            words = QRect(box.left() + head.pad, 0, box.width() - 2 * head.pad, self.height())
            if column == first:
                words.setRight(self._room_of_words())
                painter.drawText(words, LEFT, self._begin())
            elif column in figures:
                painter.drawText(words, RIGHT, figures[column])
        painter.end()

    def _first(self) -> int:
        """The column its words begin in: the first that is no figure's and shown."""
        head = self._table.head
        columns = range(self._table.arranged.columnCount())
        return next((at for at in columns if self._table.arranged.titles()[at] and not head.isSectionHidden(at)), 0)

    def _room_of_words(self) -> int:
        """Where the first figure begins, or the link."""
        head = self._table.head
        edges = [head.sectionViewportPosition(at) for at in self._figures_now() if not head.isSectionHidden(at)]
        edges.append(self.clear_filters.x() if self.clear_filters.isVisibleTo(self) else self.width())
        return min(edges) - 4

    def _place(self) -> None:
        """The link stands at the right, before the figures that are there."""
        size = self.clear_filters.sizeHint()
        left = self.width() - size.width() - 8
        if self._figures_now():
            begin = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self._begin())
            left = min(left, self._table.head.pad + begin + 12)
        self.clear_filters.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @Slot()
    def _on_moved(self) -> None:
        self.update()
