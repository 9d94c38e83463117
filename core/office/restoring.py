"""恢复 of the open ledger: a backup into a new file, compared with the present one, then put in its place.

Nothing is lost by it: the present file goes on in the folder of the backups as 恢复前, which no rotation takes away,
and every file of evidence stays. Killed at any moment, either the one or the other is there, whole.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from core import paths
from core.job import Job
from core.office import safekeeping
from core.store import backup, evidence_files, journal, kept_copy, opening, replacing, trial
from core.store.database import Store
from core.store.evidence_files import SHARED
from core.store.faults import sentences
from core.store.kept_files import KeptFile

BEFORE_RESTORE = backup.BEFORE_RESTORE
_COUNTED = (
    ("方案", "SELECT count(*) FROM plan"),
    ("具体措施", "SELECT count(*) FROM measure WHERE no > 0"),
    ("进展记录", "SELECT count(*) FROM progress"),
    ("佐证材料", "SELECT count(*) FROM evidence"),
    ("收到的文件", "SELECT count(*) FROM received_file"),
    ("操作日志", "SELECT count(*) FROM journal"),
)
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One count; ``now`` None where the present file does not tell."""

    label: str
    now: int | None
    then: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The present file against what would take its place.

    ``last_now``, ``last_then``: the time of the last act. ``lost``: acts of the present file that the other does not
    have, None where the two have no common beginning or the present one cannot be read; ``latest``: the last of them
    in words. ``is_newer``: the other one goes on where the present one ends. ``is_other``: it is another ledger, not an
    earlier or later state of this one.
    """

    rows: tuple[Row, ...]
    last_now: str
    last_then: str
    lost: int | None
    latest: tuple[str, ...]
    is_newer: bool = False
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file restored beside the ledger, whole and of this version, that nobody has opened yet."""

    source: Path
    ledger: Path
    part: Path
    files: tuple[KeptFile, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Ready:
    """All is where it belongs but the file itself. ``kept``: where the present one will lie; ``problems``: files that
    are not whole, a sentence each.
    """

    prepared: Prepared
    kept: Path
    problems: tuple[str, ...]


def prepare(source: Path, ledger: Path, job: Job) -> Prepared:
    """Restore a backup or package beside a ledger and compare the two; the ledger is not touched.

    Raises LedgerFileError, Cancelled; then nothing is left.
    """
    with sentences(ledger):
        folder = Path(tempfile.mkdtemp(prefix=replacing.UNFINISHED, dir=ledger.parent))
    part = folder / ledger.name
    try:
        with safekeeping.opened_source(source, job) as (restored, _):
            files = safekeeping.bring_in(restored, part, job)
        job.step(0, 0, "正在比较两份台账")
        with sentences(part):
            return Prepared(source, ledger, part, files, compare(ledger, part))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def discard(prepared: Prepared) -> None:
    """Give a restored file up."""
    shutil.rmtree(prepared.part.parent, ignore_errors=True)


def compare(present: Path, other: Path) -> Comparison:
    """Two files of one ledger; ``present`` may be damaged or gone."""
    with closing(trial.reader(other)) as db:
        then = [_count(db, query) for _, query in _COUNTED]
        last_then, head = _last(db)
        try:
            with closing(trial.reader(present)) as now_db:
                now: list[int | None] = [_count(now_db, query) for _, query in _COUNTED]
                last_now, _ = _last(now_db)
                lost, latest = _lost(now_db, head)
                is_newer = lost is None and _holds(db, _head(now_db))
                is_other = trial.file_id(now_db) != trial.file_id(db)
        except (sqlite3.Error, OSError):
            now, last_now, lost, latest, is_newer, is_other = [None] * len(then), "", None, (), False, False
    rows = tuple(Row(label, *pair) for (label, _), pair in zip(_COUNTED, zip(now, then, strict=True), strict=True))
    return Comparison(rows, last_now, last_then, 0 if is_newer else lost, latest, is_newer, is_other)


def make_room(prepared: Prepared, job: Job) -> Ready:
    """The long half, for a worker: evidence of the present file into the backups, that of the other to its place.

    The journal of the restored file says already where it came from and where the one before will lie, so that no
    end in between leaves it untold. Raises LedgerFileError, Cancelled; the ledger is not touched.
    """
    beside = paths.evidence_folder(prepared.ledger)
    place = backup.folder(prepared.ledger)
    shared = place / SHARED
    with sentences(prepared.ledger):
        shared.mkdir(parents=True, exist_ok=True)
    present = [KeptFile(sha, name, name, "") for sha, name in evidence_files.listed(beside)]
    here = kept_copy.from_ledger(prepared.ledger)
    kept_copy.copy_into(shared, present, here, job, linked_from=[beside], is_known=lambda _file: True)
    with safekeeping.opened_source(prepared.source, job) as (_, opener):
        copied = kept_copy.copy_into(beside, prepared.files, opener, job, linked_from=[shared])
    kept = backup.free_name(place, prepared.ledger.stem, BEFORE_RESTORE)
    with closing(opening.open_file(prepared.part)) as store:
        _note(store, prepared, kept)
    return Ready(prepared, kept, copied.problems)


def swap(ready: Ready) -> None:
    """The short half: put the restored file in the place of the ledger, which must be closed.

    Raises LockedError, LedgerFileError; then nothing has changed.
    """
    replacing.exchange(ready.prepared.ledger, ready.prepared.part, ready.kept)
    discard(ready.prepared)


def _note(store: Store, prepared: Prepared, kept: Path) -> None:
    after = {"来自": prepared.source.name, "换下的台账": kept.name}
    if prepared.comparison.lost:
        after["换下的台账多出"] = f"{prepared.comparison.lost} 条操作日志"
    with store.transaction() as db:
        journal.append(db, "从备份恢复", prepared.ledger.name, after=after)


def _count(db: Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


def _head(db: Connection) -> tuple[int, str] | None:
    row: tuple[int, str] | None = db.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return row


def _last(db: Connection) -> tuple[str, tuple[int, str] | None]:
    row = db.execute("SELECT at FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return (datetime.fromisoformat(row[0]).strftime("%Y-%m-%d %H:%M") if row else ""), _head(db)


def _holds(db: Connection, head: tuple[int, str] | None) -> bool:
    return head is not None and bool(db.execute("SELECT 1 FROM journal WHERE id = ? AND hash = ?", head).fetchone())


def _lost(db: Connection, head: tuple[int, str] | None) -> tuple[int | None, tuple[str, ...]]:
    """Acts after the other's last one, if that stands in this journal."""
    if head is None or not _holds(db, head):
        return None, ()
    count = _count_after(db, head[0])
    rows = db.execute("SELECT action, subject FROM journal WHERE id > ? ORDER BY id DESC LIMIT ?", (head[0], _LISTED))
    return count, tuple(f"{action}（{subject}）" for action, subject in rows)


def _count_after(db: Connection, number: int) -> int:
    return int(db.execute("SELECT count(*) FROM journal WHERE id > ?", [number]).fetchone()[0])
