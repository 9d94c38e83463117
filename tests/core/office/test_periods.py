"""报送期: made, changed and deleted by the clerk; 中期 of two plans; settings and holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError, LedgerFileError, NotFoundError
from core.job import Job
from core.model.holiday import Holiday
from core.model.ledger import EntryState, Period
from core.office import (
    bundled,
    files,
    freezing,
    holidays,
    ledger_settings,
    overview,
    own_periods,
    periods,
    progress,
    reading,
    statistics,
    status,
    undo,
    upward,
)
from core.office.form_value import FormValue
from core.office.ledger_settings import LedgerSettings
from core.store import journal
from core.store.database import Store

DAY = date(2025, 1, 10)
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已部署。")


@pytest.fixture
def two_plans(store: Store) -> Store:
    """古县's plan and, as p2, 钦州's."""
    reading.import_plan(store, bundled.load("qinzhou"), None, Job())
    return store


@pytest.fixture
def qinzhou(tmp_path: Path) -> Iterator[Store]:
    """A file of 钦州 alone."""
    with closing(files.create_ledger(tmp_path / "钦州.db", "qinzhou")) as opened:
        yield opened


@pytest.fixture
def hongsibu(tmp_path: Path) -> Iterator[Store]:
    """A file of 红寺堡区, whose plan has measures that go on (长期坚持)."""
    with closing(files.create_ledger(tmp_path / "红寺堡.db", "hongsibu")) as opened:
        yield opened


def _acts(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT action FROM journal ORDER BY id")]


def _named(store: Store, title: str, first: date, last: date, key: str | None = None, **values: object) -> None:
    cut_off = values.get("cut_off", last)
    assert isinstance(cut_off, date)
    periods.save_period(store, None, key, title=title, first_day=first, last_day=last, cut_off=cut_off)


def test_a_cut_off_and_what_is_asked_are_kept(store: Store) -> None:
    changes = periods.save_period(
        store,
        None,
        "2024q4",
        title="2024年第四季度",
        first_day=date(2024, 10, 1),
        last_day=date(2024, 12, 31),
        cut_off=date(2024, 12, 25),
        asks=("佐证材料", "工作进展"),
    )

    found = periods.period_of(store, None, "2024Q4")
    assert changes.periods
    assert (found.cut_off, found.asks) == (date(2024, 12, 25), ("工作进展", "佐证材料"))
    assert periods.period_of(store, None, "2024q4") == found
    assert periods.period_of(store, None, "2024年第四季度") == found
    assert _acts(store)[-1] == "新建报送期"


def test_a_change_is_told_with_before_and_after_and_nothing_new_is_not_told(store: Store) -> None:
    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31))
    key = periods.period_of(store, None, "督察整改").key
    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31), key)
    assert _acts(store).count("修改报送期") == 0

    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31), key, cut_off=date(2024, 6, 3))

    assert periods.period_of(store, None, key).cut_off == date(2024, 6, 3)
    last = store.db.execute("SELECT before, after FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    assert last == ('{"截止日期": "2024-05-31"}', '{"截止日期": "2024-06-03"}')
    assert not list(journal.broken(store.db))


@pytest.mark.parametrize(
    ("title", "first", "last", "cut_off", "field"),
    [
        (" ", date(2024, 7, 1), date(2024, 7, 31), date(2024, 7, 31), "title"),
        ("督察整改", date(2024, 7, 1), date(2024, 7, 31), date(2024, 7, 31), "title"),
        ("2024Q3", date(2024, 7, 1), date(2024, 7, 31), date(2024, 7, 31), "title"),
        ("中期", date(2024, 7, 1), date(2024, 7, 31), date(2024, 7, 31), "title"),
        ("专项", date(2024, 7, 2), date(2024, 7, 1), date(2024, 7, 31), "last_day"),
        ("专项", date(2024, 7, 1), date(2024, 7, 31), date(2024, 6, 30), "cut_off"),
        ("专项", date(2024, 5, 31), date(2024, 7, 31), date(2024, 7, 31), "first_day"),
        ("专项", date(2024, 4, 1), date(2024, 4, 2), date(2024, 4, 2), "first_day"),
    ],
)
def test_what_cannot_be_names_its_field(
    store: Store, title: str, first: date, last: date, cut_off: date, field: str
) -> None:
    """There is 督察整改 from March to May already."""
    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31))

    with pytest.raises(InvalidError) as caught:
        _named(store, title, first, last, cut_off=cut_off)

    assert caught.value.field == field
    assert _acts(store).count("新建报送期") == 1


def test_named_periods_may_touch(store: Store) -> None:
    _named(store, "督察整改", date(2024, 2, 1), date(2024, 2, 29))
    _named(store, "专项", date(2024, 3, 1), date(2024, 3, 31))

    assert periods.period_of(store, None, "专项").first_day == date(2024, 3, 1)


def test_a_quarter_keeps_its_days(store: Store) -> None:
    with pytest.raises(InvalidError) as caught:
        _named(store, "2024年第四季度", date(2024, 10, 2), date(2024, 12, 31), "2024Q4")

    assert caught.value.field == "first_day"


def test_only_an_empty_period_goes(store: Store) -> None:
    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31))
    key = periods.period_of(store, None, "督察整改").key
    owed = progress.find_obligation(store, None, 1, "财政局").id
    progress.save(store, owed, key, BEGUN)

    with pytest.raises(InvalidError, match="已有填报"):
        periods.delete_period(store, key)

    line = next(one for one in periods.period_lines(store, None, DAY) if one.period.key == key)
    assert line.why_kept == "已有填报"


def test_an_empty_period_is_deleted(store: Store) -> None:
    _named(store, "督察整改", date(2024, 3, 1), date(2024, 5, 31))
    key = periods.period_of(store, None, "督察整改").key

    assert periods.delete_period(store, key).periods

    assert _acts(store)[-1] == "删除报送期"
    with pytest.raises(InvalidError):
        periods.period_of(store, None, "督察整改")
    with pytest.raises(NotFoundError):
        periods.delete_period(store, key)


def test_midterm_of_two_plans_are_two(two_plans: Store) -> None:
    """古县 runs from 2024-04-12, 钦州's midterm report is due on 2024-08-15."""
    guxian = periods.period_of(two_plans, None, "中期")
    qinzhou = periods.period_of(two_plans, "p2", "中期")

    assert (guxian.key, qinzhou.key) == ("中期", "中期@p2")
    assert qinzhou.cut_off == date(2024, 8, 15)
    assert guxian.last_day != qinzhou.last_day


