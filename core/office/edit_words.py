"""An edit of a plan in the words of the journal: what each changed field was and became."""

from __future__ import annotations

from collections.abc import Sequence

from core.model.edited import Edited
from core.model.plan import Deadline, DeadlineKind, Measure, Plan

_KINDS = {
    DeadlineKind.ONGOING: "长期坚持",
    DeadlineKind.ON_INSTRUCTION: "按统一部署",
    DeadlineKind.UNSPECIFIED: "没有日期",
}
_RECURRENCES = {"yearly": "每年", "halfyearly": "每半年", "quarterly": "每季度", "monthly": "每月"}


def measure_words(measure: Measure) -> dict[str, str]:
    """A measure as the journal keeps it, without its headings."""
    return {
        "编号": measure.label,
        "具体措施": measure.text,
        "责任分工": measure.division_raw or "",
        "牵头单位": "、".join(measure.lead),
        "责任单位": "、".join(measure.responsible),
        "配合单位": "、".join(measure.cooperating),
        "完成时限": measure.deadline_raw or "",
        "时限": deadline_words(measure.deadlines),
        "量化指标": "、".join(target.text for target in measure.targets),
        "核对": "待核对" if measure.to_verify else "已核对",
        "备注": measure.note or "",
        "来源": measure.source,
    }


def deadline_words(deadlines: Sequence[Deadline]) -> str:
    """What is understood of a deadline: 应急：2024-12-31；长期坚持."""
    return "；".join(f"{part.scope}：{_part(part)}" if part.scope else _part(part) for part in deadlines)


def heading_words(plan: Plan, measure: Measure) -> str:
    """Section and task a measure stands under, one behind the other."""
    section = next((s.label + s.title for s in plan.sections if s.no == measure.section), "")
    task = next((t.label + t.title for t in plan.tasks if t.no == measure.task), "")
    return " / ".join(words for words in (section, task) if words)


def all_headings(plan: Plan) -> frozenset[str]:
    """The words of every heading a measure can stand under, also those without measures."""
    sections = {section.no: section.label + section.title for section in plan.sections}
    found = {heading_words(plan, measure) for measure in plan.measures} | set(sections.values())
    for task in plan.tasks:
        words = (sections.get(task.section or 0, ""), task.label + task.title)
        found.add(" / ".join(part for part in words if part))
    return frozenset(found - {""})


def changed(before: dict[str, str], after: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Both with only the fields that differ."""
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key, "") != after.get(key, "")]
    return {key: before.get(key, "") for key in keys}, {key: after.get(key, "") for key in keys}


def structure_words(plan: Plan) -> dict[str, str]:
    """The plan itself and its headings, as the journal keeps them."""
    document = plan.document
    return {
        "方案": document.title,
        "表题": document.table_title or "",
        "文号": document.number or "",
        "印发单位": document.issuer or "",
        "印发日期": document.date.isoformat() if document.date else "",
        "级别": document.level or "",
        "统一责任单位": "、".join(f"{s.unit}（{s.role.title}）" for s in document.standing),
        "一级重点任务": "；".join(s.label + s.title for s in plan.sections),
        "二级重点任务": "；".join(t.label + t.title for t in plan.tasks),
    }


def numbers_words(edited: Edited) -> str:
    """Which measures have another number now: 7→6、8→7. Empty when all have the one they had."""
    pairs = [(numbers[0], no) for no, numbers in enumerate(edited.origin, 1) if numbers and numbers[0] != no]
    return "、".join(f"{old}→{new}" for old, new in pairs)


def _part(part: Deadline) -> str:
    day = part.date.isoformat() if part.date is not None else ""
    if part.recur is not None:
        words = _RECURRENCES.get(part.recur, part.recur.replace("yearly-", "每年"))
        return f"{words}，至 {day}" if day else words
    if part.kind is DeadlineKind.BY_THEN_ONGOING:
        return f"{day} 后长期坚持"
    return day or _KINDS.get(part.kind, "没有日期")
