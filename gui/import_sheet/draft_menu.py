"""The right-click menu of the draft table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from gui import icons
from gui.import_sheet.lines import Gap, Heading

if TYPE_CHECKING:
    from gui.import_sheet.draft_panel import DraftPanel
    from gui.import_sheet.editing import Editing

_ENTRIES = (
    ("修改", "修改", "note-pencil", "F2"),
    ("拆分", "从光标处拆成两项", "scissors", "Ctrl+Shift+Enter"),
    ("合并", "与下一项合并", "git-merge", "Ctrl+M"),
    ("增加", "在下面增加一项", "plus", "Insert"),
    ("上移", "上移", "arrow-up", "Alt+↑"),
    ("下移", "下移", "arrow-down", "Alt+↓"),
)
_LONGEST = 28


def draft_menu(panel: DraftPanel, session: Editing) -> QMenu | None:
    """A menu for the row under the cursor; None where nothing can be done."""
    line = panel.view.draft_model.line(panel.view.currentIndex().row())
    chosen = panel.view.chosen_nos()
    if line is None:
        return None
    menu = QMenu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if isinstance(line, Gap):
        action = menu.addAction(icons.icon("plus"), "手工补")
        action.triggered.connect(partial(_emit, panel, line.issue))
    elif isinstance(line, Heading):
        _add(menu, panel, _ENTRIES[0])
        _add(menu, panel, ("删除", "删除标题，措施并到相邻的标题下", "trash", "Delete"))
    elif chosen:
        for entry in _ENTRIES if len(chosen) == 1 else ():
            _add(menu, panel, entry)
        menu.addMenu(_headings(menu, session, chosen))
        if len(chosen) == 1:
            action = menu.addAction(icons.icon("list-plus"), "从这一项起另起任务")
            action.triggered.connect(partial(_begin, session.begin_task, chosen[0]))
            action = menu.addAction(icons.icon("rows"), "从这一项起另起部分")
            action.triggered.connect(partial(_begin, session.begin_section, chosen[0]))
        menu.addSeparator()
        words = "删除" if len(chosen) == 1 else f"删除所选 {len(chosen)} 项"
        _add(menu, panel, ("删除", words, "trash", "Delete"))
    return menu


def _add(menu: QMenu, panel: DraftPanel, entry: tuple[str, str, str, str]) -> None:
    name, words, icon, key = entry
    action = menu.addAction(icons.icon(icon), f"{words}\t{key}")
    action.triggered.connect(partial(_run, panel, name))


def _headings(menu: QMenu, session: Editing, chosen: list[int]) -> QMenu:
    """移到: every heading of the plan."""
    made = QMenu("移到", menu)
    made.setIcon(icons.icon("arrow-square-out"))
    plan = session.plan
    for section in plan.sections:
        tasks = [task for task in plan.tasks if task.section == section.no]
        if not tasks:
            action = made.addAction(_short(f"{section.label}{section.title}"))
            action.triggered.connect(partial(_move, session, chosen, section.no, None))
        for task in tasks:
            action = made.addAction(_short(f"{section.label} {task.label}{task.title}"))
            action.triggered.connect(partial(_move, session, chosen, section.no, task.no))
    for task in (task for task in plan.tasks if task.section is None):
        action = made.addAction(_short(f"{task.label}{task.title}"))
        action.triggered.connect(partial(_move, session, chosen, None, task.no))
    made.setEnabled(bool(made.actions()))
    return made


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _run(panel: DraftPanel, name: str, _checked: bool = False) -> None:
    panel.menu_actions()[name]()


def _emit(panel: DraftPanel, issue: str, _checked: bool = False) -> None:
    panel.gap_activated.emit(issue)


def _begin(begin: Callable[[int], None], no: int, _checked: bool = False) -> None:
    begin(no)


def _move(session: Editing, nos: list[int], section: int | None, task: int | None, _checked: bool = False) -> None:
    session.move_to(nos, section, task)
