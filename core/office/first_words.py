"""Several findings in one line: the first, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence


def first_of(findings: Sequence[str], counted: str = "处") -> str:
    """通知不见了等 3 处; the one alone; nothing of none."""
    if len(findings) < 2:
        return "".join(findings)
    return f"{findings[0]}等 {len(findings)} {counted}"
