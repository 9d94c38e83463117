"""Points from counts: rates, caps, places."""

from __future__ import annotations

import pytest

from core.ledger.scoring import (
    DEFAULTS,
    DONE_IN_TIME,
    EVIDENCE,
    OVERDUE,
    RETURNED_IN_TIME,
    RULES,
    SENT_BACK,
    Counted,
    ScoreRule,
    has_ground,
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
        (RATE, Counted(0, 0), 0),
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


@pytest.mark.parametrize(
    ("counted", "points"),
    [
        ({RETURNED_IN_TIME: Counted(4, 4), DONE_IN_TIME: Counted(2, 2), EVIDENCE: Counted(2, 2)}, 100),
        ({RETURNED_IN_TIME: Counted(4, 4)}, 100),
        ({RETURNED_IN_TIME: Counted(1, 4)}, 25),
        ({DONE_IN_TIME: Counted(2, 2), EVIDENCE: Counted(0, 2)}, 71.43),
        ({RETURNED_IN_TIME: Counted(4, 4), SENT_BACK: Counted(2, 9)}, 98),
    ],
)
def test_a_rate_of_nothing_is_left_out_and_the_rest_makes_the_same_total(
    counted: dict[str, Counted], points: float
) -> None:
    """What is taken away stays as it is; 逾期完成 has its share in 按期完成."""
    lines = lines_of(DEFAULTS, counted)

    assert round(sum(line.points for line in lines), 2) == points
    assert all(line.points == 0 for line in lines if line.left_out)
    assert {line.rule_key for line in lines if line.base} == counted.keys() - {SENT_BACK}


def test_a_cap_bounds_the_total_that_is_scaled_to() -> None:
    rules = [RATE, ScoreRule(EVIDENCE, "佐证材料", 50, 10, "按比率")]

    assert [line.points for line in lines_of(rules, {EVIDENCE: Counted(3, 3)})] == [0, 60]


def test_a_unit_that_could_get_no_points_is_not_judged() -> None:
    """With a table that only takes away, one that could lose some is; every rule has its words."""
    nothing_due = {SENT_BACK: Counted(0, 7)}
    assert not has_ground(DEFAULTS, nothing_due)
    assert has_ground(DEFAULTS, {RETURNED_IN_TIME: Counted(0, 3)})
    assert has_ground([rule for rule in DEFAULTS if rule.points < 0], nothing_due)
    assert {rule.key for rule in DEFAULTS} == set(RULES)
