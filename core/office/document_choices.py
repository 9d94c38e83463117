"""What the options of a document can be chosen from, for one plan."""

from __future__ import annotations

from dataclasses import dataclass

from core.office import aligning
from core.office.overview import plan_row
from core.store import obligations, plans
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class Choices:
    """``measures``: how many the plan has; ``sections``: number, label with title, how many measures."""

    measures: int
    sections: tuple[tuple[int, str, int], ...]
    units: tuple[str, ...]
    """Those with something to do in the plan."""
    superiors: tuple[tuple[str, str], ...] = ()
    """Key and title of plans in whose order a report can be written (对照上级)."""


def choices(store: Store, plan_key: str | None) -> Choices:
    """Read them.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
        units = obligations.unit_names(db, row.id)
    found = [measure.section for measure in plan.measures]
    sections = tuple((one.no, f"{one.label}{one.title}", found.count(one.no)) for one in plan.sections)
    superiors = tuple((one.key, one.title.replace("\n", "")) for one in aligning.decided_with(store, row.key))
    return Choices(len(plan.measures), tuple(one for one in sections if one[2]), units, superiors)
