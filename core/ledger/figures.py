"""Counts and rates, each with its rule in words (rules 8 and 9). Headings are never counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from core.model.ledger import State, Status

_STATE, _DUE_SOON = attrgetter("state"), attrgetter("due_soon")
_OVERDUE, _DONE_LATE = attrgetter("overdue"), attrgetter("done_late")


class Figures(NamedTuple):
    """How many stand how; the six states add up to ``total``."""

    total: int = 0
    not_started: int = 0
    in_progress: int = 0
    done: int = 0
    ongoing: int = 0
    waiting: int = 0
    not_applicable: int = 0
    due_soon: int = 0
    overdue: int = 0
    done_late: int = 0

    @property
    def completion(self) -> float | None:
        """Completion rate between 0 and 1, None when nothing can be completed."""
        base = self.total - self.ongoing - self.waiting - self.not_applicable
        return self.done / base if base else None

    def plain(self) -> dict[str, int]:
        """The keys and values of `status --json`."""
        return self._asdict()


def count(statuses: Iterable[Status]) -> Figures:
    """Count states and lights."""
    statuses = list(statuses)
    # by identity: to hash a member of an enum takes as long as all else here, and a large plan counts 200,000
    numbers = Counter(map(id, map(_STATE, statuses)))
    return Figures(
        total=len(statuses),
        due_soon=sum(map(_DUE_SOON, statuses)),
        overdue=sum(map(_OVERDUE, statuses)),
        done_late=sum(map(_DONE_LATE, statuses)),
        **{state.value: numbers[id(state)] for state in State},
    )


RULES = {
    "total": "方案中的具体措施（或责任事项）总数，标题不计。责任事项＝措施×单位，同一单位在同一措施中只计一次，按最重的责任计",
    State.NOT_STARTED.value: "截至统计日没有任何进展记录",
    State.IN_PROGRESS.value: "截至统计日有进展记录而未完成；措施为任一责任事项有进展而未全部完成",
    State.DONE.value: "截至统计日已完成且未被退回；措施为全部责任事项完成（不涉及的除外）；待审的计入已完成",
    State.ONGOING.value: "要求长期坚持的事项，不计逾期，不计完成",
    State.WAITING.value: "按上级统一部署完成、尚无日期的事项",
    State.NOT_APPLICABLE.value: "单位说明理由的不涉及事项，不计入完成率",
    "due_soon": "未完成且距完成时限不超过设定天数（含当日）；长期坚持的为报送截止日后本期未填报",
    "overdue": "完成时限次日起仍未完成；措施为任一责任事项逾期",
    "done_late": "已完成，但完成日期晚于完成时限",
    "completion": "完成率＝已完成÷（总数－长期坚持－待部署－不涉及）",
}
"""Each figure's rule in the words that are printed beside it; ``rules_for`` says the days that are set."""


def rules_for(soon_days: int) -> dict[str, str]:
    """The same with the number of days that the office has set for 临近."""
    return RULES | {"due_soon": RULES["due_soon"].replace("设定天数（含当日）", f"{soon_days}天（含当日）")}


PLACES_RULE = (
    "单位按责任事项排列，逾期项数多的在前，同数的完成率低的在前，相同的并列；纪检监察、司法机关和单位集合不排名次"
)
