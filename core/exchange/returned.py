"""What a returned workbook said, as plain data; and what the ledger knows that the reading needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from core.model.ledger import EntryState, Period
from core.model.plan import Severity, Target


class Known(StrEnum):
    """By what something was known."""

    IDENTITY = "隐藏的标识"
    VISIBLE = "表中所写"
    FILE_NAME = "文件名"


@dataclass(frozen=True, slots=True)
class KnownObligation:
    """One obligation as the reading needs it."""

    id: int
    number: int
    label: str
    text: str
    states: tuple[EntryState, ...]
    parts: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan of the file; ``texts`` are (label, text) of its measures by number, ``obligations`` by unit."""

    key: str
    title: str
    texts: Mapping[int, tuple[str, str]]
    obligations: Mapping[str, tuple[KnownObligation, ...]]


@dataclass(frozen=True, slots=True)
class KnownLedger:
    """What the ledger knows. ``units`` leads from every name and alias to the unit's name.

    ``periods`` are those of the file; a key that is not among them may still mean one. ``versions`` are the newest
    sheets sent by (plan, period, unit).
    """

    file_id: str
    plans: tuple[KnownPlan, ...]
    periods: tuple[Period, ...]
    units: Mapping[str, str]
    versions: Mapping[tuple[str, str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What was not understood, or was understood in a way that must be said.

    ``row`` counts from 1 as in the file, ``column`` is the letter; None for the sheet as a whole. ``found`` is the
    text as it stands there.
    """

    severity: Severity
    what: str
    row: int | None = None
    column: str | None = None
    found: str = ""


class ReturnedRow(NamedTuple):
    """What a unit says of one obligation, or of one 时限项 (``part``). None and empty: nothing was written there.

    A tuple: a heap of returns has thousands, and each goes through a pipe. ``targets`` holds a figure for each target
    of the measure (None: none given). ``reason`` is for 不涉及. ``columns`` are the letters of the cells by the name of the field, to point at.
    """

    row: int
    obligation_id: int
    number: int
    columns: Mapping[str, str]
    part: str | None = None
    state: EntryState | None = None
    done_on: date | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    reason: str = ""
    targets: tuple[float | None, ...] = ()
    evidence: tuple[str, ...] = ()
    """Numbers written under 佐证材料编号."""
    has_error: bool = False
    """Some cell of the row was not understood: the row is not written before somebody looked."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose sheet it is; None where it could not be told. ``how`` says by what."""

    plan_key: str | None
    period_key: str | None
    unit: str | None
    version: int | None = None
    how: Known = Known.IDENTITY


@dataclass(frozen=True, slots=True)
class Foot:
    """What was signed at the foot, as far as it was written."""

    filled_by: str = ""
    reviewed_by: str = ""
    head: str = ""
    phone: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """One returned workbook as read.

    ``rows`` are those with something in them, ``seen`` the obligations whose row is there at all: what a unit owes
    and is not seen was deleted from the sheet.
    """

    name: str
    sheet: str
    identity: Identity
    rows: tuple[ReturnedRow, ...]
    seen: frozenset[int]
    problems: tuple[SheetProblem, ...] = ()
    foot: Foot = Foot()

    @property
    def is_empty(self) -> bool:
        """Whether nobody filled anything in."""
        return not self.rows

    def __reduce__(self) -> tuple[object, ...]:
        """As it goes through a pipe: rows of a class of their own would be told one by one."""
        rows = tuple(map(tuple, self.rows))
        return _sheet, (self.name, self.sheet, self.identity, rows, self.seen, self.problems, self.foot)


def _sheet(
    name: str,
    sheet: str,
    identity: Identity,
    rows: Iterable[Iterable[Any]],
    *rest: Any,  # noqa: ANN401 - as above
) -> ReturnedSheet:
    return ReturnedSheet(name, sheet, identity, tuple(map(ReturnedRow._make, rows)), *rest)
