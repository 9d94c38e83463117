"""What others do to the open file is noticed; what we do ourselves, in whatever thread, is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import LedgerFileError
from core.office import files
from core.store import lock, share
from core.store.database import Store
from core.store.outside import Outside


def write(store: Store, key: str = "a") -> None:
    with store.transaction() as db:
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, '1')", [key])


def looked(store: Store) -> list[Outside]:
    """What a few looks tell."""
    return [found for _ in range(4) if (found := store.look_outside()) is not None]


def by_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE measure SET note = 'x' WHERE no = 1")
        db.commit()


def test_what_another_program_writes_is_told_once(store: Store) -> None:
    by_another_program(store.path)
    assert looked(store) == [Outside.WRITTEN]
    write(store)
    assert looked(store) == []


def test_also_before_and_after_our_own_writing(store: Store) -> None:
    write(store)
    by_another_program(store.path)
    write(store)
    assert looked(store) == [Outside.WRITTEN]


def test_our_own_writing_is_not_told(store: Store) -> None:
    """In two threads, with savepoints, rolled back, without any change."""

    def work() -> None:
        with closing(store.worker()) as own:
            for at in range(20):
                write(own, f"w{at}")

    thread = threading.Thread(target=work)
    thread.start()
    for at in range(20):
        write(store, f"m{at}")
    thread.join()
    with store.transaction() as db, store.transaction():
        db.execute("DELETE FROM setting WHERE key LIKE 'm%'")
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as db:
        db.execute("INSERT INTO setting SELECT 'x' || key, '' FROM setting").execute(
            "INSERT INTO setting VALUES ('w1', '')"
        )
    with store.transaction() as db:
        db.execute("UPDATE setting SET value = '' WHERE key = 'nobody'")
    with store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('z', '')")
        db.execute("DELETE FROM setting WHERE key = 'z'")
    assert looked(store) == []


def test_a_window_that_reads_hears_of_the_one_that_writes(store: Store) -> None:
    with closing(files.open_ledger(store.path, read_only=True)) as reader:
        write(store)
        assert looked(reader) == [Outside.WRITTEN]
    assert looked(store) == []


@pytest.mark.skipif(os.name == "nt", reason="an open file stays where it is there")
@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda path: path.rename(path.with_name("别处.db")), Outside.GONE),
        (
            lambda path: (shutil.copy(path, path.with_suffix(".new")), path.with_suffix(".new").replace(path)),
            Outside.REPLACED,
        ),
    ],
)
def test_a_file_that_is_another_one_now_is_not_written(
    store: Store, harm: Callable[[Path], object], what: Outside
) -> None:
    """Neither into the one that is gone, nor by a worker into the one that came."""
    with closing(store.worker()) as own:
        harm(store.path)
        before = store.path.read_bytes() if store.path.exists() else None
        assert store.look_outside() is what
        for connection in (store, own):
            with pytest.raises(LedgerFileError, match="没有保存") as caught:
                write(connection)
            assert caught.value.hint
    assert (store.path.read_bytes() if store.path.exists() else None) == before


def test_looking_gives_up_no_lock(store: Store) -> None:
    """Closing another handle of the file would: a transaction of ours would no longer keep others out."""
    with store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('a', '')")
        store.look_outside()
        with (
            closing(sqlite3.connect(store.path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="lock"),
        ):
            other.execute("DELETE FROM setting")


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [
        ("/home/a/古县.db", False),
        ("/mnt/share/古县.db", True),
        ("/mnt/share/local/古县.db", False),
        ("/mnt/my disk/古县.db", True),
        ("/run/user/1000/gvfs/smb-share/古县.db", True),
        ("/mnt/sharex/古县.db", False),
    ],
)
def test_a_share_is_known_by_its_mount(path: str, is_remote: bool) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//server/x /mnt/share cifs rw 0 0\n/dev/sdb1 /mnt/share/local ext4 rw 0 0\n"
        "server:/a /mnt/my\\040disk nfs4 rw 0 0\ngvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0\n"
    )
    assert share.is_remote_mount(Path(path), mounts) is is_remote


def test_a_path_of_a_server_is_a_share() -> None:
    assert share._is_unc(r"\\server\台账\古县.db")
    assert share._is_unc(r"\\?\UNC\server\台账\古县.db")
    assert not share._is_unc(r"D:\台账\古县.db")
    assert not share._is_unc(r"\\?\D:\台账\古县.db")


def test_a_place_without_locks_is_said_and_can_be_read(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> bool:
        raise OSError(lock.errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock, "_take", refuse)
    with pytest.raises(LedgerFileError, match="同时修改") as caught:
        files.open_ledger(ledger)
    assert not isinstance(caught.value, lock.LockedError)
    files.open_ledger(ledger, read_only=True).close()
