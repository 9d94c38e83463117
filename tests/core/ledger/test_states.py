"""States and lights on a date: the table of the design and the days around each date."""

from __future__ import annotations

from datetime import date

import pytest

from core.ledger import periods
from core.ledger.expand import responsibilities
from core.ledger.figures import count
from core.ledger.states import Clock, anchor_of, dues, measure_status, obligation_status
from core.model.ledger import Entry, EntryState, Light, Review, State, Status
from core.model.plan import Deadline, DeadlineKind, Document, Measure, Role, Standing
from core.model.units import Register, Unit, UnitKind

BY = Deadline(DeadlineKind.BY, date(2024, 12, 31))
ONGOING = Deadline(DeadlineKind.ONGOING)
THEN_ONGOING = Deadline(DeadlineKind.BY_THEN_ONGOING, date(2024, 6, 15))
FEBRUARY = Deadline(DeadlineKind.RECURRING, None, "yearly-02-28")
INSTRUCTED = Deadline(DeadlineKind.ON_INSTRUCTION)
PLAN_DATE = date(2024, 4, 12)


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def clock(as_of: str, **rest: object) -> Clock:
    """A clock of the plan of 2024-04-12."""
    return Clock(day(as_of), **{"anchor": PLAN_DATE, **rest})  # type: ignore[arg-type]


def done(on: str, period: str | None = None, part: str | None = None, review: Review = Review.PENDING) -> Entry:
    """已完成 on a day; the period is the quarter of that day unless given."""
    where = periods.parse(period) if period else periods.quarter_of(day(on))
    return Entry(EntryState.DONE, where, day(on), part, review)


def said(state: EntryState, period: str, part: str | None = None) -> Entry:
    """An entry of a period without a date."""
    return Entry(state, periods.parse(period), None, part)


def status(deadline: Deadline | tuple[Deadline, ...], entries: list[Entry], as_of: str, **rest: object) -> Status:
    """Status of one obligation."""
    parts = deadline if isinstance(deadline, tuple) else (deadline,)
    return obligation_status(parts, entries, clock(as_of, **rest))


def test_one_of_two_units_late_makes_the_measure_in_progress_and_overdue() -> None:
    """by 2024-12-31, one of two units done on 2024-11-02: on 2025-01-01 推进中 and 逾期."""
    now = clock("2025-01-01")
    units = [obligation_status((BY,), [done("2024-11-02")], now), obligation_status((BY,), [], now)]

    measure = measure_status((BY,), units, now)

    assert (measure.state, measure.overdue, measure.done_late) == (State.IN_PROGRESS, True, False)


@pytest.mark.parametrize(
    ("as_of", "state", "overdue", "late"),
    [("2025-01-04", State.IN_PROGRESS, True, False), ("2025-01-06", State.DONE, False, True)],
)
def test_the_last_unit_done_late_completes_the_measure_late(
    as_of: str, state: State, *, overdue: bool, late: bool
) -> None:
    """The other done on 2025-01-05: before that day still 逾期, after it 已完成 and 逾期完成."""
    now = clock(as_of)
    units = [obligation_status((BY,), [done(d)], now) for d in ("2024-11-02", "2025-01-05")]

    measure = measure_status((BY,), units, now)

    assert (measure.state, measure.overdue, measure.done_late) == (state, overdue, late)


def test_a_group_that_is_not_whole_keeps_the_measure_from_being_done() -> None:
    """各乡镇 待补全 with its one known township done: the measure is not 已完成."""
    register = Register(
        [
            Unit("北平镇", UnitKind.TOWNSHIP),
            Unit("各乡镇", UnitKind.GROUP, is_group=True, members=("北平镇",), incomplete=True),
        ]
    )
    measure = Measure(1, "（1）", 1, 1, "…", responsible=("各乡镇",), deadlines=(BY,))
    parts = responsibilities(measure, (), register)
    now = clock("2024-12-01")

    statuses = [obligation_status((BY,), [done("2024-11-02")] if p.unit == "北平镇" else [], now) for p in parts]

    assert [(p.unit, p.is_group) for p in parts] == [("北平镇", False), ("各乡镇", True)]
    assert measure_status((BY,), statuses, now).state is State.IN_PROGRESS


