"""What a unit wrote into a cell: 状态, 完成日期, figures of targets. What is not understood is said, never guessed.

Nothing becomes 0 or empty silently: a reading that is more than the plain one carries a ``note``, one that cannot be
read a ``problem`` beside the text as it was found.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from core.model.ledger import EntryState, Period
from core.model.plan import Target
from core.recognise.dates import number, points
from core.recognise.sources.sheet import text_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """A cell as understood: ``raw`` as it was found; None as ``value`` with no ``problem``: nothing was written."""

    raw: str
    value: T | None = None
    problem: str | None = None
    note: str | None = None


_STATES = {
    EntryState.DONE: "已完成 完成 完成了 已经完成 全部完成 已全部完成 均已完成 办结 已办结 已办理完毕 完毕 已完毕 结束 已结束 是 √ ✓ 100%",
    EntryState.IN_PROGRESS: (
        "推进中 正在推进 进行中 正在进行 正在进行中 办理中 正在办理 落实中 正在落实 实施中 正在实施 开展中 正在开展 "
        "已启动 启动 已开展 有序推进 稳步推进 正常推进 未完成推进中 未完成，推进中"
    ),
    EntryState.NOT_STARTED: "未启动 未开始 未开展 尚未启动 尚未开始 尚未开展 还未启动 还未开始 还没开始 没有启动 未实施",
    EntryState.KEPT_UP: "本期已落实 已落实 落实 本期落实 长期坚持 持续坚持 持续推进 持续落实 持续开展 常态化推进 常态化开展 常态化落实",
    EntryState.NOT_APPLICABLE: "不涉及 无涉及 不涉及本单位 本单位不涉及 不适用 无此项工作 无此项 无此事项",
}
_WORDS = {word: state for state, words in _STATES.items() for word in words.split()}
_BLANK = {"", "/", "\\", "-", "--", "—", "——", "－", "无", "〇", "空"}
"""Marks by which people leave a cell empty."""
_LONGEST_STROKE = 40
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
"""Excel's numbers of the days 2000-01-01 … 2099-12-31."""
_DAY = re.compile(r"(\d{2,4})[-/.,，、年](\d{1,2})[-/.,，、月](\d{1,2})日?(?:[T ]?\d{1,2}:\d\d(?::\d\d)?)?[.。]?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_MONTH = re.compile(r"(20\d\d)[-/.年](\d{1,2})月?(?:份|底|末)?")
_SHORT_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_FIGURE = re.compile(
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?P<scale>[万亿]?)"
    r"(?P<unit>(?![一二两三四五六七八九十零〇千万亿]|百(?!分))[^\d./至到~～—-]{0,8})"
)
"""No unit begins with a figure: of 2千万 and 一百二十 only the beginning would be read."""
_ONLY_YEAR, _NO_DAY = re.compile(r"\d{4}年?(?:度|内|间|全年)?"), "只写了年份，应写明哪月哪日，如 2024-11-20"
_TWO = re.compile(r"\d\s+(?!\d{3}(?!\d))\d")
_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8}
_VAGUE = re.compile(r"约|近|余|多(?!少)|左右|大概|上下|几")
_PART = re.compile(r"^\s*(?:[（(]?(\d{1,2})[)）.、．:：]|([①-⑳]))\s*")


def is_blank(value: object) -> bool:
    """Whether nothing was written: an empty cell, blanks, or a stroke through it."""
    if value is None:
        return True
    if isinstance(value, str):
        if "一" <= value[:1] <= "鿿" and value[0] not in "无空":
            return False  # a word; most cells begin with one
        return len(value.strip()) <= _LONGEST_STROKE and _is_stroke(value)
    return _plain(text_of(value)) in _BLANK


@lru_cache(maxsize=4096)
def _is_stroke(text: str) -> bool:
    return _plain(text_of(text)) in _BLANK


def state(value: object, allowed: Sequence[EntryState]) -> Understood[EntryState]:
    """A state in the unit's words; ``allowed`` are the choices of the obligation."""
    raw = text_of(value)
    if is_blank(value):
        return Understood(raw)
    if raw in allowed:
        return Understood(raw, EntryState(raw))
    word = _plain(raw).strip("。．.；;！!")
    found = _WORDS.get(word)
    if found is None and value == 1:  # a cell formatted as a percentage
        found = EntryState.DONE
    if found is None:
        return Understood(raw, problem=f"没有这个状态，应为：{'、'.join(allowed)}")
    found = _fitting(found, allowed)
    if found not in allowed:
        return Understood(raw, problem=f"这一项不能选“{found}”，应为：{'、'.join(allowed)}")
    return Understood(raw, found, note=None if raw.strip() == found.value else f"按“{found}”读")


