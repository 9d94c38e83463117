"""The fields of the form: state, date, part, reason, the three texts; a value in, a value out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.model.ledger import EntryState
from core.office.form_value import Finding, FormValue
from gui.pages.progress.form_layout import FormLayout
from gui.pages.progress.parts import Note
from gui.pages.progress.saver import Typed
from gui.pages.progress.source_row import Source, source_of
from gui.widgets.date_field import parse_date

if TYPE_CHECKING:
    from datetime import date

    from core.office.forms import Form

DATED = {EntryState.DONE, EntryState.KEPT_UP}
"""States that may carry a date."""
WHOLE = "全部时限项"


class FormFields(FormLayout):
    """Shows a value and hands it out again; knows no ledger."""

    edited = Signal()
    left = Signal()
    """A field was left: a good moment to save."""
    part_chosen = Signal(object)
    """Another 时限项, whose own record is to be shown; carries its scope, None for all."""
    pasted = Signal(object)
    """Files or a picture were pasted into a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self._is_showing = False
        self._is_enabled = True
        self._connect()

    def _connect(self) -> None:
        for field in self.texts():
            field.changed.connect(self._on_text_changed)
            field.left.connect(self.left)
            field.pasted.connect(self.pasted)
        self.state_chosen.connect(self._on_state_chosen)
        self.done_on.textEdited.connect(self._on_edited)
        self.done_on.changed.connect(self._on_edited)
        self.done_on.editingFinished.connect(self.left)
        self.part.activated.connect(self._on_part_chosen)
        self.reason.textEdited.connect(self._on_edited)
        self.reason.editingFinished.connect(self.left)
        self.use_previous.clicked.connect(self.take_previous)
        for group in (self.targets, self.source):
            group.edited.connect(self._on_edited)
            group.left.connect(self.left)

    # --- value in, value out ---------------------------------------------------------------------

    def show_form(self, form: Form, typed: Typed | None) -> None:
        """Show another form: its choices, and what was typed or entered into it."""
        self._is_showing = True
        self._form = form
        self.state.offer(form.states)
        self._fill_parts(form.parts)
        self._show_targets(form)
        self.source.close_fields()
        self._show_previous(form)
        self._show_value(typed)
        self.show_findings(())
        self._is_showing = False
        self._dress()

    def show_value(self, typed: Typed | None) -> None:
        """Show another value of the same form (撤销)."""
        self._is_showing = True
        self._show_value(typed)
        self._is_showing = False
        self._dress()

    def typed(self) -> Typed | None:
        """What stands in the form, None while it is empty and no state is chosen."""
        state = self.state.value()
        targets, source = self.targets.values(), self.source.source()
        is_empty = not targets and source == Source() and not any(field.text() for field in self.texts())
        wrong: tuple[Finding, ...] = (*self.targets.findings(), *self.source.findings())
        if state is None and is_empty and not wrong:
            return None
        date_wrong: tuple[Finding, ...] = ()
        done_on = None
        if state in DATED:
            done_on, date_wrong = self._typed_date()
        value = FormValue(
            state=state,
            done_on=done_on,
            part=self.part.currentData(),
            text=self.text.text(),
            problems=self.problems.text(),
            next_steps=self.next_steps.text(),
            reason=self.reason.text().strip() if state is EntryState.NOT_APPLICABLE else "",
            targets=targets,
            came_by=source.came_by,
            said_by=source.said_by,
            received_on=source.received_on,
        )
        return Typed(value, date_text=self.done_on.text() if date_wrong else "", wrong=(*date_wrong, *wrong))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Put each sentence beside its field; what belongs to no field here stands beside the state."""
        said = {finding.field: finding.message for finding in reversed(findings)}
        self._say_date(said.pop("done_on", ""))
        said.pop("targets", "")  # stands in the row of its figure
        self._say(self.reason_note, said.pop("reason", ""))
        self.reason_note.setVisible(bool(self.reason_note.text()))  # its gap would make the field shorter than others
        self.reason.setProperty("wrong", bool(self.reason_note.text()))
        self.reason.style().polish(self.reason)
        for name, field in (("text", self.text), ("problems", self.problems), ("next_steps", self.next_steps)):
            sentence = said.pop(name, "")
            field.set_wrong(bool(sentence))
            if sentence:
                said.setdefault("state", sentence)
        self._say(self.state_note, next(iter(said.values()), ""))
        self.state_note.setVisible(bool(self.state_note.text()))  # on a narrow window it would cost the evidence room

    def set_enabled(self, is_enabled: bool) -> None:
        """Let the fields be changed or only read."""
        self._is_enabled = is_enabled
        self._dress()

    def show_source(self, typed: Typed | None) -> None:
        """The source as the file has it now: it notes the day of receipt itself."""
        if typed is not None and not self.source.is_open:
            self.source.set_source(source_of(typed.value))

    def is_filled(self, name: str) -> bool:
        """Whether something stands in 完成日期 (done_on) or 理由 (reason)."""
        return bool((self.done_on if name == "done_on" else self.reason).text().strip())

    def choose_part(self, part: str | None) -> None:
        """Show which 时限项 an empty form is for."""
        self.part.setCurrentIndex(max(self.part.findData(part), 0))

    # --- inside ----------------------------------------------------------------------------------

    def _fill_parts(self, parts: tuple[str, ...]) -> None:
        has_parts = bool(parts)
        self.part.clear()
        self.part.addItem(WHOLE, None)
        for scope in parts:
            self.part.addItem(scope, scope)
        self.part.setVisible(has_parts)
        self._part_label.setVisible(has_parts)

    def _show_targets(self, form: Form) -> None:
        self.targets.show_targets([item.target for item in form.targets])
        for widget in (self.targets, self._targets_label):
            widget.setVisible(bool(form.targets))
        order = [self.reason, *(row.field for row in self.targets.rows), self.text.edit]
        for before, then in pairwise(order):
            QWidget.setTabOrder(before, then)

    def _show_previous(self, form: Form) -> None:
        previous = form.previous
        for widget in (self._previous_label, self.previous, self.use_previous):
            widget.setVisible(previous is not None)
        if previous is None:
            return
        said = f"{previous.period_title}：{previous.state}"
        text = " ".join(previous.text.split())
        self.previous.setText(f"{said}，{text}" if text else said)
        self.use_previous.setVisible(bool(text))

    def _show_value(self, typed: Typed | None) -> None:
        value = typed.value if typed is not None else None
        self.state.set_value(value.state if value else None)
        self.done_on.set_value(value.done_on if value else None)
        if typed is not None and typed.date_text:
            self.done_on.setText(typed.date_text)
        self.part.setCurrentIndex(max(self.part.findData(value.part if value else None), 0))
        self.reason.setText(value.reason if value else "")
        self.targets.set_values(value.targets if value else ())
        self.source.set_source(source_of(value))
        self.text.set_text(value.text if value else "")
        self.problems.set_text(value.problems if value else "")
        self.next_steps.set_text(value.next_steps if value else "")

    def _typed_date(self) -> tuple[date | None, tuple[Finding, ...]]:
        text = self.done_on.text().strip()
        if not text:
            return None, ()
        try:
            return parse_date(text), ()
        except ValueError as error:
            return None, (Finding("done_on", str(error)),)

    def _dress(self) -> None:
        """Which fields can be used for the state that is chosen."""
        state = self.state.value()
        can_date = self._is_enabled and state in DATED
        self.state.setEnabled(self._is_enabled)
        self.done_on.setEnabled(can_date)
        dated = next((choice for choice in (EntryState.DONE, EntryState.KEPT_UP) if choice in self.state.offered), None)
        self.done_on.setPlaceholderText(f"选“{dated}”后填写" if dated is not None and not can_date else "")
        self.part.setEnabled(self._is_enabled)
        self.reason.setEnabled(self._is_enabled)
        is_left_out = state is EntryState.NOT_APPLICABLE
        for widget in (self._reason_label, self.reason):
            widget.setVisible(is_left_out)
        self.reason_note.setVisible(is_left_out and bool(self.reason_note.text()))
        for field in self.texts():
            field.set_enabled(self._is_enabled)
        self.targets.set_enabled(self._is_enabled)
        self.source.set_enabled(self._is_enabled)
        self.use_previous.setEnabled(self._is_enabled)

    def _say_date(self, sentence: str) -> None:
        self.done_on.set_problem(sentence)
        if sentence:
            self.date_note.say(sentence, is_wrong=True)
            return
        due = self._form.obligation.due if self._form is not None else None
        self.date_note.say(f"到期日 {due.isoformat()}" if due is not None else "")

    @staticmethod
    def _say(note: Note, sentence: str) -> None:
        note.say(sentence, is_wrong=bool(sentence))

    @Slot(object)
    def _on_state_chosen(self, _state: object) -> None:
        # Not saved at once: the arrow keys walk over states that are not meant. The focus stays for the same reason.
        self._dress()
        self.edited.emit()

    @Slot()
    def _on_text_changed(self) -> None:
        """The first words of an empty form say that something is on its way; the clerk may choose otherwise."""
        if self._is_showing or self._form is None:
            return
        self._begin(is_begun=any(field.text() for field in self.texts()))
        self.edited.emit()

    def _begin(self, *, is_begun: bool) -> None:
        if self.state.value() is None and is_begun:
            self.state.set_value(EntryState.IN_PROGRESS)
            self._dress()

    @Slot()
    def _on_edited(self) -> None:
        if not self._is_showing:
            self._begin(is_begun=bool(self.targets.values()))
            self.edited.emit()

    @Slot()
    def _on_part_chosen(self) -> None:
        self.part_chosen.emit(self.part.currentData())

    @Slot()
    def take_previous(self) -> None:
        """沿用上期文字: behind what is there, as one step of undo."""
        if self._is_enabled and self._form is not None and self._form.previous is not None:
            self.text.add_text(self._form.previous.text)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
