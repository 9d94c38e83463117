"""One line of 新版本对照: both texts with what differs, and what the clerk says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.pages.progress.parts import Card, Note
from gui.version.matching import Fate
from gui.version.rows import both_texts, fate_words, other_changes, told
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.reading_area import ReadingArea

if TYPE_CHECKING:
    from gui.version.matching import Line, Matching

JOIN, MERGE = "join", "merge"
_LONGEST = 60
_CONFIRM = "这样对（Enter）；Ctrl+Shift+Enter 确认全部"
_PART = "不是同一项措施：原来的删去，新的算新增（Delete）"
_BACK = "不并入（Delete）"


class LinePane(Card):
    """Says by signal what the clerk decided; the dialog does it."""

    confirmed = Signal()
    parted = Signal()
    joined = Signal(str, int)
    """``JOIN`` or ``MERGE``, and the number of the other measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._build()
        self.confirm.clicked.connect(self.confirmed)
        self.part.clicked.connect(self.parted)
        self.join.clicked.connect(self._on_join)
        self.choice.currentIndexChanged.connect(self._tell_join)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(17, 13, 17, 17)
        outer.setSpacing(8)
        self.title = labels.label("", "strong", self)
        self.title.setWordWrap(True)
        outer.addWidget(self.title)
        self.note = Note(self)
        outer.addWidget(self.note)
        outer.addLayout(self._reading().in_line(), 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.confirm = button.primary("确认", "check", self)
        self.confirm.setToolTip(_CONFIRM)
        self.part = button.secondary("不是同一项", "x", self)
        acts.addWidget(self.confirm)
        acts.addWidget(self.part)
        acts.addStretch(1)
        outer.addLayout(acts)
        outer.addWidget(labels.rule(self))
        more = QHBoxLayout()
        more.setSpacing(8)
        self.name = labels.label("对应", "second", self)
        self.choice = ComboBox(self, name="对应的措施", empty="没有可以对应的措施")
        self.choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name.setBuddy(self.choice)
        self.join = button.secondary("对应", "plus", self)
        more.addWidget(self.name)
        more.addWidget(self.choice, 1)
        more.addWidget(self.join)
        outer.addLayout(more)

    def _reading(self) -> ReadingArea:
        body = QWidget(self)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 4, 8, 4)
        inner.setSpacing(8)
        self.old, self.new = self._wrapped(is_rich=True), self._wrapped(is_rich=True)
        self.others = self._wrapped(is_rich=False)
        inner.addWidget(self.others)
        for name, part in (("原来", self.old), ("新的", self.new)):
            inner.addWidget(labels.label(name, "second", body))
            inner.addWidget(part)
        inner.addStretch(1)
        return ReadingArea(body, "新旧全文", self)

    def _wrapped(self, *, is_rich: bool) -> QLabel:
        made = labels.label("", "", self)
        made.setTextFormat(Qt.TextFormat.RichText if is_rich else Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def show_line(self, line: Line | None, matching: Matching | None) -> None:
        """Show a line with what can be said to it."""
        self._line = line
        self.choice.clear()
        if line is None or matching is None:
            self.title.setText("没有符合条件的措施")
            for part in (self.old, self.new, self.others):
                part.setText("")
            self.note.say("")
        else:
            self.title.setText(_title(line))
            old, new = both_texts(line)
            self.old.setText(old or "没有")
            self.new.setText(new or "没有")
            others = other_changes(line)
            self.others.setText(others)
            self.others.setVisible(bool(others))
            self.note.say(told(line), glyph="info")
            self._fill(line, matching)
        self._tell()

    def _fill(self, line: Line, matching: Matching) -> None:
        side = "原" if line.new is not None else "新"
        for measure in matching.candidates(line):
            self._add(f"{side}（{measure.no}）{measure.text}", f"{JOIN} {measure.no}")
        for measure in matching.heirs(line):
            self._add(f"并入新（{measure.no}）{measure.text}", f"{MERGE} {measure.no}")
        if line.is_hint and line.old is not None:
            self.choice.setCurrentIndex(max(self.choice.findData(f"{MERGE} {line.at}"), 0))

    def _add(self, text: str, data: str) -> None:
        self.choice.addItem(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", data)

    def _tell(self) -> None:
        line = self._line
        self.confirm.setEnabled(line is not None and line.is_open)
        is_pair = line is not None and (line.kept is not None or line.fate is Fate.MERGED)
        self.part.setEnabled(is_pair)
        is_merged = line is not None and line.fate is Fate.MERGED
        self.part.setText("不并入" if is_merged else "不是同一项")
        self.part.setToolTip(_BACK if is_merged else _PART)
        self._tell_join()

    @Slot()
    def _tell_join(self) -> None:
        data = self.choice.currentData()
        self.join.setEnabled(data is not None)
        self.join.setText("并入" if str(data).startswith(MERGE) else "对应")

    @Slot()
    def _on_join(self) -> None:
        data = self.choice.currentData()
        if data is not None:
            how, no = str(data).split()
            self.joined.emit(how, int(no))


def _title(line: Line) -> str:
    old = f"原（{line.old.no}）" if line.old else ""
    new = f"新（{line.new.no}）" if line.new else ""
    alike = f"，文字相近 {line.kept.likeness:.2f}" if line.kept is not None and line.kept.likeness < 1 else ""
    return f"{' → '.join(part for part in (old, new) if part)}　{fate_words(line)}{alike}"
