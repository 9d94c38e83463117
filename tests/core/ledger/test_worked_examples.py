"""Worked examples: every kind of deadline on the day before its date, on it and after it.

The plan is of 2024-04-12; the file knows the quarters from 2024Q2 to 2025Q1. A line of the table reads
``deadline | entries | as of | state, light | next open date``. Deadlines: by DATE, then DATE (并长期坚持), ongoing,
yearly-MM-DD and so on, instruction, none; several parts are joined by &, their scope before the =; ``until DATE`` is
a 延期 of this unit; ``since DATE`` another date of the plan. Entries: a word of the form, then its date or period, its part, its
review. Light and 逾期完成, 本期已落实 stand after the state; nothing stands for 正常 and for no open date.
"""

from __future__ import annotations

from datetime import date

import pytest

from core.ledger import periods
from core.ledger.adjusted import in_force
from core.ledger.states import Clock, obligation_status
from core.model.adjustment import Adjusted, Adjustment, Terms
from core.model.ledger import Entry, EntryState, Light, Review, Status
from core.model.plan import Deadline, DeadlineKind

PLAN_DATE = "2024-04-12"
PERIODS = tuple(periods.parse(key) for key in ("2024Q2", "2024Q3", "2024Q4", "2025Q1"))

TABLE = """
# by: 2024年底前
by 2024-12-31 | | 2024-11-30 | 未启动 | 2024-12-31
by 2024-12-31 | | 2024-12-01 | 未启动 临近 | 2024-12-31
by 2024-12-31 | | 2024-12-30 | 未启动 临近 | 2024-12-31
by 2024-12-31 | | 2024-12-31 | 未启动 临近 | 2024-12-31
by 2024-12-31 | | 2025-01-01 | 未启动 逾期 | 2024-12-31
by 2024-12-31 | 未启动 2024Q4 | 2025-01-01 | 未启动 逾期 | 2024-12-31
by 2024-12-31 | 推进中 2024Q4 | 2024-09-30 | 未启动 | 2024-12-31
by 2024-12-31 | 推进中 2024Q4 | 2024-10-01 | 推进中 | 2024-12-31
by 2024-12-31 | 推进中 2024Q4 | 2024-12-31 | 推进中 临近 | 2024-12-31
by 2024-12-31 | 推进中 2024Q4 | 2025-01-01 | 推进中 逾期 | 2024-12-31
by 2024-12-31 | 已完成 2024-12-30 | 2024-12-29 | 未启动 临近 | 2024-12-31
by 2024-12-31 | 已完成 2024-12-30 | 2024-12-30 | 已完成
by 2024-12-31 | 已完成 2024-12-31 | 2024-12-31 | 已完成
by 2024-12-31 | 已完成 2024-12-31 | 2025-01-01 | 已完成
by 2024-12-31 | 已完成 2025-01-01 | 2024-12-31 | 未启动 临近 | 2024-12-31
by 2024-12-31 | 已完成 2025-01-01 | 2025-01-01 | 已完成 逾期完成
by 2024-12-31 | 推进中 2024Q3, 已完成 2025-01-03 | 2025-01-02 | 推进中 逾期 | 2024-12-31
by 2024-12-31 | 推进中 2024Q3, 已完成 2025-01-03 | 2025-01-03 | 已完成 逾期完成
# returned, passed, 不涉及
by 2024-12-31 | 已完成 2024-12-31 退回 | 2024-12-31 | 推进中 临近 | 2024-12-31
by 2024-12-31 | 已完成 2024-12-31 退回 | 2025-01-01 | 推进中 逾期 | 2024-12-31
by 2024-12-31 | 已完成 2024-12-31 通过 | 2025-01-01 | 已完成
by 2024-12-31 | 已完成 2024-10-08 退回, 已完成 2025-01-06 | 2025-01-06 | 已完成 逾期完成
by 2024-12-31 | 不涉及 2024Q4 | 2024-12-31 | 不涉及
by 2024-12-31 | 不涉及 2024Q4 | 2025-01-01 | 不涉及
by 2024-12-31 | 不涉及 2024Q4 退回 | 2025-01-01 | 未启动 逾期 | 2024-12-31
by 2024-12-31 | 不涉及 2024Q3, 推进中 2024Q4 | 2024-12-31 | 推进中 临近 | 2024-12-31
# 延期 of this unit: the light follows the new date
by 2024-12-31 until 2025-03-31 | | 2024-12-31 | 未启动 | 2025-03-31
by 2024-12-31 until 2025-03-31 | | 2025-01-01 | 未启动 | 2025-03-31
by 2024-12-31 until 2025-03-31 | 推进中 2024Q4 | 2025-03-30 | 推进中 临近 | 2025-03-31
by 2024-12-31 until 2025-03-31 | 推进中 2024Q4 | 2025-03-31 | 推进中 临近 | 2025-03-31
by 2024-12-31 until 2025-03-31 | 推进中 2024Q4 | 2025-04-01 | 推进中 逾期 | 2025-03-31
by 2024-12-31 until 2025-03-31 | 已完成 2025-02-01 | 2025-02-01 | 已完成
by 2024-12-31 until 2025-03-31 | 已完成 2025-04-01 | 2025-04-01 | 已完成 逾期完成
# 29 February
by 2024-02-29 | | 2024-02-28 | 未启动 临近 | 2024-02-29
by 2024-02-29 | | 2024-02-29 | 未启动 临近 | 2024-02-29
by 2024-02-29 | | 2024-03-01 | 未启动 逾期 | 2024-02-29
by 2024-02-29 | 已完成 2024-02-29 | 2024-02-29 | 已完成
by 2024-02-29 | 已完成 2024-03-01 | 2024-03-01 | 已完成 逾期完成
by 2025-02-28 | | 2025-02-28 | 未启动 临近 | 2025-02-28
by 2025-02-28 | | 2025-03-01 | 未启动 逾期 | 2025-02-28
# 长期坚持: never 逾期, asked for an entry at each cut-off
ongoing | | 2024-06-29 | 长期坚持
ongoing | | 2024-06-30 | 长期坚持 临近
ongoing | | 2024-07-01 | 长期坚持 临近
ongoing | | 2031-01-01 | 长期坚持 临近
ongoing | 本期已落实 2024Q2 | 2024-06-30 | 长期坚持 本期已落实
ongoing | 本期已落实 2024Q2 | 2024-07-01 | 长期坚持
ongoing | 本期已落实 2024Q2 | 2024-09-29 | 长期坚持
ongoing | 本期已落实 2024Q2 | 2024-09-30 | 长期坚持 临近
ongoing | 本期已落实 2024Q2 退回 | 2024-06-30 | 长期坚持 临近
ongoing | 已完成 2024-05-20 | 2024-06-30 | 长期坚持 本期已落实
ongoing | 本期已落实 2024Q4 | 2024-12-31 | 长期坚持 本期已落实
ongoing | 本期已落实 2024Q4 | 2025-01-01 | 长期坚持
ongoing | 本期已落实 2024Q4 | 2025-03-31 | 长期坚持 临近
ongoing | 不涉及 2024Q2 | 2024-06-30 | 不涉及
# 2024年6月15日前并长期坚持
then 2024-06-15 | | 2024-06-14 | 未启动 临近 | 2024-06-15
then 2024-06-15 | | 2024-06-15 | 未启动 临近 | 2024-06-15
then 2024-06-15 | | 2024-06-16 | 未启动 逾期 | 2024-06-15
then 2024-06-15 | | 2031-01-01 | 未启动 逾期 | 2024-06-15
then 2024-06-15 | 推进中 2024Q2 | 2024-06-16 | 推进中 逾期 | 2024-06-15
then 2024-06-15 | 已完成 2024-06-15 | 2024-06-14 | 未启动 临近 | 2024-06-15
then 2024-06-15 | 已完成 2024-06-15 | 2024-06-15 | 长期坚持 本期已落实
then 2024-06-15 | 已完成 2024-06-16 | 2024-06-16 | 长期坚持 本期已落实
then 2024-06-15 | 已完成 2024-06-10 | 2024-09-29 | 长期坚持
then 2024-06-15 | 已完成 2024-06-10 | 2024-09-30 | 长期坚持 临近
then 2024-06-15 | 已完成 2024-06-10, 本期已落实 2024Q3 | 2024-09-30 | 长期坚持 本期已落实
then 2024-06-15 | 已完成 2024-06-10 退回 | 2024-06-16 | 推进中 逾期 | 2024-06-15
then 2024-06-15 | 不涉及 2024Q2 | 2024-06-16 | 不涉及
# 每年2月底前: the last day of February, from the first one after the plan
yearly-02-28 | | 2024-04-12 | 未启动 | 2025-02-28
yearly-02-28 | | 2025-02-27 | 未启动 临近 | 2025-02-28
yearly-02-28 | | 2025-02-28 | 未启动 临近 | 2025-02-28
yearly-02-28 | | 2025-03-01 | 未启动 逾期 | 2025-02-28
yearly-02-28 | 已完成 2025-02-28 | 2025-02-28 | 已完成
yearly-02-28 | 已完成 2025-02-28 | 2025-03-01 | 未启动 | 2026-02-28
yearly-02-28 | 已完成 2025-03-01 | 2025-03-01 | 未启动 | 2026-02-28
yearly-02-28 | 已完成 2025-02-28 退回 | 2025-03-01 | 未启动 逾期 | 2025-02-28
yearly-02-28 | 不涉及 2025Q1 | 2025-03-01 | 未启动 | 2026-02-28
yearly-02-28 since 2027-03-01 | | 2028-02-28 | 未启动 临近 | 2028-02-29
yearly-02-28 since 2027-03-01 | | 2028-02-29 | 未启动 临近 | 2028-02-29
yearly-02-28 since 2027-03-01 | | 2028-03-01 | 未启动 逾期 | 2028-02-29
yearly-02-28 since 2027-03-01 | 已完成 2028-02-29 | 2028-02-29 | 已完成
yearly-02-28 since 2027-03-01 | 已完成 2028-02-29 | 2028-03-01 | 未启动 | 2029-02-28
# 每年10月底前, 每年
yearly-10-31 | | 2024-10-30 | 未启动 临近 | 2024-10-31
yearly-10-31 | | 2024-10-31 | 未启动 临近 | 2024-10-31
yearly-10-31 | | 2024-11-01 | 未启动 逾期 | 2024-10-31
yearly-10-31 | 推进中 2024Q4 | 2024-10-31 | 推进中 临近 | 2024-10-31
yearly-10-31 | 推进中 2024Q4 | 2024-11-01 | 未启动 逾期 | 2024-10-31
yearly-10-31 | 已完成 2024-10-08 | 2024-11-01 | 未启动 | 2025-10-31
yearly | | 2024-12-31 | 未启动 临近 | 2024-12-31
yearly | | 2025-01-01 | 未启动 逾期 | 2024-12-31
yearly | 已完成 2024-12-31 | 2024-12-31 | 已完成
yearly | 已完成 2024-12-31 | 2025-01-01 | 未启动 | 2025-12-31
# 每半年
halfyearly | | 2024-06-29 | 未启动 临近 | 2024-06-30
halfyearly | | 2024-06-30 | 未启动 临近 | 2024-06-30
halfyearly | | 2024-07-01 | 未启动 逾期 | 2024-06-30
halfyearly | 已完成 2024-06-30 | 2024-06-30 | 已完成
halfyearly | 已完成 2024-06-30 | 2024-07-01 | 未启动 | 2024-12-31
halfyearly | 已完成 2024-06-30 | 2024-12-31 | 未启动 临近 | 2024-12-31
halfyearly | 已完成 2024-06-30 | 2025-01-01 | 未启动 逾期 | 2024-12-31
halfyearly | 已完成 2024-06-30, 已完成 2024-12-31 | 2025-01-01 | 未启动 | 2025-06-30
halfyearly | 本期已落实 2024 | 2025-01-01 | 未启动 | 2025-06-30
# 每季度
quarterly | | 2024-06-30 | 未启动 临近 | 2024-06-30
quarterly | | 2024-07-01 | 未启动 逾期 | 2024-06-30
quarterly | 本期已落实 2024Q2 | 2024-06-30 | 已完成
quarterly | 本期已落实 2024Q2 | 2024-07-01 | 未启动 | 2024-09-30
quarterly | 本期已落实 2024Q2 | 2024-09-30 | 未启动 临近 | 2024-09-30
quarterly | 本期已落实 2024Q2 | 2024-10-01 | 未启动 逾期 | 2024-09-30
quarterly | 本期已落实 2024Q2, 本期已落实 2024Q3, 本期已落实 2024Q4 | 2024-12-31 | 已完成
quarterly | 本期已落实 2024Q2, 本期已落实 2024Q3, 本期已落实 2024Q4 | 2025-01-01 | 未启动 | 2025-03-31
quarterly | 本期已落实 2024Q3 | 2024-10-01 | 未启动 逾期 | 2024-06-30
# 每月
monthly | | 2024-04-29 | 未启动 临近 | 2024-04-30
monthly | | 2024-04-30 | 未启动 临近 | 2024-04-30
monthly | | 2024-05-01 | 未启动 逾期 临近 | 2024-04-30
monthly | 本期已落实 2024-04 | 2024-04-30 | 已完成
monthly | 本期已落实 2024-04 | 2024-05-01 | 未启动 临近 | 2024-05-31
monthly since 2028-01-31 | | 2028-02-29 | 未启动 临近 | 2028-02-29
monthly since 2028-01-31 | | 2028-03-01 | 未启动 逾期 临近 | 2028-02-29
monthly since 2028-01-31 | 本期已落实 2028-02 | 2028-02-29 | 已完成
monthly since 2024-11-30 | 本期已落实 2024-12 | 2024-12-31 | 已完成
monthly since 2024-11-30 | 本期已落实 2024-12 | 2025-01-01 | 未启动 临近 | 2025-01-31
# 按国家统一部署: waits; with a day it is late like others
instruction | | 2030-01-01 | 待部署
instruction | 推进中 2024Q4 | 2030-01-01 | 待部署
instruction | 已完成 2024-08-01 | 2024-07-31 | 待部署
instruction | 已完成 2024-08-01 | 2024-08-01 | 已完成
instruction | 已完成 2024-08-01 退回 | 2024-08-01 | 待部署
instruction | 不涉及 2024Q3 | 2024-07-01 | 不涉及
instruction 2024-12-31 | | 2024-12-31 | 未启动 临近 | 2024-12-31
instruction 2024-12-31 | | 2025-01-01 | 未启动 逾期 | 2024-12-31
# no date: never late
none | | 2040-01-01 | 未启动
none | 推进中 2024Q4 | 2040-01-01 | 推进中
none | 已完成 2039-12-31 | 2040-01-01 | 已完成
none | 不涉及 2024Q4 | 2040-01-01 | 不涉及
# several parts
甲=by 2024-12-31 & 乙=by 2025-12-31 | | 2024-12-31 | 未启动 临近 | 2024-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | | 2025-01-01 | 未启动 逾期 | 2024-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2024-12-31 甲 | 2025-01-01 | 推进中 | 2025-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2024-12-31 甲 | 2025-12-31 | 推进中 临近 | 2025-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2024-12-31 甲 | 2026-01-01 | 推进中 逾期 | 2025-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2024-12-31 乙 | 2025-01-01 | 推进中 逾期 | 2024-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2024-12-31 | 2025-01-01 | 已完成
甲=by 2024-12-31 & 乙=by 2025-12-31 | 已完成 2025-01-02 甲, 已完成 2025-05-01 乙 | 2025-05-01 | 已完成 逾期完成
甲=by 2024-12-31 & 乙=by 2025-12-31 | 不涉及 2024Q4 甲 | 2025-01-01 | 未启动 | 2025-12-31
甲=by 2024-12-31 & 乙=by 2025-12-31 | 不涉及 2024Q4 甲, 已完成 2025-05-01 乙 | 2025-05-01 | 已完成
甲=by 2024-12-31 & 乙=by 2025-12-31 | 不涉及 2024Q4 | 2025-01-01 | 不涉及
甲=by 2024-12-31 & 乙=by 2025-12-31 | 推进中 2024Q4, 不涉及 2024Q4 甲 | 2025-01-01 | 推进中 | 2025-12-31
甲=by 2024-12-31 & 乙=ongoing | | 2025-01-01 | 未启动 逾期 临近 | 2024-12-31
甲=by 2024-12-31 & 乙=ongoing | 已完成 2024-12-31 甲 | 2025-01-01 | 长期坚持 临近
甲=by 2024-12-31 & 乙=ongoing | 已完成 2024-12-31 甲, 本期已落实 2024Q4 乙 | 2025-01-01 | 长期坚持
甲=by 2024-12-31 & 乙=instruction | | 2024-11-30 | 未启动 | 2024-12-31
甲=by 2024-12-31 & 乙=instruction | 已完成 2024-11-01 甲 | 2024-11-30 | 推进中
"""

