"""The form of one obligation and period, with everything the page shows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.ledger.adjusted import in_force
from core.ledger.states import dues
from core.ledger.targets import short_of
from core.model.ledger import Due, EntryState, Period, Review
from core.model.plan import Deadline, DeadlineKind, Measure, Target
from core.office.evidence import EvidenceRow, evidence_rows
from core.office.form_value import (
    CAME_BY,
    FormValue,
    TargetValue,
    record_of,
    target_values,
    value_from,
    value_of,
)
from core.office.objections import Objection, objections_of
from core.office.obligations import ObligationRow, list_obligations, stored_obligation
from core.office.overview import clock_of
from core.office.periods import period_of
from core.store import adjustments, evidence, plans, progress
from core.store.database import Store
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class Previous:
    """What the unit said the last time."""

    period_title: str
    state: EntryState
    text: str
    problems: str
    next_steps: str


@dataclass(frozen=True, slots=True)
class FormTarget:
    """A 量化指标 beside what was reached of it; ``short`` is how far that falls short, 0 when it is reached."""

    target: Target
    value: float | None
    note: str
    short: float | None


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the page needs of one obligation and period.

    ``value`` is what is saved (None: nothing yet), ``draft`` input of last time that could not be saved,
    ``states`` the choices of this obligation, ``parts`` its scopes when it has several deadlines.

    ``targets``: every 量化指标 of the measure with what is saved of it (``form_targets`` for what is typed).
    ``review_reason``: why the entry was 退回, kept while it waits for the next review, gone when it is 通过.
    ``reviewed_at`` and ``reviewed_by``: the last review, None before the first. ``objections``: the oldest first.
    """

    obligation: ObligationRow
    measure: Measure
    period: Period
    value: FormValue | None
    draft: FormValue | None
    review: Review | None
    saved_at: str | None
    evidence: tuple[EvidenceRow, ...]
    previous: Previous | None
    dues: tuple[Due, ...]
    states: tuple[EntryState, ...]
    parts: tuple[str, ...]
    targets: tuple[FormTarget, ...] = ()
    review_reason: str | None = None
    reviewed_at: str | None = None
    reviewed_by: str | None = None
    times_returned: int = 0
    said_by: str = ""
    came_by: str = CAME_BY[0]
    received_on: date | None = None
    objections: tuple[Objection, ...] = ()


def form(store: Store, obligation_id: int, period_key: str, as_of: date, *, part: str | None = None) -> Form:
    """The form of one obligation and period.

    Raises NotFoundError for an obligation that is not there, InvalidError for the period.
    """
    obligation, plan_id, measure_id = stored_obligation(store, obligation_id)
    with store.reading() as db:
        plan = plans.load(db, plan_id)
        key, parts = plans.key_of(db, plan_id), plans.scopes_of(db, measure_id)
        records = progress.of_obligation(db, obligation_id)
        adjusted = adjustments.of_plan(db, plan_id)
        kept = progress.draft(db, obligation_id, period_key, part)
    period = period_of(store, key, period_key)
    own_measure = obligation.measure
    (row,) = list_obligations(store, key, as_of, measure=own_measure, only=obligation_id, period=period.key)
    measure = next(m for m in plan.measures if m.no == row.measure_no)
    now = record_of(records, period, part)
    own = in_force(measure.deadlines, [a for a in adjusted if a.measure == measure.no], obligation_id)
    with store.reading() as db:
        reached = target_values(measure.targets, progress.reached(db, now.id)) if now else ()
        here = [r.id for r in records if r.period.key == period.key]
        files = [item.id for item in evidence.of_progress(db, here)] if here else []
    return Form(
        obligation=row,
        measure=measure,
        period=period,
        value=value_of(now, reached) if now else None,
        draft=value_from(kept) if kept else None,
        review=now.review if now else None,
        saved_at=now.saved_at if now else None,
        evidence=evidence_rows(store, files, of=obligation_id),
        previous=_previous(records, period),
        dues=dues(own, [r.entry for r in records], clock_of(store, plan, as_of, adjusted, plan_key=key)),
        states=states_of(measure.deadlines),
        parts=parts,
        targets=form_targets(measure.targets, reached),
        review_reason=now.review_reason if now else None,
        reviewed_at=now.reviewed_at if now else None,
        reviewed_by=now.reviewed_by if now else None,
        times_returned=now.times_returned if now else 0,
        said_by=now.said_by if now else "",
        came_by=now.came_by if now else CAME_BY[0],
        received_on=now.received_on if now else None,
        objections=objections_of(store, obligation_id),
    )


def form_targets(targets: Sequence[Target], values: Sequence[TargetValue]) -> tuple[FormTarget, ...]:
    """Each target with what is said of it."""
    said = {value.position: value for value in values}
    empty = TargetValue(0)
    return tuple(
        FormTarget(target, reached.value, reached.note, short_of(target, reached.value))
        for target, reached in ((target, said.get(place, empty)) for place, target in enumerate(targets))
    )


def states_of(deadlines: Sequence[Deadline]) -> tuple[EntryState, ...]:
    """The choices of the form: 本期已落实 where something goes on, no 已完成 where it never ends."""
    kinds = {part.kind for part in deadlines}
    lasting = kinds & {DeadlineKind.ONGOING, DeadlineKind.BY_THEN_ONGOING, DeadlineKind.RECURRING}
    choices = [EntryState.NOT_STARTED, EntryState.IN_PROGRESS]
    if kinds != {DeadlineKind.ONGOING}:
        choices.append(EntryState.DONE)
    if lasting:
        choices.append(EntryState.KEPT_UP)
    return (*choices, EntryState.NOT_APPLICABLE)


def _previous(records: Sequence[ProgressRow], period: Period) -> Previous | None:
    earlier = [record for record in records if record.period.first_day < period.first_day]
    if not earlier:
        return None
    last = earlier[-1]
    return Previous(last.period.title, last.state, last.text, last.problems, last.next_steps)
