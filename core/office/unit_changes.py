"""单位: entered, changed, renamed; a unit leaves the register and comes back. History stays with its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.errors import InvalidError, NotFoundError
from core.model.typed import typed
from core.model.unit_text import clean, clean_mail, clean_phone, each_once, is_mail, is_phone
from core.model.units import Register, Unit, UnitKind
from core.office.changes import Changes
from core.office.register_effect import GroupEffect, effect_between, write_register
from core.store import journal
from core.store import units as unit_rows
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What the form of a unit holds; the first alias is its short name. Collectives have the kind 集合."""

    name: str
    kind: UnitKind = UnitKind.DEPARTMENT
    full_name: str | None = None
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    phone: str | None = None
    mail: str | None = None


def unit_value(unit: Unit) -> UnitValue:
    """What a unit is now, as its form holds it."""
    return UnitValue(unit.name, unit.kind, unit.full_name, unit.aliases, unit.contact, unit.phone, unit.mail)


def unit_effect(store: Store, name: str | None, value: UnitValue) -> GroupEffect:
    """What ``save_unit`` would do to obligations; nothing is written. Raises as ``save_unit`` does."""
    with store.reading() as db:
        before = unit_rows.load(db)
        old = None if name is None else find_unit(before, name)
        made = unit_of(before, old, value)
        called = {} if old is None else {old.name: made.name}
        return effect_between(db, *_renamed(before, old, made), called=called)


def save_unit(store: Store, name: str | None, value: UnitValue) -> Changes:
    """Enter a unit (``name`` None) or change one; a changed name stays as an alias, so that old papers find it.

    A unit that was 待核对 is verified by it. Nothing is written when nothing changes.

    Raises NotFoundError for an unknown unit; InvalidError (name, full_name, aliases) for an empty name and for one
    that another unit is called by, naming it; (kind, phone, mail).
    """
    with store.transaction() as db:
        register = unit_rows.load(db)
        old = None if name is None else find_unit(register, name)
        made = unit_of(register, old, value)
        if made == old:
            return Changes()
        before, after = _renamed(register, old, made)
        if old is not None and old.name != made.name:
            unit_rows.rename(db, old.name, made.name)
        effect = write_register(db, before, after)
        was, now = changed_words(old, made)
        journal.append(
            db,
            "新增单位" if old is None else "修改单位",
            made.name if old is None else old.name,
            before=was or None,
            after=now | effect.words() or None,
        )
    return effect.changes


def confirm_units(store: Store, names: Sequence[str]) -> Changes:
    """Say of units that a plan brought along that they are what their name says: no longer 待核对.

    Raises NotFoundError for an unknown unit.
    """
    with store.transaction() as db:
        before = unit_rows.load(db)
        after = before
        for name in names:
            unit = find_unit(before, name)
            if unit.to_verify and not unit.is_group:
                after = after.with_unit(replace(unit, to_verify=False))
                journal.append(db, "核对单位", unit.name, before={"核对": "待核对"}, after={"核对": "已核对"})
        if after is before:
            return Changes()
        return write_register(db, before, after).changes


def leave_effect(store: Store, name: str) -> GroupEffect:
    """What ``leave_unit`` would do; nothing is written. Raises NotFoundError."""
    return _effect(store, name, lambda unit: replace(unit, left_on=_today()))


def leave_unit(store: Store, name: str, on: date, reason: str) -> Changes:
    """A unit, or a collective, leaves: it owes nothing any more, its history and its memberships stay.

    Raises NotFoundError; InvalidError (reason) without one, (on) for a day to come and for one that has left.
    """
    reason = typed(reason)
    if not reason:
        raise InvalidError("请写明单位为什么撤出。", hint="例如：机构改革，职责并入县农业农村局。", field="reason")
    if on > _today():
        raise InvalidError("撤出日期不能晚于今天。", hint="到了那一天再登记撤出。", field="on")
    with store.transaction() as db:
        before = unit_rows.load(db)
        unit = find_unit(before, name)
        if unit.left_on is not None:
            raise InvalidError(f"“{unit.name}”已于 {unit.left_on.isoformat()} 撤出。", field="on")
        after = before.with_unit(replace(unit, left_on=on, left_reason=reason))
        effect = write_register(db, before, after)
        journal.append(
            db,
            "单位撤出",
            unit.name,
            before={"在册": "是"},
            after={"在册": "否", "撤出日期": on.isoformat()} | effect.words(),
            reason=reason,
        )
    return effect.changes


def return_effect(store: Store, name: str) -> GroupEffect:
    """What ``return_unit`` would do; nothing is written. Raises NotFoundError."""
    return _effect(store, name, lambda unit: replace(unit, left_on=None, left_reason=""))


