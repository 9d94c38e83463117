"""What is said of a unit goes over to another one that is the same unit."""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection

_ASIDE = "\x01"
"""Before the part of a record that is on its way; no scope begins like this."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An obligation of the merged unit and, where there is one, that of the other unit in the same measure.

    ``measure`` is the number it has, or had when it left its plan.
    """

    id: int
    other: int | None
    measure_id: int
    plan: str
    measure: int
    is_active: bool


def pairs(db: Connection, unit_id: int, into_id: int) -> tuple[Pair, ...]:
    """The obligations of a unit, also those that hold no longer, beside those of the unit it goes on in."""
    rows = db.execute(
        "SELECT own.id, other.id, own.measure_id, plan.key, coalesce(last_no, no), own.active FROM obligation AS own"
        " JOIN measure ON measure.id = own.measure_id JOIN plan ON plan.id = plan_id"
        " LEFT JOIN obligation AS other ON other.measure_id = own.measure_id AND other.unit_id = ?"
        " WHERE own.unit_id = ? ORDER BY plan.position, no",
        [into_id, unit_id],
    )
    return tuple(
        Pair(key, other, measure_id, plan, measure, bool(active))
        for key, other, measure_id, plan, measure, active in rows
    )


def hand_over(db: Connection, pair: Pair, into_id: int) -> None:
    """Give a whole obligation, with all that was said of it, to a unit that has none in its measure."""
    db.execute("UPDATE obligation SET unit_id = ? WHERE id = ?", [into_id, pair.id])


def move_entry(db: Connection, progress_id: int, obligation_id: int) -> None:
    """Give an entry, with its evidence, figures and review, to an obligation that has none in its place."""
    db.execute("UPDATE progress SET obligation_id = ? WHERE id = ?", [obligation_id, progress_id])


def swap_entries(db: Connection, one: int, other: int) -> None:
    """Let two entries of the same period and part change their obligations."""
    first, second = (
        db.execute("SELECT obligation_id FROM progress WHERE id = ?", [key]).fetchone()[0] for key in (one, other)
    )
    db.execute("UPDATE progress SET part = ? || part WHERE id = ?", [_ASIDE, one])
    move_entry(db, other, first)
    move_entry(db, one, second)
    db.execute("UPDATE progress SET part = substr(part, 2) WHERE id = ?", [one])


def share_evidence(db: Connection, progress_id: int, with_id: int) -> None:
    """Tie the files of one entry to another one too."""
    db.execute(
        "INSERT OR IGNORE INTO progress_evidence (progress_id, evidence_id, position)"
        " SELECT ?1, evidence_id, position + (SELECT coalesce(max(position), 0) FROM progress_evidence"
        " WHERE progress_id = ?1) FROM progress_evidence WHERE progress_id = ?2",
        [with_id, progress_id],
    )


def drafts(db: Connection, obligation_id: int) -> dict[tuple[str, str], str]:
    """Kept input of an obligation by period and part, as its JSON text."""
    rows = db.execute("SELECT period_key, part, value FROM draft WHERE obligation_id = ?", [obligation_id])
    return {(period, part): value for period, part, value in rows}


def move_drafts(db: Connection, obligation_id: int, into: int) -> None:
    """Kept input goes over where the other obligation has none in its place."""
    db.execute("UPDATE OR IGNORE draft SET obligation_id = ? WHERE obligation_id = ?", [into, obligation_id])


def move_notes(db: Connection, obligation_id: int, into: int) -> None:
    """延期 and 异议 go over."""
    for table in ("adjustment", "objection"):
        db.execute(f"UPDATE {table} SET obligation_id = ? WHERE obligation_id = ?", [into, obligation_id])


def count(db: Connection, table: str, obligation_ids: list[int]) -> int:
    """How many rows of ``table`` (progress, draft, adjustment, objection) belong to some obligations."""
    marks = ", ".join("?" * len(obligation_ids))
    row = db.execute(f"SELECT count(*) FROM {table} WHERE obligation_id IN ({marks})", obligation_ids).fetchone()
    return int(row[0])


def move_letters(db: Connection, unit_id: int, into_id: int) -> None:
    """Sheets sent out, files that came in and reminders are those of the other unit; a version sent twice stays."""
    db.execute("UPDATE OR IGNORE dispatch SET unit_id = ? WHERE unit_id = ?", [into_id, unit_id])
    for table in ("received_file", "reminder"):
        db.execute(f"UPDATE {table} SET unit_id = ? WHERE unit_id = ?", [into_id, unit_id])
