"""The unit register: read it, and list what a division names and nobody answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import NotFoundError
from core.model.plan import Measure, Plan, Role
from core.model.units import Register, Unit
from core.office.overview import plan_row
from core.office.register_effect import GroupEffect
from core.office.unit_groups import complete_group, group_effect, holds
from core.store import plans
from core.store import units as unit_rows
from core.store.database import Store

__all__ = [
    "GroupEffect",
    "Unresolved",
    "all_units",
    "complete_group",
    "group_effect",
    "measures_naming",
    "measures_of_group",
    "unit_named",
    "units",
    "unresolved",
]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name in divisions that nobody answers yet, with the measures that name it.

    ``why``: 待核对 (a plan brought it along, nobody has said what it is), 已撤出 (its unit has left), 没有成员
    (a collective that nobody is in). ``like``: units of the register that may be the same.
    """

    name: str
    measures: tuple[int, ...]
    why: str
    like: tuple[str, ...] = ()


def units(store: Store) -> tuple[Unit, ...]:
    """The register in its order, without those that have left."""
    with store.reading() as db:
        return unit_rows.load(db).present


def all_units(store: Store) -> tuple[Unit, ...]:
    """The register in its order, with those that have left or were merged."""
    with store.reading() as db:
        return unit_rows.load(db).units


def unit_named(store: Store, name: str) -> Unit:
    """The unit that is called so, by any of its names; for one that was merged the one it went on in.

    Raises NotFoundError when the register has no such unit.
    """
    with store.reading() as db:
        unit = unit_rows.load(db).find(name.strip())
    if unit is None:
        raise NotFoundError(f"单位名册中没有“{name}”。", hint="请核对名称，简称要先登记在名册里。")
    return unit


def unresolved(store: Store, plan_key: str | None) -> tuple[Unresolved, ...]:
    """The names in the divisions of a plan that nobody answers yet, in the order of the print.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan, register = plans.load(db, row.id), unit_rows.load(db)
    found = []
    for name, numbers in _named(plan).items():
        why = _why(register, name)
        if why:
            found.append(Unresolved(name, numbers, why, _like(register, name)))
    return tuple(found)


def measures_of_group(store: Store, plan_key: str | None, name: str) -> tuple[int, ...]:
    """The measures whose division names a collective, itself or through one that holds it.

    Raises NotFoundError for an unknown plan or collective.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan, register = plans.load(db, row.id), unit_rows.load(db)
    group = register.find(name)
    if group is None or not group.is_group:
        raise NotFoundError(f"单位名册中没有集合“{name}”。")
    return tuple(
        measure.no
        for measure in plan.measures
        if any(_reaches(register, said, group.name) for said in _names_of(plan, measure))
    )


def measures_naming(plan: Plan, register: Register, unit: Unit) -> tuple[int, ...]:
    """The measures whose division names a unit by any of its names, not through a collective."""
    return tuple(m.no for m in plan.measures if any(register.find(n) == unit for n in _names_of(plan, m)))


def _named(plan: Plan) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for measure in plan.measures:
        for name in dict.fromkeys(_names_of(plan, measure)):
            found[name].append(measure.no)
    return {name: tuple(numbers) for name, numbers in found.items()}


def _names_of(plan: Plan, measure: Measure) -> Iterator[str]:
    for role in Role:
        yield from measure.names(role)
    for standing in plan.document.standing:
        yield standing.unit


def _why(register: Register, name: str) -> str:
    unit = register.find(name)
    if unit is None:
        return "待核对"
    if unit.left_on is not None:
        return "已撤出"
    if unit.is_group:
        exempt = {item.unit for item in unit.exceptions}
        members = (register.find(name) for name in unit.members)
        present = {member.name for member in members if member is not None and member.left_on is None}
        return "" if present - exempt else "没有成员"
    return "待核对" if unit.to_verify else ""


def _like(register: Register, name: str) -> tuple[str, ...]:
    """Units one of whose names holds this one, or is held by it: 生态环境局 is like 市生态环境局古县分局."""
    found = register.find(name)
    return tuple(
        unit.name
        for unit in register.present
        if unit != found
        and not unit.is_group
        and not unit.to_verify
        and any(len(min(n, name, key=len)) > 2 and (n in name or name in n) for n in unit.names)
    )


def _reaches(register: Register, said: str, group: str) -> bool:
    unit = register.find(said)
    return unit is not None and (unit.name == group or (unit.is_group and holds(register, unit.name, group)))
