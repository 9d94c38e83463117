"""What a period expects and what came back (rule 9)."""

from __future__ import annotations

from datetime import date

import pytest

from core.ledger import periods
from core.ledger.asks import EVIDENCE, NEXT, PROBLEMS, TARGETS, WORK
from core.ledger.returns import Report, asked_of, count_returns, is_expected
from core.ledger.workdays import next_workday
from core.model.holiday import Holiday
from core.model.ledger import EntryState, Obligation, Period, State, Status
from core.model.plan import Role

Q2 = periods.parse("2024Q2")
ASKING = Period("2024Q2", "2024年第二季度", Q2.first_day, Q2.last_day, Q2.cut_off, (WORK, TARGETS, EVIDENCE))
LATER = date(2024, 12, 31)


def _owes(key: int, unit: str = "财政局", *, is_group: bool = False) -> Obligation:
    return Obligation(key, key, unit, Role.RESPONSIBLE, is_group=is_group)


def _came(key: int, day: date, state: EntryState = EntryState.IN_PROGRESS, **values: object) -> Report:
    return Report(
        key,
        state,
        values.get("counts_from", Q2.first_day),
        day,
        sent_back=bool(values.get("sent_back")),
        says=frozenset(values.get("says", ())),
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.NOT_STARTED, True),
        (State.IN_PROGRESS, True),
        (State.ONGOING, True),
        (State.WAITING, True),
        (State.DONE, False),
        (State.NOT_APPLICABLE, False),
    ],
)
def test_done_and_not_applicable_are_no_longer_expected(state: State, expected: bool) -> None:
    assert is_expected(Status(state)) is expected


@pytest.mark.parametrize(
    ("received", "returned", "in_time"),
    [
        (date(2024, 6, 29), 1, 1),
        (date(2024, 6, 30), 1, 1),
        (date(2024, 7, 1), 1, 0),
    ],
)
def test_the_cut_off_itself_is_in_time(received: date, returned: int, in_time: int) -> None:
    found = count_returns(Q2, LATER, Q2.cut_off, [_owes(1)], [_came(1, received)])

    assert (found.returned, found.in_time) == (returned, in_time)


def test_the_time_of_typing_never_matters() -> None:
    """Rule 4: typed in years later, an entry counts from its date done, else from the first day of its period."""
    typed = date(2026, 11, 21)
    begun = [_came(1, typed)]
    done = [_came(1, typed, EntryState.DONE, counts_from=date(2024, 6, 10))]

    def returned(reports: list[Report], as_of: date) -> tuple[int, int]:
        found = count_returns(Q2, as_of, Q2.cut_off, [_owes(1)], reports)
        return found.returned, found.in_time

    assert returned(begun, date(2024, 3, 31)) == (0, 0)
    assert returned(begun, date(2024, 4, 1)) == (1, 0)
    assert returned(done, date(2024, 6, 9)) == (0, 0)
    assert returned(done, date(2024, 6, 10)) == (1, 0)


def test_one_unit_with_several_obligations_is_counted_by_obligation() -> None:
    expected = [_owes(1), _owes(2), _owes(3, "教育局")]
    reports = [_came(1, date(2024, 6, 20)), _came(3, date(2024, 7, 9))]

    found = count_returns(Q2, LATER, Q2.cut_off, expected, reports)
    finance, school = found.units

    assert (found.expected, found.returned, found.in_time) == (3, 2, 1)
    assert (found.return_rate, found.in_time_rate) == (2 / 3, 1 / 3)
    assert (finance.unit, finance.missing, finance.received_on, finance.complete) == (
        "财政局",
        (2,),
        date(2024, 6, 20),
        False,
    )
    assert (school.complete, school.in_time, school.return_rate) == (True, 0, 1)


def test_several_parts_of_one_obligation_are_one_return_on_the_first_day_one_came() -> None:
    reports = [_came(1, date(2024, 7, 9)), _came(1, date(2024, 6, 28))]

    found = count_returns(Q2, LATER, Q2.cut_off, [_owes(1)], reports)

    assert (found.returned, found.in_time, found.units[0].received_on) == (1, 1, date(2024, 6, 28))


