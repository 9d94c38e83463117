"""进展情况报告: what a plan came to in a period, drafted from the ledger for a person to finish.

Numbers come from the statistics, words from the units as they said them; what the ledger does not hold stands as
【待补充：…】. The order is the plan's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from core.job import Job
from core.ledger.figures import Figures
from core.model.document_kind import DocumentKind
from core.model.ledger import Period, Review, State
from core.office import issuer, superior_report
from core.office.annexes import Annex, charts_annex, report_annexes
from core.office.asked import Asked, Made
from core.office.catalogue_rows import Numbered, numbered
from core.office.compared import compared
from core.office.draft import Draft, chinese, made_of
from core.office.issuer import Issuer
from core.office.listing import status_words
from core.office.noted import Notes
from core.office.overview import Overview, plan_row, share
from core.office.paper_head import imprint, report_head
from core.office.paper_words import day, percent
from core.office.period_choice import chosen_period
from core.office.report_words import (
    basis,
    by_days,
    came_back,
    counting_rules,
    listed,
    numbers,
    outside,
    states,
    subject,
    voices,
)
from core.office.said import Said, said, secret_gaps
from core.office.statistics import GroupFigures, Statistics, measures_with, obligations_with, statistics
from core.office.superior_order import SuperiorOrder, superior_order
from core.office.upward import upward_reports
from core.publish.description import Align, TableDocument
from core.publish.progress_table import base_title
from core.publish.table import printed
from core.publish.text_document import Role, TextCell, TextDocument, TextPart
from core.store.database import Store

_SHARE = (
    "注：每项措施后的括号内为状态、逾期天数和责任事项完成数与总数，长期坚持的以本期已落实计，不涉及的不计；"
    "文字为各单位填报的原文，没有填报的单位不列，说明不涉及的列在各部分之后。"
)
_IN_LEDGERS = "原文见各单位工作台账"
_BRIEF_SHARE = (
    "注：每项措施后的括号内为状态、逾期天数和责任事项完成数与总数，长期坚持的以本期已落实计，不涉及的不计；"
    f"各单位填报的工作进展，{_IN_LEDGERS}，说明不涉及的列在各部分之后。"
)
_STATE_COLUMNS = (
    ("措施", 14.0, "total"),
    ("已完成", 17.0, "done"),
    ("推进中", 17.0, "in_progress"),
    ("未启动", 17.0, "not_started"),
    ("长期坚持", 14.0, "ongoing"),
    ("待部署", 17.0, "waiting"),
    ("不涉及", 17.0, "not_applicable"),
    ("逾期", 14.0, "overdue"),
)
"""Column, its width in mm and its figure; the states add up to the measures."""
_RARE = ("长期坚持", "待部署", "不涉及")
"""Columns that are left out where they would hold nothing."""
_RATE = 19.0
_OWN_LABEL = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)")
_ACCEPTED = "截至统计日已完成，且最近一次填报已审核通过"


def progress_report(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `report`.

    Raises NotFoundError (plan), InvalidError (period), Cancelled.
    """
    period = chosen_period(store, plan_row(store, asked.plan_key).key, asked.period_key, asked.as_of)
    figures = statistics(store, asked.plan_key, asked.as_of, period_key=period.key)
    words = said(figures.view, period.key)
    title = f"{base_title(figures.view.plan)}{period.title}进展情况报告"
    draft = Draft()
    draft.title(title)
    recipient = draft.known(addressee(store, figures.view, period), "主送机关")
    draft.addressee(recipient)
    draft.say(
        f"根据{basis(figures.view.plan.document)}要求，现将{period.title}工作进展情况报告如下。"
        f"报告中的数字统计截至{day(asked.as_of)}。"
    )
    annexes = report_annexes(store, asked, figures.view, period.key, job)
    overall(draft, store, figures, period.title, asked, DocumentKind.REPORT)
    order = superior_order(store, asked.superior, figures.view.row.key, job) if asked.superior else None
    brief = asked.is_brief
    work_by_section(draft, store, figures.view, words, period.title, order, brief=brief)
    problems(draft, figures, words, period.title, order, brief=brief)
    next_steps(draft, figures, words, period.title, order, brief=brief)
    annexes = [*annexes, *charts_annex(asked, figures, len(annexes), whole=False)]
    close(draft, store, annexes, asked)
    draft.gaps.extend(secret_gaps(figures.view, words))
    return finished(title, draft, annexes, recipient, issuer.load(store), asked)


