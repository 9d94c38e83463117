"""中期评估报告 and 终期评估报告: the whole time up to the date, each 量化指标 beside what was reached of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.job import Job
from core.ledger.targets import short_of
from core.model.document_kind import DocumentKind
from core.model.plan import Target
from core.office import issuer
from core.office.annexes import charts_annex, report_annexes
from core.office.asked import Asked, Made
from core.office.draft import Draft
from core.office.form_value import figure, target_values
from core.office.noted import Notes
from core.office.overview import Overview, plan_row
from core.office.paper_words import day
from core.office.periods import period_of
from core.office.report_words import basis, numbers, subject
from core.office.reports import addressee, close, finished, next_steps, overall, problems, work_by_section
from core.office.said import Said, is_marked, records_of, said, secret_gaps
from core.office.statistics import Statistics, measures_with, statistics
from core.office.superior_order import superior_order
from core.publish.description import Align
from core.publish.progress_table import base_title
from core.publish.text_document import Role, TextCell
from core.store import progress
from core.store.database import Store

_KINDS = {"中期": DocumentKind.MIDTERM, "终期": DocumentKind.FINAL}
_WIDTHS = (18.0, 34.0, 0.0, 26.0)
_HEAD = ("措施", "量化指标", "填报值", "对照情况")
_TARGET_RULE = "填报值为各单位截至统计日最后一次填报的数值；要求有上限的以不超过为达到，其余以不低于为达到"


@dataclass(frozen=True, slots=True)
class Reached:
    """One 量化指标 of a measure and what the units say they reached: figure or None, and their note."""

    measure: int
    target: Target
    said: tuple[tuple[str, float | None, str], ...]

    @property
    def short(self) -> tuple[str, ...]:
        """The units whose figure falls short."""
        return tuple(unit for unit, value, _ in self.said if (short_of(self.target, value) or 0) > 0)

    @property
    def met(self) -> tuple[str, ...]:
        """The units whose figure reaches it."""
        return tuple(unit for unit, value, _ in self.said if short_of(self.target, value) == 0)


def midterm(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `midterm`.

    Raises NotFoundError (plan), InvalidError (period), Cancelled.
    """
    return _evaluation(store, asked, "中期", job)


