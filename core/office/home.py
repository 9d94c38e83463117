"""首页: everything that stands on it, from one reading of the plan.

Figures come from ``statistics``; each to-do names the rows behind it, so that the window can show just those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.ledger.figures import count
from core.model.ledger import State
from core.office.board import waiting_lists
from core.office.due import due_between, week_of
from core.office.objections import objections
from core.office.overview import Overview
from core.office.returns import Returns, returns
from core.office.reviewing import to_review
from core.office.statistics import GroupFigures, Statistics, measures_with, obligations_with, statistics
from core.office.units import unresolved
from core.office.upward import UpwardReport, upward_reports
from core.office.warnings import unproven
from core.store import units
from core.store.database import Store

_NAMED = 4
"""Measures named in a note; more are only counted."""
_RETURNS_SHOWN = 14
"""Days before its cut-off from which a period that is not returned stands among the to-dos."""
_REPORT_SHOWN = 60
"""Days before its date from which a report due upward does."""


class TodoKind(StrEnum):
    """What is to be done; the value is its key."""

    RETURNS = "returns"
    OVERDUE = "overdue"
    WEEK = "week"
    DUE_SOON = "due_soon"
    REVIEW = "review"
    VERIFY = "verify"
    INCOMPLETE = "incomplete"
    MEMBERS = "members"
    NAMES = "names"
    """Units that a plan brought along and nobody has confirmed."""
    OBJECTIONS = "objections"
    NO_EVIDENCE = "no_evidence"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class HomeTodo:
    """One line of 待办. ``action`` is the word on its link; ``measures`` and ``obligations`` are the rows behind it.

    ``target``: the collective of INCOMPLETE and MEMBERS.
    """

    kind: TodoKind
    text: str
    note: str = ""
    action: str = "查看"
    measures: tuple[int, ...] = ()
    obligations: tuple[int, ...] = ()
    target: str = ""


class Parts(StrEnum):
    """What the bars of 各部分进展 stand for."""

    SECTION = "section"
    TASK = "task"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Home:
    """The page for one plan, period and date.

    ``parts``: its sections, its tasks where it has no sections, else the plan as one. ``longest_overdue``: days of
    what is late longest, None when nothing is. ``first_not_started``: the earliest date of a measure that nobody
    has begun. ``has_progress``: anything was filled in. ``returns``: the period, None without one.
    """

    plan_key: str
    title: str
    as_of: date
    statistics: Statistics
    parts: tuple[GroupFigures, ...]
    parts_kind: Parts
    longest_overdue: int | None
    first_not_started: date | None
    soon_days: int
    has_progress: bool
    returns: Returns | None
    todo: tuple[HomeTodo, ...]


def home(store: Store, plan_key: str | None, period_key: str | None, as_of: date) -> Home:
    """Compute the page.

    Raises NotFoundError for an unknown plan.
    """
    found = statistics(store, plan_key, as_of)
    view = found.view
    came = returns(store, view.row.key, period_key, as_of, view=view) if period_key is not None else None
    parts, kind = _parts(found)
    late = [(as_of - s.next_due).days for s in view.statuses.values() if s.overdue and s.next_due is not None]
    idle = [s.next_due for s in view.measures.values() if s.state is State.NOT_STARTED and s.next_due is not None]
    return Home(
        plan_key=view.row.key,
        title=view.plan.title,
        as_of=as_of,
        statistics=found,
        parts=parts,
        parts_kind=kind,
        longest_overdue=max(late, default=None),
        first_not_started=min(idle, default=None),
        soon_days=view.clock.soon_days,
        has_progress=any(s.has_entry for s in view.measures.values()),
        returns=came,
        todo=tuple(_todo(store, found, came)),
    )


def _parts(found: Statistics) -> tuple[tuple[GroupFigures, ...], Parts]:
    """Sections, else tasks, else the whole plan as one bar; measures outside of all are a bar of their own."""
    named, kind = (found.sections, Parts.SECTION) if found.sections else (found.tasks, Parts.TASK)
    view = found.view
    everything = tuple(view.measures)
    if not named:
        if not everything:
            return (), Parts.PLAN
        return (GroupFigures(0, "全部措施", found.measures, found.obligations, everything),), Parts.PLAN
    inside = {no for part in named for no in part.numbers}
    outside = tuple(no for no in everything if no not in inside)
    if not outside:
        return named, kind
    figures = count(view.measures[no] for no in outside)
    owed = count(view.statuses[item.id] for no in outside for item in view.of_measure(no))
    return (*named, GroupFigures(0, "未分部分的措施", figures, owed, outside)), kind


# 待办 ---------------------------------------------------------------------------------------------------------


def _todo(store: Store, found: Statistics, came: Returns | None) -> Iterator[HomeTodo]:
    """What presses first."""
    view = found.view
    week = due_between(view, *week_of(view.clock.as_of))
    if came is not None:
        yield from _not_returned(view, came)
    yield from _overdue(found)
    yield from _week(view, week)
    yield from _due_soon(view, set(_measures_of(view, week)))
    yield from _to_review(store, view)
    yield from _to_verify(view)
    yield from _lists(store, view)
    yield from _objections(store, view)
    yield from _without_evidence(store, view)
    yield from _next_report(store, view)


def _not_returned(view: Overview, came: Returns) -> Iterator[HomeTodo]:
    """Near the cut-off and after it, while units are missing."""
    missing = [unit for unit in came.units if not unit.complete]
    left = (came.cut_off - came.as_of).days
    if not missing or left > _RETURNS_SHOWN:
        return
    title = came.period.title
    when = "今日截止" if left == 0 else f" {left} 天后截止" if left > 0 else f"已截止 {-left} 天"
    owed = tuple(key for unit in missing for key in unit.missing)
    yield HomeTodo(
        TodoKind.RETURNS,
        f"{title}报送{when}",
        f"{len(missing)} 个单位未报齐，缺 {len(owed)} 个责任事项",
        measures=_measures_of(view, owed),
        obligations=owed,
    )


def _to_review(store: Store, view: Overview) -> Iterator[HomeTodo]:
    rows = to_review(store, view.row.key)
    if not rows:
        return
    oldest = min(row.received_on or date.fromisoformat(row.saved_at[:10]) for row in rows)
    note = f"最早 {_short(oldest, view.clock.as_of)} 收到"
    yield HomeTodo(
        TodoKind.REVIEW,
        f"{len(rows)} 条进展待审",
        note,
        "审核",
        measures=tuple(sorted({row.measure_no for row in rows})),
        obligations=tuple(dict.fromkeys(row.obligation_id for row in rows)),
    )


def _next_report(store: Store, view: Overview) -> Iterator[HomeTodo]:
    """The next one that is not sent, near its date or past it."""
    as_of = view.clock.as_of
    waiting: list[tuple[int, UpwardReport]] = []
    for report in upward_reports(store, view.row.key):
        left = report.days_left(as_of)
        if left is not None and left <= _REPORT_SHOWN:
            waiting.append((left, report))
    if not waiting:
        return
    left, report = min(waiting, key=lambda found: found[0])
    assert report.due_on is not None
    when = (
        f"{_short(report.due_on, as_of)}前上报"
        if left >= 0
        else f"应于{_short(report.due_on, as_of)}前上报，已过 {-left} 天"
    )
    more = f"，另有 {len(waiting) - 1} 件" if len(waiting) > 1 else ""
    yield HomeTodo(TodoKind.REPORT, report.what, f"{when}{more}", "生成")


def _overdue(found: Statistics) -> Iterator[HomeTodo]:
    numbers = measures_with(found.view, "overdue")
    if numbers:
        late = obligations_with(found.view, "overdue")
        note = f"涉及 {len(late)} 个责任事项"
        yield HomeTodo(TodoKind.OVERDUE, f"{len(numbers)} 项措施逾期", note, measures=numbers, obligations=late)


def _week(view: Overview, week: tuple[int, ...]) -> Iterator[HomeTodo]:
    if not week:
        return
    last = max(due for key in week if (due := view.statuses[key].next_due) is not None)
    numbers = _measures_of(view, week)
    note = f"{len(week)} 个责任事项，最晚 {_short(last, view.clock.as_of)}"
    yield HomeTodo(TodoKind.WEEK, f"{len(numbers)} 项措施本周到期", note, measures=numbers, obligations=week)


def _due_soon(view: Overview, week: set[int]) -> Iterator[HomeTodo]:
    """Those of this week have their own line."""
    numbers = tuple(no for no in measures_with(view, "due_soon") if no not in week)
    if not numbers:
        return
    days = {view.measures[no].next_due for no in numbers}
    day = next(iter(days)) if len(days) == 1 else None
    if day is not None and day < view.clock.as_of:
        day = None  # late with one occurrence or one part, near with the next
    words = f" {_short(day, view.clock.as_of)}到期" if day is not None else "临近时限"
    yield HomeTodo(TodoKind.DUE_SOON, f"{len(numbers)} 项措施{words}", named(numbers), measures=numbers)


def _to_verify(view: Overview) -> Iterator[HomeTodo]:
    doubtful = tuple(m.no for m in view.plan.measures if m.to_verify)
    if doubtful:
        text = f"{len(doubtful)} 项措施待核对"
        yield HomeTodo(TodoKind.VERIFY, text, f"{named(doubtful)}，请与印发件核对", "核对", measures=doubtful)


def _lists(store: Store, view: Overview) -> Iterator[HomeTodo]:
    with store.reading() as db:
        register = units.load(db)
    lists = waiting_lists(view.plan, register)
    for todo in lists:
        kind = TodoKind(todo.kind)
        action = "补全" if kind is TodoKind.INCOMPLETE else "核对"
        yield HomeTodo(kind, todo.text, action=action, target=todo.target)
    asked = {register.find(todo.target) for todo in lists}
    names = [item.name for item in unresolved(store, view.row.key) if register.find(item.name) not in asked]
    if names:
        more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
        note = "、".join(names[:_NAMED]) + more
        yield HomeTodo(TodoKind.NAMES, f"{len(names)} 个名称认不出", note, "核对")


def _objections(store: Store, view: Overview) -> Iterator[HomeTodo]:
    waiting = objections(store, view.row.key, open_only=True)
    if waiting:
        oldest = min(waiting, key=lambda objection: (objection.raised_on, objection.id))
        yield HomeTodo(
            TodoKind.OBJECTIONS,
            f"{len(waiting)} 条异议待答复",
            f"最早 {_short(oldest.raised_on, view.clock.as_of)} 提出",
            "答复",
            measures=tuple(sorted({objection.measure_no for objection in waiting})),
            obligations=tuple(dict.fromkeys([oldest.obligation_id, *(o.obligation_id for o in waiting)])),
        )


def _without_evidence(store: Store, view: Overview) -> Iterator[HomeTodo]:
    found = unproven(store, view)
    if found:
        numbers = tuple(dict.fromkeys(item.measure for item in found))
        yield HomeTodo(
            TodoKind.NO_EVIDENCE,
            f"{len(found)} 个已完成的责任事项没有佐证",
            named(numbers),
            measures=numbers,
            obligations=tuple(item.id for item in found),
        )


def named(numbers: Iterable[int]) -> str:
    """（6）（22）, or the first of many: （1）（2）（3）（4）等 12 项; neighbours as a run: （7）—（11）."""
    numbers = tuple(numbers)
    if len(numbers) > 2 and numbers == tuple(range(numbers[0], numbers[-1] + 1)):
        return f"（{numbers[0]}）—（{numbers[-1]}）"
    shown = "".join(f"（{no}）" for no in numbers[:_NAMED])
    return shown if len(numbers) <= _NAMED else f"{shown}等 {len(numbers)} 项"


def _measures_of(view: Overview, obligations: Iterable[int]) -> tuple[int, ...]:
    wanted = set(obligations)
    return tuple(dict.fromkeys(item.measure for item in view.obligations if item.id in wanted))


def _short(day: date, today: date) -> str:
    """1月31日, with its year where that is another one."""
    words = f"{day.month}月{day.day}日"
    return words if day.year == today.year else f"{day.year}年{words}"
