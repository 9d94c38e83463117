"""What is to be known before a document is issued: to whom it goes, which 文号 is free, what was issued like it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.model.document_kind import DocumentKind
from core.model.issued import Issued
from core.model.units import UnitKind
from core.office import issued, letters, numbering
from core.office.asked import Asked
from core.office.overview import overview
from core.office.period_choice import chosen_period
from core.store.database import Store

LETTERS = frozenset({DocumentKind.REMINDER, DocumentKind.NOTICE})
"""Kinds of which every unit gets its own."""


@dataclass(frozen=True, slots=True)
class ToIssue:
    """``units``: of a kind that goes to units, those that there is something to write to. ``like``: what is in force
    already for the same plan, period and unit, the newest first. ``numbers``: the next free 文号 by unit, or one under
    the empty name; empty where no 机关代字 is set.
    """

    kind: DocumentKind
    asked: Asked
    units: tuple[str, ...] = ()
    like: tuple[Issued, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()

    @property
    def is_many(self) -> bool:
        """Whether each unit gets a letter of its own, in one press."""
        return bool(self.units) and self.asked.unit is None

    @property
    def written(self) -> tuple[str, ...]:
        """The units that have got one already."""
        had = {one.unit for one in self.like}
        return tuple(unit for unit in self.units if unit in had)


def to_issue(store: Store, kind: str, asked: Asked, on: date) -> ToIssue:
    """Look it up; ``on`` is the day it will bear, whose year the 文号 counts in.

    Raises NotFoundError (plan, unit), InvalidError (period).
    """
    key = DocumentKind(kind)
    units = addressees(store, key, asked) if key in LETTERS else ()
    if asked.unit is None and units:
        like = tuple(one for unit in units for one in issued.already(store, kind, replace(asked, unit=unit)))
    else:
        like = issued.already(store, kind, asked)
    return ToIssue(key, asked, units, like, free_numbers(store, key, units if asked.unit is None else (), on.year))


def free_numbers(store: Store, kind: DocumentKind, units: tuple[str, ...], year: int) -> tuple[tuple[str, str], ...]:
    """The next free 文号 of a year: of each unit, or one under the empty name where there are no units."""
    return numbering.next_numbers(store, kind, year, units or ("",))


def addressees(store: Store, kind: DocumentKind, asked: Asked) -> tuple[str, ...]:
    """The units that a letter of a kind is written to, in the order of the register.

    Raises NotFoundError (plan, unit), InvalidError (period).
    """
    view = overview(store, asked.plan_key, asked.as_of)
    period = chosen_period(store, view.row.key, asked.period_key, asked.as_of)
    owed, _ = letters.owing(store, view, period, asked.unit)
    if kind is DocumentKind.NOTICE:
        owed = tuple(one for one in owed if one.late and one.unit.kind is not UnitKind.DISCIPLINE_JUSTICE)
    return tuple(one.unit.name for one in owed)
