"""In whose name documents go out: 发文设置, kept in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from core.office.issuer import MOST_REPLY_DAYS, TITLES, Issuer
from gui import theme
from gui.pages.archive.issuer_form import IssuerForm, TextField
from gui.widgets import labels
from gui.widgets.check import CheckBox

if TYPE_CHECKING:
    from gui.context import Context

_NARROW = 64
_TEXTS = (
    TextField("body", "发文机关", "", "通报、函、督办通知单以谁的名义发出，空着即为单位名称；报告的落款另设"),
    TextField("seal", "代章", "没有印章时填写", "由谁的印章代替，落款下注明“（…代章）”"),
    TextField("number", "机关代字", "如 古司函", "函的文号里年份前的字，年份和顺序号自动加上，出具时登记"),
    TextField("addressee", "报告主送", "如 古县人民政府", "进展情况报告、评估报告送给谁，空着按方案要求的上报对象"),
    TextField("circular_to", "通报主送", "如 各乡镇，县直有关单位", "通报发给谁"),
    TextField("contact", "联系人", "", "函和督办通知单请对方联系的人"),
    TextField("phone", "联系电话", "", "联系人的电话"),
)


class IssuerPanel(IssuerForm):
    """What every document needs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _TEXTS, parent)
        self.reply_days = QSpinBox(self)
        self.reply_days.setRange(1, MOST_REPLY_DAYS)
        self.reply_days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.reply_days.setFixedWidth(theme.px(_NARROW))
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.reply_days)
        line.addWidget(labels.label("个工作日", "second", holder))
        line.addWidget(self.saved)
        line.addStretch(1)
        self.add_row("答复期限", self.reply_days, "通报、函、督办通知单要求对方在收到后几个工作日内答复", holder)
        self.may_supervise = CheckBox("本单位可以签发督办通知单", self)
        self.may_supervise.setAccessibleName(TITLES["may_supervise"])
        self.may_supervise.setToolTip("没有勾选时，督办通知单照样起草，并提示核对签发权限")
        self.outer.addWidget(self.may_supervise)
        self.outer.addWidget(self.note)
        self.outer.addStretch(1)
        self.reply_days.editingFinished.connect(self.save)
        self.may_supervise.clicked.connect(self.save)
        self.reload()

    def first_empty(self) -> QWidget | None:
        """Where typing begins: the first field that nothing stands for yet, None where all are filled."""
        stands_for_itself = {"body", "seal"}
        return self.empty([key for key in self.fields if key not in stands_for_itself])

    def show_more(self, value: Issuer, *, is_locked: bool) -> None:
        """Days and the right to supervise."""
        self.fields["body"].setPlaceholderText(value.office or "同单位名称")
        self.reply_days.setValue(value.reply_days)
        self.may_supervise.setChecked(value.may_supervise)
        self.reply_days.setEnabled(not is_locked)
        self.may_supervise.setEnabled(not is_locked)

    def more(self) -> dict[str, Any]:
        """The same read back."""
        return {"reply_days": self.reply_days.value(), "may_supervise": self.may_supervise.isChecked()}
