"""进展填报: the list of what is asked for, the form, its evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.office import reviewing, units
from gui.pages.base import Page
from gui.pages.progress.drop import FileDrop
from gui.pages.progress.evidence_desk import EvidenceDesk
from gui.pages.progress.evidence_panel import EvidencePanel
from gui.pages.progress.form import FormCard
from gui.pages.progress.form_head import READ_ONLY
from gui.pages.progress.list_filter import ListFilter
from gui.pages.progress.many_desk import ManyDesk
from gui.pages.progress.objection_desk import ObjectionDesk
from gui.pages.progress.obligation_list import ObligationList
from gui.pages.progress.reading import place_of, read_form, read_rows
from gui.pages.progress.review_desk import ReviewDesk
from gui.pages.progress.saver import FormSaver, Saving, Standing
from gui.pages.progress.sideways import SidewaysArea
from gui.pages.progress.title_row import TitleRow
from gui.pages.progress.undo_desk import UndoDesk
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.evidence import Added, EvidenceRow
    from core.office.forms import Form
    from core.office.obligations import ObligationRow
    from gui.context import Context

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
"""Wherever the keyboard is in the window, while this page is shown."""
_IN_PANE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_MARGIN = 16


class ProgressPage(Page):
    """Walks through obligations; whatever is typed is saved on the way."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._form: Form | None = None
        self._is_stale = True
        self._wanted: int | None = None
        self.saver = FormSaver(context, self)
        self.desk = EvidenceDesk(context, self.saver.save_now, self)
        self.reviews = ReviewDesk(context, self._is_all_written, self)
        self.objections = ObjectionDesk(context, self)
        self.undo = UndoDesk(context, self.saver.save_now, self)
        self.many = ManyDesk(context, self.saver.save_now, self)
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = TitleRow(self)
        self.list = ObligationList(self.context, self)
        self.form = FormCard(self)
        self.evidence = EvidencePanel(self)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.form, 1)
        row.addWidget(self.evidence)
        self.empty = EmptyState(
            "note-pencil",
            "没有要填报的事项",
            "台账里还没有方案，或方案没有责任单位。请先打开带有方案的台账。",
            parent=self,
        )
        self.stack = QStackedWidget(self)
        self.area = SidewaysArea(body, self)
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.stack, 1)
        self.drop = FileDrop(self, self.desk, self.evidence.zone)
        for first, then in ((self.list, self.form), (self.form, self.evidence)):
            QWidget.setTabOrder(first, then)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.saver.save_now)
        self.form.part_chosen.connect(self._on_part_chosen)
        self.form.pasted.connect(self.desk.take)
        self.form.retried.connect(self.flush)
        self.form.undone.connect(self.undo.undo)
        self.form.undo_bar.undone.connect(self.undo.step_back)
        self.undo.told.connect(self._on_told)
        self._connect_reviews()
        self.saver.standing_changed.connect(self._on_standing)
        self.saver.left_behind.connect(self.form.foot.show_left_behind)
        self.title.previous_asked.connect(self._on_previous)
        self.title.next_asked.connect(self._on_next)
        self.evidence.choose_asked.connect(self.desk.choose)
        self.evidence.preview_asked.connect(self.desk.preview)
        self.evidence.open_asked.connect(self.desk.open)
        self.evidence.edit_asked.connect(self.desk.edit)
        self.evidence.removal_asked.connect(self.desk.remove)
        self.evidence.reuse_asked.connect(self.desk.reuse)
        self.evidence.replacement_asked.connect(self.desk.replace)
        self.evidence.versions_asked.connect(self.desk.versions)
        self.desk.added.connect(self._on_added)
        self.desk.replaced.connect(self.evidence.say)
        self.desk.removed.connect(self._on_removed)
        self.evidence.undo_bar.undone.connect(self.desk.put_back)
        self._refresher.timeout.connect(self._refresh)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        shortcuts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F7", self._on_previous),
            ("F8", self._on_next),
            ("Ctrl+PgDown", partial(self._step_group, 1)),
            ("Ctrl+PgUp", partial(self._step_group, -1)),
            ("F6", self._on_pane_asked),
            ("F9", self._on_accept_key),
            ("Shift+F9", self._on_return_key),
            ("Ctrl+S", self.flush),
            ("Ctrl+V", self.desk.paste),
            ("Ctrl+D", self._on_previous_text),
            ("Ctrl+M", self._on_many_asked),
            *((f"Ctrl+{number}", partial(self._on_state_key, number)) for number in range(1, 6)),
        )
        for key, slot in shortcuts:
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(slot)
        for pane in (self.list, self.form):  # among the evidence Ctrl+Enter opens a file
            for key in ("Ctrl+Return", "Ctrl+Enter"):
                QShortcut(QKeySequence(key), pane, context=_IN_PANE).activated.connect(self._on_saved_and_on)
            QShortcut(QKeySequence("F2"), pane, context=_IN_PANE).activated.connect(self._on_change_asked)

    def _connect_reviews(self) -> None:
        self.form.foot.accepted.connect(self._on_accepted)
        self.form.foot.returned.connect(self._on_returned)
        self.form.head.reopening_asked.connect(self._on_reopening)
        self.form.head.measure_asked.connect(self._on_measure_asked)
        self.form.head.objection_asked.connect(self._on_objection_asked)
        self.form.head.objections_asked.connect(self._on_objections_asked)
        self.form.notices.objections_asked.connect(self._on_objections_asked)
        self.form.notices.answer_asked.connect(self.objections.answer)
        self.form.change_asked.connect(self._on_change_asked)
        self.list.picked_strip.accepted.connect(self._on_rows_accepted)
        self.list.picked_strip.returned.connect(self._on_rows_returned)
        self.reviews.reviewed.connect(self._on_reviewed)
        self.title.many_asked.connect(self._on_many_asked)
        self.title.print_asked.connect(self._on_print_asked)
        self.title.export_asked.connect(self._on_export_asked)
        self.many.filled.connect(self.undo.done)
        self.objections.told.connect(self.undo.done)

    # --- what the window asks --------------------------------------------------------------------

    @Slot()
    def flush(self) -> bool:
        """Write what was typed; False when the file takes neither entry nor draft, the foot then says why."""
        is_safe = self.saver.flush()
        if is_safe and self._form is not None:
            self.form.show_standing(self.saver.standing)
        self._show_marks()
        return is_safe

    def show_pending(self) -> None:
        """What waits for review, of all units; in the period that has it where the one in force has none."""
        if self.context.has_store and self.context.plan_key is not None:
            waiting = reviewing.to_review(self.context.store, self.context.plan_key)
            keys = {row.period_key for row in waiting}
            if keys and self.context.period_key not in keys:
                self.context.set_scope(period_key=waiting[-1].period_key)
        self._load_if_stale()
        self.flush()
        if self._refresher.isActive():
            self._refresh()
        self.list.show_filter(ListFilter.PENDING)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Begin among the rows."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_obligation(self, obligation_id: int) -> None:
        """Open the form of an obligation."""
        self.flush()
        self._wanted = obligation_id
        if self.isVisible():
            self._load()
            self.form.take_keyboard()

    def show_unit(self, unit: str) -> None:
        """Open the first form of a unit, the most urgent one."""
        self._load_if_stale()
        row = next((row for row in self.list.rows() if row.unit == unit), None)
        if row is not None:
            self.show_obligation(row.id)

    def show_evidence(self, evidence_id: int) -> None:
        """Open the form a file proves, in its period, with its card chosen."""
        self._load_if_stale()
        place = place_of(self.context, self.list.rows(), evidence_id)
        if place is None:
            return
        obligation_id, period_key = place
        self.context.set_scope(period_key=period_key)
        self.show_obligation(obligation_id)
        self.evidence.select(evidence_id)

    # --- loading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        self._load_if_stale()
        if self.focusWidget() is None:
            self.take_keyboard()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes: what was typed goes to the file."""
        super().hideEvent(event)
        if self.context.has_store:
            self.flush()

    def _load_if_stale(self) -> None:
        if self._is_stale or self._wanted is not None:
            self._load()

    def _load(self) -> None:
        """Everything anew; unit, measure and row stay where they are still there."""
        self._is_stale = False
        self.title.show_can_write(READ_ONLY if self.context.read_only else "")
        rows = read_rows(self.context)
        self.stack.setCurrentIndex(0 if rows else 1)
        order = tuple(unit.name for unit in units.units(self.context.store)) if rows else ()
        wanted, self._wanted = self._wanted, None
        self._form = None  # whatever is current is read again
        self.list.load(rows, order, wanted)

    def _open(self, form: Form | None) -> None:
        """Show a form, with what was typed into it before where that is not in the ledger."""
        self._form = form
        self.desk.work_for(form)
        self.form.setEnabled(form is not None)
        if form is None:
            self.saver.close()
            self.evidence.show_rows((), refusal="没有打开的事项")
            return
        typed = self.saver.open(form)
        is_locked = self.saver.is_locked
        read_only = self.context.read_only
        self.form.show_form(form, typed, self.context.as_of, is_locked=is_locked, is_read_only=read_only)
        self.form.show_standing(self.saver.standing)
        self._show_undo()
        self.evidence.say("")
        self._show_evidence(form)

    def _show_evidence(self, form: Form) -> None:
        self.evidence.show_rows(form.evidence, refusal=READ_ONLY if self.context.read_only else "")

    @Slot()
    def _refresh(self) -> None:
        """After a write: states and lights anew, and the form itself where nothing is being typed into it."""
        self._refresher.stop()
        if not self.undo.holds():
            self.form.undo_bar.hide()
        if not self.isVisible():
            self._is_stale = True
            return
        rows = read_rows(self.context)
        if {row.id for row in rows} != {row.id for row in self.list.rows()}:
            self._load()
            return
        self.list.refresh(rows)
        self._show_marks()
        if self._form is None:
            return
        typed = self.saver.typed
        part = typed.value.part if typed is not None else None
        form = read_form(self.context, self._form.obligation.id, part, self)
        if form is None:
            return
        self._form = form
        if self.saver.refresh(form):
            self.form.fields.show_value(self.saver.typed)
        elif not self.saver.is_dirty:
            self.form.fields.show_source(self.saver.typed)
        self.desk.work_for(form)
        self.form.refresh_head(form, self.context.as_of, is_locked=self.saver.is_locked)
        self._show_undo()
        self._show_evidence(form)

    def _show_undo(self) -> None:
        self.form.foot.show_undo(self.undo.label())

    def _show_marks(self) -> None:
        self.list.model.set_marks(self.saver.marks(self.context.period_key))

    # --- what the context says -------------------------------------------------------------------

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.saver.forget()
        self.desk.forget()
        self.evidence.undo_bar.hide()
        self._form = None
        self._is_stale = True
        if self.isVisible():
            self._load()

    @Slot()
    def _on_scope_changed(self) -> None:
        """The input belongs to the plan and period it was typed for; the saver knows them."""
        self.flush()
        self._is_stale = True
        if self.isVisible():
            self._load()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        """Later, once: a write announces itself while it is still being finished."""
        self._refresher.start()

    # --- what the panes say ----------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, row: ObligationRow | None) -> None:
        self.title.show_place(*self.list.place())
        if row is not None and self._form is not None and row.id == self._form.obligation.id:
            return
        self.saver.save_now()
        self._show_marks()
        self._open(read_form(self.context, row.id, None, self) if row is not None else None)

    @Slot(object)
    def _on_part_chosen(self, part: str | None) -> None:
        """Each 时限项 has an entry of its own."""
        if self._form is None:
            return
        known, typed = self.saver.typed, self.form.fields.typed()
        if typed is not None and known is not None and known.value.part is None and not self.saver.is_stored:
            # Begun before a 时限项 was named, and nowhere written yet: it is meant for the one named now.
            self.saver.edit(typed)
            return
        self.saver.save_now()
        self._open(read_form(self.context, self._form.obligation.id, part, self))
        self.form.fields.choose_part(part)

    @Slot()
    def _on_edited(self) -> None:
        typed = self.form.fields.typed()
        if typed is not None:
            self.saver.edit(typed)

    @Slot(object)
    def _on_standing(self, standing: Standing) -> None:
        self.form.show_standing(standing)
        if standing.saving is not Saving.WAITING:
            self._show_marks()

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        self._walk(partial(self.list.step, by))

    def _step_group(self, by: int) -> None:
        self._walk(partial(self.list.step_group, by))

    def _walk(self, step: Callable[[], bool]) -> bool:
        """To another row; the keyboard stays in the field where it was."""
        focused = QApplication.focusWidget()
        in_form = focused is not None and self.form.isAncestorOf(focused)
        field = self.form.fields.field_of(focused) if in_form else ""
        has_moved = step()
        if has_moved and in_form:
            self.form.fields.focus_field(field)
        return has_moved

    @Slot(str, str)
    def _on_told(self, words: str, step: str) -> None:
        """What was done is to be seen at once, beside the words that offer the way back."""
        self._refresh()
        self.form.offer_undo(words, step)

    @Slot()
    def _on_saved_and_on(self) -> None:
        """Ctrl+Enter: what was typed goes to the file, and the next form comes; after the last one it is said."""
        if self.flush() and not self._walk(partial(self.list.step, 1)):
            self.undo.say("本列表已到最后一项，按 Ctrl+PgDn 到下一个单位或措施")

    @Slot()
    def _on_pane_asked(self) -> None:
        """F6: from the list to the form, to the evidence, and round again."""
        focused = QApplication.focusWidget()
        panes = (self.list, self.form, self.evidence)
        here = next((i for i, pane in enumerate(panes) if focused is not None and pane.isAncestorOf(focused)), -1)
        target = panes[(here + 1) % len(panes)]
        if target is self.form:
            self.form.take_keyboard()
            return
        view = self.list.view if target is self.list else self.evidence.view
        view.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(view)

    def _on_state_key(self, number: int) -> None:
        if self.saver.is_locked:
            self._on_change_asked()
            return
        self.form.fields.state.choose(number)

    @Slot()
    def _on_previous_text(self) -> None:
        self.form.fields.take_previous()

    # --- review ----------------------------------------------------------------------------------

    def _is_all_written(self) -> bool:
        """Whether what stands in the form stands in the file too: only that can be reviewed."""
        return self.flush() and self.saver.standing.saving is not Saving.DRAFT

    @Slot()
    def _on_accepted(self) -> None:
        if self._form is not None and self.form.foot.accept.isVisible() and self._is_all_written():
            self._refresh()
            if self.form.foot.accept.isEnabled():
                self.reviews.accept(self._form)

    @Slot()
    def _on_returned(self) -> None:
        if self._form is not None and self.form.foot.back.isVisible() and self._is_all_written():
            self._refresh()
            if self.form.foot.back.isEnabled():
                self.reviews.send_back(self._form)

    @Slot()
    def _on_accept_key(self) -> None:
        """F9: all that is picked where that is more than one, else the open form."""
        if self.list.picked_strip.isVisible():
            self._on_rows_accepted()
        else:
            self._on_accepted()

    @Slot()
    def _on_return_key(self) -> None:
        if self.list.picked_strip.isVisible():
            self._on_rows_returned()
        else:
            self._on_returned()

    @Slot()
    def _on_reopening(self) -> None:
        if self._form is not None:
            self.reviews.reopen(self._form)

    @Slot()
    def _on_rows_accepted(self) -> None:
        self.reviews.accept_rows(self.list.picked())

    @Slot()
    def _on_rows_returned(self) -> None:
        self.reviews.send_back_rows(self.list.picked())

    @Slot(str, bool)
    def _on_reviewed(self, words: str, goes_on: bool) -> None:
        """The next one that waits comes, the keyboard stays where it was; at the last one it is said."""
        self._refresh()
        more = "" if not goes_on or self._walk(self.list.step_to_pending) else "，本列表没有待审的了"
        self.undo.done(f"{words}{more}")

    @Slot()
    def _on_change_asked(self) -> None:
        if self._form is not None and self.saver.is_locked:
            self.reviews.ask_to_change(self._form, partial(self._unlock, self._form.obligation.id))

    def _unlock(self, obligation_id: int) -> None:
        if self._form is None or self._form.obligation.id != obligation_id:
            return
        self.saver.unlock()
        self.form.refresh_head(self._form, self.context.as_of, is_locked=False)
        self.form.fields.focus_field("text")

    # --- objections, several at once, the list on paper --------------------------------------------

    @Slot()
    def _on_measure_asked(self) -> None:
        if self._form is not None:
            self.open_measure.emit(self._form.obligation.measure_no)

    @Slot()
    def _on_objection_asked(self) -> None:
        if self._form is not None:
            self.objections.take_down(self._form)

    @Slot()
    def _on_objections_asked(self) -> None:
        if self._form is not None:
            self.objections.show_all(self._form)

    @Slot()
    def _on_many_asked(self) -> None:
        if self._form is not None and not self.context.read_only:
            self.many.ask(self.list.rows(), self._form)

    @Slot()
    def _on_print_asked(self) -> None:
        from gui.pages.progress import list_paper

        list_paper.print_list(self.context, self.list, self)

    @Slot(str)
    def _on_export_asked(self, fmt: str) -> None:
        from gui.pages.progress import list_paper

        list_paper.export_list(self.context, self.list, self, fmt)

    # --- evidence --------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_added(self, obligation_id: int, added: Added) -> None:
        if self._form is None or self._form.obligation.id != obligation_id:
            return
        self._refresh()
        known = "、".join(f"“{name}”" for name in added.already)
        self.evidence.say(f"{known}已在台账中，只建立关联" if known else "")
        if added.rows:
            self.evidence.select(added.rows[-1].id)

    @Slot(object, object)
    def _on_removed(self, _obligation_id: int, row: EvidenceRow) -> None:
        self.evidence.offer_undo(row)

    # --- the window ------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the drawing thread."""
        self.evidence.close_thumbnails()
        super().closeEvent(event)