def _fitting(found: EntryState, allowed: Sequence[EntryState]) -> EntryState:
    """What never ends is kept up, not completed; what ends and is 落实 is done only if the unit says 已完成."""
    if found is EntryState.DONE and found not in allowed and EntryState.KEPT_UP in allowed:
        return EntryState.KEPT_UP
    return found


def day(value: object, period: Period) -> Understood[date]:
    """A date in any of the ways people write one; a year that is not written is the period's."""
    raw = text_of(value)
    if isinstance(value, datetime):
        return _in_reach(raw, value.date())
    if isinstance(value, date):
        return _in_reach(raw, value)
    if is_blank(value):
        return Understood(raw)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(raw, value)
    text = _plain(raw)
    if text.isdecimal() and int(text) in _SERIALS:
        return _of_number(raw, int(text))
    written = _written(raw, text, period)
    return written or _worded(raw, text, period)


def _of_number(raw: str, value: float) -> Understood[date]:
    compact = _COMPACT.fullmatch(f"{value:g}" if value < 1e6 else f"{value:.0f}")
    if compact:
        return _compact(raw, compact)
    if 2000 <= value < 2100:
        return Understood(raw, problem=_NO_DAY)
    if _SERIALS.start <= value < _SERIALS.stop:
        return Understood(raw, _EXCEL_ZERO + timedelta(days=int(value)))
    return Understood(raw, problem="看不懂这个日期，应写成 2024-12-31 的样子")


def _written(raw: str, text: str, period: Period) -> Understood[date] | None:
    """Figures with marks between them."""
    match = _DAY.fullmatch(text)
    if match:
        year, month, day_ = match.groups()
        if len(year) == 3:
            return Understood(raw, problem="看不懂这个日期，年份应为四位数")
        note = f"年份按20{year}年读" if len(year) == 2 else None
        return _checked(raw, int(year) + 2000 if len(year) == 2 else int(year), int(month), int(day_), note)
    match = _COMPACT.fullmatch(text)
    if match:
        return _compact(raw, match)
    match = _MONTH.fullmatch(text)
    if match:
        year, month = (int(part) for part in match.groups())
        if not 1 <= month <= 12:
            return Understood(raw, problem=f"看不懂这个日期，月份没有 {month} 月")
        last = monthrange(year, month)[1]
        return _in_reach(raw, date(year, month, last), f"没有写日，按{month}月{last}日读")
    if _ONLY_YEAR.fullmatch(text):
        return Understood(raw, problem=_NO_DAY)
    match = _SHORT_DAY.fullmatch(text)
    if match:
        month, day_ = (int(part) for part in match.groups())
        year = _year_of(month, day_, period)
        return _checked(raw, year, month, day_, f"没有写年，按{year}年读")
    return None


def _worded(raw: str, text: str, period: Period) -> Understood[date]:
    """六月底, 6月30日, 第二季度末: the last day of what is named, in the period's year where none is."""
    problem: Understood[date] = Understood(raw, problem="看不懂这个日期，应写成 2024-12-31 的样子")
    found = list(points(text))
    if len(found) != 1 or found[0].ranged or found[0].every or found[0].start > 0 or found[0].end < len(text):
        return problem
    point = found[0]
    if point.month is None or point.shift is not None:
        return problem
    if point.day != 31 and point.day > monthrange(point.year or 2024, point.month)[1]:
        return Understood(raw, problem=f"看不懂这个日期，{point.month}月没有 {point.day} 日")
    last = point.day if point.day != 31 else monthrange(period.last_day.year, point.month)[1]
    year = point.year if point.year is not None else _year_of(point.month, last, period)
    read = point.on(year)
    if read is None:
        return problem
    is_plain = point.year is not None and text.endswith("日")
    return _in_reach(raw, read, None if is_plain else f"按{read.isoformat()}读")


def _year_of(month: int, day_: int, period: Period) -> int:
    """The year of a date without one: the last such day that is not after the period and its cut-off."""
    limit = max(period.last_day, period.cut_off)
    return limit.year if (month, day_) <= (limit.month, limit.day) else limit.year - 1


