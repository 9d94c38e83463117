"""责任事项 in the file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from sqlite3 import Connection
from typing import Any

from core.model.ledger import Obligation, Responsibility
from core.model.plan import Role

_ROLES = {role.value: role for role in Role}
_SELECT = (
    "SELECT obligation.id, measure.no, unit.name, obligation.role, obligation.is_group, obligation.via"
    " FROM obligation JOIN measure ON measure.id = measure_id JOIN unit ON unit.id = unit_id"
)


def of_plan(db: Connection, plan_id: int, measure: int | None = None) -> tuple[Obligation, ...]:
    """The obligations that hold now, by measure and in the order of the print; those of one measure if asked."""
    rows = db.execute(
        f"{_SELECT} WHERE plan_id = ?1 AND active AND (?2 IS NULL OR measure.no = ?2)"
        " ORDER BY measure.no, obligation.position",
        [plan_id, measure],
    )
    return tuple(map(_obligation, rows))


def pairs(db: Connection, plan_id: int) -> tuple[tuple[int, str], ...]:
    """(number of the measure, unit) of the same, without what else they say."""
    return tuple(
        db.execute(
            "SELECT measure.no, unit.name FROM obligation JOIN measure ON measure.id = measure_id"
            " JOIN unit ON unit.id = unit_id WHERE plan_id = ? AND active ORDER BY measure.no, obligation.position",
            [plan_id],
        )
    )


def named(db: Connection, ids: Collection[int]) -> tuple[tuple[int, int, str], ...]:
    """(id, number of the measure, unit) of some obligations, also of those that hold no more, by measure."""
    return tuple(
        db.execute(
            "SELECT obligation.id, measure.no, unit.name FROM obligation JOIN measure ON measure.id = measure_id"
            " JOIN unit ON unit.id = unit_id WHERE obligation.id IN (SELECT value FROM json_each(?))"
            " ORDER BY measure.no, obligation.position, obligation.id",
            [json.dumps(sorted(ids))],
        )
    )


def how_many(db: Connection, plan_id: int) -> int:
    """How many obligations of a plan hold now."""
    row = db.execute(
        "SELECT COUNT(*) FROM obligation JOIN measure ON measure.id = measure_id WHERE plan_id = ? AND active",
        [plan_id],
    ).fetchone()
    return int(row[0])


def unit_names(db: Connection, plan_id: int) -> tuple[str, ...]:
    """The units that have an obligation in a plan now, in the order of the register, collectives last."""
    rows = db.execute(
        "SELECT name FROM unit WHERE id IN (SELECT unit_id FROM obligation JOIN measure ON measure.id = measure_id"
        " WHERE plan_id = ? AND active) ORDER BY is_group, position, id",
        [plan_id],
    )
    return tuple(name for (name,) in rows)


def find(db: Connection, obligation_id: int) -> tuple[Obligation, int, int] | None:
    """One obligation that holds now, with the row numbers of its plan and measure."""
    row = db.execute(
        f"{_SELECT} WHERE obligation.id = ? AND active".replace(" FROM", ", plan_id, measure_id FROM", 1),
        [obligation_id],
    ).fetchone()
    return None if row is None else (_obligation(row[:6]), row[6], row[7])


def sync(
    db: Connection, measure_id: int, wanted: Sequence[Responsibility], unit_ids: Mapping[str, int]
) -> tuple[list[str], list[str]]:
    """Make the obligations of a measure those that are wanted; gives the names that appear and that go.

    A row that goes is kept inactive: its progress is history. One that comes back is the same row again.
    """
    known: dict[int, tuple[Any, ...]] = {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT unit_id, role, is_group, via, position, active FROM obligation WHERE measure_id = ?", [measure_id]
        )
    }
    appear: list[str] = []
    keep = set()
    for position, part in enumerate(wanted):
        unit_id = unit_ids[part.unit]
        keep.add(unit_id)
        via = json.dumps(part.via, ensure_ascii=False)
        now = (part.role.value, int(part.is_group), via, position, 1)
        if unit_id not in known or not known[unit_id][-1]:
            appear.append(part.unit)
        if known.get(unit_id) != now:
            db.execute(
                "INSERT INTO obligation (measure_id, unit_id, role, is_group, via, position, active)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (measure_id, unit_id) DO UPDATE SET role = excluded.role,"
                " is_group = excluded.is_group, via = excluded.via, position = excluded.position, active = 1",
                (measure_id, unit_id, *now),
            )
    names = {key: name for name, key in unit_ids.items()}
    gone = [key for key, row in known.items() if row[-1] and key not in keep]
    db.executemany(
        "UPDATE obligation SET active = 0 WHERE measure_id = ? AND unit_id = ?", [(measure_id, key) for key in gone]
    )
    return appear, [names[key] for key in gone]


def _obligation(row: tuple[Any, ...]) -> Obligation:
    key, measure, unit, role, is_group, via = row
    return Obligation(key, measure, unit, _ROLES.get(role) or Role(role), is_group == 1, _names(via))


@cache
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
