"""单位: the register at the left, the units of a part in the middle, the form of one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from core.office import units as register
from core.office.changes import Changes
from gui import messages
from gui.pages.units import side_list
from gui.pages.units.acts import PageActs
from gui.pages.units.desk import GROUP, UNIT, UnitDesk
from gui.pages.units.figure_reader import FigureReader
from gui.pages.units.menu_desk import MenuDesk
from gui.pages.units.page_layout import UnitsLayout
from gui.pages.units.pane import READ_ONLY
from gui.pages.units.reading import PlanFigures, Reading, assemble, returned_words, titles_of
from gui.pages.units.register_files import RegisterFiles
from gui.pages.units.saver import UnitSaver
from gui.pages.units.side_list import Part
from gui.undo_offer import UndoOffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from core.office.register_sheet import RegisterDraft, RegisterFile
    from core.office.scoring import Scored
    from gui.context import Context
    from gui.pages.units.reading import UnitLine
    from gui.pages.units.scoring_panel import ScorePanel

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut


class UnitsPage(UnitsLayout):
    """Asks core.office, shows the answer; what is typed into the form is saved on leaving a field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.reading = Reading()
        self._is_stale = True
        self._figures: PlanFigures | None = None
        self._counted_for: tuple[object, ...] = ()
        self._is_touched = False
        """Something was written that the figures may depend on."""
        self._wanted = ""
        self.scores: ScorePanel | None = None
        """Made when it is first looked at."""
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self.reader = FigureReader(context, self)
        self.undoing = UndoOffer(context, self.undo_bar, self.place_undo_bar)
        self.desk = UnitDesk(context, self)
        self.files = RegisterFiles(context, self)
        self.saver = UnitSaver(context, self.form)
        self.acts = PageActs(self)
        self.menus = MenuDesk(self)
        self._connect()
        self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason)  # where the keyboard is when the page comes

    def _connect(self) -> None:
        self._refresher.timeout.connect(self._refresh)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.reader.counted.connect(self._on_counted)
        self.reader.given_up.connect(self._on_given_up)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        self.side.chosen.connect(self._on_entry)
        self.pane.current_changed.connect(self._on_current)
        self.form.left.connect(self.saver.save_now)
        self.form.group_asked.connect(self.show_group)
        self.saver.saved.connect(self._on_saved)
        self.desk.done.connect(self._on_done)
        self.pane.table.paste_asked.connect(self.files.paste)
        self.files.imported.connect(self._on_imported)
        self.files.exported.connect(self._on_exported)
        keys = (("Ctrl+F", self.search.focus_all), ("F2", self.rename))
        for key, do in keys:
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(do)

    # --- what the window asks --------------------------------------------------------------------

    def flush(self) -> bool:
        """Write what was typed; False when it cannot be written as it stands."""
        return not self.context.has_store or self.saver.save_now()

    def show_unit(self, unit: str, part: str = "") -> None:  # noqa: ARG002 - the register has no parts
        """Bring a unit into view, with its form; without a name the list of those that nobody answers."""
        if not unit:
            self._load_if_stale()
            self.side.choose(side_list.UNRESOLVED)
            return
        self._wanted = unit
        self._load_if_stale()
        self.go_to(unit)

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
        self.undoing.tell(text)

    @Slot()
    def rename(self) -> None:
        """F2: the collective where the keyboard is in the left list, else the unit."""
        if self.context.read_only:
            self.tell(READ_ONLY)
            return
        group = self.pane.group()
        if self.side.view.hasFocus() and group is not None:
            self.desk.rename_group(group)
        elif self.form.line() is not None and self.rooms.currentWidget() is self.units:
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
        """The register at once; its figures too, where they do not take long."""
        self._is_stale = False
        units = register.all_units(self.context.store) if self.context.has_store else ()
        if not self.context.has_store:
            self._figures = None
        elif self._figures_wanted(units):
            scope = self.reader.scope()
            if self._counted_for[1:] != (self.context.store.path, scope):
                self._figures = None  # those of another plan, period or date say nothing
            self._counted_for = (_named(units), self.context.store.path, scope)
            self._figures = self.reader.start() or self._figures
        self._show(units)

    def _figures_wanted(self, units: Sequence[Unit]) -> bool:
        """Whether the figures may be others: not when only a telephone number is."""
        now = (_named(units), self.context.store.path, self.reader.scope())
        is_touched, self._is_touched = self._is_touched, False
        return is_touched or self._counted_for != now

    @Slot(object)
    def _on_counted(self, figures: PlanFigures) -> None:
        self._figures = figures
        if self.isVisible() and self.context.has_store:
            self._show(register.all_units(self.context.store))

    @Slot()
    def _on_given_up(self) -> None:
        """Tried again with the next reading."""
        self._is_touched = True

    def _show(self, units: Sequence[Unit]) -> None:
        reading = self.reading = self.desk.reading = assemble(units, self._figures)
        self.desk.titles = titles_of(self.context, reading)
        self.files.titles = self.desk.titles
        self.saver.set_titles(self.desk.titles)
        verb = f"，{len(reading.unresolved)} 个名称认不出" if reading.unresolved else ""
        self.counts.setText(f"{len(reading.lines)} 个单位，{len(reading.groups)} 个单位集合{verb}")
        self.side.load(side_list.entries(reading, has_scores=self.context.plan_key is not None))
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
        is_read_only = self.context.read_only
        self.unresolved.load(self.reading.unresolved, is_read_only=is_read_only)
        room = self._room(entry)
        self.rooms.setCurrentWidget(room)
        self.search.setVisible(room is self.units)
        if room is not self.units:
            return
        group = self.reading.group(entry.title) if entry.kind == side_list.GROUP else None
        wanted, self._wanted = self._wanted, ""
        self.pane.show_entry(self.reading, entry, exceptions_of(group), is_read_only=is_read_only, wanted=wanted)

    def _room(self, entry: Part) -> QWidget:
        if entry.kind == side_list.UNRESOLVED:
            return self.unresolved
        if entry.kind != side_list.SCORES:
            return self.units
        if self.scores is None:
            from gui.pages.units.scoring_panel import ScorePanel

            self.scores = ScorePanel(self.context, self)
            self.scores.open_obligation.connect(self._on_score_opened)
            self.scores.exported.connect(self._on_scored)
            self.rooms.addWidget(self.scores)
        return self.scores

    def go_to(self, unit: str) -> None:
        """The unit where it is: in the part shown, else among all, else among those that left."""
        is_shown = self.rooms.currentWidget() is self.units and self.pane.table.choose(unit)
        if is_shown or self.reading.line(unit) is None:
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
    def _on_scope_changed(self) -> None:
        self._refresher.start()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Later, once: a write announces itself while it is still being finished."""
        self._is_touched |= changes != Changes(units=True)
        self._refresher.start()

    # --- what the panes say ----------------------------------------------------------------------

    @Slot(object)
    def _on_entry(self, _entry: Part) -> None:
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
        words = returned_words(self._figures, line.unit.name) if line is not None else ""
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
            self.go_to(shown.unit.name)
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str, str)
    def _on_saved(self, changes: Changes, name: str, words: str) -> None:
        self._wanted = name
        self.context.announce(changes)
        self._refresh()
        self.undoing.offer(f"已修改“{name}”的{words}")

    @Slot(object, str, str, str)
    def _on_done(self, changes: Changes, words: str, kind: str, name: str) -> None:
        if kind == UNIT:
            self._wanted = name
        self.context.announce(changes)
        self._refresh()
        if kind == GROUP:
            self.side.choose(side_list.GROUP, name)
        elif kind == UNIT:
            self.go_to(name)
        self.undoing.offer(words)

    @Slot(object, object)
    def _on_imported(self, draft: RegisterDraft, changes: Changes) -> None:
        count = sum(row.change != "same" for row in draft.rows)
        self.context.announce(changes)
        self._refresh()
        self.undoing.offer(f"已从“{draft.name}”导入 {count} 行")

    @Slot(object)
    def _on_exported(self, exported: RegisterFile) -> None:
        self.bar.show_file(exported.path, f"{exported.units} 个单位，{exported.groups} 个集合")

    @Slot(int)
    def _on_score_opened(self, obligation_id: int) -> None:
        self.open_obligation.emit(obligation_id)

    @Slot(object)
    def _on_scored(self, scored: Scored) -> None:
        self.bar.show_file(scored.path, f"{scored.units} 个单位的得分")


def _named(units: Sequence[Unit]) -> tuple[object, ...]:
    """What figures depend on: names, members, who is there; not how a unit is reached."""
    return tuple((u.names, u.members, u.exceptions, u.left_on, u.incomplete, u.to_verify) for u in units)


def exceptions_of(group: Unit | None) -> str:
    """The exceptions of a collective with their reasons, in one line; empty when there are none."""
    if group is None or not group.exceptions:
        return ""
    return "例外：" + "；".join(f"{item.unit}（{item.reason}）" for item in group.exceptions)
