"""Accepting all, some or none of a return; looking at it later; saying whose it is."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import InvalidError, LedgerFileError
from core.exchange.returned import Identity
from core.exchange.unit_sheet import IDENTITY_SHEET
from core.job import Cancelled, Job
from core.model.ledger import EntryState, Review
from core.model.plan import Severity
from core.office import collect, collect_return, collect_write, files, progress, reviewing, tray
from core.office import received as received_use
from core.office.collected import Verdict
from core.office.form_value import FormValue
from core.store.database import Store
from tests.core.office.returned_files import (
    PERIOD,
    begun,
    collected,
    contents,
    done,
    file_of,
    filled,
    looked,
    numbers_of,
    record_of,
    sent,
)


def busy(store: Store, number: int, text: str, *, is_passed: bool = False) -> int:
    obligation = progress.find_obligation(store, None, number, "财政局").id
    value = FormValue(EntryState.IN_PROGRESS, text=text, problems="原有问题")
    progress.save(store, obligation, PERIOD, value)
    if is_passed:
        reviewing.accept(store, [obligation], PERIOD)
    return obligation


@pytest.fixture
def sheet(store: Store, tmp_path: Path) -> Path:
    """A return of 财政局: two fields of the first measure changed, the second new."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, *_ = numbers_of(path)
    busy(store, first, "原有进展")
    return filled(path, {first: begun("新的进展", 存在问题="新的问题"), second: done()})


def test_only_the_fields_that_are_chosen(store: Store, sheet: Path) -> None:
    first, second, *_ = numbers_of(sheet)
    found = looked(store, sheet)
    file = file_of(found, "财政局")
    chosen = [diff.key for diff in file.diffs if (diff.measure_no, diff.field) == (first, "text")]
    accepted = collect_write.accept(store, found, Job(), choices={0: chosen})
    row = record_of(store, first, "财政局")
    assert row is not None
    assert (row.text, row.problems) == ("新的进展", "原有问题")
    assert record_of(store, second, "财政局") is None
    assert accepted.rows == 1
    again, accepted = collected(store, sheet)
    assert file_of(again, "财政局").verdict is Verdict.DUPLICATE
    assert {diff.measure_no for diff in file_of(again, "财政局").diffs} == {first, second}
    assert not accepted.written


def test_none_of_it(store: Store, sheet: Path) -> None:
    before = contents(store)["progress"]
    collected(store, sheet, choices={0: ()})
    assert contents(store)["progress"] == before
    state = received_use.received(store, None, PERIOD)
    (unit,) = [one for one in state.units if one.sheets]
    assert unit.sheet is not None
    assert (unit.sheet.is_settled, unit.sheet.left, unit.sheet.changed) == (True, 2, 0)


def test_a_choice_that_leaves_an_entry_half_is_refused(store: Store, sheet: Path) -> None:
    """Done without its day; nothing is written, the other rows neither."""
    _, second, *_ = numbers_of(sheet)
    found = looked(store, sheet)
    chosen = [diff.key for diff in file_of(found, "财政局").diffs if diff.field != "done_on"]
    before = contents(store)
    with pytest.raises(InvalidError, match=f"第 {second} 项"):
        collect_write.accept(store, found, Job(), choices={0: chosen})
    assert contents(store) == before


