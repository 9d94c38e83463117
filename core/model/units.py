"""单位 and 单位集合: who is responsible."""

from __future__ import annotations

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
