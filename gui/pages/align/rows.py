"""What the tables of 对照上级 say of a superior measure and of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.align.conflicts import ConflictKind

if TYPE_CHECKING:
    from core.office.aligning import Aligned, Line

ALL, OPEN, NONE, CONFLICT = "all", "open", "none", "conflict"
FILTERS = (
    (ALL, "全部", ""),
    (OPEN, "待确认", ""),
    (NONE, "无对应", ""),
    (CONFLICT, "有冲突", ""),
)


def is_shown(line: Line, wanted: str) -> bool:
    """Whether a filter lets a superior measure through."""
    if wanted == OPEN:
        return any(answer.decision is None for answer in line.answers)
    if wanted == NONE:
        return not line.answers
    return wanted != CONFLICT or bool(line.conflicts)


def superior_row(line: Line) -> tuple[str, str, str, str]:
    """Text, the numbers of ours, how far it is settled, what contradicts."""
    numbers = "".join(f"（{answer.own}）" for answer in line.answers)
    return f"（{line.superior.no}）{line.superior.text}", numbers or "无", stands(line), clashes(line)


def stands(line: Line) -> str:
    """One word for the column."""
    if not line.answers:
        return "无对应"
    return "待确认" if any(answer.decision is None for answer in line.answers) else "已确认"


def clashes(line: Line) -> str:
    """In a word or two; the pane says it whole."""
    kinds = dict.fromkeys(_CLASHES[conflict.kind] for conflict in line.conflicts)
    return "、".join(kinds)


_CLASHES = {ConflictKind.LATER: "时限晚", ConflictKind.TARGET: "缺指标"}


def answer_rows(line: Line, found: Aligned) -> list[tuple[str, str, str]]:
    """Ours with the decision and how near it stands; rejected ones behind the others."""
    texts = {measure.no: f"（{measure.no}）{measure.text}" for measure in found.own_plan.measures}
    rows = [
        (
            texts[answer.own],
            answer.decision.title if answer.decision else "建议",
            f"{answer.score:.2f}" if answer.score else "",
        )
        for answer in line.answers
    ]
    return rows + [(texts[no], "不采纳", "") for no in line.rejected]


def counts(found: Aligned) -> str:
    """How far the superior plan is covered, and which of ours answer none."""
    settled = sum(any(answer.decision for answer in line.answers) for line in found.lines)
    answered = len(found.lines) - len(found.unanswered)
    none = "".join(f"（{no}）" for no in found.unanswering) or "没有"
    return (
        f"上级措施 {len(found.lines)} 项：有对应 {answered} 项，其中已确认 {settled} 项；无对应 {len(found.unanswered)} 项。"
        f"本级不对应上级的措施：{none}。"
    )
