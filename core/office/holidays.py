"""节假日: the editable table of the file, and the published arrangements that come with the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from sqlite3 import Connection

from core import paths
from core.errors import InvalidError, NotFoundError
from core.ledger import workdays
from core.model.holiday import Holiday
from core.office.changes import Changes
from core.store import holidays as rows
from core.store import journal
from core.store.database import Store

__all__ = [
    "Holiday",
    "Published",
    "add_published",
    "holidays",
    "next_workday",
    "published",
    "published_years",
    "set_holidays",
    "years",
]

_FILE = paths.DATA / "holidays" / "published.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The arrangement of one year as the State Council's office published it."""

    year: int
    source: str
    number: str
    days: tuple[Holiday, ...]


def published_years() -> tuple[int, ...]:
    """The years whose arrangement comes with the program."""
    return tuple(_published())


def published(year: int) -> Published:
    """The published arrangement of a year.

    Raises NotFoundError for a year that is not in the box.
    """
    found = _published().get(year)
    if found is None:
        known = "、".join(str(one) for one in published_years())
        raise NotFoundError(f"程序中没有{year}年的节假日安排。", hint=f"现有：{known}年。其他年份请按当年通知填写。")
    return found


def years(store: Store) -> tuple[int, ...]:
    """The years that the ledger's own table has days of."""
    with store.reading() as db:
        return rows.years(db)


def holidays(store: Store, year: int) -> tuple[Holiday, ...]:
    """The ledger's own table of a year, by day."""
    with store.reading() as db:
        return rows.listing(db, year)


def next_workday(store: Store, day: date) -> date:
    """The day itself when offices are open by the ledger's table, else the first one after it."""
    with store.reading() as db:
        return workdays.next_workday(day, rows.listing(db))


def set_holidays(store: Store, year: int, days: Sequence[Holiday]) -> Changes:
    """Make the table of a year this one; an empty one leaves the weekends only.

    Raises InvalidError (day) for a day of another year or a day said twice, (name) for one without a name.
    """
    _check(year, days)
    with store.transaction() as db:
        _write(db, year, sorted(days, key=lambda one: one.day))
    return Changes(periods=True)


def add_published(store: Store, year: int) -> Changes:
    """Put the published arrangement of a year into the table, instead of what it held of that year.

    Raises NotFoundError for a year that is not in the box.
    """
    found = published(year)
    with store.transaction() as db:
        _write(db, year, found.days, source=found)
    return Changes(periods=True)


def fill_empty_years(db: Connection) -> None:
    """Put the published arrangements in for the years that the table has nothing of."""
    have = rows.years(db)
    for year, found in _published().items():
        if year not in have:
            _write(db, year, found.days, source=found)


def _write(db: Connection, year: int, days: Sequence[Holiday], *, source: Published | None = None) -> None:
    old = rows.listing(db, year)
    if old == tuple(days):
        return
    rows.replace(db, year, days)
    journal.append(
        db,
        "修改节假日",
        f"{year}年",
        before={"节假日": in_words(old)} if old else None,
        after={"节假日": in_words(days)} | ({"依据": f"{source.source}（{source.number}）"} if source else {}),
    )


def _check(year: int, days: Sequence[Holiday]) -> None:
    seen: set[date] = set()
    for one in days:
        words = f"{one.day:%Y-%m-%d}"
        if one.day.year != year:
            raise InvalidError(f"{words} 不在{year}年。", hint="请改日期，或换到那一年填写。", field="day")
        if one.day in seen:
            raise InvalidError(f"{words} 填了两次。", hint="请删去一行。", field="day")
        if not one.name.strip():
            raise InvalidError(f"{words} 没有名称。", hint="请填写节日名称，如“国庆节”。", field="name")
        seen.add(one.day)


def in_words(days: Sequence[Holiday]) -> str:
    """Days of one kind that follow one another as a span: 春节 02-10—02-17，春节调休上班 02-04."""
    spans: list[list[Holiday]] = []
    for one in days:
        last = spans[-1][-1] if spans else None
        follows = last is not None and one.day - last.day == timedelta(days=1)
        if last is not None and follows and (last.name, last.is_workday) == (one.name, one.is_workday):
            spans[-1].append(one)
        else:
            spans.append([one])
    return "，".join(_span(span) for span in spans) or "无"


def _span(span: Sequence[Holiday]) -> str:
    first, last = span[0], span[-1]
    days = f"{first.day:%m-%d}" if first is last else f"{first.day:%m-%d}—{last.day:%m-%d}"
    return f"{first.name}{'调休上班' if first.is_workday else ''} {days}"


@cache
def _published() -> dict[int, Published]:
    """The arrangements in the box; each span of days names its first and last one."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        year["year"]: Published(
            year["year"],
            year["source"],
            year["number"],
            tuple(sorted((day for one in year["holidays"] for day in _days(one)), key=lambda one: one.day)),
        )
        for year in raw["years"]
    }


def _days(one: dict[str, str | list[str]]) -> list[Holiday]:
    name = str(one["name"])
    first, last = (date.fromisoformat(str(day)) for day in one["off"])
    off = [Holiday(first + timedelta(days=n), name) for n in range((last - first).days + 1)]
    return off + [Holiday(date.fromisoformat(day), name, is_workday=True) for day in one["worked"]]
