"""合并单位: two entries of the register that are the same unit become one; nothing that was said of either is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.office.changes import Changes
from core.office.register_effect import GroupEffect, Owed
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Both units have said something of one measure in one period (and part), and not the same.

    ``id`` names it in the choices of ``merge_units``. ``have`` is what the unit that stays said, ``got`` what the
    other one said, under the words of the form.
    """

    id: int
    plan: str
    measure: int
    period_key: str
    period_title: str
    part: str | None
    have: dict[str, Any]
    got: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merge would do.

    ``moved`` obligations go over with all that was said of them; of ``both`` the one of the unit that stays goes on,
    with the stronger role. ``entries``, ``drafts``, ``adjustments``, ``objections`` count what goes over. ``names``
    become aliases. ``groups`` hold the merged unit, as member or exception; ``divisions`` are the measures that name
    it. ``conflicts`` wait for the clerk's choice. ``obligations``: what appears and goes.
    """

    moved: tuple[Owed, ...]
    both: tuple[Owed, ...]
    entries: int
    drafts: int
    adjustments: int
    objections: int
    names: tuple[str, ...]
    groups: tuple[str, ...]
    divisions: tuple[tuple[str, int], ...]
    conflicts: tuple[MergeConflict, ...]
    obligations: GroupEffect


def merge_effect(store: Store, name: str, into: str) -> MergeEffect:
    """What ``merge_units`` would do; nothing is written. Raises as it does, but for conflicts without a choice."""
    raise NotImplementedError


def merge_units(store: Store, name: str, into: str, choices: Mapping[int, str] | None = None) -> Changes:
    """Merge ``name`` into ``into``, whose row stays; the other one's name becomes an alias.

    ``choices``: for each conflict, by its id, the name of the unit whose entry counts; the other entry stays in the
    file as history, with its evidence.

    Raises NotFoundError; InvalidError for a unit with itself, a unit with a collective, one that was merged already,
    one that is a member where the other is an exception, (choices) for a conflict without a choice.
    """
    raise NotImplementedError
