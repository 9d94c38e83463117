"""A file of an older version on the command line: read as it would be after an update, and left as it is."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from core import cli
from core.errors import LedgerFileError
from core.office import files, overview, upward
from core.store import backup, opening
from core.store.migrations import STEPS

ROWS = """
INSERT INTO setting VALUES ('file_id', 'ab12');
INSERT INTO plan VALUES (1, 'p1', 0, '旧方案', '2024-03-01',
    '{"title": "旧方案", "required_reports": [{"what": "终期总结", "due": "2025-12-31"}]}');
INSERT INTO measure (id, plan_id, no, label, text, source, to_verify) VALUES (1, 1, 1, '（1）', '一。', 'table', 0);
INSERT INTO unit (id, name, kind, is_group, incomplete, to_verify, position) VALUES (1, '财政局', '部门', 0, 0, 0, 0);
INSERT INTO obligation (id, measure_id, unit_id, role, is_group, via, position, active)
    VALUES (1, 1, 1, 'lead', 0, '[]', 0, 1);
INSERT INTO period (id, key, title, first_day, last_day, cut_off)
    VALUES (1, '2024Q4', '2024年第四季度', '2024-10-01', '2024-12-31', '2024-12-31');
INSERT INTO progress (obligation_id, period_id, part, state, text, problems, next_steps, reason, review, saved_at)
    VALUES (1, 1, '', '推进中', '在办。', '', '', '', '待审', '2024-12-20T09:30:00+08:00');
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A ledger of the first seven steps with one entry."""
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(db), stop_before="m0008_review")
        db.executescript(ROWS)
        db.commit()
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["status"], "旧方案"),
        (["status", "--json", "--as-of", "2025-01-10"], '"in_progress"'),
        (["units"], "财政局"),
        (["check"], ""),
        (["export", "report", "--period", "2024Q4", "--format", "docx", "-o", "a.docx", "--as-of", "2025-01-10"], ""),
    ],
)
def test_an_older_file_is_read_and_left_as_it_is(
    argv: list[str],
    words: str,
    older: Path,
    temporary: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No backup, no lock, no byte changed; the copy is gone afterwards."""
    monkeypatch.chdir(older.parent)
    before = older.read_bytes()

    code = cli.main([argv[0], str(older), *argv[1:]])

    told = capsys.readouterr()
    assert code == 0, told.err
    assert words in told.out
    assert older.read_bytes() == before
    assert not backup.folder(older).exists()
    assert not list(temporary.iterdir())


def test_a_second_connection_reads_the_same_copy(older: Path, temporary: Path) -> None:
    """As the window has them for its workers; nothing is written, and closing takes the copy away."""
    with closing(files.open_ledger(older, read_only=True)) as store:
        with closing(store.worker(read_only=True)) as own:
            assert [report.what for report in upward.upward_reports(own, "p1")] == ["终期总结"]
            assert len(overview.overview(own, None, date(2025, 1, 10)).obligations) == 1
        assert store.path == older
        with pytest.raises(LedgerFileError, match="只读"), store.transaction():
            pass
        assert list(temporary.iterdir())

    assert not list(temporary.iterdir())


def test_an_older_file_that_cannot_be_brought_up_leaves_no_copy(
    older: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_db: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("broken")

    monkeypatch.setattr(opening, "_apply_steps", broken)
    with pytest.raises(sqlite3.DatabaseError):
        files.open_ledger(older, read_only=True)

    assert not list(temporary.iterdir())