def return_unit(store: Store, name: str) -> Changes:
    """A unit that left comes back with its history.

    Raises NotFoundError; InvalidError for one that has not left or that was merged.
    """
    with store.transaction() as db:
        before = unit_rows.load(db)
        unit = find_unit(before, name)
        if unit.merged_into is not None:
            raise InvalidError(f"“{unit.name}”不能恢复。", hint="合并后的单位请另外新增。")
        if unit.left_on is None:
            raise InvalidError(f"“{unit.name}”没有撤出，不用恢复。")
        effect = write_register(db, before, before.with_unit(replace(unit, left_on=None, left_reason="")))
        journal.append(
            db,
            "单位恢复",
            unit.name,
            before={"在册": "否", "撤出日期": unit.left_on.isoformat()},
            after={"在册": "是"} | effect.words(),
        )
    return effect.changes


def find_unit(register: Register, name: str) -> Unit:
    """The unit of that name, also one that has left or was merged.

    Raises NotFoundError.
    """
    found = next((unit for unit in register.units if unit.name == name), None) or register.find(name)
    if found is None:
        raise NotFoundError(f"单位名册中没有“{name}”。", hint="请用名册中的名称或简称。")
    return found


def unit_of(register: Register, old: Unit | None, value: UnitValue) -> Unit:
    """The unit as the form says it, beside what the form does not hold.

    Raises InvalidError with the field.
    """
    if old is not None and old.merged_into is not None:
        raise InvalidError(f"“{old.name}”不能修改。", hint=f"请修改“{old.merged_into}”。", field="name")
    name, full_name = clean(value.name), clean(value.full_name or "")
    if not name:
        raise InvalidError("单位没有名称。", hint="请填写名称，例如：财政局。", field="name")
    kept = [old.name] if old is not None and old.name != name else []
    aliases = each_once(alias for alias in (*map(clean, value.aliases), *kept) if alias != name)
    _check_free(register, old, "name", (name,))
    _check_free(register, old, "full_name", (full_name,))
    _check_free(register, old, "aliases", aliases)
    is_group = old is not None and old.is_group
    if is_group != (value.kind is UnitKind.GROUP):
        what = f"“{name}”是单位集合，类别不能改。" if is_group else "单位的类别不能是集合。"
        raise InvalidError(what, hint="" if is_group else "请用“新增单位集合”。", field="kind")
    phone, mail = clean_phone(value.phone or ""), clean_mail(value.mail or "")
    if phone and not is_phone(phone):
        raise InvalidError(f"“{phone}”不像电话号码。", hint="请填写数字，例如：13800138000。", field="phone")
    if mail and not is_mail(mail):
        raise InvalidError(f"“{mail}”不像邮箱地址。", hint="请填写完整，例如：name@example.com。", field="mail")
    return replace(
        old or Unit(name),
        name=name,
        kind=value.kind,
        aliases=aliases,
        full_name=full_name if full_name and full_name != name else None,
        contact=clean(value.contact or "") or None,
        phone=phone or None,
        mail=mail or None,
        to_verify=is_group and old is not None and old.to_verify,
    )


def unit_words(unit: Unit) -> dict[str, str]:
    """A unit as the journal and the register sheet say it."""
    return {
        "单位": unit.name,
        "全称": unit.full_name or "",
        "简称和别名": "、".join(unit.aliases),
        "类别": unit.kind.value,
        "联络员": unit.contact or "",
        "电话": unit.phone or "",
        "邮箱": unit.mail or "",
    }


def changed_words(old: Unit | None, new: Unit) -> tuple[dict[str, str], dict[str, str]]:
    """What of a unit differs, before and after; everything that is filled in of a new one."""
    now = unit_words(new)
    if old is None:
        return {}, {key: word for key, word in now.items() if word}
    was = unit_words(old) | ({"核对": "待核对"} if old.to_verify and not new.to_verify else {})
    now |= {"核对": "已核对"} if "核对" in was else {}
    differ = [key for key in was if was[key] != now[key]]
    return {key: was[key] for key in differ}, {key: now[key] for key in differ}


def _check_free(register: Register, own: Unit | None, field: str, names: Sequence[str]) -> None:
    """Refuse a name that another unit is called by, also one that has left."""
    for name in filter(None, names):
        for unit in register.units:
            if unit.merged_into is not None or (own is not None and unit.name == own.name) or name not in unit.names:
                continue
            what = (
                f"“{name}”已是另一个单位的名称。" if unit.name == name else f"“{name}”已是“{unit.name}”的别名或全称。"
            )
            hint = "它已撤出，可以恢复它。" if unit.left_on else "如果是同一个单位，请合并；否则请换一个名称。"
            raise InvalidError(what, hint=hint, field=field)


def _renamed(register: Register, old: Unit | None, new: Unit) -> tuple[Register, Register]:
    """The register before, under the new name, and after."""
    if old is None:
        return register, register.with_unit(new)
    before = register.with_unit(replace(old, name=new.name), was=old.name)
    return before, before.with_unit(new)


def _effect(store: Store, name: str, change: Callable[[Unit], Unit]) -> GroupEffect:
    with store.reading() as db:
        before = unit_rows.load(db)
        return effect_between(db, before, before.with_unit(change(find_unit(before, name))))


def _today() -> date:
    return datetime.now().astimezone().date()
