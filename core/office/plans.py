"""The plan's own text: confirm what was doubtful."""

from __future__ import annotations

from core.errors import NotFoundError
from core.office.changes import Changes
from core.office.overview import plan_row
from core.store import journal, plans
from core.store.database import Store


def confirm_measure(store: Store, plan_key: str | None, no: int) -> Changes:
    """Somebody has compared a 待核对 measure with the print: it is right.

    Raises NotFoundError for an unknown plan or number.
    """
    row = plan_row(store, plan_key)
    with store.transaction() as db:
        measure_id = plans.measure_ids(db, row.id).get(no)
        if measure_id is None:
            raise NotFoundError(f"方案中没有第 {no} 项措施。")
        plans.mark_verified(db, measure_id)
        journal.append(
            db, "核对措施", f"第{no}项", measure_id=measure_id, before={"核对": "待核对"}, after={"核对": "已核对"}
        )
    return Changes(measures=frozenset({no}), plan=True)
