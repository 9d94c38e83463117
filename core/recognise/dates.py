"""Points in time as such documents name them: 2024年6月底前, 第三季度, 明年年底, 2020.12, 每年2月底前.

A point is the last day of the period it names. What names no day (年初) has none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_NUMERALS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_SHIFTS = {"今年": 0, "本年": 0, "当年": 0, "同年": 0, "明年": 1, "来年": 1, "次年": 1, "翌年": 1, "后年": 2}
_FIVE_YEARS = {"三": 2020, "四": 2025, "五": 2030, "六": 2035}
_DAY_OF_THIRD = {"上旬": 10, "初": 10, "中旬": 20, "中": 20, "下旬": 31, "底": 31, "末": 31, "": 31}

_N = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_TO = r"(?:[—–―－~～至到-]{1,3})"
_YEAR = r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
POINT = re.compile(
    rf"(?P<from>(?<![\d.])(?:(?P<from_year>{_YEAR})年?度?)?(?:(?P<from_month>{_N})月份?(?:{_N}[日号])?)?(?:{_N})?(?:第?[一二三四1-4]季度)?(?:上半年)?(?<=[\d年月日号度一二三四五六七八九十]){_TO}"
    rf"(?={_YEAR}|[今明本次]年|{_N}[月日号]|年[底末内]|第?[一二三四1-4]季度|[上下]半年))?"
    rf"(?:(?P<every>每一?年度?|每个?年度|各年度?|逐年|(?<![去今明本当上前后往历\d])年年)的?|(?<!\d)(?P<year>{_YEAR})(?:年度?|(?=[底末]))|(?P<shift>今年|本年|当年|同年|明年|来年|次年|翌年|后年)度?)?"
    r"(?:"
    rf"(?<!\d)(?P<month>{_N})月份?(?:(?P<day>{_N})[日号]|(?P<third>上旬|中旬|下旬|初|中(?![旬期央])|底|末))?"
    rf"|(?P<last_day>{_N})[日号]"
    r"|第?(?P<quarter>[一二三四1-4])季度?(?:末|底)?"
    r"|(?P<half>[上下前后])半年(?:末|底)?"
    r"|(?P<middle>年中(?!旬)|(?<=年)中期|年中期)"
    r"|(?P<end>年(?:底|末|终)|(?<=[年度\d])(?:底|末|内)|(?<![\d一二两三四五六七八九十半])年内|年度内)"
    r"|(?P<whole>全年)"
    r"|(?P<begin>年初|(?<=年)初)"
    rf"|(?<![\d.])(?P<dotted>20\d\d)[.．/-](?P<dotted_month>0?[1-9]|1[0-2])(?:[.．/-](?P<dotted_day>0?[1-9]|[12]\d|3[01]))?(?![\d.年月日%])日?"
    r"|[“\"]?十(?P<plan>[三四五六])五[”\"]?(?:规划)?(?:时期|期间)?(?:末|内)?"
    r")?"
    r"(?P<before>[之以]?前|以内|期间)?"
)
AFTER_ISSUE = re.compile(
    rf"(?:自|从|在|于)?[^，；。、自从]{{0,12}}(?:印发|下发|发布|发文|公布|出台|实施|施行)(?:之日|当日|后|起|之日起|日起|以后|之后){{1,2}}[，的]?"
    rf"(?P<count>{_N}|\d{{1,3}})(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月|年)(?:之|以)?内"
)
"""印发之日起30日内."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point as printed at ``start``–``end``.

    ``year`` as said, ``shift`` years from the document's (明年 1), both None when it is to be inherited; ``month``
    and ``day`` within the year, ``day`` 31 for a month's last; no ``month`` when no day is named (年初). ``every``:
    of every year. ``marked``: said as a limit (前, 底, 末, 内), not only as a time. ``bare``: a year alone.
    """

    start: int
    end: int
    year: int | None
    shift: int | None
    month: int | None
    day: int
    every: bool
    marked: bool
    bare: bool
    ranged: bool = False

    def on(self, year: int | None) -> date | None:
        """The day, with the inherited year where none is said; None when year or day are unknown."""
        year = self.year if self.year is not None else year
        if year is None or self.month is None:
            return None
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    @property
    def recur(self) -> str:
        """yearly-MM-DD, the end of February as yearly-02-28; yearly where no day is named."""
        if self.month is None:
            return "yearly"
        return f"yearly-{self.month:02}-{min(self.day, monthrange(2023, self.month)[1]):02}"


def number(text: str) -> int:
    """30, 三十, 十二 as a number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def points(text: str) -> Iterator[Point]:
    """The points of a text in order; the text is without blanks and with half-width digits."""
    for found in POINT.finditer(text):
        point = _point(found)
        if point is not None:
            yield point


def _point(found: re.Match[str]) -> Point | None:
    groups = found.groupdict()
    own_year = any(groups[name] for name in ("every", "year", "shift"))
    named = _within(groups)
    short = groups["end"] in {"底", "末", "内"} or groups["begin"] == "初" or groups["middle"] == "中期"
    if (named is None and not own_year) or (short and not own_year):
        return None
    month, day = named or (12, 31)
    if month > 12 or not 1 <= day <= 31 or (groups["month"] and month < 1):
        return None
    point = Point(
        start=found.start(), end=found.end(), year=_year(groups), shift=_SHIFTS.get(groups["shift"] or ""),
        month=month or None, day=day, every=bool(groups["every"]), marked=_marked(groups),
        bare=named is None or bool(groups["whole"]), ranged=bool(groups["from"]),
    )  # fmt: skip
    return replace(point, month=None) if point.every and point.bare else point


def _year(groups: dict[str, str | None]) -> int | None:
    if groups["plan"]:
        return _FIVE_YEARS[groups["plan"]]
    said = groups["year"] or groups["dotted"] or groups["from_year"]
    if said is None or groups["every"]:
        return None
    return int("".join(char if char.isdecimal() else str(_NUMERALS[char]) for char in said))


def _marked(groups: dict[str, str | None]) -> bool:
    return bool(groups["before"] or groups["end"] or ((groups["third"] or "") in {"底", "末"} and groups["third"]))


def _within(groups: dict[str, str | None]) -> tuple[int, int] | None:
    """Month and day within the year; month 0 for 年初, which names no day."""
    if groups["last_day"] and groups["from_month"]:
        return number(groups["from_month"]), number(groups["last_day"])
    if groups["month"]:
        day = number(groups["day"]) if groups["day"] else _DAY_OF_THIRD[groups["third"] or ""]
        return number(groups["month"]), day
    if groups["quarter"]:
        return number(groups["quarter"]) * 3, 31
    if groups["half"]:
        return (6 if groups["half"] in "上前" else 12), 31
    if groups["dotted"]:
        return int(groups["dotted_month"] or 12), int(groups["dotted_day"] or 31)
    if groups["begin"]:
        return 0, 31
    if groups["middle"]:
        return 6, 30
    return (12, 31) if groups["end"] or groups["whole"] or groups["plan"] else None


def after_issue(found: re.Match[str], issued: date | None) -> date | None:
    """The day of 印发之日起30日内; None without the day of issue and for 工作日, which need a calendar of holidays."""
    count, unit = number(found["count"]), found["unit"]
    if issued is None or "工作" in unit:
        return None
    if unit.endswith("月"):
        return _months_later(issued, count)
    if unit == "年":
        return _months_later(issued, 12 * count)
    return issued + timedelta(days=count * (7 if unit in {"周", "星期", "个星期"} else 1))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
