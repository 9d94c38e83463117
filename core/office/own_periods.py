"""Which of the file's periods are a plan's, and the day that counts as the cut-off of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from sqlite3 import Connection

from core.ledger.periods import is_of_plan
from core.ledger.workdays import next_workday
from core.model.ledger import Period
from core.office import ledger_settings
from core.store import holidays, periods, plans


def own_periods(db: Connection, plan_key: str | None) -> tuple[Period, ...]:
    """The periods of the file that a plan has: the shared ones, and its own 中期, 终期 and reports.

    None: the first plan of the file.
    """
    first = plans.first_key(db)
    key = plan_key or first or ""
    return tuple(p for p in periods.listing(db) if is_of_plan(p.key, key, is_first=key == first))


def in_force(db: Connection, plan_key: str | None) -> tuple[Period, ...]:
    """The same, each with the cut-off that counts."""
    found = own_periods(db, plan_key)
    if not ledger_settings.of_file(db).cut_off_moves:
        return found
    days = cut_offs(db, (period.cut_off for period in found))
    return tuple(replace(period, cut_off=days[period.cut_off]) for period in found)


def effective_cut_off(db: Connection, period: Period) -> date:
    """The cut-off that counts: moved on from a holiday or weekend where the office wants that."""
    if not ledger_settings.of_file(db).cut_off_moves:
        return period.cut_off
    return cut_offs(db, [period.cut_off])[period.cut_off]


def cut_offs(db: Connection, days: Iterable[date]) -> dict[date, date]:
    """For each day the working day it moves on to."""
    known = holidays.listing(db)
    return {day: next_workday(day, known) for day in set(days)}
