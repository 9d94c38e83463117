"""Which deadlines are in force after adjustments, and which date stood before."""

from __future__ import annotations

from datetime import date

from core.ledger.adjusted import date_before, in_force, moved
from core.model.adjustment import Adjusted, Adjustment, Terms
from core.model.plan import Deadline, DeadlineKind

FIRST, SECOND, THIRD = date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)


def by(day: date, scope: str | None = None) -> Deadline:
    return Deadline(DeadlineKind.BY, day, None, scope)


def act(number: int, old: Deadline, new: Deadline, obligation: int | None = None) -> Adjustment:
    terms = Terms(deadlines=(old,)), Terms(deadlines=(new,))
    return Adjustment(
        number, "", "", 1, "甲局" if obligation else None, obligation, Adjusted.DEADLINE, *terms, "号", ""
    )


def test_without_a_postponement_the_deadlines_of_the_measure_hold() -> None:
    """Another unit's does not count."""
    parts = (by(FIRST),)

    assert in_force(parts, [act(1, by(FIRST), by(SECOND), obligation=8)], 7) == parts


def test_the_newest_postponement_of_each_part_holds() -> None:
    parts = (by(FIRST, "甲"), by(FIRST, "乙"))
    acts = [act(1, parts[0], by(THIRD, "甲"), 7), act(2, by(THIRD, "甲"), by(SECOND, "甲"), 7)]

    assert in_force(parts, acts, 7) == (by(SECOND, "甲"), by(FIRST, "乙"))


def test_a_later_adjustment_of_the_measure_gives_but_does_not_take() -> None:
    """The later date of the two."""
    own = act(1, by(FIRST), by(SECOND), 7)

    assert in_force((by(THIRD),), [own, act(2, by(FIRST), by(THIRD))], 7) == (by(THIRD),)
    assert in_force((by(FIRST),), [own, act(2, by(THIRD), by(FIRST))], 7) == (by(SECOND),)


def test_what_became_ongoing_has_no_date_for_anybody() -> None:
    ongoing = (Deadline(DeadlineKind.ONGOING),)

    assert in_force(ongoing, [act(1, by(FIRST), by(SECOND), 7)], 7) == ongoing


def test_parts_belong_together_by_scope_else_by_place() -> None:
    """Order may change; a scope with other words keeps its place; equal scopes are told apart by place."""
    assert moved((by(FIRST, "甲"), by(THIRD, "乙")), (by(THIRD, "乙"), by(SECOND, "甲"))) == (
        (by(FIRST, "甲"), by(SECOND, "甲")),
    )
    assert moved((by(FIRST, "甲"),), (by(SECOND, "甲项"),)) == ((by(FIRST, "甲"), by(SECOND, "甲项")),)
    assert moved((by(FIRST), by(SECOND)), (by(FIRST), by(THIRD))) == ((by(SECOND), by(THIRD)),)
    three = (by(FIRST, "甲"), by(SECOND, "乙"), by(THIRD, "丙"))
    assert moved(three, three[1:]) == ((three[0], None),)
    assert moved(three, three[2:]) == ((three[0], None), (three[1], None))


def test_one_part_for_all_becomes_several_and_back() -> None:
    """What kept its date has not moved."""
    one, several = by(FIRST), (by(FIRST, "甲"), by(SECOND, "乙"))

    assert moved((one,), several) == ((one, several[1]),)
    assert moved(several, (by(THIRD),)) == ((several[0], by(THIRD)), (several[1], by(THIRD)))
    assert date_before(several, (by(THIRD),), THIRD) == SECOND


def test_the_date_before_is_told_of_the_one_that_is_shown() -> None:
    old, now = (by(FIRST, "甲"), by(THIRD, "乙")), (by(SECOND, "甲"), by(THIRD, "乙"))

    assert date_before(old, now, SECOND) == FIRST
    assert date_before(old, now, THIRD) is None
