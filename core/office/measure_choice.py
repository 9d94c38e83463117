"""The measures of a plan to choose from, without computing anything."""

from __future__ import annotations

from core.model.plan import Measure
from core.office.overview import plan_row
from core.store import plans
from core.store.database import Store


def measures_of(store: Store, plan_key: str | None) -> tuple[Measure, ...]:
    """In the order of the print.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return plans.load(db, row.id).measures
