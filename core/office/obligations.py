"""责任事项 as rows to list: of a unit, of a measure, of a whole plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import NotFoundError
from core.model.ledger import Obligation, Review, Status
from core.model.plan import Role
from core.office.changes import Changes
from core.office.overview import Overview, overview, shown_due
from core.store import evidence, progress
from core.store import objections as objection_table
from core.store import obligations as obligation_table
from core.store.database import Store
from core.store.entries import Marks


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One 责任事项 in a list. ``last_entry`` is the last day of writing, ``period_entry`` whether the asked
    period has an entry, ``due`` the date to show, ``adjusted_from`` the one that stood there before 调整 or 延期.
    ``period_review`` is the review of the asked period, the least settled one where several 时限项 have entries.
    ``objections`` counts those that wait for our answer.
    """

    id: int
    measure_no: int
    measure_label: str
    measure_text: str
    unit: str
    role: Role
    via: tuple[str, ...]
    is_group: bool
    status: Status
    due: date | None
    last_entry: date | None
    done_on: date | None
    review: Review | None
    evidence: int
    period_entry: bool
    has_draft: bool = False
    adjusted_from: date | None = None
    period_review: Review | None = None
    objections: int = 0


_NOTHING = Marks(None, in_period=False)


def list_obligations(
    store: Store,
    plan_key: str | None,
    as_of: date,
    *,
    unit: str | None = None,
    measure: int | None = None,
    only: int | None = None,
    period: str | None = None,
) -> tuple[ObligationRow, ...]:
    """Obligations of a unit or of a measure, overdue first, then by date; ``only``: this one of the measure.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of, measure=measure, only=only)
    with store.reading() as db:
        files = evidence.by_obligation(db, view.row.id, measure)
        drafts = progress.drafted(db, period) if period else ()
        open_objections = objection_table.open_by_obligation(db, view.row.id)
    items = [item for item in view.obligations if unit is None or item.unit == unit]
    return rows_of(view, items, files, period=period, drafts=drafts, objections=open_objections)


def rows_of(
    view: Overview,
    items: Sequence[Obligation],
    files: Mapping[int, Sequence[int]],
    *,
    period: str | None = None,
    drafts: Collection[int] = (),
    objections: Mapping[int, int] | None = None,
) -> tuple[ObligationRow, ...]:
    """Obligations of an overview as rows, the most urgent first; ``files`` are the evidence numbers of each.

    ``objections``: how many of each are open.
    """
    waiting = objections or {}
    known = view.progress.marks(period)
    rows = (
        _row(
            view,
            item,
            known.get(item.id, _NOTHING),
            evidence=len(files.get(item.id, ())),
            has_draft=item.id in drafts,
            objections=waiting.get(item.id, 0),
        )
        for item in items
    )
    return tuple(sorted(rows, key=urgency))


def urgency(row: ObligationRow) -> tuple[int, date, int]:
    """Sort key: overdue, due soon, open by date, the rest."""
    status = row.status
    group = 0 if status.overdue else 1 if status.due_soon else 2 if status.next_due else 3
    return group, status.next_due or date.max, row.measure_no


def _row(
    view: Overview, item: Obligation, marks: Marks, *, evidence: int, has_draft: bool, objections: int
) -> ObligationRow:
    measure = view.measure(item.measure)
    status = view.statuses[item.id]
    due = shown_due(view.postponed.get(item.id, measure.deadlines), status)
    return ObligationRow(
        id=item.id,
        measure_no=item.measure,
        measure_label=measure.label,
        measure_text=measure.text,
        unit=item.unit,
        role=item.role,
        via=item.via,
        is_group=item.is_group,
        status=status,
        due=due,
        last_entry=marks.last_entry,
        done_on=view.done_on(item),
        review=view.stories.last_review(item.id),
        evidence=evidence,
        period_entry=marks.in_period,
        has_draft=has_draft,
        objections=objections,
        adjusted_from=view.postponed_from(item, due),
        period_review=marks.review,
    )


def stored_obligation(store: Store, obligation_id: int) -> tuple[Obligation, int, int]:
    """An obligation with the row numbers of its plan and measure.

    Raises NotFoundError when it is no longer one.
    """
    with store.reading() as db:
        found = obligation_table.find(db, obligation_id)
    if found is None:
        raise NotFoundError("这个责任事项已不在台账中。")
    return found


def changes_of(obligation: Obligation) -> Changes:
    """What a write to one obligation changes."""
    return Changes(measures=frozenset({obligation.measure}), obligations=frozenset({obligation.id}))


def subject_of(obligation: Obligation, period: str) -> str:
    """What an entry of the journal is about: measure, unit, period."""
    return f"第{obligation.measure}项 {obligation.unit}，{period}"
