"""操作日志: who changed what, when, from what to what, and why."""

from __future__ import annotations

from typing import Any, NamedTuple


class JournalEntry(NamedTuple):
    """One act. ``before`` and ``after`` hold the changed fields as plain values; ``measure_id`` is a row number."""

    id: int
    at: str
    who: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    hash: str
    measure_id: int | None = None
