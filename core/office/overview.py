"""How one plan stands on one date: the rows of the file put through the rules, once for whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import NotFoundError
from core.ledger.adjusted import date_before, in_force
from core.ledger.states import Clock, anchor_of, measure_status
from core.model.adjustment import Adjusted, Adjustment
from core.model.ledger import Due, Obligation, State, Status
from core.model.plan import Deadline, Measure, Plan, Section, Task
from core.office import ledger_settings, own_periods
from core.office.kept_plan import plan_of
from core.office.stories import Records, Stories
from core.store import adjustments, entries, obligations, plans
from core.store.database import Store
from core.store.plans import PlanRow


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan with its obligations, their progress and every status on ``clock.as_of``."""

    row: PlanRow
    plan: Plan
    clock: Clock
    obligations: tuple[Obligation, ...]
    progress: Records
    """By obligation: whole records, read from the file when first asked for; of a large plan that takes long."""
    stories: Stories
    """By obligation: what counts of its records."""
    statuses: dict[int, Status]
    """By obligation."""
    measures: dict[int, Status]
    """By number of the measure."""
    by_measure: dict[int, tuple[Obligation, ...]]
    adjustments: tuple[Adjustment, ...]
    """In the order they were made."""
    postponed: dict[int, tuple[Deadline, ...]]
    """By obligation: the deadlines of those that have other ones than their measure."""
    originals: dict[int, tuple[Deadline, ...]]
    """By number of the measure: the deadlines that were adjusted, as they were at first."""

    def dues(self, item: Obligation) -> tuple[Due, ...]:
        """The 时限项 of an obligation as they stand on the date."""
        own = self.postponed.get(item.id)
        return self.stories.under(self.measure(item.measure).deadlines if own is None else own).dues(item.id)

    def done_on(self, item: Obligation) -> date | None:
        """The last day on which a 时限项 of an obligation was done, as it stands on the date."""
        return max((due.done_on for due in self.dues(item) if due.done_on is not None), default=None)

    def of_measure(self, no: int) -> tuple[Obligation, ...]:
        """The obligations of one measure."""
        return self.by_measure.get(no, ())

    def measure(self, no: int) -> Measure:
        """One measure.

        Raises NotFoundError for a number the plan does not have.
        """
        if 0 < no <= len(self.plan.measures) and self.plan.measures[no - 1].no == no:
            return self.plan.measures[no - 1]
        for measure in self.plan.measures:
            if measure.no == no:
                return measure
        raise NotFoundError(f"方案中没有第 {no} 项措施。", hint=f"措施编号为 1—{len(self.plan.measures)}。")

    def adjusted_from(self, no: int, due: date | None) -> date | None:
        """The date that first stood where ``due`` stands for a measure, None when that one was not adjusted."""
        old = self.originals.get(no)
        return None if old is None else date_before(old, self.measure(no).deadlines, due)

    def postponed_from(self, item: Obligation, due: date | None) -> date | None:
        """The date that first stood where ``due`` stands for an obligation."""
        own = self.postponed.get(item.id)
        if own is None:
            return self.adjusted_from(item.measure, due)
        return date_before(self.originals.get(item.measure, self.measure(item.measure).deadlines), own, due)


def plan_row(store: Store, key: str | None) -> PlanRow:
    """The plan of that key, the first one for None.

    Raises NotFoundError when the file has no such plan.
    """
    with store.reading() as db:
        rows = plans.listing(db)
    if not rows:
        raise NotFoundError("台账里还没有方案。", hint="请先导入方案。")
    if key is None:
        return rows[0]
    for row in rows:
        if row.key == key:
            return row
    raise NotFoundError(f"台账里没有方案“{key}”。", hint=f"可选：{'、'.join(row.key for row in rows)}。")


