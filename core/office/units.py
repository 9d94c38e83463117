"""The unit register: read it, complete a collective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import InvalidError, NotFoundError
from core.ledger.expand import responsibilities
from core.model.units import Register, Unit, UnitKind
from core.office.changes import Changes
from core.office.enter_plan import refresh_obligations
from core.store import journal, obligations, plans
from core.store import units as unit_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What completing a collective would do, said before it is done: obligations that appear and that go."""

    appear: int
    gone: int
    new_units: tuple[str, ...]


def units(store: Store) -> tuple[Unit, ...]:
    """The register in its order."""
    with store.reading() as db:
        return unit_rows.load(db).units


def group_effect(store: Store, name: str, members: Sequence[str], *, whole: bool) -> GroupEffect:
    """What ``complete_group`` would do with these members; nothing is written.

    Raises NotFoundError, InvalidError as ``complete_group`` does.
    """
    with store.reading() as db:
        register = unit_rows.load(db)
        group = _group(register, name)
        new = _new_units(register, group, members)
        after = _with_members(register, group, new, _names(register, members), whole=whole)
        appear = gone = 0
        for row in plans.listing(db):
            plan = plans.load(db, row.id)
            now = {(o.measure, o.unit) for o in obligations.of_plan(db, row.id)}
            standing = plan.document.standing
            then = {(m.no, part.unit) for m in plan.measures for part in responsibilities(m, standing, after)}
            appear, gone = appear + len(then - now), gone + len(now - then)
    return GroupEffect(appear, gone, tuple(unit.name for unit in new))


def complete_group(store: Store, name: str, members: Sequence[str], *, whole: bool) -> Changes:
    """Set the members of a collective; ``whole``: the clerk says that nobody is missing.

    Names that the register does not hold become units. Obligations follow; those that go keep their history.

    Raises NotFoundError for an unknown collective, InvalidError for an empty list that is called whole.
    """
    with store.transaction() as db:
        register = unit_rows.load(db)
        group = _group(register, name)
        if whole and not members:
            raise InvalidError(f"“{name}”还没有成员，不能标为完整。", hint="请先填写成员单位。", field="members")
        unit_rows.insert(db, _new_units(register, group, members))
        names = _names(unit_rows.load(db), members)
        unit_rows.set_members(db, name, names, incomplete=not whole, to_verify=group.to_verify and not whole)
        for row in plans.listing(db):
            refresh_obligations(db, row.id)
        journal.append(
            db,
            "修改单位名单",
            name,
            before={"成员": "、".join(group.members), "待补全": "是" if group.incomplete else "否"},
            after={"成员": "、".join(names), "待补全": "否" if whole else "是"},
        )
    return Changes(units=True)


def _group(register: Register, name: str) -> Unit:
    group = register.find(name)
    if group is None or not group.is_group:
        raise NotFoundError(f"单位名册中没有集合“{name}”。")
    return group


def _names(register: Register, members: Sequence[str]) -> tuple[str, ...]:
    """Register names of the members, each once; a name not in the register stands for itself."""
    found = (register.find(member) for member in members)
    return tuple(dict.fromkeys(u.name if u else m for u, m in zip(found, members, strict=True)))


def _new_units(register: Register, group: Unit, members: Sequence[str]) -> tuple[Unit, ...]:
    kind = UnitKind.TOWNSHIP if "乡" in group.name or "镇" in group.name else UnitKind.DEPARTMENT
    names = dict.fromkeys(member for member in members if register.find(member) is None)
    return tuple(Unit(name, kind) for name in names)


def _with_members(
    register: Register, group: Unit, new: Sequence[Unit], members: tuple[str, ...], *, whole: bool
) -> Register:
    changed = Unit(
        group.name, group.kind, group.aliases, is_group=True, members=members, incomplete=not whole, to_verify=False
    )
    return Register([*(changed if unit.name == group.name else unit for unit in register.units), *new])
