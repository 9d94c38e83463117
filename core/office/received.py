"""Who has returned for a period, who has not, who late, with or without a stamp; the files as they came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.errors import NotFoundError
from core.exchange.returned import SheetProblem
from core.job import Job
from core.model.ledger import Period
from core.model.plan import Severity
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.collected import ReceivedKind, Verdict
from core.office.overview import plan_row
from core.office.own_periods import effective_cut_off
from core.office.periods import period_of
from core.office.returns import Returns, returns
from core.store import dispatches, evidence_files, journal, periods, reminders, units
from core.store import received as rows
from core.store.database import Store
from core.store.received import ReceivedRow


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A returned sheet that the ledger keeps; ``path`` leads to the file as it came.

    ``left``: rows that would change the ledger and were not taken. ``is_settled``: nobody need look at it any more.
    """

    id: int
    name: str
    path: Path
    origin: str
    received_at: datetime
    verdict: Verdict
    rows: int
    changed: int
    unchanged: int
    left: int
    problems: tuple[SheetProblem, ...]
    filled_by: str
    is_settled: bool
    outcome: dict[str, Any]

    @property
    def errors(self) -> int:
        """Problems that kept something from being written."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def is_usable(self) -> bool:
        """Whether the unit has returned with it."""
        return self.verdict is not Verdict.REJECTED and not self.outcome.get("sent_back")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stamped scan that the ledger keeps."""

    id: int
    name: str
    path: Path
    received_at: datetime


@dataclass(frozen=True, slots=True)
class UnitReceived:
    """One unit in a period. ``expected`` and ``returned`` count obligations (rule 9), however they came.

    ``version``: of the sheet it was given, None without one. ``sheets`` in the order they came, the last one counts;
    ``received_on`` is the day of its first return. ``promised_on``: by the last reminder it answered.
    """

    unit: str
    expected: int
    returned: int
    version: int | None
    signed_by: str | None
    signed_on: date | None
    sheets: tuple[KeptSheet, ...]
    stamps: tuple[KeptFile, ...]
    received_on: date | None
    is_late: bool
    reminders: int
    reminded_on: date | None
    promised_on: date | None

    @property
    def sheet(self) -> KeptSheet | None:
        """The newest return that can be used."""
        return next((one for one in reversed(self.sheets) if one.is_usable), None)

    @property
    def has_returned(self) -> bool:
        """By its sheet, or in another way for everything that is expected of it."""
        return self.sheet is not None or (self.expected > 0 and self.returned >= self.expected)

    @property
    def has_stamp(self) -> bool:
        """Whether a stamped scan is there."""
        return bool(self.stamps)

    @property
    def open_problems(self) -> int:
        """What is still to be looked at in its newest return."""
        newest = self.sheets[-1] if self.sheets else None
        if newest is None or newest.outcome.get("handled"):
            return 0
        return newest.errors + newest.left


@dataclass(frozen=True, slots=True)
class Received:
    """A period's returns, in the order of the register. ``tray``: files that wait to be assigned."""

    period: Period
    cut_off: date
    units: tuple[UnitReceived, ...]
    tray: int

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has not returned."""
        return tuple(one.unit for one in self.units if not one.has_returned)

    @property
    def without_stamp(self) -> tuple[str, ...]:
        """Who has returned a sheet without its stamped scan."""
        return tuple(one.unit for one in self.units if one.sheet is not None and not one.has_stamp)

    @property
    def late(self) -> tuple[str, ...]:
        """Who returned after the cut-off, or has not and it is over."""
        return tuple(one.unit for one in self.units if one.is_late)


def received(
    store: Store,
    plan_key: str | None,
    period_key: str,
    as_of: date | None = None,
    *,
    found: Returns | None = None,
) -> Received:
    """Who has returned for a period. ``as_of`` None: today; what came later is there all the same.

    ``found``: the returns of that plan, period and date as just counted; they are then not counted again.

    Listed are the units that were given a sheet, that the period expects something of, and that returned anyway.

    Raises NotFoundError, InvalidError.
    """
    day = as_of or datetime.now().astimezone().date()
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    counted = {one.unit: one for one in (found or returns(store, row.key, period.key, day)).units}
    with store.reading() as db:
        cut_off = effective_cut_off(db, period)
        given = dispatches.newest(db, row.id, period.key)
        kept: dict[str, list[ReceivedRow]] = defaultdict(list)
        for one in rows.of_period(db, row.id, period.key):
            if one.unit is not None:
                kept[one.unit].append(one)
        asked: dict[str, list[reminders.ReminderRow]] = defaultdict(list)
        for reminder in reminders.of_period(db, row.id, period.key):
            asked[reminder.unit].append(reminder)
        waiting = len(waiting_rows(rows.unsettled(db)))
        order = units.load(db).units
    listed = []
    for unit in order:
        name = unit.name
        if name not in counted and name not in given and not any(one.kind == ReceivedKind.SHEET for one in kept[name]):
            continue
        count, sheet = counted.get(name), given.get(name)
        sheets = tuple(kept_sheet(store, one) for one in kept[name] if one.kind == ReceivedKind.SHEET)
        stamps = tuple(
            KeptFile(one.id, one.name, path_of(store, one), datetime.fromisoformat(one.received_at))
            for one in kept[name]
            if one.kind == ReceivedKind.SCAN
        )
        days = [one.received_at.date() for one in sheets if one.is_usable]
        if count is not None and count.received_on is not None and not days:
            days = [count.received_on]
        received_on = min(days, default=None)
        own = asked[name]
        listed.append(
            UnitReceived(
                unit=name,
                expected=count.expected if count else 0,
                returned=count.returned if count else 0,
                version=sheet.version if sheet else None,
                signed_by=sheet.signed_by if sheet else None,
                signed_on=sheet.signed_on if sheet else None,
                sheets=sheets,
                stamps=stamps,
                received_on=received_on,
                is_late=(received_on or day) > cut_off,
                reminders=len(own),
                reminded_on=own[0].at if own else None,
                promised_on=next((one.promised_on for one in own if one.promised_on), None),
            )
        )
    return Received(period, cut_off, tuple(listed), waiting)


def waiting_rows(unsettled: tuple[ReceivedRow, ...]) -> tuple[ReceivedRow, ...]:
    """Of what is not settled, what waits in the tray: sheets that are known wait to be looked at elsewhere."""
    return tuple(row for row in unsettled if row.kind != ReceivedKind.SHEET or row.verdict == Verdict.REJECTED)


def pending(store: Store, plan_key: str | None, period_key: str) -> tuple[int, ...]:
    """Numbers of the sheets of a period that somebody must still look at, for ``collect.look_kept``.

    Those that were not looked at, and of each unit the newest one where something of it is still open.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    with store.reading() as db:
        kept = rows.of_period(db, row.id, period.key)
    sheets = [one for one in kept if one.kind == ReceivedKind.SHEET and one.verdict != Verdict.REJECTED]
    newest = {one.unit: one.id for one in sheets}
    return tuple(
        one.id
        for one in sheets
        if not one.is_settled or (newest[one.unit] == one.id and _is_open(kept_sheet(store, one)))
    )


