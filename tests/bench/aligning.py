"""对照上级: suggested answers for two plans of 71 and of 200 measures, and what they grow by."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

IMMEDIATE = 0.1
"""Seconds."""
_ROUNDS = 7
SMALL, LARGE = 71, 200


def immediate_pairs(_folder: Path) -> list[tuple[float, float]]:
    """Seconds of (suggestions for 71 × 71 with their words, what feels immediate)."""
    _suggested(SMALL)
    return [(_suggested(SMALL), IMMEDIATE) for _ in range(_ROUNDS)]


def growth_pairs(_folder: Path) -> list[tuple[float, float]]:
    """Seconds of (200 × 200, 71 × 71 times the pairs it has more)."""
    _suggested(SMALL)
    return [(_suggested(LARGE), _suggested(SMALL) * (LARGE / SMALL) ** 2) for _ in range(_ROUNDS)]


def _suggested(size: int) -> float:
    from core.align.suggest import suggest

    superior, own = _plan(size, "dingxi", "qinzhou", "hongsibu"), _plan(size, "qinzhou", "guxian", "suizhou", "dingxi")
    begin = time.process_time()
    found = suggest(superior, own)
    seconds = time.process_time() - begin
    assert found.suggestions
    return seconds


def _plan(size: int, *keys: str):
    """So many measures of bundled plans, one plan behind the other, around again where they end."""
    from core.office import bundled

    plans = [bundled.load(key) for key in keys]
    measures = [measure for plan in plans for measure in plan.measures]
    chosen = [measures[at % len(measures)] for at in range(size)]
    return replace(plans[0], measures=tuple(replace(measure, no=no) for no, measure in enumerate(chosen, 1)))
