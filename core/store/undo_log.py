"""What every act of this session changed, row by row, so that it can be taken back and done again.

Temporary triggers, made before the first write of a connection and gone with it, hand each changed row, before and
after, to a list in memory; the file itself knows nothing of it. A transaction that wrote into the journal is one step.
Steps belong to one open file and are shared by its connections.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection
from threading import Lock
from typing import Any

from core.store import seals
from core.store.evidence_damage import KEY as DAMAGE_KEY

LEFT_OUT = {
    "draft": "what is typed and not saved yet is no act",
    "_sqlite_migrations": "the schema is not the clerk's",
    "journal": "append-only: taking back is one more entry",
    "seal": "digests follow the rows by themselves",
    "journal_end": "follows the journal by itself",
}
"""Tables whose rows are not taken back, and why."""
INTERNAL_SETTINGS = ("file_id", DAMAGE_KEY)
"""Rows of ``setting`` that no act of the clerk writes."""
MOST_ROWS = 20_000
"""Changed rows of one step that are kept; an act of more cannot be taken back."""
MOST_TOTAL = 100_000
"""Changed rows of all steps together; the oldest steps go first."""
_FUNCTION = "taizhang_row_changed"
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after, each as (rowid, *columns); None where it was not there."""

    table: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the journal that a step wrote."""

    action: str
    subject: str
    measure_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction did. ``is_whole``: all its rows are kept, so that it can be taken back."""

    acts: tuple[Act, ...]
    changes: tuple[RowChange, ...]
    is_whole: bool = True


class UndoLog:
    """The steps of an open file: those done, and those taken back that can be done again."""

    def __init__(self) -> None:
        """Empty: nothing was done in this session yet."""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._kept = 0
        """Rows that the steps done keep."""
        self._lock = Lock()  # a worker writes while the window asks

    @property
    def last_done(self) -> Step | None:
        """The step that is taken back next."""
        with self._lock:
            return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Step | None:
        """The step that is done again next."""
        with self._lock:
            return self._undone[-1] if self._undone else None

    def add(self, step: Step) -> None:
        """Something new was done: what was taken back before it cannot be done again."""
        with self._lock:
            self._done.append(step)
            self._undone.clear()
            self._kept += len(step.changes)
            while self._kept > MOST_TOTAL and len(self._done) > 1:
                self._kept -= len(self._done.pop(0).changes)

    def clear(self) -> None:
        """Forget all steps."""
        with self._lock:
            self._done.clear()
            self._undone.clear()
            self._kept = 0

    def move_undone(self, step: Step) -> None:
        """A step was taken back."""
        with self._lock:
            if self._done and self._done[-1] is step:
                self._undone.append(self._done.pop())
                self._kept -= len(step.changes)

    def move_redone(self, step: Step) -> None:
        """A step was done again."""
        with self._lock:
            if self._undone and self._undone[-1] is step:
                self._done.append(self._undone.pop())
                self._kept += len(step.changes)


class Recorder:
    """Watches one connection for a log."""

    def __init__(self, log: UndoLog) -> None:
        """Nothing is watched before the first ``act``."""
        self._log = log
        self._is_watching = False
        self._is_replaying = False
        self._depth = 0
        self._acts: list[Act] = []
        self._changes: list[RowChange] = []
        self._is_whole = True

    @contextmanager
    def act(self, db: Connection) -> Iterator[None]:
        """Around a transaction or a savepoint of it: what goes wrong inside has not happened."""
        self._watch(db)
        acts, changes = len(self._acts), len(self._changes)
        self._depth += 1
        try:
            yield
        except BaseException:
            del self._acts[acts:], self._changes[changes:]
            raise
        else:
            if self._depth == 1:
                self._finish()
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._acts, self._changes, self._is_whole = [], [], True

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """What is written inside is a step taken back or done again, no new one."""
        self._is_replaying = True
        try:
            yield
        finally:
            self._is_replaying = False

    def _finish(self) -> None:
        """An act without a journal entry is housekeeping; one that changed no row leaves nothing to take back."""
        if self._acts and (self._changes or not self._is_whole):
            self._log.add(Step(tuple(self._acts), tuple(self._changes), self._is_whole))

    def _watch(self, db: Connection) -> None:
        if self._is_watching:
            return
        db.create_function(_FUNCTION, -1, self._on_changed)
        db.execute("PRAGMA temp_store = MEMORY")
        # a row that INSERT OR REPLACE pushes out is told like any other
        db.execute("PRAGMA recursive_triggers = ON")
        for statement in triggers(db):
            db.execute(statement)
        seals.watch(db)
        self._is_watching = True

    def _on_changed(self, table: str, kind: str, *values: Any) -> None:  # noqa: ANN401 - values of SQLite
        """Called by the triggers; ``values`` are the row before, the row after, or both in one."""
        if self._is_replaying:
            return
        if table == "journal":
            action, subject, measure_id, before, after = values
            self._acts.append(Act(action, subject, measure_id, _plain(before), _plain(after)))
            return
        if not self._is_whole:
            return
        if len(self._changes) >= MOST_ROWS:
            self._is_whole = False
            self._changes = []
            return
        half = len(values) // 2
        if kind == "insert":
            change = RowChange(table, None, values)
        elif kind == "delete":
            change = RowChange(table, values, None)
        else:
            change = RowChange(table, values[:half], values[half:])
            if change.before == change.after:
                return
        self._changes.append(change)


def covered(db: Connection) -> dict[str, tuple[str, ...]]:
    """The tables whose rows can be taken back, with their columns in order."""
    rows = db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: columns(db, name) for (name,) in rows.fetchall() if name not in LEFT_OUT}


def columns(db: Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in their order."""
    return tuple(row[1] for row in db.execute(f'PRAGMA main.table_info("{table}")'))


def triggers(db: Connection) -> Iterator[str]:
    """The statements that make the triggers, from the schema as it is."""
    for table, names in covered(db).items():
        old = ", ".join(f'old."{name}"' for name in ("rowid", *names))
        new = ", ".join(f'new."{name}"' for name in ("rowid", *names))
        for kind, row, handed in (("insert", "new", new), ("update", "new", f"{old}, {new}"), ("delete", "old", old)):
            when = f"WHEN {row}.key NOT IN {INTERNAL_SETTINGS}" if table == "setting" else ""
            yield (
                f'CREATE TEMP TRIGGER IF NOT EXISTS "taizhang_{table}_{kind}" AFTER {kind.upper()} ON main."{table}" {when}'
                f" BEGIN SELECT {_FUNCTION}('{table}', '{kind}', {handed}); END"
            )
    if db.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'journal'").fetchone():
        yield (
            "CREATE TEMP TRIGGER IF NOT EXISTS taizhang_journal AFTER INSERT ON main.journal BEGIN"
            f" SELECT {_FUNCTION}('journal', 'insert', new.action, new.subject, new.measure_id, new.before, new.after);"
            " END"
        )


def _plain(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
