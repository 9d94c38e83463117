"""Deadlines inside of a measure's sentences, for plans without a deadline column.

A deadline is said as a limit (前, 底, 内, 完成). Not deadlines: a period (2019年1月1日至12月31日), 年度, validity
(有效期至, 截至), names of documents in 《》 and 〔〕, and how often (每年2次), which is a target.
"""

from __future__ import annotations

import re
from datetime import date

from core.model.plan import Deadline, DeadlineKind
from core.recognise.dates import AFTER_ISSUE, Point, after_issue, points
from core.recognise.marks import full_width, outside, squeeze

_NAMES = re.compile(r"《[^《》]{0,200}》|〔\d{4}〕\d*号?|“[^“”]{0,60}”")
_NOT_LIMIT = re.compile(
    r"(?:有效期|有效期限|执行|试行|截至|截止|截止到|近|超过|自|从|延长|延续|延期|顺延|(?:去|上|前|往|历|近)年?)(?:至|到|于|在|：)?$"
)
_GONE = re.compile(r"^(?:已|曾|起|以来|前已|存续|以后|(?:前|以前)?(?:发生|设立|出生|成立|注册|受理)的)")
_DONE = re.compile(r"^(?:前|内|之前)?(?:要|须|应|全部|全面|基本|力争|率先)*(?:完成|建成|实现|办结)")
_ONGOING = re.compile(r"(?:并|且|后)(?:要)?(?:长期坚持|持续推进|持续坚持|常态化推进|长期推进)")
_IN_PERIOD = re.compile(
    r"每(?:个?(?P<quarter>季度?)|(?P<half>半年)|个?(?P<month>月))(?:度)?(?:的)?(?:第?[一二三]个月|首月|末月|最后一个月|次月|结束后|末|底|初|\d{1,2}[日号])"
    r"(?:的|后|前|内|底|末|\d{1,2}(?:日|号|个工作日))*"
)
_MARKS = "，；。！？\n"


def in_text(text: str, *, issued: date | None = None, year: int | None = None) -> tuple[Deadline, ...]:
    """The deadlines of a text in order, each with its clause, date included, as scope.

    A date before a comma takes the next clause along, and those that 并 joins to it. A date without a year has that
    of the date before it in the text, else ``year`` or the document's.
    """
    plain = squeeze(full_width(text))
    hidden = _NAMES.sub(lambda found: "■" * len(found[0]), plain)
    found = [*_points(hidden, issued, year), *_after_issue(hidden, issued), *_in_periods(hidden)]
    found.sort(key=lambda item: item[0])
    marks = _clause_marks(plain)
    return tuple(
        Deadline(deadline.kind, deadline.date, deadline.recur, _scope(plain, start, end, marks))
        for start, end, deadline in found
    )


def _points(text: str, issued: date | None, year: int | None) -> list[tuple[int, int, Deadline]]:
    deadlines: list[tuple[int, int, Deadline]] = []
    base = year if year is not None else (issued.year if issued else None)
    said = base
    for point in points(text):
        if not _is_limit(point, text):
            said = point.year if point.year is not None and not point.ranged and point.marked else said
            continue
        if point.year is not None:
            said = point.year
        elif point.shift is not None and base is not None:
            said = base + point.shift
        deadlines.append((point.start, point.end, _deadline(point, said, text)))
    return deadlines


def _deadline(point: Point, year: int | None, text: str) -> Deadline:
    if point.every:
        return Deadline(DeadlineKind.RECURRING, recur=point.recur)
    day = point.on(year)
    if day is None:
        return Deadline(DeadlineKind.UNSPECIFIED)
    clause = re.split(r"[，；。]", text[point.end : point.end + 80])[0]
    kind = DeadlineKind.BY_THEN_ONGOING if _ONGOING.search(clause) else DeadlineKind.BY
    return Deadline(kind, date=day)


def _is_limit(point: Point, text: str) -> bool:
    """Whether the point limits what is to be done rather than only naming a time."""
    behind = text[point.end : point.end + 12]
    if _NOT_LIMIT.search(text[max(point.start - 6, 0) : point.start]) or _GONE.match(behind):
        return False
    if point.every:
        return point.recur != "yearly" or "初" in text[point.start : point.end]
    if point.ranged:
        return False
    words = text[point.start : point.end]
    if point.bare:
        return (words.endswith("前") and not words.endswith("以前")) or _DONE.match(behind) is not None
    return point.marked or _DONE.match(behind) is not None


def _after_issue(text: str, issued: date | None) -> list[tuple[int, int, Deadline]]:
    found: list[tuple[int, int, Deadline]] = []
    for issue in AFTER_ISSUE.finditer(text):
        day = after_issue(issue, issued)
        kind = DeadlineKind.UNSPECIFIED if day is None else DeadlineKind.BY
        found.append((issue.start(), issue.end(), Deadline(kind, date=day)))
    return found


def _in_periods(text: str) -> list[tuple[int, int, Deadline]]:
    names = {"quarter": "quarterly", "half": "halfyearly", "month": "monthly"}
    return [
        (
            found.start(),
            found.end(),
            Deadline(DeadlineKind.RECURRING, recur=next(names[key] for key in names if found[key])),
        )
        for found in _IN_PERIOD.finditer(text)
    ]


def _clause_marks(text: str) -> list[int]:
    """Where clauses end: marks outside of brackets and quotes."""
    flags = outside(text)
    return [at for at, char in enumerate(text) if char in _MARKS and flags[at]]


def _scope(text: str, start: int, end: int, marks: list[int]) -> str:
    """The clause of a date; with a comma right behind the date, the next one and what 并 joins to it."""
    first = max((at for at in marks if at < start), default=-1) + 1
    ends = [at for at in marks if at >= end] + [len(text)]
    last = 0
    if text[end : end + 1] == "，" and len(ends) > 1:
        last = 1
        while last + 1 < len(ends) and text[ends[last]] == "，" and text.startswith(("并", "同时"), ends[last] + 1):
            last += 1
    return text[first : ends[last]].strip("，；。")
