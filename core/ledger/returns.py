"""What a period expects of each unit, what came back and what came in time (rule 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.ledger.asks import EVIDENCE, TARGETS, WORK
from core.model.ledger import EntryState, Obligation, Period, State, Status

_NOT_ASKED_OF_NOT_STARTED = frozenset({WORK, TARGETS, EVIDENCE})

RULES = {
    "expected": "应报：本期第一天之前尚未完成、也未说明不涉及的责任事项；待补全的单位集合不下发，另列",
    "returned": "已报：应报的责任事项中，截至统计日有本期填报的（已完成的自完成日期起算，其余自报送期首日起算，录入早晚不影响）；退回后待重报的仍计已报，另列退回数",
    "in_time": "按时：已报中，首次收到日期不晚于报送截止日的（截止日当天为按时）",
    "return_rate": "报送率＝已报÷应报",
    "in_time_rate": "按时报送率＝按时÷应报",
}
"""Each figure's rule in the words that are printed beside it."""

MOVED = "报送截止日遇节假日或周末的，顺延到其后第一个工作日"


@dataclass(frozen=True, slots=True)
class Report:
    """What came in for one obligation and one part of it in the period.

    ``counts_from`` is the day by rule 4. ``says``: which of ``ASKS`` it fills in.
    """

    obligation: int
    state: EntryState
    counts_from: date
    received_on: date
    sent_back: bool
    says: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """One unit in a period. ``missing``: obligations without a return; ``received_on``: when its last one came.

    ``sent_back``: those of the returned that stand at 退回. ``lacking``: returned obligations with what the period
    asks and they do not say. ``rows``: the expected obligations, ``early``: those in time, ``back``: those sent back.
    """

    unit: str
    expected: int
    returned: int
    in_time: int
    missing: tuple[int, ...] = ()
    received_on: date | None = None
    sent_back: int = 0
    lacking: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rows: tuple[int, ...] = ()
    early: tuple[int, ...] = ()
    back: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that is expected came back."""
        return self.returned == self.expected

    @property
    def return_rate(self) -> float | None:
        """Returned ÷ expected, None when nothing is expected."""
        return self.returned / self.expected if self.expected else None

    @property
    def in_time_rate(self) -> float | None:
        """Returned by the cut-off ÷ expected, None when nothing is expected."""
        return self.in_time / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class GroupReturn:
    """A collective that is 待补全: it gets no sheet and is not expected, but somebody must name its members."""

    name: str
    obligations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Returns:
    """A period as it stands on ``as_of``; ``cut_off`` is the day that counts, moved on where the office wants that."""

    period: Period
    as_of: date
    cut_off: date
    expected: int
    returned: int
    in_time: int
    sent_back: int
    units: tuple[UnitReturn, ...]
    groups: tuple[GroupReturn, ...] = ()

    @property
    def return_rate(self) -> float | None:
        """Returned ÷ expected, None when nothing is expected."""
        return self.returned / self.expected if self.expected else None

    @property
    def in_time_rate(self) -> float | None:
        """Returned by the cut-off ÷ expected, None when nothing is expected."""
        return self.in_time / self.expected if self.expected else None

    @property
    def rules(self) -> dict[str, str]:
        """Each figure's rule in words; says where the cut-off was moved."""
        if self.cut_off == self.period.cut_off:
            return RULES
        return RULES | {"in_time": f"{RULES['in_time']}；{MOVED}（本期为{self.cut_off:%Y-%m-%d}）"}

    def plain(self) -> dict[str, Any]:
        """Keys and numbers, as they are frozen."""
        return {
            "expected": self.expected,
            "returned": self.returned,
            "in_time": self.in_time,
            "sent_back": self.sent_back,
            "cut_off": self.cut_off.isoformat(),
            "units": [
                {
                    "unit": one.unit,
                    "expected": one.expected,
                    "returned": one.returned,
                    "in_time": one.in_time,
                    "sent_back": one.sent_back,
                }
                for one in self.units
            ],
        }


