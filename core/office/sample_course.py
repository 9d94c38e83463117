"""How the sample year went: what each unit said of each of its obligations, quarter by quarter. Pure, and always
the same.

Measures go at one of four paces; within a measure the units differ by some weeks, and where the pace says so some
of them are late or do not finish. Whatever is said begins with 【示例】.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from core.ledger import periods
from core.model.ledger import EntryState, Period, Review
from core.model.plan import Deadline, Measure
from core.office.form_value import FormValue

MARK = "【示例】"
AS_OF = date(2025, 12, 20)
"""The day on which the sample is looked at: its last quarter is being collected."""
QUARTERS = tuple(periods.parse(f"{year}Q{quarter}") for year in (2024, 2025) for quarter in (1, 2, 3, 4))[1:]
BEGIN = date(2024, 4, 12)
_SEED = 2025
_DAY = timedelta(days=1)


class Pace(NamedTuple):
    """Days before its deadline within which a unit finishes, and how many units are late or never finish."""

    first: int
    last: int
    late: int = 0
    never: int = 0


_PACES = (
    Pace(200, 60),
    Pace(100, 1),
    Pace(100, 1),
    Pace(110, 3, late=2),
    Pace(90, 1, late=1, never=2),
    Pace(60, 2, never=1),
)
_DID = (
    "组织行政执法人员专题培训{n}期，参训{p}人次，考试合格率{r}%",
    "开展行政执法案卷评查，抽查案卷{n}0卷，发现问题{m}个，已全部反馈",
    "梳理执法事项清单，核对事项{p}项，调整{m}项，并在门户网站公开",
    "对{n}个重点领域开展联合检查，检查经营主体{p}户，督促整改{m}处",
    "修订内部制度{n}项，明确责任股室和办理时限",
    "召开推进会{n}次，研究解决具体问题{m}个",
    "走访企业{p}户，听取意见建议{m}条，逐条答复",
)
_NEXT = (
    "按月调度，对照清单逐项销号。",
    "对反馈问题开展回头看。",
    "继续推进，下季度完成余下部分。",
    "总结做法，形成长效机制。",
)
_PROBLEMS = ("个别股室人手不足，进度偏慢。", "基层执法装备不足。", "跨部门数据还不能共享。", "")
_CAME_BY = ("填报表", "填报表", "填报表", "填报表", "邮件", "电话", "纸质")
_REASONS = (
    "缺少佐证材料，请补充。",
    "工作进展不具体，请写明时间、次数和人数。",
    "完成日期晚于报送日期，请核对。",
)
_NOT_OURS = "本单位没有这项行政执法职责。"


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of the sample: its row, the measure, the unit."""

    id: int
    measure: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class Said:
    """One entry and what became of it; ``paper`` chooses its evidence, None where there is none."""

    obligation_id: int
    unit: str
    period: Period
    value: FormValue
    review: Review
    reason: str = ""
    paper: int | None = None


def course(owed: Sequence[Owed]) -> tuple[Said, ...]:
    """All entries of these obligations, in the order of the quarters."""
    found = [said for group in _by_measure(owed) for said in _measure(group)]
    return tuple(sorted(found, key=lambda said: (said.period.first_day, said.obligation_id, said.value.part or "")))


def _by_measure(owed: Sequence[Owed]) -> Iterator[list[Owed]]:
    for no in sorted({one.measure.no for one in owed}):
        yield [one for one in owed if one.measure.no == no]


def _measure(group: Sequence[Owed]) -> Iterator[Said]:
    measure = group[0].measure
    dice = random.Random(_SEED * 1000 + measure.no)  # noqa: S311 - a sample, and the same every time
    pace = dice.choice(_PACES)
    odd = dice.sample(range(len(group)), min(len(group), pace.late + pace.never))
    is_outside = len(group) > 20 and dice.random() < 0.25
    dated = [deadline for deadline in measure.deadlines if deadline.date is not None]
    for at, one in enumerate(group):
        if is_outside and at == len(group) - 1:
            yield _not_ours(one, dice)
            continue
        for deadline in dated:
            fate = odd.index(at) if at in odd else None
            end = _end(deadline, pace, fate, dice)
            part = deadline.scope if len(dated) > 1 else None
            yield from _obligation(one, part, end, deadline, dice)


def _end(deadline: Deadline, pace: Pace, fate: int | None, dice: random.Random) -> date | None:
    """The day a unit is done; None for one that is not by the end of the sample."""
    assert deadline.date is not None
    if fate is None:
        day = deadline.date - _DAY * dice.randint(pace.last, pace.first)
    elif fate < pace.late:
        day = deadline.date + _DAY * dice.randint(6, 80)
    else:
        return None
    day = max(day, BEGIN + _DAY * dice.randint(20, 60))
    return day if day <= AS_OF else None


def _obligation(
    one: Owed, part: str | None, end: date | None, deadline: Deadline, dice: random.Random
) -> Iterator[Said]:
    """An entry in each quarter from the first work on to the last."""
    assert deadline.date is not None
    begin = max(BEGIN, (end or deadline.date) - _DAY * dice.randint(120, 320))
    if end is None and dice.random() < 0.3:
        return  # never begun
    for period in QUARTERS:
        if period.last_day < begin or period.first_day > (end or AS_OF):
            continue
        is_end = end is not None and period.first_day <= end <= period.last_day
        value = _value(part, end if is_end else None, min(period.last_day, AS_OF), dice)
        review, reason = _review(period, is_end, dice)
        has_paper = dice.random() < (0.85 if is_end else 0.35)
        paper = dice.randrange(1 << 16) if has_paper else None
        yield Said(one.id, one.unit, period, value, review, reason, paper)


def _value(part: str | None, end: date | None, day: date, dice: random.Random) -> FormValue:
    numbers = {"n": dice.randint(1, 6), "m": dice.randint(2, 9), "p": dice.randint(18, 240), "r": dice.randint(92, 100)}
    did = "；".join(words.format(**numbers) for words in dice.sample(_DID, 2))
    return FormValue(
        state=EntryState.DONE if end else EntryState.IN_PROGRESS,
        done_on=end,
        part=part,
        text=f"{MARK}{did}。{'已按要求完成。' if end else ''}",
        problems="" if end else dice.choice(_PROBLEMS),
        next_steps="" if end else dice.choice(_NEXT),
        said_by="示例经办人",
        came_by=dice.choice(_CAME_BY),
        received_on=max(end or day, day - _DAY * dice.randint(0, 12)),
    )


def _review(period: Period, is_end: bool, dice: random.Random) -> tuple[Review, str]:  # noqa: FBT001 - one fact
    """The last quarters still wait; a few stand returned."""
    chance = dice.random()
    age = (AS_OF - period.last_day).days
    if chance < (0.06 if age < 100 else 0.008):
        return Review.RETURNED, dice.choice(_REASONS)
    if chance < (0.7 if age < 0 else 0.3 if age < 100 and not is_end else 0.1 if age < 100 else 0):
        return Review.PENDING, ""
    return Review.ACCEPTED, ""


def _not_ours(one: Owed, dice: random.Random) -> Said:
    value = replace(
        _value(None, None, BEGIN + _DAY * 80, dice), state=EntryState.NOT_APPLICABLE, reason=f"{MARK}{_NOT_OURS}"
    )
    return Said(one.id, one.unit, QUARTERS[0], value, Review.ACCEPTED)
