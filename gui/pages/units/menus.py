"""The menus of the page: of units, and of a collective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons
from gui.pages.units.pane import READ_ONLY

if TYPE_CHECKING:
    from core.model.units import Unit
    from gui.pages.units.reading import UnitLine


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu; ``writes``: not in a file that is only read. ``why_not``: it cannot be done, and why."""

    text: str
    icon: str
    do: Callable[[], object]
    key: str = ""
    writes: bool = True
    why_not: str = ""


LINE = None
"""A thin line between entries."""


def popup(entries: list[Entry | None], place: QPoint, *, is_read_only: bool, parent: QWidget) -> QMenu:
    """Show a menu; what cannot be done is there, in grey, with the reason in its tooltip."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = QAction(icons.icon(entry.icon), entry.text, menu)
        if entry.key:
            action.setShortcut(QKeySequence(entry.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        why = READ_ONLY if entry.writes and is_read_only else entry.why_not
        action.setEnabled(not why)
        action.setToolTip(why)
        action.triggered.connect(_caller(entry.do))
        menu.addAction(action)
    menu.popup(place)
    return menu


def _caller(do: Callable[[], object]) -> Callable[..., None]:
    def call(_checked: bool = False) -> None:
        do()

    return call


@dataclass(frozen=True, slots=True)
class UnitActs:
    """What the page can do with units."""

    rename: Callable[[], object]
    fill: Callable[[], object]
    copy: Callable[[], object]
    remove: Callable[[], object]
    merge: Callable[[], object]
    leave: Callable[[], object]
    come_back: Callable[[], object]
    history: Callable[[], object]


def unit_entries(line: UnitLine, group: Unit | None, selected: list[str], acts: UnitActs) -> list[Entry | None]:
    """The menu of the unit the cursor is on."""
    unit = line.unit
    if unit.left_on is not None:
        merged = f"已并入“{unit.merged_into}”，不能恢复" if unit.merged_into else ""
        return [
            Entry("恢复", "arrow-counter-clockwise", acts.come_back, why_not=merged),
            Entry("查看历史", "clock-counter-clockwise", acts.history, writes=False),
            Entry("复制", "copy", acts.copy, "Ctrl+C", writes=False),
        ]
    many = len(selected) > 1
    one = "只能一个一个来" if many else ""
    entries: list[Entry | None] = [
        Entry("填报", "note-pencil", acts.fill, writes=False, why_not="" if line.total != 0 else "没有它的责任事项"),
        Entry("改名", "pencil-simple", acts.rename, "F2", why_not=one),
        Entry("复制", "copy", acts.copy, "Ctrl+C", writes=False),
    ]
    if group is not None:
        is_member = any(name in group.members for name in selected)
        why = "" if is_member else "它通过别的集合属于这里"
        entries += [LINE, Entry("移出集合", "minus-circle", acts.remove, "Delete", why_not=why)]
    entries += [
        LINE,
        Entry("合并到另一单位", "git-merge", acts.merge, why_not=one),
        Entry("撤出（撤销、划转）", "sign-out", acts.leave, why_not=one),
        Entry("查看历史", "clock-counter-clockwise", acts.history, writes=False),
    ]
    return entries


@dataclass(frozen=True, slots=True)
class GroupActs:
    """What the page can do with a collective."""

    add: Callable[[], object]
    rename: Callable[[], object]
    exceptions: Callable[[], object]
    whole: Callable[[], object]
    not_whole: Callable[[], object]
    leave: Callable[[], object]
    history: Callable[[], object]


def group_entries(group: Unit, acts: GroupActs) -> list[Entry | None]:
    """The menu of a collective."""
    nobody = "" if group.members else "还没有成员，不能标为已补全"
    if group.incomplete:
        whole = Entry("名单已补全", "check", acts.whole, why_not=nobody)
    else:
        whole = Entry("标为待补全", "question", acts.not_whole)
    return [
        Entry("加入单位", "plus", acts.add),
        Entry("改名", "pencil-simple", acts.rename),
        Entry("例外", "user-minus", acts.exceptions),
        whole,
        LINE,
        Entry("撤出（撤销、划转）", "sign-out", acts.leave),
        Entry("查看历史", "clock-counter-clockwise", acts.history, writes=False),
    ]
