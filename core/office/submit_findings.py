"""Before 上报: what a superior would ask about, and what must not go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.job import Job
from core.model.ledger import EntryState, Review
from core.model.plan import Severity
from core.office import report_words
from core.office.evidence import today
from core.office.returns import Returns, returns
from core.office.submit_content import Content, Said, content_of
from core.office.superior_order import SuperiorOrder
from core.office.warnings import unproven
from core.store.database import Store

_WITHOUT_FIGURES = (EntryState.NOT_STARTED, EntryState.NOT_APPLICABLE)


class Check(StrEnum):
    """What was looked for."""

    SECRET = "secret"  # noqa: S105 - the mark, not a password
    LOST_FILE = "lost_file"
    NOT_RETURNED = "not_returned"
    INCOMPLETE = "incomplete"
    SENT_BACK = "sent_back"
    NOT_REVIEWED = "not_reviewed"
    DATE = "date"
    NO_EVIDENCE = "no_evidence"
    NO_FIGURE = "no_figure"
    ORDER = "order"
    TEMPLATE = "template"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: ``words`` in one sentence; where: obligations, and pieces of evidence by their numbers."""

    check: Check
    severity: Severity
    words: str
    obligations: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()


def submit_findings(
    store: Store, plan_key: str | None, period_key: str, as_of: date, job: Job | None = None
) -> tuple[Finding, ...]:
    """Look at a period before it goes up; the gravest first.

    Raises NotFoundError for the plan, InvalidError for the period, Cancelled.
    """
    return findings_of(store, content_of(store, plan_key, period_key, as_of, job or Job()))


def findings_of(store: Store, content: Content) -> tuple[Finding, ...]:
    """The same of what was gathered already."""
    # what goes up is what has come by now, whatever date it speaks of
    expected = returns(store, content.view.row.key, content.period.key, max(content.as_of, today()))
    found = [
        *_secret(content),
        *_lost(content),
        *_dates(content),
        *_not_returned(content, expected),
        *_reviews(content),
        *_without_evidence(store, content),
        *_without_figures(content),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def order_findings(content: Content, order: SuperiorOrder) -> tuple[Finding, ...]:
    """What the superior's order leaves out: measures nobody answers, undecided ones, ours with words that go nowhere."""
    found = []
    if order.open:
        words = f"上级措施{_listed(order.open)}有相近的措施，还没有确认对应关系，没有填写"
        found.append(Finding(Check.ORDER, Severity.WARNING, words))
    if order.unanswered:
        words = f"上级措施{_listed(order.unanswered)}没有对应的本级措施，没有填写"
        found.append(Finding(Check.ORDER, Severity.INFO, words))
    rest = set(order.unanswering)
    silent = [one for one in content.said if one.goes and one.obligation.measure in rest]
    if silent:
        which = _listed([one.obligation.measure for one in silent])
        words = f"本级措施{which}不对应上级的措施，填报的内容没有写入上报表"
        found.append(Finding(Check.ORDER, Severity.INFO, words, tuple(one.obligation.id for one in silent)))
    return tuple(found)


def _secret(content: Content) -> Iterator[Finding]:
    by_evidence: dict[int, list[int]] = defaultdict(list)
    for one in content.said:
        for item in one.evidence:
            by_evidence[item.id].append(one.obligation.id)
        if one.mark is not None:
            words = f"{_place(one)}的填报文字带有“{one.mark}”，没有写入"
            yield Finding(Check.SECRET, Severity.ERROR, words, (one.obligation.id,))
    for item, mark in content.secret:
        words = f"佐证材料“{item.title}”带有密级字样“{mark}”，没有放入"
        yield Finding(Check.SECRET, Severity.ERROR, words, tuple(by_evidence[item.id]), (item.id,))


def _lost(content: Content) -> Iterator[Finding]:
    for item in content.lost:
        words = f"佐证材料“{item.title}”不见了，没有放入"
        yield Finding(Check.LOST_FILE, Severity.ERROR, words, evidence=(item.id,))


def _dates(content: Content) -> Iterator[Finding]:
    for one in content.said:
        day = one.record.done_on
        if day is not None and day > content.as_of:
            words = f"{_place(one)}的完成日期{day}在统计截止日期{content.as_of}之后"
            yield Finding(Check.DATE, Severity.WARNING, words, (one.obligation.id,))
        for item in one.evidence:
            if item.proves_on is not None and item.proves_on > content.as_of:
                words = (
                    f"{_place(one)}的佐证材料“{item.title}”证明日期{item.proves_on}在统计截止日期{content.as_of}之后"
                )
                yield Finding(Check.DATE, Severity.WARNING, words, (one.obligation.id,), (item.id,))


def _not_returned(content: Content, expected: Returns) -> Iterator[Finding]:
    numbers = {item.id: item.measure for item in content.view.obligations}
    for unit in expected.units:
        if unit.missing:
            which = _listed(numbers[key] for key in unit.missing if key in numbers)
            words = f"{unit.unit}应报 {unit.expected} 项，未报 {len(unit.missing)} 项：{which}"
            if len(unit.missing) == unit.expected:
                words = f"{unit.unit}应报 {unit.expected} 项，全部未报"
            yield Finding(Check.NOT_RETURNED, Severity.WARNING, words, unit.missing)
    for group in expected.groups:
        which = _listed(numbers[key] for key in group.obligations if key in numbers)
        words = f"“{group.name}”名单待补全，措施{which}没有人报"
        yield Finding(Check.INCOMPLETE, Severity.INFO, words, group.obligations)


def _reviews(content: Content) -> Iterator[Finding]:
    waiting: dict[str, list[Said]] = defaultdict(list)
    for one in content.said:
        if one.record.review is Review.RETURNED:
            words = f"{_place(one)}已退回，还没有更正，没有写入"
            yield Finding(Check.SENT_BACK, Severity.WARNING, words, (one.obligation.id,))
        elif one.record.review is Review.PENDING:
            waiting[one.obligation.unit].append(one)
    for unit, found in waiting.items():
        which = _listed(one.obligation.measure for one in found)
        words = f"{unit}有 {len(found)} 项还没有审核：{which}"
        yield Finding(Check.NOT_REVIEWED, Severity.WARNING, words, tuple(one.obligation.id for one in found))


def _without_evidence(store: Store, content: Content) -> Iterator[Finding]:
    by_measure: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for item in unproven(store, content.view):
        by_measure[item.measure].append((item.unit, item.id))
    for no, items in by_measure.items():
        units = "、".join(dict.fromkeys(unit for unit, _ in items))
        words = f"（{no}）{units}已完成，没有佐证材料"
        yield Finding(Check.NO_EVIDENCE, Severity.WARNING, words, tuple(key for _, key in items))


def _without_figures(content: Content) -> Iterator[Finding]:
    for one in content.said:
        targets = content.view.measure(one.obligation.measure).targets
        if not targets or one.record.state in _WITHOUT_FIGURES:
            continue
        have = {reached.position for reached in one.reached if reached.value is not None or reached.note}
        missing = [target.text for place, target in enumerate(targets) if place not in have]
        if missing:
            words = f"{_place(one)}没有填量化指标完成值：{'、'.join(missing)}"
            yield Finding(Check.NO_FIGURE, Severity.WARNING, words, (one.obligation.id,))


def _place(one: Said) -> str:
    return f"（{one.obligation.measure}）{one.obligation.unit}"


def _listed(found: Iterable[int]) -> str:
    """（1）（4）—（7）: as the window names measures, shorter than in a text."""
    return report_words.numbers(found).replace("、", "").replace("至", "—")
