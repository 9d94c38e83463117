"""What the buttons of the page do: which act of the desk, on which unit or collective."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.model.document_kind import DocumentKind
from gui.pages.filters import TableFilter
from gui.pages.units.unresolved_pane import TO_VERIFY

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.units import Unresolved
    from gui.pages.units.page import UnitsPage


class PageActs(QObject):
    """Knows what is chosen on the page."""

    def __init__(self, page: UnitsPage) -> None:
        super().__init__(page)
        self._page = page
        pane, unresolved = page.pane, page.unresolved
        for new in (page.new, pane.no_units.buttons[0]):
            new.clicked.connect(self._on_new_unit)  # type: ignore[attr-defined]
        for take_in in (page.take_in, pane.no_units.buttons[1]):
            take_in.clicked.connect(page.files.ask_import)  # type: ignore[attr-defined]
        for add in (pane.add, pane.no_members.buttons[0]):
            add.clicked.connect(self._on_add)  # type: ignore[attr-defined]
        page.hand_out.clicked.connect(page.files.ask_export)
        page.side.new_group.clicked.connect(self._on_new_group)
        pane.remove.clicked.connect(self.remove)
        pane.table.removal_asked.connect(self.remove)
        pane.whole.clicked.connect(self._on_whole)
        pane.said.exceptions_asked.connect(self._on_exceptions)
        pane.measures.opened.connect(page.open_measure)
        pane.measures.table_asked.connect(self._on_table_asked)
        page.form.fill_asked.connect(self.fill)
        page.form.ledger_asked.connect(self.show_ledger)
        page.form.confirm_asked.connect(self._on_confirm_name)
        unresolved.confirm_asked.connect(self._on_unresolved_confirmed)
        unresolved.same_asked.connect(page.desk.settle_same)
        unresolved.group_asked.connect(self._on_unresolved_group)
        unresolved.show_asked.connect(self._on_unresolved_shown)

    @Slot()
    def remove(self) -> None:
        """移出集合: the selected ones out of the collective that is shown."""
        self._with_group(lambda group: self._page.desk.remove_members(group, self._page.pane.table.selected_names()))

    @Slot()
    def fill(self) -> None:
        """填报: to the forms of the unit."""
        line = self._page.form.line()
        if line is not None and self._page.flush():
            self._page.open_unit.emit(line.unit.name)

    @Slot()
    def show_ledger(self) -> None:
        """单位工作台账: to its pages on 报告."""
        line = self._page.form.line()
        if line is not None and self._page.flush():
            self._page.open_document.emit(DocumentKind.LEDGER.value, line.unit.name)

    def _with_group(self, do: Callable[[Unit], None]) -> None:
        group = self._page.pane.group()
        if group is not None and not self._page.context.read_only:
            do(group)

    @Slot()
    def _on_new_unit(self) -> None:
        self._page.desk.new_unit()

    @Slot()
    def _on_new_group(self) -> None:
        self._page.desk.new_group()

    @Slot()
    def _on_add(self) -> None:
        self._with_group(self._page.desk.add_members)

    @Slot()
    def _on_whole(self) -> None:
        self._with_group(self._page.desk.declare_whole)

    @Slot()
    def _on_exceptions(self) -> None:
        self._with_group(self._page.desk.exceptions)

    @Slot()
    def _on_confirm_name(self) -> None:
        line = self._page.form.line()
        if line is not None:
            self._page.desk.confirm_name(line.unit.name)

    @Slot()
    def _on_table_asked(self) -> None:
        page = self._page
        group, line = page.pane.group(), page.form.line()
        numbers = frozenset(found.no for found in page.pane.measures.model.lines)
        if group is not None:
            page.show_filtered.emit(TableFilter(measures=numbers, title=f"用到“{group.name}”"))
        elif line is not None:
            page.show_filtered.emit(TableFilter(unit=line.unit.name))

    @Slot(object)
    def _on_unresolved_confirmed(self, item: Unresolved) -> None:
        if self._page.reading.line(item.name) is None:
            self._page.desk.new_unit(item.name)
        else:
            self._page.desk.confirm_name(item.name)

    @Slot(object)
    def _on_unresolved_group(self, item: Unresolved) -> None:
        self._page.desk.new_group(item.name)

    @Slot(object)
    def _on_unresolved_shown(self, item: Unresolved) -> None:
        if self._page.reading.group(item.name) is not None:
            self._page.show_group(item.name)
        elif item.why != TO_VERIFY:
            self._page.go_to(item.name)