def test_a_unit_named_itself_and_in_a_collective_owes_once_with_the_strongest_role() -> None:
    """司法局 leads and is a member of 各行政执法单位: one obligation, 牵头."""
    register = Register(
        [
            Unit("司法局"),
            Unit("财政局"),
            Unit("各行政执法单位", UnitKind.GROUP, is_group=True, members=("财政局", "司法局")),
        ]
    )
    measure = Measure(1, "（1）", 1, 1, "…", lead=("司法局",), responsible=("各行政执法单位",))

    parts = responsibilities(measure, (), register)

    assert [(p.unit, p.role, p.via) for p in parts] == [
        ("司法局", Role.LEAD, ()),
        ("财政局", Role.RESPONSIBLE, ("各行政执法单位",)),
    ]


def test_a_standing_unit_owes_every_measure_unless_it_has_a_stronger_role() -> None:
    """A unit said once for the plan is added, and never doubled."""
    standing = (Standing("各县区", Role.RESPONSIBLE),)
    register = Register([Unit("各县区", UnitKind.GROUP, is_group=True, incomplete=True)])

    parts = responsibilities(Measure(1, "", None, None, "…", lead=("司法局",)), standing, register)

    assert [(p.unit, p.role, p.is_group) for p in parts] == [
        ("司法局", Role.LEAD, False),
        ("各县区", Role.RESPONSIBLE, True),
    ]


@pytest.mark.parametrize(
    ("as_of", "entries", "state", "light"),
    [
        ("2024-06-16", [], State.NOT_STARTED, Light.OVERDUE),
        ("2024-06-15", [], State.NOT_STARTED, Light.DUE_SOON),
        ("2031-01-01", [done("2024-06-10")], State.ONGOING, Light.NORMAL),
        ("2024-06-09", [done("2024-06-10")], State.NOT_STARTED, Light.DUE_SOON),
    ],
)
def test_by_then_ongoing_is_by_until_its_first_phase_is_done(
    as_of: str, entries: list[Entry], state: State, light: Light
) -> None:
    """2024年6月15日前并长期坚持."""
    result = status(THEN_ONGOING, entries, as_of)

    assert (result.state, result.light) == (state, light)


@pytest.mark.parametrize(
    ("as_of", "overdue", "next_due"),
    [("2025-03-01", False, "2026-02-28"), ("2026-03-01", True, "2026-02-28"), ("2026-02-28", False, "2026-02-28")],
)
def test_a_recurring_deadline_runs_from_the_first_date_after_the_plan(
    as_of: str, next_due: str, *, overdue: bool
) -> None:
    """每年2月底前 of a plan of 2024-04 with an entry for 2025."""
    result = status(FEBRUARY, [done("2025-02-20")], as_of)

    assert (result.overdue, result.next_due) == (overdue, day(next_due))


def test_a_recurring_deadline_in_february_means_the_last_day_of_a_leap_year() -> None:
    """29 February 2028 is still in time, 1 March is not."""
    assert not status(FEBRUARY, [done(f"{y}-02-01") for y in (2025, 2026, 2027)], "2028-02-29").overdue
    assert status(FEBRUARY, [done(f"{y}-02-01") for y in (2025, 2026, 2027)], "2028-03-01").overdue


def test_an_occurrence_filled_late_by_naming_its_period_is_no_longer_overdue() -> None:
    """Done in May, entered for the first quarter: the occurrence of February is filled, late."""
    filled = dues((FEBRUARY,), [done("2025-05-01", "2025Q1")], clock("2025-05-02"))

    assert [(d.due_on, d.state, d.done_late) for d in filled] == [
        (day("2025-02-28"), State.DONE, True),
        (day("2026-02-28"), State.NOT_STARTED, False),
    ]


def test_kept_up_counts_from_its_period_and_is_late_by_its_date() -> None:
    """本期已落实 is no 已完成: it counts from the first day of its period; its date only tells whether it was late."""
    kept = Entry(EntryState.KEPT_UP, periods.parse("2025Q1"), day("2025-03-10"))

    filled = dues((FEBRUARY,), [kept], clock("2025-03-05"))[0]

    assert (filled.state, filled.done_late) == (State.DONE, True)


