"""Which backups are kept: the last ones, and further back the newest of each day, week, month and year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime

LATEST, DAYS, WEEKS, MONTHS = 10, 7, 5, 12
"""So many of the last backups whatever their day, and the newest of so many days, weeks and months that have one."""

WORDS = f"最近 {LATEST} 份都保留，更早的按每天、每周、每月各留最新一份（{DAYS} 天、{WEEKS} 周、{MONTHS} 个月），往年每年一份"
"""The same for a person."""

_PERIODS: tuple[tuple[int | None, Callable[[datetime], Hashable]], ...] = (
    (DAYS, lambda at: at.date()),
    (WEEKS, lambda at: at.isocalendar()[:2]),
    (MONTHS, lambda at: (at.year, at.month)),
    (None, lambda at: at.year),
)


def kept(times: Iterable[datetime]) -> frozenset[datetime]:
    """Those of ``times`` whose backups stay.

    Periods without a backup do not count, so that an office that opens its ledger rarely, or a clock that was wrong
    for a day, costs no old backup. Nothing depends on today: what is kept is kept until newer ones take its place.
    """
    newest_first = sorted(set(times), reverse=True)
    found = set(newest_first[:LATEST])
    for most, period in _PERIODS:
        found |= _newest_of_each(newest_first, most, period)
    return frozenset(found)


def _newest_of_each(
    newest_first: Sequence[datetime], most: int | None, period: Callable[[datetime], Hashable]
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for at in newest_first:
        newest.setdefault(period(at), at)
    return set(list(newest.values())[:most])