def finished(title: str, draft: Draft, annexes: Iterable[Annex], recipient: str, sender: Issuer, asked: Asked) -> Made:
    """The document of a text and its annexes; with 红头 and 版记 where the office has set them for reports."""
    name = draft.known(sender.report_name, "发文机关")
    head = report_head(draft, sender, asked, name)
    foot = imprint(draft, sender, asked, name) if head is not None else None
    parts: list[TextPart | TableDocument] = [
        TextPart(tuple(draft.blocks), red_head=head),
        *(table for _, table in annexes),
    ]
    return made_of(draft, TextDocument(title, tuple(parts), foot), recipient)


def addressee(store: Store, view: Overview, period: Period) -> str:
    """主送机关: as set, else to whom the plan wants the report of the period sent."""
    known = issuer.load(store).addressee
    wanted = (one.to for one in upward_reports(store, view.row.key) if one.period_key == period.key and one.to)
    return known or next(wanted, "")


# 一、总体情况 --------------------------------------------------------------------------------------------------


def overall(draft: Draft, store: Store, found: Statistics, period: str, asked: Asked, kind: DocumentKind) -> None:
    """The plan in numbers: measures, obligations, what came back, its parts in a table, how all is counted."""
    view = found.view
    plan = view.plan
    draft.head("总体情况")
    shape = [
        *([f"{len(plan.sections)}个部分"] if plan.sections else []),
        *([f"{len(plan.tasks)}项任务"] if plan.tasks else []),
        f"{len(plan.measures)}项措施",
    ]
    by_unit = f"按单位分解为{found.obligations.total}项责任事项，涉及{len(found.units)}个责任主体"
    draft.say(f"方案共有{'、'.join(shape)}，{by_unit if found.units else '还没有分解到单位'}。")
    notes = Notes(view, draft.figures)
    notes.units("units", "责任主体", view.statuses)
    notes.measure_states("measures", "措施")
    notes.obligation_states("obligations", "责任事项")
    as_of = day(view.clock.as_of)
    if not any(status.has_entry for status in view.measures.values()):
        draft.say(f"截至{as_of}，台账中没有任何进展记录。")
    draft.say(f"按措施统计，截至{as_of}，{states(found.measures, '措施')}。")
    accepted = [
        key
        for key, status in view.statuses.items()
        if status.state is State.DONE and view.stories.review_on_date(key) is Review.ACCEPTED
    ]
    reviewed = ""
    if found.obligations.done:
        reviewed = f"已完成的{found.obligations.done}项责任事项中，已审核通过{len(accepted)}项。"
        notes.obligations("accepted", "已完成的责任事项：已审核通过", accepted, _ACCEPTED)
    draft.say(f"按责任事项统计，{states(found.obligations, '责任事项')}。{reviewed}")
    if found.returns is not None:
        draft.say(f"报送情况：{came_back(found.returns, period)}。")
        notes.came_back("returns", period, found.returns)
    compared(draft, store, kind, asked, view)
    if found.sections:
        draft.say("各部分措施进展如下：")
        columns = _table(draft, _parts(found))
        for section in found.sections:
            notes.measure_states(f"section{section.key}", section.title, section.numbers, columns)
    draft.say(counting_rules(view.clock.soon_days, found.returns), Role.NOTE)