def size(store: Store, plan_key: str | None) -> int:
    """How many obligations the plan has: whether what a page shows can be computed at once.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return obligations.how_many(db, row.id)


def clock_of(
    store: Store, plan: Plan, as_of: date, adjusted: Sequence[Adjustment] = (), *, plan_key: str | None = None
) -> Clock:
    """The date with what the rules need beside it; recurring dates run on from where they did before adjustments.

    ``plan_key``: whose periods count, None for the first plan of the file.
    """
    old = originals_of(adjusted)
    printed = [replace(m, deadlines=old[m.no]) if m.no in old else m for m in plan.measures]
    with store.reading() as db:
        soon_days = ledger_settings.of_file(db).soon_days
        return Clock(as_of, anchor_of(plan.document, printed), own_periods.in_force(db, plan_key), soon_days)


def originals_of(found: Sequence[Adjustment]) -> dict[int, tuple[Deadline, ...]]:
    """By number of the measure: the deadlines before the first adjustment of those that were adjusted."""
    whole = [a for a in found if a.obligation is None and a.what is Adjusted.DEADLINE]
    return {a.measure: a.old.deadlines for a in reversed(whole)}


def overview(
    store: Store, key: str | None, as_of: date, *, measure: int | None = None, only: int | None = None
) -> Overview:
    """Compute a plan on a date, or only what one measure needs: its obligations and its own status.

    ``only``: nothing but this obligation of the measure, whose own status is then that of this one.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, key)
    plan = plan_of(store, row.id)
    with store.reading() as db:
        items = obligations.of_plan(db, row.id, measure)
        if only is not None:
            items = tuple(item for item in items if item.id == only)
        found, known = entries.histories(db, row.id, measure, only=only), entries.known_periods(db)
        adjusted = adjustments.of_plan(db, row.id)
    clock = clock_of(store, plan, as_of, adjusted, plan_key=row.key)
    stories = Stories(found, known, clock)
    deadlines = {m.no: m.deadlines for m in plan.measures}
    postponed = _postponed(items, deadlines, adjusted)
    ruled = {no: stories.under(parts) for no, parts in deadlines.items()}
    statuses: dict[int, Status] = {}
    by_measure: dict[int, list[Obligation]] = defaultdict(list)
    for item in items:
        by_measure[item.measure].append(item)
        own = stories.under(postponed[item.id]) if item.id in postponed else ruled[item.measure]
        statuses[item.id] = own.status(item.id)
    measures = {
        m.no: measure_status(m.deadlines, [statuses[item.id] for item in by_measure.get(m.no, ())], clock)
        for m in plan.measures
        if measure in (None, m.no)
    }
    return Overview(
        row=row,
        plan=plan,
        clock=clock,
        obligations=items,
        progress=Records(store, row.id, measure, only),
        stories=stories,
        statuses=statuses,
        measures=measures,
        by_measure={no: tuple(found) for no, found in by_measure.items()},
        adjustments=adjusted,
        postponed=postponed,
        originals=originals_of(adjusted),
    )


def statuses_on(view: Overview, day: date) -> dict[int, Status]:
    """The statuses of the obligations of an overview on another date, without reading the file again."""
    stories = view.stories.on(day)
    ruled = {m.no: stories.under(m.deadlines) for m in view.plan.measures}
    return {
        item.id: (stories.under(view.postponed[item.id]) if item.id in view.postponed else ruled[item.measure]).status(
            item.id
        )
        for item in view.obligations
    }


def _postponed(
    items: Sequence[Obligation], deadlines: dict[int, tuple[Deadline, ...]], found: Sequence[Adjustment]
) -> dict[int, tuple[Deadline, ...]]:
    own = {a.obligation for a in found if a.obligation is not None}
    by_measure: dict[int, list[Adjustment]] = defaultdict(list)
    for adjustment in found:
        by_measure[adjustment.measure].append(adjustment)
    return {
        item.id: in_force(deadlines[item.measure], by_measure[item.measure], item.id)
        for item in items
        if item.id in own
    }


def shown_due(deadlines: Sequence[Deadline], status: Status) -> date | None:
    """The date to show beside a measure or an obligation: what is open next, else the last date it had."""
    if status.next_due is not None:
        return status.next_due
    return max((part.date for part in deadlines if part.date is not None), default=None)


def headings(plan: Plan, measure: Measure) -> tuple[Section | None, Task | None]:
    """The section and task a measure stands under."""
    section = next((s for s in plan.sections if s.no == measure.section), None)
    task = next((t for t in plan.tasks if t.no == measure.task), None)
    return section, task


def share(view: Overview, no: int) -> tuple[int, int]:
    """(done, all) of a measure's obligations, 不涉及 left out; 长期坚持 counts as done when 本期已落实."""
    statuses = [view.statuses[item.id] for item in view.of_measure(no)]
    counted = [status for status in statuses if status.state is not State.NOT_APPLICABLE]
    return sum(status.state is State.DONE or status.kept_up for status in counted), len(counted)