def test_an_entry_goes_to_the_midterm_of_its_own_plan(two_plans: Store) -> None:
    for plan in (None, "p2"):
        owed = next(iter(overview.overview(two_plans, plan, DAY).obligations))
        progress.save(two_plans, owed.id, periods.period_of(two_plans, plan, "中期").key, BEGUN)

    rows = two_plans.db.execute(
        "SELECT plan.key, period.key FROM progress JOIN period ON period.id = period_id JOIN obligation"
        " ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id JOIN plan ON plan.id = plan_id"
        " ORDER BY plan.position"
    ).fetchall()
    assert rows == [("guxian", "中期"), ("p2", "中期@p2")]


def test_the_periods_of_one_plan_do_not_touch_the_other(two_plans: Store) -> None:
    """钦州's 中期 and 终期 stand in the file; neither the list nor the lights of 古县 know them."""
    keys = [period.key for period in periods.periods(two_plans, "guxian", DAY)]
    clock = overview.overview(two_plans, "guxian", DAY).clock

    assert not [key for key in keys if "@" in key]
    assert clock.periods == ()
    assert [p.key for p in overview.overview(two_plans, "p2", DAY).clock.periods] == ["中期@p2", "终期@p2"]


def test_a_midterm_cannot_end_after_the_final_one(qinzhou: Store) -> None:
    with pytest.raises(InvalidError) as caught:
        _named(qinzhou, "中期", date(2024, 4, 2), date(2025, 12, 31), "中期")

    assert caught.value.field == "last_day"


