"""The menus of the cards: open what is under the pointer, print it, turn picture into table, copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from core.office.home import TodoKind
from gui import icons
from gui.pages.filters import TableFilter

if TYPE_CHECKING:
    from core.office.home import HomeTodo
    from core.office.statistics import MonthDue
    from gui.pages.home.bars import BarRow
    from gui.pages.home.page import HomePage

_FORMATS = (("xlsx", "Excel"), ("pdf", "PDF"), ("docx", "Word"))


def part_menu(page: HomePage, row: BarRow | None) -> QMenu:
    """各部分进展."""
    menu = _menu(page)
    if row is not None:
        _add(menu, "eye", "查看这部分的措施", partial(page.open_part, row))
        for word, count in row.counted():
            _add(menu, "funnel", f"只看{word} {count} 项", partial(page.open_part, row, word))
        menu.addSeparator()
    page.cards.parts.fill_menu(menu)
    return menu


def unit_menu(page: HomePage, row: BarRow | None) -> QMenu:
    """单位进展."""
    menu = _menu(page)
    if row is not None:
        _add(menu, "eye", "查看责任事项", partial(page.open_unit.emit, row.name))
        for word, count in row.counted():
            _add(menu, "funnel", f"只看{word} {count} 项", partial(page.open_part_of_unit, row, word))
        menu.addSeparator()
        _add(menu, "table", "在任务分解里查看", partial(page.show_filtered.emit, TableFilter(unit=row.name)))
    page.cards.units.fill_menu(menu)
    return menu


def month_menu(page: HomePage, due: MonthDue | None) -> QMenu:
    """时限分布."""
    menu = _menu(page)
    if due is not None:
        _add(menu, "eye", "查看到期的措施", partial(page.open_month, due))
    page.cards.months.fill_menu(menu)
    return menu


def todo_menu(page: HomePage, row: HomeTodo | None) -> QMenu:
    """待办: the step itself, and the rows behind it on paper or as a file."""
    menu = _menu(page)
    if row is not None:
        _add(menu, "arrow-right", row.action, partial(page.acts.act, row))
        if row.obligations or row.measures:
            _add(menu, "printer", "打印这份清单", partial(page.acts.print, row))
            for fmt, title in _FORMATS:
                _add(menu, "export", f"导出 {title}", partial(page.acts.export, row, fmt))
        if row.kind is TodoKind.REPORT:
            _add(menu, "check", "上报事项，登记上报", page.acts.open_upward)
        menu.addSeparator()
    week = _add(menu, "printer", "打印本周到期", page.acts.print_week)
    week.setShortcut(QKeySequence("Ctrl+P"))
    week.setShortcutVisibleInContextMenu(True)
    has_week = page.home is not None and any(todo.kind is TodoKind.WEEK for todo in page.home.todo)
    week.setEnabled(has_week)
    return menu


def _menu(page: HomePage) -> QMenu:
    made = QMenu(page)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return made


def _add(menu: QMenu, icon: str, text: str, do: Callable[[], object]) -> QAction:
    action = menu.addAction(icons.icon(icon), text)
    action.triggered.connect(partial(_call, do))
    return action


def _call(do: Callable[[], object], _checked: bool = False) -> None:
    do()
