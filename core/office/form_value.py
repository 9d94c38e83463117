"""What the form of one obligation and period holds, and how it stands in the file and in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.model.ledger import EntryState, Period
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class FormValue:
    """What the form holds. ``part`` names the 时限项 it speaks for, None for all; ``reason`` is for 不涉及."""

    state: EntryState | None = None
    done_on: date | None = None
    part: str | None = None
    text: str = ""
    problems: str = ""
    next_steps: str = ""
    reason: str = ""


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
    if value.state is EntryState.NOT_APPLICABLE and not value.reason.strip():
        found.append(Finding("reason", "请说明不涉及的理由。"))
    if value.part is not None and value.part not in parts:
        choice = f"可选：{'、'.join(parts)}。" if parts else "这项措施不分时限项。"
        found.append(Finding("part", f"没有时限项“{value.part}”。{choice}"))
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
        text=value.text.strip(),
        problems=value.problems.strip(),
        next_steps=value.next_steps.strip(),
        reason=value.reason.strip() if value.state is EntryState.NOT_APPLICABLE else "",
    )


def value_of(row: ProgressRow) -> FormValue:
    """The value of a record of the file."""
    return FormValue(row.state, row.done_on, row.part, row.text, row.problems, row.next_steps, row.reason)


def value_from(plain: dict[str, Any]) -> FormValue:
    """The value of a kept draft."""
    day = plain.get("done_on")
    state = plain.get("state")
    return FormValue(
        state=EntryState(state) if state else None,
        done_on=date.fromisoformat(day) if day else None,
        part=plain.get("part"),
        text=plain.get("text") or "",
        problems=plain.get("problems") or "",
        next_steps=plain.get("next_steps") or "",
        reason=plain.get("reason") or "",
    )


def columns(value: FormValue) -> dict[str, Any]:
    """The value as the file keeps it."""
    return {
        "state": value.state,
        "done_on": value.done_on.isoformat() if value.done_on else None,
        "text": value.text,
        "problems": value.problems,
        "next_steps": value.next_steps,
        "reason": value.reason,
    }


def words(value: FormValue) -> dict[str, Any]:
    """The value under the words of the form, for the journal."""
    words = {
        "状态": value.state.value if value.state else None,
        "完成日期": value.done_on.isoformat() if value.done_on else None,
        "时限项": value.part,
        "工作进展": value.text,
        "存在问题": value.problems,
        "下一步工作": value.next_steps,
        "理由": value.reason,
    }
    return {key: word for key, word in words.items() if word}
