"""The workbook read back by openpyxl."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from core.model.plan import Measure, Plan
from tests.core.publish.reading import small_plan


@pytest.fixture(scope="module", name="path")
def made(plan: Plan, make: Callable[..., Path]) -> Path:
    """古县's table."""
    return make(plan, "xlsx")


@pytest.fixture(name="book")
def opened(path: Path) -> Workbook:
    """The same, opened."""
    return openpyxl.load_workbook(path)


def test_all_measures_are_whole_in_one_cell_each(plan: Plan, book: Workbook) -> None:
    """The third column holds the 38 texts in order."""
    column = [cell.value for cell in book.worksheets[0]["C"] if cell.value]

    assert column == ["具体措施", *(f"{m.label}{m.text}" for m in plan.measures)]


def test_it_prints_as_the_annex(book: Workbook) -> None:
    """A4 landscape, one page wide, margins of the standard, header repeated, everything in the print area."""
    sheet = book.worksheets[0]
    margins = sheet.page_margins

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert [round(m * 25.4) for m in (margins.left, margins.right, margins.top, margins.bottom)] == [35, 37, 28, 26]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == f"'重点任务分解表'!$A$1:$E${sheet.max_row}"
    assert sheet.freeze_panes == "A5"
    assert "&P" in sheet.oddFooter.center.text


def test_merged_cells_end_at_page_breaks_and_begin_again(book: Workbook) -> None:
    """No merge runs over a break; the row behind a break has section and task again."""
    sheet = book.worksheets[0]
    breaks = [item.id for item in sheet.row_breaks.brk]

    assert breaks
    for merge in sheet.merged_cells.ranges:
        assert not any(merge.min_row <= row < merge.max_row for row in breaks)
    for row in breaks:
        assert sheet.cell(row + 1, 1).value
        assert sheet.cell(row + 1, 2).value


def test_rows_are_high_enough_and_not_too_high(book: Workbook) -> None:
    """At least 8 mm, at most Excel's 409 pt."""
    sheet = book.worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1)]

    assert min(heights) >= 8 * 72 / 25.4
    assert max(heights) <= 409


def test_pages_end_at_their_breaks_even_where_a_program_leaves_them_aside(book: Workbook) -> None:
    """Under the repeated header each page holds its rows, and not the first row of the next one."""
    sheet = book.worksheets[0]
    height = {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    room = 156 * 72 / 25.4
    first = 1
    for last in [item.id for item in sheet.row_breaks.brk]:
        used = sum(height[row] for row in range(first, last + 1)) + (height[4] if first > 1 else 0)
        assert used <= room
        assert used + height[last + 1] > room
        first = last + 1


def test_faces_are_the_official_ones_without_a_theme(path: Path) -> None:
    """方正小标宋简体, 仿宋_GB2312, 黑体; no theme font to be reported as missing."""
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()

    for name in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'val="{name}"' in styles
    assert "<scheme" not in styles


@pytest.mark.parametrize("text", ["=1+1", "+86", "-甲", "@乙", "'丙", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str, make: Callable[..., Path]) -> None:
    """Neither openpyxl nor Excel sees a formula in it, also when the cell is edited."""
    measure = Measure(1, "", 1, 1, text, division_raw=text, deadline_raw=text)
    sheet = openpyxl.load_workbook(make(small_plan(measure), "xlsx")).worksheets[0]
    found = [cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.value == text]

    assert len(found) == 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


def test_no_personal_properties(path: Path) -> None:
    """No author, nobody who changed it last, no path."""
    with zipfile.ZipFile(path) as archive:
        core = archive.read("docProps/core.xml").decode()

    assert "creator" not in core
    assert "lastModifiedBy" not in core


def test_a_very_long_cell_goes_on_in_further_rows(make: Callable[..., Path]) -> None:
    """2,000 characters need more than the 409 pt of a row."""
    text = "认真贯彻落实各项工作部署，" * 154
    path = make(small_plan(Measure(1, "（1）", 1, 1, text, division_raw="司法局")), "xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    parts = [str(cell.value).removeprefix("（续）") for cell in sheet["C"][4:] if cell.value]

    assert "".join(parts) == f"（1）{text}"
    assert len(parts) > 1


def test_serial_numbers_are_numbers(make: Callable[..., Path]) -> None:
    """序号 is not marked as a number kept as text."""
    columns = (("no", "序号"), ("text", "具体措施"))
    sheet = openpyxl.load_workbook(
        make(small_plan(Measure(7, "7.", 1, 1, "措施"), columns=columns), "xlsx")
    ).worksheets[0]

    assert sheet["A5"].value == 7
