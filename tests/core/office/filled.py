"""A ledger with progress in every state, the same each time: for documents made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, progress, reviewing
from core.office.form_value import FormValue, TargetValue
from core.office.forms import states_of
from core.office.overview import Overview, overview
from core.store.database import Store

AS_OF = date(2025, 1, 10)
PERIOD = "2024Q4"
RARE = "联系人㛃、𬍛、镕、翀、喆"
"""Characters that 仿宋_GB2312 lacks."""
LONG = "组织专题培训，覆盖全部行政执法人员；建立台账，逐项销号。" * 72
"""More than 2,000 characters."""
MOST_LATE = 26
"""Units of the measure that is done late."""
_STATES = (
    EntryState.DONE,
    EntryState.IN_PROGRESS,
    None,
    EntryState.KEPT_UP,
    EntryState.NOT_APPLICABLE,
    EntryState.IN_PROGRESS,
)


def fill(store: Store, folder: Path, *, plan_key: str | None = None, most: int = 120, long: bool = True) -> None:
    """Write progress for about ``most`` obligations all over the plan, some with evidence.

    The first text is very long, the second is sent back, the last measure is done as a whole.
    """
    view = overview(store, plan_key, AS_OF)
    items = view.obligations
    for place, item in enumerate([*items[:8], *items[8 :: max(len(items) // most, 1)]]):
        for period in ("2024Q3", PERIOD) if place % 7 == 0 else (PERIOD,):
            value = _value(view.measure(item.measure).deadlines, place, period)
            if value is None:
                continue
            if long and place == 0 and period == PERIOD:
                value = FormValue(state=EntryState.IN_PROGRESS, text=LONG, problems="经费不足", next_steps=RARE)
            progress.save(store, item.id, period, value)
            if place % 5 == 0:
                file = folder / f"培训通知{place}.txt"
                file.write_text(f"佐证 {place}", encoding="utf-8")
                attach.add_evidence(store, item.id, period, [file], Job())
    for item in view.of_measure(view.plan.measures[-1].no):
        if EntryState.DONE in states_of(view.measure(item.measure).deadlines):
            value = FormValue(state=EntryState.DONE, done_on=date(2024, 12, 20), text="已全部建成并投入使用。")
            progress.save(store, item.id, PERIOD, value)
    reviewing.send_back(store, [view.obligations[1].id], PERIOD, "没有附佐证材料")
    _finish_late(store, view)
    _reach_targets(store, view)


def _finish_late(store: Store, view: Overview) -> None:
    """One measure that was due before the quarter is done after its date; two of its entries are reviewed."""
    for measure in view.plan.measures:
        items = view.of_measure(measure.no)
        if measure.targets:
            continue
        is_due = [part.date is not None and part.date < date(2024, 10, 1) for part in measure.deadlines]
        if is_due == [True] and EntryState.DONE in states_of(measure.deadlines) and len(items) < MOST_LATE:
            for item in items:
                value = FormValue(state=EntryState.DONE, done_on=date(2024, 11, 15), text="已于11月办结。")
                progress.save(store, item.id, PERIOD, value)
            reviewing.accept(store, [item.id for item in items[:2]], PERIOD)
            return


def _reach_targets(store: Store, view: Overview) -> None:
    """Of each 量化指标 one unit says a figure that reaches it, the next one that falls short; of the last none does."""
    for measure in [measure for measure in view.plan.measures if measure.targets][:-1]:
        states = states_of(measure.deadlines)
        state = EntryState.IN_PROGRESS if EntryState.IN_PROGRESS in states else EntryState.KEPT_UP
        for item, share in zip(view.of_measure(measure.no), (1, 0), strict=False):
            reached = tuple(TargetValue(at, share * (one.value or 1)) for at, one in enumerate(measure.targets))
            progress.save(store, item.id, PERIOD, FormValue(state=state, text="已统计上报。", targets=reached))


def _value(deadlines: tuple, place: int, period: str) -> FormValue | None:
    state = _STATES[place % len(_STATES)]
    if state is None or (state not in states_of(deadlines)):
        return None
    done = date(2024, 11, 1 + place % 28) if state is EntryState.DONE and period == PERIOD else None
    if state is EntryState.DONE and done is None:
        state = EntryState.IN_PROGRESS
    return FormValue(
        state=state,
        done_on=done,
        text=f"已开展第{place}次专项检查，完成率{place % 100}%，参加人员{place}人次。",
        problems="个别人员学时不足。" if place % 4 == 0 else "",
        next_steps="继续推进，年底前补足学时。" if place % 3 == 0 else "",
        reason="本单位没有行政执法职能" if state is EntryState.NOT_APPLICABLE else "",
    )
