"""Moving a ledger: whole or not at all."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from pathlib import Path

import pytest

from core import paths
from core.errors import Cancelled, LedgerFileError
from core.job import Job
from core.office import attach, backups, board, forms, moving, progress
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)


@pytest.fixture
def obligation(store: Store) -> int:
    """财政局 in measure 1, with a piece of evidence."""
    found = progress.find_obligation(store, None, 1, "财政局").id
    attach.add_pasted(store, found, Q4, "a.pdf", b"x")
    return found


def test_moving_takes_evidence_along(store: Store, obligation: int, tmp_path: Path) -> None:
    """File and folder are at the new place only, and the lock is free at the old one."""
    source = store.path
    target = tmp_path / "U盘" / "新名.db"

    moved = moving.move_ledger(store, target)

    try:
        assert not source.exists()
        assert not paths.evidence_folder(source).exists()
        assert not forms.form(moved, obligation, Q4, DAY).evidence[0].missing
    finally:
        moved.close()


def test_evidence_that_backups_share_takes_no_room_twice(store: Store, obligation: int, tmp_path: Path) -> None:
    """One file under two names stays one."""
    backups.back_up(store, Job())

    moved = moving.move_ledger(store, tmp_path / "U盘" / "古县.db")

    try:
        own, shared = (
            {file.name: file.stat().st_ino for file in folder.glob("??/*")}
            for folder in (paths.evidence_folder(moved.path), backups.folder(moved) / "佐证材料")
        )
        assert own == shared
        assert len(own) == 1
        assert len(backups.backups(moved)) == 1
    finally:
        moved.close()


def test_moving_onto_something_is_refused_and_all_stays(store: Store, tmp_path: Path) -> None:
    """Nothing is overwritten."""
    target = tmp_path / "有.db"
    target.write_text("mine")

    with pytest.raises(LedgerFileError, match="已有"):
        moving.move_ledger(store, target)

    assert target.read_text() == "mine"
    assert board.board(store, None, DAY).figures.total == 38


def test_cancel_and_a_full_disk_take_the_copies_away(
    store: Store, obligation: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left at the new place, nothing is gone at the old one."""
    target = tmp_path / "U盘" / "新.db"
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        moving.move_ledger(store, target, job)
    monkeypatch.setattr(shutil, "copy2", _full)
    with pytest.raises(LedgerFileError, match="磁盘空间已满"):
        moving.move_ledger(store, target)

    assert list(target.parent.iterdir()) == []
    assert not forms.form(store, obligation, Q4, DAY).evidence[0].missing


def test_evidence_that_came_in_meanwhile_moves_too(store: Store, obligation: int, tmp_path: Path) -> None:
    """Between the long copy and the last step the clerk may add a scan."""
    target = tmp_path / "U盘" / "新.db"
    moving.prepare_move(store.path, target, Job())
    attach.add_pasted(store, obligation, Q4, "b.pdf", b"y")

    moved = moving.finish_move(store, target)

    try:
        assert [row.missing for row in forms.form(moved, obligation, Q4, DAY).evidence] == [False, False]
    finally:
        moved.close()


def _full(*_args: object) -> None:
    raise OSError(errno.ENOSPC, "full")
