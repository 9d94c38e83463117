"""量化指标: what was reached beside what is required."""

from __future__ import annotations

from core.model.plan import Target

_DIGITS = 6
"""Differences of decimal figures are told without the dust of binary ones."""


def short_of(target: Target, value: float | None) -> float | None:
    """How far a figure falls short of a target: 0 when it is reached, None when there is nothing to compare.

    "=" (每年1次, 公开率100%) is reached by more than is asked, too.
    """
    if target.value is None or value is None:
        return None
    is_limit = target.op is not None and target.op.startswith("<")
    distance = value - target.value if is_limit else target.value - value
    return max(round(distance, _DIGITS), 0.0)
