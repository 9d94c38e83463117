"""Rows put back as they were, or as they became: the replay of what ``undo_log`` keeps.

Each row must still be as the step left it; where it is not, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from core.store.undo_log import Row, RowChange, Step, columns

CHANGED_SINCE = "其中的内容后来又有变动"


class RowsDifferError(Exception):
    """A row is no longer as the step left it, or something else needs it. The transaction must be rolled back.

    ``reason`` says which, in Chinese words.
    """

    def __init__(self, reason: str = CHANGED_SINCE) -> None:
        """The usual reason is that something was changed since."""
        super().__init__(reason)
        self.reason = reason


def put_back(db: Connection, changes: Iterable[RowChange]) -> None:
    """Take changes back, the last first, inside the running transaction.

    Raises RowsDifferError.
    """
    _Replay(db).run((change.table, change.after, change.before) for change in reversed(tuple(changes)))


def put_again(db: Connection, changes: Iterable[RowChange]) -> None:
    """Do changes again in their order, inside the running transaction.

    Raises RowsDifferError.
    """
    _Replay(db).run((change.table, change.before, change.after) for change in changes)


def measure_still_there(db: Connection, measure_id: int | None) -> int | None:
    """The row of a measure for an entry of the journal; None where the measure went with the step."""
    row = db.execute("SELECT id FROM measure WHERE id = ?", [measure_id]).fetchone()
    return None if row is None else int(row[0])


def named(db: Connection, step: Step) -> tuple[frozenset[int], frozenset[int]]:
    """(numbers of measures, obligations) that a step names by itself or through entries, files and objections.

    As the rows are now: ask before and after a replay.
    """
    obligations = _obligations(db, step.changes)
    numbers = _in(db, "SELECT no FROM measure WHERE id", (act.measure_id for act in step.acts))
    numbers |= _in(
        db,
        "SELECT measure.no FROM obligation JOIN measure ON measure.id = measure_id WHERE obligation.id",
        obligations,
    )
    return frozenset(no for no in numbers if no > 0), frozenset(obligations)


def _obligations(db: Connection, changes: Iterable[RowChange]) -> set[int]:
    found: dict[str, set[int]] = {"obligation_id": set(), "progress_id": set(), "evidence_id": set()}
    names: dict[str, tuple[str, ...]] = {}
    for change in changes:
        if change.table not in names:
            names[change.table] = columns(db, change.table)
        for row in (change.before, change.after):
            for name, value in zip(names[change.table], row[1:] if row else (), strict=False):
                key = "evidence_id" if (change.table, name) == ("evidence", "id") else name
                if key in found and value is not None:
                    found[key].add(value)
    records = found["progress_id"] | _in(
        db, "SELECT progress_id FROM progress_evidence WHERE evidence_id", found["evidence_id"]
    )
    return found["obligation_id"] | _in(db, "SELECT obligation_id FROM progress WHERE id", records)


def _in(db: Connection, select: str, keys: Iterable[int | None]) -> set[int]:
    """A select over many keys, in parts that SQLite takes."""
    kept = sorted({key for key in keys if key is not None})
    found: set[int] = set()
    for start in range(0, len(kept), 500):
        part = kept[start : start + 500]
        found |= {value for (value,) in db.execute(f"{select} IN ({', '.join('?' * len(part))})", part)}
    return found


_NEEDED = {
    "plan": (("measure", "plan_id", "操作日志已记有这个方案的措施"),),
    "obligation": (("draft", "obligation_id", "有的责任事项还有没填完的内容"),),
}
"""What is not taken back with a step and may still point at its rows: (table, column, what is said then)."""


class _Replay:
    """Statements on one connection; the schema is asked once a table."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._columns: dict[str, tuple[str, ...]] = {}

    def run(self, moves: Iterable[tuple[str, Row | None, Row | None]]) -> None:
        # rows refer to each other in both directions of time: what counts is that all fits in the end
        self._db.execute("PRAGMA defer_foreign_keys = ON")
        for table, now, then in moves:
            if table not in self._columns:
                self._columns[table] = columns(self._db, table)
            if now is None:
                assert then is not None
                self._insert(table, then)
            elif then is None:
                self._delete(table, now)
            else:
                self._update(table, now, then)

    def _insert(self, table: str, row: Row) -> None:
        if table == "measure" and self._return_measure(row):
            return
        names = self._names(table)
        marks = ", ".join("?" * len(row))
        self._db.execute(f'INSERT INTO main."{table}" ({", ".join(names)}) VALUES ({marks})', row)

    def _delete(self, table: str, row: Row) -> None:
        if table == "measure" and self._retire_measure(row):
            return
        for needed, column, reason in _NEEDED.get(table, ()):
            if self._db.execute(f"SELECT 1 FROM {needed} WHERE {column} = ?", [row[0]]).fetchone():
                raise RowsDifferError(reason)
        self._expect_one(f'DELETE FROM main."{table}" WHERE {self._same(table)}', row)

    def _update(self, table: str, now: Row, then: Row) -> None:
        sets = ", ".join(f"{name} = ?" for name in self._names(table))
        self._expect_one(f'UPDATE main."{table}" SET {sets} WHERE {self._same(table)}', (*then, *now))

    def _retire_measure(self, row: Row) -> bool:
        """A measure that the journal names cannot go: its row stays as one that has left its plan."""
        if not self._db.execute("SELECT 1 FROM journal WHERE measure_id = ?", [row[0]]).fetchone():
            return False
        self._expect_one(f"UPDATE measure SET last_no = no, no = -id WHERE {self._same('measure')}", row)
        return True

    def _return_measure(self, row: Row) -> bool:
        """The same in the other direction; False when the row is really not there."""
        left = self._db.execute("SELECT last_no FROM measure WHERE id = ? AND no = -id", [row[0]]).fetchone()
        if left is None:
            return False
        sets = ", ".join(f"{name} = ?" for name in self._names("measure"))
        self._expect_one(f"UPDATE measure SET {sets} WHERE id = ?", (*row, row[0]))
        return True

    def _names(self, table: str) -> list[str]:
        return ["rowid", *(f'"{name}"' for name in self._columns[table])]

    def _same(self, table: str) -> str:
        return " AND ".join(f"{name} IS ?" for name in self._names(table))

    def _expect_one(self, statement: str, values: Row) -> None:
        if self._db.execute(statement, values).rowcount != 1:
            raise RowsDifferError
