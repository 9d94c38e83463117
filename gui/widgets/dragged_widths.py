"""The edges of a table's head: dragged by the clerk, remembered, given back by a double click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTableView

from gui import theme
from gui.widgets import column_widths
from gui.widgets.column_widths import Width


class DraggedWidths(QObject):
    """Knows what was dragged in one table and shares the room out around it."""

    changed = Signal()
    """Other widths are wanted: lay the table out anew."""

    def __init__(
        self,
        view: QTableView,
        name: Callable[[], str],
        wanted: Callable[[], Sequence[Width]],
        *,
        may_scroll: bool = False,
    ) -> None:
        """``name``: where the widths are kept; other columns need another name. ``wanted``: those of the look."""
        super().__init__(view)
        self._view = view
        self._name, self._wanted = name, wanted
        self._may_scroll = may_scroll
        self._own: dict[int, int] = {}
        self._own_of = ""
        self._is_setting = False
        head = view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionResized.connect(self._on_resized)
        head.sectionHandleDoubleClicked.connect(self._on_given_back)

    def is_dragged(self) -> bool:
        """Whether an edge was moved; a table may have a finer rule for widths nobody touched."""
        self._read_own(len(self._wanted()))
        return bool(self._own)

    def fitted(self) -> list[int]:
        """The width of every column for the room there is, 0 for one that is left out."""
        wanted = self._wanted()
        self._read_own(len(wanted))
        return column_widths.fitted(wanted, self._view.viewport().width(), self._own, may_scroll=self._may_scroll)

    def apply(self, widths: Sequence[int]) -> None:
        """Give every column its width without taking it for the clerk's wish; 0 leaves a column out."""
        self._is_setting = True
        for column, width in enumerate(widths):
            self._view.setColumnHidden(column, not width)
            if width and self._view.columnWidth(column) != width:
                self._view.setColumnWidth(column, width)
        self._is_setting = False

    def _read_own(self, columns: int) -> None:
        here = f"{self._name()} {theme.base()}"
        if here != self._own_of:
            self._own_of = here
            self._own = column_widths.remembered(self._name(), columns)

    @Slot(int, int, int)
    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if self._is_setting or not width:
            return
        wanted, before = self._wanted(), self.fitted()
        if column < len(wanted):
            self._own = column_widths.dragged(wanted, before, self._own, column, width)
            self._keep(len(wanted))

    @Slot(int)
    def _on_given_back(self, column: int) -> None:
        """Back to the width of the look; for the column that takes the rest that of its neighbour."""
        shown = self.fitted()
        after = next((at for at in range(column + 1, len(shown)) if shown[at]), -1)
        self._own.pop(column if column in self._own else after, None)
        self._keep(len(shown))

    def _keep(self, columns: int) -> None:
        column_widths.remember(self._name(), columns, self._own)
        self.changed.emit()
