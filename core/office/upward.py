"""上报: the reports a plan owes its superior, as periods and to-dos with their dates (rule 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError, NotFoundError
from core.ledger.periods import own_key
from core.ledger.upward import EVIDENCE_WORDS, title_of, wanted_reports
from core.model.ledger import Period
from core.model.plan import Plan
from core.model.typed import typed
from core.office.changes import Changes
from core.office.overview import plan_row
from core.store import journal, periods, plans
from core.store import upward as rows
from core.store.database import Store
from core.store.upward import UpwardRow

_ADDED = "增报"
"""Periods of reports that the clerk added."""


@dataclass(frozen=True, slots=True)
class UpwardReport:
    """A report due upward. ``id`` is None where a file that is only read does not hold it as a row yet.

    ``due_text``: the print where the plan names no date. ``period_key``: the period it closes, with its cut-off.
    """

    id: int | None
    what: str
    who: str | None
    due_on: date | None
    due_text: str | None
    to: str | None
    period_key: str | None
    sent_on: date | None = None
    note: str = ""

    @property
    def needs_evidence(self) -> bool:
        """Whether the plan wants evidence with it (及相关佐证材料)."""
        return any(word in self.what for word in EVIDENCE_WORDS)

    def days_left(self, as_of: date) -> int | None:
        """Days to the date it is due, negative when late; None when it is sent or undated."""
        return None if self.due_on is None or self.is_sent(as_of) else (self.due_on - as_of).days

    def is_sent(self, as_of: date) -> bool:
        """Whether it had been sent by that day."""
        return self.sent_on is not None and self.sent_on <= as_of


def upward_reports(store: Store, plan_key: str | None) -> tuple[UpwardReport, ...]:
    """The reports of a plan by date, undated ones last.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        found = [_report(one) for one in rows.of_plan(db, row.id)]
        if not found:
            wanted = wanted_reports(plans.load(db, row.id), row.key, is_first=row.key == plans.first_key(db))
            found = [
                UpwardReport(None, w.what, w.who, w.due_on, w.due_text, w.to, w.period.key if w.period else None)
                for w in wanted
            ]
    return tuple(sorted(found, key=lambda one: one.due_on or date.max))


def save_upward(
    store: Store,
    plan_key: str | None,
    report_id: int | None,
    *,
    what: str,
    who: str | None = None,
    due_on: date | None = None,
    due_text: str | None = None,
    to: str | None = None,
    note: str = "",
) -> Changes:
    """Add a report (None) or change one; a dated one closes a period, made if need be.

    While nothing is in that period its days follow the date.

    Raises InvalidError (what) without a name, NotFoundError for a report that is not there.
    """
    what = typed(what)
    if not what:
        raise InvalidError("没有填写报送什么。", hint="如“中期情况报告及佐证材料”。", field="what")
    row = plan_row(store, plan_key)
    with store.transaction() as db:
        old = None if report_id is None else _found(db, report_id)
        period_id = _period_for(db, row.key, old, what, due_on)
        values = _values(what, who, due_on, due_text, to, typed(note)) | {"period_id": period_id}
        if old is None:
            key = rows.insert(db, row.id, values)
        else:
            rows.write(db, old.id, values)
            key = old.id
        new = _found(db, key)
        if new != old:
            act = "新增上报事项" if old is None else "修改上报事项"
            journal.append(db, act, new.what, before=_words(old) if old else None, after=_words(new))
    return Changes(periods=True)


def mark_sent(store: Store, report_id: int, day: date | None) -> Changes:
    """Say when a report was sent, or (None) that it was not.

    Raises NotFoundError for a report that is not there.
    """
    with store.transaction() as db:
        old = _found(db, report_id)
        if old.sent_on == day:
            return Changes()
        rows.mark_sent(db, report_id, day)
        journal.append(
            db,
            "标为未上报" if day is None else "标为已上报",
            old.what,
            before={"上报日期": str(old.sent_on)} if old.sent_on else None,
            after={"上报日期": str(day) if day else "无"},
        )
    return Changes(periods=True)


def enter_upward(db: Connection, plan_id: int, plan_key: str, plan: Plan) -> None:
    """Write the reports that a plan wants, with their periods, inside the running transaction."""
    for one in wanted_reports(plan, plan_key, is_first=plan_key == plans.first_key(db)):
        period_id = periods.ensure(db, one.period) if one.period else None
        values = _values(one.what, one.who, one.due_on, one.due_text, one.to, "")
        rows.insert(db, plan_id, values | {"period_id": period_id})


def complete(store: Store) -> None:
    """Give the plans of a file of before the rows of their reports; does nothing where they are there."""
    with store.reading() as db:
        found = rows.plans_without(db)
    if not found:
        return
    with store.transaction() as db:
        for plan_id, key in found:
            plan = plans.load(db, plan_id)
            enter_upward(db, plan_id, key, plan)
            words = "；".join(report.what for report in plan.document.required_reports)
            journal.append(db, "列出上报事项", plan.title, after={"上报事项": words}, reason="方案要求报送")


def _period_for(db: Connection, plan_key: str, old: UpwardRow | None, what: str, due: date | None) -> int | None:
    """The period that the report closes: the one it has, moved while it is empty; else one of its own."""
    if due is None:
        return periods.row_id(db, old.period_key) if old and old.period_key else None
    if old is not None and old.period_key:
        have = periods.find_key(db, old.period_key)
        uses = periods.uses(db)[old.period_key]
        if have is not None and old.due_on != due and not (uses.has_entries or uses.frozen or uses.upward > 1):
            first = min(have.first_day, due)
            moved = Period(have.key, have.title, first, due, due, have.asks)
            periods.write(db, have.key, moved)
        return periods.row_id(db, old.period_key)
    key = periods.next_named(db, _ADDED, own_key("", plan_key, is_first=False))
    return periods.ensure(db, Period(key, title_of(what, due), date(due.year, 1, 1), due, due))


def _found(db: Connection, report_id: int) -> UpwardRow:
    row = rows.find(db, report_id)
    if row is None:
        raise NotFoundError("这项上报事项不在台账里。", hint="请刷新后再试。")
    return row


def _report(row: UpwardRow) -> UpwardReport:
    return UpwardReport(
        row.id, row.what, row.who, row.due_on, row.due_text, row.to, row.period_key, row.sent_on, row.note
    )


def _values(
    what: str, who: str | None, due_on: date | None, due_text: str | None, to: str | None, note: str
) -> dict[str, Any]:
    return {
        "what": what,
        "who": who,
        "due_on": due_on.isoformat() if due_on else None,
        "due_text": due_text,
        "addressee": to,
        "note": note,
    }


def _words(row: UpwardRow) -> dict[str, str]:
    return {
        "报送内容": row.what,
        "报送单位": row.who or "无",
        "时限": str(row.due_on or row.due_text or "无"),
        "报送给": row.to or "无",
        "备注": row.note or "无",
    }
