"""A returned sheet is read the same whatever was moved in it, and what is not plain is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.exchange.returned import Foot, Known, KnownLedger, ReturnedRow, ReturnedSheet
from core.model.ledger import EntryState
from core.model.plan import Severity
from tests.core.exchange.returns import (
    PERIOD,
    UNIT,
    column_of,
    edited,
    errors,
    fill,
    path_of,
    read,
    row,
    row_of,
    said,
    saved,
)


def told(found: ReturnedSheet) -> dict[int, tuple[Any, ...]]:
    """What the unit said, by the number of the measure: rows and columns left out."""
    return {
        one.number: (
            one.obligation_id, one.part, one.state, one.done_on, one.progress, one.problems, one.next_steps, one.reason,
            one.targets, one.evidence, one.has_error,
        )
        for one in found.rows
    }  # fmt: skip


def same(data: bytes, filled: bytes, known: KnownLedger) -> ReturnedSheet:
    """Read, and nothing may be different from the sheet as it was meant."""
    found = read(data, known)
    assert told(found) == told(read(filled, known))
    assert found.identity.unit == UNIT
    assert not errors(found)
    return found


def test_a_sheet_that_was_filled_as_it_was_meant(filled: bytes, known: KnownLedger) -> None:
    found = read(filled, known)
    assert (found.sheet, found.identity.unit, found.identity.period_key) == ("填报表", UNIT, PERIOD)
    assert found.identity.how is Known.IDENTITY
    assert found.problems == ()
    assert [one.number for one in found.rows] == [2, 4, 5, 7]
    assert len(found.seen) == len(known.plans[0].obligations[UNIT])
    going = row(found, 2)
    assert (going.state, going.progress) == (EntryState.IN_PROGRESS, "开展轮训 3 次")
    assert (going.problems, going.next_steps, going.done_on) == ("人手不足", "继续轮训", None)
    done = row(found, 4)
    assert (done.state, done.done_on, done.evidence) == (EntryState.DONE, date(2024, 12, 3), ("4-1", "4-2"))
    out = row(found, 5)
    assert (out.state, out.reason, out.progress) == (EntryState.NOT_APPLICABLE, "本单位没有执法职能", "")
    assert (done.row, done.columns["state"], done.columns["progress"]) == (8, "F", "H")


def test_every_unit_s_sheet_comes_back_as_its_own(sent: tuple[Path, KnownLedger]) -> None:
    folder, known = sent
    for unit, owed in known.plans[0].obligations.items():
        found = read(path_of(folder, unit).read_bytes(), known, "x.xlsx")
        assert (found.identity.unit, found.is_empty) == (unit, True)
        assert found.seen == {one.id for one in owed}
        assert said(found) == ["表中没有填写任何内容"]


def move_column(sheet: Any, source: int, target: int) -> None:
    """Cut a column and insert it elsewhere."""
    for at in range(4, sheet.max_row - 1):
        values = [sheet.cell(at, column).value for column in range(1, sheet.max_column + 1)]
        values.insert(target - 1, values.pop(source - 1))
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value


def unmerged(sheet: Any) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def insert_column(at: int, title: str | None = None, value: object = None) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        unmerged(sheet)
        sheet.insert_cols(at)
        if title:
            sheet.cell(4, at).value = title
        if value:
            for row_ in range(5, sheet.max_row - 1):
                sheet.cell(row_, at).value = value

    return edit


def delete_rows(*numbers: int) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        unmerged(sheet)
        for number in numbers:
            sheet.delete_rows(row_of(sheet, number))

    return edit


def sort_rows(sheet: Any) -> None:
    """Whole rows in another order."""
    rows = [[cell.value for cell in row_] for row_ in sheet.iter_rows(min_row=5, max_row=sheet.max_row - 2)]
    for at, values in enumerate(sorted(rows, key=lambda one: str(one[1])[::-1]), 5):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value


def hide_rows(sheet: Any) -> None:
    for at in range(5, 12):
        sheet.row_dimensions[at].hidden = True
    sheet.auto_filter.ref = "A4:K41"


def hide_columns(sheet: Any) -> None:
    sheet.column_dimensions["H"].hidden = True


def insert_titles(sheet: Any) -> None:
    unmerged(sheet)
    sheet.insert_rows(1, 3)
    sheet["A1"], sheet["A2"] = "附件2", "（请于12月20日前报送）"


def header(**titles: str) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        for title, other in titles.items():
            sheet.cell(4, column_of(sheet, title)).value = other

    return edit


def repeat_header(sheet: Any) -> None:
    unmerged(sheet)
    at = row_of(sheet, 6)
    sheet.insert_rows(at)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(at, column).value = sheet.cell(4, column).value


def double_header(sheet: Any) -> None:
    """A heading over the columns to fill, the header itself below it."""
    unmerged(sheet)
    sheet.insert_rows(5)
    for column in range(6, 12):
        sheet.cell(5, column).value = sheet.cell(4, column).value
        sheet.cell(4, column).value = "填报内容" if column == 6 else None
    sheet.merge_cells("F4:K4")
    for column in range(1, 6):
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda sheet: move_column(sheet, 6, 11), id="state at the end"),
        pytest.param(lambda sheet: move_column(sheet, 8, 1), id="progress first"),
        pytest.param(lambda sheet: move_column(sheet, 1, 5), id="numbers moved"),
        pytest.param(insert_column(3), id="an empty column"),
        pytest.param(insert_column(1), id="an empty column at the left"),
        pytest.param(insert_column(7, "备注", "局办公室"), id="a column of its own"),
        pytest.param(insert_column(1, "序号", "1"), id="a column 序号 before the numbers"),
        pytest.param(delete_rows(1, 3, 20), id="rows deleted"),
        pytest.param(sort_rows, id="sorted"),
        pytest.param(hide_rows, id="filtered"),
        pytest.param(hide_columns, id="a hidden column"),
        pytest.param(insert_titles, id="title rows inserted"),
        pytest.param(lambda sheet: (unmerged(sheet), sheet.delete_rows(1, 3)), id="title rows deleted"),
        pytest.param(header(完成日期="完成日期\n（年月日）", 状态=" 状 态 ", 工作进展="工作进展情况（300字以内）"), id="header edited"),
        pytest.param(header(措施编号="序号", 具体措施="主要措施", 存在问题="存在的主要问题", 下一步工作="下一步工作计划"), id="other words"),
        pytest.param(header(状态="完成情况", 完成日期="完成时间", 佐证材料编号="佐证材料"), id="synonyms"),
        pytest.param(repeat_header, id="a second header"),
        pytest.param(double_header, id="a header of two rows"),
        pytest.param(unmerged, id="unmerged"),
        pytest.param(lambda sheet: setattr(sheet, "title", "Sheet1"), id="sheet renamed"),
    ],
)  # fmt: skip
def test_what_was_moved_is_read_the_same(edit: Any, filled: bytes, known: KnownLedger) -> None:
    same(edited(filled, edit), filled, known)


def test_rows_that_are_gone_are_not_seen_and_the_others_are(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, delete_rows(1, 3)), known)
    owed = {one.number: one.id for one in known.plans[0].obligations[UNIT]}
    assert found.seen == set(owed.values()) - {owed[1], owed[3]}


def test_a_column_of_the_unit_s_own_is_said(filled: bytes, known: KnownLedger) -> None:
    found = same(edited(filled, insert_column(7, "备注", "局办公室")), filled, known)
    (one,) = found.problems
    assert (one.severity, one.what, one.column) == (Severity.INFO, "多出的列“备注”没有读取", "G")


def test_a_header_written_over_is_known_by_its_place_and_said(filled: bytes, known: KnownLedger) -> None:
    found = same(edited(filled, header(工作进展="你们都干了啥")), filled, known)
    (one,) = found.problems
    assert (one.severity, one.column, one.found) == (Severity.WARNING, "H", "你们都干了啥")
    assert "按位置读作“工作进展”" in one.what


def test_headers_in_the_words_of_other_offices_are_known(filled: bytes, known: KnownLedger) -> None:
    same(edited(filled, header(存在问题="存在的困难和问题", 下一步工作="下步工作打算")), filled, known)


def test_a_column_that_may_stand_in_an_unread_one_is_an_error(filled: bytes, known: KnownLedger) -> None:
    """Two neighbours written over: which is which is not told, so the sheet was not read whole."""

    def edit(sheet: Any) -> None:
        sheet.cell(5, column_of(sheet, "下一步工作")).value = "须督促"
        header(存在问题="甲", 下一步工作="乙")(sheet)

    found = errors(read(edited(filled, edit), known))
    assert [problem.what for problem in found] == ["没有找到“存在问题”一列", "没有找到“下一步工作”一列"]


def test_a_header_wiped_out_is_known_by_its_place(filled: bytes, known: KnownLedger) -> None:
    found = same(edited(filled, header(工作进展="")), filled, known)
    assert said(found) == ["没有表头的一列按位置读作“工作进展”"]


def test_a_column_that_is_gone_is_said_and_is_no_empty_cell(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        unmerged(sheet)
        sheet.delete_cols(column_of(sheet, "存在问题"))

    found = read(edited(filled, edit), known)
    assert said(found) == ["没有找到“存在问题”一列"]
    assert "problems" not in row(found, 2).columns


def test_a_merged_cell_speaks_for_all_its_rows_and_that_is_said(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        column = column_of(sheet, "工作进展")
        first = row_of(sheet, 7)
        sheet.cell(first, column).value = "三项一并推进"
        for at in range(first, first + 3):
            sheet.cell(at, column_of(sheet, "状态")).value = "推进中"
        sheet.merge_cells(start_row=first, end_row=first + 2, start_column=column, end_column=column)

    found = read(edited(filled, edit), known)
    assert [row(found, number).progress for number in (7, 8, 9)] == ["三项一并推进"] * 3
    (one,) = found.problems
    assert (one.severity, one.row, one.column) == (Severity.INFO, row(found, 7).row, "H")
    assert "合并为一格" in one.what


def test_cells_merged_over_two_columns_are_read_once_and_said(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        at = row_of(sheet, 2)
        sheet.merge_cells(start_row=at, end_row=at, start_column=8, end_column=9)

    found = read(edited(filled, edit), known)
    assert (row(found, 2).progress, row(found, 2).problems) == ("开展轮训 3 次", "")
    assert said(found, Severity.WARNING) == ["与“存在问题”合并为一格，只作“工作进展”读"]


def test_the_foot_is_read_wherever_it_was_written(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        at = sheet.max_row
        for area in [each for each in sheet.merged_cells.ranges if each.min_row == at]:
            sheet.unmerge_cells(str(area))
        for column in range(1, sheet.max_column + 1):
            sheet.cell(at, column).value = None
        texts = [
            "填报人：张三",
            "审核人：",
            "李四",
            "单位负责人（签字盖章）： ",
            None,
            "联系电话：0357-8322001　填报日期：2024年12月20日",
        ]
        for column, text in enumerate(texts, 1):
            sheet.cell(at, column).value = text

    found = same(edited(filled, edit), filled, known)
    assert found.foot == Foot("张三", "李四", "", "0357-8322001", "2024年12月20日")


def test_two_equal_rows_are_one_and_that_is_said(filled: bytes, known: KnownLedger) -> None:
    found = same(edited(filled, copy_row(2)), filled, known)
    assert [one for one in said(found) if "内容相同，只算一次" in one]


def test_two_different_rows_contradict_each_other(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, copy_row(2, 工作进展="另一种说法")), known)
    assert row(found, 2).has_error
    (one,) = errors(found)
    assert "内容不同，请确定以哪一行为准" in one.what
    assert one.found == "另一种说法"


def copy_row(number: int, **values: object) -> Callable[[Any], None]:
    """A measure's row once more below the table."""

    def edit(sheet: Any) -> None:
        unmerged(sheet)
        source, target = row_of(sheet, number), sheet.max_row - 1
        sheet.insert_rows(target)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(target, column).value = sheet.cell(source, column).value
        for title, value in values.items():
            sheet.cell(target, column_of(sheet, title)).value = value

    return edit


