"""任务分解: the plan as a living table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import KnownError
from gui import messages
from gui.pages.base import Page
from gui.pages.no_plan import NoPlan
from gui.pages.table import arrange, empty, export, widths
from gui.pages.table.card import TableCard
from gui.pages.table.chips import ChipRow
from gui.pages.table.columns import TEXT
from gui.pages.table.current_list import CurrentList
from gui.pages.table.detail_host import DetailHost
from gui.pages.table.filters import Filters
from gui.pages.table.plan_acts import PlanActs
from gui.pages.table.reader import LABEL, Reading, read_table
from gui.pages.table.rows import TableRows
from gui.pages.table.todo import TodoBar
from gui.pages.table.toolbar import Toolbar
from gui.plan_reader import PlanReader
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.model.edit import Edited
    from core.office.changes import Changes
    from core.office.tables import Exported
    from core.publish.table_document import Format
    from gui.context import Context
    from gui.pages.filters import TableFilter
    from gui.widgets.empty_state import EmptyState

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
"""Wherever the keyboard is in the window, while this page is shown."""


class TablePage(Page):
    """The table with its chips, menus and the detail of a measure."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.table: TableRows | None = None
        self._plan_key: str | None = None
        self._is_stale = False
        self._keeps_lines = False
        self._then: Callable[[], object] | None = None
        self._exported: Exported | None = None
        self._build()
        self._build_keys()
        self._connect()
        self._load()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        self.toolbar = Toolbar(self)
        self.todo = TodoBar(self.context, self)
        self.export_bar = InfoBar(self, icon="check-circle")
        self.export_bar.hide()
        self.chips = ChipRow(self)
        self.card = TableCard(self)
        self.view = self.card.view
        for part in (self.toolbar, self.todo, self.export_bar, self.chips):
            outer.addWidget(part)
        outer.addWidget(self.card, 1)
        self.reader = PlanReader(self.context, LABEL, read_table, self)
        self.exporter = export.TableExport(self.context, self)
        self.filters = Filters(self.toolbar, self.chips, self.view, self)
        self.list = CurrentList(self.context, self.filters, self)
        self.host = DetailHost(self.context, self.card, self)
        self.acts = PlanActs(self)

    def _build_keys(self) -> None:
        for key, slot in {
            "F2": self.report,
            "Ctrl+Return": self.report,
            "Ctrl+Enter": self.report,
            "Ctrl+P": self.preview,
            "Ctrl+Shift+P": self.list.print,
            "Ctrl+E": self.show_export_menu,
            "Ctrl+F": self.search,
            "Ctrl+Shift+E": self.acts.edit,
            "Ctrl+Shift+D": self.acts.adjust,
            "F7": self._on_previous,
            "F8": self._on_next,
        }.items():
            self._add_key(key, slot)
        self._escape = self._add_key("Esc", self.host.close, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)

    def _add_key(self, key: str, slot: Callable[[], None], context: Qt.ShortcutContext = _ON_SCREEN) -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(context)
        made.activated.connect(slot)
        return made

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.reader.cancelled.connect(self._on_cancelled)
        self.toolbar.take_in.clicked.connect(self.import_asked)
        self.toolbar.preview.clicked.connect(self.preview)
        self.toolbar.report.clicked.connect(self.report)
        self.toolbar.export_requested.connect(self._on_export)
        self.exporter.finished.connect(self._on_exported)
        self.toolbar.list_print_requested.connect(self.list.print)
        self.toolbar.list_export_requested.connect(self.list.export)
        self.list.exported.connect(self._on_exported)
        self.list.told.connect(self.tell)
        self.export_bar.action_chosen.connect(self._on_export_action)
        self.export_bar.closed.connect(self._on_export_bar_closed)
        self.filters.changed.connect(self._on_filtered)
        self.todo.verify_requested.connect(self.filters.show_verify)
        self.todo.practice_requested.connect(self.practice_asked)
        self.todo.group_requested.connect(self.complete_group)
        self.view.copy_requested.connect(self.copy)
        self.view.chosen_changed.connect(self._tell_chosen)
        self.view.widened.connect(self._on_widened)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self.host.report_requested.connect(self.open_obligation)
        self.host.opened.connect(self._escape.setEnabled)

    # reading --------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the plan; another plan begins in print order with everything shown."""
        self._is_stale = False
        if self._plan_key != self.context.plan_key:
            self.filters.reset()
            self.host.close()
        self._plan_key = self.context.plan_key
        self.table = self._then = None
        self._read()

    def _refresh(self) -> None:
        """Read again after a write: only changed rows are painted anew."""
        self._is_stale = False
        self._read()

    def _read(self) -> None:
        """Ask for the rows; a table that is shown stays until they are there."""
        self._keeps_lines = self.table is not None
        if not self.context.has_store or self.context.plan_key is None:
            self.reader.stop()
            self._give_up(NoPlan(self, "table"))
            return
        self.reader.start()
        if self.reader.is_reading and self.table is None:
            self._give_up(empty.reading())

    @Slot(object)
    def _on_read(self, found: Reading) -> None:
        self.table, todo = found
        self.todo.show_todo(todo)
        self._show(keep_lines=self._keeps_lines)
        if self._keeps_lines:
            self.host.refresh()
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(object)
    def _on_failed(self, error: KnownError) -> None:
        self._give_up(empty.not_there())
        messages.show_error(self, error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._give_up(empty.not_read(self._refresh))

    def _give_up(self, instead: EmptyState) -> None:
        """There are no rows, but this."""
        self.table = None
        self.todo.show_todo(())
        self._show(keep_lines=False, instead=instead)

    def _show(self, *, keep_lines: bool, instead: EmptyState | None = None) -> None:
        """Show what the filters ask for; ``keep_lines`` refreshes changed rows in place where it can.

        ``instead``: what stands where the rows would, while there are none.
        """
        table = self.table
        self.toolbar.set_writable(is_writable=not self.context.read_only)
        self.filters.show(table)
        self.chips.setVisible(not isinstance(instead, NoPlan))
        if table is None:
            self.view.show_lines((), arrange.Arranged(()))
            if instead is not None:
                self.card.show_empty(instead)
            self._tell_chosen()
            return
        lines = arrange.arrange(table, self.filters.view)
        if keep_lines and self.view.table_model.columns == table.columns:
            self.view.refresh_lines(lines)
        else:
            self.view.own_widths = widths.remembered(table.columns)
            self.view.show_lines(table.columns, lines)
        if lines.lines:
            self.card.show_table()
        else:
            self.card.show_empty(self._nothing_found())
        self._tell_chosen()

    def _nothing_found(self) -> EmptyState:
        on_edit = None if self.context.read_only else self.edit_plan
        return empty.nothing_found(self.filters.clear, on_edit, is_filtered=self.filters.view.is_filtered)

    @Slot()
    def _tell_chosen(self) -> None:
        """How much is chosen and shown, and whether 填报 has a measure to speak of."""
        chosen = len(self.view.chosen_nos())
        self.chips.show_note(chosen, self.view.table_model.measures, len(self.table.rows) if self.table else 0)
        self.toolbar.set_report(is_possible=chosen > 0)

    # what the clerk asks for ------------------------------------------------------------------------

    def show_measure(self, no: int) -> None:
        """Bring a measure into view and open it; filters that hide it are taken away."""
        if self._is_too_early(partial(self.show_measure, no)):
            return
        if self.table is not None and self.view.table_model.line_of(no) is None:
            self.filters.use(self.filters.view.without_filters())
        if self.view.go_to(no):
            self.host.open(no)

    def _is_too_early(self, act: Callable[[], object]) -> bool:
        """Whether the rows are still being read; then it is done once they are there."""
        if self.table is None and self.reader.is_reading:
            self._then = act
            return True
        return False

    def tell(self, text: str) -> None:
        """Say what has just happened, until the clerk closes the bar."""
        self._exported = None
        self.todo.set_covered(is_covered=True)
        self.export_bar.set_items([(text, "", "")])

    def show_table_filter(self, wanted: TableFilter) -> None:
        """Show just the measures that another page asks for."""
        if self._is_too_early(partial(self.show_table_filter, wanted)):
            return
        self.host.close()
        self.filters.show_asked(wanted)
        self.take_keyboard()

    def show_unit(self, unit: str, part: str = "") -> None:  # noqa: ARG002 - the table has its chips
        """Show the measures one unit stands in."""
        self.filters.show_unit(unit)

    def take_keyboard(self) -> None:
        """The first arrow key chooses a measure, not another page."""
        empty_state = self.card.empty_state if self.card.is_empty else None
        (empty_state or self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def report(self) -> None:
        """Open the form of the chosen measure's first open obligation, or of the unit chosen in the detail."""
        no = self.view.current_no() if self.view.chosen_nos() else None
        if self.host.is_open and self.host.detail is not None:
            self.host.detail.request_report()
        elif no is not None:
            from core.office.obligations import list_obligations
            from gui.pages.table.detail_model import first_open

            context = self.context
            row = first_open(list_obligations(context.store, context.plan_key, context.as_of, measure=no))
            if row is not None:
                self.open_obligation.emit(row.id)

    @Slot()
    def edit_plan(self) -> None:
        """Edit the plan, at the chosen measure."""
        self.acts.edit()

    def take_edit(self, changes: Changes, edited: Edited) -> None:
        self.acts.take_edit(changes, edited)

    @Slot()
    def preview(self) -> None:
        """The real pages stand on 报告."""
        if self.table is not None:
            self.open_page.emit("report")

    @Slot()
    def show_export_menu(self) -> None:
        """Open the menu of 导出."""
        if self.toolbar.export.isEnabled():
            self.toolbar.export.showMenu()

    @Slot()
    def copy(self) -> None:
        """Copy the chosen rows as cells."""
        from gui.widgets.clipboard import copy_rows

        rows = [[text.replace("\n", "") for text in row.texts] for row in self.view.chosen_rows()]
        copy_rows([column.title for column in self.view.table_model.columns], rows)

    @Slot()
    def search(self) -> None:
        """Look for a measure by its words."""
        if self.table is not None:
            self.filters.open_head(self.view.table_model.column_of(TEXT))

    @Slot(str)
    def complete_group(self, name: str) -> None:
        """Ask for the members of a collective."""
        from core.office import units
        from gui.pages.table.group_dialog import GroupDialog

        group = next((unit for unit in units.units(self.context.store) if unit.name == name), None)
        if group is None:
            return
        dialog = GroupDialog(self.context.store, group, self)
        dialog.completed.connect(self.context.announce)
        dialog.open()

    # answers ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._plan_key = None
        self.export_bar.hide()
        self.todo.set_covered(is_covered=False)
        self._load()

    @Slot()
    def _on_scope_changed(self) -> None:
        if self._plan_key != self.context.plan_key:
            self._load()
        else:
            self._on_changed()

    @Slot()
    @Slot(object)
    def _on_changed(self, _changes: object = None) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._is_stale = True

    @Slot()
    def _on_filtered(self) -> None:
        self._show(keep_lines=False)

    @Slot()
    def _on_widened(self) -> None:
        widths.remember(self.view.table_model.columns, self.view.own_widths)

    @Slot()
    def _on_previous(self) -> None:
        self.host.step(-1)

    @Slot()
    def _on_next(self) -> None:
        self.host.step(1)

    @Slot(QPoint)
    def _on_context_menu(self, place: QPoint) -> None:
        from gui.pages.table.menus import Acts, context_menu

        if self.view.current_no() is None:
            return
        chosen = len(self.view.chosen_nos())
        acts = Acts(self.view.activate_current, self.report, self.acts.edit, self.acts.adjust, self.copy)
        menu = context_menu(self, acts, chosen=chosen, may_write=not self.context.read_only)
        menu.popup(self.view.viewport().mapToGlobal(place))

    @Slot(str)
    def _on_export(self, fmt: Format) -> None:
        try:
            self.exporter.ask(fmt)
        except KnownError as error:
            messages.show_error(self, error)

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        self._exported = exported
        self.todo.set_covered(is_covered=True)
        self.export_bar.set_items(export.bar_items(exported))

    @Slot()
    def _on_export_bar_closed(self) -> None:
        self.todo.set_covered(is_covered=False)

    @Slot(str)
    def _on_export_action(self, key: str) -> None:
        if self._exported is not None and self._exported.path is not None:
            path = self._exported.path
            export.open_path(path if key == export.FILE else path.parent)
