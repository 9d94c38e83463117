"""What 下发 would do now, unit by unit, and the list of what was given."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.model.ledger import EntryState
from core.office import obligations, progress
from core.office.dispatch import DispatchOptions, Sending, dispatch, sign_for
from core.office.form_value import FormValue
from core.office.sendings import cover_of, sendings

PERIOD = "2024Q4"
AS_OF = date(2025, 1, 10)


def one(store, unit):
    return next(line for line in sendings(store, None, PERIOD).units if line.unit == unit)


def test_before_the_first_time_all_are_new_and_a_collective_that_is_not_whole_gets_none(store):
    found = sendings(store, None, PERIOD)
    assert len(found.units) == 25
    assert {line.sending for line in found.units} == {Sending.NEW}
    assert found.given == 0
    assert found.without == (("各乡镇", "名单待补全，不下发"),)


def test_a_sheet_is_the_same_until_something_a_unit_would_see_changes(store, tmp_path):
    dispatch(store, None, PERIOD, tmp_path, Job(), DispatchOptions(units=["财政局", "公安局"]))
    assert (one(store, "财政局").sending, one(store, "财政局").version) == (Sending.SAME, 1)
    row = obligations.list_obligations(store, None, AS_OF, unit="财政局")[0]
    progress.save(store, row.id, PERIOD, FormValue(EntryState.IN_PROGRESS, text="已部署"))
    assert (one(store, "财政局").sending, one(store, "财政局").version) == (Sending.CHANGED, 2)
    assert one(store, "公安局").sending is Sending.SAME
    assert one(store, "人社局").sending is Sending.NEW
    assert sendings(store, None, PERIOD).given == 2


def test_what_it_foresees_is_what_is_done(store, tmp_path):
    dispatch(store, None, PERIOD, tmp_path, Job(), DispatchOptions(units=["财政局"]))
    foreseen = {line.unit: (line.sending, line.version, line.rows) for line in sendings(store, None, PERIOD).units}
    made = dispatch(store, None, PERIOD, tmp_path, Job())
    assert {file.unit: (file.sending, file.version, file.rows) for file in made.files} == foreseen


def test_the_cover_list_names_who_signed(store, tmp_path):
    dispatch(store, None, PERIOD, tmp_path, Job(), DispatchOptions(units=["财政局", "公安局"]))
    sign_for(store, None, PERIOD, "公安局", "张三", date(2025, 1, 3))
    cover = cover_of(store, None, PERIOD)
    assert [row[1] for row in cover.rows] == ["公安局", "财政局"]
    assert [row[-2:] for row in cover.rows] == [("张三", "2025-01-03"), ("", "")]
    assert [column.title for column in cover.columns][-2:] == ["签收人", "签收日期"]


def test_without_sheets_there_is_no_cover_list(store):
    with pytest.raises(InvalidError, match="还没有下发填报表"):
        cover_of(store, None, PERIOD)


def test_an_unknown_plan_is_told(store):
    with pytest.raises(NotFoundError):
        sendings(store, "p9", PERIOD)
