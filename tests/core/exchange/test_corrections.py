"""What a person read in a cell stands there when the sheet is understood, and only there."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.exchange.corrections import number_of
from core.exchange.read_workbook import letter
from core.exchange.returned import KnownLedger
from core.model.ledger import EntryState
from tests.core.exchange.returns import column_of, edited, errors, fill, read, row, row_of


def test_a_date_that_was_not_understood_is_put_right(filled: bytes, known: KnownLedger) -> None:
    data = edited(filled, fill(4, 完成日期="2024.13.5"))
    (problem,) = errors(read(data, known))
    assert problem.row
    assert problem.column

    found = read(data, known, fixes={(problem.row, problem.column): "2024.12.5"})

    assert not found.problems
    assert (row(found, 4).state, row(found, 4).done_on) == (EntryState.DONE, date(2024, 12, 5))
    assert [one for one in found.rows if one.number != 4] == [one for one in read(data, known).rows if one.number != 4]


def test_what_is_still_wrong_stays_a_problem_with_the_new_text(filled: bytes, known: KnownLedger) -> None:
    data = edited(filled, fill(2, 状态="差不多了"))
    (problem,) = errors(read(data, known))
    assert problem.row
    assert problem.column

    (again,) = errors(read(data, known, fixes={(problem.row, problem.column): "快了"}))

    assert (again.row, again.column, again.found) == (problem.row, problem.column, "快了")


def test_a_correction_in_a_merged_cell_leaves_the_rest_of_the_block(filled: bytes, known: KnownLedger) -> None:
    def merge(sheet: Any) -> None:
        column, first = column_of(sheet, "工作进展"), row_of(sheet, 7)
        sheet.cell(first, column).value = "三项一并推进"
        for at in range(first, first + 3):
            sheet.cell(at, column_of(sheet, "状态")).value = "推进中"
        sheet.merge_cells(start_row=first, end_row=first + 2, start_column=column, end_column=column)

    data = edited(filled, merge)
    before = read(data, known)
    place = row(before, 8)

    found = read(data, known, fixes={(place.row, place.columns["progress"]): "这一项另行推进"})

    assert [row(found, number).progress for number in (7, 8, 9)] == ["三项一并推进", "这一项另行推进", "三项一并推进"]


def test_column_letters_count_as_in_the_file() -> None:
    assert [number_of(letter(number)) for number in (1, 26, 27, 52, 703)] == [1, 26, 27, 52, 703]
