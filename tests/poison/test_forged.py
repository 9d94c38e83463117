"""A ledger that a stranger forged: its rows and its own programs lead nowhere outside, restored, packed or used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import paths
from core.errors import KnownError, LedgerFileError
from core.job import Job
from core.office import attach, check, evidence, files, hand_over, progress, safekeeping, submit
from core.store import evidence_files

OUTSIDE = "../../../逃逸"


@pytest.fixture
def forged(ledger: Path, tmp_path: Path) -> Path:
    """Evidence whose hash, name and ending lead outside; a package sent upward that does."""
    with closing(files.open_ledger(ledger)) as store:
        key = progress.find_obligation(store, None, 4, "财政局").id
        source = tmp_path / "a.pdf"
        source.write_bytes(b"content")
        attach.add_evidence(store, key, "2024Q4", [source], Job())
    with closing(sqlite3.connect(ledger)) as db:
        db.execute("UPDATE evidence SET sha256 = ?, name = ?", [OUTSIDE, f"{OUTSIDE}.p:\\df"])
        db.execute(
            "INSERT INTO submission (plan_id, period_id, made_at, as_of, name, manifest, sent_by) SELECT 1, id, '2025-01-01T00:00:00',"
            " '2025-01-01', ?, json_object('files', json_array(json_object('path', ?, 'sha256', ?, 'size', 3, 'kind', 'x'))), '' FROM period LIMIT 1",
            [OUTSIDE, f"{OUTSIDE}.txt", OUTSIDE],
        )
        db.commit()
    return ledger


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "逃逸" in path.name}


def test_its_rows_lead_nowhere_outside(forged: Path, tmp_path: Path) -> None:
    (tmp_path.parent / "逃逸").write_text("secret")
    with closing(files.open_ledger(forged)) as store:
        (row,) = evidence.evidence_rows(store, [1])
        assert row.missing
        assert paths.evidence_folder(forged) in row.path.parents
        assert any("不见了" in one for one in check.check(store, Job()))
        packed = hand_over.pack(store, tmp_path / "p.zip", Job(), version="1")
        with pytest.raises(KnownError):
            submit.put_on_stick(store, 1, tmp_path / "stick" / "a" / "b", Job())
    assert packed.problems
    back = safekeeping.restore(tmp_path / "p.zip", tmp_path / "x" / "y" / "z" / "新.db", Job())
    assert back.problems
    (tmp_path.parent / "逃逸").unlink()
    assert {path.relative_to(tmp_path).as_posix() for path in everything(tmp_path)} <= {"stick/a/b/逃逸"}


def test_no_hash_and_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for digest in (OUTSIDE, "*", "/etc/passwd", "..", "", "ab\0", "A" * 64):
        for name in ("x.pdf", "x./../y", "x.p:q", "x.*", "\0.a\0"):
            found = evidence_files.place_in(folder, digest, name)
            assert found.parent.parent == folder
            assert not set("*:?\\\0") & set(found.name)


@pytest.mark.parametrize(
    "program", ["TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM progress; END", "VIEW v AS SELECT 1"]
)
def test_a_file_with_programs_of_its_own_is_not_restored(ledger: Path, tmp_path: Path, program: str) -> None:
    with closing(sqlite3.connect(ledger)) as db:
        db.execute(f"CREATE {program}")
    with pytest.raises(LedgerFileError, match="不是本程序写的"):
        safekeeping.restore(ledger, tmp_path / "新.db", Job())
    assert not (tmp_path / "新.db").exists()
    with closing(files.open_ledger(ledger)) as store:
        assert any("结构被改动过" in one for one in check.check(store, Job()))
