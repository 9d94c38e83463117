"""What the journal holds, in the words a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.model.journal import JournalEntry

_REPLAYS = ("撤销", "重做")
"""Their subject begins with the action that was taken back or done again."""
_NOTHING = "无"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words; empty where it held nothing."""

    field: str
    old: str
    new: str

    @property
    def text(self) -> str:
        """状态 推进中 → 已完成; only the new value where there was none."""
        if not self.old:
            return f"{self.field} {self.new}"
        return f"{self.field} {self.old} → {self.new or _NOTHING}"


def changes_of(entry: JournalEntry) -> tuple[FieldChange, ...]:
    """The fields that an act changed, in the order in which they were written."""
    before, after = entry.before or {}, entry.after or {}
    found = (
        FieldChange(key, words(before.get(key)), words(after.get(key))) for key in dict.fromkeys((*before, *after))
    )
    return tuple(change for change in found if change.old != change.new)


def act_of(entry: JournalEntry) -> tuple[str, str]:
    """(action, subject): 撤销“填报进展” and what it was about, where the stored subject begins with the action."""
    if entry.action in _REPLAYS and "：" in entry.subject:
        action, _, subject = entry.subject.partition("：")
        return f"{entry.action}“{action}”", subject
    return entry.action, entry.subject


def sentence(entry: JournalEntry) -> str:
    """The whole act in one line."""
    action, subject = act_of(entry)
    reason = f"（{entry.reason}）" if entry.reason else ""
    told = joined(changes_of(entry))
    return f"{action}：{subject}{reason}。{told}" if told else f"{action}：{subject}{reason}"


def joined(changes: Sequence[FieldChange]) -> str:
    """Some changes in one line; a sentence before the mark between them loses its own."""
    texts = [change.text for change in changes]
    return "；".join([*(text.rstrip("。；") for text in texts[:-1]), *texts[-1:]])


def words(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """A stored value as it is read: no brackets, no 45.0, 是 and 否."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "、".join(filter(None, map(words, value)))
    if isinstance(value, dict):
        return "，".join(f"{key} {words(item)}" for key, item in value.items() if words(item))
    return str(value)
