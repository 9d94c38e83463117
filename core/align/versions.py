"""A new version of a plan: what stayed, moved, changed, came and went.

Each old measure goes on in one new one at most. Equal texts are the same measure; of the others the likest two go
together, as long as they share enough that two measures of one plan never do. What is left has come or gone; where
most of its words stand in a measure that went on, it was split off or merged, and that is told. The clerk confirms:
``difference`` takes any pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from core.align.likeness import Described, describe
from core.align.weights import Weights
from core.model.division import printed_division
from core.model.edited import Edited, begin
from core.model.plan import Measure, Plan

Pair = tuple[int, int]
"""Number in the old version, number in the new one."""

_SAME_MEASURE = 0.45
"""Least likeness of the texts of a changed measure: in the bundled plans one pair of different measures lies above."""
_IN_PLACE = 0.2
"""Least likeness where place and heading speak for it too: a short measure is soon another one by its words."""
_INSIDE = 0.6
"""So much of a measure's words stands in the one it was split off from or went into."""


class Field(Enum):
    """What of a measure is another; the value is the word on the screen."""

    LABEL = "编号"
    HEADING = "重点任务"
    TEXT = "具体措施"
    DIVISION = "责任分工"
    DEADLINE = "完成时限"
    TARGETS = "量化指标"


@dataclass(frozen=True, slots=True)
class Kept:
    """A measure that goes on. ``is_moved``: under another heading, or past others that go on too.

    ``changed`` holds neither the number nor the heading; ``likeness`` of the texts is 0 to 1.
    """

    old: int
    new: int
    likeness: float
    is_moved: bool
    changed: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a plan held against each other; all numbers in the order of their version.

    ``came_from``: for a new measure the old one it was split off from; ``went_into``: for an old measure the new one
    it was merged into. Only where that can be told.
    """

    kept: tuple[Kept, ...]
    came: tuple[int, ...]
    went: tuple[int, ...]
    came_from: Mapping[int, int]
    went_into: Mapping[int, int]

    @property
    def moved(self) -> tuple[Kept, ...]:
        """Those at another place."""
        return tuple(kept for kept in self.kept if kept.is_moved)

    @property
    def changed(self) -> tuple[Kept, ...]:
        """Those with another text, division, deadline or target."""
        return tuple(kept for kept in self.kept if kept.changed)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both versions as they are compared."""

    old: dict[int, Described]
    new: dict[int, Described]
    weights: Weights

    def likeness(self, pair: Pair) -> float:
        one, other = self.old[pair[0]].text, self.new[pair[1]].text
        return 1.0 if one == other else self.weights.cosine(one, other)


def compare(old: Plan, new: Plan) -> Difference:
    """What the new version made of the old one, as far as the texts tell."""
    return difference(old, new, pairs(old, new))


def pairs(old: Plan, new: Plan) -> tuple[Pair, ...]:
    """Which old measure goes on in which new one, in the order of the old version."""
    sides = _sides(old, new)
    alike = _alike(old, new, sides)
    found = _one_to_one([(one, other) for likeness, _, one, other in alike if likeness >= _SAME_MEASURE], {})
    first, second = _neighbours(old), _neighbours(new)

    def is_beside(one: int, other: int) -> bool:
        """Whether the measures before them, or those behind them, go together."""
        return any(found.get(mine) == yours for mine, yours in zip(first[one], second[other], strict=True) if mine)

    in_place = [(one, other) for _, is_apart, one, other in alike if not is_apart and is_beside(one, other)]
    return tuple(sorted(_one_to_one(in_place, found).items()))


def _neighbours(plan: Plan) -> dict[int, tuple[int, int]]:
    """For each measure the numbers of the one before and the one behind; 0 at the ends."""
    numbers = [0, *(measure.no for measure in plan.measures), 0]
    return {no: (numbers[at - 1], numbers[at + 1]) for at, no in enumerate(numbers[1:-1], 1)}


