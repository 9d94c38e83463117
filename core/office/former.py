"""Measures that have left a plan, with what was said of them while they stood in it."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.ledger import EntryState
from core.office.history import HistoryLine, history_of
from core.office.overview import plan_row
from core.store import plan_edits, plans, progress
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """What a unit said of such a measure in a period."""

    unit: str
    period_title: str
    state: EntryState
    text: str
    problems: str
    next_steps: str


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
                tuple(
                    FormerEntry(unit, r.period.title, r.state, r.text, r.problems, r.next_steps)
                    for unit, r in progress.of_measure(db, m.id)
                ),
                history_of(db, m.id),
            )
            for m in plan_edits.former(db, row.id)
        )
