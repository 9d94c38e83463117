"""Dialogs of 单位集合: a new one, more members, exceptions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from core.office import unit_groups
from core.office.unit_groups import GroupValue
from gui import theme
from gui.pages.units.effect_view import Titles
from gui.pages.units.pick_list import PickList
from gui.pages.units.register_dialog import RegisterDialog
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.register_effect import GroupEffect

_NEW_HEIGHT = 62
_REASON_LENGTH = 60


class MembersDialog(RegisterDialog):
    """加入单位: tick those of the register, type those that are not in it yet."""

    def __init__(
        self, store: Store, group: Unit, units: Sequence[Unit], titles: Titles, parent: QWidget | None
    ) -> None:
        super().__init__(titles, "加入单位", f"把单位加入“{group.name}”", "加入", parent)
        self._store, self._group = store, group
        out = {item.unit for item in group.exceptions}
        free = [u for u in units if u.name not in group.members and u.name != group.name and u.name not in out]
        self.pick = PickList(free, self)
        self.pick.changed.connect(self.refresh)
        self.new = QPlainTextEdit(self)
        self.new.setAccessibleName("名册里还没有的单位，一行一个")
        self.new.setTabChangesFocus(True)
        self.new.setFixedHeight(theme.px(_NEW_HEIGHT))
        self.new.textChanged.connect(self.on_typed)
        self.body.addWidget(self.pick)
        self.body.addWidget(labels.label("名册里还没有的单位，一行一个", "note", self))
        self.body.addWidget(self.new)
        self.refresh()
        self.pick.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def added(self) -> list[str]:
        """What was ticked and typed, each once."""
        typed = (line.strip() for line in self.new.toPlainText().splitlines())
        return list(dict.fromkeys([*self.pick.ticked(), *(line for line in typed if line)]))

    def value(self) -> GroupValue:
        """The collective with them."""
        value = unit_groups.group_value(self._group)
        return replace(value, members=(*value.members, *self.added()))

    def missing(self) -> str:
        return "" if self.added() else "请勾选或写上要加入的单位。"

    def find_effect(self) -> GroupEffect:
        return unit_groups.set_group_effect(self._store, self._group.name, self.value())

    def write(self) -> Changes:
        return unit_groups.set_group(self._store, self._group.name, self.value())


class NewGroupDialog(RegisterDialog):
    """新建单位集合."""

    def __init__(
        self, store: Store, units: Sequence[Unit], titles: Titles, parent: QWidget | None, *, name: str = ""
    ) -> None:
        super().__init__(titles, "新建单位集合", "新建单位集合", "新建", parent)
        self._store = store
        self.name = self.line(name)
        self.name.setPlaceholderText("与方案里的写法一致，如 县直有关部门")
        self.pick = PickList(units, self)
        self.pick.changed.connect(self.refresh)
        self.whole = CheckBox("名单已补全", self)
        self.whole.setToolTip("说明没有遗漏；不勾选则为待补全，用到它的措施不会计为已完成")
        self.whole.toggled.connect(self.refresh)
        self.fields([("名称", self.name)])
        self.body.addWidget(labels.label("成员", "note", self))
        self.body.addWidget(self.pick)
        self.body.addWidget(self.whole)
        self.refresh()
        (self.pick.search if name else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> GroupValue:
        """What is ticked."""
        return GroupValue(tuple(self.pick.ticked()), (), self.whole.isChecked())

    def missing(self) -> str:
        return "" if self.name.text().strip() else "请填写名称。"

    def find_effect(self) -> GroupEffect:
        return unit_groups.set_group_effect(self._store, self.name.text().strip(), self.value())

    def write(self) -> Changes:
        return unit_groups.create_group(self._store, self.name.text().strip(), self.value())


class _ExceptionRow(QWidget):
    """A unit, why it does not belong, and a way to drop the line."""

    def __init__(self, names: Sequence[str], name: str, reason: str, dialog: ExceptionsDialog) -> None:
        super().__init__(dialog)
        self.unit = ComboBox(self, name="单位", empty="选择单位")
        self.unit.addItems(list(names))
        self.unit.setCurrentIndex(self.unit.findText(name))
        self.unit.setFixedWidth(theme.px(190))
        self.reason = QLineEdit(reason, self)
        self.reason.setAccessibleName("理由")
        self.reason.setPlaceholderText("理由")
        self.reason.setMaxLength(_REASON_LENGTH)
        self.drop = button.icon_button("x", "去掉这条例外", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.unit)
        row.addWidget(self.reason, 1)
        row.addWidget(self.drop)
        self.unit.currentIndexChanged.connect(dialog.refresh)
        self.reason.textChanged.connect(dialog.on_typed)


class ExceptionsDialog(RegisterDialog):
    """例外: units that are stated not to belong, each with its reason."""

    def __init__(
        self, store: Store, group: Unit, units: Sequence[Unit], titles: Titles, parent: QWidget | None
    ) -> None:
        super().__init__(titles, "例外", f"哪些单位不算在“{group.name}”里", "保存", parent)
        self._store, self._group = store, group
        self._names = [unit.name for unit in units if not unit.is_group]
        self.rows: list[_ExceptionRow] = []
        self.say("例外单位即使列在成员里，也不因这个集合承担责任事项；理由会写入操作日志。")
        holder = QWidget(self)
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 4, 0)
        self._lines.setSpacing(8)
        self._lines.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        clear_ground(area)
        area.setFixedHeight(theme.px(156))
        self.body.addWidget(area)
        self.add = button.secondary("新增例外", "plus", self, is_small=True)
        self.add.clicked.connect(self._on_add)
        self.body.addWidget(self.add)
        for item in group.exceptions:
            self._append(item.unit, item.reason)
        if not group.exceptions:
            self._append("", "")
        self.refresh()

    def value(self) -> GroupValue:
        """The collective with the exceptions as they stand; empty lines are left out."""
        said = tuple((row.unit.currentText(), row.reason.text().strip()) for row in self.rows if _is_said(row))
        return replace(unit_groups.group_value(self._group), exceptions=said)

    def missing(self) -> str:
        said = [row for row in self.rows if _is_said(row)]
        if any(not row.unit.currentText() for row in said):
            return "请选择例外单位。"
        if any(not row.reason.text().strip() for row in said):
            return "请写明每个例外的理由。"
        return "" if self.value() != unit_groups.group_value(self._group) else "还没有改动。"

    def find_effect(self) -> GroupEffect:
        return unit_groups.set_group_effect(self._store, self._group.name, self.value())

    def write(self) -> Changes:
        return unit_groups.set_group(self._store, self._group.name, self.value())

    @Slot()
    def _on_add(self) -> None:
        self._append("", "").unit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _append(self, name: str, reason: str) -> _ExceptionRow:
        row = _ExceptionRow(self._names, name, reason, self)
        row.drop.clicked.connect(self._on_drop)
        self.rows.append(row)
        self._lines.insertWidget(self._lines.count() - 1, row)
        return row

    @Slot()
    def _on_drop(self) -> None:
        row = next(row for row in self.rows if row.drop is self.sender())
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()


def _is_said(row: _ExceptionRow) -> bool:
    return bool(row.unit.currentText() or row.reason.text().strip())
