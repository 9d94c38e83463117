"""考核评分 of the units of a plan on a date, and the table of rules it follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.ledger.scoring import DEFAULTS, ScoreLine, ScoreRule
from core.model.units import UnitKind
from core.office.changes import Changes
from core.store.database import Store

__all__ = ["ScoreLine", "ScoreRule", "UnitScore", "save_score_rules", "score_rules", "scores"]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The score of one unit. ``position`` is its place from 1, shared by equals; None when it is not ranked."""

    unit: str
    kind: UnitKind
    points: float
    lines: tuple[ScoreLine, ...]
    ranked: bool = True
    position: int | None = None
    why_not: str = ""
    """Why it is not ranked, in words."""


def score_rules(store: Store) -> tuple[ScoreRule, ...]:
    """The table of rules of this file, the default ones where none were saved."""
    return DEFAULTS


def save_score_rules(store: Store, rules: Sequence[ScoreRule]) -> Changes:
    """Keep a table of rules."""
    return Changes()


def scores(store: Store, plan_key: str | None, as_of: date, *, period_key: str | None = None) -> tuple[UnitScore, ...]:
    """The scores of all units that owe something, the best first; those that are not ranked come last."""
    return ()
