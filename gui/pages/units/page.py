"""单位: the register at the left, the units of a part in the middle, the form of one at the right."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import undo
from gui import messages, theme
from gui.file_commands import show_in_folder
from gui.pages.base import Page
from gui.pages.filters import TableFilter
from gui.pages.progress.sideways import SidewaysArea
from gui.pages.table.export import open_path
from gui.pages.units import menus, side_list
from gui.pages.units.desk import GROUP, UNIT, UnitDesk
from gui.pages.units.history_dialog import HistoryDialog
from gui.pages.units.pane import READ_ONLY, UnitPane
from gui.pages.units.reading import Reading, read, read_returns, returned_words, titles_of
from gui.pages.units.register_files import RegisterFiles
from gui.pages.units.saver import UnitSaver
from gui.pages.units.side_list import Entry, SideList
from gui.pages.units.unit_form import UnitForm
from gui.pages.units.unresolved_pane import TO_VERIFY, UnresolvedPane
from gui.widgets import button, labels
from gui.widgets.infobar import InfoBar
from gui.widgets.search_box import SearchBox
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.changes import Changes
    from core.office.register_sheet import RegisterDraft, RegisterFile
    from core.office.returns import UnitReturn
    from core.office.units import Unresolved
    from gui.context import Context
    from gui.pages.units.reading import UnitLine

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
_MARGIN = 16


class UnitsPage(Page):
    """Asks core.office, shows the answer; what is typed into the form is saved on leaving a field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.reading = Reading()
        self._is_stale = True
        self._returns: dict[str, UnitReturn] | None = None
        self._wanted = ""
        self._undo_label: str | None = None
        self._exported: Path | None = None
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self._build()
        self.desk = UnitDesk(context, self)
        self.files = RegisterFiles(context, self)
        self.saver = UnitSaver(context, self.form)
        self._connect()
        self._order_keys()
        self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason)  # where the keyboard is when the page comes

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.side = SideList(self)
        self.search = SearchBox("搜索单位", self, key="Ctrl+F")
        self.pane = UnitPane(self.search, self)
        self.form = UnitForm(self)
        self.unresolved = UnresolvedPane(self)
        units = QWidget(self)
        row = QHBoxLayout(units)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.pane, 1)
        row.addWidget(self.form)
        self.rooms = QStackedWidget(self)
        self.rooms.addWidget(units)
        self.rooms.addWidget(self.unresolved)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.side)
        row.addWidget(self.rooms, 1)
        self.bar = InfoBar(self, icon="check-circle")
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(12)
        layout.addLayout(self._build_title())
        layout.addWidget(self.bar)
        layout.addWidget(SidewaysArea(body, self), 1)
        self.undo_bar = UndoBar(self)

    def _build_title(self) -> QHBoxLayout:
        self.counts = labels.label("", "second", self)
        self.take_in = button.secondary("从表格导入", "file-arrow-down", self)
        self.hand_out = button.secondary("导出名册", "export", self)
        self.new = button.secondary("新建单位", "plus", self)
        self.search.setMinimumWidth(theme.px(96))
        self.search.setMaximumWidth(theme.px(220))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(labels.label("单位", "title", self))
        row.addSpacing(8)
        row.addWidget(self.counts)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        row.addSpacing(8)
        for widget in (self.take_in, self.hand_out, self.new):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self._refresher.timeout.connect(self._refresh)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_changed)
        self.context.changed.connect(self._on_changed)
        self.side.chosen.connect(self._on_entry)
        self.side.menu_asked.connect(self._on_side_menu)
        self.pane.current_changed.connect(self._on_current)
        self.form.left.connect(self.saver.save_now)
        self.form.group_asked.connect(self.show_group)
        self.form.fill_asked.connect(self._on_fill)
        self.form.menu_asked.connect(self._popup_unit)
        self.form.confirm_asked.connect(self._on_confirm_name)
        self.saver.saved.connect(self._on_saved)
        self.desk.done.connect(self._on_done)
        self.files.imported.connect(self._on_imported)
        self.files.exported.connect(self._on_exported)
        self.bar.action_chosen.connect(self._on_bar)
        self.undo_bar.undone.connect(self._on_undone)
        self._connect_buttons()
        keys = (("Ctrl+F", self.search.focus_all), ("F2", self.rename))
        for key, do in keys:
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(do)

    def _order_keys(self) -> None:
        """Tab goes from left to right: list, tools, table, measures, form."""
        pane, form = self.pane, self.form
        order: list[QWidget] = [self.search, self.take_in, self.hand_out, self.new]
        order += [self.side.view, self.side.new_group]
        order += [pane.add, pane.remove, pane.more, pane.said.change, pane.whole, pane.table]
        order += [pane.measures.link, pane.measures.view, form.more, form.name, form.full_name]
        order += [form.aliases.add, form.aliases.new, form.contact, form.phone, form.mail, form.kind]
        order += [form.fill, form.confirm, form.ledger]
        for before, then in pairwise(order):
            QWidget.setTabOrder(before, then)
        form.aliases.order_keys(form.full_name)

    def _connect_buttons(self) -> None:
        pane, unresolved = self.pane, self.unresolved
        for new in (self.new, pane.no_units.buttons[0]):
            new.clicked.connect(self._on_new_unit)  # type: ignore[attr-defined]
        for take_in in (self.take_in, pane.no_units.buttons[1]):
            take_in.clicked.connect(self.files.ask_import)  # type: ignore[attr-defined]
        for add in (pane.add, pane.no_members.buttons[0]):
            add.clicked.connect(self._on_add)  # type: ignore[attr-defined]
        self.hand_out.clicked.connect(self.files.ask_export)
        self.side.new_group.clicked.connect(self._on_new_group)
        pane.remove.clicked.connect(self._on_remove)
        pane.table.removal_asked.connect(self._on_remove)
        pane.table.customContextMenuRequested.connect(self._on_table_menu)
        pane.whole.clicked.connect(self._on_whole)
        pane.more.clicked.connect(self._on_group_menu)
        pane.said.exceptions_asked.connect(self._on_exceptions)
        pane.measures.opened.connect(self.open_measure)
        pane.measures.table_asked.connect(self._on_table_asked)
        unresolved.confirm_asked.connect(self._on_unresolved_confirmed)
        unresolved.same_asked.connect(self.desk.settle_same)
        unresolved.group_asked.connect(self._on_unresolved_group)
        unresolved.show_asked.connect(self._on_unresolved_shown)

    # --- what the window asks --------------------------------------------------------------------

    def flush(self) -> bool:
        """Write what was typed; False when it cannot be written as it stands."""
        return not self.context.has_store or self.saver.save_now()

    def show_unit(self, unit: str) -> None:
        """Bring a unit into view, with its form."""
        self._wanted = unit
        self._load_if_stale()
        self._go_to(unit)

    @Slot(str)
    def show_group(self, name: str) -> None:
        """Show a collective."""
        if self.flush():
            self.side.choose(side_list.GROUP, name)

    def take_keyboard(self) -> None:
        """Into the table."""
        self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, text: str) -> None:
        """Say something that has just happened."""
        self._offer(text, can_undo=False)

    @Slot()
    def rename(self) -> None:
        """F2: the collective where the keyboard is in the left list, else the unit."""
        if self.context.read_only:
            self.tell(READ_ONLY)
            return
        group = self.pane.group()
        if self.side.view.hasFocus() and group is not None:
            self.desk.rename_group(group)
        elif self.form.line() is not None and self.rooms.currentIndex() == 0:
            self.form.begin_rename()

    # --- loading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        self._load_if_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes: what was typed goes to the file."""
        super().hideEvent(event)
        if self.context.has_store:
            self.flush()

    def _load_if_stale(self) -> None:
        if self._is_stale:
            self._load()

    def _load(self) -> None:
        self._is_stale = False
        self.reading = self.desk.reading = read(self.context)
        self._returns = read_returns(self.context)
        self.desk.titles = titles_of(self.context, self.reading)
        self.files.titles = self.desk.titles
        self.saver.set_titles(self.desk.titles)
        reading = self.reading
        verb = f"，{len(reading.unresolved)} 个名称认不出" if reading.unresolved else ""
        self.counts.setText(f"{len(reading.lines)} 个单位，{len(reading.groups)} 个单位集合{verb}")
        self.side.load(side_list.entries(reading, has_scores=False))
        self._show_entry()
        can_write = not self.context.read_only
        for widget in (self.take_in, self.new, self.side.new_group):
            widget.setEnabled(can_write)
            widget.setToolTip("" if can_write else READ_ONLY)
        self.hand_out.setEnabled(self.context.has_store)

    def _show_entry(self) -> None:
        entry = self.side.current()
        if entry is None:
            return
        is_unresolved = entry.kind == side_list.UNRESOLVED
        self.rooms.setCurrentIndex(1 if is_unresolved else 0)
        self.search.setVisible(not is_unresolved)
        is_read_only = self.context.read_only
        self.unresolved.load(self.reading.unresolved, is_read_only=is_read_only)
        if is_unresolved:
            return
        group = self.reading.group(entry.title) if entry.kind == side_list.GROUP else None
        wanted, self._wanted = self._wanted, ""
        self.pane.show_entry(self.reading, entry, exceptions_of(group), is_read_only=is_read_only, wanted=wanted)

    def _go_to(self, unit: str) -> None:
        """The unit where it is: in the part shown, else among all, else among those that left."""
        if self.pane.table.choose(unit) or self.reading.line(unit) is None:
            return
        self.search.clear()
        line = self.reading.line(unit)
        has_left = line is not None and line.unit.left_on is not None
        self._wanted = unit
        self.side.choose(side_list.LEFT if has_left else side_list.ALL)
        self.pane.table.choose(unit)

    @Slot()
    def _refresh(self) -> None:
        self._refresher.stop()
        if self.isVisible():
            self._load()
        else:
            self._is_stale = True

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.undo_bar.hide()
        self.bar.hide()
        self.form.show_line(None, "", is_read_only=True)
        self._refresh()

    @Slot()
    def _on_changed(self) -> None:
        """Later, once: a write announces itself while it is still being finished."""
        self._refresher.start()

    # --- what the panes say ----------------------------------------------------------------------

    @Slot(object)
    def _on_entry(self, _entry: Entry) -> None:
        self._show_entry()

    @Slot(object)
    def _on_current(self, line: UnitLine | None) -> None:
        shown = self.form.line()
        is_same = shown is not None and line is not None and shown.unit.name == line.unit.name
        if (
            not is_same
            and shown is not None
            and self.reading.line(shown.unit.name) is not None
            and not self._may_leave()
        ):
            return
        words = returned_words(self._returns, line.unit.name) if line is not None else ""
        self.form.show_line(line, words, is_read_only=self.context.read_only)

    def _may_leave(self) -> bool:
        """Whether the form may show another unit; else it is said why, and the cursor goes back."""
        shown = self.form.line()
        if shown is None or self.saver.save_now():
            return True
        if self.saver.is_asking:
            return False
        messages.ask(
            self,
            "单位",
            f"“{shown.unit.name}”里填的内容还不能保存。",
            [
                messages.Action("放弃这些修改", self._on_dropped),
                messages.Action("回去修改", self._on_back, "note-pencil", is_primary=True, is_escape=True),
            ],
            headline="有内容没有保存",
        )
        return False

    def _on_dropped(self) -> None:
        self.form.reset()
        self._on_current(self.pane.model.line(self.pane.table.currentIndex().row()))

    def _on_back(self) -> None:
        shown = self.form.line()
        if shown is not None:
            self._go_to(shown.unit.name)
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str, str)
    def _on_saved(self, changes: Changes, name: str, words: str) -> None:
        self._wanted = name
        self.context.announce(changes)
        self._refresh()
        self._offer(f"已修改“{name}”的{words}")

    @Slot(object, str, str, str)
    def _on_done(self, changes: Changes, words: str, kind: str, name: str) -> None:
        if kind == UNIT:
            self._wanted = name
        self.context.announce(changes)
        self._refresh()
        if kind == GROUP:
            self.side.choose(side_list.GROUP, name)
        elif kind == UNIT:
            self._go_to(name)
        self._offer(words)

    @Slot(object, object)
    def _on_imported(self, draft: RegisterDraft, changes: Changes) -> None:
        count = sum(row.change != "same" for row in draft.rows)
        self.context.announce(changes)
        self._refresh()
        self._offer(f"已从“{draft.name}”导入 {count} 行")

    # --- undo ------------------------------------------------------------------------------------

    def _offer(self, text: str, *, can_undo: bool = True) -> None:
        self._undo_label = undo.undo_label(self.context.store) if can_undo else None
        self.undo_bar.offer(text, "撤销" if can_undo and self._undo_label else "")
        self._place_undo_bar()

    @Slot()
    def _on_undone(self) -> None:
        """Only the act that was offered: after another one the bar would take back that."""
        store = self.context.store
        if self._undo_label is None or undo.undo_label(store) != self._undo_label:
            self.tell("后来又有别的操作，请用 Ctrl+Z 一步一步撤销")
            return
        try:
            changes = undo.undo(store)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self.context.announce(changes)
        self._refresh()
        self.tell("已撤销")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The undo bar floats over the foot of the page."""
        super().resizeEvent(event)
        self._place_undo_bar()

    def _place_undo_bar(self) -> None:
        width = min(self.width() - 2 * _MARGIN, theme.px(520))
        height = self.undo_bar.height()
        self.undo_bar.setGeometry((self.width() - width) // 2, self.height() - height - _MARGIN - 8, width, height)
        self.undo_bar.raise_()

    # --- acts ------------------------------------------------------------------------------------

    def _group(self) -> Unit | None:
        return self.pane.group() if not self.context.read_only else None

    @Slot()
    def _on_new_unit(self) -> None:
        self.desk.new_unit()

    @Slot()
    def _on_new_group(self) -> None:
        self.desk.new_group()

    @Slot()
    def _on_add(self) -> None:
        group = self._group()
        if group is not None:
            self.desk.add_members(group)

    @Slot()
    def _on_remove(self) -> None:
        group = self._group()
        if group is not None:
            self.desk.remove_members(group, self.pane.table.selected_names())

    @Slot()
    def _on_whole(self) -> None:
        group = self._group()
        if group is not None:
            self.desk.declare_whole(group)

    @Slot()
    def _on_exceptions(self) -> None:
        group = self._group()
        if group is not None:
            self.desk.exceptions(group)

    @Slot()
    def _on_confirm_name(self) -> None:
        line = self.form.line()
        if line is not None:
            self.desk.confirm_name(line.unit.name)

    @Slot()
    def _on_fill(self) -> None:
        line = self.form.line()
        if line is not None and self.flush():
            self.open_unit.emit(line.unit.name)

    @Slot()
    def _on_table_asked(self) -> None:
        group, line = self.pane.group(), self.form.line()
        numbers = frozenset(found.no for found in self.pane.measures.model.lines())
        if group is not None:
            self.show_filtered.emit(TableFilter(measures=numbers, title=f"用到“{group.name}”"))
        elif line is not None:
            self.show_filtered.emit(TableFilter(unit=line.unit.name))

    @Slot(object)
    def _on_unresolved_confirmed(self, item: Unresolved) -> None:
        if self.reading.line(item.name) is None:
            self.desk.new_unit(item.name)
        else:
            self.desk.confirm_name(item.name)

    @Slot(object)
    def _on_unresolved_group(self, item: Unresolved) -> None:
        self.desk.new_group(item.name)

    @Slot(object)
    def _on_unresolved_shown(self, item: Unresolved) -> None:
        if self.reading.group(item.name) is not None:
            self.show_group(item.name)
        elif item.why != TO_VERIFY:
            self._go_to(item.name)

    # --- menus -----------------------------------------------------------------------------------

    @Slot(QPoint)
    def _on_table_menu(self, place: QPoint) -> None:
        table = self.pane.table
        if not table.indexAt(place).isValid():
            place = table.visualRect(table.currentIndex()).center()
        self._popup_unit(table.viewport().mapToGlobal(place))

    @Slot(QPoint)
    def _popup_unit(self, place: QPoint) -> None:
        line = self.form.line()
        if line is None or not self.flush():
            return
        name, desk = line.unit.name, self.desk
        acts = menus.UnitActs(
            rename=self.form.begin_rename,
            fill=self._on_fill,
            copy=self.pane.table.copy,
            remove=self._on_remove,
            merge=lambda: desk.merge(name),
            leave=lambda: desk.leave(name),
            come_back=lambda: desk.come_back(name),
            history=lambda: self.show_history(name),
        )
        entries = menus.unit_entries(line, self.pane.group(), self.pane.table.selected_names(), acts)
        menus.popup(entries, place, is_read_only=self.context.read_only, parent=self)

    @Slot()
    def _on_group_menu(self) -> None:
        self._popup_group(self.pane.more.mapToGlobal(QPoint(0, self.pane.more.height())))

    @Slot(object, QPoint)
    def _on_side_menu(self, _entry: Entry, place: QPoint) -> None:
        self._popup_group(place)

    def _popup_group(self, place: QPoint) -> None:
        group = self.pane.group()
        if group is None or not self.flush():
            return
        desk = self.desk
        acts = menus.GroupActs(
            add=lambda: desk.add_members(group),
            rename=lambda: desk.rename_group(group),
            exceptions=lambda: desk.exceptions(group),
            whole=lambda: desk.declare_whole(group),
            not_whole=lambda: desk.declare_whole(group, whole=False),
            leave=lambda: desk.leave(group.name),
            history=lambda: self.show_history(group.name),
        )
        menus.popup(menus.group_entries(group, acts), place, is_read_only=self.context.read_only, parent=self)

    def show_history(self, name: str) -> None:
        """查看历史: what the journal says of a unit or a collective."""
        HistoryDialog(self.context.store, name, self.window()).open()

    # --- files -----------------------------------------------------------------------------------

    @Slot(object)
    def _on_exported(self, exported: RegisterFile) -> None:
        self._exported = exported.path
        self.bar.set_items(
            [
                (f"已导出 {exported.path.name}，{exported.units} 个单位，{exported.groups} 个集合", "打开", "open"),
                (f"在“{exported.path.parent.name}”中", "打开所在文件夹", "folder"),
            ]
        )

    @Slot(str)
    def _on_bar(self, key: str) -> None:
        if self._exported is None:
            return
        if key == "open":
            open_path(self._exported)
        else:
            show_in_folder(self._exported)


def exceptions_of(group: Unit | None) -> str:
    """The exceptions of a collective with their reasons, in one line; empty when there are none."""
    if group is None or not group.exceptions:
        return ""
    return "例外：" + "；".join(f"{item.unit}（{item.reason}）" for item in group.exceptions)