def test_a_named_key_of_another_plan_is_not_found(two_plans: Store) -> None:
    with pytest.raises(InvalidError):
        periods.period_of(two_plans, "guxian", "报送1@p2")


@pytest.mark.parametrize(("soon_days", "is_soon"), [(30, False), (31, True), (0, False)])
def test_days_to_due_soon_reach_the_computation(store: Store, soon_days: int, is_soon: bool) -> None:
    """Something is due on 2024-12-31: 30 days before are from 2024-12-01 on."""
    ledger_settings.save(store, LedgerSettings(soon_days=soon_days))

    view = overview.overview(store, None, date(2024, 11, 30))
    due = [no for no, status in view.measures.items() if status.next_due == date(2024, 12, 31)]

    assert due
    assert {view.measures[no].due_soon for no in due} == {is_soon}


def test_settings_are_kept_and_told(store: Store) -> None:
    value = LedgerSettings("古县司法局", 15)
    assert ledger_settings.save(store, value).periods
    assert not ledger_settings.save(store, value).periods

    assert ledger_settings.load(store) == value
    assert _acts(store).count("修改台账设置") == 1
    with pytest.raises(InvalidError) as caught:
        ledger_settings.save(store, LedgerSettings(soon_days=366))
    assert caught.value.field == "soon_days"


def test_the_published_years_are_whole() -> None:
    """Every day of the notices of three years, with the documents they are from."""
    assert holidays.published_years() == (2024, 2025, 2026)
    for year, off, worked in ((2024, 28, 8), (2025, 28, 5), (2026, 33, 6)):
        found = holidays.published(year)
        assert found.source == f"国务院办公厅关于{year}年部分节假日安排的通知"
        assert len([day for day in found.days if not day.is_workday]) == off
        assert len([day for day in found.days if day.is_workday]) == worked
        assert {day.day.year for day in found.days} == {year}
        assert all(day.day.weekday() >= 5 for day in found.days if day.is_workday)


def test_a_cut_off_stays_until_the_clerk_lets_it_move(store: Store) -> None:
    """2024-06-30 is a Sunday, 2024-10-06 in the national holidays."""
    q2 = periods.period_of(store, None, "2024Q2")
    with store.reading() as db:
        assert own_periods.effective_cut_off(db, q2) == date(2024, 6, 30)

    ledger_settings.save(store, LedgerSettings(cut_off_moves=True))

    holiday = Period("自定1", "专项", date(2024, 9, 1), date(2024, 9, 30), date(2024, 10, 6))
    with store.reading() as db:
        assert own_periods.effective_cut_off(db, q2) == date(2024, 7, 1)
        assert own_periods.effective_cut_off(db, holiday) == date(2024, 10, 8)
    assert holidays.years(store) == (2024, 2025, 2026)
    assert _acts(store)[-4:] == ["修改台账设置", "修改节假日", "修改节假日", "修改节假日"]


def test_a_moved_cut_off_moves_the_light_of_what_goes_on(hongsibu: Store) -> None:
    """长期坚持 without an entry is 临近 from the cut-off of the period, Sunday 2024-06-30."""
    _named(hongsibu, "2024年第二季度", date(2024, 4, 1), date(2024, 6, 30), "2024Q2")
    assert not _ongoing_soon(hongsibu, date(2024, 6, 29))
    assert _ongoing_soon(hongsibu, date(2024, 6, 30))

    ledger_settings.save(hongsibu, LedgerSettings(cut_off_moves=True))

    assert not _ongoing_soon(hongsibu, date(2024, 6, 30))
    assert _ongoing_soon(hongsibu, date(2024, 7, 1))


def _ongoing_soon(store: Store, as_of: date) -> bool:
    view = overview.overview(store, None, as_of)
    return any(s.due_soon for s in view.statuses.values() if s.state.value == "ongoing")


