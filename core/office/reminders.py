"""催办: who was reminded when and how, what they answered; not twice within the least interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.errors import InvalidError, NotFoundError
from core.office import ledger_settings
from core.office.changes import Changes
from core.office.overview import plan_row
from core.office.periods import period_of
from core.store import journal, periods, units
from core.store import reminders as rows
from core.store.database import Store
from core.store.reminders import ReminderRow as Reminder

__all__ = ["WAYS", "Reminder", "answer", "remind", "reminders", "too_soon"]

WAYS = ("电话", "微信", "邮件", "函", "当面")


def remind(
    store: Store,
    plan_key: str | None,
    period_key: str,
    names: Sequence[str],
    *,
    way: str,
    person: str = "",
    text: str = "",
    answer: str = "",
    promised_on: date | None = None,
    at: date | None = None,
    over: bool = False,
) -> Changes:
    """Note that units were reminded, one entry in the journal for each; ``at`` None: today.

    ``person``: who was spoken to (or who signed for the letter). ``over``: also those who were reminded within the
    least interval that the office has set.

    Raises NotFoundError (plan, unit), InvalidError (way; a unit that was reminded just now; nobody to remind).
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    if way not in WAYS:
        raise InvalidError(f"催办方式不能是“{way}”。", hint=f"可选：{'、'.join(WAYS)}。", field="way")
    if not names:
        raise InvalidError("没有选择要催办的单位。", field="units")
    day = at or datetime.now().astimezone().date()
    soon = () if over else too_soon(store, plan_key, period_key, names, at=day)
    if soon:
        listed = "、".join(f"{unit}（{last.month}月{last.day}日）" for unit, last in soon)
        days = ledger_settings.load(store).reminder_days
        raise InvalidError(f"{days} 天内已催办过：{listed}。", hint="请过几天再催，或确认仍要催办。", field="units")
    with store.transaction() as db:
        ids = units.ids(db)
        period_id = periods.ensure(db, period)
        for name in dict.fromkeys(names):
            if name not in ids:
                raise NotFoundError(f"单位名册中没有“{name}”。")
            rows.add(
                db,
                row.id,
                period_id,
                ids[name],
                at=day,
                way=way,
                person=person.strip(),
                text=text.strip(),
                answer=answer.strip(),
                promised_on=promised_on,
            )
            after = _words(day, way, person, text, answer, promised_on)
            journal.append(db, "催办", f"{period.title}：{name}", after=after)
    return Changes(periods=True)


def answer(store: Store, reminder_id: int, words: str, promised_on: date | None = None) -> Changes:
    """What a unit said to a reminder, and by when it promised.

    Raises NotFoundError.
    """
    with store.transaction() as db:
        known = rows.find(db, reminder_id)
        if known is None:
            raise NotFoundError("这条催办记录已不在台账中。")
        if (known.answer, known.promised_on) == (words.strip(), promised_on):
            return Changes()
        rows.answer(db, reminder_id, words.strip(), promised_on)
        journal.append(
            db,
            "登记催办答复",
            f"{known.at.isoformat()}：{known.unit}",
            before=_answer_words(known.answer, known.promised_on),
            after=_answer_words(words.strip(), promised_on),
        )
    return Changes(periods=True)


def reminders(store: Store, plan_key: str | None, period_key: str) -> tuple[Reminder, ...]:
    """The reminders of a period, the newest first.

    Raises NotFoundError, InvalidError.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    with store.reading() as db:
        return rows.of_period(db, row.id, period.key)


def too_soon(
    store: Store, plan_key: str | None, period_key: str, names: Sequence[str], *, at: date | None = None
) -> tuple[tuple[str, date], ...]:
    """Those of the units that were reminded within the least interval before ``at`` (None: today), with the last day.

    Raises NotFoundError, InvalidError.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    day = at or datetime.now().astimezone().date()
    least = ledger_settings.load(store).reminder_days
    with store.reading() as db:
        last = rows.last_of(db, row.id, period.key, list(names))
    return tuple((name, last[name]) for name in names if name in last and abs((day - last[name]).days) < least)


def _words(day: date, way: str, person: str, text: str, answered: str, promised_on: date | None) -> dict[str, str]:
    words = {
        "日期": day.isoformat(),
        "方式": way,
        "联系人": person.strip(),
        "内容": text.strip(),
        **_answer_words(answered.strip(), promised_on),
    }
    return {key: word for key, word in words.items() if word}


def _answer_words(answered: str, promised_on: date | None) -> dict[str, str]:
    words = {"答复": answered, "承诺日期": promised_on.isoformat() if promised_on else ""}
    return {key: word for key, word in words.items() if word}