def is_expected(before: Status) -> bool:
    """Whether a period expects an obligation that stood so on the day before its first one."""
    return before.state not in (State.DONE, State.NOT_APPLICABLE)


def asked_of(state: EntryState, asks: Iterable[str], *, has_targets: bool) -> tuple[str, ...]:
    """What an entry of that state must say: 不涉及 gives its reason only, 未启动 has nothing to prove yet."""
    if state is EntryState.NOT_APPLICABLE:
        return ()
    unasked = _NOT_ASKED_OF_NOT_STARTED if state is EntryState.NOT_STARTED else frozenset()
    return tuple(ask for ask in asks if ask not in unasked and (has_targets or ask != TARGETS))


def count_returns(
    period: Period,
    as_of: date,
    cut_off: date,
    expected: Sequence[Obligation],
    reports: Iterable[Report],
    with_targets: frozenset[int] = frozenset(),
) -> Returns:
    """Count what came back of what is expected, by unit in the order of the obligations.

    ``reports`` of other obligations do not count, nor those that count only from a day after ``as_of`` (rule 4: the
    time of typing never matters). ``with_targets``: numbers of the measures that have targets.
    """
    by_obligation: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        if report.counts_from <= as_of:
            by_obligation[report.obligation].append(report)
    by_unit: dict[str, list[Obligation]] = defaultdict(list)
    by_group: dict[str, list[int]] = defaultdict(list)
    for item in expected:
        if item.is_group:
            by_group[item.unit].append(item.id)
        else:
            by_unit[item.unit].append(item)
    units = tuple(
        _unit(unit, items, by_obligation, cut_off, period.asks, with_targets) for unit, items in by_unit.items()
    )
    return Returns(
        period,
        as_of,
        cut_off,
        expected=sum(one.expected for one in units),
        returned=sum(one.returned for one in units),
        in_time=sum(one.in_time for one in units),
        sent_back=sum(one.sent_back for one in units),
        units=units,
        groups=tuple(GroupReturn(name, tuple(ids)) for name, ids in by_group.items()),
    )


def _unit(
    unit: str,
    items: Sequence[Obligation],
    reports: Mapping[int, Sequence[Report]],
    cut_off: date,
    asks: Sequence[str],
    with_targets: frozenset[int],
) -> UnitReturn:
    came = {item.id: reports[item.id] for item in items if reports.get(item.id)}
    firsts = {key: _first(own) for key, own in came.items()}
    early = tuple(key for key, first in firsts.items() if first <= cut_off)
    back = tuple(key for key, own in came.items() if _is_sent_back(own))
    lacking = (
        (item.id, _lacking(came[item.id], asks, has_targets=item.measure in with_targets))
        for item in (items if asks else ())
        if item.id in came
    )
    return UnitReturn(
        unit,
        expected=len(items),
        returned=len(came),
        in_time=len(early),
        missing=tuple(item.id for item in items if item.id not in came),
        received_on=max(firsts.values(), default=None),
        sent_back=len(back),
        lacking=tuple((key, what) for key, what in lacking if what),
        rows=tuple(item.id for item in items),
        early=early,
        back=back,
    )


def _first(reports: Sequence[Report]) -> date:
    """The day the first part came; most obligations have one part."""
    return reports[0].received_on if len(reports) == 1 else min(report.received_on for report in reports)


def _is_sent_back(reports: Sequence[Report]) -> bool:
    return reports[0].sent_back if len(reports) == 1 else any(report.sent_back for report in reports)


def _lacking(reports: Sequence[Report], asks: Sequence[str], *, has_targets: bool) -> tuple[str, ...]:
    """What is asked and no part of the obligation says; several parts may each say their own."""
    asked = {ask for report in reports for ask in asked_of(report.state, asks, has_targets=has_targets)}
    said = frozenset[str]().union(*(report.says for report in reports))
    return tuple(ask for ask in asks if ask in asked and ask not in said)
