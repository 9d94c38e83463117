"""催办: whom, by which way, what was said, what was answered and promised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.office.reminders import WAYS
from gui import theme
from gui.pages.exchange.line_table import LineTable
from gui.pages.exchange.reminder_lines import ReminderLines
from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.parts import Card
from gui.pages.progress.text_field import TextField
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from core.office.return_lines import ReturnLine

_WIDTH = 640
_ROWS = 5
_PERSON = "接电话、收消息或面谈的人"
_MANY = "一次催办多个单位时不填，收到答复后在各单位的催办记录里登记"


@dataclass(frozen=True, slots=True)
class Reminding:
    """What is to be noted. ``over``: also those whose last reminder is too near."""

    units: tuple[str, ...]
    way: str
    person: str
    text: str
    answer: str
    promised_on: date | None
    on: date
    over: bool


class ReminderDialog(FormDialog):
    """Hands out a Reminding; closed by whoever has written it."""

    said = Signal(object)

    def __init__(
        self,
        lines: Sequence[ReturnLine],
        chosen: Collection[str],
        resting: Mapping[str, date],
        days: int,
        words: str,
        parent: QWidget | None,
    ) -> None:
        """``chosen``: units checked at first; ``resting``: last reminded within ``days`` days; ``words`` proposed."""
        super().__init__("催办", parent, width=_WIDTH)
        self._days = days
        self.model = ReminderLines(resting, self)
        self._build(words)
        self.table.load(lines)
        self.model.check([unit for unit in chosen if unit not in resting])
        self._show_person()
        self._connect()
        self._check()
        (self.table if len(lines) > 1 else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, words: str) -> None:
        self.head = labels.label("", "head", self)
        self.body.addWidget(self.head)
        card = Card(self)
        self.table = LineTable(self.model, "催办哪些单位，空格选中", card)
        row = QHBoxLayout(card)
        row.setContentsMargins(0, 1, 0, 1)
        row.addLayout(self.table.with_foot())
        card.setFixedHeight(theme.px(36 * (_ROWS + 1)) + 2)
        self.body.addWidget(card)
        self.over = CheckBox(f"距上次催办不足 {self._days} 天的也催办", self)
        self.over.setVisible(bool(self.model.resting))
        self.body.addWidget(self.over)
        self.way = ComboBox(self, name="方式")
        for way in WAYS:
            self.way.addItem(way, way)
        self.day = DateField(self, name="催办日期", may_be_empty=False)
        self.day.set_value(date.today())
        self.person = QLineEdit(self)
        self.person.setToolTip(_PERSON)
        self.text = TextField("催办内容", minimum=60, maximum=88, parent=self)
        self.text.set_text(words)
        self.answer = TextField("对方答复", minimum=44, maximum=66, parent=self)
        self.promised = DateField(self, name="答应报送日期")
        self.promised.setToolTip("对方答应哪天报送，可以不填")
        self.copy = button.secondary("复制内容", "copy", self, is_small=True)
        self.copy.setToolTip("复制催办内容，粘贴到微信或邮件里")
        self.add_fields(
            ("方式", _row(self, self.way, labels.label("日期", "second", self), self.day, self.copy)),
            ("联系人", self.person),
            ("催办内容", self.text),
            ("答复", self.answer),
            ("答应日期", _row(self, self.promised)),
        )
        self.add_foot("登记催办", "bell")
        self.step.setDefault(False)

    def _connect(self) -> None:
        self.model.checks_changed.connect(self._on_checks)
        self.over.toggled.connect(self._check)
        self.text.changed.connect(self._check)
        for field in (self.day, self.promised):
            field.problem_changed.connect(self._check)
        self.copy.clicked.connect(self._on_copy)

    @Slot()
    def _on_checks(self) -> None:
        self._show_person()
        self._check()

    def _show_person(self) -> None:
        """The contact where one unit is chosen; with several nobody in particular."""
        units = self.model.checked()
        line = self.model.line(self.model.position(units[0])) if len(units) == 1 else None
        self.person.setText(line.contact if line is not None else "")
        is_one = len(units) <= 1
        self.person.setEnabled(is_one)
        self.person.setToolTip(_PERSON if is_one else _MANY)
        self.answer.set_enabled(is_one)
        self.answer.setToolTip("" if is_one else _MANY)
        self.promised.setEnabled(is_one)

    @Slot()
    def _check(self) -> None:
        """What still keeps the reminder from being noted."""
        units = self.model.checked()
        self.head.setText(f"催办 {len(units)} 个单位" if units else "催办")
        problem = self._problem(units)
        self.note.say(problem)
        self.step.setEnabled(not problem)

    def _problem(self, units: Sequence[str]) -> str:
        if not units:
            return "请选择单位。"
        resting = [] if self.over.isChecked() else self.model.resting_of(units)
        if resting:
            more = f"等 {len(resting)} 个单位" if len(resting) > 2 else ""
            return f"{'、'.join(resting[:2])}{more}距上次催办不足 {self._days} 天。"
        if not self.text.text():
            return "请填写催办内容。"
        return "" if self.day.is_right() and self.promised.is_right() else "请改日期。"

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.note.say("已复制催办内容")

    def take(self) -> None:
        """Hand out what was said; the dialog stays until it is written."""
        if not (self.day.commit() and self.promised.commit()):
            return
        day = self.day.value()
        assert day is not None
        units = self.model.checked()
        is_one = len(units) == 1
        person, answer = (self.person.text().strip(), self.answer.text()) if is_one else ("", "")
        promised = self.promised.value() if is_one else None
        way, text, over = str(self.way.currentData()), self.text.text(), self.over.isChecked()
        self.said.emit(Reminding(units, way, person, text, answer, promised, day, over))


def _row(parent: QWidget, *parts: QWidget) -> QWidget:
    made = QWidget(parent)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for part in parts:
        if part is parts[-1] and isinstance(part, button.Button):
            layout.addStretch(1)
        layout.addWidget(part)
    if not isinstance(parts[-1], button.Button):
        layout.addStretch(1)
    made.setFocusProxy(parts[0])
    made.setAccessibleName(parts[0].accessibleName())
    return made
