"""Edits of a draft that take more than one operation of ``core.model.edit``; pure, like these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.model import edit
from core.model.edit import Edited
from core.model.plan import Measure


def fill(e: Edited, before: int, labels: Sequence[str]) -> Edited:
    """Measures without a text, one a label, after measure ``before`` (0: at the front) and under its heading."""
    heading = e.measure(max(before, 1))
    at = before or None
    for label in labels:
        e = edit.add_measure(e, at, section=heading.section, task=heading.task)
        at = (at or 0) + 1
        e = edit.change_measure(e, at, label=label)
    return e


def delete_all(e: Edited, nos: Sequence[int]) -> Edited:
    """Without some measures."""
    for no in sorted(nos, reverse=True):
        e = edit.delete_measure(e, no)
    return e


def move_by_one(e: Edited, no: int, by: int) -> tuple[Edited, int]:
    """A measure one place up (-1) or down (1), over the edge of a heading into the next; and its number then."""
    other = no + by
    there = e.measure(other)
    is_same = _heading(e.measure(no)) == _heading(there)
    after: int | None = other
    if is_same and by < 0:
        after = other - 1 if other > 1 and _heading(e.measure(other - 1)) == _heading(there) else None
    elif not is_same and by > 0:
        after = None
    moved = edit.move_measure(e, no, after=after, section=there.section, task=there.task)
    return moved, other if is_same else no


def move_to(e: Edited, nos: Sequence[int], section: int | None, task: int | None) -> Edited:
    """Measures at the end of another heading, in their order."""
    marks = [e.origin[no - 1] or (-no,) for no in sorted(nos)]  # numbers change with each move, these stay
    e = replace(e, origin=tuple(mark or (-no,) for no, mark in enumerate(e.origin, 1)))
    for mark in marks:
        no = e.origin.index(mark) + 1
        own = [m.no for m in e.plan.measures if _heading(m) == (section, task) and m.no != no]
        e = edit.move_measure(e, no, after=own[-1] if own else None, section=section, task=task)
    return replace(e, origin=tuple(tuple(n for n in mark if n > 0) for mark in e.origin))


def begin_task(e: Edited, no: int) -> Edited:
    """A new task with a measure and those after it under the same heading."""
    here = e.measure(no)
    title = _free("新任务", [task.title for task in e.plan.tasks])
    e = edit.add_task(e, here.task, here.section, "", title)
    new = next(task.no for task in e.plan.tasks if task.title == title)
    return _take_along(e, no, here.section, new)


def begin_section(e: Edited, no: int) -> Edited:
    """A new section with a measure and all that follows in its section; tasks that follow come along whole."""
    here = e.measure(no)
    title = _free("新的部分", [section.title for section in e.plan.sections])
    e = edit.add_section(e, here.section, "", title)
    new = next(section.no for section in e.plan.sections if section.title == title)
    mine = e.measure(no)
    later = [
        m.task
        for m in e.plan.measures[no - 1 :]
        if m.section == mine.section and m.task is not None and _first_of(e, m.task) >= no
    ]
    is_whole_task = mine.task is not None and _first_of(e, mine.task) == no
    if not is_whole_task:
        e = _take_along(e, no, new, None)
    titles = {task: (e.plan.tasks[task - 1].label, e.plan.tasks[task - 1].title) for task in later}
    last: int | None = None
    for task in dict.fromkeys(later):
        at = next(t.no for t in e.plan.tasks if (t.label, t.title) == titles[task] and t.section != new)
        e = edit.move_task(e, at, after=last, section=new)
        last = next(t.no for t in reversed(e.plan.tasks) if (t.label, t.title) == titles[task] and t.section == new)
    return e


def _take_along(e: Edited, no: int, section: int | None, task: int | None) -> Edited:
    """A measure and those after it of the same heading under another one, where they stand."""
    mine = _heading(e.measure(no))
    after = no
    for each in range(no, len(e.plan.measures) + 1):
        if _heading(e.measure(each)) != mine:
            break
        e = edit.move_measure(e, each, after=after, section=section, task=task)
        after = each
    return e


def _heading(measure: Measure) -> tuple[int | None, int | None]:
    return measure.section, measure.task


def _first_of(e: Edited, task: int) -> int:
    return next(m.no for m in e.plan.measures if m.task == task)


def _free(name: str, taken: Sequence[str]) -> str:
    return next(found for number in range(1, len(taken) + 2) if (found := f"{name}{number}") not in taken)
