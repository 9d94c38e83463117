"""What the window shows of a plan on a date: the table, one measure whole, the obligations, search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core.ledger.figures import Figures, count
from core.model.division import printed_division, repairs
from core.model.ledger import Obligation, Review, State, Status
from core.model.plan import Measure, Plan, Role, Section, Task
from core.office.evidence import EvidenceRow, evidence_rows
from core.office.history import HistoryLine, history_of
from core.office.overview import Overview, overview
from core.store import evidence, units
from core.store import plans as plan_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in the list."""

    key: str
    title: str
    measures: int


@dataclass(frozen=True, slots=True)
class Todo:
    """Something a person must still look at; ``target`` is the group's name for 待补全."""

    kind: str
    """verify (措施待核对), incomplete (名单待补全) or members (名单待核对)."""
    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One measure in the table; ``division`` and ``deadline`` as they are printed.

    ``due`` is the date to show: the next one that is open, else the last one. ``units`` are those that owe it.
    """

    no: int
    label: str
    section: Section | None
    task: Task | None
    text: str
    division: str
    deadline: str
    due: date | None
    status: Status
    done: int
    total: int
    evidence: int
    to_verify: bool
    note: str | None
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A plan as a living table on ``as_of``; ``figures`` count its measures."""

    key: str
    plan: Plan
    as_of: date
    rows: tuple[BoardRow, ...]
    figures: Figures
    todo: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One 责任事项 in a list. ``last_entry`` is the last day of writing, ``period_entry`` whether the asked
    period has an entry, ``due`` the date to show.
    """

    id: int
    measure_no: int
    measure_label: str
    measure_text: str
    unit: str
    role: Role
    via: tuple[str, ...]
    is_group: bool
    status: Status
    due: date | None
    last_entry: date | None
    done_on: date | None
    review: Review | None
    evidence: int
    period_entry: bool


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """One measure whole; the notes say what was understood of the printed phrases."""

    measure: Measure
    section: Section | None
    task: Task | None
    division: str
    division_note: tuple[str, ...]
    deadline_note: str
    status: Status
    done: int
    total: int
    obligations: tuple[ObligationRow, ...]
    evidence: tuple[EvidenceRow, ...]
    history: tuple[HistoryLine, ...]


def plans(store: Store) -> tuple[PlanSummary, ...]:
    """The plans of the file."""
    with store.reading() as db:
        return tuple(PlanSummary(row.key, row.title, row.measures) for row in plan_rows.listing(db))


def summary_of(key: str, plan: Plan) -> PlanSummary:
    """A plan that is in no file yet, as a line of the list."""
    return PlanSummary(key, plan.title, len(plan.measures))


def board(store: Store, plan_key: str | None, as_of: date, *, unit: str | None = None) -> Board:
    """The table of a plan; with ``unit`` only the measures that unit owes.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id)
        register = units.load(db)
    rows = tuple(_board_row(view, measure, files) for measure in view.plan.measures)
    if unit is not None:
        rows = tuple(row for row in rows if unit in row.units)
    waiting = [Todo("incomplete", f"“{u.name}”名单待补全", u.name) for u in register.units if u.incomplete]
    doubtful = [Todo("members", f"“{u.name}”名单待核对", u.name) for u in register.units if u.to_verify]
    unread = sum(measure.to_verify for measure in view.plan.measures)
    verify = [Todo("verify", f"{unread} 项措施待核对")] if unread else []
    figures = count(row.status for row in rows)
    return Board(view.row.key, view.plan, as_of, rows, figures, (*verify, *waiting, *doubtful))


def measure_detail(store: Store, plan_key: str | None, no: int, as_of: date) -> MeasureDetail:
    """One measure with its obligations, evidence and history.

    Raises NotFoundError for an unknown plan or number.
    """
    view = overview(store, plan_key, as_of)
    measure = view.measure(no)
    items = view.of_measure(no)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id)
        numbers = list(dict.fromkeys(key for item in items for key in files.get(item.id, ())))
        measure_id = plan_rows.measure_ids(db, view.row.id)[no]
        history = history_of(db, measure_id)
    section, task = _headings(view.plan, measure)
    done, total = _share(view, items)
    return MeasureDetail(
        measure=measure,
        section=section,
        task=task,
        division=printed_division(measure),
        division_note=_division_note(measure, items),
        deadline_note=_deadline_note(measure),
        status=view.measures[no],
        done=done,
        total=total,
        obligations=tuple(sorted((_row(view, item, files, None) for item in items), key=urgency)),
        evidence=evidence_rows(store, numbers),
        history=history,
    )


