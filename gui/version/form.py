"""The fields of 新版本对照, where they stand."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.comparing_dialog import ComparingDialog
from gui.version.pane import LinePane
from gui.version.rows import ALL, FILTERS
from gui.widgets import button, labels
from gui.widgets.plain_table import Column

_HEIGHT = 680
_COLUMNS = (
    Column("新版本的措施，删去的在后"),
    Column("原", "（38）"),
    Column("变化", "改动：文字、分工、时限"),
    Column("确认", "待确认"),
)
_LENGTH = 120


class VersionForm(ComparingDialog):
    """The measures at the left, the chosen one at the right, basis and buttons below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("新版本对照", _HEIGHT, parent)
        self.plan = self.lay_head("原方案", 360, FILTERS, ALL)
        self.plan.setToolTip("新版本换掉台账里的哪一个方案")
        self.pane = LinePane(self)
        self.lay_body(_COLUMNS, "新版本的措施", self.pane)
        self.outer.addLayout(self._basis())
        self.confirm_all = button.secondary("确认全部", "check", self)
        self.confirm_all.setToolTip("新旧对应都看过了（Ctrl+Shift+Enter）")
        self.cancel = button.secondary("取消", parent=self)
        self.cancel.setToolTip("不换，关闭（Esc）")
        self.take = button.primary("换成新版本", "check", self)
        self.lay_foot(self.confirm_all, self.cancel, self.take)

    def _basis(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.basis, self.reason = QLineEdit(self), QLineEdit(self)
        self.basis.setToolTip("新版本的文号，调整须有依据")
        for name, field, stretch in (("依据文号", self.basis, 2), ("理由", self.reason, 3)):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            field.setMaxLength(_LENGTH)
            row.addWidget(title)
            row.addWidget(field, stretch)
            row.addSpacing(8)
        return row
