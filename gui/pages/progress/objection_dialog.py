"""异议: taken down, answered, and all of one form listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core.office.objections import KINDS, OUTCOMES
from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.text_field import TextField
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from core.office.objections import Objection


class RaiseDialog(FormDialog):
    """What a unit objects to: kind, words, day."""

    raised = Signal(str, str, object)
    """(kind, text, date)."""

    def __init__(self, unit: str, measure: str, today: date, parent: QWidget | None) -> None:
        super().__init__("登记异议", parent)
        self.add_head(f"{unit}对本项措施的异议", measure)
        self.kind = ComboBox(self, name="类别")
        for kind in KINDS:
            self.kind.addItem(kind, kind)
        self.text = TextField("内容", minimum=96, parent=self)
        self.day = DateField(self, name="提出日期", may_be_empty=False)
        self.day.set_value(today)
        self.add_fields(("类别", self.kind), ("内容", self.text), ("提出日期", self.day))
        self.add_foot("登记异议")
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Hand out what was said, once it is whole."""
        if not self.text.text():
            self.note.say("请写明异议的内容。", is_wrong=True)
            self.text.setFocus()
            return
        if not self.day.commit():
            self.note.say(self.day.problem(), is_wrong=True)
            self.day.setFocus()
            return
        self.raised.emit(self.kind.currentData(), self.text.text(), self.day.value())
        self.accept()


class AnswerDialog(FormDialog):
    """Our answer to an objection: outcome, words, day."""

    answered = Signal(object, str, str, object)
    """(id of the objection, outcome, answer, date)."""

    def __init__(self, objection: Objection, today: date, parent: QWidget | None) -> None:
        super().__init__("答复异议", parent)
        self._objection = objection
        self.add_head(f"{objection.unit}：{objection.kind}", objection.text)
        self.outcome = ComboBox(self, name="处理结果")
        for outcome in OUTCOMES:
            self.outcome.addItem(outcome, outcome)
        if objection.outcome is not None:
            self.outcome.setCurrentIndex(self.outcome.findData(objection.outcome))
        self.answer = TextField("答复", minimum=96, parent=self)
        self.answer.set_text(objection.answer or "")
        self.day = DateField(self, name="答复日期", may_be_empty=False)
        self.day.set_value(objection.answered_on or today)
        self.add_fields(("处理结果", self.outcome), ("答复", self.answer), ("答复日期", self.day))
        self.add_foot("答复")
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Hand out the answer, once it is whole."""
        if not self.answer.text():
            self.note.say("请写明答复。", is_wrong=True)
            self.answer.setFocus()
            return
        if not self.day.commit():
            self.note.say(self.day.problem(), is_wrong=True)
            self.day.setFocus()
            return
        self.answered.emit(self._objection.id, self.outcome.currentData(), self.answer.text(), self.day.value())
        self.accept()


class ObjectionsDialog(FormDialog):
    """All objections of one form with what was answered."""

    def __init__(self, objections: Sequence[Objection], parent: QWidget | None) -> None:
        super().__init__("异议记录", parent)
        self.add_head("异议和答复")
        for item in objections:
            words = labels.label(objection_words(item), parent=self)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(words)
        self.add_foot("关闭", "")
        self.cancel.hide()

    def take(self) -> None:
        """Nothing to hand out."""
        self.accept()


def objection_words(item: Objection) -> str:
    """One objection in lines: what was said and when, what was answered and when, what is to be done."""
    lines = [f"{item.raised_on.isoformat()}　{item.kind}：{item.text}"]
    if item.outcome is None:
        lines.append("尚未答复")
    else:
        day = item.answered_on.isoformat() if item.answered_on else ""
        lines.append(f"{day}　{item.outcome}：{item.answer or ''}")
    if item.next_step is not None:
        lines.append(item.next_step.value)
    return "\n".join(lines)