def test_what_was_sent_back_counts_as_returned_and_is_listed_beside() -> None:
    found = count_returns(Q2, LATER, Q2.cut_off, [_owes(1)], [_came(1, date(2024, 6, 28), sent_back=True)])

    assert (found.returned, found.in_time, found.sent_back) == (1, 1, 1)
    assert "退回" in found.rules["returned"]


def test_a_group_that_is_incomplete_is_listed_apart() -> None:
    found = count_returns(Q2, LATER, Q2.cut_off, [_owes(1, "各乡镇", is_group=True), _owes(2)], [])

    assert (found.expected, [unit.unit for unit in found.units]) == (1, ["财政局"])
    assert [(group.name, group.obligations) for group in found.groups] == [("各乡镇", (1,))]


def test_nothing_expected_has_no_rate() -> None:
    found = count_returns(Q2, LATER, Q2.cut_off, [], [_came(1, date(2024, 6, 1))])

    assert (found.expected, found.returned, found.return_rate, found.in_time_rate) == (0, 0, None, None)


def test_a_moved_cut_off_is_named_in_the_rule() -> None:
    found = count_returns(Q2, LATER, date(2024, 7, 1), [_owes(1)], [_came(1, date(2024, 7, 1))])

    assert found.in_time == 1
    assert "2024-07-01" in found.rules["in_time"]
    assert "2024-07" not in count_returns(Q2, LATER, Q2.cut_off, [], []).rules["in_time"]


def test_what_a_state_must_say() -> None:
    asks = (WORK, PROBLEMS, NEXT, TARGETS, EVIDENCE)

    assert asked_of(EntryState.NOT_APPLICABLE, asks, has_targets=True) == ()
    assert asked_of(EntryState.NOT_STARTED, asks, has_targets=True) == (PROBLEMS, NEXT)
    assert asked_of(EntryState.DONE, asks, has_targets=False) == (WORK, PROBLEMS, NEXT, EVIDENCE)


def test_what_is_asked_and_not_said_is_listed() -> None:
    expected = [_owes(1), _owes(2), _owes(3), _owes(4)]
    reports = [
        _came(1, date(2024, 6, 1), says=(WORK,)),
        _came(2, date(2024, 6, 1), says=(WORK, EVIDENCE)),
        _came(3, date(2024, 6, 1), EntryState.NOT_APPLICABLE),
    ]

    (unit,) = count_returns(ASKING, LATER, Q2.cut_off, expected, reports, with_targets=frozenset({1})).units

    assert unit.lacking == ((1, (TARGETS, EVIDENCE)),)
    assert unit.missing == (4,)


def test_parts_may_each_say_their_own() -> None:
    reports = [_came(1, date(2024, 6, 1), says=(WORK,)), _came(1, date(2024, 6, 2), says=(EVIDENCE,))]

    (unit,) = count_returns(ASKING, LATER, Q2.cut_off, [_owes(1)], reports).units

    assert unit.lacking == ()


WORKED = (Holiday(date(2024, 9, 29), "国庆节", is_workday=True),)
NATIONAL = tuple(Holiday(date(2024, 10, day), "国庆节") for day in range(1, 8))


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2024, 6, 28), date(2024, 6, 28)),  # Friday
        (date(2024, 6, 29), date(2024, 7, 1)),  # Saturday
        (date(2024, 6, 30), date(2024, 7, 1)),  # Sunday
        (date(2024, 9, 29), date(2024, 9, 29)),  # a Sunday that is worked
        (date(2024, 10, 1), date(2024, 10, 8)),  # a week of holidays
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2023, 12, 31), date(2024, 1, 1)),  # no table of that year: weekends only
    ],
)
def test_the_next_working_day(day: date, moved: date) -> None:
    assert next_workday(day, (*WORKED, *NATIONAL)) == moved