@pytest.mark.parametrize("written", ["#REF!", "#N/A", "Err:508"])
def test_an_error_in_a_cell_is_a_problem_with_its_text(written: str, filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(2, 工作进展=written)), known)
    (one,) = errors(found)
    assert (one.row, one.column, one.found) == (row(found, 2).row, "H", written)
    assert row(found, 2).has_error


def test_a_formula_without_its_value_is_a_problem_not_an_empty_cell(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(3, 状态="推进中", 工作进展="=VLOOKUP(A5,[1]Sheet1!A:B,2,0)")), known)
    (one,) = errors(found)
    assert one.found == "=VLOOKUP(A5,[1]Sheet1!A:B,2,0)"
    assert "公式" in one.what


def test_text_that_looks_like_a_formula_stays_text(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        cell = sheet.cell(row_of(sheet, 2), column_of(sheet, "工作进展"))
        cell.value, cell.data_type = "=完成 3 次", "s"

    assert row(read(edited(filled, edit), known), 2).progress == "=完成 3 次"


def test_numbers_and_days_in_columns_of_words_keep_their_text(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(2, 工作进展=12, 存在问题=date(2024, 5, 6), 下一步工作=0.5)), known)
    assert (row(found, 2).progress, row(found, 2).problems, row(found, 2).next_steps) == ("12", "2024-05-06", "0.5")


