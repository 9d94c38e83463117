"""The ledger file: what is refused, with which sentence, and that nothing of the user is touched."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from core.errors import LedgerFileError
from core.job import Job
from core.office import files, status
from core.store import backup, database, faults, opening
from core.store.lock import LockedError, user_name
from core.store.migrations import STEPS
from core.store.steps import STEP_NAMES

ROOT = Path(__file__).resolve().parents[3]


def _refused(path: Path, *words: str) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerFileError) as caught:
        files.open_ledger(path).close()
    for word in words:
        assert word in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_a_new_file_is_ours_strict_and_fully_synced(ledger: Path) -> None:
    """Application id, rollback journal, FULL sync, foreign keys and STRICT tables."""
    with closing(files.open_ledger(ledger)) as store:
        pragma = {
            name: store.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "journal_mode", "synchronous", "foreign_keys")
        }
        tables = store.db.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        ).fetchall()

    assert pragma == {
        "application_id": opening.APPLICATION_ID,
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
    }
    assert {name for (name,) in tables} <= {"_sqlite_migrations", "sqlite_schema", "sqlite_sequence"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A text file renamed to .db stays as it was."""
    path = tmp_path / "乱.db"
    path.write_text("这不是数据库" * 50, encoding="utf-8")

    _refused(path, "不是台账文件")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """SQLite, but not ours."""
    path = tmp_path / "别的.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")
        db.commit()

    _refused(path, "不是台账文件")


def test_an_empty_file_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """Each has its own sentence."""
    empty = tmp_path / "空.db"
    empty.touch()
    folder = tmp_path / "夹.db"
    folder.mkdir()

    _refused(empty, "0 字节")
    _refused(folder, "文件夹")
    _refused(tmp_path / "无.db", "找不到")


def test_a_file_of_a_newer_version_is_refused_untouched(ledger: Path) -> None:
    """A step this version does not know means a newer program."""
    with closing(sqlite3.connect(ledger)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('taizhang', 'm9999_future', '')"
        )
        db.commit()

    _refused(ledger, "更新版本", "没有改动")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_file_is_told(ledger: Path, read_only: bool) -> None:
    """Pages overwritten with rubbish: a sentence at opening or at the check, never a traceback."""
    data = bytearray(ledger.read_bytes())
    data[100:8192] = b"\xa5" * (8192 - 100)
    ledger.write_bytes(data)

    with pytest.raises(LedgerFileError, match=r"损坏|不是台账文件"):
        files.open_ledger(ledger, read_only=read_only).close()