def test_the_table_of_a_year_is_the_clerks(store: Store) -> None:
    holidays.add_published(store, 2025)
    own = (Holiday(date(2025, 12, 31), "本地放假"),)
    holidays.set_holidays(store, 2025, own)

    assert holidays.holidays(store, 2025) == own
    assert holidays.next_workday(store, date(2025, 12, 31)) == date(2026, 1, 1)
    ledger_settings.save(store, LedgerSettings(cut_off_moves=True))
    assert holidays.holidays(store, 2025) == own


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ([Holiday(date(2024, 1, 1), "元旦")], "day"),
        ([Holiday(date(2025, 1, 1), "元旦"), Holiday(date(2025, 1, 1), "元旦")], "day"),
        ([Holiday(date(2025, 1, 1), " ")], "name"),
    ],
)
def test_a_wrong_table_names_its_field(store: Store, days: list[Holiday], field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        holidays.set_holidays(store, 2025, days)

    assert caught.value.field == field


def test_an_unknown_year_is_not_invented() -> None:
    with pytest.raises(NotFoundError, match="2027年"):
        holidays.published(2027)


def test_holidays_in_words(store: Store) -> None:
    holidays.add_published(store, 2024)

    words = holidays.in_words(holidays.holidays(store, 2024))

    assert "春节调休上班 02-04，春节 02-10—02-17" in words


def test_a_file_that_is_only_read_is_not_changed(ledger: Path) -> None:
    with closing(files.open_ledger(ledger, read_only=True)) as opened:
        with pytest.raises(LedgerFileError):
            ledger_settings.save(opened, LedgerSettings(soon_days=5))
        assert ledger_settings.load(opened).soon_days == 30


def test_the_rule_in_words_says_the_days_that_are_set(store: Store) -> None:
    """Command line and pages print the same number."""
    ledger_settings.save(store, LedgerSettings(soon_days=15))

    assert "15天（含当日）" in status.plan_status(store, None, DAY).plain()["rules"]["due_soon"]
    assert "15天（含当日）" in statistics.statistics(store, None, DAY).rules["due_soon"]


def test_a_period_with_sheets_given_out_stays(store: Store) -> None:
    """Whatever points at a period keeps it, so that a deletion never meets the file's own refusal."""
    pointing = {
        table
        for (table,) in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if any(row[2] == "period" for row in store.db.execute(f"PRAGMA foreign_key_list({table})"))
    }

    assert pointing == {
        "progress",
        "frozen_period",
        "upward_report",
        "dispatch",
        "received_file",
        "reminder",
        "submission",
        "issued",
    }


def test_every_act_on_periods_and_settings_can_be_taken_back(qinzhou: Store) -> None:
    """撤销 brings each table back as it was, and tells that periods changed."""
    tables = ("period", "frozen_period", "upward_report", "holiday", "setting")

    def rows() -> list[list[tuple[object, ...]]]:
        return [qinzhou.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]

    report = upward.upward_reports(qinzhou, None)[0].id
    assert report is not None
    acts: list[Callable[[], object]] = [
        lambda: _named(qinzhou, "督察整改", date(2024, 3, 1), date(2024, 5, 31)),
        lambda: periods.delete_period(qinzhou, periods.period_of(qinzhou, None, "督察整改").key),
        lambda: freezing.freeze(qinzhou, None, "中期", date(2024, 8, 15)),
        lambda: upward.mark_sent(qinzhou, report, date(2024, 8, 12)),
        lambda: upward.save_upward(qinzhou, None, None, what="总结", due_on=date(2025, 12, 31)),
        lambda: ledger_settings.save(qinzhou, LedgerSettings("钦州市司法局", 15, cut_off_moves=True)),
        lambda: holidays.set_holidays(qinzhou, 2025, ()),
    ]
    states = [rows()]
    for act in acts:
        act()
        states.append(rows())

    for before in reversed(states[:-1]):
        assert undo.undo(qinzhou).periods
        assert rows() == before
    assert not list(journal.broken(qinzhou.db))
