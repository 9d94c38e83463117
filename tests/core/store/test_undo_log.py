"""Every table is either watched or named as left out with a reason; values come back as they were."""

from __future__ import annotations

from core.store import journal, row_changes, undo_log
from core.store.database import Store


def tables(store: Store) -> set[str]:
    return {row[0] for row in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_every_table_is_covered_or_left_out_for_a_reason(store: Store) -> None:
    own = {name for name in tables(store) if not name.startswith("sqlite_")}

    assert set(undo_log.covered(store.db)) | set(undo_log.LEFT_OUT) == own
    assert all(undo_log.LEFT_OUT.values())


def test_every_table_has_row_numbers(store: Store) -> None:
    """What is put back is found by its rowid."""
    for name in undo_log.covered(store.db):
        store.db.execute(f'SELECT rowid FROM "{name}" LIMIT 1')


def test_nothing_is_watched_before_the_first_write(store: Store) -> None:
    assert not store.db.execute("SELECT 1 FROM temp.sqlite_master").fetchone()
    with store.transaction():
        pass
    assert store.db.execute("SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger'").fetchone()[0] > 60


def test_a_new_table_is_covered_by_itself_and_every_value_comes_back(store: Store) -> None:
    """Without a row alias, with NULL, text with quotes, bytes, large and broken numbers."""
    store.db.execute("CREATE TABLE later (a TEXT, b BLOB, c REAL, d INTEGER, e ANY, UNIQUE (a, d)) STRICT")
    rows = [('\'; DROP "x"\0\n', b"\x00\xff", 0.1, 2**62, None), (None, None, 1e300, -1, "二"), ("", b"", -0.0, 0, 3)]
    with store.transaction() as db:
        db.executemany("INSERT INTO later VALUES (?, ?, ?, ?, ?)", rows)
        journal.append(db, "试", "一")
    before = store.db.execute("SELECT rowid, * FROM later").fetchall()
    with store.transaction() as db:
        db.execute("UPDATE later SET a = 'x', b = NULL, d = d + 1 WHERE c > 0.5")
        db.execute("DELETE FROM later WHERE d = 0")
        db.execute("INSERT OR REPLACE INTO later VALUES ('x', x'01', 2, 0, 'neu')")
        journal.append(db, "试", "二")
    after = store.db.execute("SELECT rowid, * FROM later").fetchall()
    step = store.undo_log.last_done
    assert step is not None

    with store.recorder.replaying(), store.transaction() as db:
        row_changes.put_back(db, step.changes)
    assert store.db.execute("SELECT rowid, * FROM later").fetchall() == before
    with store.recorder.replaying(), store.transaction() as db:
        row_changes.put_again(db, step.changes)
    assert store.db.execute("SELECT rowid, * FROM later").fetchall() == after


def test_the_program_s_own_settings_are_no_step(store: Store) -> None:
    with store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('evidence_damage', '{}')")
        journal.append(db, "试", "一")
    assert store.undo_log.last_done is None
    with store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('office', '\"古县司法局\"')")
        journal.append(db, "试", "二")
    assert store.undo_log.last_done is not None