def test_the_unit_s_sheet_need_not_be_the_first(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        book = sheet.parent
        book.create_sheet("说明", 0)["A1"] = "请查收"
        book.create_sheet("空表", 0)

    found = same(edited(filled, edit), filled, known)
    assert found.sheet == "填报表"
    assert said(found) == ["读取的是工作表“填报表”，工作表“说明”没有读取"]


def test_a_second_filled_table_is_warned_of(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)

    found = same(edited(filled, edit), filled, known)
    (one,) = found.problems
    assert one.severity is Severity.WARNING
    assert one.found == "填报表 Copy"


def test_an_unfilled_original_before_the_filled_copy_is_passed_over(
    plain: bytes, filled: bytes, known: KnownLedger
) -> None:
    def edit(sheet: Any) -> None:
        copy_ = sheet.parent.copy_worksheet(sheet)
        for row_ in sheet.iter_rows(min_row=5, max_row=sheet.max_row - 2, min_col=6):
            for cell in row_:
                cell.value = None
        copy_.title = "填好的"

    assert same(edited(filled, edit), filled, known).sheet == "填好的"


def test_what_makes_no_sense_is_refused_in_a_sentence(known: KnownLedger) -> None:
    from core.errors import KnownError

    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])  # type: ignore[union-attr]
    with pytest.raises(KnownError, match="没有找到填报表的表头"):
        read(saved(book), known)


