"""How long the searches of hypothesis go on."""

from __future__ import annotations

import os

EXAMPLES = int(os.environ.get("TAIZHANG_EXAMPLES", "25"))
"""Every day 25; `make thorough` 100, `make torture` more."""


def examples(most: int) -> int:
    """Of a search that goes through ``most`` when there is time: a quarter of them every day, but not fewer than ten."""
    return max(min(most, 10), most * EXAMPLES // 100)
