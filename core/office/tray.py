"""待分配: files that came and found no place; a person says where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError, NotFoundError
from core.exchange.returned import Identity
from core.job import Job
from core.model.ledger import EntryState, Period
from core.office.changes import Changes
from core.office.collect import look_kept
from core.office.collected import Collected, ReceivedKind
from core.office.entry import entry_at, place_of, write
from core.office.form_value import FormValue, record_of
from core.office.overview import plan_row
from core.office.periods import period_of
from core.office.received import path_of, waiting_rows
from core.store import journal, obligations, periods, progress, units
from core.store import received as rows
from core.store.database import Store
from core.store.received import ReceivedRow


@dataclass(frozen=True, slots=True)
class TrayItem:
    """A file that waits. ``unit``, ``plan_key``, ``period_key`` as far as they are known; ``why`` it lies here.

    ``suggested``: the obligation it may prove. ``is_sheet``: a workbook that may be somebody's return.
    """

    id: int
    name: str
    path: Path
    origin: str
    received_at: datetime
    is_sheet: bool
    unit: str | None
    plan_key: str | None
    period_key: str | None
    why: str
    suggested: int | None


def tray(store: Store) -> tuple[TrayItem, ...]:
    """What waits, in the order it came."""
    with store.reading() as db:
        found = waiting_rows(rows.unsettled(db))
    return tuple(_item(store, row) for row in found)


def assign_to_obligation(store: Store, received_id: int, obligation_id: int, period_key: str) -> Changes:
    """A file is evidence of an obligation in a period; without an entry there it gets one: 推进中.

    Raises NotFoundError, InvalidError (period), LedgerFileError.
    """
    place = place_of(store, obligation_id, period_key)
    with store.transaction() as db:
        row = _waiting(db, received_id)
        journal.append(db, "分配文件", row.name, after={"佐证材料": place.subject, "文件": row.name})
        record = record_of(progress.of_obligation(db, obligation_id), place.period, None)
        known = entry_at(db, place, record.part) if record is not None else None
        draft = progress.draft(db, obligation_id, place.period.key, record.part if record else None)
        value = known[1] if known is not None else FormValue(EntryState.IN_PROGRESS, came_by="填报表")
        write(store, place, value, files=[row.stored], how=f"分配文件 {row.name}")
        if draft is not None:
            progress.keep_draft(db, obligation_id, place.period.key, record.part if record else None, draft)
        unit, plan_id = place.obligation.unit, _plan_of(db, obligation_id)
        outcome = row.outcome | {"obligation": obligation_id, "part": record.part if record else None}
        _settle(db, row, ReceivedKind.EVIDENCE, plan_id, place.period, unit, outcome)
    return Changes(frozenset({place.obligation.measure}), frozenset({obligation_id}), periods=True)


def assign_as_stamp(store: Store, received_id: int, plan_key: str | None, period_key: str, unit: str) -> Changes:
    """A file is the stamped scan of a unit's return.

    Raises NotFoundError, InvalidError (period).
    """
    plan, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    with store.transaction() as db:
        row = _waiting(db, received_id)
        if unit not in units.ids(db):
            raise NotFoundError(f"单位名册中没有“{unit}”。")
        _settle(db, row, ReceivedKind.SCAN, plan.id, period, unit, row.outcome)
        journal.append(db, "分配文件", f"{row.name}：{unit}", after={"盖章扫描件": period.title, "文件": row.name})
    return Changes(periods=True)


def read_as(store: Store, received_id: int, whose: Identity, job: Job) -> Collected:
    """A workbook that could not be told read as whose a person said it is; nothing is written before ``accept``.

    Raises NotFoundError, LedgerFileError, Cancelled.
    """
    return look_kept(store, [received_id], job, decided={received_id: whose})


def ignore(store: Store, received_id: int, reason: str = "") -> Changes:
    """A file needs no place; it stays kept and leaves the tray.

    Raises NotFoundError.
    """
    with store.transaction() as db:
        row = _waiting(db, received_id)
        rows.tell(db, row.id, row.outcome | {"ignored": reason or "不需要"}, is_settled=True)
        journal.append(db, "不再分配文件", row.name, after={"文件": row.name, "说明": reason or "不需要"})
    return Changes(periods=True)


def _waiting(db: Connection, received_id: int) -> ReceivedRow:
    row = rows.find(db, received_id)
    if row is None:
        raise NotFoundError("这份文件已不在台账中。")
    if row.is_settled:
        raise InvalidError(f"“{row.name}”已经分配过。", hint="请刷新后再看。")
    return row


def _settle(
    db: Connection,
    row: ReceivedRow,
    kind: ReceivedKind,
    plan_id: int,
    period: Period,
    unit: str,
    outcome: dict[str, Any],
) -> None:
    rows.place(
        db,
        row.id,
        kind=kind,
        plan_id=plan_id,
        period_id=periods.ensure(db, period),
        unit_id=units.ids(db)[unit],
        verdict="",
        outcome=outcome,
        is_settled=True,
    )


def _plan_of(db: Connection, obligation_id: int) -> int:
    found = obligations.find(db, obligation_id)
    if found is None:
        raise NotFoundError("这个责任事项已不在台账中。")
    return found[1]


def _item(store: Store, row: ReceivedRow) -> TrayItem:
    problems = row.outcome.get("problems", ())
    errors = [one["what"] for one in problems if one["severity"] == "error"]
    return TrayItem(
        row.id,
        row.name,
        path_of(store, row),
        row.origin,
        datetime.fromisoformat(row.received_at),
        row.kind == ReceivedKind.SHEET,
        row.unit,
        row.plan,
        row.period,
        str(row.outcome.get("why") or (errors[0] if errors else "")),
        row.outcome.get("suggested"),
    )
