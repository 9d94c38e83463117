"""责任事项, 进展, 报送期, 状态 and 灯: the nouns that the rules of the ledger speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import NamedTuple

from core.model.plan import Deadline, Role


class State(Enum):
    """The six computed states; the value is the key in `status --json`."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ONGOING = "ongoing"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"

    @property
    def title(self) -> str:
        """The word on the screen."""
        return _STATE_TITLES[self]


_STATE_TITLES = {
    State.NOT_STARTED: "未启动",
    State.IN_PROGRESS: "推进中",
    State.DONE: "已完成",
    State.ONGOING: "长期坚持",
    State.WAITING: "待部署",
    State.NOT_APPLICABLE: "不涉及",
}


class EntryState(StrEnum):
    """What a unit says of one obligation in one period; the value is the word of form, sheet and command line."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "推进中"
    DONE = "已完成"
    KEPT_UP = "本期已落实"
    """What a 长期坚持 or recurring obligation says of its period."""
    NOT_APPLICABLE = "不涉及"


class Light(StrEnum):
    """The light beside the state."""

    NORMAL = "正常"
    DUE_SOON = "临近"
    OVERDUE = "逾期"


class Review(StrEnum):
    """审核."""

    PENDING = "待审"
    ACCEPTED = "通过"
    RETURNED = "退回"


@dataclass(frozen=True, slots=True)
class Period:
    """报送期 with its first and last day and its cut-off; ``key`` as on the command line (2024Q2).

    ``asks``: what each obligation must say in it (工作进展, 存在问题, 下一步工作, 量化指标, 佐证材料).
    """

    key: str
    title: str
    first_day: date
    last_day: date
    cut_off: date
    asks: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What counts of one progress record for the rules: state, date done, period, part, review."""

    state: EntryState
    period: Period
    done_on: date | None = None
    part: str | None = None
    review: Review = Review.PENDING


class Responsibility(NamedTuple):
    """One unit's part in one measure, before it has a row in the file.

    ``is_group``: a collective that is 待补全 and stands for the members nobody has named yet.
    ``via``: the collectives it comes from, empty when the unit itself is named.
    """

    unit: str
    role: Role
    is_group: bool = False
    via: tuple[str, ...] = ()


class Obligation(NamedTuple):
    """责任事项: measure × unit, with the strongest role.

    ``is_group``: the unit is a collective that is 待补全 and stands for its unknown members.
    ``via``: names of the collectives through which the unit is in the measure, empty if it is named itself.
    """

    id: int
    measure: int
    unit: str
    role: Role
    is_group: bool = False
    via: tuple[str, ...] = ()


class Due(NamedTuple):
    """时限项: one deadline part of an obligation, or one occurrence of a recurring one, on a date.

    ``done_on`` is the day it was done, None while it is open. ``has_entry``: something was begun.
    """

    deadline: Deadline
    due_on: date | None
    state: State
    overdue: bool = False
    due_soon: bool = False
    has_entry: bool = False
    done_on: date | None = None
    done_late: bool = False
    kept_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the date still binds: not done, not 不涉及, not past its first phase."""
        return self.state in (State.NOT_STARTED, State.IN_PROGRESS)


class Status(NamedTuple):
    """How an obligation or a measure stands on a date.

    ``next_due`` is the earliest date that is still open, None when nothing dated is open.
    A measure can be both overdue and due soon: one unit late, another near its date.
    ``kept_up`` (本期已落实): a 长期坚持 with an entry in the period of the date.
    """

    state: State
    overdue: bool = False
    due_soon: bool = False
    done_late: bool = False
    has_entry: bool = False
    next_due: date | None = None
    kept_up: bool = False

    @property
    def light(self) -> Light:
        """The one light to show: 逾期 before 临近."""
        if self.overdue:
            return Light.OVERDUE
        return Light.DUE_SOON if self.due_soon else Light.NORMAL
