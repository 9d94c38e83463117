"""What the ledger holds and a person should still look at."""

from __future__ import annotations

from datetime import date

from core.model.ledger import State
from core.office.obligations import ObligationRow, list_obligations
from core.store.database import Store


def done_without_evidence(store: Store, plan_key: str | None, as_of: date) -> tuple[ObligationRow, ...]:
    """Obligations that are 已完成 on the date and that no file proves, in no period; in the order of the plan.

    Raises NotFoundError for an unknown plan.
    """
    found = [
        row for row in list_obligations(store, plan_key, as_of) if row.status.state is State.DONE and not row.evidence
    ]
    return tuple(sorted(found, key=lambda row: (row.measure_no, row.id)))
