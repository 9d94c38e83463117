"""What one page asks another to show: figures of 首页 open 任务分解 with just the measures they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.model.ledger import Light, State


@dataclass(frozen=True, slots=True)
class TableFilter:
    """A filtered view of 任务分解; what is empty or None does not filter, what is given holds together.

    ``title`` says in words what is shown where chips and heads cannot (2025年1月到期). ``measures`` are numbers;
    an empty set shows nothing.
    """

    states: frozenset[State] = frozenset()
    lights: frozenset[Light] = frozenset()
    section: int | None = None
    unit: str | None = None
    measures: frozenset[int] | None = None
    title: str = ""
    to_verify: bool = False
