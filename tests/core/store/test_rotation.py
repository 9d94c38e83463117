"""Which backups stay, over a year and more of dates."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from core.store.rotation import DAYS, LATEST, MONTHS, WEEKS, kept

BEGIN = datetime(2025, 1, 2, 8, 30)


def a_year(*, a_day: int = 3, days: int = 400) -> list[datetime]:
    """Openings on working days, ``a_day`` each."""
    return [
        BEGIN + timedelta(days=day, hours=2 * number)
        for day in range(days)
        if (BEGIN + timedelta(days=day)).weekday() < 5
        for number in range(a_day)
    ]


def lived(times: list[datetime]) -> list[datetime]:
    """What is left when the rule is applied after every backup, as the program does."""
    left: list[datetime] = []
    for at in times:
        left = sorted(kept([*left, at]))
    return left


def test_a_year_leaves_days_weeks_months_and_the_year_before() -> None:
    times = a_year()
    left = lived(times)

    assert left[-LATEST:] == times[-LATEST:]
    newest_of_day = {at.date(): at for at in times}
    assert set(sorted(newest_of_day.values())[-DAYS:]) <= set(left)
    assert len({(at.year, at.month) for at in left}) == MONTHS
    assert {at.year for at in left} == {2025, 2026}
    assert len(left) <= LATEST + DAYS + WEEKS + MONTHS + 1


def test_what_the_rule_keeps_at_the_end_is_what_it_kept_on_the_way() -> None:
    """The newest of a month is never taken away before its month is over and counted."""
    times = a_year(a_day=1)
    months = {(at.year, at.month): at for at in times}
    assert set(sorted(months.values())[-MONTHS:]) <= set(lived(times))


def test_it_is_a_rule_of_the_dates_alone() -> None:
    """Whatever the order, applied twice or once; the newest always stays; a rest of the office costs nothing."""
    chance = random.Random(3)
    times = a_year(a_day=2)
    for _ in range(20):
        some = chance.sample(times, 60)
        left = kept(some)
        assert left == kept(left) == kept(reversed(some))
        assert max(some) in left
        late = max(some) + timedelta(days=300)
        assert len(kept([*some, late]) - {late}) >= len(left) - 3


def test_few_all_stay() -> None:
    assert kept([]) == frozenset()
    few = a_year(a_day=1, days=9)
    assert kept(few) == set(few)


def test_a_clock_that_was_wrong_for_a_day_costs_no_old_backup() -> None:
    """One from the year 2099 takes one place, not all of them."""
    left = lived([*a_year(days=60), datetime(2099, 1, 1), *a_year(days=90)[-30:]])
    assert datetime(2099, 1, 1) in left
    assert len({(at.year, at.month) for at in left if at.year == 2025}) == 4
