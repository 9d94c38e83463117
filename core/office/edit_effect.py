"""What an edit of a plan would do to obligations and entries, said before it is done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from core.ledger.expand import responsibilities
from core.model.edited import Edited
from core.model.plan import Plan
from core.model.units import Register
from core.office.enter_plan import unknown_units
from core.office.overview import plan_row
from core.store import obligations, plan_edits, plans, units
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class HiddenEntries:
    """Entries of a measure that would no longer count: of which units, how many.

    ``no`` is its number before the edit, ``goes_on_as`` after it; None: the measure leaves the plan. They stay
    readable as history.
    """

    no: int
    label: str
    text: str
    units: tuple[str, ...]
    entries: int
    goes_on_as: int | None


@dataclass(frozen=True, slots=True)
class EditEffect:
    """Obligations that appear, by number after the edit, and that go, by number before it; entries hidden by it."""

    appear: tuple[tuple[int, str], ...]
    gone: tuple[tuple[int, str], ...]
    hidden: tuple[HiddenEntries, ...]


def effect_of(store: Store, plan_key: str | None, edited: Edited) -> EditEffect:
    """What ``apply_edit`` would do; nothing is written.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        old = plans.load(db, row.id)
        known = units.load(db)
        now = {(o.measure, o.unit) for o in obligations.of_plan(db, row.id)}
        entries = tuple(plan_edits.entries(db, row.id))
    after = Register([*known.units, *unknown_units(edited.plan, known)])
    goes_on = {origin[0]: no for no, origin in enumerate(edited.origin, 1) if origin}
    then = {
        (measure.no, part.unit)
        for measure in edited.plan.measures
        for part in responsibilities(measure, edited.plan.document.standing, after)
    }
    stays = {(no, unit) for no, unit in now if (goes_on.get(no), unit) in then}
    came = {(goes_on[no], unit) for no, unit in stays}
    hidden: dict[int, list[str]] = defaultdict(list)
    parts = _lost_parts(old, edited)
    for no, unit, part in entries:
        if (no, unit) not in stays or part in parts.get(no, ()):
            hidden[no].append(unit)
    return EditEffect(
        appear=tuple(sorted(then - came)), gone=tuple(sorted(now - stays)), hidden=_hidden(old, hidden, goes_on)
    )


def _hidden(old: Plan, found: dict[int, list[str]], goes_on: dict[int, int]) -> tuple[HiddenEntries, ...]:
    return tuple(
        HiddenEntries(m.no, m.label, m.text, tuple(dict.fromkeys(names)), len(names), goes_on.get(m.no))
        for m in old.measures
        if (names := found.get(m.no))
    )


def _lost_parts(old: Plan, edited: Edited) -> dict[int, set[str]]:
    """By measure: scopes that entries can name and that no deadline has any more."""
    new = {origin[0]: m for origin, m in zip(edited.origin, edited.plan.measures, strict=True) if origin}
    lost: dict[int, set[str]] = {}
    for measure in old.measures:
        now = new[measure.no].deadlines if measure.no in new else ()
        # one part takes every entry; as many parts as before take them over by their place
        if len(now) > 1 and len(now) != len(measure.deadlines):
            scopes = {part.scope for part in now}
            lost[measure.no] = {part.scope for part in measure.deadlines if part.scope and part.scope not in scopes}
    return lost