_KINDS = {
    "by": DeadlineKind.BY,
    "then": DeadlineKind.BY_THEN_ONGOING,
    "ongoing": DeadlineKind.ONGOING,
    "instruction": DeadlineKind.ON_INSTRUCTION,
    "none": DeadlineKind.UNSPECIFIED,
}
_STATES = {state.value: state for state in EntryState}
_REVIEWS = {review.value: review for review in Review}


def _cases() -> list[str]:
    return [line for line in TABLE.splitlines() if line and not line.startswith("#")]


def _part(text: str) -> Deadline:
    scope, _, words = text.strip().rpartition("=")
    word, *day = words.split()
    if word in _KINDS:
        return Deadline(_KINDS[word], date.fromisoformat(day[0]) if day else None, None, scope or None)
    return Deadline(DeadlineKind.RECURRING, None, word, scope or None)


def _deadlines(text: str) -> tuple[Deadline, ...]:
    text, _, until = text.partition(" until ")
    parts = tuple(_part(part) for part in text.split("&"))
    if not until:
        return parts
    (old,) = parts
    terms = Terms(deadlines=parts), Terms(deadlines=(Deadline(old.kind, date.fromisoformat(until)),))
    return in_force(parts, [Adjustment(1, "", "", 1, "甲局", 7, Adjusted.DEADLINE, *terms, "文号", "")], 7)


