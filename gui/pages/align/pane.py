"""One superior measure: its words, what answers it and why, and what the clerk says to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.model.alignment import Decision
from core.office import aligning
from gui import theme
from gui.pages.align.rows import answer_rows
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.plain_table import ROW, Column, PlainTable
from gui.widgets.reading_area import ReadingArea

if TYPE_CHECKING:
    from core.office.aligning import Aligned, Line

_COLUMNS = (
    Column("本级措施"),
    Column("对照", "不采纳"),
    Column("相近", "0.99", is_number=True, tip="文字、标题、单位和前后措施的相近程度，1 为最近"),
)
_READ_ONLY = "台账以只读方式打开，不能修改"
_ACCEPT = "这项措施落实上级措施（Enter）；Ctrl+Enter 采纳全部建议，到下一项待确认的"
_REJECT = "这项措施不落实上级措施，不再建议（Delete）"
_UNDO = "回到没有确认过的样子"
_ADD = "选中的措施也落实上级措施"
_ROWS = 3
"""Answers shown without scrolling; more than three are rare."""
_LONGEST = 60


class AnswerPane(Card):
    """Enter accepts, Delete rejects, Ctrl+Enter accepts all that is suggested."""

    decided = Signal(object, object)
    """Our numbers (a tuple) and the decision; None takes it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._own: list[int] = []
        self._may_write = False
        self._found: Aligned | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(17, 13, 17, 17)
        outer.setSpacing(8)
        self.title = labels.label("", "strong", self)
        outer.addWidget(self.title)
        self.table = PlainTable(_COLUMNS, "本级对应的措施", self)
        self.table.say_empty("没有找到对应的措施，可以在下面补充。")
        self.table.setFixedHeight(theme.px(2 * ROW) + 4)
        outer.addWidget(self.table)
        outer.addLayout(self._reading().in_line(), 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.accept = button.primary("采纳", "check", self)
        self.reject = button.secondary("不采纳", "x", self)
        self.undo = button.ghost("取消确认", parent=self)
        for act in (self.accept, self.reject, self.undo):
            acts.addWidget(act)
        acts.addStretch(1)
        outer.addLayout(acts)
        outer.addWidget(labels.rule(self))
        more = QHBoxLayout()
        more.setSpacing(8)
        name = labels.label("其他措施", "second", self)
        self.choice = ComboBox(self, name="其他措施", empty="没有其他措施")
        self.choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setToolTip("最相近的在前")
        name.setBuddy(self.choice)
        self.add = button.secondary("补充", "plus", self)
        more.addWidget(name)
        more.addWidget(self.choice, 1)
        more.addWidget(self.add)
        outer.addLayout(more)

    def _reading(self) -> ReadingArea:
        """Both texts one under the other, the words they share, and what contradicts; long ones scroll."""
        body = QWidget(self)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 4, 8, 4)
        inner.setSpacing(8)
        self.text = self._wrapped("")
        self.own = self._wrapped("")
        self.words = self._wrapped("second")
        self.conflicts = Note(body)
        for part in (self.conflicts, self.text, self.own, self.words):
            inner.addWidget(part)
        inner.addStretch(1)
        return ReadingArea(body, "措施全文", self)

    def _wrapped(self, role: str) -> QLabel:
        made = labels.label("", role, self)
        made.setWordWrap(True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_accept)
        self.table.removal_asked.connect(self._on_reject)
        self.accept.clicked.connect(self._on_accept)
        self.reject.clicked.connect(self._on_reject)
        self.undo.clicked.connect(self._on_undo)
        self.add.clicked.connect(self._on_add)

    def show_line(self, line: Line | None, found: Aligned | None, *, may_write: bool) -> None:
        """Show a superior measure; the cursor stays on the answer it was on."""
        before = self._current() if line and self._line and line.superior.no == self._line.superior.no else None
        self._line, self._found, self._may_write = line, found, may_write
        self.choice.clear()
        if line is None or found is None:
            self._own = []
            self.title.setText("没有符合条件的上级措施" if found is not None else "请选择上级方案")
            self.text.setText("")
            self.table.show_rows([])
            return
        deadline = f"，{line.superior.deadline_raw}" if line.superior.deadline_raw else ""
        self.title.setText(f"上级措施（{line.superior.no}）{deadline}")
        self.text.setText(f"上级：{line.superior.text}")
        self._own = [*(answer.own for answer in line.answers), *line.rejected]
        self.table.setFixedHeight(theme.px((min(max(len(self._own), 1), _ROWS) + 1) * ROW) + 4)
        self.table.show_rows(answer_rows(line, found), self._own.index(before) if before in self._own else 0)
        for no in aligning.nearest(found, line.superior.no):
            text = f"（{no}）{self._text(no)}"
            self.choice.addItem(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", no)
        self._tell()

    @Slot()
    def take_keyboard(self) -> None:
        """The keyboard goes to the answers, or to what can be added."""
        (self.table if self._own else self.choice).setFocus()

    @Slot()
    def accept_all(self) -> None:
        """Accept every suggestion of the superior measure."""
        if self._line is not None and self._may_write:
            numbers = tuple(answer.own for answer in self._line.answers if answer.decision is None)
            if numbers:
                self.decided.emit(numbers, Decision.ACCEPTED)

    @Slot()
    def _on_chosen(self) -> None:
        self._tell()

    def _tell(self) -> None:
        """The words of the chosen answer, and what can be done with it."""
        no, line = self._current(), self._line
        answer = next((one for one in line.answers if one.own == no), None) if line else None
        is_rejected = line is not None and no in line.rejected
        self.own.setText("" if no is None else f"本级：（{no}）{self._text(no)}")
        none = "没有措施与它足够相近。本级确有对应的，请在下面选择后补充。"
        words = f"相同的词：{'、'.join(answer.words)}" if answer and answer.words else ""
        self.words.setText(none if line is not None and no is None else words)
        against = [one.text for one in line.conflicts if one.own in {no, None}] if line else []
        self.conflicts.say("；".join(against), is_wrong=bool(against))
        is_decided = answer is not None and answer.decision is not None
        self.accept.setEnabled(self._may_write and no is not None and not is_decided)
        self.reject.setEnabled(self._may_write and no is not None and not is_rejected)
        self.undo.setEnabled(self._may_write and (is_decided or is_rejected))
        self.add.setEnabled(self._may_write and self.choice.count() > 0)
        for act, tip in ((self.accept, _ACCEPT), (self.reject, _REJECT), (self.undo, _UNDO), (self.add, _ADD)):
            act.setToolTip(tip if self._may_write else _READ_ONLY)

    def _current(self) -> int | None:
        at = self.table.row()
        return self._own[at] if 0 <= at < len(self._own) else None

    def _text(self, no: int) -> str:
        assert self._found is not None
        return next(measure.text for measure in self._found.own_plan.measures if measure.no == no)

    @Slot()
    def _on_accept(self) -> None:
        no = self._current()
        if no is not None and self.accept.isEnabled():
            self.decided.emit((no,), Decision.ACCEPTED)

    @Slot()
    def _on_reject(self) -> None:
        no = self._current()
        if no is not None and self.reject.isEnabled():
            self.decided.emit((no,), Decision.REJECTED)

    @Slot()
    def _on_undo(self) -> None:
        no = self._current()
        if no is not None and self.undo.isEnabled():
            self.decided.emit((no,), None)

    @Slot()
    def _on_add(self) -> None:
        no = self.choice.currentData()
        if no is not None and self._may_write:
            self.decided.emit((int(no),), Decision.ADDED)
