"""A plan enters the file: its rows, the units it names, and the obligations that follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from sqlite3 import Connection

from core.ledger.expand import responsibilities
from core.model.plan import Plan, Role
from core.model.units import Register, Unit, UnitKind
from core.office.upward import enter_upward
from core.store import obligations, plans, units

_COLLECTIVE = ("各", "有关", "相关", "其他")
_TOWNSHIP = ("乡", "镇", "街道", "街道办", "办事处")


def enter_plan(db: Connection, key: str, plan: Plan, register: Iterable[Unit] = ()) -> int:
    """Write plan, units, obligations and the reports due upward; gives the plan's row number.

    A name that no register holds becomes a unit that is 待核对; a collective (各…) becomes a group that is 待补全.
    """
    known = units.load(db)
    units.insert(db, _fitting(known, register))
    enter_units(db, plan)
    plan_id = plans.insert(db, key, plan)
    refresh_obligations(db, plan_id)
    enter_upward(db, plan_id, key, plan)
    return plan_id


def refresh_obligations(db: Connection, plan_id: int) -> tuple[int, int]:
    """Make the obligations of a plan follow the register; gives how many appeared and how many went."""
    plan = plans.load(db, plan_id)
    register = units.load(db)
    unit_ids = units.ids(db)
    measure_ids = plans.measure_ids(db, plan_id)
    appeared = gone = 0
    for measure in plan.measures:
        wanted = responsibilities(measure, plan.document.standing, register)
        new, old = obligations.sync(db, measure_ids[measure.no], wanted, unit_ids)
        appeared, gone = appeared + len(new), gone + len(old)
    return appeared, gone


def enter_units(db: Connection, plan: Plan) -> None:
    """Take the names of a plan that the register does not hold into it."""
    units.insert(db, unknown_units(plan, units.load(db)))


def unknown_units(plan: Plan, register: Register) -> tuple[Unit, ...]:
    """The units that names without a place in the register would become."""
    names = [name for measure in plan.measures for role in Role for name in measure.names(role)]
    names += [standing.unit for standing in plan.document.standing]
    return tuple(_guess(name) for name in dict.fromkeys(names) if register.find(name) is None)


def _guess(name: str) -> Unit:
    if name.startswith(_COLLECTIVE):
        return Unit(name, UnitKind.GROUP, is_group=True, incomplete=True)
    kind = UnitKind.TOWNSHIP if name.endswith(_TOWNSHIP) else UnitKind.DEPARTMENT
    return Unit(name, kind, to_verify=True)


def _fitting(known: Register, register: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units of another register that are new here, without aliases that are names here."""
    new = [unit for unit in register if known.find(unit.name) is None]
    both = Register([*known.units, *new])
    return tuple(
        replace(
            unit,
            aliases=tuple(alias for alias in unit.aliases if known.find(alias) is None),
            members=tuple(dict.fromkeys(m.name for name in unit.members if (m := both.find(name)) is not None)),
        )
        for unit in new
    )
