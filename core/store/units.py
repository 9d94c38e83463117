"""The unit register in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection

from core.model.units import Register, Unit, UnitKind


def load(db: Connection) -> Register:
    """All units and groups in their order."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for alias, key in db.execute("SELECT alias, unit_id FROM unit_alias ORDER BY rowid"):
        aliases[key].append(alias)
    members: dict[int, list[str]] = defaultdict(list)
    for key, name in db.execute(
        "SELECT group_id, name FROM group_member JOIN unit ON unit.id = unit_id ORDER BY group_id, group_member.position"
    ):
        members[key].append(name)
    rows = db.execute(
        "SELECT id, name, kind, is_group, incomplete, to_verify, contact, phone, mail FROM unit ORDER BY position, id"
    )
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
        )
        for key, name, kind, is_group, incomplete, to_verify, contact, phone, mail in rows
    )


def ids(db: Connection) -> dict[str, int]:
    """Row numbers by name (not by alias)."""
    return dict(db.execute("SELECT name, id FROM unit").fetchall())


def insert(db: Connection, units: Iterable[Unit]) -> None:
    """Add units; members of groups must be among them or in the file already."""
    units = tuple(units)
    start = db.execute("SELECT count(*) FROM unit").fetchone()[0]
    for position, unit in enumerate(units, start):
        cursor = db.execute(
            "INSERT INTO unit (position, name, kind, is_group, incomplete, to_verify, contact, phone, mail)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                position,
                unit.name,
                unit.kind.value,
                int(unit.is_group),
                int(unit.incomplete),
                int(unit.to_verify),
                unit.contact,
                unit.phone,
                unit.mail,
            ),
        )
        rows = [(alias, cursor.lastrowid) for alias in unit.aliases]
        db.executemany("INSERT INTO unit_alias (alias, unit_id) VALUES (?, ?)", rows)
    for unit in units:
        if unit.is_group:
            set_members(db, unit.name, unit.members, incomplete=unit.incomplete, to_verify=unit.to_verify)


def set_members(db: Connection, group: str, members: Iterable[str], *, incomplete: bool, to_verify: bool) -> None:
    """Replace the members of a group."""
    known = ids(db)
    group_id = known[group]
    db.execute("DELETE FROM group_member WHERE group_id = ?", [group_id])
    db.executemany(
        "INSERT INTO group_member (group_id, position, unit_id) VALUES (?, ?, ?)",
        [(group_id, position, known[name]) for position, name in enumerate(members)],
    )
    db.execute(
        "UPDATE unit SET incomplete = ?, to_verify = ? WHERE id = ?", [int(incomplete), int(to_verify), group_id]
    )
