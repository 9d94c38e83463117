"""发文登记表: the register as it is printed, in the three formats of any list (``core.office.listing``)."""

from __future__ import annotations

from core.model.document_kind import DocumentKind
from core.model.issued import Issued
from core.office.issued import list_issued
from core.office.listing import Column, Listing
from core.office.overview import plan_row
from core.office.paper_words import day
from core.store.database import Store

_COLUMNS = (
    Column("序号", 12.0),
    Column("标题", 48.0, is_centred=False),
    Column("文种", 26.0),
    Column("文号", 40.0),
    Column("主送", 24.0),
    Column("发文日期", 30.0),
    Column("签收", 22.0),
    Column("备注", 23.0),
)
"""225 mm, none left open: letters of one title stay lines of their own."""


def register_table(store: Store, plan_key: str | None = None, *, kind: str | None = None) -> Listing:
    """The lines of a plan (None: of the whole file), or of one kind, in the order they were issued.

    Raises NotFoundError for an unknown plan.
    """
    found = sorted(list_issued(store, plan_key, kind=kind), key=lambda one: (one.issued_on, one.id))
    unsigned = sum(one.awaits_signature for one in found)
    plan = "" if plan_key is None else plan_row(store, plan_key).title.replace("\n", "")
    notes = (f"共{len(found)}份{f'，其中应签收未签收{unsigned}份' if unsigned else ''}",)
    return Listing(
        "发文登记表",
        (*([f"方案：{plan}"] if plan else []), *notes),
        _COLUMNS,
        tuple(_row(place, one) for place, one in enumerate(found, start=1)),
    )


def _row(place: int, one: Issued) -> tuple[str, ...]:
    signed = "，".join(part for part in (day(one.signed_on) if one.signed_on else "", one.signed_by) if part)
    note = "；".join(
        part
        for part in (f"{day(one.withdrawn_on)}作废" if one.withdrawn_on else "", one.note.removeprefix("作废："))
        if part
    )
    kind = "函" if one.kind is DocumentKind.REMINDER else one.kind.title
    return (str(place), one.title, kind, one.number, one.recipient, day(one.issued_on), signed, note)