def obligations(
    store: Store,
    plan_key: str | None,
    as_of: date,
    *,
    unit: str | None = None,
    measure: int | None = None,
    period: str | None = None,
) -> tuple[ObligationRow, ...]:
    """Obligations of a unit or of a measure, overdue first, then by date.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id)
    rows = [
        _row(view, item, files, period)
        for item in view.obligations
        if (unit is None or item.unit == unit) and (measure is None or item.measure == measure)
    ]
    return tuple(sorted(rows, key=urgency))


def urgency(row: ObligationRow) -> tuple[int, date, int]:
    """Sort key: overdue, due soon, open by date, the rest."""
    status = row.status
    group = 0 if status.overdue else 1 if status.due_soon else 2 if status.next_due else 3
    return group, status.next_due or date.max, row.measure_no


def shown_due(measure: Measure, status: Status) -> date | None:
    """The date to show beside a measure: what is open next, else the last date it had."""
    if status.next_due is not None:
        return status.next_due
    return max((part.date for part in measure.deadlines if part.date is not None), default=None)


def _board_row(view: Overview, measure: Measure, files: dict[int, list[int]]) -> BoardRow:
    items = view.of_measure(measure.no)
    section, task = _headings(view.plan, measure)
    status = view.measures[measure.no]
    done, total = _share(view, items)
    return BoardRow(
        no=measure.no,
        label=measure.label,
        section=section,
        task=task,
        text=measure.text,
        division=printed_division(measure),
        deadline=measure.deadline_raw or "",
        due=shown_due(measure, status),
        status=status,
        done=done,
        total=total,
        evidence=len({key for item in items for key in files.get(item.id, ())}),
        to_verify=measure.to_verify,
        note=measure.note,
        units=tuple(item.unit for item in items),
    )


def _headings(plan: Plan, measure: Measure) -> tuple[Section | None, Task | None]:
    section = next((s for s in plan.sections if s.no == measure.section), None)
    task = next((t for t in plan.tasks if t.no == measure.task), None)
    return section, task


def _share(view: Overview, items: tuple[Obligation, ...]) -> tuple[int, int]:
    """(done, all) of the obligations, 不涉及 left out; 长期坚持 counts as done when 本期已落实."""
    statuses = [view.statuses[item.id] for item in items]
    counted = [status for status in statuses if status.state is not State.NOT_APPLICABLE]
    return sum(status.state is State.DONE or status.kept_up for status in counted), len(counted)


def _row(view: Overview, item: Obligation, files: dict[int, list[int]], period: str | None) -> ObligationRow:
    measure = view.measure(item.measure)
    records = view.progress.get(item.id, [])
    status = view.statuses[item.id]
    last = records[-1] if records else None
    return ObligationRow(
        id=item.id,
        measure_no=item.measure,
        measure_label=measure.label,
        measure_text=measure.text,
        unit=item.unit,
        role=item.role,
        via=item.via,
        is_group=item.is_group,
        status=status,
        due=shown_due(measure, status),
        last_entry=date.fromisoformat(max(r.saved_at for r in records)[:10]) if records else None,
        done_on=max((r.done_on for r in records if r.done_on), default=None),
        review=last.review if last else None,
        evidence=len(files.get(item.id, ())),
        period_entry=any(record.period.key == period for record in records),
    )


def _division_note(measure: Measure, items: tuple[Obligation, ...]) -> tuple[str, ...]:
    shares = Counter(via for item in items for via in item.via)
    groups = [f"{name} {number}" for name, number in shares.items()]
    groups += [f"{item.unit}名单待补全" for item in items if item.is_group]
    lines = [f"共 {len(items)} 个责任事项" + (f"：{'，'.join(groups)}" if groups else "")]
    lines += [f"印发件作“{broken}”，已按“{name}”计" for broken, name in repairs(measure)]
    return tuple(lines)


def _deadline_note(measure: Measure) -> str:
    parts = []
    for part in measure.deadlines:
        scope = f"{part.scope}：" if part.scope else ""
        if part.date is not None:
            parts.append(f"{scope}到期日 {part.date.isoformat()}")
        elif part.recur is not None:
            parts.append(f"{scope}{_RECURRENCES.get(part.recur, part.recur.replace('yearly-', '每年 '))}")
    return "；".join(parts) or "没有具体日期"


_RECURRENCES = {"yearly": "每年", "halfyearly": "每半年", "quarterly": "每季度", "monthly": "每月"}
