"""The plan's own text: begin a blank one, confirm what was doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from core.errors import InvalidError, NotFoundError
from core.model.plan import Document, Plan
from core.office.changes import Changes
from core.office.enter_plan import enter_plan
from core.office.overview import plan_row
from core.store import journal, plans
from core.store.database import Store

_KEY = re.compile(r"p(\d+)")


def create_plan(
    store: Store,
    title: str,
    *,
    number: str | None = None,
    issuer: str | None = None,
    issued: date | None = None,
    level: str | None = None,
) -> str:
    """Begin a plan without measures, to be filled by hand with ``editing.apply_edit``; gives its key.

    The first plan of a blank file is p1, one more is p2, p3 …

    Raises InvalidError (title) for a plan without a name, LedgerFileError.
    """
    if not title.strip():
        raise InvalidError("方案没有名称。", hint="请填写方案名称。", field="title")
    document = Document(title.strip(), number=number, issuer=issuer, date=issued, level=level)
    with store.transaction() as db:
        keys = [row.key for row in plans.listing(db)]
        key = next_key(keys, first=2 if keys else 1)
        enter_plan(db, key, Plan(document))
        journal.append(db, "新建方案", document.title, after={"方案": key})
    return key


def next_key(keys: Iterable[str], *, first: int) -> str:
    """The key of one more plan: p and a number, at least ``first``; p1 is the plan that a file was made with."""
    taken = [int(match.group(1)) for key in keys if (match := _KEY.fullmatch(key))]
    return f"p{max([first - 1, *taken]) + 1}"


def measure_texts(store: Store, plan_key: str | None) -> dict[int, str]:
    """The texts of the measures of a plan by number.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return {measure.no: measure.text for measure in plans.load(db, row.id).measures}


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
