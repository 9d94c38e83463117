"""One unit at the right of step 3: the files that came from it, and how it was reminded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.exchange.step import READ_ONLY
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.reading_area import ReadingArea

if TYPE_CHECKING:
    from core.office.reminders import Reminder
    from core.office.return_lines import CameFile, ReturnLine


class ReturnLog(QWidget):
    """Signals carry the ReturnLine that is shown, or one of its files."""

    open_file = Signal(object)
    handled = Signal(object)
    """The problems of a CameFile were dealt with."""
    stamp_asked = Signal(object)
    remind_asked = Signal(object)
    answer_asked = Signal(object)
    """Carries the Reminder."""
    unit_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: ReturnLine | None = None
        self.links: list[button.Button] = []
        self.name = ElidedLabel("", "head", self)
        self.reach = ElidedLabel("", "second", self)
        self.remind = button.secondary("催办", "bell", self, is_small=True)
        self.stamp = button.secondary("登记盖章扫描件", "paperclip", self, is_small=True)
        self.fill = button.link("填报", self)
        self.fill.setToolTip("到“进展填报”页看这个单位的责任事项")
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.fill)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.remind)
        acts.addWidget(self.stamp)
        acts.addStretch(1)
        self._inner = QWidget(self)
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        area = ReadingArea(self._inner, "收到的文件和催办记录", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 12, 15, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.reach)
        layout.addLayout(acts)
        layout.addLayout(area.in_line(), 1)
        self.remind.clicked.connect(self._on_remind)
        self.stamp.clicked.connect(self._on_stamp)
        self.fill.clicked.connect(self._on_fill)

    def show_line(self, line: ReturnLine | None, *, is_read_only: bool) -> None:
        """Show a unit; None shows nothing."""
        self._line = line
        for widget in (self.name, self.reach, self.remind, self.stamp, self.fill):
            widget.setVisible(line is not None)
        self._clear()
        if line is None:
            self._say("没有符合条件的单位")
            self._list.addStretch(1)
            return
        self.name.setText(line.unit)
        self.reach.setText("，".join(part for part in (line.contact, line.phone) if part) or "名册中没有联络员和电话")
        for act in (self.remind, self.stamp):
            act.setEnabled(not is_read_only)
            act.setToolTip(READ_ONLY if is_read_only else "")
        self._show_files(line, is_read_only=is_read_only)
        self._show_reminders(line, is_read_only=is_read_only)
        self._list.addStretch(1)

    def _show_files(self, line: ReturnLine, *, is_read_only: bool) -> None:
        self._head("收到的文件", len(line.files))
        if not line.files:
            self._say("已通过其他途径填报，没有填报表" if line.by_other_ways else "还没有收到")
        for file in line.files:
            self._file(file, is_read_only=is_read_only)

    def _file(self, file: CameFile, *, is_read_only: bool) -> None:
        held = QWidget(self._inner)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(labels.IconLabel("paperclip" if file.is_scan else "file-text", 16, parent=held))
        row.addWidget(ElidedLabel(file.name, "", held), 1)
        link = button.link("打开文件", held)
        link.setAccessibleName(f"打开文件 {file.name}")
        link.clicked.connect(partial(self._on_open, file))
        row.addWidget(link)
        self.links.append(link)
        self._list.addWidget(held)
        kind = "盖章扫描件" if file.is_scan else "填报表"
        state = "" if file.is_scan else _state(file)
        trouble = f"，{file.problems} 处问题" if file.problems else ""
        self._note(f"{file.came_on} 收到，{kind}{state}{trouble}")
        if file.problems and not file.is_waiting and file.is_usable:
            self._handled(file, is_read_only=is_read_only)

    def _handled(self, file: CameFile, *, is_read_only: bool) -> None:
        link = button.link("标为已处理", self._inner)
        link.setToolTip("问题已用电话等方式解决，不用再提醒")
        link.setEnabled(not is_read_only)
        link.clicked.connect(partial(self._on_handled, file))
        self.links.append(link)
        self._list.addWidget(link)

    def _show_reminders(self, line: ReturnLine, *, is_read_only: bool) -> None:
        self._list.addSpacing(8)
        self._head("催办记录", len(line.reminders))
        if not line.reminders:
            self._say("没有催办过")
        for one in line.reminders:
            who = f"，{one.person}" if one.person else ""
            self._reminder(one, f"{one.at:%Y-%m-%d}，{one.way}{who}", is_read_only=is_read_only)

    def _reminder(self, one: Reminder, words: str, *, is_read_only: bool) -> None:
        held = QWidget(self._inner)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(words, "", held), 1)
        link = button.link("改答复" if one.answer or one.promised_on else "登记答复", held)
        link.setAccessibleName(f"{link.text()}，{words}")
        link.setEnabled(not is_read_only)
        link.clicked.connect(partial(self._on_answer, one))
        row.addWidget(link)
        self._list.addWidget(held)
        for more in _details(one):
            self._note(more)

    def _head(self, text: str, count: int) -> None:
        self._list.addWidget(labels.label(f"{text} {count}", "strong", self._inner))

    def _say(self, text: str) -> None:
        made = labels.label(text, "", self._inner)
        made.setWordWrap(True)
        self._list.addWidget(made)

    def _note(self, text: str) -> None:
        made = labels.label(text, "note", self._inner)
        made.setWordWrap(True)
        made.setMinimumWidth(theme.px(80))
        self._list.addWidget(made)

    def _clear(self) -> None:
        self.links.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _on_open(self, file: CameFile, _checked: bool = False) -> None:
        self.open_file.emit(file)

    def _on_handled(self, file: CameFile, _checked: bool = False) -> None:
        self.handled.emit(file)

    def _on_answer(self, one: Reminder, _checked: bool = False) -> None:
        self.answer_asked.emit(one)

    @Slot()
    def _on_remind(self) -> None:
        self.remind_asked.emit(self._line)

    @Slot()
    def _on_stamp(self) -> None:
        self.stamp_asked.emit(self._line)

    @Slot()
    def _on_fill(self) -> None:
        if self._line is not None:
            self.unit_asked.emit(self._line.unit)


def _state(file: CameFile) -> str:
    if file.is_sent_back:
        return "，已退回"
    if not file.is_usable:
        return "，不能用"
    return "，待核对" if file.is_waiting else ""


def _details(one: Reminder) -> list[str]:
    promised = f"答应 {one.promised_on} 报送" if one.promised_on else ""
    return [words for words in (one.text, f"答复：{one.answer}" if one.answer else "", promised) if words]
