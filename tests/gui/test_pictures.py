"""The command that takes the pictures of the README keeps working as the program changes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from core.office import board, files

TAKE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "take.py"


def test_the_sample_ledger_shows_every_state(tmp_path: Path) -> None:
    """Done, done late, in progress, overdue, with evidence: what the pictures are to show."""
    spec = importlib.util.spec_from_file_location("take", TAKE)
    assert spec is not None
    assert spec.loader is not None
    take = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(take)
    ledger = tmp_path / "古县.db"

    take._sample(ledger)

    store = files.open_ledger(ledger, read_only=True)
    view = board.board(store, None, take.AS_OF)
    store.close()
    assert all(view.figures.plain()[key] for key in ("done", "done_late", "in_progress", "overdue", "not_started"))
    assert sum(row.evidence for row in view.rows)
