"""What the list of 进展填报 leaves out: 全部, 未填, 待审, 退回, 逾期 and the states, each with its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.model.ledger import Review, State

if TYPE_CHECKING:
    from core.office.obligations import ObligationRow

_NOT_EXPECTED = {State.DONE, State.NOT_APPLICABLE}


class ListFilter(StrEnum):
    """Which rows are shown; the value is the word on the screen."""

    ALL = "全部"
    UNFILLED = "未填"
    PENDING = "待审"
    RETURNED = "退回"
    OVERDUE = "逾期"
    NOT_STARTED = "未启动"
    IN_PROGRESS = "推进中"
    DONE = "已完成"
    STEADY = "长期·待部署"


_STATES = {
    ListFilter.NOT_STARTED: {State.NOT_STARTED},
    ListFilter.IN_PROGRESS: {State.IN_PROGRESS},
    ListFilter.DONE: {State.DONE},
    ListFilter.STEADY: {State.ONGOING, State.WAITING},
}
EMPTY = {
    ListFilter.ALL: "没有责任事项",
    ListFilter.UNFILLED: "本期应填的都已填报",
    ListFilter.PENDING: "没有待审的事项",
    ListFilter.RETURNED: "没有退回的事项",
    ListFilter.OVERDUE: "没有逾期的事项",
    ListFilter.NOT_STARTED: "没有未启动的事项",
    ListFilter.IN_PROGRESS: "没有推进中的事项",
    ListFilter.DONE: "没有已完成的事项",
    ListFilter.STEADY: "没有长期坚持和待部署的事项",
}
"""What an empty list says."""


@dataclass(frozen=True, slots=True)
class Counts:
    """本期应填, 已填 and 待审 of some rows."""

    expected: int
    filled: int
    pending: int


def matches(row: ObligationRow, chosen: ListFilter) -> bool:
    """Whether a row is shown."""
    if chosen is ListFilter.UNFILLED:
        return is_expected(row) and not row.period_entry
    if chosen is ListFilter.PENDING:
        return row.period_review is Review.PENDING
    if chosen is ListFilter.RETURNED:
        return row.period_review is Review.RETURNED
    if chosen in _STATES:
        return row.status.state in _STATES[chosen]
    return chosen is ListFilter.ALL or row.status.overdue


def is_expected(row: ObligationRow) -> bool:
    """Whether the period asks for an entry, or has one: what was finished before needs none (rule 9)."""
    return row.period_entry or row.status.state not in _NOT_EXPECTED


def counts(rows: Iterable[ObligationRow]) -> Counts:
    """How many entries the period asks for, and how many are there."""
    asked = [row for row in rows if is_expected(row)]
    return Counts(
        expected=len(asked),
        filled=sum(row.period_entry for row in asked),
        pending=sum(row.period_review is Review.PENDING for row in asked),
    )


def shown(
    rows: Sequence[ObligationRow], chosen: ListFilter, standing: Sequence[ObligationRow] = ()
) -> tuple[ObligationRow, ...]:
    """The rows of a filter. Those that stand in the list already keep their place, also where they have just been
    filled in or reviewed: one can go back to them, and the way on does not jump.
    """
    fresh = {row.id: row for row in rows}
    stay = [fresh[row.id] for row in standing if row.id in fresh]
    known = {row.id for row in stay}
    return (*stay, *(row for row in rows if row.id not in known and matches(row, chosen)))