def _parts(found: Statistics) -> list[GroupFigures]:
    whole = GroupFigures(0, "合计", found.measures, found.obligations)
    return [*found.sections, whole]


def _table(draft: Draft, parts: Sequence[GroupFigures]) -> tuple[str, ...]:
    """Gives the figures that have a column."""
    columns = [
        one for one in _STATE_COLUMNS if one[0] not in _RARE or any(getattr(part.measures, one[2]) for part in parts)
    ]
    head: tuple[str, ...] = ("部分", *(title for title, _, _ in columns), "完成率")
    rows: list[Sequence[str | TextCell]] = [head]
    for place, part in enumerate(parts, start=1):
        found = (str(getattr(part.measures, name)) for _, _, name in columns)
        rows.append((_named(part, place), *found, _rate(part.measures)))
    draft.table((0.0, *(width for _, width, _ in columns), _RATE), rows)
    return tuple(name for _, _, name in columns)


def _named(part: GroupFigures, place: int) -> TextCell:
    """A part under the number that it has in the text below, whatever the plan's own one is (三、组织实施)."""
    if not part.key:
        return TextCell(printed(part.title))
    return TextCell(printed(_OWN_LABEL.sub(f"（{chinese(place)}）", part.title, count=1)), align=Align.LEFT)


def _rate(figures: Figures) -> str:
    return "—" if figures.completion is None else percent(figures.completion)


# 二、主要做法和成效 --------------------------------------------------------------------------------------------


def work_by_section(
    draft: Draft,
    store: Store,
    view: Overview,
    words: Mapping[int, Said],
    period: str,
    order: SuperiorOrder | None = None,
    *,
    brief: bool = False,
) -> None:
    """Section by section what the units say they did, measure by measure, with the numbers of the evidence.

    ``order``: by the superior's sections and measures. ``brief``: how each measure stands, without words.
    """
    if order is not None:
        superior_report.work(draft, store, view, words, period, order)
        return
    draft.head("主要做法和成效")
    draft.say(_BRIEF_SHARE if brief else _SHARE, Role.NOTE)
    files = numbered(store, view)
    for title, found in by_section(view):
        if title:
            draft.under(title)
        silent = [no for no in found if not words[no].work]
        told = [_work(draft, view, no, None if brief else words[no], files) for no in found if words[no].work]
        if brief and told:
            draft.say(f"{'；'.join(told)}。")
        else:
            for sentence in told:
                draft.say(sentence)
        if silent:
            what = f"{period}措施{numbers(silent)}的工作进展"
            draft.say(f"{period}，措施{numbers(silent)}在台账中没有工作进展文字。{draft.gap(what)}")
        draft.say(outside(words, found))


def by_section(view: Overview) -> list[tuple[str, list[int]]]:
    """The measures under the title of their section; those outside of all come last without a title."""
    known = {section.no for section in view.plan.sections}
    found = [
        (section.title, [m.no for m in view.plan.measures if m.section == section.no]) for section in view.plan.sections
    ]
    rest = [m.no for m in view.plan.measures if m.section not in known]
    return [*((title, nos) for title, nos in found if nos), *([("", rest)] if rest else [])]


def _work(draft: Draft, view: Overview, no: int, one: Said | None, files: Numbered) -> str:
    """How a measure stands, and what was said of it."""
    done, total = share(view, no)
    status = status_words(view.measures[no], view.clock.as_of)
    shared = f"，完成{done}/{total}" if total > 1 else ""
    if shared:
        Notes(view, draft.figures).done_of(f"measure{no}.done", f"措施（{no}）：完成", no)
    if one is None:
        return f"{subject(view, no)}（{status}{shared}）"
    evidence = files.of_records(record.id for record in one.records)
    proof = f"（佐证材料：{'、'.join(evidence)}）" if evidence else ""
    said_words = voices(one.work, alone=total <= 1)
    return f"{subject(view, no)}（{status}{shared}）。{said_words}{proof}"


