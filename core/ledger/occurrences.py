"""Due dates of recurring deadlines (rule 6)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

_MONTHS = {"yearly": (12,), "halfyearly": (6, 12), "quarterly": (3, 6, 9, 12), "monthly": tuple(range(1, 13))}
_FEBRUARY = 2


@lru_cache(maxsize=1024)
def occurrences(recur: str, after: date, until: date) -> tuple[date, ...]:
    """The due dates after ``after``, up to and with the first one on or past ``until``.

    ``recur`` as in the contract: yearly-MM-DD (yearly-02-28 means the last day of February), yearly,
    halfyearly, quarterly, monthly (the last day of each).

    Raises ValueError for any other word.
    """
    dates = []
    for day in _all_from(recur, after.year):
        if day <= after:
            continue
        dates.append(day)
        if day >= until:
            return tuple(dates)
    return tuple(dates)


def _all_from(recur: str, year: int) -> Iterator[date]:
    months, day = _pattern(recur)
    while year <= date.max.year:
        for month in months:
            yield date(year, month, min(day, calendar.monthrange(year, month)[1]))
        year += 1


def _pattern(recur: str) -> tuple[tuple[int, ...], int]:
    if recur in _MONTHS:
        return _MONTHS[recur], 31
    head, month, day = recur.split("-")
    if head != "yearly":
        raise ValueError(recur)
    is_february_end = (int(month), int(day)) == (_FEBRUARY, 28)
    return (int(month),), 31 if is_february_end else int(day)


def day_before(day: date) -> date:
    """The day before; the first day of the calendar stays."""
    return day - timedelta(days=1) if day > date.min else day
