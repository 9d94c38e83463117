"""What came in for a period, in few columns: asked for whole plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

from core.model.ledger import EntryState, Review


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One record of a period: which fields it fills, how many targets it speaks of, how many files it has."""

    obligation_id: int
    state: EntryState
    received_on: date
    review: Review
    has_text: bool
    has_problems: bool
    has_next_steps: bool
    targets: int
    evidence: int


def of_period(db: Connection, plan_id: int, period_id: int) -> tuple[ReturnedRow, ...]:
    """The records of a plan in a period, those of obligations that hold no longer left out."""
    rows = db.execute(
        "SELECT obligation_id, state, coalesce(received_on, substr(saved_at, 1, 10)), review,"
        " progress.text <> '', problems <> '', next_steps <> '',"
        " (SELECT count(*) FROM progress_target"
        "  WHERE progress_id = progress.id AND (value IS NOT NULL OR note <> '')),"
        " (SELECT count(*) FROM progress_evidence WHERE progress_id = progress.id)"
        " FROM progress JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
        " WHERE plan_id = ? AND period_id = ? AND active",
        [plan_id, period_id],
    )
    return tuple(
        ReturnedRow(
            obligation, EntryState(state), date.fromisoformat(day), Review(review), bool(t), bool(p), bool(n), g, e
        )
        for obligation, state, day, review, t, p, n, g, e in rows
    )
