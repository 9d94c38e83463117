from __future__ import annotations

from datetime import date

import pytest

from core.align.conflicts import ConflictKind, conflicts
from core.model.plan import Deadline, DeadlineKind, Measure, Target


def measure(no: int, *deadlines: Deadline, targets: tuple[Target, ...] = ()) -> Measure:
    return Measure(no, str(no), None, None, "措施", deadlines=deadlines, targets=targets)


def by(day: date, kind: DeadlineKind = DeadlineKind.BY) -> Deadline:
    return Deadline(kind, day)


HOURS = Target("不少于60学时", op=">=", value=60, unit="学时")


def test_our_later_date_is_told_with_both_dates():
    theirs, ours = measure(4, by(date(2024, 12, 31))), measure(9, by(date(2025, 12, 31)))

    (found,) = conflicts(theirs, [ours])

    assert (found.kind, found.superior, found.own) == (ConflictKind.LATER, 4, 9)
    assert found.text == "我方2025年12月31日完成，上级要求2024年12月31日前完成"


@pytest.mark.parametrize("ours", [by(date(2024, 12, 31)), by(date(2024, 6, 30)), Deadline(DeadlineKind.ONGOING)])
def test_the_same_day_an_earlier_one_and_none_are_not_late(ours):
    assert conflicts(measure(1, by(date(2024, 12, 31), DeadlineKind.BY_THEN_ONGOING)), [measure(1, ours)]) == ()


def test_the_last_part_of_a_deadline_counts():
    ours = measure(1, by(date(2024, 6, 30)), by(date(2025, 6, 30)))

    assert [c.kind for c in conflicts(measure(1, by(date(2024, 12, 31))), [ours])] == [ConflictKind.LATER]


def test_a_target_of_theirs_that_none_of_ours_holds_is_told_once():
    less = measure(1, targets=(Target("不少于40学时", op=">=", value=40, unit="学时"),))

    (found,) = conflicts(measure(5, targets=(HOURS,)), [less, measure(2)])

    assert (found.kind, found.own, found.text) == (ConflictKind.TARGET, None, "上级要求“不少于60学时”，我方没有写明")


@pytest.mark.parametrize(
    "ours",
    [HOURS, Target("每人80学时", op="=", value=80, unit="学时"), Target("70学时以上", op=">=", value=70, unit="学时")],
)
def test_as_much_or_more_holds_a_target(ours):
    assert conflicts(measure(5, targets=(HOURS,)), [measure(1), measure(2, targets=(ours,))]) == ()


def test_a_measure_that_nobody_answers_is_a_gap_and_no_conflict():
    assert conflicts(measure(5, by(date(2024, 12, 31)), targets=(HOURS,)), []) == ()
