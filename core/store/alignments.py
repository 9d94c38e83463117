"""对照上级 in the file: decisions on pairs of measures. A superior measure is a row of the file or one of the box."""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Connection

from core.model.alignment import Decision
from core.store.lock import user_name

_OWN = "JOIN measure AS named ON named.id = own_measure_id JOIN measure AS own ON own.id = coalesce(named.merged_into, named.id)"
"""A measure that was merged into another one goes on there, with what it answers."""
_THEIRS = (
    "JOIN measure AS other ON other.id = superior_measure_id"
    " JOIN measure AS theirs ON theirs.id = coalesce(other.merged_into, other.id)"
)


def with_plan(db: Connection, own_plan: int, superior_plan: int) -> dict[tuple[int, int], Decision]:
    """Decisions between two plans of the file, by the numbers (theirs, ours) as they are now."""
    rows = db.execute(
        f"SELECT theirs.no, own.no, decision FROM alignment {_OWN} {_THEIRS}"
        " WHERE own.plan_id = ? AND own.last_no IS NULL AND theirs.plan_id = ? AND theirs.last_no IS NULL"
        " ORDER BY decision DESC, alignment.id",
        [own_plan, superior_plan],
    )
    return _strongest(rows.fetchall())


def with_bundled(db: Connection, own_plan: int, key: str) -> dict[tuple[int, int], Decision]:
    """Decisions between a plan of the file and a bundled one, by the numbers (theirs, ours)."""
    rows = db.execute(
        f"SELECT bundled_no, own.no, decision FROM alignment {_OWN}"
        " WHERE own.plan_id = ? AND own.last_no IS NULL AND bundled_key = ? ORDER BY decision DESC, alignment.id",
        [own_plan, key],
    )
    return _strongest(rows.fetchall())


def answered_with(db: Connection, own_plan: int) -> tuple[frozenset[int], frozenset[str]]:
    """Plans of the file (row numbers) and bundled ones (keys) of which something was accepted or added."""
    rows = db.execute(
        f"SELECT DISTINCT other.plan_id, bundled_key FROM alignment {_OWN}"
        " LEFT JOIN measure AS other ON other.id = superior_measure_id"
        " WHERE own.plan_id = ? AND own.last_no IS NULL AND decision <> ?",
        [own_plan, Decision.REJECTED.value],
    ).fetchall()
    return frozenset(plan for plan, _ in rows if plan is not None), frozenset(key for _, key in rows if key)


def write(
    db: Connection, own: int, decision: Decision | None, *, superior: int | None = None, bundled: tuple[str, int] | None
) -> None:
    """Keep a decision instead of the one before; None takes it back.

    ``own`` and ``superior`` are row numbers of measures, ``bundled`` a key and a number; one of the two is given.
    """
    key, no = bundled or (None, None)
    db.execute(
        "DELETE FROM alignment WHERE own_measure_id IN (SELECT id FROM measure WHERE id = ? OR merged_into = ?)"
        " AND (superior_measure_id IN (SELECT id FROM measure WHERE id = ? OR merged_into = ?)"
        " OR (bundled_key = ? AND bundled_no = ?))",
        [own, own, superior, superior, key, no],
    )
    if decision is None:
        return
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO alignment (own_measure_id, superior_measure_id, bundled_key, bundled_no, decision, at, who)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [own, superior, key, no, decision.value, at, user_name()],
    )


def _strongest(rows: list[tuple[int, int, str]]) -> dict[tuple[int, int], Decision]:
    """After a merge two decisions may speak of one pair; an answer counts before a rejection (they come in that order)."""
    return {(theirs, ours): Decision(decision) for theirs, ours, decision in rows}
