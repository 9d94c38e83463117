"""The fields of 新版本对照, where they stand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card, Note
from gui.version.pane import LinePane
from gui.version.rows import ALL, FILTERS
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.plain_table import Column, PlainTable
from gui.widgets.segmented import Segmented
from gui.widgets.working_row import WorkingRow

_PADDING = 24
_SIZE = (1240, 680)
_MARGIN = 24
"""Left free of a small screen beside the frame of the dialog."""
_COLUMNS = (
    Column("新版本的措施，删去的在后"),
    Column("原", "（38）"),
    Column("变化", "改动：文字、分工、时限"),
    Column("确认", "待确认"),
)
_LENGTH = 120


class VersionForm(QDialog):
    """The measures at the left, the chosen one at the right, basis and buttons below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("新版本对照")
        self._build()

    def _build(self) -> None:
        room = self.screen().availableSize() - QSize(_MARGIN, 2 * _MARGIN)
        self.resize(QSize(theme.px(_SIZE[0]), theme.px(_SIZE[1])).boundedTo(room))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        body = QHBoxLayout()
        body.setSpacing(16)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(_COLUMNS, "新版本的措施", card)
        self.table.say_empty("没有这一类措施，请在上面换一类。")
        inner.addLayout(self.table.with_foot())
        self.pane = LinePane(self)
        body.addWidget(card, 5)
        body.addWidget(self.pane, 4)
        outer.addLayout(body, 1)
        outer.addLayout(self._basis())
        outer.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(labels.label("新版本对照", "head", self))
        head.addSpacing(8)
        name = labels.label("原方案", "second", self)
        self.plan = ComboBox(self, name="原方案")
        self.plan.setMaximumWidth(theme.px(360))
        self.plan.setToolTip("新版本换掉台账里的哪一个方案")
        name.setBuddy(self.plan)
        head.addWidget(name)
        head.addWidget(self.plan)
        self.filter = Segmented(FILTERS, self, name="显示")
        self.filter.set_value(ALL)
        head.addWidget(self.filter)
        head.addStretch(1)
        return head

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

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.note = Note(self)
        foot.addWidget(self.note, 1)
        self.waiting = WorkingRow(self, is_patient=True)
        foot.addWidget(self.waiting)
        self.confirm_all = button.secondary("确认全部", "check", self)
        self.confirm_all.setToolTip("新旧对应都看过了（Ctrl+Shift+Enter）")
        self.cancel = button.secondary("取消", parent=self)
        self.cancel.setToolTip("不换，关闭（Esc）")
        self.take = button.primary("换成新版本", "check", self)
        for each in (self.confirm_all, self.cancel, self.take):
            foot.addWidget(each)
        return foot
