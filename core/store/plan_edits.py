"""A plan that is edited: its rows follow, measures keep theirs, and those that leave it stay in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from core.model import plan_json
from core.model.plan import Measure, Plan
from core.store import plans


@dataclass(frozen=True, slots=True)
class FormerMeasure:
    """A measure that has left its plan; ``merged_into`` is the row of the one it went on in."""

    id: int
    last_no: int
    label: str
    text: str
    merged_into: int | None


def rewrite(db: Connection, plan_id: int, plan: Plan, rows: Sequence[int | None]) -> tuple[int, ...]:
    """Write a plan over the one that is there; gives the row numbers of its measures.

    ``rows``: for each measure the row it goes on in, None for a new one. Rows that are not named must have been
    retired before.
    """
    _rewrite_document(db, plan_id, plan)
    _rewrite_headings(db, plan_id, plan)
    # numbers are unique in a plan: all step aside before they get their new ones
    db.execute("UPDATE measure SET no = -id WHERE plan_id = ?", [plan_id])
    return tuple(_write(db, plan_id, measure, row) for measure, row in zip(plan.measures, rows, strict=True))


def retire(db: Connection, measure_id: int, merged_into: int | None) -> None:
    """Take a measure out of its plan; its row, its obligations and what was said of them stay as history."""
    db.execute(
        "UPDATE measure SET last_no = no, no = -id, merged_into = ? WHERE id = ?",
        [merged_into, measure_id],
    )
    db.execute("UPDATE obligation SET active = 0 WHERE measure_id = ?", [measure_id])


def former(db: Connection, plan_id: int) -> tuple[FormerMeasure, ...]:
    """The measures that have left a plan, by the number they had."""
    rows = db.execute(
        "SELECT id, last_no, label, text, merged_into FROM measure WHERE plan_id = ? AND last_no IS NOT NULL"
        " ORDER BY last_no, id",
        [plan_id],
    )
    return tuple(FormerMeasure(*row) for row in rows)


def rename_parts(db: Connection, measure_id: int, names: Mapping[str, str]) -> None:
    """Entries that speak for one part of a measure follow its new name."""
    for old, new in names.items():
        for table in ("progress", "draft"):
            db.execute(
                f"UPDATE OR IGNORE {table} SET part = ? WHERE part = ?"
                " AND obligation_id IN (SELECT id FROM obligation WHERE measure_id = ?)",
                [new, old, measure_id],
            )


def entries(db: Connection, plan_id: int) -> Iterator[tuple[int, str, str]]:
    """(number of the measure, unit, part) of every entry of an obligation that holds; part is empty for all of it."""
    yield from db.execute(
        "SELECT measure.no, unit.name, part FROM progress JOIN obligation ON obligation.id = obligation_id"
        " JOIN measure ON measure.id = measure_id JOIN unit ON unit.id = unit_id"
        " WHERE plan_id = ? AND active ORDER BY measure.no, obligation.position",
        [plan_id],
    )


def spoken_of(db: Connection, plan_id: int) -> Iterator[tuple[int, str]]:
    """(number of the measure, unit) of every obligation that holds and has an entry, each once."""
    yield from db.execute(
        "SELECT measure.no, unit.name FROM obligation JOIN measure ON measure.id = measure_id"
        " JOIN unit ON unit.id = unit_id WHERE plan_id = ? AND active"
        " AND EXISTS (SELECT 1 FROM progress WHERE obligation_id = obligation.id)",
        [plan_id],
    )


def _rewrite_document(db: Connection, plan_id: int, plan: Plan) -> None:
    day = plan.document.date.isoformat() if plan.document.date else None
    document = json.dumps(plan_json.document_to(plan.document), ensure_ascii=False)
    db.execute("UPDATE plan SET title = ?, date = ?, document = ? WHERE id = ?", [plan.title, day, document, plan_id])
    db.execute("DELETE FROM plan_problem WHERE plan_id = ?", [plan_id])
    plans.insert_problems(db, plan_id, plan)


def _rewrite_headings(db: Connection, plan_id: int, plan: Plan) -> None:
    db.execute("DELETE FROM section WHERE plan_id = ?", [plan_id])
    db.execute("DELETE FROM task WHERE plan_id = ?", [plan_id])
    plans.insert_headings(db, plan_id, plan)


def _write(db: Connection, plan_id: int, m: Measure, row: int | None) -> int:
    if row is None:
        return plans.insert_measure(db, plan_id, m)
    db.execute(
        "UPDATE measure SET no = ?, label = ?, section_no = ?, task_no = ?, text = ?, division_raw = ?,"
        " deadline_raw = ?, source = ?, to_verify = ?, note = ? WHERE id = ?",
        [
            *(m.no, m.label, m.section, m.task, m.text, m.division_raw),
            *(m.deadline_raw, m.source, int(m.to_verify), m.note, row),
        ],
    )
    for table in ("deadline", "target", "division"):
        db.execute(f"DELETE FROM {table} WHERE measure_id = ?", [row])
    plans.insert_parts(db, row, m)
    return row
