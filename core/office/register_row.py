"""A row of a register sheet once it is understood, or why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from core.model.unit_text import clean_mail, clean_phone, each_once, is_mail, is_phone
from core.model.units import Register, Unit
from core.office.unit_changes import unit_words
from core.office.unit_groups import group_words
from core.recognise.register_rows import Field, SheetRow


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a unit: what the register has and what the sheet says; ``field`` is the word of the heading."""

    field: str
    have: str
    got: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the sheet and the unit as it will be. ``row`` counts from 1 as in the sheet.

    ``groups``: collectives that it joins.
    """

    sheet: str
    row: int
    unit: Unit
    change: Literal["new", "changed", "same"]
    fields: tuple[FieldChange, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not taken in: where, what stands there and why. ``column`` is its letter, empty for the row."""

    sheet: str
    row: int
    column: str
    found: str
    what: str

    def __str__(self) -> str:
        """工作表“单位名册” 第7行 D列“局委”：…"""
        column = f" {self.column}列" if self.column else ""
        found = f"“{self.found}”" if self.found else ""
        return f"工作表“{self.sheet}” 第{self.row}行{column}{found}：{self.what}"


class RowError(Exception):
    """A row cannot be taken in: which column, why."""

    def __init__(self, field: Field, what: str, found: str | None = None) -> None:
        super().__init__(what)
        self.field, self.what, self.found = field, what, found


def without_gone(register: Register, group: Unit) -> Unit:
    """A collective as sheets show it: those that have left stay in its list, but unseen."""
    present = {unit.name for unit in register.present}
    return replace(
        group,
        members=tuple(name for name in group.members if name in present),
        exceptions=tuple(item for item in group.exceptions if item.unit in present),
    )


def kept_text(row: SheetRow, field: Field, kept: str | None) -> str | None:
    """What the register has, where the sheet says the same or nothing."""
    return kept if row.text(field) in ("", kept) else None


def phone_of(row: SheetRow, kept: str | None) -> str | None:
    """The telephone numbers of a row, of several columns one after the other.

    Raises RowError for what nobody can dial.
    """
    if row.text(Field.PHONE) in ("", kept):
        return kept
    numbers = each_once(clean_phone(found.text) for found in row.found.get(Field.PHONE, ()))
    for number in numbers:
        if not is_phone(number):
            raise RowError(Field.PHONE, "不像电话号码。", number)
    return "、".join(numbers) or None


def mail_of(row: SheetRow, kept: str | None) -> str | None:
    """The mail address of a row.

    Raises RowError for what is none.
    """
    if row.text(Field.MAIL) in ("", kept):
        return kept
    mail = clean_mail(row.text(Field.MAIL))
    if mail and not is_mail(mail):
        raise RowError(Field.MAIL, "不像邮箱地址。", mail)
    return mail or None


def differences(old: Unit | None, new: Unit) -> Iterator[FieldChange]:
    """Field by field; of a new unit everything that is filled in."""
    now, was = _words(new), _words(old) if old is not None else {}
    for field, got in now.items():
        have = was.get(field, "")
        if have != got:
            yield FieldChange(field, have, got)


def _words(unit: Unit) -> dict[str, str]:
    return unit_words(unit) | (group_words(unit) if unit.is_group else {})
