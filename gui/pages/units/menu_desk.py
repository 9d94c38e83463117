"""Where the menus of the page come up, and what their entries do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from gui.pages.units import menus
from gui.pages.units.history_dialog import HistoryDialog

if TYPE_CHECKING:
    from gui.pages.units.page import UnitsPage
    from gui.pages.units.side_list import Part


class MenuDesk(QObject):
    """Brings up the menu of a unit or of a collective; what is typed is saved before."""

    def __init__(self, page: UnitsPage) -> None:
        super().__init__(page)
        self._page = page
        page.side.menu_asked.connect(self._on_side)
        page.form.menu_asked.connect(self.popup_unit)
        page.pane.table.customContextMenuRequested.connect(self.on_table)
        page.pane.more.clicked.connect(self._on_more)

    @Slot(QPoint)
    def on_table(self, place: QPoint) -> None:
        """The right button in the table, or the menu key."""
        table = self._page.pane.table
        if not table.indexAt(place).isValid():
            place = table.visualRect(table.currentIndex()).center()
        self.popup_unit(table.viewport().mapToGlobal(place))

    @Slot(QPoint)
    def popup_unit(self, place: QPoint) -> None:
        """The menu of the unit whose form is shown."""
        page = self._page
        line = page.form.line()
        if line is None or not page.flush():
            return
        name, desk, table = line.unit.name, page.desk, page.pane.table
        acts = menus.UnitActs(
            rename=page.form.begin_rename,
            fill=page.acts.fill,
            copy=table.copy_rows,
            remove=page.acts.remove,
            merge=partial(desk.merge, name),
            leave=partial(desk.leave, name),
            come_back=partial(desk.come_back, name),
            history=partial(self.show_history, name),
        )
        entries = menus.unit_entries(line, page.pane.group(), table.selected_names(), acts)
        menus.popup(entries, place, is_read_only=page.context.read_only, parent=page)

    @Slot()
    def _on_more(self) -> None:
        more = self._page.pane.more
        self._popup_group(more.mapToGlobal(QPoint(0, more.height())))

    @Slot(object, QPoint)
    def _on_side(self, _entry: Part, place: QPoint) -> None:
        self._popup_group(place)

    def _popup_group(self, place: QPoint) -> None:
        page = self._page
        group = page.pane.group()
        if group is None or not page.flush():
            return
        desk = page.desk
        acts = menus.GroupActs(
            add=partial(desk.add_members, group),
            rename=partial(desk.rename_group, group),
            exceptions=partial(desk.exceptions, group),
            whole=partial(desk.declare_whole, group),
            not_whole=partial(desk.declare_whole, group, whole=False),
            leave=partial(desk.leave, group.name),
            history=partial(self.show_history, group.name),
        )
        menus.popup(menus.group_entries(group, acts), place, is_read_only=page.context.read_only, parent=page)

    def show_history(self, name: str) -> None:
        """查看历史: what the journal says of a unit or a collective."""
        HistoryDialog(self._page.context.store, name, self._page.window()).open()
