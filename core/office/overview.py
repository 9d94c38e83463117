"""How one plan stands on one date: the rows of the file put through the rules, once for whoever asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from core.errors import NotFoundError
from core.ledger.states import SOON_DAYS, Clock, anchor_of, measure_status, obligation_status
from core.model.ledger import Obligation, State, Status
from core.model.plan import Measure, Plan, Section, Task
from core.store import obligations, plans, progress
from core.store.database import Store
from core.store.plans import PlanRow
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan with its obligations, their progress and every status on ``clock.as_of``."""

    row: PlanRow
    plan: Plan
    clock: Clock
    obligations: tuple[Obligation, ...]
    progress: dict[int, list[ProgressRow]]
    statuses: dict[int, Status]
    """By obligation."""
    measures: dict[int, Status]
    """By number of the measure."""
    by_measure: dict[int, tuple[Obligation, ...]]

    def of_measure(self, no: int) -> tuple[Obligation, ...]:
        """The obligations of one measure."""
        return self.by_measure.get(no, ())

    def measure(self, no: int) -> Measure:
        """One measure.

        Raises NotFoundError for a number the plan does not have.
        """
        for measure in self.plan.measures:
            if measure.no == no:
                return measure
        raise NotFoundError(f"方案中没有第 {no} 项措施。", hint=f"措施编号为 1—{len(self.plan.measures)}。")


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


def clock_of(store: Store, plan: Plan, as_of: date) -> Clock:
    """The date with what the rules need beside it."""
    with store.reading() as db:
        return Clock(as_of, anchor_of(plan.document, plan.measures), progress.periods(db), SOON_DAYS)


def overview(store: Store, key: str | None, as_of: date, *, measure: int | None = None) -> Overview:
    """Compute a plan on a date, or only what one measure needs.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
        items = obligations.of_plan(db, row.id, measure)
        records = progress.of_plan(db, row.id, measure)
    clock = clock_of(store, plan, as_of)
    deadlines = {m.no: m.deadlines for m in plan.measures}
    untouched = {m.no: obligation_status(m.deadlines, (), clock) for m in plan.measures}
    statuses: dict[int, Status] = {}
    by_measure: dict[int, list[Obligation]] = defaultdict(list)
    for item in items:
        by_measure[item.measure].append(item)
        entries = [record.entry for record in records.get(item.id, ())]
        statuses[item.id] = (
            obligation_status(deadlines[item.measure], entries, clock) if entries else untouched[item.measure]
        )
    measures = {
        m.no: measure_status(m.deadlines, [statuses[item.id] for item in by_measure[m.no]], clock)
        for m in plan.measures
    }
    grouped = {no: tuple(found) for no, found in by_measure.items()}
    return Overview(row, plan, clock, items, records, statuses, measures, grouped)


def shown_due(measure: Measure, status: Status) -> date | None:
    """The date to show beside a measure: what is open next, else the last date it had."""
    if status.next_due is not None:
        return status.next_due
    return max((part.date for part in measure.deadlines if part.date is not None), default=None)


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
