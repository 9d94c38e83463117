"""单位集合: who belongs to a collective, who is stated not to, and whether its list is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection

from core.errors import InvalidError, NotFoundError
from core.model.units import Exemption, Register, Unit, UnitKind
from core.office.changes import Changes
from core.office.register_effect import GroupEffect, effect_between, write_register
from core.store import journal
from core.store import units as unit_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class GroupValue:
    """What the form of a collective holds. Members may be collectives; (unit, reason) of each exception.

    ``whole``: the clerk says that nobody is missing; else it is 待补全.
    """

    members: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()
    whole: bool = False


def group_value(group: Unit) -> GroupValue:
    """What a collective is now, as its form holds it."""
    return GroupValue(group.members, tuple((e.unit, e.reason) for e in group.exceptions), not group.incomplete)


def set_group_effect(store: Store, name: str, value: GroupValue) -> GroupEffect:
    """What ``set_group``, or ``create_group`` for a name that is no collective yet, would do; nothing is written.

    Raises NotFoundError, InvalidError as these do.
    """
    with store.reading() as db:
        before = unit_rows.load(db)
        return effect_between(db, before, _with_group(before, _group_or_new(before, name), value))


def set_group(store: Store, name: str, value: GroupValue) -> Changes:
    """Set members and exceptions of a collective; obligations follow, those that go keep their history.

    Members that the register does not hold become units. Nothing is written when nothing changes.

    Raises NotFoundError for an unknown collective; InvalidError (members) for a whole list without anybody and for
    collectives that hold one another, (exceptions) without a reason or of an unknown unit.
    """
    with store.transaction() as db:
        before = unit_rows.load(db)
        group = _group(before, name)
        after = _with_group(before, group, value)
        return _write(db, before, after, group, "修改单位名单")


def create_group(store: Store, name: str, value: GroupValue) -> Changes:
    """Add a collective, or make one of a unit that a plan brought along and that is none (县直有关部门).

    Raises InvalidError (name) for an empty name or one that a collective or another unit is called by, else as
    ``set_group``.
    """
    with store.transaction() as db:
        before = unit_rows.load(db)
        known = before.find(name.strip())
        if known is not None and known.is_group:
            raise InvalidError(f"单位集合“{known.name}”已经有了。", hint="请修改它，或换一个名称。", field="name")
        made = _group_or_new(before, name)
        after = _with_group(before, made, value)
        return _write(db, before, after, made, "新增单位集合")


def group_effect(store: Store, name: str, members: Sequence[str], *, whole: bool) -> GroupEffect:
    """What ``complete_group`` would do with these members; nothing is written.

    Raises NotFoundError, InvalidError as ``complete_group`` does.
    """
    with store.reading() as db:
        before = unit_rows.load(db)
        group = _group(before, name)
        value = replace(group_value(group), members=tuple(members), whole=whole)
        return effect_between(db, before, _with_group(before, group, value))


def complete_group(store: Store, name: str, members: Sequence[str], *, whole: bool) -> Changes:
    """Set the members of a collective, its exceptions staying; ``whole``: the clerk says that nobody is missing.

    Names that the register does not hold become units. Obligations follow; those that go keep their history.

    Raises NotFoundError for an unknown collective, InvalidError for an empty list that is called whole.
    """
    with store.reading() as db:
        group = _group(unit_rows.load(db), name)
    return set_group(store, group.name, replace(group_value(group), members=tuple(members), whole=whole))


def holds(register: Register, outer: str, inner: str) -> bool:
    """Whether a collective holds a unit or another collective, itself or through collectives in it."""
    seen: set[str] = set()
    names = [outer]
    while names:
        group = register.find(names.pop())
        if group is None or group.name in seen:
            continue
        seen.add(group.name)
        names += group.members
        if inner in group.members:
            return True
    return False


def group_words(group: Unit) -> dict[str, str]:
    """A collective as the journal keeps it."""
    said = {"成员": "、".join(group.members), "待补全": "是" if group.incomplete else "否"}
    if group.exceptions:
        said["例外"] = "；".join(f"{e.unit}（{e.reason}）" for e in group.exceptions)
    return said


def _group(register: Register, name: str) -> Unit:
    group = register.find(name)
    if group is None or not group.is_group:
        raise NotFoundError(f"单位名册中没有集合“{name}”。")
    return group


def _group_or_new(register: Register, name: str) -> Unit:
    """The collective that has or gets this name."""
    name = name.strip()
    known = register.find(name)
    if known is not None and known.is_group:
        return known
    if not name:
        raise InvalidError("单位集合没有名称。", hint="请填写名称，例如：各乡镇。", field="name")
    if known is not None and known.name != name:
        raise InvalidError(f"“{name}”已是“{known.name}”的别名。", hint="请换一个名称。", field="name")
    if known is not None and not known.to_verify:
        raise InvalidError(f"“{name}”已是单位名册中的单位。", hint="请换一个名称。", field="name")
    return replace(known or Unit(name), kind=UnitKind.GROUP, is_group=True)


def _with_group(register: Register, group: Unit, value: GroupValue) -> Register:
    """The register with the collective as the form says it, and with the units its list names for the first time."""
    new = _new_units(register, group, value.members)
    register = Register([*register.units, *new]).with_unit(group)
    members = _names(register, value.members)
    exceptions = _exceptions(register, group, value.exceptions)
    _check_members(register, group, members)
    if value.whole and not set(members) - {item.unit for item in exceptions}:
        raise InvalidError(f"“{group.name}”还没有成员，不能标为完整。", hint="请先填写成员单位。", field="members")
    return register.with_unit(
        replace(
            group,
            members=members,
            exceptions=exceptions,
            incomplete=not value.whole,
            to_verify=group.to_verify and not value.whole,
        )
    )


def _check_members(register: Register, group: Unit, members: Iterable[str]) -> None:
    for name in members:
        if name == group.name or holds(register, name, group.name):
            raise InvalidError(
                f"“{name}”里已有“{group.name}”，不能互为成员。" if name != group.name else "集合不能是自己的成员。",
                hint="请去掉其中一个。",
                field="members",
            )


def _exceptions(register: Register, group: Unit, said: Iterable[tuple[str, str]]) -> tuple[Exemption, ...]:
    found: dict[str, Exemption] = {}
    for name, reason in said:
        unit = register.find(name.strip())
        if unit is None or unit.name == group.name:
            raise InvalidError(f"例外单位“{name}”不在单位名册中。", hint="请用名册中的名称。", field="exceptions")
        if not reason.strip():
            raise InvalidError(f"“{unit.name}”为什么不在内，请写明理由。", field="exceptions")
        found[unit.name] = Exemption(unit.name, reason.strip())
    return tuple(found.values())


def _names(register: Register, members: Sequence[str]) -> tuple[str, ...]:
    """Register names of the members, each once."""
    found = (register.find(member.strip()) for member in members)
    return tuple(dict.fromkeys(unit.name for unit in found if unit is not None))


def _new_units(register: Register, group: Unit, members: Sequence[str]) -> tuple[Unit, ...]:
    kind = UnitKind.TOWNSHIP if "乡" in group.name or "镇" in group.name else UnitKind.DEPARTMENT
    names = dict.fromkeys(member.strip() for member in members)
    new = (name for name in names if name and name != group.name and register.find(name) is None)
    return tuple(Unit(name, kind) for name in new)


def _write(db: Connection, before: Register, after: Register, group: Unit, action: str) -> Changes:
    now = after.find(group.name)
    was = next((unit for unit in before.units if unit.name == group.name), None)
    if now is None or now == was:
        return Changes()
    effect = write_register(db, before, after)
    journal.append(
        db, action, group.name, before=group_words(was) if was else None, after=group_words(now) | effect.words()
    )
    return effect.changes
