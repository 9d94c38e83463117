"""报送期: what a key means for a plan, and which ones there are to choose from."""

from __future__ import annotations

from datetime import date, datetime

from core.ledger import periods as rules
from core.model.ledger import Period
from core.model.plan import Plan
from core.office.overview import plan_row
from core.store import periods as rows
from core.store import plans
from core.store.database import Store


def period_of(store: Store, plan_key: str | None, key: str) -> Period:
    """A period of the file by key or title, else what the key means.

    Raises InvalidError when it means nothing.
    """
    with store.reading() as db:
        known = rows.find(db, key)
    if known is not None:
        return known
    return rules.parse(key, span=span_of(_plan(store, plan_key)))


def periods(store: Store, plan_key: str | None, as_of: date) -> tuple[Period, ...]:
    """Periods to choose from, newest first: those of the file and the quarters of the plan up to the date."""
    with store.reading() as db:
        known = {period.key: period for period in rows.listing(db)}
    first, _ = span_of(_plan(store, plan_key))
    quarter = rules.quarter_of(as_of)
    while True:
        known.setdefault(quarter.key, quarter)
        if quarter.first_day <= first:
            break
        quarter = rules.quarter_of(date.fromordinal(quarter.first_day.toordinal() - 1))
    return tuple(sorted(known.values(), key=lambda p: (p.first_day, p.last_day), reverse=True))


def span_of(plan: Plan | None) -> tuple[date, date]:
    """First and last day of a plan: its date and its last dated deadline; this year when it has neither."""
    today = datetime.now().astimezone().date()
    dates = [d.date for m in plan.measures for d in m.deadlines if d.date] if plan else []
    first = plan.document.date if plan and plan.document.date else min(dates, default=date(today.year, 1, 1))
    return first, max([*dates, first], default=date(today.year, 12, 31))


def _plan(store: Store, plan_key: str | None) -> Plan | None:
    with store.reading() as db:
        if not plans.listing(db):
            return None
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return plans.load(db, row.id)
