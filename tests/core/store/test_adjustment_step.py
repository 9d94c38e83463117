"""A file of the step before gets adjustments without losing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from core.job import Job
from core.office import board, check, files
from core.store import backup, opening
from core.store.migrations import STEPS


def test_an_older_file_is_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    """Plans and measures are there as before; the new columns are empty."""
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(db), stop_before="m0007_adjustment")
        db.execute("INSERT INTO plan VALUES (1, 'p1', 0, '旧方案', NULL, '{\"title\": \"旧方案\"}')")
        db.execute("INSERT INTO measure VALUES (1, 1, 1, '（1）', NULL, NULL, '一。', NULL, NULL, 'table', 0, NULL)")
        db.commit()

    with closing(files.open_ledger(path)) as store:
        assert board.plans(store)[0].measures == 1
        assert store.db.execute("SELECT last_no, merged_into FROM measure").fetchall() == [(None, None)]
        assert check.check(store, Job()) == ()
    assert backup.latest(path) is not None
