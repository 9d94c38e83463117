"""催办 from wherever it is asked for: the dialog, the note in the ledger, the answer that comes later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import InvalidError, KnownError
from core.office import ledger_settings, reminders
from gui import messages
from gui.pages.exchange.answer_dialog import AnswerDialog
from gui.pages.exchange.reminder_dialog import ReminderDialog
from gui.pages.exchange.step import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from core.office.reminders import Reminder
    from core.office.return_lines import ReturnLine
    from core.office.returns import Returns
    from gui.context import Context
    from gui.pages.exchange.reminder_dialog import Reminding


class ReminderDesk(QObject):
    """``done`` carries core.office's Changes and what was done in words."""

    done = Signal(object, str)
    told = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.dialog: ReminderDialog | None = None
        self.answering: AnswerDialog | None = None

    def ask(self, found: Returns, lines: Sequence[ReturnLine], chosen: Collection[str]) -> None:
        """Ask how units are reminded; ``lines`` are those that may be chosen, ``chosen`` are checked."""
        context = self._context
        if context.read_only:
            self.told.emit(READ_ONLY)
            return
        if not lines:
            self.told.emit("各单位都已回收，没有要催办的")
            return
        names = [line.unit for line in lines]
        resting = dict(reminders.too_soon(context.store, context.plan_key, found.period.key, names))
        days = ledger_settings.load(context.store).reminder_days
        words = _words(found)
        self.dialog = ReminderDialog(lines, chosen, resting, days, words, self._window)
        self.dialog.said.connect(partial(self._on_said, found))
        self.dialog.open()

    def _on_said(self, found: Returns, said: Reminding) -> None:
        context = self._context
        try:
            changes = reminders.remind(
                context.store,
                context.plan_key,
                found.period.key,
                said.units,
                way=said.way,
                person=said.person,
                text=said.text,
                answer=said.answer,
                promised_on=said.promised_on,
                at=said.on,
                over=said.over,
            )
        except InvalidError as error:
            assert self.dialog is not None
            self.dialog.note.say(f"{error.message}{error.hint}", is_wrong=True)
            return
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        assert self.dialog is not None
        self.dialog.accept()
        whom = f"“{said.units[0]}”" if len(said.units) == 1 else f" {len(said.units)} 个单位"
        self.done.emit(changes, f"已登记催办{whom}")

    def ask_answer(self, one: Reminder) -> None:
        """Ask what a unit has answered."""
        self.answering = AnswerDialog(one, self._window)
        self.answering.said.connect(partial(self._on_answered, one))
        self.answering.open()

    def _on_answered(self, one: Reminder, words: str, promised_on: date | None) -> None:
        try:
            changes = reminders.answer(self._context.store, one.id, words, promised_on)
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self.done.emit(changes, f"已登记“{one.unit}”的答复")


def _words(found: Returns) -> str:
    day = f"{found.cut_off.month}月{found.cut_off.day}日"
    if found.cut_off < found.as_of:
        return f"{found.period.title}填报表已于{day}截止，贵单位尚未报送，请尽快报送。"
    return f"请于{day}前报送{found.period.title}填报表和佐证材料。"
