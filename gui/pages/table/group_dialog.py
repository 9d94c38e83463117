"""补全名单: who belongs to a collective, said line by line; what will follow is told before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import units
from gui import theme
from gui.unhurried import Unhurried
from gui.widgets import button, labels
from gui.widgets.check import CheckBox

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.files import Store

_WIDTH = 552
_PADDING = 24
_TEXT_HEIGHT = 220
_NAMED_MAX = 4


class GroupDialog(QDialog):
    """Members of one collective, one a line; 保存 writes them."""

    completed = Signal(object)
    """The members were written; carries Changes."""

    def __init__(self, store: Store, group: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"补全“{group.name}”")
        self._store = store
        self._group = group
        self._typing = Unhurried(self._say, self)
        self._build()
        self._connect()
        self._say()

    def _build(self) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(8)
        outer.addWidget(labels.label(f"“{self._group.name}”有哪些单位", "head", self))
        known = len(self._group.members)
        lead = (
            f"已知 {known} 个。请补上其余的单位，一行一个；名称写法与文件一致。"
            if known
            else "请写上全部单位，一行一个。"
        )
        outer.addWidget(labels.label(lead, "second", self))
        self.text = QPlainTextEdit("\n".join(self._group.members), self)
        self.text.setAccessibleName(f"{self._group.name}的单位，一行一个")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(_TEXT_HEIGHT))
        outer.addWidget(self.text)
        self.whole = CheckBox("名单已补全", self)
        self.whole.setChecked(not self._group.incomplete)
        self.whole.setToolTip("说明没有遗漏：集合自己的那一份责任事项就不再需要")
        outer.addWidget(self.whole)
        self.effect = labels.label("", "second", self)
        self.effect.setWordWrap(True)
        self.effect.setMinimumHeight(theme.px(60))
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.effect)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(labels.label("之后可以撤销（Ctrl+Z）。", "note", self))
        foot.addStretch(1)
        self.cancel = button.secondary("取消", parent=self)
        self.save = button.primary("保存", parent=self)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        outer.addLayout(foot)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def _connect(self) -> None:
        self.text.textChanged.connect(self._typing.soon)
        self.whole.toggled.connect(self._say)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)

    def members(self) -> list[str]:
        """The names as written: each once, without blank lines."""
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    @Slot()
    def _say(self) -> None:
        """Tell what saving would do; the button waits until it can be done."""
        members, whole = self.members(), self.whole.isChecked()
        is_same = tuple(members) == self._group.members and whole != self._group.incomplete
        is_same = is_same and not (whole and self._group.to_verify)
        try:
            if whole and not members:
                raise KnownError(f"“{self._group.name}”还没有成员，不能标为已补全。")
            effect = units.group_effect(self._store, self._group.name, members, whole=whole)
        except KnownError as error:
            self.effect.setText(str(error))
            self.save.setEnabled(False)
            return
        self.effect.setText(_sentences(self._group.name, effect, whole=whole))
        self.save.setEnabled(not is_same)

    @Slot()
    def _on_save(self) -> None:
        if self._typing.is_waiting:
            self._typing.now()
            if not self.save.isEnabled():
                return
        try:
            changes = units.complete_group(self._store, self._group.name, self.members(), whole=self.whole.isChecked())
        except KnownError as error:
            self.effect.setText(str(error))
            return
        self.completed.emit(changes)
        self.accept()


def _sentences(name: str, effect: units.GroupEffect, *, whole: bool) -> str:
    parts = []
    if effect.new_units:
        named = "、".join(effect.new_units[:_NAMED_MAX])
        more = f"等 {len(effect.new_units)} 个" if len(effect.new_units) > _NAMED_MAX else ""
        parts.append(f"单位名册中将新增{named}{more}。")
    if effect.appear:
        parts.append(f"将新增 {effect.appear} 个责任事项。")
    if effect.gone:
        parts.append(f"有 {effect.gone} 个责任事项不再需要，已填的内容仍可查到。")
    if not effect.appear and not effect.gone:
        parts.append("责任事项不变。")
    if not whole:
        parts.append(f"没有勾选“名单已补全”，“{name}”仍为待补全，涉及的措施不会计为已完成。")
    return "".join(parts)
