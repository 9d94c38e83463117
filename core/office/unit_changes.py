"""单位: entered, changed, renamed; a unit leaves the register and comes back. History stays with its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.model.units import UnitKind
from core.office.changes import Changes
from core.office.register_effect import GroupEffect
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


def unit_effect(store: Store, name: str | None, value: UnitValue) -> GroupEffect:
    """What ``save_unit`` would do to obligations; nothing is written. Raises as ``save_unit`` does."""
    raise NotImplementedError


def save_unit(store: Store, name: str | None, value: UnitValue) -> Changes:
    """Enter a unit (``name`` None) or change one; a changed name stays as an alias, so that old papers find it.

    A unit that was 待核对 is verified by it. Nothing is written when nothing changes.

    Raises NotFoundError for an unknown unit; InvalidError (name, full_name, aliases) for an empty name and for one
    that another unit is called by, naming it; (kind, phone, mail).
    """
    raise NotImplementedError


def confirm_units(store: Store, names: Sequence[str]) -> Changes:
    """Say of units that a plan brought along that they are what their name says: no longer 待核对.

    Raises NotFoundError for an unknown unit.
    """
    raise NotImplementedError


def leave_effect(store: Store, name: str) -> GroupEffect:
    """What ``leave_unit`` would do; nothing is written. Raises NotFoundError."""
    raise NotImplementedError


def leave_unit(store: Store, name: str, on: date, reason: str) -> Changes:
    """A unit, or a collective, leaves: it owes nothing any more, its history and its memberships stay.

    Raises NotFoundError; InvalidError (reason) without one, (on) for a day to come and for one that has left.
    """
    raise NotImplementedError


def return_effect(store: Store, name: str) -> GroupEffect:
    """What ``return_unit`` would do; nothing is written. Raises NotFoundError."""
    raise NotImplementedError


def return_unit(store: Store, name: str) -> Changes:
    """A unit that left comes back with its history.

    Raises NotFoundError; InvalidError for one that has not left or that was merged.
    """
    raise NotImplementedError