def test_rows_are_read_in_the_order_of_the_sheet(filled: bytes, known: KnownLedger) -> None:
    found: list[ReturnedRow] = list(read(edited(filled, sort_rows), known).rows)
    assert [one.row for one in found] == sorted(one.row for one in found)


def test_a_table_of_far_too_many_rows_is_read_in_bounded_time_and_said(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        for at in range(60, 3600):
            sheet.cell(at, 8).value = "x"

    found = read(edited(filled, edit), known)
    assert told(found) == told(read(filled, known))
    assert "只读了前 3000 行" in "".join(said(found, Severity.ERROR))


def test_a_hidden_sheet_is_read_where_no_other_has_the_table(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        sheet.parent.create_sheet("Sheet2", 0)
        sheet.sheet_state = "hidden"

    assert said(same(edited(filled, edit), filled, known)) == ["工作表“填报表”是隐藏的，照样读取"]


def test_a_column_of_remarks_does_not_take_the_place_of_one_that_is_gone(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, header(工作进展="备注")), known)
    assert said(found, Severity.WARNING) == ["没有找到“工作进展”一列"]
    assert row(found, 2).progress == ""
    assert "progress" not in row(found, 2).columns


def test_two_columns_of_one_name_that_say_two_things_keep_the_row_back(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        sheet.cell(4, 12).value = "工作进展"
        sheet.cell(row_of(sheet, 2), 12).value = "另一种说法"
        sheet.cell(row_of(sheet, 4), 12).value = "已全部完成"

    found = read(edited(filled, edit), known)
    (one,) = errors(found)
    assert (one.row, one.found) == (row(found, 2).row, "开展轮训 3 次 / 另一种说法")
    assert [each.number for each in found.rows if each.has_error] == [2]