def test_an_undated_plan_counts_from_the_year_of_its_earliest_deadline() -> None:
    """Without a date of the plan the year of the earliest dated deadline is the beginning."""
    measures = [Measure(1, "", None, None, "…", deadlines=(BY, FEBRUARY))]

    assert anchor_of(Document("t"), measures) == date(2023, 12, 31)
    assert anchor_of(Document("t", date=PLAN_DATE), measures) == PLAN_DATE
    assert anchor_of(Document("t"), [Measure(1, "", None, None, "…", deadlines=(ONGOING,))]) is None


def test_a_plan_without_any_date_knows_only_the_next_occurrence() -> None:
    """Nothing can be late when nothing says since when it is due."""
    result = obligation_status((FEBRUARY,), [], Clock(day("2031-05-01")))

    assert (result.state, result.overdue, result.next_due) == (State.NOT_STARTED, False, day("2032-02-29"))


def test_on_instruction_waits_without_a_light() -> None:
    """按国家统一部署要求完成."""
    result = status(INSTRUCTED, [], "2030-01-01")

    assert (result.state, result.light, result.next_due) == (State.WAITING, Light.NORMAL, None)


def test_not_applicable_is_left_out_of_the_measure() -> None:
    """Two units, one 不涉及, the other done: 已完成; both 不涉及: 不涉及."""
    now = clock("2024-12-01")
    out = obligation_status((BY,), [said(EntryState.NOT_APPLICABLE, "2024Q4")], now)
    ready = obligation_status((BY,), [done("2024-11-01")], now)

    assert measure_status((BY,), [out, ready], now).state is State.DONE
    assert measure_status((BY,), [out, out], now).state is State.NOT_APPLICABLE


def test_done_and_returned_is_in_progress_again() -> None:
    """退回 takes 已完成 back, the entry stays one."""
    result = status(BY, [done("2024-11-01", review=Review.RETURNED)], "2024-11-02")

    assert (result.state, result.has_entry) == (State.IN_PROGRESS, True)


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        ("2024-11-30", Light.NORMAL),
        ("2024-12-01", Light.DUE_SOON),
        ("2024-12-31", Light.DUE_SOON),
        ("2025-01-01", Light.OVERDUE),
    ],
)
def test_the_date_itself_is_in_time(as_of: str, light: Light) -> None:
    """临近 from thirty days before to the date, 逾期 from the day after."""
    assert status(BY, [], as_of).light is light


def test_done_on_the_date_is_in_time_and_a_day_later_is_late() -> None:
    """逾期完成 is told apart from 按期完成."""
    assert not status(BY, [done("2024-12-31")], "2025-06-01").done_late
    assert status(BY, [done("2025-01-01")], "2025-06-01").done_late


def test_an_entry_counts_from_its_date_or_the_first_day_of_its_period() -> None:
    """The time of typing never matters."""
    entry = said(EntryState.IN_PROGRESS, "2024Q3")

    assert status(BY, [entry], "2024-06-30").state is State.NOT_STARTED
    assert status(BY, [entry], "2024-07-01").state is State.IN_PROGRESS
    assert status(BY, [done("2024-08-05")], "2024-08-04").state is State.NOT_STARTED
    assert status(BY, [done("2024-08-05")], "2024-08-05").state is State.DONE


def test_done_in_one_period_stays_done_when_a_later_sheet_says_in_progress() -> None:
    """已完成 is taken back by correcting or returning that entry, not by a later one."""
    entries = [done("2024-06-10"), said(EntryState.IN_PROGRESS, "2024Q4")]

    assert status(BY, entries, "2025-01-10").state is State.DONE


def test_an_entry_that_says_not_started_begins_nothing() -> None:
    """未启动 as said stays 未启动."""
    assert status(BY, [said(EntryState.NOT_STARTED, "2024Q3")], "2024-09-01").state is State.NOT_STARTED


