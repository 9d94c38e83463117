"""Builds the menus of the table: a head's filter and the right button's menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons
from gui.pages.table import arrange
from gui.pages.table.arrange import PRINT_KEYS
from gui.pages.table.columns import DEADLINE, DONE, DUE, EVIDENCE, NUMBER_KEY, STATUS, TASK, head_of
from gui.widgets.popups import FilterMenu, entries_of
from gui.widgets.value_list import ValueModel

if TYPE_CHECKING:
    from gui.pages.table.arrange import View
    from gui.pages.table.rows import TableRows

_DATES = ("从早到晚", "从晚到早")
_NUMBERS = ("从少到多", "从多到少")
_PRINT = ("印发顺序", "印发倒序")
_NAMES = ("名称正序", "名称倒序")
_SORTS = {DUE: _DATES, DEADLINE: _DATES, DONE: _NUMBERS, EVIDENCE: _NUMBERS, STATUS: ("从急到缓", "从缓到急")}
_WIDE = 400


def filter_key(table: TableRows, column: int) -> str:
    """The column a head filters by: a head over sections and tasks filters by task."""
    first, last = head_of(table.columns, column)
    keys = [table.columns[index].key for index in range(first, last + 1)]
    return TASK if TASK in keys else keys[-1]


def filter_menu(table: TableRows, view: View, column: int, parent: QWidget) -> FilterMenu:
    """The menu of the head a column stands under."""
    key = filter_key(table, column)
    found = arrange.values(table, view, key)
    ticked = view.filters.get(key)
    everything = frozenset(value for value, _ in found)
    values = [(_group(table, key, value), value, count) for value, count in found]
    sort = view.sort
    descending = sort.is_descending if sort and sort.key == key else None
    if key in PRINT_KEYS and sort is None:
        descending = False
    title = table.columns[column].title
    return FilterMenu(
        title,
        _PRINT if key in PRINT_KEYS else _SORTS.get(key, _NAMES),
        ValueModel(entries_of(values), everything if ticked is None else ticked),
        parent,
        descending=descending,
        width=_WIDE if key in PRINT_KEYS - {NUMBER_KEY} else 232,
    )


def _group(table: TableRows, key: str, value: str) -> str:
    """The section a task stands in; other columns have no groups."""
    if key != TASK:
        return ""
    column = next(index for index, known in enumerate(table.columns) if known.key == key)
    section = next(row.source.section for row in table.rows if row.values[column] == value)
    return f"{section.label}{section.title}" if section else ""


@dataclass(frozen=True, slots=True)
class Acts:
    """What the menu of the right button does."""

    open: Callable[[], None]
    report: Callable[[], None]
    edit: Callable[[], None]
    adjust: Callable[[], None]
    copy: Callable[[], None]


def context_menu(parent: QWidget, acts: Acts, *, chosen: int, may_write: bool) -> QMenu:
    """What can be done with the chosen rows; the keys that do the same stand at the right."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    parts = [
        ("eye", "查看措施", "Return", acts.open, True),
        ("note-pencil", "填报", "F2", acts.report, True),
        ("pencil-simple", "修改这项措施", "Ctrl+Shift+E", acts.edit, may_write),
        ("calendar-check", "调整时限", "Ctrl+Shift+D", acts.adjust, may_write),
        None,
        ("copy", f"复制 {chosen} 行" if chosen > 1 else "复制", "Ctrl+C", acts.copy, chosen > 0),
    ]
    for part in parts:
        if part is None:
            menu.addSeparator()
            continue
        icon, text, key, slot, is_enabled = part
        action = menu.addAction(icons.icon(icon), text)
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(is_enabled)
        action.triggered.connect(slot)
    return menu
