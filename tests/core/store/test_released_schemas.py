"""Every schema that was ever released: opened today, all that was in it is there, and the file is as a fresh one."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from core import paths
from core.errors import LedgerFileError
from core.job import Job
from core.office import board, check, files
from core.store import backup, migrations, schema, seals
from core.store.migrations import STEPS
from core.store.steps import STEP_NAMES
from tests.core.store.schemas.__main__ import FILE, HERE, OTHER, RELEASED, build, text_of

Rows = dict[str, list[dict[str, object]]]
CHANGED = {("progress", "received_on"): "m0008_review filled it from the time of saving"}
"""What a later step wrote into rows that were there."""


def loaded(path: Path, step: str) -> Path:
    """A file of a released schema with what lies beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db:
        build(db, step)
    for content in (FILE, OTHER):
        digest = hashlib.sha256(content).hexdigest()
        beside = paths.evidence_folder(path) / digest[:2] / f"{digest}.pdf"
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
    return path


def content(db: sqlite3.Connection) -> Rows:
    found: Rows = {}
    for table, names in seals.covered(db).items():
        rows = db.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        found[table] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def journal_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT * FROM journal ORDER BY id").fetchall()


def test_every_released_step_has_its_file_and_was_not_edited() -> None:
    """The steps as they are now make exactly the schema that was released then."""
    assert {file.stem for file in HERE.glob("m*.sql")} == set(RELEASED)
    with closing(sqlite3.connect(":memory:")) as now:
        for step, following in zip(RELEASED, (*STEP_NAMES[1:], None), strict=False):
            STEPS.apply(Database(now), stop_before=following)
            with closing(sqlite3.connect(":memory:")) as then:
                build(then, step)
                assert schema.described(then) == schema.described(now), step


@pytest.mark.parametrize("step", RELEASED)
def test_a_released_file_opens_whole(tmp_path: Path, step: str) -> None:
    path = loaded(tmp_path / "旧" / f"{step}.db", step)
    with closing(sqlite3.connect(path)) as db:
        before = content(db)
    log = journal_of(path) if step >= "m0005" else []

    with closing(files.open_ledger(path)) as store:
        assert schema.differences(store.db) == ()
        assert check.check(store, Job()) == ()
        after = content(store.db)
        assert board.plans(store)[0].measures == 2
    for table, rows in before.items():
        for was, now in zip(rows, after[table], strict=False):
            kept = {name: value for name, value in was.items() if (table, name) not in CHANGED or value is not None}
            assert kept.items() <= now.items(), table
        assert len(rows) <= len(after[table]), table
    assert journal_of(path)[: len(log)] == log
    assert (backup.latest(path) is not None) == (step != STEP_NAMES[-1])


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path, read_only: bool) -> None:
    """Neither byte nor time nor anything beside it, however it is opened."""
    path = loaded(tmp_path / "新" / "新.db", RELEASED[-1])
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('taizhang', 'm9000_x', '')"
        )
        db.commit()
    beside = sorted(path.parent.rglob("*"))
    before = path.read_bytes(), path.stat().st_mtime_ns

    with pytest.raises(LedgerFileError, match="更新版本"):
        files.open_ledger(path, read_only=read_only)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(path.parent.rglob("*")) == beside


@pytest.mark.parametrize("at", [RELEASED[5], RELEASED[-1]])
def test_steps_that_were_interrupted_have_not_begun(tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle of many steps: the file is of its old version, and opens the next time."""
    path = loaded(tmp_path / "断" / "断.db", RELEASED[2])
    with closing(sqlite3.connect(path)) as db:
        before, was = content(db), schema.described(db)
    run = migrations._run
    script = iter(range(RELEASED.index(at) - RELEASED.index("m0004_evidence")))

    def faulty(db: Database, text: str) -> None:
        if next(script, None) is None:
            raise sqlite3.OperationalError("disk I/O error")
        run(db, text)

    monkeypatch.setattr(migrations, "_run", faulty)
    with pytest.raises((LedgerFileError, sqlite3.OperationalError)):
        files.open_ledger(path)
    monkeypatch.undo()

    with closing(sqlite3.connect(path)) as db:
        assert (content(db), schema.described(db)) == (before, was)
    with closing(files.open_ledger(path)) as store:
        assert check.check(store, Job()) == ()


def test_the_rows_cover_every_released_table() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        build(db, RELEASED[-1])
        assert [table for table in seals.covered(db) if not db.execute(f'SELECT 1 FROM "{table}"').fetchone()] == []
    assert all("\nINSERT INTO " in text_of(step) for step in RELEASED)
