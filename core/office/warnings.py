"""What the ledger holds and a person should still look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.model.ledger import Obligation, State
from core.office.obligations import ObligationRow, rows_of
from core.office.overview import Overview, overview
from core.store import evidence
from core.store.database import Store


def done_without_evidence(
    store: Store, plan_key: str | None, as_of: date, *, view: Overview | None = None
) -> tuple[ObligationRow, ...]:
    """Obligations that are 已完成 on the date and that no file proves, in no period; in the order of the plan.

    ``view`` is the plan on that date, where it is known already. Raises NotFoundError for an unknown plan.
    """
    view = view or overview(store, plan_key, as_of)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id)
    bare = _bare(view, files)
    return tuple(sorted(rows_of(view, bare, files), key=lambda row: (row.measure_no, row.id)))


def unproven(store: Store, view: Overview) -> tuple[Obligation, ...]:
    """The same obligations without what a list shows of them, in the order of the plan."""
    with store.reading() as db:
        return _bare(view, evidence.by_obligation(db, view.row.id))


def _bare(view: Overview, files: Mapping[int, Sequence[int]]) -> tuple[Obligation, ...]:
    return tuple(
        item for item in view.obligations if view.statuses[item.id].state is State.DONE and not files.get(item.id)
    )
