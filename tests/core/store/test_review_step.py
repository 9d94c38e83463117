"""Entries of a file of the step before get the day they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from core.model.ledger import Review
from core.office import files
from core.store import opening, progress
from core.store.migrations import STEPS

ROWS = """
INSERT INTO plan VALUES (1, 'p1', 0, '旧方案', NULL, '{"title": "旧方案"}');
INSERT INTO measure (id, plan_id, no, label, text, source, to_verify) VALUES (1, 1, 1, '（1）', '一。', 'table', 0);
INSERT INTO unit (id, name, kind, is_group, incomplete, to_verify, position) VALUES (1, '财政局', '部门', 0, 0, 0, 0);
INSERT INTO obligation (id, measure_id, unit_id, role, is_group, via, position, active)
    VALUES (1, 1, 1, 'lead', 0, '[]', 0, 1);
INSERT INTO period (id, key, title, first_day, last_day, cut_off)
    VALUES (1, '2024Q4', '2024年第四季度', '2024-10-01', '2024-12-31', '2024-12-31');
INSERT INTO progress (obligation_id, period_id, part, state, text, problems, next_steps, reason, review, saved_at)
    VALUES (1, 1, '', '推进中', '在办。', '', '', '', '待审', '2024-12-20T09:30:00+08:00');
"""


def test_entries_of_an_older_file_came_on_the_day_they_were_saved(tmp_path: Path) -> None:
    """Nothing else is known of them; they wait for review as before."""
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(db), stop_before="m0008_review")
        db.executescript(ROWS)
        db.commit()

    with closing(files.open_ledger(path)) as store:
        (row,) = progress.of_obligation(store.db, 1)
    assert (row.received_on, row.came_by, row.said_by) == (date(2024, 12, 20), "填报", "")
    assert (row.review, row.reviewed_at, row.times_returned) == (Review.PENDING, None, 0)
