"""Editing a plan by hand, pure: each operation takes an ``Edited`` and gives another.

Numbers are those of the current plan; ``no`` counts through and is given anew after each operation, labels stay as
they are printed unless they are changed. A text that is cut and put together again is the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypedDict, TypeVar, Unpack

from core.errors import InvalidError
from core.model.edit_headings import (
    add_section,
    add_task,
    change_section,
    change_task,
    delete_section,
    delete_task,
    move_section,
    move_task,
    place_in_headings,
)
from core.model.edited import Edited, begin, headings_of, with_measures
from core.model.plan import Deadline, Measure, Role, Standing, Target

__all__ = [
    "DocumentFields",
    "Edited",
    "MeasureFields",
    "add_measure",
    "add_section",
    "add_task",
    "begin",
    "change_document",
    "change_measure",
    "change_section",
    "change_task",
    "delete_measure",
    "delete_section",
    "delete_task",
    "merge_measures",
    "move_measure",
    "move_section",
    "move_task",
    "split_measure",
]

T = TypeVar("T")


class MeasureFields(TypedDict, total=False):
    """What ``change_measure`` can change; its headings are changed by ``move_measure``."""

    label: str
    text: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]
    division_raw: str | None
    deadline_raw: str | None
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    source: str
    to_verify: bool
    note: str | None


class DocumentFields(TypedDict, total=False):
    """What ``change_document`` can change."""

    title: str
    number: str | None
    issuer: str | None
    date: date | None
    table_title: str | None
    level: str | None
    standing: tuple[Standing, ...]


def change_document(e: Edited, **fields: Unpack[DocumentFields]) -> Edited:
    """Other words for the plan itself: title, 文号, issuer, date …"""
    return replace(e, plan=replace(e.plan, document=replace(e.plan.document, **fields)))


def change_measure(e: Edited, no: int, **fields: Unpack[MeasureFields]) -> Edited:
    """Other fields for a measure.

    Raises NotFoundError for a number the plan does not have.
    """
    at = e.index(no)
    measures = list(e.plan.measures)
    measures[at] = replace(measures[at], **fields)
    return with_measures(e, measures, list(e.origin))


def add_measure(
    e: Edited, after: int | None, *, section: int | None = None, task: int | None = None, text: str = ""
) -> Edited:
    """A new measure after another one; None: as the first of its heading.

    Without a heading it stands under that of the measure it follows.

    Raises NotFoundError for numbers that are not there, InvalidError for a task of another section.
    """
    section, task = headings_of(e.plan, section, task)
    if after is not None and section is None and task is None:
        section, task = e.measure(after).section, e.measure(after).task
    at = place_in_headings(e.plan, section, task) if after is None else e.index(after) + 1
    return _inserted(e, at, Measure(0, "", section, task, text), ())


def delete_measure(e: Edited, no: int) -> Edited:
    """Take a measure out of the plan.

    Raises NotFoundError for a number the plan does not have.
    """
    return _without(e, e.index(no))


def split_measure(e: Edited, no: int, at: int) -> Edited:
    """Cut a measure in two before the character ``at``: the first goes on as the old one, the second is new.

    Both keep division and deadline; what speaks of words that only the second has goes with it.

    Raises NotFoundError for a number the plan does not have, InvalidError for a cut that leaves one of them empty.
    """
    whole = e.measure(no)
    head, tail = whole.text[:at], whole.text[at:]
    if at < 0 or not head.strip() or not tail.strip():
        raise InvalidError("拆分的位置在开头或末尾。", hint="请把光标放在要断开的两句之间。", field="text")
    first = replace(
        whole,
        text=head,
        targets=tuple(t for t in whole.targets if not _is_only_in(t.text, tail, head)),
        deadlines=tuple(d for d in whole.deadlines if not _moves(d, whole, tail, head)),
    )
    second = replace(
        whole,
        label="",
        text=tail,
        note=None,
        targets=tuple(t for t in whole.targets if _is_only_in(t.text, tail, head)),
        deadlines=tuple(d for d in whole.deadlines if not _moves(d, whole, head, tail)),
    )
    measures = list(e.plan.measures)
    measures[e.index(no)] = first
    return _inserted(with_measures(e, measures, list(e.origin)), e.index(no) + 1, second, ())


def merge_measures(e: Edited, no: int, other: int) -> Edited:
    """Put another measure into one: texts in the order of the plan, units with their strongest role, all deadlines.

    ``no`` goes on with its number, label and headings.

    Raises NotFoundError for a number the plan does not have, InvalidError for a measure and itself.
    """
    if e.index(no) == e.index(other):
        raise InvalidError("不能把一项措施与它自己合并。", hint="请选择两项措施。")
    kept, gone = e.measure(no), e.measure(other)
    first, second = (kept, gone) if no < other else (gone, kept)
    units = _strongest(first, second)
    merged = replace(
        kept,
        label=kept.label or gone.label,
        text=first.text + second.text,
        division_raw=_joined(first.division_raw, second.division_raw),
        deadline_raw=_joined(first.deadline_raw, second.deadline_raw),
        deadlines=_each_once(first.deadlines, second.deadlines),
        targets=_each_once(first.targets, second.targets),
        to_verify=kept.to_verify or gone.to_verify,
        note=_joined(first.note, second.note),
        lead=units[Role.LEAD],
        responsible=units[Role.RESPONSIBLE],
        cooperating=units[Role.COOPERATING],
    )
    measures, origin = list(e.plan.measures), list(e.origin)
    measures[no - 1], origin[no - 1] = merged, origin[no - 1] + origin[other - 1]
    return _without(with_measures(e, measures, origin), other - 1)


def move_measure(e: Edited, no: int, *, after: int | None, section: int | None, task: int | None) -> Edited:
    """Put a measure under a heading, after another measure; None: as the first of that heading.

    Raises NotFoundError for numbers that are not there, InvalidError for a task of another section.
    """
    section, task = headings_of(e.plan, section, task)
    at = e.index(no)
    follows = None if after is None else e.index(after)
    moved, numbers = replace(e.measure(no), section=section, task=task), e.origin[at]
    if follows == at:
        measures = [*e.plan.measures[:at], moved, *e.plan.measures[at + 1 :]]
        return with_measures(e, measures, list(e.origin))
    rest = _without(e, at)
    if follows is None:
        return _inserted(rest, place_in_headings(rest.plan, section, task), moved, numbers)
    return _inserted(rest, follows + 1 if follows < at else follows, moved, numbers)


def _inserted(e: Edited, at: int, measure: Measure, numbers: tuple[int, ...]) -> Edited:
    measures, origin = list(e.plan.measures), list(e.origin)
    measures.insert(at, measure)
    origin.insert(at, numbers)
    return with_measures(e, measures, origin)


def _without(e: Edited, at: int) -> Edited:
    measures, origin = list(e.plan.measures), list(e.origin)
    del measures[at], origin[at]
    return with_measures(e, measures, origin)


def _is_only_in(words: str, here: str, there: str) -> bool:
    return bool(words) and words in here and words not in there


def _moves(part: Deadline, whole: Measure, here: str, there: str) -> bool:
    """Whether a date of the text speaks of words that stand only ``here``; a date of a column speaks for all."""
    return whole.deadline_raw is None and part.scope is not None and _is_only_in(part.scope, here, there)


def _joined(first: str | None, second: str | None) -> str | None:
    """Two phrases as one; the same phrase is said once."""
    if not first or not second or first == second:
        return first or second
    return f"{first.rstrip('；。')}；{second}"


def _each_once(first: Iterable[T], second: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _strongest(first: Measure, second: Measure) -> dict[Role, tuple[str, ...]]:
    roles: dict[str, Role] = {}
    for role in Role:
        for name in (*first.names(role), *second.names(role)):
            roles.setdefault(name, role)
    return {role: tuple(name for name, own in roles.items() if own is role) for role in Role}
