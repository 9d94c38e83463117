"""What can be done with units and collectives: each act asks in a dialog, shows what follows, and is then told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import unit_changes, unit_groups
from gui import messages
from gui.pages.units.group_dialogs import ExceptionsDialog, MembersDialog, NewGroupDialog
from gui.pages.units.register_dialog import ConfirmDialog, RegisterDialog
from gui.pages.units.rename_dialog import RenameGroupDialog
from gui.pages.units.unit_dialogs import LeaveDialog, MergeDialog, NewUnitDialog

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.changes import Changes
    from core.office.register_effect import GroupEffect
    from core.office.unit_groups import GroupValue
    from core.office.units import Unresolved
    from gui.context import Context
    from gui.pages.units.effect_view import Titles
    from gui.pages.units.reading import Reading

UNIT, GROUP = "unit", "group"
_NAMED_MAX = 3


class UnitDesk(QObject):
    """Opens the dialogs of the page; one at a time."""

    done = Signal(object, str, str, str)
    """Changes, what was done in words, and what to show: kind (``UNIT``, ``GROUP`` or empty) and name."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.reading: Reading | None = None
        self.titles: Titles = {}
        self.dialog: RegisterDialog | None = None

    # --- units -----------------------------------------------------------------------------------

    def new_unit(self, name: str = "") -> None:
        """新建单位."""
        dialog = NewUnitDialog(self._context.store, self.titles, self._over(), name=name)
        self._open(dialog, lambda: (f"已新建“{dialog.value().name}”", UNIT, dialog.value().name))

    def leave(self, name: str) -> None:
        """撤出（撤销、划转）."""
        dialog = LeaveDialog(self._context, name, self.titles, self._over())
        self._open(dialog, lambda: (f"“{name}”已撤出名册", "", ""))

    def come_back(self, name: str) -> None:
        """恢复."""
        store = self._context.store
        self._confirm(
            ("恢复", f"恢复“{name}”", "它重新承担责任事项，撤出前填过的内容接着用。", "恢复"),
            lambda: unit_changes.return_effect(store, name),
            lambda: unit_changes.return_unit(store, name),
            (f"已恢复“{name}”", UNIT, name),
        )

    def merge(self, name: str, into: str = "") -> None:
        """合并到另一单位."""
        others = [line.unit for line in self._reading().lines]
        dialog = MergeDialog(self._context, name, others, self.titles, self._over(), into=into)
        self._open(dialog, lambda: (f"“{name}”已合并到“{dialog.into.currentText()}”", UNIT, dialog.into.currentText()))

    def confirm_name(self, name: str) -> None:
        """名称无误: nothing follows but that it is no longer 待核对."""
        try:
            changes = unit_changes.confirm_units(self._context.store, [name])
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self.done.emit(changes, f"“{name}”已核对", "", "")

    # --- collectives -----------------------------------------------------------------------------

    def new_group(self, name: str = "") -> None:
        """新建单位集合."""
        others = [u for u in self._all() if u.name != name]
        dialog = NewGroupDialog(self._context.store, others, self.titles, self._over(), name=name)
        self._open(dialog, lambda: (f"已新建“{dialog.name.text().strip()}”", GROUP, dialog.name.text().strip()))

    def rename_group(self, group: Unit) -> None:
        """改名 of a collective."""
        dialog = RenameGroupDialog(self._context.store, group, self.titles, self._over())
        self._open(dialog, lambda: ("已改名", GROUP, dialog.value().name))

    def add_members(self, group: Unit) -> None:
        """加入单位."""
        dialog = MembersDialog(self._context.store, group, self._all(), self.titles, self._over())
        self._open(dialog, lambda: (f"已把{_named(dialog.added())}加入“{group.name}”", GROUP, group.name))

    def remove_members(self, group: Unit, names: Sequence[str]) -> None:
        """移出集合: those of the names that are members themselves."""
        out = [name for name in names if name in group.members]
        if not out:
            return
        value = unit_groups.group_value(group)
        left = tuple(name for name in value.members if name not in out)
        value = replace(value, members=left, whole=value.whole and bool(left))
        self._set_group(
            group,
            value,
            (
                "移出集合",
                f"把{_named(out)}移出“{group.name}”",
                "单位仍在名册里，其他集合和单独列名的责任不受影响。",
                "移出",
            ),
            f"已把{_named(out)}移出“{group.name}”",
        )

    def declare_whole(self, group: Unit, *, whole: bool = True) -> None:
        """名单已补全, or back to 待补全."""
        value = replace(unit_groups.group_value(group), whole=whole)
        count = len(group.members)
        if whole and not group.incomplete:
            said = "名单核对过，不再提示待核对。"
            words = ("名单无误", f"“{group.name}”就是这 {count} 个单位", said, "名单无误")
        elif whole:
            said = f"集合自己的那一份责任事项就不再需要，措施由这 {count} 个单位完成。"
            words = ("名单已补全", f"“{group.name}”只有这 {count} 个单位", said, "名单已补全")
        else:
            said = "再次标为待补全后，用到它的措施在补全前不会算作已完成。"
            words = ("标为待补全", f"“{group.name}”还缺单位", said, "标为待补全")
        self._set_group(group, value, words, f"“{group.name}”{'的名单已确认' if whole else '已标为待补全'}")

    def exceptions(self, group: Unit) -> None:
        """例外."""
        dialog = ExceptionsDialog(self._context.store, group, self._all(), self.titles, self._over())
        self._open(dialog, lambda: (f"已修改“{group.name}”的例外", GROUP, group.name))

    def settle_same(self, item: Unresolved) -> None:
        """A name in a division is another way to write a unit: its entry goes on in that one."""
        self.merge(item.name, item.like[0] if item.like else "")

    # --- shared ----------------------------------------------------------------------------------

    def _set_group(self, group: Unit, value: GroupValue, words: tuple[str, str, str, str], done: str) -> None:
        store = self._context.store
        self._confirm(
            words,
            lambda: unit_groups.set_group_effect(store, group.name, value),
            lambda: unit_groups.set_group(store, group.name, value),
            (done, GROUP, group.name),
        )

    def _confirm(
        self,
        words: tuple[str, str, str, str],
        find: Callable[[], GroupEffect],
        write: Callable[[], Changes],
        said: tuple[str, str, str],
    ) -> None:
        self._open(ConfirmDialog(self.titles, words, find, write, self._over()), lambda: said)

    def _open(self, dialog: RegisterDialog, said: Callable[[], tuple[str, str, str]]) -> None:
        self.dialog = dialog
        dialog.written.connect(partial(self._on_written, said))
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_written(self, said: Callable[[], tuple[str, str, str]], changes: Changes) -> None:
        self.done.emit(changes, *said())

    def _on_closed(self, _result: int) -> None:
        self.dialog = None

    def _over(self) -> QWidget:
        return self._window.window()

    def _reading(self) -> Reading:
        assert self.reading is not None, "the page reads before it offers anything"
        return self.reading

    def _all(self) -> list[Unit]:
        reading = self._reading()
        return [line.unit for line in reading.lines] + list(reading.groups)


def _named(names: Sequence[str]) -> str:
    if len(names) > _NAMED_MAX:
        return f"{'、'.join(names[:_NAMED_MAX])}等 {len(names)} 个单位"
    return "、".join(f"“{name}”" for name in names)
