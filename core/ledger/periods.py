"""报送期: what 2024Q2, 2024H1, 2024, 2024-06, 中期 and 终期 mean (rule 4, contract of the command line).

A file's periods are those of all its plans, but for 中期, 终期 and the reports a plan wants: these are the plan's
own. The key of an own period ends in ``@`` and the plan's key; 中期 and 终期 of the first plan of a file have none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from core.errors import InvalidError
from core.model.ledger import Period

_QUARTERS = "一二三四"
_MONTHS_OF_YEAR, _MONTHS_OF_HALF, _MONTHS_OF_QUARTER = 12, 6, 3
_KEY = re.compile(r"^(\d{4})(?:Q([1-4])|H([12])|-(\d{1,2}))?$", re.ASCII)
_FIRST_YEAR = 1949
"""An earlier one is a slip of the finger."""
MIDTERM, FINAL = "中期", "终期"
_OWN = "@"


class PeriodKind(StrEnum):
    """What sort of period one is; the value is the word on the screen."""

    MONTH = "月"
    QUARTER = "季度"
    HALF_YEAR = "半年"
    YEAR = "年度"
    MIDTERM = "中期"
    FINAL = "终期"
    NAMED = "自定"


def kind_of(key: str) -> PeriodKind:
    """The kind of a period by its key."""
    word = key.partition(_OWN)[0]
    if word in (MIDTERM, FINAL):
        return PeriodKind(word)
    match = _KEY.match(key)
    if match is None:
        return PeriodKind.NAMED
    _, quarter, half, month = match.groups()
    if quarter:
        return PeriodKind.QUARTER
    return PeriodKind.HALF_YEAR if half else PeriodKind.MONTH if month else PeriodKind.YEAR


def own_key(word: str, plan_key: str, *, is_first: bool) -> str:
    """The key of a period that belongs to one plan alone."""
    return word if is_first and word in (MIDTERM, FINAL) else f"{word}{_OWN}{plan_key}"


def is_of_plan(key: str, plan_key: str, *, is_first: bool) -> bool:
    """Whether a period is one of the plan's: its own, or one that all plans of the file share."""
    _, mark, owner = key.rpartition(_OWN)
    if mark:
        return owner == plan_key
    return is_first or key not in (MIDTERM, FINAL)


def overlapping(period: Period, others: Iterable[Period]) -> Period | None:
    """A named period that shares days with another named one: an entry would belong to both."""
    if kind_of(period.key) is not PeriodKind.NAMED or _OWN in period.key:
        return None
    for other in others:
        if other.key == period.key or kind_of(other.key) is not PeriodKind.NAMED or _OWN in other.key:
            continue
        if other.first_day <= period.last_day and period.first_day <= other.last_day:
            return other
    return None


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    return _months(f"{day.year:04}Q{(day.month - 1) // 3 + 1}", day.year, (day.month - 1) // 3 * 3 + 1, 3)


def parse(key: str, *, span: tuple[date, date] | None = None) -> Period:
    """The period a key names; its cut-off is its last day.

    ``span`` is the first and last day of the plan, which 中期 and 终期 need: 中期 runs to the half-year end
    nearest before the middle (never before the first half-year end), 终期 over the whole.

    Raises InvalidError for a key that names no period.
    """
    text = key.strip().upper()
    match = _KEY.match(text)
    if match:
        return _dated(match)
    if text in (MIDTERM, FINAL) and span is not None:
        first, last = span
        end = last if text == FINAL else _half_year_end(first, last)
        return Period(text, text, first, end, end)
    raise InvalidError(
        f"看不懂报送期“{key}”。", hint="可写成 2024Q2、2024H1、2024、2024-06、中期 或 终期。", field="period"
    )


def _dated(match: re.Match[str]) -> Period:
    year, quarter, half, month = match.groups()
    if int(year) < _FIRST_YEAR:
        raise InvalidError(f"看不懂报送期“{match.string}”：年份不对。", field="period")
    if quarter:
        return _months(f"{year}Q{quarter}", int(year), int(quarter) * 3 - 2, 3)
    if half:
        return _months(f"{year}H{half}", int(year), int(half) * 6 - 5, 6)
    if month:
        if not 1 <= int(month) <= _MONTHS_OF_YEAR:
            raise InvalidError(f"看不懂报送期“{match.string}”：月份应为 1—12。", field="period")
        return _months(f"{year}-{int(month):02}", int(year), int(month), 1)
    return _months(year, int(year), 1, 12)


def _months(key: str, year: int, first: int, count: int) -> Period:
    last = first + count - 1
    last_day = date(year, last, calendar.monthrange(year, last)[1])
    return Period(key, _title(year, first, count), date(year, first, 1), last_day, last_day)


def _title(year: int, first: int, count: int) -> str:
    if count == _MONTHS_OF_YEAR:
        return f"{year}年"
    if count == _MONTHS_OF_HALF:
        return f"{year}年{'上' if first == 1 else '下'}半年"
    if count == _MONTHS_OF_QUARTER:
        return f"{year}年第{_QUARTERS[first // 3]}季度"
    return f"{year}年{first}月"


def _half_year_end(first: date, last: date) -> date:
    middle = first + (last - first) / 2
    if middle >= date(middle.year, 6, 30):
        return date(middle.year, 6, 30)
    return max(date(middle.year - 1, 12, 31), first)
