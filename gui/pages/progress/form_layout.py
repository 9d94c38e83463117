"""Where the fields of the form stand, and how the keyboard moves among them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from core.model.ledger import EntryState
from gui import theme
from gui.pages.progress.parts import Note, field_label
from gui.pages.progress.source_row import LINE, SourceRow
from gui.pages.progress.target_rows import TargetRows
from gui.pages.progress.text_field import TextField
from gui.widgets import button
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.elided import ElidedLabel
from gui.widgets.segmented import Segmented

STATE_CHOICES = {
    EntryState.NOT_STARTED: "circle",
    EntryState.IN_PROGRESS: "circle-half",
    EntryState.DONE: "check-circle",
    EntryState.KEPT_UP: "infinity",
    EntryState.NOT_APPLICABLE: "minus-circle",
}
"""The states in the order of the form, with their icons."""
_TOP = Qt.AlignmentFlag.AlignTop


class StateChoice(Segmented):
    """状态; shows only the states that an obligation has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(state, state.value, icon) for state, icon in STATE_CHOICES.items()], parent, name="状态")
        self.offered: tuple[EntryState, ...] = tuple(STATE_CHOICES)

    def offer(self, states: Collection[EntryState]) -> None:
        """Show these; 未启动 and 不涉及, the ends of the frame, are always among them."""
        self.offered = tuple(state for state in STATE_CHOICES if state in states)
        for state in STATE_CHOICES:
            self.button(state).setVisible(state in states)
        for number, state in enumerate(self.offered, start=1):
            self.button(state).setToolTip(f"{state.value}（Ctrl+{number}）")

    def choose(self, number: int) -> None:
        """Press the segment of a place among those shown, counted from 1."""
        if 0 < number <= len(self.offered) and self.isEnabled():
            self.button(self.offered[number - 1]).click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk over what is shown."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        chosen = self.value()
        target = self.offered.index(chosen) + step if chosen in self.offered else 0
        if 0 <= target < len(self.offered):
            segment = self.button(self.offered[target])
            segment.setFocus(Qt.FocusReason.TabFocusReason)
            segment.click()


class FormLayout(QWidget):
    """Labels at the left, fields at the right, sentences beside them."""

    state_chosen = Signal(object)
    """The clerk chose another EntryState."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()

    def _build(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(15, 10, 15, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._build_choices()
        self._build_texts()
        self.source = SourceRow(self)
        self._label("来源", self.source.change, 8, height=LINE)
        self._grid.addWidget(self.source, 8, 1)
        self.previous = ElidedLabel("", "second", self)
        self.use_previous = button.link("沿用上期文字", self)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.previous)
        row.addWidget(self.use_previous)
        row.addStretch(1)
        self.use_previous.setToolTip("把上期的工作进展接在本期文字后面（Ctrl+D）")
        self._previous_label = self._label("上期", self.use_previous, 9, height=LINE)
        self._grid.addLayout(row, 9, 1, Qt.AlignmentFlag.AlignVCenter)

    def _build_choices(self) -> None:
        self.state = StateChoice(self)
        self.state.changed.connect(self.state_chosen)
        self.state_note, self.date_note, self.reason_note = Note(self), Note(self), Note(self)
        self._label("状态", self.state, 0)
        self._add_row(0, self.state, self.state_note).setAlignment(self.state, Qt.AlignmentFlag.AlignLeft)
        self.done_on = DateField(self, name="完成日期")
        self.done_on.setFixedWidth(theme.px(176))
        self.done_on.setAcceptDrops(False)  # files dropped on it are evidence, not a date
        self._label("完成日期", self.done_on, 1)
        self._add_row(1, self.done_on, self.date_note)
        self.part = ComboBox(self, name="时限项")
        self._part_label = self._label("时限项", self.part, 2)
        self._grid.addWidget(self.part, 2, 1)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName("不涉及的理由")
        self.reason.setAcceptDrops(False)
        self._reason_label = self._label("理由", self.reason, 3)
        self._add_row(3, self.reason, self.reason_note)
        self.reason_note.set_wraps(is_wrapping=False)  # the field takes what the sentence leaves
        self.targets = TargetRows(self)
        self._targets_label = self._label("量化指标", self.targets, 4)
        self._grid.addWidget(self.targets, 4, 1)

    def _build_texts(self) -> None:
        self.text = TextField("工作进展", minimum=82, parent=self)
        self.problems = TextField("存在问题", minimum=48, maximum=66, parent=self)
        self.next_steps = TextField("下一步工作", minimum=48, maximum=66, parent=self)
        for row, (name, field) in enumerate(
            (("工作进展", self.text), ("存在问题", self.problems), ("下一步工作", self.next_steps)), start=5
        ):
            self._label(name, field, row)
            self._grid.addWidget(field, row, 1)
        self._grid.setRowStretch(5, 4)
        self._grid.setRowStretch(6, 1)
        self._grid.setRowStretch(7, 1)

    def _label(self, text: str, field: QWidget, row: int, *, height: int = 32) -> QWidget:
        made = field_label(text, field, self)
        made.setFixedHeight(theme.px(height))
        self._grid.addWidget(made, row, 0, _TOP)
        return made

    def _add_row(self, row: int, field: QWidget, note: Note) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(field)
        line.addWidget(note)
        self._grid.addLayout(line, row, 1)
        return line

    # --- the keyboard ------------------------------------------------------------------------------

    def first_field(self) -> QWidget:
        """Where the keyboard begins: the chosen state, else the first one."""
        chosen = self.state.value()
        return self.state.button(self.state.offered[0] if chosen is None else chosen)

    def field_of(self, widget: QWidget | None) -> str:
        """The name of the field a widget belongs to; the state's for everything that is none."""
        for name, field in self._named().items():
            if widget is not None and (field is widget or field.isAncestorOf(widget)):
                return name
        return "state"

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field, or into the state where that field cannot be used now."""
        field = self._named().get(name)
        if field is None or name == "state" or not field.isEnabled() or field.isHidden():
            # What was 通过 can only be read: its text still takes the keyboard, and a letter typed into it asks.
            field = self.first_field() if self.state.isEnabled() else self.text
        if field is self.source:
            self.source.open()
            return
        field.setFocus(Qt.FocusReason.TabFocusReason)

    def _named(self) -> dict[str, QWidget]:
        return {
            "state": self.state,
            "done_on": self.done_on,
            "part": self.part,
            "reason": self.reason,
            "targets": self.targets,
            "text": self.text,
            "problems": self.problems,
            "next_steps": self.next_steps,
            "source": self.source,
        }

    def texts(self) -> tuple[TextField, TextField, TextField]:
        return self.text, self.problems, self.next_steps