# 三、存在问题，四、下一步工作 ----------------------------------------------------------------------------------


def problems(
    draft: Draft,
    found: Statistics,
    words: Mapping[int, Said],
    period: str,
    order: SuperiorOrder | None = None,
    *,
    brief: bool = False,
) -> None:
    """What is late, by measure and days, and what the units name as problems."""
    view = found.view
    if order is not None:
        superior_report.problems(draft, view, words, period, order)
        return
    draft.head("存在问题")
    late = measures_with(view, "overdue")
    spoken = [no for no in view.measures if words[no].problems]
    told = []
    if late:
        notes = Notes(view, draft.figures)
        notes.measures("problems.measures", "存在问题：逾期未完成的措施", late, found.rules["overdue"])
        late_ids = obligations_with(view, "overdue")
        notes.obligations("problems.obligations", "存在问题：逾期未完成的责任事项", late_ids, found.rules["overdue"])
        told.append(f"有{len(late)}项措施、{found.obligations.overdue}项责任事项逾期未完成，{by_days(view, late)}。")
    if spoken:
        told.append(f"各单位对措施{numbers(spoken)}反映了问题，{_IN_LEDGERS}。" if brief else "各单位反映的问题：")
    for sentence in listed(told):
        draft.say(sentence)
    for no in () if brief else spoken:
        draft.say(f"{subject(view, no)}。{voices(words[no].problems, alone=_is_alone(view, no))}")
    if not spoken:
        draft.say(f"{period}，各单位没有填报存在的问题。{draft.gap('存在问题')}")


def next_steps(
    draft: Draft,
    found: Statistics,
    words: Mapping[int, Said],
    period: str,
    order: SuperiorOrder | None = None,
    *,
    brief: bool = False,
) -> None:
    """What is due next, and what the units are going to do."""
    view = found.view
    if order is not None:
        superior_report.next_steps(draft, view, words, period, order)
        return
    draft.head("下一步工作")
    late, soon = measures_with(view, "overdue"), measures_with(view, "due_soon")
    spoken = [no for no in view.measures if words[no].next_steps]
    notes = Notes(view, draft.figures)
    told = []
    if late:
        notes.measures("next.late", "下一步：逾期未完成的措施", late, found.rules["overdue"])
        told.append(f"督促逾期未完成的{len(late)}项措施，即措施{numbers(late)}，明确完成日期，尽快完成。")
    if soon:
        notes.measures("next.measures", "下一步：临近时限的措施", soon, found.rules["due_soon"])
        told.append(
            f"盯紧临近时限的{len(soon)}项措施，即措施{numbers(soon)}，按期完成"
            f"（临近时限指距完成时限不超过{view.clock.soon_days}天，长期坚持的为本期尚未填报）。"
        )
    if spoken:
        told.append(
            f"各单位对措施{numbers(spoken)}作出下一步工作安排，{_IN_LEDGERS}。" if brief else "各单位下一步工作安排："
        )
    for sentence in listed(told):
        draft.say(sentence)
    for no in () if brief else spoken:
        draft.say(f"{subject(view, no)}。{voices(words[no].next_steps, alone=_is_alone(view, no))}")
    if not spoken:
        draft.say(f"{period}，各单位没有填报下一步工作。{draft.gap('下一步工作')}")


def _is_alone(view: Overview, no: int) -> bool:
    return len(view.of_measure(no)) <= 1


def close(draft: Draft, store: Store, annexes: Iterable[Annex], asked: Asked) -> None:
    """附件说明, name and date."""
    draft.annexes([title for title, _ in annexes])
    dated = day(asked.dated) if asked.dated else draft.open_date("成文日期", asked.as_of.year)
    sender = issuer.load(store)
    name = draft.known(sender.report_name, "发文机关")
    draft.sign(name, dated, sender.report_seal, is_stamped=sender.stamped)
