"""In whose name documents go out: 发文设置, kept in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import issuer
from core.office.issuer import MOST_REPLY_DAYS, TITLES, Issuer
from gui import theme
from gui.pages.progress.parts import Note
from gui.widgets import labels
from gui.widgets.check import CheckBox

if TYPE_CHECKING:
    from core.office.changes import Changes
    from gui.context import Context

_LENGTH = 120
_NARROW = 64
_TEXTS = (
    ("body", "发文机关", "", "通报、函、督办通知单以谁的名义发出，空着即为单位名称；报告的落款总是单位名称"),
    ("seal", "代章", "没有印章时填写", "由谁的印章代替，落款下注明“（…代章）”"),
    ("number", "机关代字", "如 古司函", "发文字号里年份前的字，年份自动加上，顺序号登记后填写"),
    ("addressee", "报告主送", "如 古县人民政府", "进展情况报告、评估报告送给谁，空着按方案要求的上报对象"),
    ("circular_to", "通报主送", "如 各乡镇人民政府，县直有关单位", "通报发给谁"),
    ("contact", "联系人", "", "函和督办通知单请对方联系的人"),
    ("phone", "联系电话", "", "联系人的电话"),
)
"""Field of Issuer, word before it, placeholder, tooltip; in the order of the panel."""


class IssuerPanel(QWidget):
    """One field a setting; each change is saved when its field is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.fields: dict[str, QLineEdit] = {}
        self._build()
        for field in self.fields.values():
            field.editingFinished.connect(self.save)
        self.reply_days.editingFinished.connect(self.save)
        self.may_supervise.clicked.connect(self.save)
        context.ledger_opened.connect(self.reload)
        context.changed.connect(self._on_changed)
        self.reload()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (key, word, example, tip) in enumerate(_TEXTS):
            field = self.fields[key] = QLineEdit(self)
            field.setMaxLength(_LENGTH)
            field.setPlaceholderText(example)
            self._add(grid, row, word, field, tip)
            field.setAccessibleName(TITLES[key])
            grid.addWidget(field, row, 1)
        self.reply_days = QSpinBox(self)
        self.reply_days.setRange(1, MOST_REPLY_DAYS)
        self.reply_days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.reply_days.setFixedWidth(theme.px(_NARROW))
        self._add(
            grid, len(_TEXTS), "答复期限", self.reply_days, "通报、函、督办通知单要求对方在收到后几个工作日内答复"
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reply_days)
        line.addWidget(labels.label("个工作日", "second", self))
        self.saved = labels.label("", "note", self)
        line.addWidget(self.saved)
        line.addStretch(1)
        grid.addLayout(line, len(_TEXTS), 1)
        outer.addLayout(grid)
        self.may_supervise = CheckBox("本单位可以签发督办通知单", self)
        self.may_supervise.setAccessibleName(TITLES["may_supervise"])
        self.may_supervise.setToolTip("没有勾选时，督办通知单照样起草，并提示核对签发权限")
        outer.addWidget(self.may_supervise)
        self.note = Note(self)
        outer.addWidget(self.note)
        outer.addStretch(1)

    def _add(self, grid: QGridLayout, row: int, name: str, field: QWidget, tip: str) -> None:
        title = labels.label(name, "second", self)
        title.setBuddy(field)
        field.setAccessibleName(name)
        field.setToolTip(tip)
        grid.addWidget(title, row, 0)

    def first_empty(self) -> QWidget:
        """Where typing begins: the first field that nothing stands for yet."""
        stands_for_itself = {"body", "seal"}
        empty = (one for key, one in self.fields.items() if key not in stands_for_itself and not one.text())
        return next(empty, self.fields["body"])

    @Slot()
    def reload(self) -> None:
        """Show what the open file says."""
        has_store, read_only = self._context.has_store, self._context.read_only
        self.setEnabled(has_store)
        value = issuer.load(self._context.store) if has_store else Issuer()
        for key, field in self.fields.items():
            field.setText(getattr(value, key))
            field.setCursorPosition(0)
            field.setReadOnly(read_only)
        self.fields["body"].setPlaceholderText(value.office or "同单位名称")
        self.reply_days.setValue(value.reply_days)
        self.may_supervise.setChecked(value.may_supervise)
        self.reply_days.setEnabled(not read_only)
        self.may_supervise.setEnabled(not read_only)
        self._say("台账以只读方式打开，不能修改" if has_store and read_only else "")

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        """Under the fields; without a sentence it takes no room, so that all fields are seen at once."""
        self.saved.setText("")
        self.note.say(text, is_wrong=is_wrong)
        self.note.setVisible(bool(text))

    @Slot()
    def save(self) -> None:
        """Keep what the fields say, where it is not what the file says."""
        if not self._context.has_store or self._context.read_only:
            return
        old = issuer.load(self._context.store)
        words: dict[str, Any] = {key: field.text().strip() for key, field in self.fields.items()}
        value = replace(old, **words, reply_days=self.reply_days.value(), may_supervise=self.may_supervise.isChecked())
        if value == old:
            return
        try:
            changes = issuer.save(self._context.store, value)
        except KnownError as error:
            self.reload()
            self._say(str(error), is_wrong=True)
            return
        self._context.announce(changes)  # shows the file's words anew, which takes away what was said before
        self.saved.setText("已保存")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.periods:
            self.reload()
