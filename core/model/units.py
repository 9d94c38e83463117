"""单位 and 单位集合: who is responsible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is; the value is the word on the screen and in the file."""

    DEPARTMENT = "部门"
    TOWNSHIP = "乡镇"
    VERTICAL = "垂直管理"
    DISCIPLINE_JUSTICE = "纪检司法"
    """纪委监委, 法院, 检察院: a letter to them is a 商请函, and rankings leave them out."""
    GROUP = "集合"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, or a collective (``is_group``) with its members by name.

    ``incomplete`` (待补全): the clerk has not said yet that the list of members is whole.
    ``to_verify`` (待核对): somebody must look at the members.
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


class Register:
    """The units of one county, found by name or alias."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Index the units; the first holder of a name wins."""
        self.units = tuple(units)
        self._by_name: dict[str, Unit] = {}
        for unit in self.units:
            self._by_name.setdefault(unit.name, unit)
        for unit in self.units:
            for alias in unit.aliases:
                self._by_name.setdefault(alias, unit)

    def find(self, name: str) -> Unit | None:
        """The unit of that name or alias, None if there is none."""
        return self._by_name.get(name)
