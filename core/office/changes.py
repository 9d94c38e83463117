"""What a write changed, so that pages reload only that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of measures, rows of obligations; ``units``: the register; ``plan``: the plan's own text."""

    measures: frozenset[int] = frozenset()
    obligations: frozenset[int] = frozenset()
    units: bool = False
    plan: bool = False
