"""报送期: what a key means for a plan, which ones there are to choose from, and the clerk's changes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from sqlite3 import Connection
from typing import NamedTuple

from core.errors import InvalidError, NotFoundError
from core.ledger import periods as rules
from core.ledger.asks import ASKS
from core.ledger.periods import PeriodKind
from core.model.ledger import Period
from core.model.plan import Plan
from core.model.typed import typed
from core.office import ledger_settings
from core.office.changes import Changes
from core.office.overview import plan_row
from core.office.own_periods import cut_offs, own_periods
from core.store import journal, plans
from core.store import periods as rows
from core.store.database import Store

__all__ = [
    "ASKS",
    "PeriodKind",
    "PeriodLine",
    "delete_period",
    "new_period",
    "period_lines",
    "period_of",
    "periods",
    "save_period",
    "span_of",
]

_CALENDAR = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
_NAMED_KEY = "自定"


class PeriodLine(NamedTuple):
    """A period in the list of all. ``cut_off`` is the day that counts, moved on where the office wants that.

    ``kept``: the file has it as it is here (else it only can be chosen).
    ``frozen_on``: when the plan's figures of it were last frozen. ``why_kept``: why it cannot be deleted, or empty.
    """

    period: Period
    kind: PeriodKind
    cut_off: date
    kept: bool
    frozen_on: date | None
    why_kept: str


def period_of(store: Store, plan_key: str | None, key: str) -> Period:
    """A period of the plan by key or title, else what the key means.

    Raises InvalidError when it means nothing.
    """
    with store.reading() as db:
        known = own_periods(db, plan_key)
        own = _own_key(db, plan_key, key)
    found = next((p for p in known if p.key == own), None) or next((p for p in known if p.title == key), None)
    if found is not None:
        return found
    meant = new_period(store, plan_key, key)
    return next((p for p in known if p.key == meant.key), meant)


def new_period(store: Store, plan_key: str | None, key: str) -> Period:
    """What a key means for the plan, whether or not the file has changed it.

    Raises InvalidError when it means nothing.
    """
    word = key.strip().partition("@")[0]
    if word not in (rules.MIDTERM, rules.FINAL):
        return rules.parse(key)
    plan = _plan(store, plan_key)
    with store.reading() as db:
        own = _own_key(db, plan_key, word)
    if plan is not None:
        with store.reading() as db:
            first = plans.first_key(db)
        from core.ledger import upward as wanted

        for report in wanted.wanted_reports(plan, plan_key or first or "", is_first=plan_key in (None, first)):
            if report.period is not None and report.period.key == own:
                return report.period
    return replace(rules.parse(word, span=span_of(plan)), key=own)


def periods(store: Store, plan_key: str | None, as_of: date) -> tuple[Period, ...]:
    """Periods to choose from, newest first: those of the file and the quarters of the plan up to the date."""
    with store.reading() as db:
        known = {period.key: period for period in own_periods(db, plan_key)}
    first, _ = _span(store, plan_key)
    quarter = rules.quarter_of(as_of)
    while True:
        known.setdefault(quarter.key, quarter)
        if quarter.first_day <= first:
            break
        quarter = rules.quarter_of(date.fromordinal(quarter.first_day.toordinal() - 1))
    return tuple(sorted(known.values(), key=lambda p: (p.first_day, p.last_day), reverse=True))


def period_lines(store: Store, plan_key: str | None, as_of: date) -> tuple[PeriodLine, ...]:
    """The same with what the list of all periods shows of each."""
    found = periods(store, plan_key, as_of)
    row = plan_row(store, plan_key)
    with store.reading() as db:
        moves = ledger_settings.of_file(db).cut_off_moves
        days = cut_offs(db, (period.cut_off for period in found)) if moves else {}
        uses = rows.uses(db)
        from core.store import frozen

        frozen_days = frozen.days(db, row.id)
    return tuple(
        PeriodLine(
            period,
            rules.kind_of(period.key),
            days.get(period.cut_off, period.cut_off),
            kept=period.key in uses,
            frozen_on=frozen_days.get(period.key),
            why_kept=_why_kept(uses[period.key]) if period.key in uses else "",
        )
        for period in found
    )


def save_period(
    store: Store,
    plan_key: str | None,
    key: str | None,
    *,
    title: str,
    first_day: date,
    last_day: date,
    cut_off: date,
    asks: Sequence[str] = (),
) -> Changes:
    """Make or change a period; ``key`` None makes a named one (自定).

    A month, quarter, half-year or year keeps its days; 中期, 终期 and named ones may get others.

    Raises InvalidError: title (empty, taken, the name of another kind), last_day, cut_off (order), first_day
    (overlap of named ones, days of a calendar period), asks (unknown), period (a key that means nothing).
    """
    row = plan_row(store, plan_key)
    meant = None if key is None else period_of(store, row.key, key)
    with store.transaction() as db:
        known = own_periods(db, row.key)
        new_key = rows.next_named(db, _NAMED_KEY) if meant is None else meant.key
        wished = tuple(ask for ask in ASKS if ask in asks)
        value = Period(new_key, typed(title), first_day, last_day, cut_off, wished)
        if unknown := [ask for ask in asks if ask not in ASKS]:
            raise InvalidError(f"不能要求填写“{unknown[0]}”。", hint=f"可选：{'、'.join(ASKS)}。", field="asks")
        _check(value, meant, known)
        old = next((p for p in known if p.key == new_key), None)
        if old == value:
            return Changes()
        if old is None:
            rows.ensure(db, value)
        else:
            rows.write(db, new_key, value)
        before, after = ({}, _words(value)) if old is None else _changed(_words(old), _words(value))
        act = "新建报送期" if old is None else "修改报送期"
        journal.append(db, act, (old or value).title, before=before or None, after=after)
    return Changes(periods=True)


def delete_period(store: Store, key: str) -> Changes:
    """Take a period out in which nothing was entered or frozen and that no report due upward needs.

    Raises NotFoundError for a key the file does not have, InvalidError (period) when something is in it.
    """
    with store.transaction() as db:
        period = rows.find_key(db, key)
        if period is None:
            raise NotFoundError("这个报送期不在台账里。", hint="各季度按方案自动列出，不用删除。")
        why = _why_kept(rows.uses(db)[key])
        if why:
            raise InvalidError(f"“{period.title}”{why}，不能删除。", hint="历史记录要保留。", field="period")
        rows.delete(db, key)
        journal.append(db, "删除报送期", period.title, before=_words(period))
    return Changes(periods=True)


def span_of(plan: Plan | None) -> tuple[date, date]:
    """First and last day of a plan: its date and its last dated deadline; this year when it has neither."""
    days = [d.date for m in plan.measures for d in m.deadlines if d.date] if plan else []
    return _first_and_last(plan.document.date if plan else None, min(days, default=None), max(days, default=None))


def _span(store: Store, plan_key: str | None) -> tuple[date, date]:
    """The same of a plan of the file, which is not loaded for it."""
    with store.reading() as db:
        if not plans.listing(db):
            return _first_and_last(None, None, None)
        return _first_and_last(*plans.dates(db, plan_row(store, plan_key).id))


def _first_and_last(own: date | None, first: date | None, last: date | None) -> tuple[date, date]:
    begin = own or first or date(datetime.now().astimezone().year, 1, 1)
    return begin, max(last or begin, begin)


def _check(value: Period, meant: Period | None, known: Sequence[Period]) -> None:
    others = [p for p in known if p.key != value.key]
    _check_title(value, others)
    if value.last_day < value.first_day:
        raise InvalidError("报送期的最后一天早于第一天。", hint="请改起止日期。", field="last_day")
    if value.cut_off < value.first_day:
        raise InvalidError(
            f"截止日期 {value.cut_off} 早于报送期第一天 {value.first_day}。", hint="请改截止日期。", field="cut_off"
        )
    if meant is not None and rules.kind_of(value.key) in _CALENDAR:
        own = rules.parse(value.key)
        if (own.first_day, own.last_day) != (value.first_day, value.last_day):
            raise InvalidError(
                f"“{own.title}”的起止日期是固定的。", hint="需要其他起止日期时，请新建自定报送期。", field="first_day"
            )
    _check_order(value, others)


def _check_title(value: Period, others: Sequence[Period]) -> None:
    if not value.title:
        raise InvalidError("报送期没有名称。", hint="请填写名称。", field="title")
    if any(value.title in (p.title, p.key) for p in others):
        raise InvalidError(f"已有名为“{value.title}”的报送期。", hint="请换一个名称。", field="title")
    try:
        other = rules.parse(value.title, span=(value.first_day, value.last_day))
    except InvalidError:
        return
    if other.key != value.key.partition("@")[0]:
        raise InvalidError(f"“{value.title}”是另一种报送期的名称。", hint="请换一个名称。", field="title")


def _check_order(value: Period, others: Sequence[Period]) -> None:
    clash = rules.overlapping(value, others)
    if clash is not None:
        raise InvalidError(
            f"与“{clash.title}”（{clash.first_day}—{clash.last_day}）的日期交叉。",
            hint="自定报送期之间不能交叉。",
            field="first_day",
        )
    ends = {rules.kind_of(p.key): p.last_day for p in (*others, value)}
    middle, final = ends.get(PeriodKind.MIDTERM), ends.get(PeriodKind.FINAL)
    own = rules.kind_of(value.key) in (PeriodKind.MIDTERM, PeriodKind.FINAL)
    if own and middle is not None and final is not None and middle > final:
        raise InvalidError("中期的最后一天晚于终期。", hint="请改起止日期。", field="last_day")


def _why_kept(uses: rows.Uses) -> str:
    if uses.has_entries:
        return "已有填报"
    if uses.drafts:
        return f"有{uses.drafts}份没有填完的草稿"
    if uses.frozen:
        return "已固定数字"
    if uses.exchanged:
        return "有下发、回收、催办、上报或发文的记录"
    return "是方案要求报送的" if uses.upward else ""


def _words(period: Period) -> dict[str, str]:
    return {
        "名称": period.title,
        "起止": f"{period.first_day}—{period.last_day}",
        "截止日期": str(period.cut_off),
        "填报要求": "、".join(period.asks) or "无",
    }


def _changed(old: dict[str, str], new: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    keys = [key for key in old if old[key] != new[key]]
    return {key: old[key] for key in keys}, {key: new[key] for key in keys}


def _own_key(db: Connection, plan_key: str | None, key: str) -> str:
    """The key as the file has it: 中期 of a second plan is another one than that of the first."""
    word = key.strip()
    first = plans.first_key(db)
    if word in (rules.MIDTERM, rules.FINAL) and first is not None:
        return rules.own_key(word, plan_key or first, is_first=plan_key in (None, first))
    return key


def _plan(store: Store, plan_key: str | None) -> Plan | None:
    with store.reading() as db:
        if plans.first_key(db) is None:
            return None
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return plans.load(db, row.id)
