"""The register as a workbook: out in the house look, in from a sheet of whatever shape.

A sheet adds and changes, it never takes away: an empty cell says nothing, aliases join those that are there, a unit
that is not listed stays. Only the list of a collective is a whole, as it is in the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import InvalidError, OutputError
from core.job import Job
from core.model.unit_text import each_once, listed
from core.model.units import Register, Unit
from core.office import backups
from core.office.changes import Changes
from core.office.register_compare import compare
from core.office.register_effect import GroupEffect, effect_between, write_register
from core.office.register_row import FieldChange, RegisterRow, RowProblem, without_gone
from core.office.unit_changes import changed_words
from core.office.unit_groups import group_words
from core.recognise.blocks import Cell, Place, Source, Table
from core.recognise.register_rows import Field, field_of, read_tables
from core.recognise.register_values import exceptions_text
from core.recognise.sources.reading import read_as_is
from core.store import journal
from core.store import units as unit_rows
from core.store.database import Store
from core.store.opening import is_ledger

__all__ = [
    "FieldChange",
    "RegisterDraft",
    "RegisterFile",
    "RegisterRow",
    "RowProblem",
    "draft_effect",
    "export_register",
    "import_register",
    "read_pasted_register",
    "read_register",
]

_WIDTHS = {
    Field.NAME: 12,
    Field.FULL_NAME: 14,
    Field.ALIASES: 14,
    Field.KIND: 5,
    Field.CONTACT: 5,
    Field.PHONE: 8,
    Field.MAIL: 10,
    Field.GROUPS: 12,
    Field.NOTE: 12,
    Field.GROUP: 14,
    Field.MEMBERS: 40,
    Field.EXCEPTIONS: 18,
    Field.INCOMPLETE: 5,
}
"""Widths of our columns in Chinese letters."""
UNIT_COLUMNS = (
    *(Field.NAME, Field.FULL_NAME, Field.ALIASES, Field.KIND, Field.CONTACT),
    *(Field.PHONE, Field.MAIL, Field.GROUPS, Field.NOTE),
)
TOTAL = "合计"
"""What the last line of a copied table begins with: no unit."""
PASTED = "粘贴的表格"
_PASTED = ("单位", "简称", "联络员", "电话")
GROUP_COLUMNS = (Field.GROUP, Field.ALIASES, Field.MEMBERS, Field.EXCEPTIONS, Field.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """A register sheet as read: every row is new, changed, the same or a problem.

    ``left_out`` are headings whose columns are not taken in. ``known`` is the register it was compared with.
    """

    name: str
    rows: tuple[RegisterRow, ...]
    problems: tuple[RowProblem, ...]
    left_out: tuple[str, ...] = ()
    known: tuple[Unit, ...] = ()

    def count(self, change: str) -> int:
        """How many rows are new, changed or same."""
        return sum(row.change == change for row in self.rows)


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What was written."""

    path: Path
    units: int
    groups: int


def export_register(store: Store, path: Path) -> RegisterFile:
    """Write the register as XLSX: 单位名册 and 单位集合; an existing file is replaced only when the new one is whole.

    Units that have left are not in it. A ledger file is never replaced.

    Raises OutputError.
    """
    from core.publish.output import put

    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    with store.reading() as db:
        present = unit_rows.load(db).present
    put(register_bytes(store), path)
    groups = sum(unit.is_group for unit in present)
    return RegisterFile(path, len(present) - groups, groups)


def register_bytes(store: Store) -> bytes:
    """The register as the content of an XLSX file."""
    from core.publish.register_xlsx import Sheet, workbook_bytes

    with store.reading() as db:
        register = unit_rows.load(db)
    single = [unit for unit in register.present if not unit.is_group]
    groups = [without_gone(register, unit) for unit in register.present if unit.is_group]
    sheets = (
        Sheet("单位名册", _columns(UNIT_COLUMNS), tuple(_unit_row(unit, groups) for unit in single)),
        Sheet("单位集合", _columns(GROUP_COLUMNS), tuple(_group_row(group) for group in groups)),
    )
    return workbook_bytes(sheets)


def read_register(store: Store, path: Path, job: Job) -> RegisterDraft:
    """Read a register sheet and compare it with the register; nothing is written.

    Any document with a table is read (.xlsx .xls .ods .docx); hidden sheets are left out.

    Raises UnreadableError for what cannot be read, InvalidError when no heading of a register is found, Cancelled.
    """
    return _draft(store, read_as_is(path, job), str(path))


