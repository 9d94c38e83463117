"""Reports due upward by the plan's own text become periods (rule 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.ledger.periods import FINAL, MIDTERM, own_key
from core.model.ledger import Period
from core.model.plan import Plan, RequiredReport

_WORD = "报送"
_TITLE_LENGTH = 20
EVIDENCE_WORDS = ("佐证", "印证", "证明材料")


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A report as the plan wants it; ``due_text`` is the print where it is no date, ``period`` the one it closes."""

    what: str
    who: str | None
    due_on: date | None
    due_text: str | None
    to: str | None
    period: Period | None


def wanted_reports(plan: Plan, plan_key: str, *, is_first: bool) -> tuple[WantedReport, ...]:
    """The reports of a plan in the order of the print, each dated one with its period.

    A 中期 or 终期 report closes the plan's 中期 or 终期: from the plan's first day to the day it is due, which is
    its cut-off too. Others run from the day after the one before; two due on one day close one period.
    """
    first = _first_day(plan)
    found: list[WantedReport] = []
    periods: dict[date, Period] = {}
    taken: set[str] = set()
    named = 0
    for report in plan.document.required_reports:
        due = _day(report.due)
        if due is None:
            found.append(_wanted(report, None, None))
            continue
        word = _word(report.what)
        if due not in periods:
            if word is None or word in taken:
                named += 1
                begin = max((day + timedelta(days=1) for day in periods if day < due), default=first)
                periods[due] = _period(plan_key, f"{_WORD}{named}", title_of(report.what, due), begin, due)
            else:
                taken.add(word)
                key = own_key(word, plan_key, is_first=is_first)
                periods[due] = Period(key, word, min(first, due), due, due)
        found.append(_wanted(report, due, periods[due]))
    return tuple(found)


def _wanted(report: RequiredReport, due: date | None, period: Period | None) -> WantedReport:
    return WantedReport(report.what, report.who, due, None if due else report.due, report.to, period)


def _period(plan_key: str, word: str, title: str, first: date, due: date) -> Period:
    return Period(own_key(word, plan_key, is_first=False), title, min(first, due), due, due)


def title_of(what: str, due: date) -> str:
    """Short enough for a list, and told apart by its day."""
    words = what if len(what) <= _TITLE_LENGTH else f"{what[: _TITLE_LENGTH - 1]}…"
    return f"{words}（{due:%Y-%m-%d}）"


def _word(what: str) -> str | None:
    words = [word for word in (MIDTERM, FINAL) if word in what]
    return words[0] if len(words) == 1 else None


def _day(due: str | None) -> date | None:
    try:
        return date.fromisoformat(due) if due else None
    except ValueError:
        return None


def _first_day(plan: Plan) -> date:
    """The plan's date, else the first day of the year of the first date it names."""
    if plan.document.date is not None:
        return plan.document.date
    dates = [part.date for measure in plan.measures for part in measure.deadlines if part.date is not None]
    dues = (_day(report.due) for report in plan.document.required_reports)
    return date(min(_known([*dates, *dues])).year, 1, 1)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None] or [date.max]
