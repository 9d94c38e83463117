"""What a write changed, so that pages reload only that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of measures, rows of obligations; ``units``: the register; ``plan``: the plan's own text.

    ``periods``: the periods to choose from or a setting of the ledger; everything computed may be another.
    """

    measures: frozenset[int] = frozenset()
    obligations: frozenset[int] = frozenset()
    units: bool = False
    plan: bool = False
    periods: bool = False
