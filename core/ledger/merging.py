"""The register after two of its entries have become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from core.errors import InvalidError
from core.model.unit_text import each_once
from core.model.units import Exemption, Register, Unit


def check_mergeable(register: Register, unit: Unit, into: Unit) -> None:
    """Refuse what cannot be one unit.

    Raises InvalidError.
    """
    if unit.name == into.name:
        raise InvalidError("不能把单位并入它自己。", hint="请选择另一个单位。", field="into")
    if unit.is_group != into.is_group:
        raise InvalidError("单位和单位集合不能合并。", hint="请选择同一类的名称。", field="into")
    for one in (unit, into):
        if one.merged_into is not None:
            raise InvalidError(f"“{one.name}”已经合并过了。", field="into")
    if into.left_on is not None:
        raise InvalidError(f"“{into.name}”已撤出。", hint="请先恢复它，再合并。", field="into")
    for group in register.units:
        inside, outside = set(group.members), {item.unit for item in group.exceptions}
        if (unit.name in inside and into.name in outside) or (into.name in inside and unit.name in outside):
            raise InvalidError(
                f"“{unit.name}”和“{into.name}”在“{group.name}”中一个是成员，一个是例外。",
                hint="请先修改该集合。",
                field="into",
            )


def merged(register: Register, unit: Unit, into: Unit, gone_name: str, day: date) -> Register:
    """The register with ``unit`` gone on in ``into``, whose aliases are joined by everything it was called.

    The merged unit keeps its row under ``gone_name``. Where it was a member or an exception, the other one is.
    Two collectives have the members and exceptions of both.
    """
    full_name = into.full_name or unit.full_name
    aliases = each_once(name for name in (*into.aliases, *unit.names) if name not in (into.name, full_name))
    stays = replace(
        into,
        kind=unit.kind if into.to_verify and not unit.to_verify else into.kind,
        aliases=aliases,
        full_name=full_name,
        contact=into.contact or unit.contact,
        phone=into.phone or unit.phone,
        mail=into.mail or unit.mail,
        members=each_once((*into.members, *unit.members)),
        exceptions=_exceptions((*into.exceptions, *unit.exceptions)),
        incomplete=into.incomplete or unit.incomplete,
        to_verify=into.is_group and (into.to_verify or unit.to_verify),
    )
    gone = replace(
        unit,
        name=gone_name,
        aliases=(),
        left_on=unit.left_on or day,
        left_reason=f"并入“{into.name}”",
        merged_into=into.name,
    )
    places = {into.name: stays, unit.name: gone}
    return Register(places.get(each.name) or _following(each, unit.name, into.name) for each in register.units)


def free_name(register: Register, unit: Unit, into: Unit) -> str:
    """What the row of a merged unit is called, so that its own name is free."""
    taken = {each.name for each in register.units}
    name, number = f"{unit.name}（已并入{into.name}）", 2
    while name in taken:
        name, number = f"{unit.name}（已并入{into.name}{number}）", number + 1
    return name


def _following(group: Unit, old: str, new: str) -> Unit:
    """A unit, merged ones and collectives among them, that names the old one by the new one."""
    into = new if group.merged_into == old else group.merged_into
    if into == group.merged_into and old not in group.members and all(e.unit != old for e in group.exceptions):
        return group
    return replace(
        group,
        merged_into=into,
        members=each_once(new if name == old else name for name in group.members),
        exceptions=_exceptions(Exemption(new, e.reason) if e.unit == old else e for e in group.exceptions),
    )


def _exceptions(said: Iterable[Exemption]) -> tuple[Exemption, ...]:
    found: dict[str, Exemption] = {}
    for item in said:
        found.setdefault(item.unit, item)
    return tuple(found.values())
