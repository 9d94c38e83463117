"""Search over measures, units and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from core.office.overview import plan_row
from core.store import evidence, plans, units
from core.store.database import Store

_MAX = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: ``kind`` is measure, unit, evidence or progress; what is not its own is None.

    ``marks`` are (begin, end) of what was found in ``title``, ``note_marks`` of that in ``note``.
    """

    kind: str
    title: str
    note: str
    measure_no: int | None = None
    unit: str | None = None
    evidence_id: int | None = None
    obligation_id: int | None = None
    period_key: str | None = None
    marks: tuple[tuple[int, int], ...] = ()
    note_marks: tuple[tuple[int, int], ...] = ()


def search(store: Store, plan_key: str | None, text: str) -> tuple[Hit, ...]:
    """Up to eight of each kind whose words hold all words of ``text``; a number finds the measure.

    Raises NotFoundError for an unknown plan.
    """
    words = text.split()
    if not words:
        return ()
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
        register = units.load(db)
        files = evidence.everything(db)
    measures = [
        Hit("measure", f"{m.label}{m.text}", m.deadline_raw or "", measure_no=m.no)
        for m in plan.measures
        if _holds(f"{m.no} {m.label} {m.text} {m.division_raw or ''}", words)
    ]
    if text.strip().isdecimal():
        measures.sort(key=lambda hit: hit.measure_no != int(text))
    found_units = [
        Hit("unit", unit.name, "、".join(unit.aliases), unit=unit.name)
        for unit in register.present
        if _holds(" ".join((unit.name, *unit.aliases)), words)
    ]
    found_files = [
        Hit("evidence", item.title, item.number or item.name, evidence_id=item.id)
        for item in files
        if _holds(f"{item.title} {item.name} {item.number or ''}", words)
    ]
    return (*measures[:_MAX], *found_units[:_MAX], *found_files[:_MAX])


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)
