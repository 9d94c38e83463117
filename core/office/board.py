"""The plan as a living table on a date, and what a person must still look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.ledger.figures import Figures, count
from core.model.division import printed_division
from core.model.ledger import Status
from core.model.plan import Measure, Plan, Role, Section, Task
from core.model.units import Register, Unit
from core.office.overview import Overview, headings, overview, share, shown_due
from core.store import evidence, progress, units
from core.store import plans as plan_rows
from core.store.database import Store


class PlanSummary(NamedTuple):
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
    ``adjusted_from`` is the date that stood there before it was adjusted (调整), None when it never was.
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
    adjusted_from: date | None = None
    done_late: int = 0
    """How many of ``done`` were done after their date."""


@dataclass(frozen=True, slots=True)
class Board:
    """A plan as a living table on ``as_of``; ``figures`` count its measures."""

    key: str
    plan: Plan
    as_of: date
    rows: tuple[BoardRow, ...]
    figures: Figures
    todo: tuple[Todo, ...]


def plans(store: Store) -> tuple[PlanSummary, ...]:
    """The plans of the file."""
    with store.reading() as db:
        return tuple(PlanSummary(row.key, row.title, row.measures) for row in plan_rows.listing(db))


def is_begun(store: Store) -> bool:
    """Whether anything was filled in; a file without opens in 任务分解, where its first work is."""
    with store.reading() as db:
        return progress.is_any(db)


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
    unread = sum(measure.to_verify for measure in view.plan.measures)
    verify = [Todo("verify", f"{unread} 项措施待核对")] if unread else []
    figures = count(row.status for row in rows)
    return Board(view.row.key, view.plan, as_of, rows, figures, (*verify, *waiting_lists(view.plan, register)))


def waiting_lists(plan: Plan, register: Register) -> tuple[Todo, ...]:
    """The collectives of a plan whose members somebody must still name or look at; those that have left are none."""
    groups = _collectives_of(plan, register)
    waiting = [Todo("incomplete", f"“{u.name}”名单待补全", u.name) for u in groups if u.incomplete]
    doubtful = [Todo("members", f"“{u.name}”名单待核对", u.name) for u in groups if u.to_verify]
    return (*waiting, *doubtful)


def _collectives_of(plan: Plan, register: Register) -> list[Unit]:
    """The collectives that a plan names, and those in them, in the order of the register."""
    said = [name for measure in plan.measures for role in Role for name in measure.names(role)]
    waiting = dict.fromkeys([*said, *(standing.unit for standing in plan.document.standing)])
    reached: set[str] = set()
    while waiting:
        unit = register.find(waiting.popitem()[0])
        if unit is not None and unit.is_group and unit.name not in reached:
            reached.add(unit.name)
            waiting.update(dict.fromkeys(unit.members))
    return [unit for unit in register.present if unit.name in reached]


def _board_row(view: Overview, measure: Measure, files: dict[int, list[int]]) -> BoardRow:
    items = view.of_measure(measure.no)
    section, task = headings(view.plan, measure)
    status = view.measures[measure.no]
    done, total = share(view, measure.no)
    due = shown_due(measure.deadlines, status)
    return BoardRow(
        no=measure.no,
        label=measure.label,
        section=section,
        task=task,
        text=measure.text,
        division=printed_division(measure),
        deadline=measure.deadline_raw or "",
        due=due,
        status=status,
        done=done,
        total=total,
        evidence=len({key for item in items for key in files.get(item.id, ())}),
        to_verify=measure.to_verify,
        note=measure.note,
        units=tuple(item.unit for item in items),
        adjusted_from=view.adjusted_from(measure.no, due),
        done_late=sum(view.statuses[item.id].done_late for item in items),
    )
