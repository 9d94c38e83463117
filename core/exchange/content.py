"""What a returned sheet says, however it was saved and its rows were sorted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache

from core.exchange.returned import ReturnedSheet
from core.model.plan import Severity

_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def content_mark(sheet: ReturnedSheet) -> str:
    """The digest of what a sheet says, however it was saved and its rows were sorted."""
    rows = [
        [
            row.obligation_id,
            row.part or "",
            row.state,
            row.done_on.isoformat() if row.done_on else "",
            *(normal(text) for text in (row.progress, row.problems, row.next_steps, row.reason)),
            list(row.targets),
            sorted(row.evidence),
            row.has_error,
        ]
        for row in sheet.rows
    ]
    who = sheet.identity
    errors = sorted(p.found for p in sheet.problems if p.severity is Severity.ERROR)
    plain = [who.plan_key, who.period_key, who.unit, sorted(rows, key=_place), sorted(sheet.seen), errors]
    return hashlib.sha256(_PLAIN.encode(plain).encode()).hexdigest()


def _place(row: Sequence[object]) -> str:
    """As the whole row is written: no two have the same obligation and part, so its beginning decides."""
    return f"[{row[0]!r}, {row[1]!r}, "


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A text as it is compared: line ends and blanks at line ends are the program's, not the unit's."""
    if text.isprintable():
        return text.strip()
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
