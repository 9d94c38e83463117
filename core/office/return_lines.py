"""Who has returned the sheet of a period, who has not, who late, and what came with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from core.model.ledger import Period
from core.model.plan import Severity
from core.office.collected import Collected, CollectedFile, ReceivedKind, Verdict
from core.office.listing import Column, Listing
from core.office.overview import plan_row
from core.office.reminders import Reminder, reminders
from core.office.returns import Returns, UnitReturn
from core.store import evidence_files, received, units
from core.store.database import Store
from core.store.received import ReceivedRow


class Came(StrEnum):
    """How a unit stands with its return."""

    RETURNED = "已回收"
    WAITING = "待核对"
    """It came and was read; nothing of it is taken yet."""
    TROUBLE = "有问题"
    """It came, and something of it could not be taken."""
    MISSING = "未回收"


@dataclass(frozen=True, slots=True)
class CameFile:
    """A file that came from a unit. ``path`` leads to the copy that is kept, or to where it was read from.

    ``problems``: what kept something of it from being written; ``is_waiting``: nothing of it is taken yet.
    """

    name: str
    path: Path
    came_on: date
    is_scan: bool
    problems: int
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One unit in a period. ``days_late``: how long after the cut-off its first return came, 0 in time.

    ``by_other_ways``: everything is entered although no sheet came (by telephone, say). ``files``: newest last;
    ``reminders``: newest first.
    """

    unit: str
    expected: int
    returned: int
    came: Came
    came_on: date | None
    days_late: int
    files: tuple[CameFile, ...]
    reminders: tuple[Reminder, ...]
    contact: str
    phone: str
    by_other_ways: bool = False

    @property
    def is_back(self) -> bool:
        """Whether something came back."""
        return self.came is not Came.MISSING

    @property
    def has_stamp(self) -> bool:
        """Whether the stamped scan of the sheet is there."""
        return any(file.is_scan for file in self.files)

    @property
    def problems(self) -> int:
        """Of all its files."""
        return sum(file.problems for file in self.files)


def return_lines(store: Store, plan_key: str | None, found: Returns) -> tuple[ReturnLine, ...]:
    """The units that a period expects something of, in the order of the register.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    log: dict[str, list[Reminder]] = defaultdict(list)
    for said in reminders(store, row.key, found.period.key):
        log[said.unit].append(said)
    with store.reading() as db:
        register = units.load(db)
        rows = received.of_period(db, row.id, found.period.key)
    files: dict[str, list[CameFile]] = defaultdict(list)
    for kept in rows:
        if kept.unit is not None and (file := _kept_file(store, kept)) is not None:
            files[kept.unit].append(file)
    lines = []
    for one in found.units:
        unit = register.find(one.unit)
        contact, phone = (unit.contact or "", unit.phone or "") if unit is not None else ("", "")
        line = ReturnLine(
            one.unit,
            one.expected,
            one.returned,
            Came.MISSING,
            None,
            0,
            tuple(files[one.unit]),
            tuple(log[one.unit]),
            contact,
            phone,
            by_other_ways=one.complete and one.returned > 0,
        )
        lines.append(_judged(line, one, found.cut_off))
    order = {unit.name: at for at, unit in enumerate(register.units)}
    return tuple(sorted(lines, key=lambda line: order.get(line.unit, len(order))))


def with_collected(
    lines: Sequence[ReturnLine], collected: Collected | None, found: Returns, today: date
) -> tuple[ReturnLine, ...]:
    """The same with what was read and is not taken yet."""
    if collected is None:
        return tuple(lines)
    fresh: dict[str, list[CameFile]] = defaultdict(list)
    for file in collected.files:
        if file.whose is None or file.whose.period.key != found.period.key or not _is_waiting(file):
            continue
        fresh[file.whose.unit].append(_new_file(file, today))
    own = {one.unit: one for one in found.units}
    made = []
    for line in lines:
        if fresh[line.unit]:
            both = replace(line, files=(*line.files, *fresh[line.unit]))
            made.append(_judged(both, own[line.unit], found.cut_off))
        else:
            made.append(line)
    return tuple(made)


def missing_listing(lines: Sequence[ReturnLine], plan_title: str, period: Period, cut_off: date) -> Listing:
    """未回收名单: who has not returned, how to reach them, how often they were reminded."""
    missing = [line for line in lines if not line.is_back]
    rows = tuple(
        (
            str(at),
            line.unit,
            str(line.expected),
            str(line.returned),
            line.contact,
            line.phone,
            f"{len(line.reminders)}次，{line.reminders[0].at}" if line.reminders else "",
            "",
        )
        for at, line in enumerate(missing, start=1)
    )
    return Listing(
        f"{period.title}填报表未回收单位名单",
        (
            f"方案：{plan_title}",
            f"截止日期：{_day(cut_off)}；应报{len(lines)}个单位，未回收{len(missing)}个",
        ),
        (
            Column("序号", 13.0),
            Column("单位"),
            Column("应报", 15.0),
            Column("已报", 15.0),
            Column("联络员", 24.0),
            Column("电话", 36.0),
            Column("催办", 42.0),
            Column("备注", 40.0),
        ),
        rows,
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _judged(line: ReturnLine, one: UnitReturn, cut_off: date) -> ReturnLine:
    sheets = [file for file in line.files if not file.is_scan]
    if sheets:
        came_on: date | None = min(file.came_on for file in sheets)
        last = sheets[-1]
        came = Came.TROUBLE if last.problems else Came.WAITING if last.is_waiting else Came.RETURNED
    else:
        came_on = one.received_on if line.by_other_ways else None
        came = Came.RETURNED if line.by_other_ways else Came.MISSING
    late = max((came_on - cut_off).days, 0) if came_on is not None else 0
    return replace(line, came=came, came_on=came_on, days_late=late)


def _kept_file(store: Store, row: ReceivedRow) -> CameFile | None:
    """A sheet or its scan; a sheet of which nothing could be read is no return."""
    if row.kind not in (ReceivedKind.SHEET, ReceivedKind.SCAN) or row.verdict == Verdict.REJECTED:
        return None
    problems = sum(one.get("severity") == Severity.ERROR.value for one in row.outcome.get("problems", ()))
    return CameFile(
        row.name,
        evidence_files.path_of(store.path, row.sha256, row.name),
        date.fromisoformat(row.received_at[:10]),
        is_scan=row.kind == ReceivedKind.SCAN,
        problems=problems,
        is_waiting=not row.is_settled,
    )


def _is_waiting(file: CollectedFile) -> bool:
    """Whether it was read and is to be looked at: not one that the ledger has gone through already."""
    return file.is_usable and file.verdict is not Verdict.DUPLICATE and file.received_id is None


def _new_file(file: CollectedFile, today: date) -> CameFile:
    where = file.spooled if file.spooled is not None else Path(file.path)
    return CameFile(file.name, where, today, is_scan=False, problems=file.errors, is_waiting=True)


def periods_elsewhere(collected: Collected | None, period_key: str) -> Iterable[Period]:
    """The periods, other than this one, of which sheets were read."""
    seen: dict[str, Period] = {}
    for file in collected.files if collected is not None else ():
        if file.whose is not None and file.whose.period.key != period_key:
            seen.setdefault(file.whose.period.key, file.whose.period)
    return tuple(seen.values())
