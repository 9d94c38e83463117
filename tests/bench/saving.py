"""Saving a form, with its journal entry, against one bare insert with fsync on the same disk."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

ROUNDS = 41


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (a saved form, a bare insert) in turn."""
    from core.model.ledger import EntryState
    from core.office import files, form_value, progress

    ledger = folder / "saving" / "古县.db"
    files.create_ledger(ledger).close()
    with closing(files.open_ledger(ledger)) as store, closing(sqlite3.connect(folder / "bare.db")) as bare:
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        row = progress.find_obligation(store, None, 1, "财政局")
        found = []
        for number in range(ROUNDS):
            value = form_value.FormValue(EntryState.IN_PROGRESS, text=f"第 {number} 次")
            begin = time.perf_counter()
            progress.save(store, row.id, "2024Q4", value)
            middle = time.perf_counter()
            with bare:
                bare.execute("INSERT INTO t (text) VALUES (?)", [value.text])
            found.append((middle - begin, time.perf_counter() - middle))
    return found
