"""The unit register in the file. A row is never deleted: a unit that left or was merged keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from sqlite3 import Connection

from core.model.units import Exemption, Register, Unit, UnitKind

_COLUMNS = "name, kind, is_group, incomplete, to_verify, contact, phone, mail, full_name, left_on, left_reason"


def load(db: Connection) -> Register:
    """All units and groups in their order, also those that have left."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for alias, key in db.execute("SELECT alias, unit_id FROM unit_alias ORDER BY rowid"):
        aliases[key].append(alias)
    members: dict[int, list[str]] = defaultdict(list)
    for key, name in db.execute(
        "SELECT group_id, name FROM group_member JOIN unit ON unit.id = unit_id ORDER BY group_id, group_member.position"
    ):
        members[key].append(name)
    exceptions: dict[int, list[Exemption]] = defaultdict(list)
    for key, name, reason in db.execute(
        "SELECT group_id, name, reason FROM group_exception JOIN unit ON unit.id = unit_id"
        " ORDER BY group_id, group_exception.position"
    ):
        exceptions[key].append(Exemption(name, reason))
    names = {key: name for name, key in ids(db).items()}
    rows = db.execute(f"SELECT id, merged_into, {_COLUMNS} FROM unit ORDER BY position, id")
    return Register(
        Unit(
            name=name,
            kind=UnitKind(kind),
            aliases=tuple(aliases[key]),
            is_group=bool(is_group),
            members=tuple(members[key]),
            incomplete=bool(incomplete),
            to_verify=bool(to_verify),
            contact=contact,
            phone=phone,
            mail=mail,
            full_name=full_name,
            exceptions=tuple(exceptions[key]),
            left_on=date.fromisoformat(left_on) if left_on else None,
            left_reason=left_reason,
            merged_into=names.get(merged_into),
        )
        for (
            key,
            merged_into,
            name,
            kind,
            is_group,
            incomplete,
            to_verify,
            contact,
            phone,
            mail,
            full_name,
            left_on,
            left_reason,
        ) in rows
    )


def ids(db: Connection) -> dict[str, int]:
    """Row numbers by name (not by alias)."""
    return dict(db.execute("SELECT name, id FROM unit").fetchall())


def insert(db: Connection, units: Iterable[Unit]) -> None:
    """Add units; members of groups must be among them or in the file already."""
    units = tuple(units)
    start = db.execute("SELECT count(*) FROM unit").fetchone()[0]
    marks = ", ".join("?" * len(_COLUMNS.split(", ")))
    for position, unit in enumerate(units, start):
        cursor = db.execute(f"INSERT INTO unit (position, {_COLUMNS}) VALUES (?, {marks})", (position, *_values(unit)))
        rows = [(alias, cursor.lastrowid) for alias in unit.aliases]
        db.executemany("INSERT INTO unit_alias (alias, unit_id) VALUES (?, ?)", rows)
    known = ids(db)
    for unit in units:
        if unit.is_group:
            _write_lists(db, unit, known)


def rename(db: Connection, old: str, new: str) -> None:
    """Give a unit another name; what points at its row follows."""
    db.execute("UPDATE unit SET name = ? WHERE name = ?", [new, old])


def update(db: Connection, before: Register, after: Register) -> None:
    """Write what differs between two registers; units that are not in ``before`` are added.

    A unit that is renamed must have been renamed in the file and in ``before``.
    """
    old = {unit.name: unit for unit in before.units}
    changed = [unit for unit in after.units if unit.name in old and unit != old[unit.name]]
    known = ids(db)
    for unit in changed:
        # an alias may go from one unit to another: all are free before any is taken
        gone = [(alias,) for alias in old[unit.name].aliases]
        db.executemany("DELETE FROM unit_alias WHERE alias = ?", gone)
    insert(db, (unit for unit in after.units if unit.name not in old))
    known = ids(db)
    for unit in changed:
        key = known[unit.name]
        sets = ", ".join(f"{column} = ?" for column in _COLUMNS.split(", "))
        merged = known[unit.merged_into] if unit.merged_into else None
        db.execute(f"UPDATE unit SET {sets}, merged_into = ? WHERE id = ?", (*_values(unit), merged, key))
        rows = [(alias, key) for alias in unit.aliases]
        db.executemany("INSERT INTO unit_alias (alias, unit_id) VALUES (?, ?)", rows)
        if (unit.members, unit.exceptions) != (old[unit.name].members, old[unit.name].exceptions):
            _write_lists(db, unit, known)


def _values(unit: Unit) -> tuple[object, ...]:
    return (
        *(unit.name, unit.kind.value, int(unit.is_group), int(unit.incomplete), int(unit.to_verify)),
        *(unit.contact, unit.phone, unit.mail, unit.full_name),
        *(unit.left_on.isoformat() if unit.left_on else None, unit.left_reason),
    )


def _write_lists(db: Connection, group: Unit, known: Mapping[str, int]) -> None:
    """Members and exceptions of a collective instead of those that are there."""
    key = known[group.name]
    for table in ("group_member", "group_exception"):
        db.execute(f"DELETE FROM {table} WHERE group_id = ?", [key])
    db.executemany(
        "INSERT INTO group_member (group_id, position, unit_id) VALUES (?, ?, ?)",
        [(key, position, known[name]) for position, name in enumerate(group.members)],
    )
    db.executemany(
        "INSERT INTO group_exception (group_id, position, unit_id, reason) VALUES (?, ?, ?, ?)",
        [(key, position, known[item.unit], item.reason) for position, item in enumerate(group.exceptions)],
    )
