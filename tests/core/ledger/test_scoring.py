"""Points from counts: rates, caps, places."""

from __future__ import annotations

import pytest

from core.ledger.scoring import (
    DEFAULTS,
    DONE_IN_TIME,
    DONE_LATE,
    OVERDUE,
    RULES,
    Counted,
    ScoreRule,
    line_of,
    lines_of,
    places,
)

RATE = ScoreRule(DONE_IN_TIME, "按期完成", 50, None, "按比率")
EACH = ScoreRule(OVERDUE, "逾期未完成", -2, 20)


@pytest.mark.parametrize(
    ("rule", "counted", "points"),
    [
        (RATE, Counted(3, 4), 37.5),
        (RATE, Counted(0, 4), 0),
        (RATE, Counted(1, 3), 16.67),
        (RATE, Counted(0, 0), 50),
        (ScoreRule(DONE_LATE, "逾期完成", 25, None, "按比率"), Counted(0, 0), 0),
        (ScoreRule(DONE_IN_TIME, "按期完成", 50, 30, "按比率"), Counted(4, 4), 30),
        (EACH, Counted(3), -6),
        (EACH, Counted(10), -20),
        (EACH, Counted(11), -20),
        (EACH, Counted(0), 0),
        (ScoreRule(DONE_IN_TIME, "按期完成", 2, 5), Counted(3, 3), 5),
        (ScoreRule(DONE_IN_TIME, "按期完成", 0.5), Counted(3, 3), 1.5),
    ],
)
def test_points_of_a_rule(rule: ScoreRule, counted: Counted, points: float) -> None:
    """A rate gives its share of the points, each one so many, and never more than the cap."""
    line = line_of(rule, counted)

    assert line.points == points
    assert str(line.points)[0] != "-" or line.points < 0
    assert line.base == (counted.base if rule.per == "按比率" else None)


def test_a_rule_that_is_off_gives_no_line() -> None:
    rules = [RATE, ScoreRule(OVERDUE, "逾期未完成", -2, 20, active=False)]

    assert [line.rule_key for line in lines_of(rules, {OVERDUE: Counted(4)})] == [DONE_IN_TIME]


def test_equals_share_their_place() -> None:
    assert places([90, 80, 80, 70]) == (1, 2, 2, 4)
    assert places([]) == ()


def test_by_default_a_unit_that_owes_nothing_has_a_hundred_points() -> None:
    """And every rule has its words."""
    assert sum(line.points for line in lines_of(DEFAULTS, {})) == 100
    assert {rule.key for rule in DEFAULTS} == set(RULES)
