"""Measures that have left a plan, with what was said of them while they stood in it."""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection

from core.model.ledger import EntryState
from core.office.evidence import EvidenceRow, evidence_rows
from core.office.history import HistoryLine, history_of
from core.office.overview import plan_row
from core.store import evidence, plan_edits, plans, progress
from core.store.database import Store
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """What a unit said of such a measure in a period."""

    unit: str
    period_title: str
    state: EntryState
    text: str
    problems: str
    next_steps: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """A measure that has left its plan: ``no`` it had last; ``merged_into`` the number of the one it went on in."""

    no: int
    label: str
    text: str
    merged_into: int | None
    entries: tuple[FormerEntry, ...]
    history: tuple[HistoryLine, ...]


def former_measures(store: Store, plan_key: str | None) -> tuple[Former, ...]:
    """The deleted and merged measures of a plan, by the number they had.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        numbers = {key: no for no, key in plans.measure_ids(db, row.id).items()}
        return tuple(
            Former(
                m.last_no,
                m.label,
                m.text,
                numbers.get(m.merged_into) if m.merged_into is not None else None,
                tuple(_entry(store, db, unit, row) for unit, row in progress.of_measure(db, m.id)),
                history_of(db, m.id),
            )
            for m in plan_edits.former(db, row.id)
        )


def _entry(store: Store, db: Connection, unit: str, row: ProgressRow) -> FormerEntry:
    files = evidence_rows(store, [item.id for item in evidence.of_progress(db, [row.id])])
    return FormerEntry(unit, row.period.title, row.state, row.text, row.problems, row.next_steps, files)
