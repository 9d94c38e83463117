"""What came in for a period, in few columns: asked for whole plans."""

from __future__ import annotations

from sqlite3 import Connection
from typing import NamedTuple


class ReturnedRow(NamedTuple):
    """One record of a period as the file has it: words and ISO days.

    Which fields it fills, how many targets it speaks of and how many files it has is 0 unless asked for.
    """

    obligation_id: int
    state: str
    done_on: str | None
    received_on: str
    review: str
    has_text: int
    has_problems: int
    has_next_steps: int
    targets: int
    evidence: int


_DETAILS = (
    "progress.text <> '', progress.problems <> '', progress.next_steps <> '',"
    " (SELECT count(*) FROM progress_target WHERE progress_id = progress.id AND (value IS NOT NULL OR note <> '')),"
    " (SELECT count(*) FROM progress_evidence WHERE progress_id = progress.id)"
)
_NO_DETAILS = "0, 0, 0, 0, 0"


def of_period(db: Connection, plan_id: int, period_id: int, *, with_details: bool) -> list[ReturnedRow]:
    """The records of a plan in a period, those of obligations that hold no longer left out."""
    rows = db.execute(
        "SELECT obligation_id, state, done_on, coalesce(received_on, substr(saved_at, 1, 10)), review,"
        f" {_DETAILS if with_details else _NO_DETAILS}"
        " FROM progress JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
        " WHERE plan_id = ? AND period_id = ? AND active",
        [plan_id, period_id],
    )
    return [ReturnedRow._make(row) for row in rows]
