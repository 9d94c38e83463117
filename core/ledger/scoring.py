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
"""A hundred points for a unit that owes nothing; why these, stands in docs/decisions.md."""

RULES = {
    RETURNED_IN_TIME: "按时报送率＝报送截止日（含当日）前报送的责任事项÷应报送的责任事项；不指定报送期的，为已截止的各期合计",
    DONE_IN_TIME: "按期完成率＝按期完成的时限项÷（已完成＋逾期未完成）的时限项；完成时限当日完成为按期",
    DONE_LATE: "逾期完成率＝逾期后完成的时限项÷（已完成＋逾期未完成）的时限项",
    EVIDENCE: "佐证率＝有佐证材料的已完成责任事项÷（已完成＋逾期未完成）的责任事项",
    OVERDUE: "截至统计日逾期仍未完成的时限项，每项扣分；指定报送期的，也按统计日计",
    SENT_BACK: "截至统计日被审核退回的次数，改好后仍计，每次扣分",
}
"""What each rule counts, in the words that are shown beside it. A rate of nothing is a full one."""
FULL_RATE_OF_NOTHING = {RETURNED_IN_TIME, DONE_IN_TIME, EVIDENCE}
"""Where nothing was expected, nothing was missed; but nobody gets points for being late with nothing."""


def line_of(rule: ScoreRule, counted: Counted) -> ScoreLine:
    """What a rule gives for what was counted, within its cap, rounded to hundredths of a point."""
    if rule.per == Per.RATE.value:
        empty = 1.0 if rule.key in FULL_RATE_OF_NOTHING else 0.0
        points = rule.points * (counted.count / counted.base if counted.base else empty)
    else:
        points = rule.points * counted.count
    if rule.cap is not None:
        points = max(-rule.cap, min(rule.cap, points))
    base = counted.base if rule.per == Per.RATE.value else None
    # adding zero makes a plain 0 of −0
    return ScoreLine(rule.key, rule.title, counted.count, round(points, 2) + 0.0, counted.obligations, base)


def lines_of(rules: Iterable[ScoreRule], counted: Mapping[str, Counted]) -> tuple[ScoreLine, ...]:
    """A line for each rule that is on."""
    return tuple(line_of(rule, counted.get(rule.key, Counted())) for rule in rules if rule.active)


def places(values: Sequence[object]) -> tuple[int, ...]:
    """Places from 1 of values that are sorted best first; equal ones share the place, the next place is left out."""
    found: list[int] = []
    for index, value in enumerate(values):
        found.append(found[-1] if index and value == values[index - 1] else index + 1)
    return tuple(found)
