"""Which obligations fall due between two days, and what a week is."""

from __future__ import annotations

from datetime import date, timedelta

from core.office.overview import Overview


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def due_between(view: Overview, first: date, last: date) -> tuple[int, ...]:
    """Obligations whose next open date lies between two days, by date and measure."""
    found = [
        (due, item.measure, item.id)
        for item in view.obligations
        if (due := view.statuses[item.id].next_due) is not None and first <= due <= last
    ]
    return tuple(key for _, _, key in sorted(found))
