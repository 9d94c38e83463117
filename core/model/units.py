"""单位 and 单位集合: who is responsible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class UnitKind(StrEnum):
    """What a unit is; the value is the word on the screen and in the file."""

    DEPARTMENT = "部门"
    TOWNSHIP = "乡镇"
    VERTICAL = "垂直管理"
    DISCIPLINE_JUSTICE = "纪检司法"
    """纪委监委, 法院, 检察院: a letter to them is a 商请函, and rankings leave them out."""
    GROUP = "集合"


class Exemption(NamedTuple):
    """例外: a unit that is stated not to belong to a collective, and why."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, or a collective (``is_group``) with its members and exceptions by name.

    The first alias is the short name (简称). ``incomplete`` (待补全): the clerk has not said yet that the list of
    members is whole. ``to_verify`` (待核对): somebody must look at it — at the members of a collective; at the name
    itself of a unit that a plan brought along. ``left_on``: it belongs to the county's register no more, because of
    ``left_reason`` or because it went on in ``merged_into``.
    """

    name: str
    kind: UnitKind = UnitKind.DEPARTMENT
    aliases: tuple[str, ...] = ()
    is_group: bool = False
    members: tuple[str, ...] = ()
    incomplete: bool = False
    to_verify: bool = False
    contact: str | None = None
    phone: str | None = None
    mail: str | None = None
    full_name: str | None = None
    exceptions: tuple[Exemption, ...] = ()
    left_on: date | None = None
    left_reason: str = ""
    merged_into: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the unit is called, its name first, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *([self.full_name] if self.full_name else []))))


class Register:
    """The units of one county, also those that have left, found by what they are called."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Index the units.

        A name goes before an alias, an alias before a full name, each before those of units that have left; else
        the first holder wins.
        """
        self.units = tuple(units)
        self._by_name: dict[str, Unit] = {}
        gone = [unit for unit in self.units if unit.left_on is not None and unit.merged_into is None]
        for holders in (self.present, gone):
            self._enter((unit.name, unit) for unit in holders)
            self._enter((alias, unit) for unit in holders for alias in unit.aliases)
            self._enter((unit.full_name, unit) for unit in holders if unit.full_name)

    @property
    def present(self) -> tuple[Unit, ...]:
        """Those that have not left."""
        return tuple(unit for unit in self.units if unit.left_on is None)

    def find(self, name: str) -> Unit | None:
        """The unit that is called so, None if there is none; for one that was merged the one it went on in."""
        return self._by_name.get(name)

    def with_unit(self, unit: Unit, *, was: str | None = None) -> Register:
        """The register with this unit in its place, or at the end when it is new.

        ``was``: the name it had; collectives that hold it follow.
        """
        old = was or unit.name
        found = [unit if known.name == old else _renamed(known, old, unit.name) for known in self.units]
        return Register(found if any(known.name == old for known in self.units) else [*found, unit])

    def _enter(self, names: Iterable[tuple[str, Unit]]) -> None:
        for name, unit in names:
            self._by_name.setdefault(name, unit)


def _renamed(holder: Unit, old: str, new: str) -> Unit:
    """A unit that names another one by its new name."""
    if old == new:
        return holder
    return replace(
        holder,
        members=tuple(new if name == old else name for name in holder.members),
        exceptions=tuple(Exemption(new, e.reason) if e.unit == old else e for e in holder.exceptions),
        merged_into=new if holder.merged_into == old else holder.merged_into,
    )
