"""通报: how each unit stands with its returns and its work, who did not report, who is late, what is demanded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from core.job import Job
from core.ledger.figures import PLACES_RULE
from core.model.units import UnitKind
from core.office import issuer
from core.office.annexes import late_annex
from core.office.asked import Asked, Made
from core.office.draft import Draft, made_of
from core.office.noted import Notes
from core.office.overview import plan_row
from core.office.paper_head import circular_head, circular_number, imprint
from core.office.paper_words import day, percent
from core.office.period_choice import chosen_period
from core.office.report_words import basis, came_back, counting_rules, numbers, states
from core.office.returns import Returns
from core.office.statistics import Statistics, UnitFigures, obligations_with, statistics
from core.publish.description import TableDocument
from core.publish.progress_table import base_title
from core.publish.table import TableOptions
from core.publish.text_document import Role, TextDocument, TextPart
from core.store.database import Store

_RETURN_WIDTHS = (0.0, 16.0, 16.0, 20.0, 16.0, 27.0)
_RETURN_HEAD = ("单位", "应报", "已报", "报送率", "按时", "按时报送率")
_WORK_WIDTHS = (0.0, 14.0, 18.0, 18.0, 18.0, 14.0, 14.0, 19.0)
_WORK_COLUMNS = ("done", "in_progress", "not_started", "overdue")
_WORK_HEAD = ("单位", "事项", "已完成", "推进中", "未启动", "逾期", "位次", "完成率")


def circular(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `circular`.

    Raises NotFoundError (plan), InvalidError (period), Cancelled.
    """
    period = chosen_period(store, plan_row(store, asked.plan_key).key, asked.period_key, asked.as_of)
    found = statistics(store, asked.plan_key, asked.as_of, period_key=period.key)
    view = found.view
    sender = issuer.load(store)
    title = f"关于{base_title(view.plan)}{period.title}落实情况的通报"
    draft = Draft()
    name = draft.known(sender.name, "发文机关")
    head = circular_head(draft, sender, asked, name)
    draft.title(title)
    if head is None:
        draft.say(circular_number(draft, sender, asked), Role.NUMBER_UNDER)
    recipient = draft.known(sender.circular_to, "通报主送机关")
    draft.addressee(recipient)
    draft.say(
        f"根据{basis(view.plan.document)}，现将{period.title}各责任单位报送和任务落实情况通报如下。"
        f"数字统计截至{day(asked.as_of)}。"
    )
    if found.returns is not None:
        _returned(draft, Notes(view, draft.figures), found.returns, period.title)
    _completed(draft, found)
    job.step(0, 1, "正在起草通报")
    annex = late_annex(store, view, asked.page or TableOptions(annex_no=1))
    _late(draft, found, has_annex=annex is not None)
    _demands(draft, found, period.title, sender.reply_days)
    draft.annexes([annex[0]] if annex else [])
    dated = day(asked.dated) if asked.dated else draft.open_date("成文日期", asked.as_of.year)
    draft.sign(name, dated, sender.seal, is_stamped=sender.stamped)
    parts: list[TextPart | TableDocument] = [TextPart(tuple(draft.blocks), red_head=head)]
    if annex is not None:
        parts.append(replace(annex[1], annex="附件"))  # a single one has no number (GB/T 9704-2012 §7.3.4)
    foot = imprint(draft, sender, asked, name, sender.copies_to)
    return made_of(draft, TextDocument(title, tuple(parts), foot), recipient)


def _returned(draft: Draft, notes: Notes, came: Returns, period: str) -> None:
    draft.head("报送情况")
    draft.say(f"{came_back(came, period)}。")
    notes.came_back("returns", period, came)
    rows = [one for one in came.units if one.expected]
    if not rows:
        return
    whole = [one.unit for one in rows if one.in_time == one.expected]
    silent = [one.unit for one in rows if not one.returned]
    partly = [one for one in rows if 0 < one.returned < one.expected]
    if whole:
        draft.say(f"全部按时报送的单位{len(whole)}个：{'、'.join(whole)}。")
    if silent:
        draft.say(f"没有报送的单位{len(silent)}个：{'、'.join(silent)}。")
    if partly:
        told = "、".join(f"{one.unit}（缺{one.expected - one.returned}项）" for one in partly)
        draft.say(f"没有报全的单位{len(partly)}个：{told}。")
    if came.groups:
        draft.say(f"{'、'.join(group.name for group in came.groups)}的成员单位待补全，不下发、不计应报。")
    table = [
        (
            one.unit,
            str(one.expected),
            str(one.returned),
            _rate(one.return_rate),
            str(one.in_time),
            _rate(one.in_time_rate),
        )
        for one in sorted(rows, key=lambda one: -(one.return_rate or 0))
    ]
    draft.table(_RETURN_WIDTHS, [_RETURN_HEAD, *table])
    for key, label, some in (
        ("returns.whole", "全部按时报送的单位", whole),
        ("returns.silent", "没有报送的单位", silent),
        ("returns.partly", "没有报全的单位", [one.unit for one in partly]),
    ):
        if some:
            notes.units(key, label, [row for one in rows if one.unit in some for row in one.rows])
    for one in rows:
        notes.unit_came_back(f"returns:{one.unit}", one, came.rules)


