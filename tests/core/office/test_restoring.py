"""Restoring over the open ledger: compared first, the present file kept, nothing lost at any moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import paths
from core.errors import Cancelled, LedgerFileError
from core.job import Job
from core.office import attach, backups, check, files, hand_over, progress, restoring, safekeeping
from core.store import backup, replacing
from core.store.database import Store
from core.store.lock import LockedError

Q4 = "2024Q4"


@pytest.fixture
def made(store: Store) -> Path:
    """A backup with one piece of evidence; afterwards one more comes in."""
    key = progress.find_obligation(store, None, 4, "财政局").id
    attach.add_pasted(store, key, Q4, "早.pdf", b"early")
    path = backups.back_up(store, Job()).path
    attach.add_pasted(store, key, Q4, "晚.pdf", b"late")
    return path


def evidence_of(store: Store) -> list[str]:
    return [name for (name,) in store.db.execute("SELECT name FROM evidence ORDER BY id")]


def restored(prepared: restoring.Prepared) -> tuple[Store, Path]:
    ready = restoring.make_room(prepared, Job())
    assert ready.problems == ()
    restoring.swap(ready)
    return files.open_ledger(prepared.ledger), ready.kept


def test_the_two_are_compared_before_anything_happens(store: Store, made: Path) -> None:
    prepared = restoring.prepare(made, store.path, Job())
    found = prepared.comparison

    assert {row.label: (row.now, row.then) for row in found.rows}["佐证材料"] == (2, 1)
    assert found.lost == 1
    assert found.latest == ("加入佐证材料（第4项 财政局，2024年第四季度）",)
    assert evidence_of(store) == ["早.pdf", "晚.pdf"]
    restoring.discard(prepared)
    assert not list(store.path.parent.glob(".taizhang-*"))


def test_the_present_file_is_kept_with_its_evidence(store: Store, made: Path) -> None:
    prepared = restoring.prepare(made, store.path, Job())
    before = store.path.read_bytes()
    store.close()
    now, kept = restored(prepared)

    with closing(now):
        assert evidence_of(now) == ["早.pdf"]
        assert check.check(now, Job()) == ()
        entry = now.db.execute("SELECT action, after FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        assert entry[0] == "从备份恢复"
        assert kept.name in entry[1]
        listed = {one.path: one for one in backups.backups(now)}
        assert listed[kept].kind == "恢复前"
        assert not listed[kept].is_tried
    assert kept.read_bytes() == before
    with closing(files.open_ledger(kept, read_only=True)) as old:
        assert evidence_of(old) == ["早.pdf", "晚.pdf"]
        assert check.check(old, Job()) == ()
    assert not list(now.path.parent.glob(".taizhang-*"))


def test_and_back_again(store: Store, made: Path) -> None:
    """What a restored file took the place of can take its place in turn: then nothing is lost but the note."""
    prepared = restoring.prepare(made, store.path, Job())
    store.close()
    now, kept = restored(prepared)
    again = restoring.prepare(kept, now.path, Job())
    assert again.comparison.lost is None  # both went on from the backup, each its own way
    now.close()
    back, _ = restored(again)
    with closing(back):
        assert evidence_of(back) == ["早.pdf", "晚.pdf"]
        assert check.check(back, Job()) == ()


def test_a_package_that_goes_on_where_the_ledger_ends_is_newer(store: Store, made: Path, tmp_path: Path) -> None:
    hand_over.pack(store, tmp_path / "p.zip", Job(), version="1")
    prepared = restoring.prepare(made, store.path, Job())
    store.close()
    replacing.exchange(prepared.ledger, prepared.part, tmp_path / "alt.db")
    later = restoring.prepare(tmp_path / "p.zip", store.path, Job())
    assert (later.comparison.is_newer, later.comparison.lost) == (True, 0)
    now, _ = restored(later)
    with closing(now):
        assert check.check(now, Job()) == ()
        assert evidence_of(now) == ["早.pdf", "晚.pdf"]


def test_a_ledger_that_cannot_be_opened_any_more_is_restored_and_kept_as_it_is(store: Store, made: Path) -> None:
    path = store.path
    store.close()
    data = bytearray(path.read_bytes())
    data[100:9000] = b"\xa5" * 8900
    path.write_bytes(data)
    prepared = restoring.prepare(made, path, Job())
    assert {row.now for row in prepared.comparison.rows} == {None}
    now, kept = restored(prepared)
    with closing(now):
        assert evidence_of(now) == ["早.pdf"]
        assert check.check(now, Job()) == ()
    assert kept.read_bytes() == data


def test_while_another_window_has_it_nothing_changes(store: Store, made: Path) -> None:
    prepared = restoring.prepare(made, store.path, Job())
    before = store.path.read_bytes()
    ready = restoring.make_room(prepared, Job())
    with pytest.raises(LockedError):
        restoring.swap(ready)
    assert store.path.read_bytes() == before
    assert not [one for one in backups.backups(store) if one.kind == "恢复前"]


def test_what_is_no_backup_and_a_cancel_leave_nothing(store: Store, made: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no backup")
    with pytest.raises(LedgerFileError):
        restoring.prepare(tmp_path / "x.db", store.path, Job())
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        restoring.prepare(made, store.path, job)
    assert not list(store.path.parent.glob(".taizhang-*"))


def test_the_journal_of_a_file_that_is_gone_is_not_rolled_into_the_one_that_comes(
    store: Store, made: Path, tmp_path: Path
) -> None:
    """A hot journal left under the name of the ledger would overwrite pages of the restored one."""
    path = store.path
    journal = hot_journal(store, tmp_path)
    store.close()
    path.unlink()
    left = backup.leftovers(path)[0]
    left.write_bytes(journal)
    safekeeping.restore(made, path, Job())
    with closing(files.open_ledger(path)) as now:
        assert check.check(now, Job()) == ()
        assert evidence_of(now) == ["早.pdf"]
    assert not left.exists()
    assert paths.evidence_folder(path).is_dir()


def test_a_copy_taken_in_the_middle_of_a_save_is_restored_as_it_was_before(
    store: Store, made: Path, tmp_path: Path
) -> None:
    """File and journal copied to a stick while the window was writing; the copy itself is not touched."""
    left = hot_journal(store, tmp_path)
    copy = tmp_path / "killed.db"
    backup.leftovers(copy)[0].write_bytes(left)
    before = copy.read_bytes()
    made_anew = safekeeping.restore(copy, tmp_path / "新.db", Job())
    with closing(files.open_ledger(made_anew.path)) as now:
        found = [text for (text,) in now.db.execute("SELECT text FROM measure WHERE no > 0 ORDER BY no")]
        assert found == [text for (text,) in store.db.execute("SELECT text FROM measure WHERE no > 0 ORDER BY no")]
    assert copy.read_bytes() == before


def hot_journal(store: Store, folder: Path) -> bytes:
    """The journal of a writer that was killed in the middle."""
    copy = folder / "killed.db"
    copy.write_bytes(store.path.read_bytes())
    with closing(sqlite3.connect(copy)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE measure SET text = text || 'x'")
        db.execute("UPDATE setting SET value = value || 'x'")
        db.execute("SELECT count(*) FROM plan").fetchone()
        journal = backup.leftovers(copy)[0].read_bytes()
        half_written = copy.read_bytes()
    copy.write_bytes(half_written)
    return journal
