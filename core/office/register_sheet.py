"""The register as a workbook: out in the house look, in from a sheet of whatever shape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.job import Job
from core.model.units import Unit
from core.office.changes import Changes
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a unit: what the register has and what the sheet says; ``field`` is the word of the heading."""

    field: str
    have: str
    got: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the sheet and the unit as it will be. ``row`` counts from 1 as in the sheet."""

    sheet: str
    row: int
    unit: Unit
    change: Literal["new", "changed", "same"]
    fields: tuple[FieldChange, ...] = ()


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


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """A register sheet as read: every row is new, changed, the same or a problem."""

    name: str
    rows: tuple[RegisterRow, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What was written."""

    path: Path
    units: int
    groups: int


def export_register(store: Store, path: Path) -> RegisterFile:
    """Write the register as XLSX: 单位名册 and 单位集合; an existing file is replaced only when the new one is whole.

    Raises OutputError.
    """
    raise NotImplementedError


def read_register(store: Store, path: Path, job: Job) -> RegisterDraft:
    """Read a register sheet and compare it with the register; nothing is written.

    Raises UnreadableError for what cannot be read, InvalidError when no heading of a register is found, Cancelled.
    """
    raise NotImplementedError


def import_register(store: Store, draft: RegisterDraft) -> Changes:
    """Take in what is new or changed, one transaction; rows with a problem stay out.

    Raises InvalidError when the register has changed since the sheet was read, LedgerFileError.
    """
    raise NotImplementedError
