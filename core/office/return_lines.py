"""Who has returned the sheet of a period, who has not, who late, and what came with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.model.ledger import Period
from core.model.units import Unit
from core.office.collected import Collected, CollectedFile, Fate, Verdict
from core.office.listing import Column, Listing
from core.office.received import KeptSheet, UnitReceived, received
from core.office.reminders import Reminder, reminders
from core.office.returns import Returns
from core.store import units
from core.store.database import Store


class Came(StrEnum):
    """How a unit stands with its return."""

    RETURNED = "已回收"
    WAITING = "待核对"
    """It came and was read; nothing of it is taken yet."""
    TROUBLE = "有问题"
    """It came, and something of it could not be taken."""
    REFUSED = "不能用"
    """It came, and nothing of it can be used: it must be sent again."""
    SENT_BACK = "已退回"
    MISSING = "未回收"


@dataclass(frozen=True, slots=True)
class CameFile:
    """A file that came from a unit. ``path`` leads to the copy that is kept, or to where it was read from.

    ``problems``: what kept something of it from being written and is not dealt with; ``is_waiting``: nothing of it
    is taken yet; ``is_usable``: False where nothing of it can be. ``received_id``: where the ledger keeps it.
    """

    name: str
    path: Path
    came_on: date
    at: datetime
    is_scan: bool = False
    problems: int = 0
    is_waiting: bool = False
    is_usable: bool = True
    is_sent_back: bool = False
    received_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One unit in a period. ``days_late``: how long after the cut-off its first return came, 0 in time.

    ``told_on``: when everything that is expected was entered, with or without a sheet (None: it is not). ``files``: newest last;
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
    told_on: date | None = None

    @property
    def is_back(self) -> bool:
        """Whether something came back that can be used."""
        return self.came not in (Came.MISSING, Came.REFUSED, Came.SENT_BACK)

    @property
    def by_other_ways(self) -> bool:
        """Whether all was said without a sheet (by telephone, say)."""
        return self.is_back and not any(file.is_usable and not file.is_scan for file in self.files)

    @property
    def has_stamp(self) -> bool:
        """Whether the stamped scan of the sheet is there."""
        return any(file.is_scan for file in self.files)

    @property
    def problems(self) -> int:
        """Of all its files."""
        return sum(file.problems for file in self.files)


def return_lines(store: Store, plan_key: str | None, found: Returns) -> tuple[ReturnLine, ...]:
    """The units that were asked or have returned, in the order of the register.

    Raises NotFoundError for an unknown plan.
    """
    got = received(store, plan_key, found.period.key, found.as_of, found=found)
    log: dict[str, list[Reminder]] = defaultdict(list)
    for said in reminders(store, plan_key, found.period.key):
        log[said.unit].append(said)
    with store.reading() as db:
        register = units.load(db)
    return tuple(_line(one, register.find(one.unit), log[one.unit], got.cut_off) for one in got.units)


def _line(one: UnitReceived, unit: Unit | None, log: Sequence[Reminder], cut_off: date) -> ReturnLine:
    contact, phone = (unit.contact or "", unit.phone or "") if unit is not None else ("", "")
    stamps = (
        CameFile(file.name, file.path, file.received_at.date(), file.received_at, is_scan=True) for file in one.stamps
    )
    files = (*(_kept(sheet) for sheet in one.sheets), *stamps)
    line = ReturnLine(
        one.unit,
        one.expected,
        one.returned,
        Came.MISSING,
        None,
        0,
        tuple(sorted(files, key=lambda file: file.at)),
        tuple(log),
        contact,
        phone,
        told_on=one.received_on if one.expected and one.returned >= one.expected else None,
    )
    return _judged(line, cut_off)


def with_collected(
    lines: Sequence[ReturnLine], collected: Collected | None, found: Returns, now: datetime
) -> tuple[ReturnLine, ...]:
    """The same with what was read and is not taken yet."""
    if collected is None:
        return tuple(lines)
    fresh: dict[str, list[CameFile]] = defaultdict(list)
    for file in collected.files:
        if file.whose is None or file.whose.period.key != found.period.key or not _is_waiting(file):
            continue
        fresh[file.whose.unit].append(_new_file(file, now))
    for one in collected.loose:
        if one.fate is Fate.STAMP and one.whose is not None and one.whose.period.key == found.period.key:
            where = one.spooled if one.spooled is not None else Path(one.path)
            fresh[one.whose.unit].append(CameFile(one.name, where, now.date(), now, is_scan=True, is_waiting=True))
    made = []
    for line in lines:
        if fresh[line.unit]:
            both = replace(line, files=(*line.files, *fresh[line.unit]))
            made.append(_judged(both, found.cut_off))
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


def _judged(line: ReturnLine, cut_off: date) -> ReturnLine:
    """How it stands by its files; the newest sheet that can be used is the one that counts."""
    all_sheets = [file for file in line.files if not file.is_scan]
    sheets = [file for file in all_sheets if file.is_usable]
    if sheets:
        came_on: date | None = min(file.came_on for file in sheets)
        last = sheets[-1]
        came = Came.TROUBLE if last.problems else Came.WAITING if last.is_waiting else Came.RETURNED
    elif line.told_on is not None:
        came_on, came = line.told_on, Came.RETURNED
    else:
        came_on = None
        newest = all_sheets[-1] if all_sheets else None
        came = Came.MISSING if newest is None else Came.SENT_BACK if newest.is_sent_back else Came.REFUSED
    late = max((came_on - cut_off).days, 0) if came_on is not None else 0
    return replace(line, came=came, came_on=came_on, days_late=late)


def _kept(sheet: KeptSheet) -> CameFile:
    is_handled = bool(sheet.outcome.get("handled"))
    return CameFile(
        sheet.name,
        sheet.path,
        sheet.received_at.date(),
        sheet.received_at,
        problems=0 if is_handled else sheet.errors + sheet.left,
        is_waiting=not sheet.is_settled,
        is_usable=sheet.is_usable,
        is_sent_back=bool(sheet.outcome.get("sent_back")),
        received_id=sheet.id,
    )


def unchecked(collected: Collected | None) -> int:
    """How many files were read, could be taken, and were not gone through yet: closing the window forgets them."""
    return sum(_is_waiting(file) and file.is_usable for file in collected.files) if collected is not None else 0


def _is_waiting(file: CollectedFile) -> bool:
    """Whether it was read and is to be looked at: not one that the ledger has gone through already."""
    return file.verdict is not Verdict.DUPLICATE and file.received_id is None


def _new_file(file: CollectedFile, now: datetime) -> CameFile:
    where = file.spooled if file.spooled is not None else Path(file.path)
    return CameFile(file.name, where, now.date(), now, problems=file.errors, is_waiting=True, is_usable=file.is_usable)


def periods_elsewhere(collected: Collected | None, period_key: str) -> Iterable[Period]:
    """The periods, other than this one, of which sheets were read."""
    seen: dict[str, Period] = {}
    for file in collected.files if collected is not None else ():
        if file.whose is not None and file.whose.period.key != period_key:
            seen.setdefault(file.whose.period.key, file.whose.period)
    return tuple(seen.values())