def _is_open(sheet: KeptSheet) -> bool:
    return sheet.is_usable and not sheet.outcome.get("handled") and bool(sheet.errors or sheet.left)


def add_stamp(store: Store, plan_key: str | None, period_key: str, unit: str, file: Path, job: Job) -> Changes:
    """Keep a file as the stamped scan of a unit's return; the same file twice is one.

    Raises NotFoundError, EvidenceError, LedgerFileError, Cancelled.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    (stored,) = evidence_use.store_files(store, [file], job)
    with store.transaction() as db:
        ids = units.ids(db)
        if unit not in ids:
            raise NotFoundError(f"单位名册中没有“{unit}”。")
        for known in rows.of_period(db, row.id, period.key):
            if (known.sha256, known.unit, known.kind) == (stored.sha256, unit, ReceivedKind.SCAN):
                return Changes()
        rows.add(
            db,
            stored,
            origin=str(file),
            received_at=datetime.now().astimezone().isoformat(timespec="seconds"),
            kind=ReceivedKind.SCAN,
            plan_id=row.id,
            period_id=periods.ensure(db, period),
            unit_id=ids[unit],
            verdict="",
            outcome={"why": "盖章扫描件"},
            is_settled=True,
        )
        journal.append(db, "收到盖章扫描件", f"{period.title}：{unit}", after={"文件": stored.name})
    return Changes(periods=True)


def mark_handled(store: Store, received_id: int, how: str) -> Changes:
    """The problems of a return are dealt with (by telephone, say): it no longer asks to be looked at.

    Raises NotFoundError.
    """
    with store.transaction() as db:
        row = rows.find(db, received_id)
        if row is None:
            raise NotFoundError("这份文件已不在台账中。")
        if row.outcome.get("handled") == how:
            return Changes()
        rows.tell(db, row.id, row.outcome | {"handled": how})
        before = {"处理": row.outcome["handled"]} if row.outcome.get("handled") else None
        subject = f"{row.name}：{row.unit}" if row.unit else row.name
        journal.append(db, "处理填报表的问题", subject, before=before, after={"处理": how})
    return Changes(periods=True)


def kept_sheet(store: Store, row: ReceivedRow) -> KeptSheet:
    """A row as it is shown."""
    outcome = row.outcome
    return KeptSheet(
        id=row.id,
        name=row.name,
        path=path_of(store, row),
        origin=row.origin,
        received_at=datetime.fromisoformat(row.received_at),
        verdict=Verdict(row.verdict) if row.verdict else Verdict.REJECTED,
        rows=int(outcome.get("rows", 0)),
        changed=int(outcome.get("changed", 0)),
        unchanged=int(outcome.get("unchanged", 0)),
        left=len(outcome.get("left", ())),
        problems=tuple(problem_from(one) for one in outcome.get("problems", ())),
        filled_by=str(outcome.get("filled_by", "")),
        is_settled=row.is_settled,
        outcome=outcome,
    )


def problem_from(plain: dict[str, Any]) -> SheetProblem:
    """A problem as it was kept."""
    return SheetProblem(Severity(plain["severity"]), plain["what"], plain["row"], plain["column"], plain["found"])


def path_of(store: Store, row: ReceivedRow) -> Path:
    """Where a file that came lies."""
    return evidence_files.path_of(store.path, row.sha256, row.name)
