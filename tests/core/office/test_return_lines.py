"""Who has returned, who has not, who late: by kept sheets, by what was read and not taken, by telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from core.model.ledger import EntryState
from core.office import obligations, progress, reminders
from core.office.collected import Collected, CollectedFile, Fate, LooseFile, Verdict, Whose
from core.office.form_value import FormValue
from core.office.periods import period_of
from core.office.return_lines import Came, CameFile, missing_listing, periods_elsewhere, return_lines, with_collected
from core.office.returns import returns

PERIOD = "2024Q4"
AS_OF = date(2025, 1, 10)
NOW = datetime(2025, 1, 5, 9, 30).astimezone()


def lines(store):
    return return_lines(store, None, returns(store, None, PERIOD, AS_OF))


def line(found, unit):
    return next(one for one in found if one.unit == unit)


def sheet(store, unit, *, at=0, period=PERIOD, verdict=Verdict.OK, **more) -> CollectedFile:
    whose = Whose("guxian", period_of(store, None, period), unit)
    return CollectedFile(
        at, f"/收到/{unit}.xlsx", f"{unit}.xlsx", "/收到", f"{at:064}", 9, None, verdict, whose, **more
    )


def joined(store, *files):
    found = returns(store, None, PERIOD, AS_OF)
    return with_collected(lines(store), Collected(files, (), ()), found, NOW)


def test_without_anything_all_expected_units_owe_in_the_order_of_the_register(store):
    found = lines(store)
    assert [one.unit for one in found[:3]] == ["司法局", "发改局", "公安局"]
    assert {one.came for one in found} == {Came.MISSING}
    assert line(found, "财政局").expected == 35


def test_a_unit_that_said_everything_by_telephone_has_returned(store):
    for row in obligations.list_obligations(store, None, AS_OF, unit="财政局"):
        state = EntryState.KEPT_UP if row.status.state.value == "ongoing" else EntryState.IN_PROGRESS
        value = FormValue(state, text="已部署", came_by="电话", received_on=date(2025, 1, 8))
        progress.save(store, row.id, PERIOD, value)
    found = line(lines(store), "财政局")
    assert (found.came, found.by_other_ways, found.files) == (Came.RETURNED, True, ())
    assert (found.came_on, found.days_late) == (date(2025, 1, 8), 8)


def test_what_was_read_waits_and_its_day_tells_how_late_it_is(store):
    found = line(joined(store, sheet(store, "财政局")), "财政局")
    assert (found.came, found.came_on, found.days_late, found.is_back) == (Came.WAITING, NOW.date(), 5, True)
    assert found.files == (CameFile("财政局.xlsx", Path("/收到/财政局.xlsx"), NOW.date(), NOW, is_waiting=True),)


def test_a_stamped_scan_that_was_read_beside_a_sheet_is_there_before_it_is_taken(store):
    read = sheet(store, "财政局")
    scan = LooseFile(
        "/收到/章.pdf", "章.pdf", "/收到", "a" * 64, 9, None, Fate.STAMP, "", is_scan=True, whose=read.whose
    )
    found = with_collected(lines(store), Collected((read,), (scan,), ()), returns(store, None, PERIOD, AS_OF), NOW)
    assert line(found, "财政局").has_stamp
    assert line(found, "财政局").came is Came.WAITING
    assert not line(found, "司法局").has_stamp


def test_a_sheet_of_which_nothing_can_be_used_is_no_return(store):
    found = line(joined(store, sheet(store, "财政局", verdict=Verdict.REJECTED)), "财政局")
    assert (found.came, found.is_back, found.came_on) == (Came.REFUSED, False, None)


def test_a_duplicate_and_a_sheet_of_another_period_add_nothing(store):
    found = joined(
        store,
        sheet(store, "财政局", verdict=Verdict.DUPLICATE),
        sheet(store, "公安局", at=1, period="2024Q3"),
    )
    assert line(found, "财政局").came is Came.MISSING
    assert line(found, "公安局").came is Came.MISSING


def test_the_periods_of_sheets_that_belong_elsewhere_are_named(store):
    files = (sheet(store, "财政局"), sheet(store, "公安局", at=1, period="2024Q3"))
    assert [one.title for one in periods_elsewhere(Collected(files, (), ()), PERIOD)] == ["2024年第三季度"]
    assert periods_elsewhere(None, PERIOD) == ()


def test_reminders_stand_with_their_unit_the_newest_first(store):
    for day in (3, 6):
        reminders.remind(store, None, PERIOD, ["财政局"], way="电话", text="请报", at=date(2025, 1, day))
    found = line(lines(store), "财政局")
    assert [one.at.day for one in found.reminders] == [6, 3]


def test_the_list_of_who_owes_says_how_to_reach_them(store):
    reminders.remind(store, None, PERIOD, ["财政局"], way="电话", text="请报", at=date(2025, 1, 6))
    found = [replace(one, contact="李四", phone="123") if one.unit == "财政局" else one for one in lines(store)]
    found = [replace(one, came=Came.RETURNED) if one.unit == "公安局" else one for one in found]
    made = missing_listing(found, "方案", period_of(store, None, PERIOD), date(2024, 12, 31))
    assert made.title == "2024年第四季度填报表未回收单位名单"
    assert made.notes[1] == "截止日期：2024年12月31日；应报25个单位，未回收24个"
    rows = {row[1]: row for row in made.rows}
    assert "公安局" not in rows
    assert rows["财政局"][2:7] == ("35", "0", "李四", "123", "1次，2025-01-06")
