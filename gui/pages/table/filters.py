"""What the clerk asks to see: chips, heads, the unit's list and the two orders, kept as one View."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.pages.table import arrange
from gui.pages.table.arrange import BY_DUE, Only, Sort, View
from gui.pages.table.toolbar import AS_PRINTED
from gui.pages.table.toolbar import BY_DUE as ORDER_BY_DUE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.pages.filters import TableFilter
    from gui.pages.table.chips import ChipRow
    from gui.pages.table.rows import TableRows
    from gui.pages.table.toolbar import Toolbar
    from gui.pages.table.view import TableView


class Filters(QObject):
    """Holds the View in force; says when it is another."""

    changed = Signal()

    def __init__(self, toolbar: Toolbar, chips: ChipRow, table_view: TableView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = View()
        self.table: TableRows | None = None
        self._page = parent
        self._toolbar, self._chips, self._table_view = toolbar, chips, table_view
        toolbar.order.changed.connect(self._on_order)
        chips.only_chosen.connect(self._on_only)
        chips.unit_pressed.connect(self.open_units)
        chips.picked_dropped.connect(self.drop_picked)
        table_view.filter_requested.connect(self.open_head)

    def use(self, view: View) -> None:
        """Ask to see something else."""
        if view != self.view:
            self.view = view
            self.changed.emit()

    def reset(self) -> None:
        """Print order with everything shown, without telling: the table is read anew."""
        self.view = View()

    def show(self, table: TableRows | None) -> None:
        """Show the View in force on chips, heads and orders."""
        self.table = table
        self._toolbar.set_plan(is_there=table is not None)
        self._chips.setEnabled(table is not None)
        self._toolbar.order.set_value(self._order())
        self._table_view.head.show_view(self.view)
        self._chips.show_view(self.view)
        found = arrange.counts(table, self.view) if table else dict.fromkeys(Only, 0)
        self._chips.show_counts(found)

    def show_verify(self) -> None:
        """Only what is 待核对."""
        self.use(View(sort=self.view.sort, only=Only.TO_VERIFY))

    def show_unit(self, unit: str | None) -> None:
        """Only the measures a unit stands in; None for all units."""
        self.use(replace(self.view, unit=unit))

    def show_asked(self, wanted: TableFilter) -> None:
        """Only what another page asks for, in the order there is."""
        if self.table is not None:
            self.use(arrange.asked(self.table, wanted, self.view.sort))

    @Slot()
    def drop_picked(self) -> None:
        """The other filters stay."""
        self.use(replace(self.view, picked=None))

    @Slot()
    def clear(self) -> None:
        """Show every measure again."""
        self.use(self.view.without_filters())
        self._table_view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def open_head(self, column: int) -> None:
        """Open the filter of a head."""
        from gui.pages.table import menus  # not needed before the first paint

        if self.table is None:
            return
        menu = menus.filter_menu(self.table, self.view, column, self._page)
        key = menus.filter_key(self.table, column)
        menu.sort_chosen.connect(partial(self._on_sort, key))
        menu.filter_chosen.connect(partial(self._on_filter, key))
        head = self._table_view.head
        menu.open_below(head.viewport(), head.head_rect(column))

    @Slot()
    def open_units(self) -> None:
        """Open the list of units."""
        from gui.widgets.popups import UnitMenu

        if self.table is None:
            return
        menu = UnitMenu(arrange.units(self.table), len(self.table.rows), self._page)
        menu.unit_chosen.connect(self.show_unit)
        menu.open_below(self._chips.unit, self._chips.unit.rect())

    def _order(self) -> str | None:
        if self.view.sort is None:
            return AS_PRINTED
        return ORDER_BY_DUE if self.view.sort == BY_DUE else None

    @Slot(object)
    def _on_order(self, order: object) -> None:
        self.use(replace(self.view, sort=BY_DUE if order == ORDER_BY_DUE else None))

    @Slot(object)
    def _on_only(self, only: Only) -> None:
        self.use(replace(self.view, only=only))

    def _on_sort(self, key: str, is_descending: bool) -> None:
        """Print order upwards is the printed table itself."""
        is_printed = key in arrange.PRINT_KEYS and not is_descending
        self.use(replace(self.view, sort=None if is_printed else Sort(key, is_descending)))

    def _on_filter(self, key: str, ticked: frozenset[str] | None) -> None:
        self.use(self.view.with_filter(key, ticked))
