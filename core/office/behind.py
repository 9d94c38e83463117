"""The rows behind a number of a document: which obligations of which measures it counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.office.overview import plan_row
from core.store import obligations
from core.store import plans as plan_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class BehindRow:
    """An obligation, or a measure (``obligation`` None, ``unit`` empty)."""

    measure: int
    text: str
    unit: str = ""
    obligation: int | None = None


def rows_behind(
    store: Store, plan_key: str | None, ids: Collection[int], measures: Collection[int] = ()
) -> tuple[BehindRow, ...]:
    """The measures where a number counts measures, else the obligations, in the order of the plan.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        found = () if measures else obligations.named(db, ids)
        texts = {one.no: one.text.replace("\n", "") for one in plan_rows.load(db, row.id).measures}
    if measures:
        return tuple(BehindRow(no, texts.get(no, "")) for no in sorted(set(measures)))
    return tuple(BehindRow(no, texts.get(no, ""), unit, key) for key, no, unit in found)
