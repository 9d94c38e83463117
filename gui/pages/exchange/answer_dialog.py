"""What a unit answered to a reminder, and by when it promised to return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.text_field import TextField
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from core.office.reminders import Reminder


class AnswerDialog(FormDialog):
    """Hands out the words and the day, which may be None."""

    said = Signal(str, object)

    def __init__(self, one: Reminder, parent: QWidget | None) -> None:
        super().__init__("登记答复", parent)
        self.add_head(one.unit, f"{one.at}，{one.way}：{one.text}" if one.text else f"{one.at}，{one.way}")
        self.answer = TextField("对方答复", minimum=66, maximum=110, parent=self)
        self.answer.set_text(one.answer)
        self.promised = DateField(self, name="答应报送日期")
        self.promised.set_value(one.promised_on)
        self.add_fields(("答复", self.answer), ("答应日期", self.promised))
        self.add_foot("登记答复")
        self.promised.problem_changed.connect(self._on_problem)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self.note.say(sentence, is_wrong=bool(sentence))

    def take(self) -> None:
        """Hand out what was said."""
        if self.promised.commit():
            self.said.emit(self.answer.text(), self.promised.value())
            self.accept()
