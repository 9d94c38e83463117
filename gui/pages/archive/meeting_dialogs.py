"""The small dialogs of 会商会议: a decision, its withdrawal, a member, and what is late for the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from core.office.meetings import DecisionValue, Member
from gui import theme
from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.plan import Measure
    from core.office.meeting_topics import Topic

_NAMED = 28
_LENGTH = 120
_TOPICS_WIDTH = 760


class DecisionDialog(FormDialog):
    """``said`` carries a DecisionValue."""

    said = Signal(object)

    def __init__(self, decision: DecisionValue | None, measures: Sequence[Measure], parent: QWidget | None) -> None:
        super().__init__("议定事项", parent)
        self._decision = decision
        self.add_head(
            "修改议定事项" if decision is not None else "新增议定事项", "记在这次会议里，也记入这项措施的历史。"
        )
        self.measure = ComboBox(self, name="措施")
        for measure in measures:
            words = measure.text if len(measure.text) <= _NAMED else f"{measure.text[: _NAMED - 1]}…"
            self.measure.addItem(f"{measure.label}{words}", measure.no)
        self.text = text_box(self, "议定内容", rows=4)
        self.text.setFixedHeight(self.text.minimumHeight())
        self.due_on = DateField(self, name="办理期限")
        if decision is not None:
            if self.measure.findData(decision.measure_no) < 0:
                self.measure.addItem(f"（{decision.measure_no}）已不在方案里", decision.measure_no)
            self.measure.setCurrentIndex(self.measure.findData(decision.measure_no))
            self.text.setPlainText(decision.text)
            self.due_on.set_value(decision.due_on)
        self.measure.setMinimumWidth(theme.px(160))
        self.add_fields(("措施", self.measure), ("议定内容", self.text), ("办理期限", self.due_on))
        self.add_foot("保存")
        self.text.setFocus()

    def take(self) -> None:
        """Hand the decision out when it is right."""
        words = self.text.toPlainText().strip()
        if self.measure.currentData() is None:
            self.note.say("方案里还没有措施，请先录入或导入。", is_wrong=True)
            return
        if not words:
            self.note.say("请写明议定的内容。", is_wrong=True)
            self.text.setFocus()
            return
        if not self.due_on.commit():
            self.note.say(self.due_on.problem(), is_wrong=True)
            self.due_on.setFocus()
            return
        old = self._decision or DecisionValue(None, 0, "")
        no = self.measure.currentData()
        self.accept()
        self.said.emit(replace(old, measure_no=no, text=words, due_on=self.due_on.value()))


class ReasonDialog(FormDialog):
    """``said`` carries why a decision counts no longer."""

    said = Signal(str)

    def __init__(self, decision: DecisionValue, parent: QWidget | None) -> None:
        super().__init__("撤回议定事项", parent)
        self.add_head("撤回这条议定事项", decision.text)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(_LENGTH)
        self.reason.setPlaceholderText("如 记录有误，会议没有议定这一项")
        self.add_fields(("原因", self.reason))
        self.add_foot("撤回", "arrow-u-up-left")
        self.reason.setFocus()

    def take(self) -> None:
        """A reason is needed: the row stays."""
        reason = self.reason.text().strip()
        if not reason:
            self.note.say("请写明原因。", is_wrong=True)
            self.reason.setFocus()
            return
        self.accept()
        self.said.emit(reason)


class MemberDialog(FormDialog):
    """``said`` carries a Member."""

    said = Signal(object)

    def __init__(self, member: Member | None, parent: QWidget | None) -> None:
        super().__init__("会商成员", parent)
        self._member = member or Member(None, "")
        self.add_head("新增成员" if member is None else "修改成员")
        self.unit, self.person, self.post, self.liaison, self.phone = (QLineEdit(self) for _ in range(5))
        values = (
            self._member.unit,
            self._member.person,
            self._member.post,
            self._member.liaison,
            self._member.phone,
        )
        for field, value in zip((self.unit, self.person, self.post, self.liaison, self.phone), values, strict=True):
            field.setMaxLength(_LENGTH)
            field.setText(value or "")
        self.liaison.setToolTip("日常联系的人，会前会后由他转达")
        self.add_fields(
            ("单位", self.unit),
            ("姓名", self.person),
            ("职务", self.post),
            ("联络员", self.liaison),
            ("电话", self.phone),
        )
        self.add_foot("保存")
        self.unit.setFocus()

    def take(self) -> None:
        """A member is one of a unit."""
        unit = self.unit.text().strip()
        if not unit:
            self.note.say("请填写单位。", is_wrong=True)
            self.unit.setFocus()
            return
        made = replace(
            self._member,
            unit=unit,
            person=self.person.text().strip() or None,
            post=self.post.text().strip() or None,
            liaison=self.liaison.text().strip() or None,
            phone=self.phone.text().strip() or None,
        )
        self.accept()
        self.said.emit(made)


class LeavingDialog(FormDialog):
    """``said`` carries the day from which somebody is no member any more."""

    said = Signal(object)

    def __init__(self, member: Member, parent: QWidget | None) -> None:
        super().__init__("不再是成员", parent)
        name = "，".join(part for part in (member.unit, member.person, member.post) if part)
        self.add_head("不再是成员", f"{name}。记录保留，仍可查到。")
        self.on = DateField(self, name="从哪天起")
        self.on.set_value(date.today())
        self.add_fields(("从哪天起", self.on))
        self.add_foot("确定")

    def take(self) -> None:
        """The day is needed."""
        if not self.on.commit() or self.on.value() is None:
            self.note.say(self.on.problem() or "请填写日期。", is_wrong=True)
            self.on.setFocus()
            return
        self.accept()
        self.said.emit(self.on.value())


class TopicsDialog(FormDialog):
    """``said`` carries the topics that are ticked."""

    said = Signal(object)

    def __init__(self, topics: Sequence[Topic], day: date, parent: QWidget | None) -> None:
        super().__init__("列入逾期议题", parent, width=_TOPICS_WIDTH)
        self._topics = tuple(topics)
        self.add_head(
            "把逾期的措施列入议题", f"截至 {day.isoformat()} 逾期 {len(topics)} 项，勾选的加在议题末尾，可再修改。"
        )
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.checks: list[CheckBox] = []
        metrics, room = QFontMetrics(theme.font()), theme.px(_TOPICS_WIDTH) - 48 - 72
        for topic in topics:
            check = CheckBox(metrics.elidedText(topic.line, Qt.TextElideMode.ElideMiddle, room), holder)
            check.setToolTip(topic.line)
            check.setChecked(True)
            check.toggled.connect(self._on_toggled)
            column.addWidget(check)
            self.checks.append(check)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("逾期的措施")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its boxes are walked
        area.setFixedHeight(theme.px(300))
        area.setWidget(holder)
        clear_ground(area)
        self.body.addWidget(area)
        self.every = CheckBox("全选", self)
        self.every.setChecked(True)
        self.every.clicked.connect(self._on_every)
        self.body.addWidget(self.every)
        self.add_foot("列入议题", "plus")

    @Slot()
    def _on_toggled(self) -> None:
        ticked = [check.isChecked() for check in self.checks]
        self.every.setChecked(all(ticked))
        self.step.setEnabled(any(ticked))

    @Slot()
    def _on_every(self) -> None:
        is_on = self.every.isChecked()
        for check in self.checks:
            check.setChecked(is_on)

    def take(self) -> None:
        """Hand out what is ticked."""
        pairs = zip(self._topics, self.checks, strict=True)
        wanted = tuple(topic for topic, check in pairs if check.isChecked())
        self.accept()
        self.said.emit(wanted)


def text_box(parent: QWidget, name: str, *, rows: int) -> QPlainTextEdit:
    """A field of several lines; Tab leaves it."""
    made = QPlainTextEdit(parent)
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    made.setMinimumHeight(theme.px(22) * rows + 14)
    return made
