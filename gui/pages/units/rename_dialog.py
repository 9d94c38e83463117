"""改名 of a collective: its new name, and how else divisions write it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.office import unit_changes
from core.office.unit_changes import UnitValue
from gui.pages.units.effect_view import Titles
from gui.pages.units.register_dialog import RegisterDialog

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.register_effect import GroupEffect

_LENGTH = 200


class RenameGroupDialog(RegisterDialog):
    """The old name stays as another way to write it."""

    def __init__(self, store: Store, group: Unit, titles: Titles, parent: QWidget | None) -> None:
        super().__init__(titles, "改名", f"“{group.name}”的名称", "保存", parent)
        self._store, self._group = store, group
        self.say("改名后，方案里的旧写法仍认得出。")
        self.name = self.line(group.name)
        self.aliases = self.line("、".join(group.aliases), length=_LENGTH)
        self.aliases.setToolTip("方案里对这个集合的其他写法，用顿号隔开")
        self.fields([("名称", self.name), ("其他写法", self.aliases)])
        self.refresh()
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> UnitValue:
        """What stands in the fields."""
        names = [part.strip() for part in re.split(r"[、，,；;]+", self.aliases.text())]
        return replace(
            unit_changes.unit_value(self._group),
            name=self.name.text().strip(),
            aliases=tuple(dict.fromkeys(name for name in names if name)),
        )

    def missing(self) -> str:
        if not self.name.text().strip():
            return "请填写名称。"
        return "还没有改动。" if self.value() == unit_changes.unit_value(self._group) else ""

    def find_effect(self) -> GroupEffect:
        return unit_changes.unit_effect(self._store, self._group.name, self.value())

    def write(self) -> Changes:
        return unit_changes.save_unit(self._store, self._group.name, self.value())