def _one_to_one(alike: Iterable[Pair], known: Mapping[int, int]) -> dict[int, int]:
    """Each measure with the first one that is still free."""
    found, taken = dict(known), set(known.values())
    for one, other in alike:
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def difference(old: Plan, new: Plan, confirmed: Iterable[Pair]) -> Difference:
    """The two versions with these pairs.

    Raises ValueError for a pair of numbers that are not there, or one measure in two pairs.
    """
    sides = _sides(old, new)
    together = _checked(confirmed, sides)
    in_order = _longest_rise([other for _, other in together])
    ours = {measure.no: measure for measure in old.measures}
    theirs = {measure.no: measure for measure in new.measures}
    kept = tuple(
        Kept(
            one,
            other,
            round(sides.likeness((one, other)), 3),
            other not in in_order or heading(old, ours[one]) != heading(new, theirs[other]),
            tuple(_changed(ours[one], theirs[other])),
        )
        for one, other in together
    )
    went = tuple(no for no in sides.old if no not in {one for one, _ in together})
    came = tuple(no for no in sides.new if no not in {other for _, other in together})
    into = {no: at for no in went if (at := _holder(sides.old[no], sides.new, sides.weights, came)) is not None}
    out_of = {no: at for no in came if (at := _holder(sides.new[no], sides.old, sides.weights, went)) is not None}
    return Difference(kept, came, went, out_of, into)


def as_edit(new: Plan, together: Iterable[Pair], merged: Mapping[int, int] | None = None) -> Edited:
    """The new version as an edit of the old one: measures that go on keep their rows, and what hangs on them.

    ``merged``: old measures that the clerk lets go on in a new one that another old one goes on in.
    """
    origin = {other: [one] for one, other in together}
    for gone, at in (merged or {}).items():
        origin[at].append(gone)
    in_order = tuple(sorted(new.measures, key=lambda measure: measure.no))
    settled = begin(replace(new, measures=in_order))
    return Edited(settled.plan, tuple(tuple(origin.get(measure.no, ())) for measure in in_order))


def heading(plan: Plan, measure: Measure) -> tuple[str, str]:
    """The titles of section and task a measure stands under."""
    section = next((one.title for one in plan.sections if one.no == measure.section), "")
    task = next((one.title for one in plan.tasks if one.no == measure.task), "")
    return section, task


def _sides(old: Plan, new: Plan) -> _Sides:
    first, second = describe(old), describe(new)
    weights = Weights(one.text for one in (*first, *second))
    return _Sides({one.no: one for one in first}, {one.no: one for one in second}, weights)


def _alike(old: Plan, new: Plan, sides: _Sides) -> list[tuple[float, bool, int, int]]:
    """Pairs that may be one measure, the likest first: likeness, whether their headings differ, the two numbers.

    Of equally alike ones those under one heading come first, then those nearest to each other.
    """
    first = {measure.no: heading(old, measure) for measure in old.measures}
    second = {measure.no: heading(new, measure) for measure in new.measures}
    found = []
    for one in sides.old:
        for other in sides.new:
            likeness = sides.likeness((one, other))
            if likeness >= _IN_PLACE:
                found.append((-likeness, first[one] != second[other], abs(one - other), one, other))
    return [(-negative, is_apart, one, other) for negative, is_apart, _, one, other in sorted(found)]


def _checked(confirmed: Iterable[Pair], sides: _Sides) -> list[Pair]:
    together = sorted(set(confirmed))
    for side, numbers in ((sides.old, [one for one, _ in together]), (sides.new, [other for _, other in together])):
        if len(numbers) != len(set(numbers)) or not set(numbers) <= side.keys():
            raise ValueError(together)
    return together


def _changed(old: Measure, new: Measure) -> Iterable[Field]:
    if old.text != new.text:
        yield Field.TEXT
    units = [(one.lead, one.responsible, one.cooperating) for one in (old, new)]
    # a name that print had broken and the new version has right is no other duty
    if units[0] != units[1] or printed_division(old) != printed_division(new):
        yield Field.DIVISION
    if (old.deadlines, old.deadline_raw) != (new.deadlines, new.deadline_raw):
        yield Field.DEADLINE
    if old.targets != new.targets:
        yield Field.TARGETS


def _holder(one: Described, others: Mapping[int, Described], weights: Weights, but: Iterable[int]) -> int | None:
    """The measure that holds most of another one's words, None where none holds enough."""
    whole = weights.total(one.text)
    left_out = set(but)
    best = max(
        ((weights.total(one.text & other.text), -no) for no, other in others.items() if no not in left_out),
        default=(0, 0),
    )
    return -best[1] if whole and best[0] >= _INSIDE * whole else None


def _longest_rise(numbers: list[int]) -> set[int]:
    """The largest part of a sequence of different numbers that rises: what stays in order."""
    ends: list[int] = []
    places: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        places.append(at)
    found: set[int] = set()
    wanted = len(ends) - 1
    for number, at in zip(reversed(numbers), reversed(places), strict=True):
        if at == wanted:
            found.add(number)
            wanted -= 1
    return found
