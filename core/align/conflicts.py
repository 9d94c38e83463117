"""Where our measures answer a superior one and yet promise less: later, or without its 量化指标."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.model.plan import DeadlineKind, Measure, Target


class ConflictKind(Enum):
    """What is wrong; the value is the word on the screen."""

    LATER = "时限晚于上级"
    TARGET = "缺上级指标"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction of an answer. ``own`` None: none of the answers holds it. ``text`` says it in Chinese."""

    kind: ConflictKind
    superior: int
    own: int | None
    text: str


def conflicts(superior: Measure, answers: Sequence[Measure]) -> tuple[Conflict, ...]:
    """What contradicts a superior measure in the ones that answer it; nothing where none answers.

    Dates are compared by the day on which all of a measure with dates must be done; a measure without one (长期坚持)
    is not late. A target is held when one of the answers asks as much of the same unit of measure.
    """
    if not answers:
        return ()
    wanted = last_day(superior)
    found = [
        Conflict(ConflictKind.LATER, superior.no, own.no, f"我方{_day(ours)}完成，上级要求{_day(wanted)}前完成")
        for own in answers
        if wanted is not None and (ours := last_day(own)) is not None and ours > wanted
    ]
    held = [target for own in answers for target in own.targets]
    found += [
        Conflict(ConflictKind.TARGET, superior.no, None, f"上级要求“{target.text}”，我方没有写明")
        for target in superior.targets
        if not any(_holds(ours, target) for ours in held)
    ]
    return tuple(found)


def last_day(measure: Measure) -> date | None:
    """The day by which everything of a measure that has a date must be done."""
    dated = (DeadlineKind.BY, DeadlineKind.BY_THEN_ONGOING)
    return max((part.date for part in measure.deadlines if part.kind in dated and part.date), default=None)


def _holds(ours: Target, theirs: Target) -> bool:
    """Whether a target of ours asks for as much as theirs."""
    if ours.text == theirs.text:
        return True
    if ours.value is None or theirs.value is None or ours.unit != theirs.unit:
        return False
    if theirs.op in {">=", ">"}:
        return ours.value >= theirs.value
    if theirs.op in {"<=", "<"}:
        return ours.value <= theirs.value
    return ours.value == theirs.value


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
