"""进展填报: the list of what is asked for, the form, its evidence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from core.office import reviewing, units
from gui.pages.progress.evidence_desk import EvidenceDesk
from gui.pages.progress.form_head import READ_ONLY
from gui.pages.progress.list_filter import ListFilter
from gui.pages.progress.page_keys import PageKeys
from gui.pages.progress.page_layout import ProgressLayout
from gui.pages.progress.page_review import PageReview
from gui.pages.progress.page_rows import PageRows
from gui.pages.progress.reading import place_of, read_form
from gui.pages.progress.saver import FormSaver, Saving, Standing
from gui.pages.progress.undo_desk import UndoDesk
from gui.widgets.file_drop import FileDrop

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.office.changes import Changes
    from core.office.evidence import Added, EvidenceRow
    from core.office.forms import Form
    from core.office.obligations import ObligationRow
    from gui.context import Context


class ProgressPage(ProgressLayout):
    """Walks through obligations; whatever is typed is saved on the way."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._form: Form | None = None
        self.rows = PageRows(self)
        self.reader = self.rows.reader
        self.saver = FormSaver(context, self)
        self.desk = EvidenceDesk(context, self.saver.save_now, self)
        self.undo = UndoDesk(context, self.saver.save_now, self)
        self.review = PageReview(self)
        self.keys = PageKeys(self)
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self.drop = FileDrop(self, self.evidence.zone, lambda: self.desk.can_add)
        self.drop.dropped.connect(self.desk.add)
        self._connect()

    def _connect(self) -> None:
        self.again.clicked.connect(self.rows.load)
        self.list.chosen.connect(self._on_chosen)
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.saver.save_now)
        self.form.part_chosen.connect(self._on_part_chosen)
        self.form.pasted.connect(self.desk.take)
        self.form.retried.connect(self.flush)
        self.form.undone.connect(self.undo.undo)
        self.form.undo_bar.undone.connect(self.undo.step_back)
        self.undo.told.connect(self._on_told)
        self.saver.standing_changed.connect(self._on_standing)
        self.saver.left_behind.connect(self.form.foot.show_left_behind)
        self.title.previous_asked.connect(self.keys.go_back)
        self.title.next_asked.connect(self.keys.go_on)
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
        self._refresher.timeout.connect(self.refresh)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        self.review.connect_all()
        self.keys.connect_all()

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
            store, plan, period = self.context.store, self.context.plan_key, self.context.period_key
            if period is None or not reviewing.waiting(store, plan, period):
                waiting = reviewing.to_review(store, plan)
                if waiting:
                    self.context.set_scope(period_key=waiting[-1].period_key)
        self.rows.load_if_stale()
        self.flush()
        self.rows.when_read(self._show_pending)

    def _show_pending(self) -> None:
        if self._refresher.isActive():
            self.refresh()
        self.list.show_filter(ListFilter.PENDING)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Begin among the rows."""
        target = self.no_plan if self.stack.currentWidget() is self.no_plan else self.list.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_obligation(self, obligation_id: int) -> None:
        """Open the form of an obligation."""
        self.flush()
        self.rows.wanted = obligation_id
        if self.isVisible():
            self._show_wanted()
            self.rows.when_read(self.form.take_keyboard)

    def _show_wanted(self) -> None:
        """Go there; the many rows of a large plan are not read anew for it."""
        if self.rows.are_fresh and self.list.rows() and self.reader.is_large:
            self.take(self.list.rows())
        else:
            self.rows.load()

    def show_unit(self, unit: str, part: str = "") -> None:
        """Open the first form of a unit, the most urgent one; ``part``: of those only (the word of a ListFilter)."""
        self.rows.load_if_stale()
        self.rows.when_read(
            partial(self._show_unit_part, unit, ListFilter(part)) if part else partial(self._show_unit, unit)
        )

    def _show_unit_part(self, unit: str, part: ListFilter) -> None:
        self.flush()
        row = self.list.show_unit_part(unit, part)
        if row is not None:
            self.show_obligation(row.id)

    def _show_unit(self, unit: str) -> None:
        row = next((row for row in self.list.rows() if row.unit == unit), None)
        if row is not None:
            self.flush()
            self.list.show_unit(unit)
            self.show_obligation(row.id)

    def show_evidence(self, evidence_id: int) -> None:
        """Open the form a file proves, in its period, with its card chosen."""
        self.rows.load_if_stale()
        self.rows.when_read(partial(self._show_evidence_of, evidence_id))

    def _show_evidence_of(self, evidence_id: int) -> None:
        place = place_of(self.context, self.list.rows(), evidence_id)
        if place is None:
            return
        obligation_id, period_key = place
        self.context.set_scope(period_key=period_key)
        self.show_obligation(obligation_id)
        self.rows.when_read(partial(self.evidence.select, evidence_id))

    @property
    def open_form(self) -> Form | None:
        """The form that is shown, as it was read last."""
        return self._form

    # --- loading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        self.rows.load_if_stale()
        if self.focusWidget() is None:
            self.take_keyboard()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes: what was typed goes to the file."""
        super().hideEvent(event)
        if self.context.has_store:
            self.flush()

    def when_fresh(self, act: Callable[[], object]) -> None:
        """Do something with the rows as they are after the last write."""
        self.rows.when_fresh(act)

    def take(self, rows: tuple[ObligationRow, ...]) -> None:
        """Show these rows, and the form of the one that is wanted or was open."""
        self.no_plan.settle()
        instead = self.no_plan if self.context.plan_key is None else self.empty
        self.stack.setCurrentWidget(self.area if rows else instead)
        order = tuple(unit.name for unit in units.units(self.context.store)) if rows else ()
        wanted, self.rows.wanted = self.rows.wanted, None
        self._form = None  # whatever is current is read again
        self.list.load(rows, order, wanted)

    def _open(self, form: Form | None) -> None:
        """Show a form, with what was typed into it before where that is not in the ledger."""
        self._form = form
        self.desk.work_for(form)
        self.form.setEnabled(form is not None)
        self.place.setCurrentIndex(0 if form is not None else 1)
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
    def refresh(self) -> None:
        """After a write: states and lights anew, and the form itself where nothing is being typed into it."""
        self._refresher.stop()
        if not self.undo.holds():
            self.form.undo_bar.hide()
        if not self.isVisible():
            self.rows.is_stale = True
            return
        if self.rows.renew():
            self._refresh_form()  # one form is read in no time

    def refresh_with(self, rows: tuple[ObligationRow, ...]) -> None:
        """Show these rows where they are the same ones; what is being typed stays."""
        if not self.isVisible():
            self.rows.is_stale = True
            return
        if {row.id for row in rows} != {row.id for row in self.list.rows()}:
            self.take(rows)
            return
        self.list.refresh(rows)
        self._show_marks()
        self._refresh_form()

    def _refresh_form(self) -> None:
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
        self.rows.is_stale = True
        if self.isVisible():
            self.rows.load()

    @Slot()
    def _on_scope_changed(self) -> None:
        """The input belongs to the plan and period it was typed for; the saver knows them."""
        self.flush()
        self.rows.is_stale = True
        if self.isVisible():
            self.rows.load()

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

    @Slot(str, str)
    def _on_told(self, words: str, step: str) -> None:
        """What was done is to be seen at once, beside the words that offer the way back."""
        self.refresh()
        self.form.offer_undo(words, step)

    # --- evidence --------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_added(self, obligation_id: int, added: Added) -> None:
        if self._form is None or self._form.obligation.id != obligation_id:
            return
        self.refresh()
        known = "、".join(f"“{name}”" for name in added.already)
        self.evidence.say(f"{known}已在台账里，只建立关联" if known else "")
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
