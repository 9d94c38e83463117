"""按上级方案编号: our measures in the superior's order, gathered by what the clerk said of 对照上级.

Only what was accepted or added counts; a suggestion nobody has looked at gathers nothing. A measure of ours may answer
several superior ones and is then gathered under each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import InvalidError
from core.job import Job
from core.ledger.states import measure_status
from core.model.ledger import Obligation, Status
from core.model.plan import Measure, Plan
from core.office.aligning import Aligned, aligned
from core.office.overview import Overview
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class Gathered:
    """A superior measure with the numbers of ours that answer it, in their order; ``is_open``: only suggested ones."""

    superior: Measure
    own: tuple[int, ...]
    is_open: bool = False

    @property
    def no(self) -> int:
        """The superior's number."""
        return self.superior.no


@dataclass(frozen=True, slots=True)
class SuperiorOrder:
    """A superior plan line by line; ``unanswering``: ours that answer none of it, as it was decided."""

    key: str
    plan: Plan
    lines: tuple[Gathered, ...]
    unanswering: tuple[int, ...]

    @property
    def answered(self) -> tuple[Gathered, ...]:
        """The superior measures that something of ours answers."""
        return tuple(line for line in self.lines if line.own)

    @property
    def open(self) -> tuple[int, ...]:
        """Superior measures with suggestions, and nothing decided."""
        return tuple(line.no for line in self.lines if line.is_open)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Superior measures that nothing answers, suggestions included."""
        return tuple(line.no for line in self.lines if not line.own and not line.is_open)

    @property
    def asked_of(self) -> Mapping[int, tuple[int, ...]]:
        """For each of ours that answers, the superior's numbers."""
        found: dict[int, tuple[int, ...]] = {}
        for line in self.lines:
            for own in line.own:
                found[own] = (*found.get(own, ()), line.no)
        return found


def superior_order(
    store: Store, superior_key: str, own_key: str | None = None, job: Job | None = None
) -> SuperiorOrder:
    """Our plan in the order of a superior one.

    Raises InvalidError where nothing was decided yet, and as ``aligning.aligned`` does.
    """
    order = order_of(aligned(store, superior_key, own_key, job=job))
    if not order.answered:
        raise InvalidError(
            "还没有确认本级哪项措施落实上级的措施，不能按上级方案编号。",
            hint="请在任务分解点“对照上级”，采纳或补充对应的措施。",
            field="superior",
        )
    return order


def order_of(found: Aligned) -> SuperiorOrder:
    """What was decided of two plans."""
    lines = []
    for line in found.lines:
        own = tuple(sorted(answer.own for answer in line.answers if answer.decision is not None))
        lines.append(Gathered(line.superior, own, is_open=bool(line.answers) and not own))
    answering = {no for line in lines for no in line.own}
    unanswering = tuple(m.no for m in found.own_plan.measures if m.no not in answering)
    return SuperiorOrder(found.superior.key, found.superior_plan, tuple(lines), unanswering)


def items_of(view: Overview, own: tuple[int, ...]) -> tuple[Obligation, ...]:
    """The obligations of some measures, measure by measure, in each the strongest role first."""
    return tuple(item for no in own for item in sorted(view.of_measure(no), key=lambda item: item.role.rank))


def status_of(view: Overview, own: tuple[int, ...]) -> Status:
    """State and lights of some measures as of one: rule 8 over all their obligations, by our own deadlines."""
    if len(own) == 1:
        return view.measures[own[0]]
    owed = [view.statuses[item.id] for item in items_of(view, own)]
    bare = [view.measures[no] for no in own if not view.of_measure(no)]
    return measure_status((), [*owed, *bare], view.clock)
