"""A table of columns with the habits of Excel: sorted and filtered by its head, widths dragged and remembered, copied.

Sort: click on a title. Filter: its caret, the right button, or Alt+Down. Widths: drag an edge, a double click gives
back that of the look. Ctrl+C copies the chosen rows as cells, Ctrl+A chooses all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.widgets.arranged_model import BLANK, ArrangedModel
from gui.widgets.column_widths import Width
from gui.widgets.dragged_widths import DraggedWidths
from gui.widgets.row_table import RowTable
from gui.widgets.table_foot import TableFoot
from gui.widgets.table_head import TableHead

_NUMBERS = ("从少到多", "从多到少")
_DATES = ("从早到晚", "从晚到早")
_NAMES = ("名称正序", "名称倒序")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\b.*")


class ColumnTable(RowTable):
    """``keeps`` names the table where its widths are kept; the heirs say in ``wanted`` how wide the columns are."""

    copies_rows = True
    may_scroll = False
    """Whether columns that are too many scroll sideways; else the last important are left out or cut."""
    row_height = 36

    def __init__(self, model: ArrangedModel[Any], keeps: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arranged = model
        if model.parent() is None:
            model.setParent(self)
        self.head = head = self.make_head()
        self._keeps = keeps
        self._foot: TableFoot | None = None
        self.setModel(model)
        self.setHorizontalHeader(head)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(theme.px(self.row_height))
        rows.setDefaultSectionSize(theme.px(self.row_height))
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        if not self.may_scroll:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.sort_asked.connect(self._on_sort)
        head.menu_asked.connect(self.open_filter)
        self._widths = DraggedWidths(self, self._name, self.wanted, may_scroll=self.may_scroll)
        self._widths.changed.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._mark_head)

    def make_head(self) -> TableHead:
        """The head; the heirs may have another."""
        return TableHead(self.arranged, self)

    @property
    def foot(self) -> TableFoot:
        """合计 and what a filter leaves; whoever shows the table puts it below."""
        if self._foot is None:
            self._foot = TableFoot(self, self.parentWidget())
        return self._foot

    def with_foot(self) -> QVBoxLayout:
        """The table and its foot, to be laid into a card."""
        made = QVBoxLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0)
        made.addWidget(self, 1)
        made.addWidget(self.foot)
        return made

    # --- widths ----------------------------------------------------------------------------------

    def wanted(self) -> Sequence[Width]:
        """How wide the columns of the look are, for the room there is."""
        raise NotImplementedError

    @Slot()
    def fit(self) -> None:
        """Share the room out."""
        if self.arranged.columnCount():
            self._widths.apply(self._widths.fitted())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _name(self) -> str:
        """Other columns are another table: their widths are kept apart."""
        return " ".join((self._keeps, *self.arranged.titles()))

    # --- order and filters -----------------------------------------------------------------------

    def keeping(self, change: Callable[[], object]) -> None:
        """Arrange the rows anew; the heirs keep the cursor on its row."""
        current = self.arranged.row_at(self.currentIndex().row())
        change()
        if current is None:
            return
        rows = self.arranged.rows()
        line = next((at for at, row in enumerate(rows) if row is current), 0)
        if rows:
            self.selectRow(line)
            self.scrollTo(self.arranged.index(line, 0))

    def sort_by(self, column: int | None, is_descending: bool = False) -> None:
        """Sort, keeping what is chosen."""
        self.keeping(lambda: self.arranged.order_by(column, is_descending=is_descending))

    @Slot(int)
    def _on_sort(self, column: int) -> None:
        self.keeping(lambda: self.arranged.next_order(column))

    @Slot(int)
    def open_filter(self, column: int) -> None:
        """Open the menu of a head: two orders, and the words of the column to choose from.

        A table without a foot only sorts: nothing would say that rows are hidden.
        """
        if self._foot is None:
            self._on_sort(column)
            return
        from gui.widgets.popups import FilterMenu
        from gui.widgets.value_list import Entry, ValueModel

        model = self.arranged
        found = model.values(column)
        everything = frozenset(text for text, _ in found)
        entries = [Entry("全选", sum(count for _, count in found), members=everything)]
        entries += [Entry(text or BLANK, count, text) for text, count in found]
        descending = model.is_descending if model.sorted_by == column else None
        title = model.titles()[column]
        values = ValueModel(entries, model.filters.get(column, everything))
        menu = FilterMenu(title, self._sorts(column, everything), values, self, descending=descending)
        menu.sort_chosen.connect(lambda is_descending: self.sort_by(column, is_descending))
        menu.filter_chosen.connect(lambda ticked: self.filter_by(column, ticked))
        menu.open_below(self.head.viewport(), self.head.head_rect(column))

    def filter_by(self, column: int, ticked: frozenset[str] | None) -> None:
        """Show the rows that say one of these words in a column; None all."""
        self.keeping(lambda: self.arranged.filter_by(column, ticked))

    def _sorts(self, column: int, texts: frozenset[str]) -> tuple[str, str]:
        if self.arranged.is_number(column):
            return _NUMBERS
        said = [text for text in texts if text]
        return _DATES if said and all(_DATE.fullmatch(text) for text in said) else _NAMES

    # --- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_filter_by_key()
            return
        super().keyPressEvent(event)

    def _open_filter_by_key(self) -> None:
        """Of the column under the cursor, else of the first that has one; the next order where there is no filter."""
        columns = [max(self.currentIndex().column(), 0), *range(self.arranged.columnCount())]
        column = next((at for at in columns if self.arranged.can_filter(at)), None)
        if column is not None:
            self.open_filter(column)
        elif self.arranged.can_arrange(columns[0]):
            self._on_sort(columns[0])

    def copied_foot(self) -> list[str] | None:
        """The totals go along where every row is copied."""
        return self._foot.texts() if self._foot is not None else None

    def _show_keyboard_focus(self, shown: bool) -> None:
        super()._show_keyboard_focus(shown)
        self._mark_head()

    @Slot()
    def _mark_head(self) -> None:
        """Underline the head that Alt+Down would open."""
        column = self.currentIndex().column()
        self.head.set_marked(column if self.shows_ring and self.arranged.can_arrange(column) else -1)

    def row_rect(self, line: int) -> QRect:
        """A row over all its columns, in the viewport's pixels."""
        shown = [at for at in range(self.arranged.columnCount()) if not self.isColumnHidden(at)]
        first, last = (self.visualRect(self.arranged.index(line, at)) for at in (shown[0], shown[-1]))
        return first.united(last)
