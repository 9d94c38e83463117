"""Whether a file is a sample (示例台账): a setting in the file, asked by the window at every opening."""

from __future__ import annotations

from datetime import date

from core.store import settings
from core.store.database import Store

KEY = "sample_as_of"
"""The setting that marks a sample; its value is the day on which it is looked at."""


def sample_day(store: Store) -> date | None:
    """The day on which a sample is looked at; None for a file of an office."""
    with store.reading() as db:
        found = settings.read(db, (KEY,)).get(KEY)
    return date.fromisoformat(found) if found else None
