"""One measure whole: its text, who owes it, what was understood, evidence and history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core.model.adjustment import Adjustment
from core.model.division import printed_division, repairs
from core.model.ledger import Obligation, Status
from core.model.plan import Measure, Section, Task
from core.office.adjusting import adjusted_note
from core.office.evidence import EvidenceRow, evidence_rows
from core.office.history import HistoryLine, history_of
from core.office.obligations import ObligationRow, rows_of
from core.office.overview import headings, overview, share
from core.store import evidence, objections, plans
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """One measure whole; the notes say what was understood of the printed phrases.

    ``adjustments`` are those of the measure and of its obligations, the newest first.
    """

    measure: Measure
    section: Section | None
    task: Task | None
    division: str
    division_note: tuple[str, ...]
    deadline_note: str
    status: Status
    done: int
    total: int
    obligations: tuple[ObligationRow, ...]
    evidence: tuple[EvidenceRow, ...]
    history: tuple[HistoryLine, ...]
    adjustments: tuple[Adjustment, ...] = ()
    done_late: int = 0
    """How many of ``done`` were done after their date."""


def measure_detail(store: Store, plan_key: str | None, no: int, as_of: date) -> MeasureDetail:
    """One measure with its obligations, evidence and history.

    Raises NotFoundError for an unknown plan or number.
    """
    view = overview(store, plan_key, as_of, measure=no)
    measure = view.measure(no)
    items = view.of_measure(no)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id, no)
        numbers = list(dict.fromkeys(key for item in items for key in files.get(item.id, ())))
        measure_id = plans.measure_ids(db, view.row.id)[no]
        history = history_of(db, measure_id)
        objected = objections.open_by_obligation(db, view.row.id)
    section, task = headings(view.plan, measure)
    done, total = share(view, no)
    adjusted = tuple(a for a in reversed(view.adjustments) if a.measure == no)
    notes = (_deadline_note(measure), adjusted_note(view.originals.get(no), measure, adjusted))
    return MeasureDetail(
        measure=measure,
        section=section,
        task=task,
        division=printed_division(measure),
        division_note=_division_note(measure, items),
        deadline_note="；".join(note for note in notes if note),
        status=view.measures[no],
        done=done,
        total=total,
        obligations=rows_of(view, items, files, objections=objected),
        evidence=evidence_rows(store, numbers),
        history=history,
        adjustments=adjusted,
        done_late=sum(view.statuses[item.id].done_late for item in items),
    )


def _division_note(measure: Measure, items: tuple[Obligation, ...]) -> tuple[str, ...]:
    shares = Counter(via for item in items for via in item.via)
    groups = [f"{name} {number}" for name, number in shares.items()]
    groups += [f"{item.unit}名单待补全" for item in items if item.is_group]
    lines = [f"共 {len(items)} 个责任事项" + (f"：{'，'.join(groups)}" if groups else "")]
    lines += [f"印发件作“{broken}”，已按“{name}”计" for broken, name in repairs(measure)]
    return tuple(lines)


def _deadline_note(measure: Measure) -> str:
    parts = []
    for part in measure.deadlines:
        scope = f"{part.scope}：" if part.scope else ""
        if part.date is not None:
            parts.append(f"{scope}到期日 {part.date.isoformat()}")
        elif part.recur is not None:
            parts.append(f"{scope}{_RECURRENCES.get(part.recur, part.recur.replace('yearly-', '每年 '))}")
    return "；".join(parts) or "没有具体日期"


_RECURRENCES = {"yearly": "每年", "halfyearly": "每半年", "quarterly": "每季度", "monthly": "每月"}