def _rate(rate: float | None) -> str:
    return "—" if rate is None else percent(rate)


def _completed(draft: Draft, found: Statistics) -> None:
    draft.head("任务落实情况")
    draft.say(
        f"按措施统计，{states(found.measures, '措施')}。按责任事项统计，{states(found.obligations, '责任事项')}。"
    )
    notes = Notes(found.view, draft.figures)
    notes.measure_states("measures", "措施")
    notes.obligation_states("obligations", "责任事项")
    by_unit: dict[str, list[int]] = defaultdict(list)
    for item in found.view.obligations:
        by_unit[item.unit].append(item.id)
    for unit in found.units:
        notes.obligation_states(f"unit:{unit.unit}", unit.unit, by_unit[unit.unit], _WORK_COLUMNS)
    draft.say("各单位责任事项落实情况如下：")
    draft.table(_WORK_WIDTHS, [_WORK_HEAD, *(_work(one) for one in found.units)])
    draft.say(f"{counting_rules(found.view.clock.soon_days, found.returns)}{PLACES_RULE}。", Role.NOTE)


def _work(one: UnitFigures) -> tuple[str, ...]:
    figures = one.obligations
    counts = (figures.total, figures.done, figures.in_progress, figures.not_started, figures.overdue)
    place = "—" if one.position is None else str(one.position)
    return (one.unit, *(str(number) for number in counts), place, _rate(figures.completion))


def _late(draft: Draft, found: Statistics, *, has_annex: bool) -> None:
    draft.head("存在问题")
    late = [one for one in found.units if one.obligations.overdue]
    if not late:
        draft.say(f"截至{day(found.view.clock.as_of)}，没有逾期未完成的责任事项。")
        return
    told = "、".join(f"{one.unit}（{one.obligations.overdue}项）" for one in late)
    Notes(found.view, draft.figures).units(
        "late.units", "有逾期未完成责任事项的单位", obligations_with(found.view, "overdue")
    )
    behind = "，清单见附件" if has_annex else ""
    draft.say(f"有逾期未完成责任事项的单位{len(late)}个，共{found.obligations.overdue}项{behind}：{told}。")


def _demands(draft: Draft, found: Statistics, period: str, reply_days: int) -> None:
    """What is demanded of whom: it follows from what is missing and late."""
    draft.head("工作要求")
    view = found.view
    came = found.returns
    missing = [one.unit for one in came.units if one.expected and not one.complete] if came else []
    late = [one.unit for one in found.units if one.obligations.overdue]
    soon = [item for item in view.obligations if view.statuses[item.id].due_soon and view.statuses[item.id].next_due]
    justice = {one.unit for one in found.units if one.kind is UnitKind.DISCIPLINE_JUSTICE}
    by = f"自本通报印发之日起{reply_days}个工作日内"
    _ask(draft, missing, justice, f"{by}补报{period}工作进展")
    _ask(draft, late, justice, f"逐项说明逾期原因和预计完成日期，{by}书面报送")
    if soon:
        nos = numbers(item.measure for item in soon)
        draft.say(f"措施{nos}已临近完成时限，请各责任单位按期完成。")
    if not (missing or late or soon):
        draft.say("请各责任单位按方案确定的时限继续落实。")
    draft.say(draft.gap("其他工作要求"))


def _ask(draft: Draft, units: Sequence[str], justice: Collection[str], what: str) -> None:
    """What units are told to do; 纪委监委, 法院 and 检察院 are asked."""
    told = [unit for unit in units if unit not in justice]
    if told:
        draft.say(f"请{'、'.join(told)}{what}。")
    if len(told) < len(units):
        draft.say(f"商请{'、'.join(unit for unit in units if unit in justice)}予以支持，{what}。")
