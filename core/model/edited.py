"""A plan while it is edited: the value that the operations of ``edit`` take and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.errors import InvalidError, NotFoundError
from core.model.plan import Measure, Plan, Section, Task


@dataclass(frozen=True, slots=True)
class Edited:
    """A plan as it stands after some operations.

    ``origin``: for each measure of ``plan``, in order, the numbers it had in the plan the editing began with:
    none for a new one, several for a merged one, the one that goes on first.
    """

    plan: Plan
    origin: tuple[tuple[int, ...], ...]

    def index(self, no: int) -> int:
        """The place of a measure in the lists.

        Raises NotFoundError for a number the plan does not have.
        """
        if not 1 <= no <= len(self.plan.measures):
            raise NotFoundError(f"方案中没有第 {no} 项措施。")
        return no - 1

    def measure(self, no: int) -> Measure:
        """One measure by its number.

        Raises NotFoundError for a number the plan does not have.
        """
        return self.plan.measures[self.index(no)]


def begin(plan: Plan) -> Edited:
    """Begin to edit a plan; its lists are numbered 1, 2, 3 … and name headings that are there."""
    return settled(
        plan, tuple((measure.no,) for measure in plan.measures), list(plan.sections), list(plan.tasks), plan.measures
    )


def settled(
    plan: Plan,
    origin: tuple[tuple[int, ...], ...],
    sections: list[Section],
    tasks: list[Task],
    measures: tuple[Measure, ...],
) -> Edited:
    """A plan of these lists, in this order, numbered anew; names of headings follow their new numbers.

    A heading that is not there any more becomes None.
    """
    section_no = {section.no: no for no, section in enumerate(sections, 1)}
    task_no = {task.no: no for no, task in enumerate(tasks, 1)}
    new_tasks = tuple(replace(task, no=task_no[task.no], section=_new(section_no, task.section)) for task in tasks)
    numbered = (
        replace(m, no=no, section=_new(section_no, m.section), task=_new(task_no, m.task))
        for no, m in enumerate(measures, 1)
    )
    new_plan = replace(
        plan,
        sections=tuple(replace(section, no=section_no[section.no]) for section in sections),
        tasks=new_tasks,
        measures=tuple(_below_its_task(measure, new_tasks) for measure in numbered),
    )
    return Edited(new_plan, origin)


def with_measures(e: Edited, measures: list[Measure], origin: list[tuple[int, ...]]) -> Edited:
    """The same headings over other measures."""
    return settled(e.plan, tuple(origin), list(e.plan.sections), list(e.plan.tasks), tuple(measures))


def find_section(plan: Plan, no: int) -> Section:
    """One section.

    Raises NotFoundError for a number the plan does not have.
    """
    for section in plan.sections:
        if section.no == no:
            return section
    raise NotFoundError(f"方案中没有第 {no} 个一级重点任务。")


def find_task(plan: Plan, no: int) -> Task:
    """One task.

    Raises NotFoundError for a number the plan does not have.
    """
    for task in plan.tasks:
        if task.no == no:
            return task
    raise NotFoundError(f"方案中没有第 {no} 个二级重点任务。")


def headings_of(plan: Plan, section: int | None, task: int | None) -> tuple[int | None, int | None]:
    """Section and task a measure can stand under; a task brings its section along.

    Raises NotFoundError for headings that are not there, InvalidError for a task of another section.
    """
    if section is not None:
        find_section(plan, section)
    if task is None:
        return section, None
    own = find_task(plan, task).section
    if section is not None and own is not None and own != section:
        raise InvalidError("所选的二级重点任务不在所选的一级重点任务之下。", field="task")
    return (own if own is not None else section), task


def _new(numbers: Mapping[int, int], no: int | None) -> int | None:
    return None if no is None else numbers.get(no)


def _below_its_task(measure: Measure, tasks: tuple[Task, ...]) -> Measure:
    """A measure stands in the section of its task."""
    if measure.task is None:
        return measure
    section = tasks[measure.task - 1].section
    return measure if section is None or section == measure.section else replace(measure, section=section)
