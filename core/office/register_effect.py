"""What another register does to the obligations of every plan: said before it is done, and then done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import NamedTuple

from core.ledger.expand import responsibilities
from core.model.plan import Plan
from core.model.units import Register, Unit
from core.office.changes import Changes
from core.office.enter_plan import enter_units, refresh_obligations, unknown_units
from core.store import obligations, plan_edits, plans
from core.store import units as unit_rows


class Owed(NamedTuple):
    """A measure of a plan and a unit that owes it."""

    plan: str
    measure: int
    unit: str


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What a change of the register would do: obligations that appear and that go, units that are new in it.

    ``with_entries`` are those among ``going`` of which something was said; it stays readable as history.
    """

    appearing: tuple[Owed, ...] = ()
    going: tuple[Owed, ...] = ()
    new_units: tuple[str, ...] = ()
    with_entries: tuple[Owed, ...] = ()

    @property
    def appear(self) -> int:
        """How many obligations appear."""
        return len(self.appearing)

    @property
    def gone(self) -> int:
        """How many obligations go."""
        return len(self.going)

    @property
    def changes(self) -> Changes:
        """What pages must read anew once it is done."""
        return Changes(measures=frozenset(o.measure for o in (*self.appearing, *self.going)), units=True)

    def words(self) -> dict[str, str]:
        """As the journal says it; empty when no obligation appears or goes."""
        said = {"新增责任事项": self.appear, "减少责任事项": self.gone}
        return {key: f"{number} 个" for key, number in said.items() if number}


def effect_between(
    db: Connection, before: Register, after: Register, *, called: Mapping[str, str] | None = None
) -> GroupEffect:
    """What ``write_register`` would do; nothing is written.

    ``called``: units of the file that have another name, or are another unit, in both registers.
    """
    called = called or {}
    known = {unit.name for unit in before.units}
    new = [unit.name for unit in after.units if unit.name not in known and unit.left_on is None]
    if _asks_the_same(before, after):
        return GroupEffect(new_units=tuple(new))
    appearing: list[Owed] = []
    going: list[Owed] = []
    said: list[Owed] = []
    for row in plans.listing(db):
        plan = plans.load(db, row.id)
        unknown = unknown_units(plan, after)
        new += [unit.name for unit in unknown]
        after = Register([*after.units, *unknown])
        now = dict.fromkeys((no, called.get(unit, unit)) for no, unit in obligations.pairs(db, row.id))
        then = _owed(plan, after)
        appearing += [Owed(row.key, *pair) for pair in then if pair not in now]
        gone = [pair for pair in now if pair not in then]
        going += [Owed(row.key, *pair) for pair in gone]
        if gone:
            spoken = {(no, called.get(unit, unit)) for no, unit in plan_edits.spoken_of(db, row.id)}
            said += [Owed(row.key, *pair) for pair in gone if pair in spoken]
    return GroupEffect(tuple(appearing), tuple(going), tuple(new), tuple(said))


def write_register(db: Connection, before: Register, after: Register) -> GroupEffect:
    """Write what differs inside the running transaction; obligations follow, those that go keep their history.

    A name in a division that nobody is called by any more becomes a unit that is 待核对.
    """
    effect = effect_between(db, before, after)
    unit_rows.update(db, before, after)
    if _asks_the_same(before, after):
        return effect
    for row in plans.listing(db):
        enter_units(db, plans.load(db, row.id))
    for row in plans.listing(db):
        refresh_obligations(db, row.id)
    return effect


def _owed(plan: Plan, register: Register) -> dict[tuple[int, str], None]:
    standing = plan.document.standing
    return dict.fromkeys((m.no, part.unit) for m in plan.measures for part in responsibilities(m, standing, register))


def _asks_the_same(before: Register, after: Register) -> bool:
    """Whether only what no obligation depends on differs: how a unit is reached, its kind."""
    return [_asked(unit) for unit in before.units] == [_asked(unit) for unit in after.units]


def _asked(unit: Unit) -> Unit:
    return replace(unit, kind=Unit("").kind, contact=None, phone=None, mail=None, to_verify=False, left_reason="")