def test_parts_are_done_one_by_one_and_by_scope() -> None:
    """应急领域专项监督 by 2024, the rest by 2025: done when both are, begun when one has an entry."""
    parts = (
        Deadline(DeadlineKind.BY, date(2024, 12, 31), scope="应急领域专项监督"),
        Deadline(DeadlineKind.BY, date(2025, 12, 31), scope="其余事项"),
    )
    first = done("2024-12-20", part="应急领域专项监督")

    assert status(parts, [], "2025-01-01").overdue
    half = status(parts, [first], "2025-01-01")
    assert (half.state, half.overdue, half.next_due) == (State.IN_PROGRESS, False, date(2025, 12, 31))
    assert status(parts, [first, done("2025-05-01", part="其余事项")], "2025-06-01").state is State.DONE
    assert status(parts, [done("2024-11-01")], "2025-06-01").state is State.DONE


def test_an_ongoing_obligation_is_never_overdue_and_asks_for_an_entry_each_period() -> None:
    """长期坚持: 本期已落实 with an entry, 临近 from the cut-off without one."""
    known = (periods.parse("2024Q2"), periods.parse("2024Q3"))
    kept = said(EntryState.KEPT_UP, "2024Q2")

    assert status(ONGOING, [], "2024-06-29", periods=known).light is Light.NORMAL
    assert status(ONGOING, [], "2024-06-30", periods=known).light is Light.DUE_SOON
    with_entry = status(ONGOING, [kept], "2024-06-30", periods=known)
    assert (with_entry.state, with_entry.light, with_entry.kept_up) == (State.ONGOING, Light.NORMAL, True)
    assert status(ONGOING, [kept], "2024-09-30", periods=known).light is Light.DUE_SOON
    assert status(ONGOING, [done("2024-07-01")], "2031-01-01").state is State.ONGOING


def test_unspecified_and_missing_deadlines_are_never_late() -> None:
    """No date, no light; the states are those of a dated one."""
    loose = Deadline(DeadlineKind.UNSPECIFIED)

    assert status(loose, [], "2040-01-01").light is Light.NORMAL
    assert status((), [], "2040-01-01").state is State.NOT_STARTED
    assert status((), [done("2024-05-01")], "2040-01-01").state is State.DONE


def test_a_measure_with_nobody_responsible_is_not_begun() -> None:
    """A measure without obligations still has the state of its deadline."""
    assert measure_status((BY,), [], clock("2025-01-01")).overdue
    assert measure_status((ONGOING,), [], clock("2025-01-01")).state is State.ONGOING


def test_the_six_states_add_up_to_the_total() -> None:
    """Figures count each once."""
    figures = count([Status(state) for state in State] + [Status(State.DONE, done_late=True)])

    plain = figures.plain()
    assert figures.total == sum(plain[state.value] for state in State) == 7
    assert (figures.done, figures.done_late) == (2, 1)
    assert figures.completion == pytest.approx(2 / 4)


@pytest.mark.parametrize(
    ("key", "first", "last", "title"),
    [
        ("2024Q2", "2024-04-01", "2024-06-30", "2024年第二季度"),
        ("2024H1", "2024-01-01", "2024-06-30", "2024年上半年"),
        ("2024h2", "2024-07-01", "2024-12-31", "2024年下半年"),
        ("2024", "2024-01-01", "2024-12-31", "2024年"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2024-6", "2024-06-01", "2024-06-30", "2024年6月"),
    ],
)
def test_period_keys(key: str, first: str, last: str, title: str) -> None:
    """Each written form names its first and last day; the last is the cut-off."""
    period = periods.parse(key)

    assert (period.first_day, period.last_day, period.cut_off, period.title) == (
        day(first),
        day(last),
        day(last),
        title,
    )


def test_midterm_and_final_span_the_plan() -> None:
    """中期 ends at the half-year nearest before the middle, 终期 with the plan."""
    span = (PLAN_DATE, date(2025, 12, 31))

    assert periods.parse("中期", span=span).last_day == date(2024, 12, 31)
    assert periods.parse("终期", span=span).last_day == date(2025, 12, 31)
