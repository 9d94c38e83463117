"""The plan that was read last, kept until anything is written: every page and form asks for the same one."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from core.model.plan import Plan
from core.store import plans, search_rows
from core.store.database import Store

_KEPT: WeakKeyDictionary[Store, tuple[tuple[int, int, int], Plan]] = WeakKeyDictionary()


def plan_of(store: Store, plan_id: int) -> Plan:
    """The plan of a row.

    Within a transaction it is read from the file: what is written there may yet be taken back.
    """
    with store.reading() as db:
        if db.in_transaction:
            return plans.load(db, plan_id)
        asked = (plan_id, *search_rows.version(db))
        kept = _KEPT.get(store)
        if kept is None or kept[0] != asked:
            kept = _KEPT[store] = asked, plans.load(db, plan_id)
        return kept[1]
