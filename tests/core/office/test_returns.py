"""Returns of a period in a real file, frozen figures, what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError
from core.job import Job
from core.ledger.returns import Returns, UnitReturn
from core.model.ledger import EntryState
from core.office import bundled, freezing, ledger_settings, overview, periods, progress, reading, returns, reviewing
from core.office.form_value import FormValue
from core.office.ledger_settings import LedgerSettings
from core.office.returns import asks_missing
from core.store import journal
from core.store.database import Store

Q2 = "2024Q2"
LATER = date(2024, 12, 31)
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已部署。", received_on=date(2024, 6, 20))
UNIT = "财政局"


def _of_unit(found: Returns, unit: str = UNIT) -> UnitReturn:
    return next(one for one in found.units if one.unit == unit)


def _owed(store: Store, unit: str = UNIT) -> list[int]:
    return [item.id for item in overview.overview(store, None, LATER).obligations if item.unit == unit]


def _asking(store: Store, *asks: str) -> None:
    found = periods.period_of(store, None, Q2)
    periods.save_period(
        store,
        None,
        Q2,
        title=found.title,
        first_day=found.first_day,
        last_day=found.last_day,
        cut_off=found.cut_off,
        asks=asks,
    )


def test_everything_is_expected_before_anything_is_done(store: Store) -> None:
    view = overview.overview(store, None, LATER)
    found = returns.returns(store, None, Q2, LATER)

    own = [item for item in view.obligations if not item.is_group]
    assert (found.expected, found.returned, found.in_time) == (len(own), 0, 0)
    assert len(found.groups) == len({item.unit for item in view.obligations if item.is_group})
    assert found.return_rate == 0


@pytest.mark.parametrize(
    ("received", "moves", "in_time"),
    [
        (date(2024, 6, 30), False, 1),
        (date(2024, 7, 1), False, 0),
        (date(2024, 7, 1), True, 1),
        (date(2024, 7, 2), True, 0),
    ],
)
def test_a_cut_off_on_a_sunday(store: Store, received: date, moves: bool, in_time: int) -> None:
    """2024-06-30 is a Sunday; the Monday is in time only where the clerk lets the cut-off move."""
    ledger_settings.save(store, LedgerSettings(cut_off_moves=moves))
    progress.save(store, _owed(store)[0], Q2, replace(BEGUN, received_on=received))

    found = returns.returns(store, None, Q2, LATER)

    assert (found.returned, found.in_time) == (1, in_time)
    assert found.cut_off == (date(2024, 7, 1) if moves else date(2024, 6, 30))


def test_what_was_done_before_a_period_is_not_expected_in_it(store: Store) -> None:
    """Done on the last day of June: the second quarter expects it, the third does not."""
    owed = _owed(store)[0]
    progress.save(store, owed, Q2, FormValue(EntryState.DONE, date(2024, 6, 30), received_on=date(2024, 6, 30)))

    second = _of_unit(returns.returns(store, None, Q2, LATER))
    third = _of_unit(returns.returns(store, None, "2024Q3", LATER))

    assert (second.returned, third.returned) == (1, 0)
    assert third.expected == second.expected - 1
    assert owed not in third.missing


def test_done_on_the_first_day_is_still_expected(store: Store) -> None:
    owed = _owed(store)[0]
    progress.save(store, owed, "2024Q3", FormValue(EntryState.DONE, date(2024, 7, 1), received_on=date(2024, 9, 1)))

    assert _of_unit(returns.returns(store, None, "2024Q3", LATER)).returned == 1


def test_not_applicable_in_the_period_is_an_answer_and_ends_the_duty_after_it(store: Store) -> None:
    value = FormValue(EntryState.NOT_APPLICABLE, reason="无执法职权", received_on=date(2024, 6, 3))
    progress.save(store, _owed(store)[0], Q2, value)

    second = _of_unit(returns.returns(store, None, Q2, LATER))
    third = _of_unit(returns.returns(store, None, "2024Q3", LATER))

    assert second.returned == 1
    assert third.expected == second.expected - 1


def test_done_and_sent_back_before_the_period_is_expected_again(store: Store) -> None:
    owed = _owed(store)[0]
    progress.save(store, owed, Q2, FormValue(EntryState.DONE, date(2024, 6, 1), received_on=date(2024, 6, 3)))
    reviewing.send_back(store, [owed], Q2, "没有印证材料")

    second = _of_unit(returns.returns(store, None, Q2, LATER))
    third = _of_unit(returns.returns(store, None, "2024Q3", LATER))

    assert (second.returned, second.sent_back) == (1, 1)
    assert owed in third.missing


def test_a_period_over_before_the_plan_expects_nothing(store: Store) -> None:
    """The plan of 古县 is of 2024-04-12."""
    assert returns.returns(store, None, "2024Q1", LATER).expected == 0
    assert returns.returns(store, None, "2024-04", LATER).expected > 0


def test_the_whole_calendar_may_be_asked_for(store: Store) -> None:
    """From the first year a period may name to the last one."""
    assert returns.returns(store, None, "1949", LATER).expected == 0
    assert returns.returns(store, None, "9999", LATER).expected > 0


def test_a_period_over_new_year_and_the_leap_day(store: Store) -> None:
    """An own period from 2027-12-16 to 2028-02-29, cut-off on the leap day, a Tuesday."""
    periods.save_period(
        store,
        None,
        None,
        title="岁末专项",
        first_day=date(2027, 12, 16),
        last_day=date(2028, 2, 29),
        cut_off=date(2028, 2, 29),
    )
    owed = _owed(store)
    progress.save(store, owed[0], "岁末专项", replace(BEGUN, received_on=date(2028, 2, 29)))
    progress.save(store, owed[1], "岁末专项", replace(BEGUN, received_on=date(2028, 3, 1)))

    found = returns.returns(store, None, "岁末专项", date(2028, 3, 1))

    assert (found.returned, found.in_time) == (2, 1)


def test_two_plans_are_counted_each_for_itself(store: Store) -> None:
    """The same unit, the same quarter: each plan sees its own returns."""
    reading.import_plan(store, bundled.load("dingxi"), None, Job())
    owed = next(item for item in overview.overview(store, "p2", LATER).obligations if not item.is_group)
    progress.save(store, owed.id, Q2, BEGUN)

    assert returns.returns(store, None, Q2, LATER).returned == 0
    assert returns.returns(store, "p2", Q2, LATER).returned == 1


def test_what_a_period_asks_is_listed_where_it_is_missing(store: Store) -> None:
    _asking(store, "工作进展", "佐证材料")
    owed = _owed(store)
    progress.save(store, owed[0], Q2, BEGUN)
    progress.save(store, owed[1], Q2, replace(BEGUN, state=EntryState.NOT_STARTED, text=""))

    found = asks_missing(store, None, Q2, LATER)

    assert [(one.obligation_id, one.unit, one.what) for one in found] == [(owed[0], UNIT, ("佐证材料",))]
    assert found[0].measure_no == 1


def test_evidence_that_is_asked_and_there_is_not_missing(store: Store, tmp_path: Path) -> None:
    _asking(store, "佐证材料")
    file = tmp_path / "通知.txt"
    file.write_text("通知", encoding="utf-8")
    progress.record(store, _owed(store)[0], Q2, BEGUN, files=(file,))

    assert asks_missing(store, None, Q2, LATER) == ()


def test_frozen_figures_stay_and_what_is_another_since_is_told(store: Store) -> None:
    assert freezing.frozen(store, None, Q2) is None
    freezing.freeze(store, None, Q2, date(2024, 7, 5))
    assert freezing.frozen_difference(store, None, Q2) == ()

    progress.save(store, _owed(store)[0], Q2, BEGUN)

    kept = freezing.frozen(store, None, Q2)
    assert kept is not None
    assert (kept.as_of, kept.returns["returned"]) == (date(2024, 7, 5), 0)
    told = [(d.subject, d.figure, d.frozen, d.now) for d in freezing.frozen_difference(store, None, Q2)]
    assert ("全部责任事项", "已报", 0, 1) in told
    assert ("全部责任事项", "推进中", 0, 1) in told
    assert (UNIT, "按时", 0, 1) in told
    assert {subject for subject, *_ in told} == {"全部措施", "全部责任事项", UNIT}


def test_freezing_again_asks_and_keeps_both(store: Store) -> None:
    freezing.freeze(store, None, Q2, date(2024, 7, 5))
    with pytest.raises(InvalidError, match="已于"):
        freezing.freeze(store, None, Q2, date(2024, 7, 8))
    progress.save(store, _owed(store)[0], Q2, BEGUN)

    freezing.freeze(store, None, Q2, date(2024, 7, 8), again=True)

    assert freezing.frozen_difference(store, None, Q2) == ()
    assert store.db.execute("SELECT count(*) FROM frozen_period").fetchone() == (2,)
    acts = [row[0] for row in store.db.execute("SELECT action FROM journal ORDER BY id")]
    assert (acts.count("固定数字"), acts.count("重新固定数字")) == (1, 1)
    assert not list(journal.broken(store.db))


def test_a_frozen_period_is_not_deleted(store: Store) -> None:
    freezing.freeze(store, None, Q2, date(2024, 7, 5))

    with pytest.raises(InvalidError, match="已固定数字"):
        periods.delete_period(store, Q2)
    line = next(one for one in periods.period_lines(store, None, LATER) if one.period.key == Q2)
    assert line.frozen_on == date(2024, 7, 5)


@pytest.mark.parametrize("period", ["2024Q2", "2024Q3", "2025Q1", "1949"])
def test_an_overview_that_is_there_serves_for_any_period(store: Store, period: str) -> None:
    """Computed from the plan as read for another date, or read anew: the same."""
    owed = _owed(store)
    progress.save(store, owed[0], Q2, FormValue(EntryState.DONE, date(2024, 6, 30), received_on=date(2024, 6, 30)))
    progress.save(store, owed[1], "2024Q3", BEGUN)
    view = overview.overview(store, None, LATER)

    assert returns.returns(store, None, period, LATER, view=view) == returns.returns(store, None, period, LATER)
