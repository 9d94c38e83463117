"""What the form of one obligation and period holds, and how it stands in the file and in the journal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from core.model.ledger import EntryState, Period
from core.model.plan import Target
from core.model.typed import typed
from core.store.progress import ProgressRow, ReachedRow

CAME_BY = ("填报", "填报表", "电话", "纸质", "邮件")
"""How an entry came: typed into the form, a returned sheet, by telephone, on paper, by mail."""


@dataclass(frozen=True, slots=True)
class TargetValue:
    """What was reached of a 量化指标; ``position`` counts the targets of the measure from 0."""

    position: int
    value: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormValue:
    """What the form holds. ``part`` names the 时限项 it speaks for, None for all; ``reason`` is for 不涉及.

    ``said_by`` is the person, ``came_by`` one of CAME_BY. ``received_on`` None: as it is in the file, for a new
    entry the day it is saved.
    """

    state: EntryState | None = None
    done_on: date | None = None
    part: str | None = None
    text: str = ""
    problems: str = ""
    next_steps: str = ""
    reason: str = ""
    targets: tuple[TargetValue, ...] = ()
    said_by: str = ""
    came_by: str = CAME_BY[0]
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What keeps a form from being saved, bound to a field of FormValue."""

    field: str
    message: str


def check_value(value: FormValue, *, parts: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What keeps a value from being saved; empty when it is whole."""
    found = []
    if value.state is None:
        found.append(Finding("state", "请选择状态。"))
    if value.state is EntryState.DONE and value.done_on is None:
        found.append(Finding("done_on", "请填写完成日期。"))
    if value.state is EntryState.NOT_APPLICABLE and not typed(value.reason):
        found.append(Finding("reason", "请说明不涉及的理由。"))
    if value.part is not None and value.part not in parts:
        choice = f"可选：{'、'.join(parts)}。" if parts else "这项措施不分时限项。"
        found.append(Finding("part", f"没有时限项“{value.part}”。{choice}"))
    if value.came_by not in CAME_BY:
        found.append(Finding("came_by", f"来源不能是“{value.came_by}”。可选：{'、'.join(CAME_BY)}。"))
    if any(target.value is not None and not math.isfinite(target.value) for target in value.targets):
        found.append(Finding("targets", "量化指标请填写数字。"))
    return tuple(found)


def record_of(records: Sequence[ProgressRow], period: Period, part: str | None) -> ProgressRow | None:
    """The record of a period: that of the part if one is named, else the one that speaks for all, else any."""
    here = [record for record in records if record.period.key == period.key]
    if part is not None:
        return next((record for record in here if record.part == part), None)
    return next((record for record in here if record.part is None), here[0] if here else None)


def stripped(value: FormValue) -> FormValue:
    """As it is kept: a date only where the state has one, a reason only for 不涉及."""
    dated = value.state in (EntryState.DONE, EntryState.KEPT_UP)
    return replace(
        value,
        done_on=value.done_on if dated else None,
        text=typed(value.text),
        problems=typed(value.problems),
        next_steps=typed(value.next_steps),
        reason=typed(value.reason) if value.state is EntryState.NOT_APPLICABLE else "",
        targets=_said(value.targets),
        said_by=typed(value.said_by),
    )


def _said(targets: Sequence[TargetValue]) -> tuple[TargetValue, ...]:
    """The targets of which something is said, in their order."""
    found = (replace(target, note=typed(target.note)) for target in targets)
    return tuple(sorted((t for t in found if t.value is not None or t.note), key=lambda t: t.position))


def value_of(row: ProgressRow, reached: Sequence[TargetValue] = ()) -> FormValue:
    """The value of a record of the file, with what it says of the targets."""
    return FormValue(
        state=row.state,
        done_on=row.done_on,
        part=row.part,
        text=row.text,
        problems=row.problems,
        next_steps=row.next_steps,
        reason=row.reason,
        targets=tuple(reached),
        said_by=row.said_by,
        came_by=row.came_by,
        received_on=row.received_on,
    )


def target_values(targets: Sequence[Target], rows: Sequence[ReachedRow]) -> tuple[TargetValue, ...]:
    """What the file says of the targets a measure has now.

    A figure follows the words of its target; where these were changed, it stays at its place. One whose target is
    gone is not shown.
    """
    texts = [target.text for target in targets]
    found: dict[int, ReachedRow] = {}
    for row in rows:
        if row.position < len(texts) and texts[row.position] == row.target:
            found[row.position] = row
    for row in (row for row in rows if row not in found.values()):
        place = texts.index(row.target) if row.target in texts else row.position
        if place < len(texts):
            found.setdefault(place, row)
    return tuple(TargetValue(place, found[place].value, found[place].note) for place in sorted(found))


def reached_rows(value: FormValue, targets: Sequence[Target]) -> tuple[ReachedRow, ...]:
    """What a value says of the targets, as the file keeps it."""
    return tuple(ReachedRow(t.position, targets[t.position].text, t.value, t.note) for t in value.targets)


def value_from(plain: dict[str, Any]) -> FormValue:
    """The value of a kept draft; those of earlier versions hold less."""
    day, received = plain.get("done_on"), plain.get("received_on")
    state = plain.get("state")
    return FormValue(
        state=EntryState(state) if state else None,
        done_on=date.fromisoformat(day) if day else None,
        part=plain.get("part"),
        text=plain.get("text") or "",
        problems=plain.get("problems") or "",
        next_steps=plain.get("next_steps") or "",
        reason=plain.get("reason") or "",
        targets=tuple(TargetValue(t["position"], t["value"], t["note"]) for t in plain.get("targets") or ()),
        said_by=plain.get("said_by") or "",
        came_by=plain.get("came_by") or CAME_BY[0],
        received_on=date.fromisoformat(received) if received else None,
    )


def plain_of(value: FormValue) -> dict[str, Any]:
    """The value as a draft keeps it."""
    plain: dict[str, Any] = asdict(value)
    for key in ("done_on", "received_on"):
        plain[key] = plain[key].isoformat() if plain[key] else None
    return plain


def columns(value: FormValue) -> dict[str, Any]:
    """The value as the file keeps it."""
    return {
        "state": value.state,
        "done_on": value.done_on.isoformat() if value.done_on else None,
        "text": value.text,
        "problems": value.problems,
        "next_steps": value.next_steps,
        "reason": value.reason,
        "said_by": value.said_by,
        "came_by": value.came_by,
        "received_on": value.received_on.isoformat() if value.received_on else None,
    }


def words(value: FormValue, targets: Sequence[Target] = ()) -> dict[str, Any]:
    """The value under the words of the form, for the journal."""
    words = {
        "状态": value.state.value if value.state else None,
        "完成日期": value.done_on.isoformat() if value.done_on else None,
        "时限项": value.part,
        "工作进展": value.text,
        "存在问题": value.problems,
        "下一步工作": value.next_steps,
        "理由": value.reason,
        "量化指标": "；".join(
            _target_words(t, targets[t.position]) for t in value.targets if t.position < len(targets)
        ),
        "填报人": value.said_by,
        "来源": value.came_by,
        "收到日期": value.received_on.isoformat() if value.received_on else None,
    }
    return {key: word for key, word in words.items() if word}


def figure(value: float) -> str:
    """45.0 as 45, 99.5 as 99.5."""
    return str(int(value)) if float(value).is_integer() else str(value)


def _target_words(reached: TargetValue, target: Target) -> str:
    """不少于60学时：45学时（缺一次集训）."""
    number = "" if reached.value is None else f"{figure(reached.value)}{target.unit or ''}"
    note = f"（{reached.note}）" if reached.note and number else reached.note
    return f"{target.text}：{number}{note}"
