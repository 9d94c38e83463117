"""What is changed behind the program's back is named: which row, how, since when. What the program writes is not."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from unittest.mock import ANY

import pytest
from sqlite_utils import Database

from core.job import Job
from core.model.ledger import EntryState
from core.office import check, files, progress, tampering, undo
from core.office.form_value import FormValue
from core.store import journal, opening, row_names, seals
from core.store.database import Store
from core.store.migrations import STEPS

TIME = r"20\d\d-\d\d-\d\d \d\d:\d\d"


def save(store: Store, text: str) -> None:
    key = progress.find_obligation(store, None, 4, "财政局").id
    progress.save(store, key, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 1), text=text))


@pytest.fixture
def closed(ledger: Path) -> Path:
    with closing(files.open_ledger(ledger)) as store:
        for text in ("一", "二", "三"):
            save(store, text)
    return ledger


def outside(path: Path, *statements: str) -> None:
    """As somebody with the sqlite3 shell does it, who also takes the guards of the journal away and puts them back."""
    with closing(sqlite3.connect(path)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, sql in guards:
            db.execute(sql)
        db.commit()


def found(path: Path) -> tuple[str, ...]:
    with closing(files.open_ledger(path, read_only=True)) as store:
        return check.check(store, Job())


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE progress SET text = '四'",
            rf"进展第 1 行（措施.+，财政局，2024年第四季度）在程序之外被改动，.*{TIME}",
        ),
        ("UPDATE progress SET review = '通过'", r"进展第 1 行（措施.+，财政局，"),
        ("DELETE FROM deadline WHERE rowid = 3", rf"完成时限第 3 行在程序之外被删去，.*{TIME}"),
        ("INSERT INTO setting VALUES ('x', '1')", r"设置第 \d+ 行（x）是在程序之外添加的"),
        ("UPDATE unit SET name = '别的局' WHERE name = '财政局'", r"单位第 \d+ 行（别的局）在程序之外被改动"),
        ("UPDATE measure SET to_verify = 0 WHERE no = 7", r"措施第 \d+ 行（.+）在程序之外被改动"),
        (
            "DELETE FROM journal WHERE id = 4",
            rf"操作日志少了 1 条：程序写过 4 条，现有 3 条，最后一条是第 3 条（{TIME}）",
        ),
        ("DELETE FROM journal WHERE id = 2", r"操作日志少了 1 条"),
        ("UPDATE journal SET who = '别人' WHERE id = 4", r"操作日志第 4 条被改动过"),
        (
            "CREATE TRIGGER late AFTER INSERT ON progress BEGIN DELETE FROM progress; END",
            r"台账文件的结构被改动过（trigger late）",
        ),
    ],
)
def test_what_somebody_changed_is_named(closed: Path, statement: str, words: str) -> None:
    assert found(closed) == ()
    outside(closed, statement)
    assert any(re.match(words, one) for one in found(closed)), found(closed)


def test_an_entry_of_the_journal_added_with_a_right_chain(closed: Path) -> None:
    """Somebody who knows how the chain is made, and not of the record of its end."""
    with closing(sqlite3.connect(closed)) as db:
        journal.append(db, "审核通过", "财政局")
        db.commit()
    assert found(closed) == ("操作日志多出 1 条，不是程序写的",)


def test_a_journal_that_was_cut_and_goes_on_stays_short(closed: Path) -> None:
    outside(closed, "DELETE FROM journal WHERE id > 2")
    with closing(files.open_ledger(closed)) as store:
        save(store, "后来")
    assert any("操作日志少了 2 条" in one for one in found(closed))


def test_a_row_that_the_program_writes_after_the_tampering_keeps_its_trace(closed: Path) -> None:
    outside(closed, "UPDATE progress SET text = '四'")
    with closing(files.open_ledger(closed)) as store:
        save(store, "后来")
    assert any(re.search(rf"曾在程序之外被改动，程序又在 {TIME} 写过它", one) for one in found(closed))


def test_a_new_version_of_the_schema_washes_nothing_clean(closed: Path) -> None:
    """The digests are made anew for the new columns; what was altered before stays named."""
    outside(closed, "UPDATE progress SET text = '四'", "DELETE FROM deadline WHERE rowid = 3")
    with closing(sqlite3.connect(closed)) as db:
        opening._apply_steps(db)
        told = list(tampering.sentences(db))
    assert [one[:8] for one in told] == ["完成时限第 3 行"[:8], "进展第 1 行（措施"[:8]]


def test_undo_and_redo_and_savepoints_are_the_program_s_own(store: Store) -> None:
    save(store, "一")
    undo.undo(store)
    undo.redo(store)
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as db:
        db.execute("INSERT INTO setting SELECT key || name, '' FROM unit, setting").execute(
            "INSERT INTO setting VALUES ('file_id', '')"
        )
    with store.transaction() as db:
        db.execute("INSERT OR REPLACE INTO setting VALUES ('a', '1')")
        db.execute("INSERT OR REPLACE INTO setting VALUES ('a', '2')")
        db.execute("INSERT INTO setting VALUES ('a', '3') ON CONFLICT DO UPDATE SET value = excluded.value")
        db.execute("INSERT OR IGNORE INTO setting VALUES ('a', '4')")
    assert check.check(store, Job()) == ()


def test_a_file_that_was_compacted_is_not_altered(closed: Path) -> None:
    """A tool may number rows anew where a table has no numbers of its own."""
    with closing(sqlite3.connect(closed)) as db:
        db.execute("UPDATE target SET rowid = rowid + 100000")
        db.commit()
        db.execute("VACUUM")
    assert found(closed) == ()


def test_an_older_file_is_sealed_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(db), stop_before="m0015_issued")
        db.execute("INSERT INTO setting VALUES ('file_id', 'ab')")
        journal.append(db, "新建台账", "旧")
        db.commit()
    with closing(files.open_ledger(path)) as store:
        assert check.check(store, Job()) == ()
        assert seals.journal_end(store.db) == seals.JournalEnd(1, 1, 1, ANY, True)
    outside(path, "UPDATE setting SET value = 'cd' WHERE key = 'file_id'")
    assert [one[:2] for one in found(path)] == ["设置"]


def every_table() -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        STEPS.apply(Database(db))
        yield from seals.covered(db)


def test_every_table_has_a_name_and_its_query_runs(store: Store) -> None:
    for table in every_table():
        assert table in row_names.LABELS
        row_names.named(store.db, table, 1)
