"""Working days: weekends and the published arrangement of a year's holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from core.model.holiday import Holiday

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def next_workday(day: date, holidays: Iterable[Holiday]) -> date:
    """The day itself when offices are open, else the first day after it on which they are."""
    known = {holiday.day: holiday.is_workday for holiday in holidays}
    while not known.get(day, day.weekday() < _SATURDAY) and day < date.max:
        day += _ONE_DAY
    return day
