"""Which period a document is about where nobody has said it."""

from __future__ import annotations

from datetime import date

from core.ledger.periods import PeriodKind, kind_of
from core.model.ledger import Period
from core.office.periods import period_of, periods
from core.store.database import Store

_CALENDAR = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)


def chosen_period(store: Store, plan_key: str, key: str | None, as_of: date) -> Period:
    """The period of that key; for None the newest one that had begun by the date.

    Raises InvalidError for a key that means nothing.
    """
    if key is not None:
        return period_of(store, plan_key, key)
    found = [period for period in periods(store, plan_key, as_of) if period.first_day <= as_of]
    calendar = [period for period in found if kind_of(period.key) in _CALENDAR]
    return (calendar or found or [period_of(store, plan_key, f"{as_of.year}Q{(as_of.month + 2) // 3}")])[0]
