"""How far a figure falls short of what is required."""

from __future__ import annotations

import pytest

from core.ledger.targets import short_of
from core.model.plan import Target


@pytest.mark.parametrize(
    ("op", "required", "value", "short"),
    [
        (">=", 60, 45, 15),
        (">=", 60, 60, 0),
        (">=", 60, 61.5, 0),
        (">=", 1, 0.9, 0.1),
        ("=", 100, 99.5, 0.5),
        ("=", 1, 2, 0),
        ("<=", 2, 3, 1),
        ("<=", 2, 2, 0),
        ("<=", 2, 0, 0),
        (None, 3, 1, 2),
        (">=", 60, None, None),
        (">=", None, 45, None),
    ],
)
def test_short_of(op: str | None, required: float | None, value: float | None, short: float | None) -> None:
    """不少于, 不超过 and just a figure; without one of the two there is nothing to say."""
    assert short_of(Target("指标", op=op, value=required), value) == short
