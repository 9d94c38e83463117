"""What an act on many obligations left alone, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple


class Skipped(NamedTuple):
    """An obligation that was left alone; measure and unit are unknown of one that is not there."""

    measure: int | None
    unit: str
    why: str


def named(skipped: Sequence[Skipped], measures: Collection[int]) -> tuple[tuple[str, str], ...]:
    """(unit, why) of each; the measure stands before the unit where the act was about several of them."""
    touched = {s.measure for s in skipped if s.measure is not None} | set(measures)
    if len(touched) == 1:
        return tuple((s.unit, s.why) for s in skipped)
    return tuple((f"第{s.measure}项 {s.unit}" if s.measure is not None else s.unit, s.why) for s in skipped)