def test_a_truncated_file_is_told(ledger: Path) -> None:
    """Half a file, as a broken copy leaves it."""
    data = ledger.read_bytes()
    ledger.write_bytes(data[: len(data) // 2])

    with pytest.raises(LedgerFileError, match="损坏"), closing(files.open_ledger(ledger)) as store:
        backup.check_sound(store.db, ledger)


def test_a_second_writer_is_refused_with_the_holders_name_and_may_read(store: database.Store) -> None:
    """One writer; the next one hears who and since when, and can open for reading."""
    with pytest.raises(LockedError) as caught:
        files.open_ledger(store.path)

    assert caught.value.holder is not None
    assert user_name() in str(caught.value)
    with closing(files.open_ledger(store.path, read_only=True)) as reader:
        assert reader.read_only
        with pytest.raises(LedgerFileError, match="只读"), reader.transaction():
            pass


def test_closing_gives_the_lock_back_and_leaves_nothing(ledger: Path) -> None:
    """Only the ledger file remains beside itself."""
    files.open_ledger(ledger).close()
    files.open_ledger(ledger).close()

    assert [file.name for file in ledger.parent.iterdir()] == ["古县.db"]


def test_the_lock_dies_with_its_process(ledger: Path) -> None:
    """A killed window does not lock the office out, and the file is whole."""
    code = (
        "import sys, time; from pathlib import Path; from core.office import files\n"
        "store = files.open_ledger(Path(sys.argv[1])); store.db.execute('BEGIN')\n"
        "store.db.execute(\"INSERT INTO setting VALUES ('half', 'x')\"); print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(ledger)], stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"ready\n"
        with pytest.raises(LockedError):
            files.open_ledger(ledger)
        child.send_signal(signal.SIGKILL)
        child.wait()
    deadline = time.monotonic() + 5
    while True:
        try:
            reopened = files.open_ledger(ledger)
            break
        except LockedError:
            assert time.monotonic() < deadline
    with closing(reopened) as store:
        assert backup.problems(store.db) == ()
        assert store.db.execute("SELECT count(*) FROM setting WHERE key = 'half'").fetchone() == (0,)


@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder"])
def test_a_read_only_place_is_told(ledger_of_an_ordinary_user: Path, is_folder: bool) -> None:
    """A file or a folder that may not be written, for an ordinary user."""
    place = ledger_of_an_ordinary_user
    (place.parent if is_folder else place).chmod(0o555 if is_folder else 0o444)

    with pytest.raises(LedgerFileError, match="权限"):
        files.open_ledger(place)
    with closing(files.open_ledger(place, read_only=True)) as store:
        assert store.read_only


def test_creating_never_overwrites(ledger: Path) -> None:
    """An existing file is refused and stays."""
    before = ledger.read_bytes()

    with pytest.raises(LedgerFileError, match="已存在"):
        files.create_ledger(ledger)

    assert ledger.read_bytes() == before


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    """The file appears only when it is whole."""
    path = tmp_path / "新.db"

    def fail(_db: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(LedgerFileError, match="磁盘空间已满"):
        opening.create_file(path, fail)

    assert list(tmp_path.iterdir()) in ([], [tmp_path / "home"])


def test_a_full_disk_is_told_and_what_was_there_stays(store: database.Store) -> None:
    """SQLite's own limit on pages stands for the full disk: sentence, rollback, file sound."""
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(LedgerFileError, match="磁盘空间已满"), store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('big', ?)", ["x" * 1_000_000])

    store.db.execute("PRAGMA max_page_count = 1000000")
    assert store.db.execute("SELECT count(*) FROM setting WHERE key = 'big'").fetchone() == (0,)
    assert backup.problems(store.db) == ()


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO, errno.ENAMETOOLONG]
)
def test_every_fault_of_the_file_system_has_a_sentence(number: int) -> None:
    """Each known number gives message and next step."""
    error = faults.from_os(OSError(number, os.strerror(number)), Path("x.db"))

    assert error.message.endswith("。")
    assert error.hint.endswith("。")


def test_pending_steps_run_after_a_backup_and_equal_a_fresh_file(tmp_path: Path) -> None:
    """A file with the first two steps only is checked, backed up and brought up to date."""
    old = tmp_path / "旧.db"
    with closing(sqlite3.connect(old)) as conn:
        conn.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(conn), stop_before="m0003_progress")
    fresh = tmp_path / "新.db"
    files.create_ledger(fresh, "blank").close()

    files.open_ledger(old).close()

    assert _schema(old) == _schema(fresh)
    assert len(list(backup.folder(old).glob("*.db"))) == 1


def test_the_known_names_are_those_of_the_steps() -> None:
    """The short list that a start reads says what migrations.py registers."""
    assert tuple(step.name for step in STEPS._migrations) == STEP_NAMES


def test_a_failing_step_rolls_back_and_keeps_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is deleted or made anew when a migration breaks."""
    path = tmp_path / "台.db"
    files.create_ledger(path, "blank").close()
    before = _schema(path)

    def m9999_broken(db: Database) -> None:
        db.execute("CREATE TABLE half (x)")
        raise RuntimeError("broken")

    monkeypatch.setattr(opening, "STEP_NAMES", (*STEP_NAMES, "m9999_broken"))
    monkeypatch.setattr(STEPS, "_migrations", [*STEPS._migrations, STEPS._Migration("m9999_broken", m9999_broken)])
    with pytest.raises(RuntimeError, match="broken"):
        files.open_ledger(path)
    monkeypatch.undo()

    assert _schema(path) == before
    files.open_ledger(path).close()


def test_backups_are_whole_files_and_the_oldest_go_first(store: database.Store) -> None:
    """Each backup opens by itself; what is kept is the rule of rotation."""
    place = backup.folder(store.path)
    place.mkdir()
    for number in range(20):
        (place / f"古县 2020-01-{number + 1:02} 000000.db").touch()
    (place / "1-2.part").write_bytes(b"half a copy of a process that was killed")

    made = backup.make(store.db, store.path)

    names = sorted(file.name for file in place.iterdir())
    assert names[:3] == ["古县 2020-01-05 000000.db", "古县 2020-01-12 000000.db", "古县 2020-01-13 000000.db"]
    assert len(names) == 11
    assert names[-1] == made.name
    with closing(files.open_ledger(made, read_only=True)) as copy:
        assert copy.db.execute("SELECT count(*) FROM measure").fetchone() == (38,)
    assert backup.latest(store.path) is not None


def test_the_journal_refuses_changes_and_shows_tampering(store: database.Store) -> None:
    """Rows cannot be changed through the file; past the triggers the chain tells."""
    from core.store import journal

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute("UPDATE journal SET who = 'x'")
    assert list(journal.broken(store.db)) == []

    store.db.execute("DROP TRIGGER journal_keeps_text")
    store.db.execute("UPDATE journal SET who = 'x' WHERE id = 1")

    assert list(journal.broken(store.db)) == ["操作日志第 1 条被改动过"]


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_leads_to_the_file_itself(ledger: Path, tmp_path: Path) -> None:
    """One lock and one evidence folder, whatever name the file was opened under."""
    link = tmp_path / "快捷.db"
    link.symlink_to(ledger)
    with closing(files.open_ledger(link)) as store:
        assert store.path == ledger.resolve()
        with pytest.raises(LockedError):
            files.open_ledger(ledger)
    with closing(files.open_ledger(ledger)), pytest.raises(LockedError):
        files.open_ledger(link)


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_pipe_is_no_ledger(tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    pipe = tmp_path / "管道.db"
    os.mkfifo(pipe)
    with pytest.raises(LedgerFileError, match="不是台账文件"):
        files.open_ledger(pipe)


def test_a_text_that_is_none_any_more_is_damage(ledger: Path) -> None:
    """Bytes that are no UTF-8: SQLite gives them out, Python cannot read them."""
    with closing(sqlite3.connect(ledger)) as db:
        db.execute("UPDATE measure SET text = CAST(x'E58FFFFE' AS TEXT) WHERE no = 1")
        db.commit()
    with closing(files.open_ledger(ledger, read_only=True)) as store, pytest.raises(LedgerFileError, match="已损坏"):
        status.plan_status(store, None, date(2025, 1, 1))


def test_a_backup_that_fails_leaves_nothing_and_says_so(store: database.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: no half copy fills it further; the clerk is told that it is the backup that failed."""

    def full(_db: sqlite3.Connection, target: Path, _job: Job) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backup, "copy_to", full)
    with pytest.raises(LedgerFileError, match="没有备份：磁盘空间已满。台账可以继续使用"):
        files.look_after(store, Job())

    assert list(backup.folder(store.path).iterdir()) == []


def test_backups_of_a_name_with_brackets_are_found(ledger: Path) -> None:
    """Brackets mean something to a search by pattern."""
    path = ledger.rename(ledger.with_name("古县[2024].db"))
    with closing(files.open_ledger(path)) as store:
        made = files.look_after(store, Job()).backup

    assert made is not None
    assert files.last_backup(path) is not None
