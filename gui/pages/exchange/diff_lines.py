"""The fields of a return as lines of the table 核对, and which of them are to be accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.office.collected import CollectedFile, DiffKey, FieldDiff, RowChange
from gui.pages.exchange.text_diff import Differences, differences

REVIEWED = "原记录已审核通过，默认不接受"
BLOCKED = "与另一份表不同，请确定以哪一份为准"
LEFT_OUT = "收过的一份，上次没有接受"
BLANK = "未填"
_TOGETHER = frozenset({"state", "done_on", "reason"})
"""已完成 needs its date and 不涉及 its reason: these fields are taken or left together."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One field. ``span``: lines of its row of the sheet, 0 where it is not the first of them.

    ``title`` is the measure, ``note`` why it is not accepted by itself (empty where it is).
    """

    diff: FieldDiff
    title: str
    span: int
    note: str
    marks: Differences

    @property
    def key(self) -> DiffKey:
        """By which it is chosen."""
        return self.diff.key

    @property
    def is_state(self) -> bool:
        """Whether both sides are states, drawn as pills."""
        return self.diff.field == "state"


def lines_of(file: CollectedFile, texts: Mapping[int, str]) -> tuple[DiffLine, ...]:
    """All fields that would change, by measure; ``texts`` are the measures by number."""
    made: list[DiffLine] = []
    for change in sorted(file.changes, key=lambda one: (one.measure_no, one.row)):
        note = _note(file, change)
        for at, diff in enumerate(change.diffs):
            made.append(
                DiffLine(
                    diff,
                    _title(diff, texts),
                    0 if at else len(change.diffs),
                    "" if at else note,
                    differences(diff.have, diff.got),
                )
            )
    return tuple(made)


def together(lines: Iterable[DiffLine], key: DiffKey) -> frozenset[DiffKey]:
    """The fields that are taken or left along with one."""
    if key.field not in _TOGETHER:
        return frozenset({key})
    same_row = (line.key for line in lines if line.key[:2] == key[:2])
    return frozenset(other for other in same_row if other.field in _TOGETHER)


def words_of(line: DiffLine) -> str:
    """A line as it is read aloud."""
    have, got = line.diff.have or BLANK, line.diff.got or BLANK
    return "，".join(part for part in (line.title, line.diff.title, f"原来：{have}", f"收到：{got}", line.note) if part)


def _title(diff: FieldDiff, texts: Mapping[int, str]) -> str:
    part = f"【{diff.part}】" if diff.part else ""
    label = diff.label or f"（{diff.measure_no}）"
    return f"{label}{part}{texts.get(diff.measure_no, '')}"


def _note(file: CollectedFile, change: RowChange) -> str:
    if change.blocked:
        return BLOCKED
    if change.is_reviewed:
        return REVIEWED
    return "" if any(diff.key in file.default_choice() for diff in change.diffs) else LEFT_OUT
