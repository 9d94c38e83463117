"""佐证材料: rows and their links to progress."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from sqlite3 import Connection
from typing import Any

from core.model.evidence import Evidence
from core.store.evidence_files import Stored

_FIELDS = (
    "evidence.id, sha256, size, name, title, number, category, proves_on, received_on, pages, replaces, evidence.note"
)


def find_by_hash(db: Connection, sha256: str) -> Evidence | None:
    """The row of a file that is already stored."""
    row = db.execute(f"SELECT {_FIELDS} FROM evidence WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None else _evidence(row)


def find(db: Connection, evidence_id: int) -> Evidence | None:
    """One row."""
    row = db.execute(f"SELECT {_FIELDS} FROM evidence WHERE id = ?", [evidence_id]).fetchone()
    return None if row is None else _evidence(row)


def everything(db: Connection) -> tuple[Evidence, ...]:
    """All rows in the order they came."""
    return tuple(_evidence(row) for row in db.execute(f"SELECT {_FIELDS} FROM evidence ORDER BY id"))


def owners(db: Connection) -> dict[str, str]:
    """By content: the measures and units whose records it proves, in words (第4项 财政局)."""
    rows = db.execute(
        "SELECT DISTINCT evidence.sha256, measure.no, unit.name FROM evidence"
        " JOIN progress_evidence ON evidence_id = evidence.id JOIN progress ON progress.id = progress_id"
        " JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = obligation.measure_id"
        " JOIN unit ON unit.id = obligation.unit_id ORDER BY measure.no, unit.name"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for sha256, number, unit in rows:
        found[sha256].append(f"第{number}项 {unit}" if number > 0 else f"已调出的措施 {unit}")
    return {sha256: "、".join(words) for sha256, words in found.items()}


def insert(db: Connection, file: Stored, *, title: str, category: str, received_on: date) -> int:
    """Add a row for a stored file; gives its number."""
    cursor = db.execute(
        "INSERT INTO evidence (sha256, size, name, title, category, received_on, pages) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (file.sha256, file.size, file.name, title, category, received_on.isoformat(), file.pages),
    )
    return cursor.lastrowid or 0


def describe(db: Connection, item: Evidence) -> None:
    """Write title, number, category, both dates, pages and note of a row."""
    db.execute(
        "UPDATE evidence SET title = ?, number = ?, category = ?, proves_on = ?, received_on = ?, pages = ?, note = ?"
        " WHERE id = ?",
        [
            *(item.title, item.number, item.category, item.proves_on.isoformat() if item.proves_on else None),
            *(item.received_on.isoformat(), item.pages, item.note, item.id),
        ],
    )


def link(db: Connection, progress_id: int, evidence_id: int) -> bool:
    """Tie a file to a progress record; False when it was tied already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO progress_evidence (progress_id, evidence_id, position)"
        " SELECT ?, ?, coalesce(max(position), 0) + 1 FROM progress_evidence WHERE progress_id = ?",
        [progress_id, evidence_id, progress_id],
    )
    return cursor.rowcount > 0


def unlink(db: Connection, progress_id: int, evidence_id: int) -> None:
    """Untie a file; it stays stored."""
    db.execute("DELETE FROM progress_evidence WHERE progress_id = ? AND evidence_id = ?", [progress_id, evidence_id])


def by_obligation(db: Connection, plan_id: int, measure: int | None = None) -> dict[int, list[int]]:
    """Numbers of the files of each obligation of a plan, or of one measure of it, each once."""
    found: dict[int, list[int]] = defaultdict(list)
    # one measure has few records, a plan has fewer files than records: CROSS JOIN begins with what is few
    begin = (
        "measure JOIN obligation ON measure_id = measure.id JOIN progress ON obligation_id = obligation.id"
        " JOIN progress_evidence ON progress_id = progress.id"
        if measure is not None
        else "progress_evidence CROSS JOIN progress ON progress.id = progress_id"
        " CROSS JOIN obligation ON obligation.id = obligation_id CROSS JOIN measure ON measure.id = measure_id"
    )
    rows = db.execute(
        f"SELECT DISTINCT obligation_id, evidence_id FROM {begin} WHERE plan_id = ?1 AND (?2 IS NULL OR no = ?2)"
        " ORDER BY evidence_id",
        [plan_id, measure],
    )
    for obligation_id, evidence_id in rows:
        found[obligation_id].append(evidence_id)
    return found