def read_pasted_register(store: Store, cells: Sequence[Sequence[str]]) -> RegisterDraft:
    """The same for cells copied from WPS or Excel; without a head they are 单位, 简称, 联络员, 电话 as in the window.

    Raises InvalidError when there is nothing of a register in them.
    """
    wide = max((len(row) for row in cells), default=0)
    rows = [[*row, *[""] * (wide - len(row))] for row in cells if row and not row[0].startswith(TOTAL)]
    fields = {field_of(text) for text in rows[0]} if rows else set()
    if rows and Field.NAME not in fields:
        rows.insert(0, [*_PASTED[:wide], *[""] * (wide - len(_PASTED))])
    table = Table(
        tuple(
            tuple(Cell(text, Place(row=at, column=column)) for column, text in enumerate(row, 1))
            for at, row in enumerate(rows, 1)
        ),
        Place(table=1),
    )
    return _draft(store, Source(PASTED, "text", (table,) if rows else ()), "")


def _draft(store: Store, source: Source, where: str) -> RegisterDraft:
    tables = tuple(read_tables(source))
    if not tables:
        raise InvalidError(
            f"“{source.name}”中没有找到单位名册。",
            hint="表头要有“单位”一列，例如：单位、类别、联络员、电话。",
            where=where,
        )
    with store.reading() as db:
        register = unit_rows.load(db)
    rows, problems = compare(register, tables)
    left_out = tuple(
        f"工作表“{table.sheet}”的“{heading}”" if table.sheet else f"“{heading}”"
        for table in tables
        for heading in table.left_out
    )
    return RegisterDraft(source.name, rows, problems, left_out, register.units)


def draft_effect(store: Store, draft: RegisterDraft) -> GroupEffect:
    """What ``import_register`` would do to obligations; nothing is written."""
    with store.reading() as db:
        before = unit_rows.load(db)
        return effect_between(db, before, _after(before, draft))


def import_register(store: Store, draft: RegisterDraft) -> Changes:
    """Take in what is new or changed, one transaction and one journal entry each; rows with a problem stay out.

    Raises InvalidError when the register has changed since the sheet was read, LedgerFileError.
    """
    rows = [row for row in draft.rows if row.change != "same"]
    if not rows:
        return Changes()
    backups.before(store, "导入名册")
    with store.transaction() as db:
        before = unit_rows.load(db)
        if before.units != draft.known:
            raise InvalidError("单位名册在读取之后改过，没有导入。", hint="请重新选择文件导入。")
        effect = write_register(db, before, _after(before, draft))
        for row in rows:
            old = next((unit for unit in before.units if unit.name == row.unit.name), None)
            was, now = _words(old, row.unit)
            now |= {"属于": "、".join(row.groups)} if row.groups else {}
            action = ("新增" if old is None else "修改") + ("单位集合" if row.unit.is_group else "单位")
            journal.append(db, action, row.unit.name, before=was or None, after=now, reason=f"导入“{draft.name}”")
        said = {"新增": f"{draft.count('new')} 个", "修改": f"{draft.count('changed')} 个"} | effect.words()
        journal.append(db, "导入单位名册", draft.name, after=said)
    return effect.changes


def _after(before: Register, draft: RegisterDraft) -> Register:
    """The register with what is new or changed in a draft."""
    units = {unit.name: unit for unit in before.units}
    for row in (row for row in draft.rows if row.change != "same"):
        units[row.unit.name] = row.unit
        for group in row.groups:
            units[group] = replace(units[group], members=each_once((*units[group].members, row.unit.name)))
    return Register(units.values())


def _columns(fields: tuple[Field, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((field.value, _WIDTHS[field]) for field in fields)


def _unit_row(unit: Unit, groups: list[Unit]) -> tuple[str, ...]:
    outside = [(g.name, item.reason) for g in groups for item in g.exceptions if item.unit == unit.name]
    exempt = {group for group, _ in outside}
    inside = [group.name for group in groups if unit.name in group.members and group.name not in exempt]
    return (
        listed((unit.name,)),
        unit.full_name or "",
        listed(unit.aliases),
        unit.kind.value,
        unit.contact or "",
        unit.phone or "",
        unit.mail or "",
        listed(inside),
        "\n".join(f"不属于“{group}”：{reason}" for group, reason in outside),
    )


def _group_row(group: Unit) -> tuple[str, ...]:
    return (
        listed((group.name,)),
        listed(group.aliases),
        listed(group.members),
        exceptions_text(group.exceptions),
        "是" if group.incomplete else "否",
    )


def _words(old: Unit | None, new: Unit) -> tuple[dict[str, str], dict[str, str]]:
    was, now = changed_words(old, new)
    if new.is_group and (old is None or group_words(old) != group_words(new)):
        was |= group_words(old) if old else {}
        now |= group_words(new)
    return was, now
