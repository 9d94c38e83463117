"""The problems of a reading as the clerk works through them: where they are, which measures, what can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.model.plan import Measure, Problem, Severity
from core.office.review import Paragraph, Place, Review
from gui.import_sheet.places import Places

TITLES = {Severity.ERROR: "须处理", Severity.WARNING: "请核对", Severity.INFO: "说明"}
_GAP = re.compile(r"缺(?P<first>[^—，。]+)(?:—(?P<last>[^。]+))?。$")
_BETWEEN = re.compile(r"^(?P<before>.+)后面是(?P<after>.+?)，缺")
_BODY = re.compile(r"\d+")
_LONGEST_GAP = 200
_UNKNOWN = "单位名册中没有"
_FEW = 2
_HEADINGS = ("任务", "部分")
"""A gap among these is no missing measure."""
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem.

    ``key`` names it through all edits. ``measures`` are numbers of the plan as it was read. ``missing`` are the
    labels of a gap in the numbers, before the measure ``gap_before``. ``children`` are what a summary holds.
    """

    key: str
    severity: Severity
    text: str
    places: tuple[Place, ...] = ()
    measures: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    gap_before: int | None = None
    column: str = "text"
    """Which cell of the draft it speaks of: text, division or deadline; empty for none."""
    children: tuple[Issue, ...] = ()
    is_child: bool = False

    @property
    def title(self) -> str:
        """须处理, 请核对 or 说明."""
        return TITLES[self.severity]

    @property
    def is_gap(self) -> bool:
        """Whether measures are missing that can be added by hand."""
        return bool(self.missing)

    @property
    def gap_text(self) -> str:
        """（7）—（11）."""
        return self.missing[0] if len(self.missing) == 1 else f"{self.missing[0]}—{self.missing[-1]}"


def issues_of(review: Review, places: Places) -> tuple[Issue, ...]:
    """All problems of a reading, the worst first; what was cleaned and what was not used are one line each."""
    plan = review.draft.plan
    repairs = set(review.source.repairs)
    told = [p for p in plan.problems if p.what not in repairs and not _is_summed_up(p)]
    found = _names_together([_issue(str(at), problem, places, plan.measures) for at, problem in enumerate(told)])
    found += [each for each in (_unused(review), _repaired(review, places)) if each is not None]
    order = list(Severity)
    return tuple(sorted(found, key=lambda issue: order.index(issue.severity)))


def _issue(key: str, problem: Problem, places: Places, measures: Sequence[Measure]) -> Issue:
    place = places.named(problem.where) if problem.where else None
    missing = _missing(problem.what)
    spots, nos = places.spoken_of(problem.what, place)
    if missing:
        nos = _around(problem.what, nos, measures)
        spots = tuple(spot for no in nos[-1:] if (spot := places.text_place(no))) or spots
    return Issue(
        key=key,
        severity=problem.severity,
        text=problem.what.rstrip("。"),
        places=spots,
        measures=nos,
        missing=missing,
        gap_before=nos[-1] if missing and nos else None,
        column=_column(problem.what, nos, measures),
    )


def _missing(what: str) -> tuple[str, ...]:
    """The labels that a gap leaves out; empty for any other problem, and for a gap whose labels have no figures."""
    found = _GAP.search(what)
    if found is None or what.startswith(_HEADINGS):
        return ()
    first, last = found["first"], found["last"] or found["first"]
    ends = [_BODY.search(label) for label in (first, last)]
    if ends[0] is None or ends[1] is None:
        return ()
    start, end = int(ends[0].group()), int(ends[1].group())
    if not start <= end < start + _LONGEST_GAP:
        return ()
    return tuple(first[: ends[0].start()] + str(number) + first[ends[0].end() :] for number in range(start, end + 1))


def _around(what: str, nos: tuple[int, ...], measures: Sequence[Measure]) -> tuple[int, ...]:
    """The measures before and after a gap."""
    found = _BETWEEN.match(what)
    after = next((no for no in nos if found is not None and measures[no - 1].label == found["after"]), None)
    if after is None:
        after = nos[0] if nos else None
    if after is None:
        return ()
    return (after,) if found is None or after == 1 else (after - 1, after)


def _column(what: str, nos: tuple[int, ...], measures: Sequence[Measure]) -> str:
    if what.startswith(_HEADINGS):
        return ""
    if "责任单位" in what or "分工" in what or "名册" in what:
        return "division"
    quoted = re.findall(r"“([^“”]+)”", what)
    for no in nos:
        measure = measures[no - 1]
        for words in quoted:
            if words in (measure.division_raw or ""):
                return "division"
            if words in (measure.deadline_raw or ""):
                return "deadline"
    return "text"


def _is_summed_up(problem: Problem) -> bool:
    """Whether the sheet has a line of its own for it, that can be opened."""
    what = problem.what
    return "段文字不在措施之内" in what or "行的表不是任务表" in what or what.startswith("文字中有 ")


def _names_together(issues: list[Issue]) -> list[Issue]:
    """Many names that the register does not hold are one line."""
    names = [issue for issue in issues if issue.text.startswith(_UNKNOWN)]
    if len(names) <= _FEW:
        return issues
    children = tuple(replace(issue, is_child=True) for issue in names)
    text = f"单位名册中没有 {len(names)} 个名称，导入时加入名册"
    return [issue for issue in issues if issue not in names] + [Issue("names", Severity.INFO, text, children=children)]


def _unused(review: Review) -> Issue | None:
    """What of the source no measure was read from, block by block."""
    blocks = review.draft.unused
    if not blocks:
        return None
    children = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            words = block.text if len(block.text) <= _SHORT else f"{block.text[:_SHORT]}…"
        else:
            words = f"一张 {len(block.rows)} 行的表"
        children.append(
            Issue(f"unused {at}", Severity.INFO, f"没有读入：{words}", places=(block.place,), is_child=True)
        )
    text = f"有 {len(blocks)} 处文字不在措施之内，没有读入"
    return Issue("unused", Severity.INFO, text, places=(blocks[0].place,), children=tuple(children))


def _repaired(review: Review, places: Places) -> Issue | None:
    """What was cleaned in the text of a scan."""
    repairs = review.source.repairs
    if not repairs:
        return None
    children = tuple(_cleaned(at, repair, places) for at, repair in enumerate(repairs))
    if len(children) == 1:
        return Issue("cleaned", Severity.INFO, repairs[0].rstrip("。"), children[0].places, children[0].measures)
    text = f"读取时清理了 {len(repairs)} 处，如多余的空格、断行和页码"
    return Issue("cleaned", Severity.INFO, text, children=children)


def _cleaned(at: int, repair: str, places: Places) -> Issue:
    where = repair.split("：", 1)[0]
    place = places.named(where) if where.startswith(("第", "表", "工作表")) else None
    spots = (place,) if place is not None else ()
    nos = places.measures_at(spots)
    return Issue(f"cleaned {at}", Severity.INFO, repair.rstrip("。"), spots, nos, is_child=True)


def flat(issues: Sequence[Issue], opened: frozenset[str]) -> Iterator[Issue]:
    """The lines of the list: summaries that are open show what they hold."""
    for issue in issues:
        yield issue
        if issue.key in opened:
            yield from issue.children
