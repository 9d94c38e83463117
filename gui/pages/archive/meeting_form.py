"""The form of one meeting: what it was at the left, what it decided and its minutes at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.office.meetings import DecisionValue, MeetingValue
from gui import theme
from gui.pages.archive.meeting_dialogs import text_box
from gui.pages.archive.minutes_row import MinutesRow
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.date_field import DateField
from gui.widgets.elided import ElidedLabel
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.office.meetings import Meeting

_PAD = 16
_LENGTH = 120
_DECIDED = (Column("议定内容"), Column("措施", "（38）"), Column("期限", "2024-12-31"))
_READ_ONLY = "台账以只读方式打开，不能修改"
WITHDRAWN = "（已撤回）"


class MeetingForm(Card):
    """Holds what is typed; the panel writes it. ``edited`` tells that it differs from the file, or no more."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meeting_id: int | None = None
        self._loaded = MeetingValue(None, "")
        self.decided: tuple[DecisionValue, ...] = ()
        self._names: Mapping[int, tuple[str, str]] = {}
        self._build()
        for field in (self.title, self.place, self.held_on):
            field.textChanged.connect(self.edited)
        for box in (self.present, self.agenda):
            box.textChanged.connect(self.edited)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        body = QHBoxLayout()
        body.setContentsMargins(_PAD, 12, _PAD, 12)
        body.setSpacing(_PAD)
        body.addLayout(self._build_left(), 1)
        body.addLayout(self._build_right(), 1)
        outer.addLayout(body, 1)
        outer.addWidget(labels.rule(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(_PAD, 11, _PAD, 12)
        foot.setSpacing(8)
        self.note = Note(self)
        self.drop = button.secondary("还原", "arrow-counter-clockwise", self)
        self.drop.setToolTip("放弃没有保存的修改")
        self.save = button.primary("保存", "check", self)
        self.save.setToolTip("保存（Ctrl+S）")
        foot.addWidget(self.note, 1)
        foot.addWidget(self.drop)
        foot.addWidget(self.save)
        outer.addLayout(foot)

    def _build_left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.title = QLineEdit(self)
        self.place = QLineEdit(self)
        for field in (self.title, self.place):
            field.setMaxLength(_LENGTH)
        self.title.setPlaceholderText("如 会商机制第二次会议")
        self.held_on = DateField(self, name="会议日期")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(60))
        grid.setColumnStretch(1, 1)
        for row, (name, line) in enumerate((("会议名称", self.title), ("日期", self.held_on), ("地点", self.place))):
            label = labels.label(name, "second", self)
            label.setBuddy(line)
            line.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
        column.addLayout(grid)
        self.fill_present = button.link("填入成员", self)
        self.fill_present.setToolTip("把会商成员的名单填入参加人员，可再修改")
        self.present = text_box(self, "参加人员", rows=2)
        self.present.setMaximumHeight(theme.px(22) * 4 + 14)
        self.late = button.secondary("列入逾期议题", "list-plus", self)
        self.late.setToolTip("从逾期的措施中选择，加到议题末尾")
        self.agenda = text_box(self, "议题", rows=3)
        self._add_box(column, "参加人员", self.present, self.fill_present, 0)
        self._add_box(column, "议题", self.agenda, self.late, 1)
        return column

    def _build_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.add = button.secondary("新增", "plus", self)
        self.change = button.secondary("修改", parent=self)
        self.withdraw = button.ghost("撤回", parent=self)
        self.add.setAccessibleName("新增议定事项")
        self.change.setToolTip("修改选中的议定事项（Enter）")
        self.withdraw.setToolTip("撤回选中的议定事项，原文保留并写明原因（Delete）")
        head.addWidget(labels.label("议定事项", "strong", self))
        head.addStretch(1)
        for step in (self.withdraw, self.change, self.add):
            head.addWidget(step)
        column.addLayout(head)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(_DECIDED, "议定事项", card)
        self.table.say_empty("还没有议定事项。\n会上定了什么，点“新增”逐条登记。")
        self.table.setMinimumHeight(theme.px(36) * 4)
        inner.addWidget(self.table)
        column.addWidget(card, 1)
        line = QHBoxLayout()
        self.open_measure = button.link("查看措施", self)
        self.told = ElidedLabel("", "note", self)
        line.addWidget(self.told, 1)
        line.addWidget(self.open_measure)
        column.addLayout(line)
        self.minutes = MinutesRow(self)
        column.addWidget(self.minutes)
        return column

    def _add_box(self, column: QVBoxLayout, name: str, box: QWidget, step: QWidget, stretch: int) -> None:
        head = QHBoxLayout()
        label = labels.label(name, "second", self)
        label.setBuddy(box)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(step)
        column.addLayout(head)
        column.addWidget(box, stretch)

    def order(self) -> list[QWidget]:
        """The way of Tab: down the left side, down the right side, the foot."""
        left = [self.title, self.held_on, self.place, self.fill_present, self.present, self.late, self.agenda]
        right = [self.add, self.change, self.withdraw, self.table, self.open_measure]
        minutes = self.minutes
        return [*left, *right, minutes.choose, minutes.show_it, minutes.remove, self.save, self.drop]

    # --- values ----------------------------------------------------------------------------------

    def show_meeting(
        self, meeting: Meeting | None, names: Mapping[int, tuple[str, str]] | None = None, *, is_read_only: bool
    ) -> None:
        """Show a meeting, or an empty form for a new one; ``names`` are label and text of the plan's measures."""
        self._names = names or {}
        is_same = meeting is not None and meeting.id == self.meeting_id
        row = self.table.row() if is_same else 0
        self.meeting_id = meeting.id if meeting is not None else None
        self._loaded = value_of(meeting) if meeting is not None else MeetingValue(None, "")
        self.decided = self._loaded.decisions
        for field in (self.title, self.place, self.present, self.agenda, self.held_on):
            field.blockSignals(True)
        self.title.setText(self._loaded.title)
        self.title.setCursorPosition(0)
        self.place.setText(self._loaded.place)
        self.held_on.set_value(self._loaded.held_on)
        self.present.setPlainText(self._loaded.present)
        self.agenda.setPlainText(self._loaded.agenda)
        for field in (self.title, self.place, self.present, self.agenda, self.held_on):
            field.setReadOnly(is_read_only)
            field.blockSignals(False)
        self.table.show_rows([self._decided_row(one) for one in self.decided], max(row, 0))
        self.minutes.show_file(meeting.minutes if meeting is not None else None, is_read_only=is_read_only)
        for step in (self.add, self.fill_present, self.late):
            step.setEnabled(not is_read_only)
        self.note.say(_READ_ONLY if is_read_only else "")
        self.edited.emit()

    def decision(self) -> DecisionValue | None:
        """The decision the cursor is on."""
        row = self.table.row()
        return self.decided[row] if 0 <= row < len(self.decided) else None

    def measure_words(self, one: DecisionValue) -> str:
        """The measure a decision is on, as it is printed."""
        label, text = self._names.get(one.measure_no, (f"（{one.measure_no}）已不在方案里", ""))
        return f"{label}{text}"

    def _decided_row(self, one: DecisionValue) -> tuple[str, ...]:
        text = one.text.replace("\n", " ")
        due = one.due_on.isoformat() if one.due_on else "—"
        label, _ = self._names.get(one.measure_no, (f"（{one.measure_no}）", ""))
        return (f"{WITHDRAWN}{text}" if one.withdrawn else text, label, due)

    def value(self) -> MeetingValue:
        """What stands in the form."""
        return MeetingValue(
            self.held_on.value(),
            self.title.text(),
            self.place.text(),
            self.agenda.toPlainText(),
            self.present.toPlainText(),
            self.decided,
        )

    def mark_saved(self) -> None:
        """What stands in the form stands in the file."""
        self._loaded = self.value()

    def is_edited(self) -> bool:
        """Whether it differs from the file."""
        typed = self.held_on.text() != (self._loaded.held_on.isoformat() if self._loaded.held_on else "")
        return typed or replace(self.value(), decisions=self._loaded.decisions) != self._loaded


def value_of(meeting: Meeting) -> MeetingValue:
    """A meeting of the file as the form holds it."""
    decided = tuple(DecisionValue(d.id, d.measure_no, d.text, d.due_on, d.withdrawn) for d in meeting.decisions)
    return MeetingValue(meeting.held_on, meeting.title, meeting.place, meeting.agenda, meeting.present, decided)
