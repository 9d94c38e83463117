"""Operations on the sections and tasks of a plan; measures follow their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.model.edited import Edited, find_section, find_task, settled
from core.model.plan import Measure, Plan, Section, Task

T = TypeVar("T")


def add_section(e: Edited, after: int | None, label: str, title: str) -> Edited:
    """A new section without measures after another one, None: as the first.

    Raises NotFoundError for a section that is not there.
    """
    sections = list(e.plan.sections)
    at = 0 if after is None else find_section(e.plan, after).no
    sections.insert(at, Section(_free(section.no for section in sections), label, title))
    return settled(e.plan, e.origin, sections, list(e.plan.tasks), e.plan.measures)


def change_section(e: Edited, no: int, label: str, title: str) -> Edited:
    """Other words for a section.

    Raises NotFoundError for a section that is not there.
    """
    changed = replace(find_section(e.plan, no), label=label, title=title)
    sections = tuple(changed if section.no == no else section for section in e.plan.sections)
    return replace(e, plan=replace(e.plan, sections=sections))


def delete_section(e: Edited, no: int) -> Edited:
    """Take a section away; its tasks and measures go to the one before it, else the one after, else stand free.

    Raises NotFoundError for a section that is not there.
    """
    heir = _neighbour([section.no for section in e.plan.sections], find_section(e.plan, no).no)
    sections = [section for section in e.plan.sections if section.no != no]
    tasks = [replace(task, section=heir) if task.section == no else task for task in e.plan.tasks]
    measures = tuple(replace(m, section=heir) if m.section == no else m for m in e.plan.measures)
    return settled(e.plan, e.origin, sections, tasks, measures)


def move_section(e: Edited, no: int, after: int | None) -> Edited:
    """Put a section with its tasks and measures after another one, None: to the front.

    Raises NotFoundError for sections that are not there.
    """
    moved = find_section(e.plan, no)
    if after == no:
        return e
    sections = [section for section in e.plan.sections if section.no != no]
    at = 0 if after is None else sections.index(find_section(e.plan, after)) + 1
    sections.insert(at, moved)
    before = {section.no for section in sections[:at]}
    tasks = _carried(e.plan.tasks, lambda task: task.section == no, lambda task: task.section in before)
    pairs = list(zip(e.plan.measures, e.origin, strict=True))
    pairs = _carried(pairs, lambda pair: pair[0].section == no, lambda pair: pair[0].section in before)
    return _of_pairs(e, sections, tasks, pairs)


def add_task(e: Edited, after: int | None, section: int | None, label: str, title: str) -> Edited:
    """A new task of a section after another of its tasks; None or a task of another section: as its first or last.

    Raises NotFoundError for headings that are not there.
    """
    if section is not None:
        find_section(e.plan, section)
    tasks = list(e.plan.tasks)
    new = Task(_free(task.no for task in tasks), section, label, title)
    tasks.insert(_place_of_task(e.plan, tasks, after, section), new)
    return settled(e.plan, e.origin, list(e.plan.sections), tasks, e.plan.measures)


def change_task(e: Edited, no: int, label: str, title: str) -> Edited:
    """Other words for a task.

    Raises NotFoundError for a task that is not there.
    """
    changed = replace(find_task(e.plan, no), label=label, title=title)
    tasks = tuple(changed if task.no == no else task for task in e.plan.tasks)
    return replace(e, plan=replace(e.plan, tasks=tasks))


def delete_task(e: Edited, no: int) -> Edited:
    """Take a task away; its measures go to the task before it in its section, else the one after, else to none.

    Raises NotFoundError for a task that is not there.
    """
    gone = find_task(e.plan, no)
    heir = _neighbour([task.no for task in e.plan.tasks if task.section == gone.section], no)
    tasks = [task for task in e.plan.tasks if task.no != no]
    measures = tuple(replace(m, task=heir) if m.task == no else m for m in e.plan.measures)
    return settled(e.plan, e.origin, list(e.plan.sections), tasks, measures)


def move_task(e: Edited, no: int, *, after: int | None, section: int | None) -> Edited:
    """Put a task with its measures into a section, after another task; ``after`` as in ``add_task``.

    Raises NotFoundError for headings that are not there.
    """
    moved = replace(find_task(e.plan, no), section=section)
    if section is not None:
        find_section(e.plan, section)
    if after == no:
        after = None
    tasks = [task for task in e.plan.tasks if task.no != no]
    tasks.insert(_place_of_task(e.plan, tasks, after, section), moved)
    at = tasks.index(moved)
    earlier = {task.no for task in tasks[:at]}

    def is_before(pair: tuple[Measure, tuple[int, ...]]) -> bool:
        own = pair[0]
        return own.task in earlier or (own.section or 0) < (section or 0) or (own.section == section and not own.task)

    pairs = [
        (replace(m, section=section) if m.task == no else m, origin)
        for m, origin in zip(e.plan.measures, e.origin, strict=True)
    ]
    pairs = _carried(pairs, lambda pair: pair[0].task == no, is_before)
    return _of_pairs(e, list(e.plan.sections), tasks, pairs)


def place_in_headings(plan: Plan, section: int | None, task: int | None) -> int:
    """Where the first measure of a heading stands or would stand, as an index of the list of measures."""
    wanted = (section or 0, task or 0)
    ranks = [(measure.section or 0, measure.task or 0) for measure in plan.measures]
    if wanted in ranks:
        return ranks.index(wanted)
    return max((i for i, rank in enumerate(ranks, 1) if rank < wanted), default=0)


def _place_of_task(plan: Plan, tasks: list[Task], after: int | None, section: int | None) -> int:
    own = [i for i, task in enumerate(tasks) if task.section == section]
    if after is None:
        return own[0] if own else _end_of_earlier(tasks, section)
    other = find_task(plan, after)
    if other.section == section:
        return next(i for i, task in enumerate(tasks) if task.no == after) + 1
    if not own:
        return _end_of_earlier(tasks, section)
    return own[0] if other.no < tasks[own[0]].no else own[-1] + 1


def _end_of_earlier(tasks: list[Task], section: int | None) -> int:
    earlier = [i for i, task in enumerate(tasks) if (task.section or 0) < (section or 0)]
    return earlier[-1] + 1 if earlier else 0


def _free(taken: Iterable[int]) -> int:
    """A number no heading of the list has; the lists are numbered anew right after."""
    return max(taken, default=0) + 1


def _neighbour(numbers: list[int], no: int) -> int | None:
    at = numbers.index(no)
    rest = numbers[:at] + numbers[at + 1 :]
    return rest[max(at - 1, 0)] if rest else None


def _carried(items: Sequence[T], is_moved: Callable[[T], bool], is_before: Callable[[T], bool]) -> list[T]:
    """The items with those that are moved, as one block, behind the last one that comes before them."""
    block = [item for item in items if is_moved(item)]
    rest = [item for item in items if not is_moved(item)]
    at = max((i for i, item in enumerate(rest, 1) if is_before(item)), default=0)
    return rest[:at] + block + rest[at:]


def _of_pairs(
    e: Edited, sections: list[Section], tasks: list[Task], pairs: list[tuple[Measure, tuple[int, ...]]]
) -> Edited:
    origin = tuple(numbers for _, numbers in pairs)
    return settled(e.plan, origin, sections, tasks, tuple(measure for measure, _ in pairs))
