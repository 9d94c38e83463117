"""任务分解: the plan as a living table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import board as office
from core.office import plans, units
from gui import messages
from gui.pages.base import Page
from gui.pages.table import arrange, empty, export, menus
from gui.pages.table.arrange import BY_DUE, Only, Sort, View
from gui.pages.table.card import TableCard
from gui.pages.table.chips import ChipRow
from gui.pages.table.clipboard import mime_of
from gui.pages.table.columns import TEXT
from gui.pages.table.detail import first_open
from gui.pages.table.group_dialog import GroupDialog
from gui.pages.table.popups import UnitMenu
from gui.pages.table.rows import TableRows, prepare
from gui.pages.table.todo import TodoBar
from gui.pages.table.toolbar import AS_PRINTED, Toolbar
from gui.pages.table.toolbar import BY_DUE as ORDER_BY_DUE
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from core.office.tables import Exported
    from gui.context import Context

_FOLLOW_AFTER = 60
"""Milliseconds after which an open detail follows the cursor: a held arrow key reads nothing in between."""


class TablePage(Page):
    """The table with its chips, menus and the detail of a measure."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.table: TableRows | None = None
        self.shown = View()
        self._plan_key: str | None = None
        self._is_stale = False
        self._exported: Exported | None = None
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        self.toolbar = Toolbar(self)
        self.todo = TodoBar(self)
        self.export_bar = InfoBar(self, icon="check-circle")
        self.export_bar.hide()
        self.chips = ChipRow(self)
        self.card = TableCard(self)
        self.view, self.detail = self.card.view, self.card.detail
        self.exporter = export.TableExport(self.context, self)
        for part in (self.toolbar, self.todo, self.export_bar, self.chips):
            outer.addWidget(part)
        outer.addWidget(self.card, 1)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_FOLLOW_AFTER)
        self._shortcuts = {
            "F2": self.report,
            "Ctrl+Return": self.report,
            "Ctrl+Enter": self.report,
            "Ctrl+P": self.preview,
            "Ctrl+E": self.show_export_menu,
            "Ctrl+F": self.search,
            "F7": self._on_previous,
            "F8": self._on_next,
        }
        for key, slot in self._shortcuts.items():
            self._add_shortcut(key, slot)
        self._escape = self._add_shortcut("Esc", self.close_detail)
        self._escape.setEnabled(False)

    def _add_shortcut(self, key: str, slot: object) -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(slot)
        return made

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        self.toolbar.preview.clicked.connect(self.preview)
        self.toolbar.report.clicked.connect(self.report)
        self.toolbar.export_requested.connect(self._on_export)
        self.toolbar.order.changed.connect(self._on_order)
        self.exporter.finished.connect(self._on_exported)
        self.export_bar.action_chosen.connect(self._on_export_action)
        self.todo.verify_requested.connect(self._on_verify)
        self.todo.group_requested.connect(self.open_group)
        self.chips.only_chosen.connect(self._on_only)
        self.chips.unit_pressed.connect(self._open_unit_menu)
        self.view.filter_requested.connect(self.open_filter)
        self.view.measure_activated.connect(self.open_detail)
        self.view.copy_requested.connect(self.copy)
        self.view.chosen_changed.connect(self._on_chosen)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self._follow.timeout.connect(self._on_follow)
        self.detail.closed.connect(self.close_detail)
        self.detail.step_pressed.connect(self._step)
        self.detail.report_requested.connect(self.open_obligation)
        self.detail.confirm_requested.connect(self._on_confirm)

    # reading --------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the plan; another plan begins in print order with everything shown."""
        self._is_stale = False
        if self._plan_key != self.context.plan_key:
            self.shown = View()
            self.close_detail()
        self._plan_key = self.context.plan_key
        self.table = self._read()
        self._show(keep_lines=False)

    def _read(self) -> TableRows | None:
        if not self.context.has_store or self.context.plan_key is None:
            self.todo.show_todo(())
            return None
        try:
            found = office.board(self.context.store, self.context.plan_key, self.context.as_of)
        except KnownError as error:
            messages.show_error(self, error)
            self.todo.show_todo(())
            return None
        self.todo.show_todo(found.todo)
        return prepare(found)

    def _show(self, *, keep_lines: bool) -> None:
        """Show what the view asks for; ``keep_lines`` refreshes changed rows in place where it can."""
        table = self.table
        self.toolbar.set_plan(table is not None)
        self.chips.setEnabled(table is not None)
        self.toolbar.order.set_value(self._order())
        self.view.head.show_view(self.shown)
        self.chips.show_view(self.shown)
        if table is None:
            self.chips.show_counts(dict.fromkeys(Only, 0))
            self.view.show_lines((), arrange.Arranged(()))
            self.card.show_empty(empty.no_plan(is_open=self.context.has_store))
            self._tell_chosen()
            return
        self.chips.show_counts(arrange.counts(table, self.shown))
        lines = arrange.arrange(table, self.shown)
        if keep_lines and self.view.table_model.columns == table.columns:
            self.view.refresh_lines(lines)
        else:
            self.view.show_lines(table.columns, lines)
        if lines.lines:
            self.card.show_table()
        else:
            self.card.show_empty(empty.nothing_found(self.clear_filters, is_filtered=self.shown.is_filtered))
        self._tell_chosen()

    def _order(self) -> str | None:
        if self.shown.sort is None:
            return AS_PRINTED
        return ORDER_BY_DUE if self.shown.sort == BY_DUE else None

    def _show_view(self, view: View) -> None:
        if view != self.shown:
            self.shown = view
            self._show(keep_lines=False)

    def _tell_chosen(self) -> None:
        """已选 1 项，共 38 项措施; and whether 填报 has a measure to speak of."""
        all_, chosen = len(self.table.rows) if self.table else 0, len(self.view.chosen_nos())
        count = sum(self.view.table_model.row(line) is not None for line in range(self.view.table_model.rowCount()))
        shown = f"共 {all_} 项措施" if count == all_ else f"显示 {count} 项，共 {all_} 项措施"
        self.chips.note.setText((f"已选 {chosen} 项，" if chosen else "") + shown if all_ else "")
        self.toolbar.set_report(self.view.current_no() is not None and not self.card.is_empty)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        """Read again after a write: only changed rows are painted anew."""
        self._is_stale = False
        self.table = self._read()
        self._show(keep_lines=True)
        if self.card.is_open and self.detail.detail is not None:
            self._show_detail(self.detail.detail.measure.no)

    # what the clerk asks for ------------------------------------------------------------------------

    def show_measure(self, no: int) -> None:
        """Bring a measure into view and open it; filters that hide it are taken away."""
        if self.table is not None and self.view.table_model.line_of(no) is None:
            self._show_view(self.shown.without_filters())
        if self.view.go_to(no):
            self.open_detail(no)

    def show_unit(self, unit: str) -> None:
        """Show the measures one unit stands in."""
        self._show_view(replace(self.shown, unit=unit))

    @Slot(int)
    def open_detail(self, no: int) -> None:
        """Open a measure and put the keyboard into its units."""
        if self._show_detail(no):
            self.card.open_detail()
            self._escape.setEnabled(True)
            self.detail.focus_units()

    @Slot()
    def close_detail(self) -> None:
        """Put the detail away."""
        self._escape.setEnabled(False)
        self.card.close_detail()

    def _show_detail(self, no: int) -> bool:
        try:
            found = office.measure_detail(self.context.store, self.context.plan_key, no, self.context.as_of)
        except KnownError as error:
            messages.show_error(self, error)
            self.close_detail()
            return False
        self.detail.show_detail(found, self.context.as_of, may_write=not self.context.read_only)
        line = self.view.table_model.line_of(no)
        last = self.view.table_model.rowCount() - 1
        self.detail.set_ends(has_previous=line is not None and line > 0, has_next=line is not None and line < last)
        return True

    @Slot(int)
    def _step(self, by: int) -> None:
        no = self.view.step(by)
        if no is not None and self.card.is_open:
            self._show_detail(no)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def report(self) -> None:
        """Open the form of the chosen measure's first open obligation, or of the unit chosen in the detail."""
        no = self.view.current_no()
        if self.card.is_open:
            self.detail.request_report()
        elif no is not None:
            rows = office.obligations(self.context.store, self.context.plan_key, self.context.as_of, measure=no)
            row = first_open(rows)
            if row is not None:
                self.open_obligation.emit(row.id)

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
        model = self.view.table_model
        rows = [row for no in self.view.chosen_nos() if (row := model.row(model.line_of(no) or 0))]
        if rows:
            QGuiApplication.clipboard().setMimeData(mime_of(model.columns, rows))

    @Slot()
    def search(self) -> None:
        """Look for a measure by its words."""
        self.open_filter(self.view.table_model.column_of(TEXT) if self.table else 0)

    @Slot(int)
    def open_filter(self, column: int) -> None:
        """Open the filter of a head."""
        if self.table is None:
            return
        menu = menus.filter_menu(self.table, self.shown, column, self)
        self._filter_key = menus.filter_key(self.table, column)
        menu.sort_chosen.connect(self._on_sort)
        menu.filter_chosen.connect(self._on_filter)
        head = self.view.head
        menu.open_below(head.viewport(), head.head_rect(column))

    @Slot()
    def clear_filters(self) -> None:
        """Show every measure again."""
        self._show_view(self.shown.without_filters())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def open_group(self, name: str) -> None:
        """Ask for the members of a collective."""
        group = next((unit for unit in units.units(self.context.store) if unit.name == name), None)
        if group is None or self.context.read_only:
            return
        dialog = GroupDialog(self.context.store, group, self)
        dialog.completed.connect(self.context.announce)
        dialog.open()

    # answers ----------------------------------------------------------------------------------------

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._plan_key = None
        self._load()

    @Slot()
    def _on_scope_changed(self) -> None:
        if self._plan_key != self.context.plan_key:
            self._load()
        else:
            self._refresh()

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._is_stale = True

    @Slot(object)
    def _on_order(self, order: object) -> None:
        self._show_view(replace(self.shown, sort=BY_DUE if order == ORDER_BY_DUE else None))

    @Slot(object)
    def _on_only(self, only: Only) -> None:
        self._show_view(replace(self.shown, only=only))

    @Slot(bool)
    def _on_sort(self, is_descending: bool) -> None:
        """Print order upwards is the printed table itself."""
        is_printed = self._filter_key in menus.PRINT_KEYS and not is_descending
        self._show_view(replace(self.shown, sort=None if is_printed else Sort(self._filter_key, is_descending)))

    @Slot(object)
    def _on_filter(self, ticked: frozenset[str] | None) -> None:
        self._show_view(self.shown.with_filter(self._filter_key, ticked))

    @Slot()
    def _open_unit_menu(self) -> None:
        if self.table is None:
            return
        menu = UnitMenu(arrange.units(self.table), len(self.table.rows), self)
        menu.unit_chosen.connect(self._on_unit)
        menu.open_below(self.chips.unit, self.chips.unit.rect())

    @Slot(object)
    def _on_unit(self, unit: str | None) -> None:
        self._show_view(replace(self.shown, unit=unit))

    @Slot()
    def _on_verify(self) -> None:
        self._show_view(View(sort=self.shown.sort, only=Only.TO_VERIFY))

    @Slot()
    def _on_chosen(self) -> None:
        self._tell_chosen()
        if self.card.is_open:
            self._follow.start()

    @Slot()
    def _on_follow(self) -> None:
        no = self.view.current_no()
        if (
            self.card.is_open
            and no is not None
            and self.detail.detail is not None
            and self.detail.detail.measure.no != no
        ):
            self._show_detail(no)

    @Slot(QPoint)
    def _on_context_menu(self, place: QPoint) -> None:
        no = self.view.current_no()
        if no is None:
            return
        menu = menus.context_menu(
            self,
            on_open=self._on_open_current,
            on_report=self.report,
            on_copy=self.copy,
            chosen=len(self.view.chosen_nos()),
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    @Slot()
    def _on_open_current(self) -> None:
        no = self.view.current_no()
        if no is not None:
            self.open_detail(no)

    @Slot(int)
    def _on_confirm(self, no: int) -> None:
        try:
            changes = plans.confirm_measure(self.context.store, self.context.plan_key, no)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self.context.announce(changes)

    @Slot(str)
    def _on_export(self, fmt: str) -> None:
        try:
            self.exporter.ask(fmt)
        except KnownError as error:
            messages.show_error(self, error)

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        self._exported = exported
        items = [(export.sentence(exported), "打开", "file"), ("", "打开所在文件夹", "folder")]
        self.export_bar.set_items(items)

    @Slot(str)
    def _on_export_action(self, key: str) -> None:
        if self._exported is not None and self._exported.path is not None:
            path = self._exported.path
            export.open_path(path if key == "file" else path.parent)
