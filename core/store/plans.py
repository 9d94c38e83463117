"""方案 in the file."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from core.model import plan_json
from core.model.plan import (
    Deadline,
    DeadlineKind,
    Measure,
    Plan,
    Problem,
    Role,
    Section,
    Severity,
    Target,
    Task,
)

_KINDS = {kind.value: kind for kind in DeadlineKind}


class PlanRow(NamedTuple):
    """A plan in the list; ``key`` as on the command line."""

    id: int
    key: str
    title: str
    measures: int


def listing(db: Connection) -> tuple[PlanRow, ...]:
    """The plans of the file in their order."""
    rows = db.execute(
        "SELECT plan.id, key, plan.title, count(measure.id) FROM plan"
        " LEFT JOIN measure ON plan_id = plan.id AND last_no IS NULL"
        " GROUP BY plan.id ORDER BY plan.position"
    )
    return tuple(PlanRow(*row) for row in rows)


def first_key(db: Connection) -> str | None:
    """The key of the plan that the file had first, None while it has none."""
    row = db.execute("SELECT key FROM plan ORDER BY position LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def insert(db: Connection, key: str, plan: Plan) -> int:
    """Write a plan whole; gives its row number."""
    position = db.execute("SELECT count(*) FROM plan").fetchone()[0]
    day = plan.document.date.isoformat() if plan.document.date else None
    document = json.dumps(plan_json.document_to(plan.document), ensure_ascii=False)
    plan_id = _insert(db, "plan", (key, position, plan.title, day, document), "key, position, title, date, document")
    insert_headings(db, plan_id, plan)
    for measure in plan.measures:
        insert_measure(db, plan_id, measure)
    insert_problems(db, plan_id, plan)
    return plan_id


def insert_headings(db: Connection, plan_id: int, plan: Plan) -> None:
    """Write the sections and tasks of a plan."""
    for s in plan.sections:
        _insert(
            db,
            "section",
            (plan_id, s.no, s.label, s.title, s.declared_count),
            "plan_id, no, label, title, declared_count",
        )
    for t in plan.tasks:
        _insert(db, "task", (plan_id, t.no, t.section, t.label, t.title), "plan_id, no, section_no, label, title")


def insert_problems(db: Connection, plan_id: int, plan: Plan) -> None:
    """Write what the reading of a plan was not sure of."""
    for position, p in enumerate(plan.problems):
        values = (plan_id, position, p.where, p.severity.value, p.what)
        _insert(db, "plan_problem", values, "plan_id, position, place, severity, what")


def load(db: Connection, plan_id: int) -> Plan:
    """Read a plan whole."""
    (text,) = db.execute("SELECT document FROM plan WHERE id = ?", [plan_id]).fetchone()
    return Plan(
        document=plan_json.document_from(json.loads(text)),
        sections=tuple(
            Section(*row)
            for row in db.execute(
                "SELECT no, label, title, declared_count FROM section WHERE plan_id = ? ORDER BY no", [plan_id]
            )
        ),
        tasks=tuple(
            Task(*row)
            for row in db.execute(
                "SELECT no, section_no, label, title FROM task WHERE plan_id = ? ORDER BY no", [plan_id]
            )
        ),
        measures=_measures(db, plan_id),
        problems=tuple(
            Problem(place, Severity(severity), what)
            for place, severity, what in db.execute(
                "SELECT place, severity, what FROM plan_problem WHERE plan_id = ? ORDER BY position", [plan_id]
            )
        ),
    )


def dates(db: Connection, plan_id: int) -> tuple[date | None, date | None, date | None]:
    """The date of the plan, its first and its last dated deadline, without loading it."""
    row = db.execute(
        "SELECT (SELECT document ->> 'date' FROM plan WHERE id = ?1), min(deadline.date), max(deadline.date)"
        " FROM deadline JOIN measure ON measure.id = measure_id WHERE plan_id = ?1 AND last_no IS NULL",
        [plan_id],
    ).fetchone()
    own, first, last = (date.fromisoformat(text) if text else None for text in row)
    return own, first, last


def level_of(db: Connection, plan_id: int) -> str | None:
    """Whose plan it is (``Document.level``: 省, 市, 县 …), without loading it."""
    level: str | None = db.execute("SELECT document ->> 'level' FROM plan WHERE id = ?", [plan_id]).fetchone()[0]
    return level


def measure_ids(db: Connection, plan_id: int) -> dict[int, int]:
    """Row numbers of the measures by their printed number."""
    return dict(
        db.execute("SELECT no, id FROM measure WHERE plan_id = ? AND last_no IS NULL ORDER BY no", [plan_id]).fetchall()
    )


def key_of(db: Connection, plan_id: int) -> str:
    """The key of a plan."""
    (key,) = db.execute("SELECT key FROM plan WHERE id = ?", [plan_id]).fetchone()
    return str(key)


def scopes_of(db: Connection, measure_id: int) -> tuple[str, ...]:
    """The parts a record may name: the scopes, where the measure has several deadlines."""
    rows = _scopes(db, measure_id)
    return tuple(scope for scope in rows if scope) if len(rows) > 1 else ()


def only_scope_of(db: Connection, measure_id: int) -> str | None:
    """The scope of a measure with one deadline: naming it says no more than naming none."""
    rows = _scopes(db, measure_id)
    return rows[0] if len(rows) == 1 else None


def deadlines_of(db: Connection, measure_id: int) -> tuple[Deadline, ...]:
    """The parts of the 完成时限 of a measure."""
    rows = db.execute(
        "SELECT kind, date, recur, scope FROM deadline WHERE measure_id = ? ORDER BY position", [measure_id]
    )
    return tuple(
        Deadline(DeadlineKind(kind), date.fromisoformat(day) if day else None, recur, scope)
        for kind, day, recur, scope in rows
    )


def targets_of(db: Connection, measure_id: int) -> tuple[Target, ...]:
    """The 量化指标 of a measure."""
    rows = db.execute(
        "SELECT text, metric, op, value, unit, period FROM target WHERE measure_id = ? ORDER BY position", [measure_id]
    )
    return tuple(Target(*row) for row in rows)


def _scopes(db: Connection, measure_id: int) -> list[str | None]:
    rows = db.execute("SELECT scope FROM deadline WHERE measure_id = ? ORDER BY position", [measure_id])
    return [scope for (scope,) in rows]


def mark_verified(db: Connection, measure_id: int) -> None:
    """A person has compared the measure with the print."""
    db.execute("UPDATE measure SET to_verify = 0 WHERE id = ?", [measure_id])


def insert_measure(db: Connection, plan_id: int, m: Measure) -> int:
    """Write one measure; gives its row number."""
    values = (
        plan_id,
        m.no,
        m.label,
        m.section,
        m.task,
        m.text,
        m.division_raw,
        m.deadline_raw,
        m.source,
        int(m.to_verify),
        m.note,
    )
    columns = "plan_id, no, label, section_no, task_no, text, division_raw, deadline_raw, source, to_verify, note"
    measure_id = _insert(db, "measure", values, columns)
    insert_parts(db, measure_id, m)
    return measure_id


def insert_parts(db: Connection, measure_id: int, m: Measure) -> None:
    """Write deadlines, targets and printed names of a measure."""
    for position, d in enumerate(m.deadlines):
        part = (measure_id, position, d.kind.value, d.date.isoformat() if d.date else None, d.recur, d.scope)
        _insert(db, "deadline", part, "measure_id, position, kind, date, recur, scope")
    for position, t in enumerate(m.targets):
        goal = (measure_id, position, t.text, t.metric, t.op, t.value, t.unit, t.period)
        _insert(db, "target", goal, "measure_id, position, text, metric, op, value, unit, period")
    for role in Role:
        for position, name in enumerate(m.names(role)):
            _insert(db, "division", (measure_id, role.value, position, name), "measure_id, role, position, name")


def _insert(db: Connection, table: str, values: tuple[Any, ...], columns: str) -> int:
    marks = ", ".join("?" * len(values))
    cursor = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    return cursor.lastrowid or 0


def _measures(db: Connection, plan_id: int) -> tuple[Measure, ...]:
    deadlines, targets, names = _parts(db, plan_id)
    lead, responsible, cooperating = Role.LEAD.value, Role.RESPONSIBLE.value, Role.COOPERATING.value
    rows = db.execute(
        "SELECT id, no, label, section_no, task_no, text, division_raw, deadline_raw, source, to_verify, note"
        " FROM measure WHERE plan_id = ? AND last_no IS NULL ORDER BY no",
        [plan_id],
    )
    return tuple(
        Measure(
            no=no,
            label=label,
            section=section,
            task=task,
            text=text,
            lead=tuple(names[key, lead]),
            responsible=tuple(names[key, responsible]),
            cooperating=tuple(names[key, cooperating]),
            division_raw=division,
            deadline_raw=deadline,
            deadlines=tuple(deadlines[key]),
            targets=tuple(targets[key]),
            source=source,
            to_verify=bool(to_verify),
            note=note,
        )
        for key, no, label, section, task, text, division, deadline, source, to_verify, note in rows
    )


def _parts(
    db: Connection, plan_id: int
) -> tuple[dict[int, list[Deadline]], dict[int, list[Target]], dict[tuple[int, str], list[str]]]:
    """Deadlines, targets and printed names of all measures of a plan, by the measure's row number (and role's word)."""
    of_plan = "WHERE measure_id IN (SELECT id FROM measure WHERE plan_id = ?) ORDER BY measure_id, position"
    deadlines: dict[int, list[Deadline]] = defaultdict(list)
    for key, kind, day, recur, scope in db.execute(
        f"SELECT measure_id, kind, date, recur, scope FROM deadline {of_plan}",
        [plan_id],
    ):
        deadlines[key].append(
            Deadline(_KINDS.get(kind) or DeadlineKind(kind), date.fromisoformat(day) if day else None, recur, scope)
        )
    targets: dict[int, list[Target]] = defaultdict(list)
    for key, *fields in db.execute(
        f"SELECT measure_id, text, metric, op, value, unit, period FROM target {of_plan}",
        [plan_id],
    ):
        targets[key].append(Target(*fields))
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key, role, name in db.execute(
        f"SELECT measure_id, role, name FROM division {of_plan}",
        [plan_id],
    ):
        names[key, role].append(name)
    return deadlines, targets, names
