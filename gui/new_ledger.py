"""新建台账: which plan the new ledger begins with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.office import bundled
from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets import labels
from gui.widgets.check import RadioButton

_NOTE_INDENT = 26
_WIDTH = 600


class NewLedgerDialog(FormDialog):
    """The bundled plans under their own titles, and a blank one; where the file goes is asked next."""

    bundled_chosen = Signal(str)
    """The key of a bundled plan."""
    blank_chosen = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("新建台账", parent, width=_WIDTH)
        self.add_head("新台账用哪个方案", "附带的方案，措施、分工和时限已经录好；空白方案由您逐项录入。")
        self.choices: dict[str, RadioButton] = {}
        keys = bundled.keys()
        for key in keys:
            plan = bundled.load(key)
            title = plan.title.removesuffix("重点任务分解表")
            self._add(key, title, f"{bundled.TITLES[key]}，{len(plan.measures)} 项措施")
        self._add("", "空白方案", "先取名，再录入或导入措施")
        self.add_foot("选择保存位置", "folder-open")
        first = next(iter(self.choices.values()))
        first.setChecked(True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, key: str, title: str, note: str) -> None:
        line = QVBoxLayout()
        line.setSpacing(0)
        made = RadioButton(title, self)
        made.setAccessibleDescription(note)
        words = labels.label(note, "note", self)
        words.setContentsMargins(_NOTE_INDENT, 0, 0, 0)
        line.addWidget(made)
        line.addWidget(words)
        self.body.addLayout(line)
        self.choices[key] = made

    def take(self) -> None:
        """Hand out what was chosen."""
        key = next(key for key, made in self.choices.items() if made.isChecked())
        self.accept()
        if key:
            self.bundled_chosen.emit(key)
        else:
            self.blank_chosen.emit()
