"""How much of what came back waits for somebody: asked after every write, so it loads next to nothing."""

from __future__ import annotations

from core.store import received
from core.store.database import Store


def how_many(store: Store) -> int:
    """Files that are kept and were not looked at, or not placed."""
    with store.reading() as db:
        return len(received.unsettled(db))
