"""The columns of the table: those the plan was printed with, then those that are computed.

Printed left, computed right: the clerk compares with paper on the left and works on the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.model.plan import Plan

NUMBER_KEY = "no"
SECTION, TASK, TEXT = "section", "task", "text"
DIVISION, DEADLINE = "division", "deadline"
DUE, STATUS, DONE, EVIDENCE = "due", "status", "done", "evidence"

REST = 0
"""Width of the one column that takes what the others leave."""
LEAST_TEXT_WIDTH = 240
LEAST_WIDTHS = {SECTION: 76, TASK: 88, DIVISION: 92, DEADLINE: 88, TEXT: 224, STATUS: 112, DONE: 72, EVIDENCE: 60}
"""What a column can do with where the window is narrow: 1366×768 at 125 %. Words wrap sooner."""
_WIDTHS = {SECTION: 88, TASK: 112, NUMBER_KEY: 48, TEXT: REST, DEADLINE: 104}
_OTHER_WIDTH = 124
_ALONE = {SECTION: 100, NUMBER_KEY: 68}
"""Where such a column has a head of its own, title and caret need room."""


class TableColumn(NamedTuple):
    """One column: key as in the plan's contract, title as printed, width in logical pixels at base size 14."""

    key: str
    title: str
    width: int
    is_printed: bool = True
    tip: str = ""


_COMPUTED = (
    TableColumn(DUE, "到期日", 100, is_printed=False, tip="下一个还没有完成的时限；都完成了的，是最后一个时限"),
    TableColumn(STATUS, "状态", 116, is_printed=False, tip="按统计截止日期计算的状态和灯"),
    TableColumn(DONE, "完成", 80, is_printed=False, tip="已完成的责任事项 / 全部责任事项，不涉及的不计"),
    TableColumn(EVIDENCE, "佐证", 64, is_printed=False, tip="佐证材料份数"),
)


def columns_of(plan: Plan) -> tuple[TableColumn, ...]:
    """The plan's own columns as printed, then 到期日 状态 完成 佐证; the measure column is always there."""
    printed = [(column.key, column.title) for column in plan.document.columns] or _usual(plan)
    if TEXT not in {key for key, _ in printed}:
        printed.append((TEXT, "具体措施"))
    widths = dict(_WIDTHS)
    titles = [title for _, title in printed]
    for key in (SECTION, NUMBER_KEY):
        widths[key] = next((_WIDTHS[key] if titles.count(t) > 1 else _ALONE[key] for k, t in printed if k == key), 0)
    own = tuple(TableColumn(key, title, widths.get(key, _OTHER_WIDTH)) for key, title in printed)
    return own + _COMPUTED


def _usual(plan: Plan) -> list[tuple[str, str]]:
    """Columns of a plan without a table of its own: what its measures have."""
    found = []
    if plan.sections:
        found.append((SECTION, "重点任务"))
    if plan.tasks:
        found.append((TASK, "重点任务"))
    found.append((TEXT, "具体措施"))
    if any(measure.division_raw or measure.responsible for measure in plan.measures):
        found.append((DIVISION, "责任分工"))
    if any(measure.deadline_raw for measure in plan.measures):
        found.append((DEADLINE, "完成时限"))
    return found


def head_of(columns: tuple[TableColumn, ...], index: int) -> tuple[int, int]:
    """First and last column of the head that a column stands under: neighbours of one title share it."""
    title = columns[index].title
    first = last = index
    while first > 0 and columns[first - 1].title == title:
        first -= 1
    while last + 1 < len(columns) and columns[last + 1].title == title:
        last += 1
    return first, last