def _compact(raw: str, match: re.Match[str]) -> Understood[date]:
    return _checked(raw, int(match[1]), int(match[2]), int(match[3]))


def _checked(raw: str, year: int, month: int, day_: int, note: str | None = None) -> Understood[date]:
    if not 1 <= month <= 12:
        return Understood(raw, problem=f"看不懂这个日期，月份没有 {month} 月")
    if not 1 <= day_ <= monthrange(year, month)[1]:
        return Understood(raw, problem=f"看不懂这个日期，{year}年{month}月没有 {day_} 日")
    return _in_reach(raw, date(year, month, day_), note)


def _in_reach(raw: str, read: date, note: str | None = None) -> Understood[date]:
    if not 2000 <= read.year <= 2099:
        return Understood(raw, problem=f"看不懂这个日期，{read.year}年不对")
    return Understood(raw, read, note=note)


def figures(value: object, targets: Sequence[Target]) -> tuple[Understood[float], ...]:
    """One reading for each target: the only figure, or the lines 1. … 2. … of several.

    A figure must be exact: 约60, 60余 are problems; the words stay readable in the cell's text.
    """
    raw = text_of(value)
    if is_blank(value) or not targets:
        return tuple(Understood("") for _ in targets)
    if len(targets) == 1:
        return (_figure(value, raw, targets[0]),)
    found: dict[int, Understood[float]] = {}
    for line in filter(str.strip, re.split(r"[\n；;]", raw)):
        match = _PART.match(line)
        place = (int(match[1]) if match[1] else ord(match[2]) - 0x245F) if match else 0
        if match is None or not 1 <= place <= len(targets) or place - 1 in found:
            found = {}  # a line that is nobody's must not get lost
            break
        rest = line[match.end() :]
        found[place - 1] = _figure(rest, rest.strip(), targets[place - 1])
    if not found:
        problem = f"有 {len(targets)} 个指标，应逐行写成“1. 数字”"
        return tuple(Understood(raw, problem=problem) for _ in targets)
    return tuple(found.get(at, Understood("")) for at in range(len(targets)))


def _figure(value: object, raw: str, target: Target) -> Understood[float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _percent(raw, float(value), target)
    text = _plain(raw)
    if text in _BLANK:
        return Understood(raw)
    if _TWO.search(raw):
        return Understood(raw, problem="有不止一个数字")
    if _VAGUE.search(text):
        return Understood(raw, problem="不是确切的数字")
    match = _FIGURE.fullmatch(text.removeprefix("达到").removeprefix("完成").removeprefix("已"))
    if not match:
        return Understood(raw, problem="看不懂这个数字")
    digits = match["number"].replace(",", "")
    read = float(digits) if digits[-1].isdecimal() and digits.isascii() else float(number(digits))
    unit, wanted = match["unit"], target.unit or ""
    if unit.startswith("%") != wanted.startswith(("%", "％")) and unit.startswith("%"):
        return Understood(raw, problem=f"单位不符，应为“{wanted}”" if wanted else "单位不符")
    if unit.startswith("%"):
        return Understood(raw, read)
    scale = _SCALES[match["scale"]] / _SCALES.get(wanted[:1] if wanted[:1] in _SCALES else "", 1.0)
    note = _other_unit(unit, wanted, read)
    if match["scale"] or note:
        return Understood(raw, read * scale, note=note)
    return _percent(raw, read, target)


def _other_unit(unit: str, wanted: str, read: float) -> str | None:
    """A figure in another unit than that of its target is read and said."""
    plain = wanted.lstrip("万亿")
    if not unit or not plain or unit.rstrip("。;；,，") in (plain, wanted) or plain in unit:
        return None
    return f"单位写作“{unit}”，按{read:g}{wanted}读"


def _percent(raw: str, read: float, target: Target) -> Understood[float]:
    """0.96 in a cell that is formatted as a percentage arrives as 0.96."""
    is_share = (target.unit or "").startswith(("%", "％")) and (target.value or 0) > 1 and 0 < read <= 1
    return Understood(raw, round(read * 100, 6), note=f"按{read * 100:g}%读") if is_share else Understood(raw, read)


def _plain(text: str) -> str:
    """Half-width, without blanks: how the same thing is written the same."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("％", "%")