def test_a_field_of_a_passed_record_is_a_yes_when_it_is_chosen(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    busy(store, number, "审核过的", is_passed=True)
    filled(path, {number: begun("改了的")})
    found = looked(store, path)
    (file,) = found.files
    assert not file.default_choice()
    collect_write.accept(store, found, Job(), choices={0: [diff.key for diff in file.diffs]})
    row = record_of(store, number, "财政局")
    assert row is not None
    assert (row.text, row.review) == ("改了的", Review.PENDING)


def test_one_of_two_contradicting_returns(store: Store, tmp_path: Path) -> None:
    """The clerk knows which one counts; both at once are refused."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    other = shutil.copyfile(path, tmp_path / "财政局2.xlsx")
    filled(path, {number: begun("甲")})
    filled(other, {number: begun("乙")})
    found = looked(store, path, other)
    keys = {file.at: [diff.key for diff in file.diffs] for file in found.files}
    with pytest.raises(InvalidError, match="两份表"):
        collect_write.accept(store, found, Job(), choices=keys)
    at = next(file.at for file in found.files if file.path == str(other))
    collect_write.accept(store, found, Job(), choices={**dict.fromkeys(keys, ()), at: keys[at]})
    row = record_of(store, number, "财政局")
    assert row is not None
    assert row.text == "乙"


def test_later_means_that_it_is_kept_and_looked_at_again(store: Store, ledger: Path, sheet: Path) -> None:
    """Also after the program was closed and the stick is gone."""
    first, second, *_ = numbers_of(sheet)
    found = looked(store, sheet)
    accepted = collect_write.accept(store, found, Job(), choices={})
    assert accepted.rows == 0
    assert record_of(store, second, "财政局") is None
    sheet.unlink()
    store.close()
    from contextlib import closing

    with closing(files.open_ledger(ledger)) as opened:
        (waiting,) = received_use.pending(opened, None, PERIOD)
        again = collect.look_kept(opened, [waiting], Job())
        assert file_of(again, "财政局").verdict is Verdict.OK
        collect_write.accept(opened, again, Job())
        row = record_of(opened, first, "财政局")
        assert row is not None
        assert row.text == "新的进展"
        assert not received_use.pending(opened, None, PERIOD)
        (unit,) = [one for one in received_use.received(opened, None, PERIOD).units if one.sheets]
        assert [kept.is_settled for kept in unit.sheets] == [True]
        assert unit.sheets[0].path.is_file()


def test_a_return_with_an_open_problem_waits_until_it_is_dealt_with(store: Store, tmp_path: Path) -> None:
    """Step 回收 counts it after the program was closed, so 核对 must be able to show it."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, *_ = numbers_of(path)
    filled(path, {first: begun(), second: {**done(), "完成日期": "2024.13.5"}})
    collected(store, path)
    (waiting,) = received_use.pending(store, None, PERIOD)
    again = file_of(collect.look_kept(store, [waiting], Job()), "财政局")
    assert [problem.found for problem in again.problems if problem.severity is Severity.ERROR] == ["2024.13.5"]
    assert again.default_choice() == frozenset()
    received_use.mark_handled(store, waiting, "已电话更正")
    assert received_use.pending(store, None, PERIOD) == ()


def test_a_cell_that_a_person_put_right_stays_so_when_the_file_is_read_again(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, third, *_ = numbers_of(path)
    wrong = {**done(), "完成日期": "2024.13.5"}
    filled(path, {first: begun(), second: wrong, third: wrong})
    found, _ = collected(store, path)
    bad = next(problem for problem in file_of(found, "财政局").problems if problem.row == 6)
    fixed = collect.look_again(store, found, 0, None, Job(), fixes=((6, bad.column or "", "2024-12-05"),))
    assert collect_write.accept(store, fixed, Job()).rows == 1
    again = file_of(looked(store, path), "财政局")
    assert again.verdict is Verdict.DUPLICATE
    assert [one.row for one in again.problems if one.severity is Severity.ERROR] == [7]
    before = contents(store)
    collected(store, path)
    assert contents(store) == before


def test_what_changed_since_the_look_is_not_overwritten(store: Store, sheet: Path) -> None:
    found = looked(store, sheet)
    first, *_ = numbers_of(sheet)
    busy(store, first, "刚刚电话更正的")
    before = contents(store)
    with pytest.raises(InvalidError, match="核对以后有改动"):
        collect_write.accept(store, found, Job())
    assert contents(store) == before


def test_whose_it_is_said_by_a_person(store: Store, tmp_path: Path) -> None:
    """Without any word of the unit it is kept in the tray; said later, it is read, and the same file is known then."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    filled(path, {number: begun("没写单位")})
    book = openpyxl.load_workbook(path)
    del book[IDENTITY_SHEET]
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.worksheets[0]["A2"] = "报送期：2024年第四季度"
    book.save(nameless := tmp_path / "表.xlsx")

    found, accepted = collected(store, nameless)
    assert (found.files[0].verdict, found.files[0].unit, accepted.written) == (Verdict.REJECTED, None, False)
    (item,) = tray.tray(store)
    assert item.is_sheet
    assert "单位" in item.why
    again = tray.read_as(store, item.id, Identity("guxian", PERIOD, "财政局"), Job())
    collect_write.accept(store, again, Job())
    row = record_of(store, number, "财政局")
    assert row is not None
    assert row.text == "没写单位"
    assert not tray.tray(store)
    once_more, accepted = collected(store, nameless)
    assert (once_more.files[0].verdict, once_more.files[0].unit) == (Verdict.DUPLICATE, "财政局")
    assert not accepted.written
    decided = collect.look_again(store, looked(store, nameless), 0, Identity("guxian", PERIOD, "财政局"), Job())
    assert decided.files[0].verdict is Verdict.DUPLICATE


def test_what_was_sent_back_is_not_taken_by_the_way(store: Store, sheet: Path) -> None:
    """The folder is dropped once more with the return that went back to its unit."""
    found = looked(store, sheet)
    collect_return.send_back(store, found.files[0], "没有盖章", Job())
    before = contents(store)
    again, accepted = collected(store, sheet)
    assert again.files[0].verdict is Verdict.REJECTED
    assert "没有盖章" in again.files[0].problems[0].what
    assert "财政局" in again.missing
    assert not accepted.written
    assert contents(store) == before


def test_a_reader_may_look_and_not_write(store: Store, ledger: Path, sheet: Path) -> None:
    store.close()
    from contextlib import closing

    with closing(files.open_ledger(ledger, read_only=True)) as opened:
        found = looked(opened, sheet)
        assert file_of(found, "财政局").changes
        with pytest.raises(LedgerFileError):
            collect_write.accept(opened, found, Job())


def test_cancelled_it_leaves_nothing(store: Store, tmp_path: Path) -> None:
    paths = sent(store, tmp_path, "财政局", "司法局", "水利局")
    for path in paths.values():
        filled(path, {numbers_of(path)[0]: begun()})
    found = looked(store, *paths.values())
    before = contents(store)

    def report(at: int, _total: int, label: str) -> None:
        if at == 1 and label.startswith("正在写入"):
            job.cancel()

    job = Job(report)
    with pytest.raises(Cancelled):
        collect_write.accept(store, found, job)
    assert contents(store) == before
    with pytest.raises(Cancelled):
        collect.look(store, None, list(paths.values()), job)


def test_a_day_after_the_period_is_said_and_taken(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    filled(path, {number: done(date(2025, 3, 1))})
    found, accepted = collected(store, path)
    assert accepted.rows == 1
    assert any("请核对" in problem.what for problem in found.files[0].problems)