def by_record(db: Connection, plan_id: int) -> dict[int, list[int]]:
    """Numbers of the files of each progress record of a plan, in the order they were tied."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.execute(
        "SELECT progress_id, evidence_id FROM progress_evidence CROSS JOIN progress ON progress.id = progress_id"
        " CROSS JOIN obligation ON obligation.id = obligation_id CROSS JOIN measure ON measure.id = measure_id"
        " WHERE plan_id = ? ORDER BY progress_id, progress_evidence.position",
        [plan_id],
    )
    for progress_id, evidence_id in rows:
        found[progress_id].append(evidence_id)
    return found


def of_progress(db: Connection, progress_ids: list[int]) -> tuple[Evidence, ...]:
    """The files of some progress records in the order they were tied, each once."""
    marks = ", ".join("?" * len(progress_ids))
    rows = db.execute(
        f"SELECT {_FIELDS} FROM evidence JOIN progress_evidence ON evidence_id = evidence.id"
        f" WHERE progress_id IN ({marks}) GROUP BY evidence.id ORDER BY min(progress_id), min(position)",
        progress_ids,
    )
    return tuple(_evidence(row) for row in rows)


def replace_in_links(db: Connection, old_id: int, new_id: int) -> int:
    """Let another file stand where one stood, in its place; gives the number of records.

    A record that has both already keeps the new one.
    """
    moved = db.execute(
        "UPDATE progress_evidence SET evidence_id = ?2 WHERE evidence_id = ?1 AND progress_id NOT IN"
        " (SELECT progress_id FROM progress_evidence WHERE evidence_id = ?2)",
        [old_id, new_id],
    ).rowcount
    moved += db.execute("DELETE FROM progress_evidence WHERE evidence_id = ?", [old_id]).rowcount
    db.execute("UPDATE meeting SET minutes_id = ? WHERE minutes_id = ?", [new_id, old_id])
    return moved


def set_replaces(db: Connection, evidence_id: int, older: int) -> None:
    """A file takes the place of an older one."""
    db.execute("UPDATE evidence SET replaces = ? WHERE id = ?", [older, evidence_id])


def replacements(db: Connection) -> dict[int, int]:
    """For each file that was replaced the one that took its place."""
    return dict(db.execute("SELECT replaces, id FROM evidence WHERE replaces IS NOT NULL ORDER BY id").fetchall())


def replaced_by(db: Connection, evidence_id: int) -> int | None:
    """The newer version of a file, None when it is the newest."""
    row = db.execute("SELECT id FROM evidence WHERE replaces = ?", [evidence_id]).fetchone()
    return None if row is None else int(row[0])


def newest_version(db: Connection, evidence_id: int) -> int:
    """The file that stands where this one stood, itself when nothing has replaced it."""
    while (newer := replaced_by(db, evidence_id)) is not None:
        evidence_id = newer
    return evidence_id


def measures_of(db: Connection, evidence_id: int) -> frozenset[int]:
    """Numbers of the measures that a file proves something of."""
    rows = db.execute(
        "SELECT DISTINCT measure.no FROM progress_evidence JOIN progress ON progress.id = progress_id"
        " JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
        " WHERE evidence_id = ?",
        [evidence_id],
    )
    return frozenset(no for (no,) in rows)


def places(db: Connection, evidence_id: int) -> tuple[tuple[int, str], ...]:
    """(obligation, key of the period) of each use, the newest period first."""
    rows = db.execute(
        "SELECT obligation_id, period.key FROM progress_evidence JOIN progress ON progress.id = progress_id"
        " JOIN period ON period.id = period_id WHERE evidence_id = ? ORDER BY first_day DESC, obligation_id",
        [evidence_id],
    )
    return tuple(rows.fetchall())


def uses(db: Connection, evidence_ids: list[int]) -> dict[int, list[tuple[int, str, str]]]:
    """For each file the obligations it proves: (obligation, measure label, unit)."""
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    marks = ", ".join("?" * len(evidence_ids))
    rows = db.execute(
        "SELECT DISTINCT evidence_id, obligation.id, label, unit.name FROM progress_evidence"
        " JOIN progress ON progress.id = progress_id JOIN obligation ON obligation.id = obligation_id"
        " JOIN measure ON measure.id = measure_id JOIN unit ON unit.id = unit_id"
        f" WHERE evidence_id IN ({marks}) ORDER BY measure.no, obligation.position",
        evidence_ids,
    )
    for evidence_id, obligation_id, label, unit in rows:
        found[evidence_id].append((obligation_id, label, unit))
    return found


def _evidence(row: tuple[Any, ...]) -> Evidence:
    key, sha256, size, name, title, number, category, proves_on, received_on, pages, replaces, note = row
    return Evidence(
        id=key,
        sha256=sha256,
        size=size,
        name=name,
        title=title,
        number=number,
        category=category,
        proves_on=date.fromisoformat(proves_on) if proves_on else None,
        received_on=date.fromisoformat(received_on),
        pages=pages,
        replaces=replaces,
        note=note,
    )
