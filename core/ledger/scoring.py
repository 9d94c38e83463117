"""考核评分: points from counts by an editable table of rules; each score keeps what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Per(StrEnum):
    """What the points of a rule are given for; the value is the word in the file and on the screen."""

    EACH = "每项"
    """So many points for each one that is counted."""
    RATE = "按比率"
    """The points are those of a full rate: points × count ÷ base."""


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """One line of the table. ``points`` below zero are taken away; ``cap`` is the most that the line gives or takes."""

    key: str
    title: str
    points: float
    cap: float | None = None
    per: str = Per.EACH.value
    active: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """What a rule counts for one unit: ``count`` out of ``base``, and the obligations behind it."""

    count: int = 0
    base: int = 0
    obligations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one rule gave one unit. ``base`` is what the rate is of, None where each one counts.

    ``obligations``: those that are counted; of 按时报送 and 佐证材料 those that are missing.
    """

    rule_key: str
    title: str
    count: int
    points: float
    obligations: tuple[int, ...]
    base: int | None = None
    left_out: bool = False
    """Nothing is behind this rate: it does not count for the unit."""
    factor: float = 1.0
    """By what the points were multiplied because of the rates that are left out."""


RETURNED_IN_TIME, DONE_IN_TIME, DONE_LATE = "returned_in_time", "done_in_time", "done_late"
OVERDUE, SENT_BACK, EVIDENCE = "overdue", "sent_back", "evidence"

DEFAULTS = (
    ScoreRule(RETURNED_IN_TIME, "按时报送", 30, None, Per.RATE.value),
    ScoreRule(DONE_IN_TIME, "按期完成", 50, None, Per.RATE.value),
    ScoreRule(DONE_LATE, "逾期完成", 25, None, Per.RATE.value),
    ScoreRule(EVIDENCE, "佐证材料", 20, None, Per.RATE.value),
    ScoreRule(OVERDUE, "逾期未完成", -2, 20),
    ScoreRule(SENT_BACK, "退回修改", -1, 10),
)
"""A hundred points for a unit that met all that was due; why these, stands in docs/decisions.md."""

RULES = {
    RETURNED_IN_TIME: "按时报送率＝报送截止日（含当日）前报送的责任事项÷应报送的责任事项；不指定报送期的，为已截止的各期合计",
    DONE_IN_TIME: "按期完成率＝按期完成的时限项÷（已完成＋逾期未完成）的时限项；完成时限当日完成为按期",
    DONE_LATE: "逾期完成率＝逾期后完成的时限项÷（已完成＋逾期未完成）的时限项",
    EVIDENCE: "佐证率＝有佐证材料的已完成责任事项÷（已完成＋逾期未完成）的责任事项",
    OVERDUE: "截至统计日逾期仍未完成的时限项，每项扣分；指定报送期的，也按统计日计",
    SENT_BACK: "截至统计日被审核退回的次数，改好后仍计，每次扣分",
}
"""What each rule counts, in the words that are shown beside it."""
LEFT_OUT, REST_SCALED = "没有应报（到期）的事项，不计此项", "其余按比例折算"
"""What is said of a rate with nothing behind it, and of the others where such a one is left out."""
_SAME_BASE = {DONE_LATE: DONE_IN_TIME}
"""Rates of one base share their points: what was done in time was not done late."""
_NOTHING = Counted()


def line_of(rule: ScoreRule, counted: Counted, factor: float = 1.0) -> ScoreLine:
    """What a rule gives for what was counted, within its cap, rounded to hundredths of a point.

    ``factor``: what the points of a rate are multiplied by; those that are taken away stay as they are.
    """
    is_rate = rule.per == Per.RATE.value
    left_out = is_rate and not counted.base
    scale = factor if _gives_rate(rule) and not left_out else 1.0
    points = 0.0 if left_out else rule.points * (counted.count / counted.base if is_rate else counted.count)
    if rule.cap is not None:
        points = max(-rule.cap, min(rule.cap, points))
    return ScoreLine(
        rule.key,
        rule.title,
        counted.count,
        round(points * scale, 2) + 0.0,  # adding zero makes a plain 0 of −0
        counted.obligations,
        counted.base if is_rate else None,
        left_out,
        scale,
    )


def lines_of(rules: Iterable[ScoreRule], counted: Mapping[str, Counted]) -> tuple[ScoreLine, ...]:
    """A line for each rule that is on; a rate with nothing behind it is left out, the others make up for it."""
    active = [rule for rule in rules if rule.active]
    present = _full([rule for rule in active if counted.get(rule.key, _NOTHING).base])
    factor = _full(active) / present if present else 1.0
    return tuple(line_of(rule, counted.get(rule.key, _NOTHING), factor) for rule in active)


def has_ground(rules: Iterable[ScoreRule], counted: Mapping[str, Counted]) -> bool:
    """Whether a unit could have got points at all; where no rule gives any, whether one could take some."""
    active = [rule for rule in rules if rule.active]
    judged = [rule for rule in active if rule.points > 0] or active
    return not judged or any(counted.get(rule.key, _NOTHING).base for rule in judged)


def _gives_rate(rule: ScoreRule) -> bool:
    return rule.per == Per.RATE.value and rule.points > 0


def _full(rules: Iterable[ScoreRule]) -> float:
    """The most that rates give together."""
    most: dict[str, float] = {}
    for rule in rules:
        if _gives_rate(rule):
            key = _SAME_BASE.get(rule.key, rule.key)
            points = rule.points if rule.cap is None else min(rule.points, rule.cap)
            most[key] = max(most.get(key, 0.0), points)
    return sum(most.values())


def places(values: Sequence[object]) -> tuple[int, ...]:
    """Places from 1 of values that are sorted best first; equal ones share the place, the next place is left out."""
    found: list[int] = []
    for index, value in enumerate(values):
        found.append(found[-1] if index and value == values[index - 1] else index + 1)
    return tuple(found)
