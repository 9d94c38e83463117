"""Who owes a measure: the printed division and the unit register become obligations (rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.model.ledger import Responsibility
from core.model.plan import Measure, Role, Standing
from core.model.units import Register, Unit


def responsibilities(measure: Measure, standing: Iterable[Standing], register: Register) -> tuple[Responsibility, ...]:
    """The obligations of a measure: each unit once, with its strongest role, in the order of the print.

    A name that the register does not hold stands for itself.
    """
    found: dict[str, Responsibility] = {}
    for name, role in _named(measure, standing):
        for part in _members(name, role, register):
            known = found.get(part.unit)
            found[part.unit] = part if known is None else _stronger(known, part)
    return tuple(sorted(found.values(), key=lambda part: part.role.rank))


def _named(measure: Measure, standing: Iterable[Standing]) -> Iterator[tuple[str, Role]]:
    said_once = tuple(standing)
    for role in Role:
        for name in measure.names(role):
            yield name, role
        for unit in said_once:
            if unit.role is role:
                yield unit.unit, role


def _stronger(known: Responsibility, other: Responsibility) -> Responsibility:
    """Keep the stronger role; a unit that is named itself needs no collective."""
    role = min(known.role, other.role, key=lambda r: r.rank)
    via = () if not known.via or not other.via else tuple(dict.fromkeys(known.via + other.via))
    return Responsibility(known.unit, role, known.is_group, via)


def _members(name: str, role: Role, register: Register) -> Iterator[Responsibility]:
    unit = register.find(name)
    if unit is None:
        yield Responsibility(name, role)
    elif unit.left_on is not None:
        return
    elif not unit.is_group:
        yield Responsibility(unit.name, role)
    else:
        found = tuple(_Collective(register, role).parts(unit, (), frozenset()))
        yield from found or (Responsibility(unit.name, role, is_group=True),)


class _Collective:
    """Walks a collective and those in it; each once with the same exceptions, so that no circle is walked twice."""

    def __init__(self, register: Register, role: Role) -> None:
        self.register = register
        self.role = role
        self.done: set[tuple[str, frozenset[str]]] = set()

    def parts(self, group: Unit, path: tuple[str, ...], exempt: frozenset[str]) -> Iterator[Responsibility]:
        """The known members, and the collective itself while it is not whole or has nobody.

        ``exempt``: who was stated not to belong to it or to a collective it was reached through.
        """
        exempt |= {self._called(item.unit) for item in group.exceptions}
        if (group.name, exempt) in self.done:
            return
        self.done.add((group.name, exempt))
        path = (*path, group.name)
        for name in group.members:
            member = self.register.find(name)
            if self._called(name) in exempt or (member is not None and member.left_on is not None):
                continue
            if member is not None and member.is_group:
                yield from self.parts(member, path, exempt)
            else:
                yield Responsibility(self._called(name), self.role, via=path)
        if group.incomplete or not group.members:
            yield Responsibility(group.name, self.role, is_group=True)

    def _called(self, name: str) -> str:
        unit = self.register.find(name)
        return unit.name if unit else name
