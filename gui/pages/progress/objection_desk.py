"""异议 on the page: taken down, answered, listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import objections
from gui import messages
from gui.pages.progress.objection_dialog import AnswerDialog, ObjectionsDialog, RaiseDialog

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.forms import Form
    from core.office.objections import Objection
    from gui.context import Context


class ObjectionDesk(QObject):
    """Asks, writes, and tells what was done."""

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def take_down(self, form: Form) -> None:
        """登记异议 of the unit of a form."""
        row = form.obligation
        dialog = RaiseDialog(row.unit, f"{row.measure_label}{form.measure.text}", date.today(), self._window)
        dialog.raised.connect(partial(self._on_raised, row.id, row.unit))
        dialog.open()

    @Slot(object)
    def answer(self, item: Objection) -> None:
        """答复."""
        dialog = AnswerDialog(item, date.today(), self._window)
        dialog.answered.connect(partial(self._on_answered, item.unit))
        dialog.open()

    def show_all(self, form: Form) -> None:
        """Every objection of a form."""
        ObjectionsDialog(form.objections, self._window).open()

    def _on_raised(self, obligation_id: int, unit: str, kind: str, text: str, day: date) -> None:
        work = partial(
            objections.raise_objection, self._context.store, obligation_id, kind=kind, text=text, raised_on=day
        )
        self._write(work, f"已登记{unit}的异议")

    def _on_answered(self, unit: str, objection_id: int, outcome: str, answer: str, day: date) -> None:
        work = partial(
            objections.answer_objection,
            self._context.store,
            objection_id,
            outcome=outcome,
            answer=answer,
            answered_on=day,
        )
        self._write(work, f"已答复{unit}的异议", objection_id)

    def _write(self, work: Callable[[], Changes], words: str, answered: int | None = None) -> None:
        try:
            changes = work()
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self._context.announce(changes)
        self.told.emit(words)
        self._tell_next_step(answered)

    def _tell_next_step(self, answered: int | None) -> None:
        """采纳 changes nothing by itself: say what is to be done."""
        if answered is None or self._context.plan_key is None:
            return
        found = objections.objections(self._context.store, self._context.plan_key)
        item = next((item for item in found if item.id == answered), None)
        if item is not None and item.next_step is not None:
            messages.show_info(self._window, "异议", f"已答复：{item.outcome}", item.next_step.value)