def final(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `final`; raises as ``midterm``."""
    return _evaluation(store, asked, "终期", job)


def _evaluation(store: Store, asked: Asked, word: str, job: Job) -> Made:
    period = period_of(store, plan_row(store, asked.plan_key).key, asked.period_key or word)
    found = statistics(store, asked.plan_key, asked.as_of, period_key=period.key)
    view = found.view
    words = _words(view, period.key)
    title = f"{base_title(view.plan)}{word}评估报告"
    draft = Draft()
    draft.title(title)
    recipient = draft.known(addressee(store, view, period), "主送机关")
    draft.addressee(recipient)
    until = day(asked.as_of)
    draft.say(
        f"根据{basis(view.plan.document)}要求，对方案实施情况开展{word}评估，现将有关情况报告如下。"
        f"报告中的数字和各单位填报的内容截至{until}。"
    )
    annexes = report_annexes(store, asked, view, None, job)
    overall(draft, store, found, period.title, asked, _KINDS[word])
    _targets(draft, store, view)
    so_far = f"截至{until}"
    order = superior_order(store, asked.superior, view.row.key, job) if asked.superior else None
    brief = asked.is_brief
    work_by_section(draft, store, view, words, so_far, order, brief=brief)
    _lasting(draft, found, words)
    problems(draft, found, words, so_far, order, brief=brief)
    next_steps(draft, found, words, so_far, order, brief=brief)
    draft.head("建议")
    draft.say(draft.gap("对方案实施和完善的建议"))
    annexes = [*annexes, *charts_annex(asked, found, len(annexes), whole=True)]
    close(draft, store, annexes, asked)
    draft.gaps.extend(secret_gaps(view, words))
    return finished(title, draft, annexes, recipient, issuer.load(store), asked)


def _words(view: Overview, period_key: str) -> dict[int, Said]:
    """What the units said for the evaluation itself; of measures they did not speak of then, their last words."""
    own, last = said(view, period_key), said(view, None)
    return {no: own[no] if own[no].records else last[no] for no in own}


# 量化指标 -----------------------------------------------------------------------------------------------------


def reached(store: Store, view: Overview) -> tuple[Reached, ...]:
    """Each 量化指标 of the plan with the last figures the units gave up to the date."""
    found: list[Reached] = []
    for measure in view.plan.measures:
        if not measure.targets:
            continue
        by_place: dict[int, list[tuple[str, float | None, str]]] = {}
        for item in view.of_measure(measure.no):
            for record in records_of(view, item, None):
                with store.reading() as db:
                    values = target_values(measure.targets, progress.reached(db, record.id))
                for value in values:
                    if (value.value is not None or value.note) and not is_marked(record):
                        by_place.setdefault(value.position, []).append((item.unit, value.value, value.note))
        found.extend(
            Reached(measure.no, target, tuple(by_place.get(place, ()))) for place, target in enumerate(measure.targets)
        )
    return tuple(found)


def _targets(draft: Draft, store: Store, view: Overview) -> None:
    draft.head("量化指标对照情况")
    found = reached(store, view)
    if not found:
        draft.say("方案没有可以识别的量化指标。")
        return
    spoken = [one for one in found if one.said]
    short = [one for one in found if one.short]
    if spoken:
        parts = [
            f"有单位填报数值或说明的{len(spoken)}个",
            *([f"填报数值中有未达到要求的{len(short)}个"] if short else []),
            *([f"没有填报的{len(found) - len(spoken)}个"] if len(found) > len(spoken) else []),
        ]
        draft.say(f"方案共有量化指标{len(found)}个，其中{'，'.join(parts)}。")
    else:
        draft.say(f"方案共有量化指标{len(found)}个，各单位都没有填报达到情况。")
    notes = Notes(view, draft.figures)
    silent = [one for one in found if not one.said]
    for key, label, some in (
        ("targets.total", "量化指标：总数", found),
        ("targets.said", "量化指标：有填报的", spoken),
        ("targets.short", "量化指标：有未达到要求的", short),
        ("targets.silent", "量化指标：没有填报的", silent),
    )[: 4 if spoken else 1]:
        if some:  # what stands at nothing is not printed
            notes.targets(key, label, [one.measure for one in some], _TARGET_RULE)
    draft.table(_WIDTHS, [_HEAD, *(_row(one, draft) for one in found)])
    draft.say(f"注：{_TARGET_RULE}。", Role.NOTE)


def _row(one: Reached, draft: Draft) -> tuple[str | TextCell, ...]:
    values = "；".join(_value(one.target, *part) for part in one.said)
    if not values:
        values = draft.gap(f"措施（{one.measure}）量化指标“{one.target.text}”的达到情况")
    return f"（{one.measure}）", one.target.text, TextCell(values, align=Align.LEFT), _verdict(one)


def _value(target: Target, unit: str, value: float | None, note: str) -> str:
    told = "" if value is None else f"{figure(value)}{target.unit or ''}"
    both = "，".join(part for part in (told, note.strip()) if part)
    return f"{unit}：{both}"


def _verdict(one: Reached) -> str:
    if not one.said:
        return "没有填报"
    parts = [
        *([f"达到{len(one.met)}家"] if one.met else []),
        *([f"未达到{len(one.short)}家"] if one.short else []),
    ]
    return "，".join(parts) or "无法按数值对照"


# 长效机制 -----------------------------------------------------------------------------------------------------


def _lasting(draft: Draft, found: Statistics, words: Mapping[int, Said]) -> None:
    """What goes on for good: how many, what is kept up now; which mechanisms there are nobody writes but a person."""
    view = found.view
    draft.head("长效机制建设情况")
    ongoing = measures_with(view, "ongoing")
    if ongoing:
        kept = [no for no in ongoing if view.measures[no].kept_up]
        notes = Notes(view, draft.figures)
        notes.measures("lasting.measures", "长效机制：长期坚持的措施", ongoing, found.rules["ongoing"])
        notes.measures("lasting.kept", "长效机制：统计日所在报送期有落实记录的措施", kept, "长期坚持且本期已落实")
        part = f"其中{len(kept)}项" if 0 < len(kept) < len(ongoing) else ""
        how = "已有" if part else "都有" if kept else "还没有"
        draft.say(
            f"要求长期坚持的措施有{len(ongoing)}项，即措施{numbers(ongoing)}，{part}在统计日所在的报送期{how}落实记录。"
        )
    else:
        draft.say("按统计日的状态，没有处于长期坚持阶段的措施。")
    silent = [no for no in ongoing if not words[no].work]
    if silent:
        draft.say(f"其中{'、'.join(subject(view, no) for no in silent)}没有填报工作进展。")
    draft.say(draft.gap("已建立的长效机制（制度名称、文号、印发日期）"))