def _entry(text: str) -> Entry:
    word, when, *rest = text.split()
    review = next((_REVIEWS[w] for w in rest if w in _REVIEWS), Review.PENDING)
    part = next((w for w in rest if w not in _REVIEWS), None)
    state = _STATES[word]
    if state is EntryState.DONE:
        day = date.fromisoformat(when)
        return Entry(state, periods.quarter_of(day), day, part, review)
    return Entry(state, periods.parse(when), None, part, review)


def _words(status: Status) -> str:
    """State and lights as the table writes them."""
    lights = [Light.OVERDUE.value] * status.overdue + [Light.DUE_SOON.value] * status.due_soon
    told = ["逾期完成"] * status.done_late + ["本期已落实"] * status.kept_up
    return " ".join([status.state.title, *lights, *told])


@pytest.mark.parametrize("case", _cases())
def test_worked_examples(case: str) -> None:
    """Each line of the table; the order in which the entries are typed does not matter."""
    deadline, said, as_of, words, *due = (cell.strip() for cell in case.split("|"))
    deadline, _, since = deadline.partition(" since ")
    entries = [_entry(text) for text in said.split(",") if text.strip()]
    clock = Clock(date.fromisoformat(as_of), date.fromisoformat(since or PLAN_DATE), PERIODS)

    found = obligation_status(_deadlines(deadline), entries, clock)

    assert _words(found) == words
    assert found.next_due == (date.fromisoformat(due[0]) if due and due[0] else None)
    assert obligation_status(_deadlines(deadline), entries[::-1], clock) == found


def test_the_table_has_every_kind_on_and_around_its_date() -> None:
    """No kind of deadline and no kind of entry is forgotten."""
    text = "\n".join(_cases())

    assert len(_cases()) == len(set(_cases()))
    for word in ("by", "then", "ongoing", "instruction", "none", "yearly", "halfyearly", "quarterly", "monthly", "&"):
        assert word in text
    for word in (*_STATES, "退回", "until", "02-29", "逾期完成"):
        assert word in text
