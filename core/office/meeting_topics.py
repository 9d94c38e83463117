"""What is late, as topics for the next meeting of the 会商机制."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.office.overview import overview
from core.store.database import Store

_CLAUSE = re.compile(r"[。；，]")
_MOST, _NAMED = 40, 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A measure that is late: since how many days, and which units have not done it."""

    measure_no: int
    label: str
    text: str
    days: int
    units: tuple[str, ...]

    @property
    def line(self) -> str:
        """How it stands on the agenda, in one line."""
        head = _CLAUSE.split(self.text, maxsplit=1)[0][:_MOST]
        named = "、".join(self.units[:_NAMED])
        more = f"等{len(self.units)}个单位" if len(self.units) > _NAMED else ""
        return f"{self.label}{head}（逾期{self.days}天，{named}{more}）"


def late_topics(store: Store, plan_key: str | None, as_of: date) -> tuple[Topic, ...]:
    """The measures with a light of 逾期 on a date, the longest late first.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    found = []
    for measure in view.plan.measures:
        if not view.measures[measure.no].overdue:
            continue
        late = [item for item in view.of_measure(measure.no) if view.statuses[item.id].overdue]
        dates = [view.statuses[item.id].next_due for item in late]
        days = max(((as_of - day).days for day in dates if day is not None), default=0)
        found.append(Topic(measure.no, measure.label, measure.text, days, tuple(item.unit for item in late)))
    return tuple(sorted(found, key=lambda topic: (-topic.days, topic.measure_no)))


def with_topics(agenda: str, topics: Iterable[Topic]) -> str:
    """An agenda with topics added at its end, numbered on; what stands there already is not added again."""
    lines = [line for line in agenda.rstrip().split("\n") if line.strip()]
    for topic in topics:
        if not any(topic.label + _CLAUSE.split(topic.text, maxsplit=1)[0][:_MOST] in line for line in lines):
            lines.append(f"{len(lines) + 1}.{topic.line}")
    return "\n".join(lines)
