"""`status`: the figures of a plan on a date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.ledger.figures import Figures, count, rules_for
from core.model.ledger import Status
from core.office.overview import overview
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """Figures by measures, by obligations and by unit; ``by_no`` the status of each measure.

    ``soon_days``: how many days before a date 临近 begins.
    """

    plan: str
    title: str
    as_of: date
    measures: Figures
    obligations: Figures
    units: tuple[tuple[str, Figures], ...]
    by_no: tuple[tuple[int, Status], ...]
    soon_days: int

    def plain(self) -> dict[str, Any]:
        """The shape of `status --json`."""
        return {
            "plan": self.plan,
            "as_of": self.as_of.isoformat(),
            "measures": self.measures.plain(),
            "obligations": self.obligations.plain(),
            "units": [{"unit": unit, **figures.plain()} for unit, figures in self.units],
            "measures_by_no": [
                {
                    "no": no,
                    "state": status.state.value,
                    "due_soon": status.due_soon,
                    "overdue": status.overdue,
                    "done_late": status.done_late,
                    "next_due": status.next_due.isoformat() if status.next_due else None,
                }
                for no, status in self.by_no
            ],
            "rules": rules_for(self.soon_days),
        }


def plan_status(store: Store, plan_key: str | None, as_of: date) -> PlanStatus:
    """Compute the figures.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    by_unit: dict[str, list[Status]] = defaultdict(list)
    for item in view.obligations:
        by_unit[item.unit].append(view.statuses[item.id])
    return PlanStatus(
        plan=view.row.key,
        title=view.plan.title,
        as_of=as_of,
        measures=count(view.measures.values()),
        obligations=count(view.statuses.values()),
        units=tuple((unit, count(statuses)) for unit, statuses in by_unit.items()),
        by_no=tuple(view.measures.items()),
        soon_days=view.clock.soon_days,
    )
