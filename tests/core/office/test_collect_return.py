"""退回: a sheet that goes back is kept and told, its unit has not returned with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidError
from core.job import Job
from core.office import received, undo
from core.office.collect_return import column_title, problem_listing, send_back
from core.store.database import Store
from tests.core.office.returned_files import PERIOD, begun, collected, file_of, filled, looked, numbers_of, sent


@pytest.fixture
def sheet(store: Store, tmp_path: Path) -> Path:
    """A return with a date and a state that cannot be understood, and one good row."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, third, *_ = numbers_of(path)
    bad = {"状态": "已完成", "完成日期": "2024.13.5", "工作进展": "完成"}
    return filled(path, {first: bad, second: {"状态": "差不多", "工作进展": "x"}, third: begun()})


def unit_of(store: Store, unit: str) -> received.UnitReceived:
    return next(one for one in received.received(store, None, PERIOD).units if one.unit == unit)


def test_a_sheet_that_goes_back_is_kept_and_its_unit_still_owes(store: Store, sheet: Path) -> None:
    found = looked(store, sheet)  # it holds the copies that were looked at
    changes = send_back(store, file_of(found, "财政局"), "请按清单改正后重报。", Job())

    unit = unit_of(store, "财政局")
    (kept,) = unit.sheets
    assert changes.periods
    assert (kept.name, kept.path.read_bytes(), kept.is_usable) == (sheet.name, sheet.read_bytes(), False)
    assert not unit.has_returned
    assert undo.undo_label(store) == "退回填报表（财政局，2024年第四季度）"

    undo.undo(store)
    assert not unit_of(store, "财政局").sheets


def test_the_same_sheet_again_is_told_and_not_taken(store: Store, sheet: Path) -> None:
    found = looked(store, sheet)
    send_back(store, file_of(found, "财政局"), "退回看看", Job())
    again, accepted = collected(store, sheet)

    assert file_of(again, "财政局").sent_back == "退回看看"
    assert not accepted.written
    assert not unit_of(store, "财政局").has_returned


def test_what_goes_back_by_mistake_can_be_taken_after_it_is_undone(store: Store, sheet: Path) -> None:
    found = looked(store, sheet)
    send_back(store, file_of(found, "财政局"), "退回看看", Job())
    undo.undo(store)

    assert collected(store, sheet)[1].rows == 1
    assert unit_of(store, "财政局").has_returned


def test_what_was_taken_does_not_go_back_whole(store: Store, sheet: Path) -> None:
    collected(store, sheet)
    with pytest.raises(InvalidError):
        send_back(store, file_of(looked(store, sheet), "财政局"), "退回", Job())


def test_a_reason_is_needed(store: Store, sheet: Path) -> None:
    with pytest.raises(InvalidError) as raised:
        send_back(store, file_of(looked(store, sheet), "财政局"), "  ", Job())
    assert raised.value.field == "reason"
    assert not unit_of(store, "财政局").sheets


def test_the_list_of_problems_says_row_column_and_what_was_found(store: Store, sheet: Path) -> None:
    file = file_of(looked(store, sheet), "财政局")
    listing = problem_listing(file)

    assert [column.title for column in listing.columns] == ["序号", "行", "列", "问题", "收到的内容", "更正为"]
    assert [(row[2], row[4], row[5]) for row in listing.rows] == [("完成日期", "2024.13.5", ""), ("状态", "差不多", "")]
    assert listing.rows[0][1] == f"第{file.problems[0].row}行"
    one = problem_listing(file, {(file.problems[1].row, file.problems[1].column)}, reason="请改正")
    assert [row[4] for row in one.rows] == ["差不多"]
    assert "退回原因：请改正" in one.notes


def test_the_title_over_a_column_is_said_not_its_letter(store: Store, sheet: Path) -> None:
    file = file_of(looked(store, sheet), "财政局")
    assert [column_title(file, problem) for problem in file.problems if problem.column] == ["完成日期", "状态"]
