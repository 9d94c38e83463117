"""对照上级: at a glance, a line a superior measure, and with every text and date; on paper and as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import OutputError
from core.job import Job
from core.model.alignment import Decision
from core.office import aligning, coverage, overview
from core.store.database import Store
from tests.core.publish.reading import bare, read_pdf

DAY = date(2025, 1, 10)


@pytest.fixture
def table(store: Store):
    aligning.decide(store, "dingxi", [(1, 1), (64, 32)], Decision.ACCEPTED)
    aligning.decide(store, "dingxi", [(64, 31)], Decision.ADDED)
    return coverage.coverage_table(aligning.aligned(store, "dingxi"), overview.overview(store, None, DAY))


def test_every_superior_measure_has_its_rows_in_order_then_ours_that_answer_none(table) -> None:
    numbers = [int(row[0]) for row in table.rows if row[0]]

    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 72))
    assert [row[5] for row in table.rows if not row[0]] == ["不对应上级"] * sum(not row[0] for row in table.rows)


def test_a_row_says_both_measures_the_decision_the_state_and_what_contradicts(table) -> None:
    first = next(row for row in table.rows if row[0] == "1")
    assert first[1].startswith("始终把加强党的政治建设")
    assert first[2] == "2025年完成并长期坚持"
    assert first[3].startswith("（1）加强党的政治建设")
    assert first[4:] == ("2024年底前", "采纳", "未启动，逾期10天")
    assert [row[5] for row in table.rows if row[0] == "64"] == ["采纳", "补充"]
    nobody = next(row for row in table.rows if row[0] == "3")
    assert nobody[3:] == ("", "", "无对应", "")
    late = next(row for row in table.rows if row[0] == "4")
    assert late[5:] == ("建议", "未启动，逾期194天；我方2024年6月30日完成，上级要求2023年12月31日前完成")


@pytest.fixture
def glance(store: Store):
    aligning.decide(store, "dingxi", [(1, 1), (64, 32)], Decision.ACCEPTED)
    aligning.decide(store, "dingxi", [(64, no) for no in (31, 33, 34, 35)], Decision.ADDED)
    return coverage.coverage_of(store, "dingxi", DAY)


def test_at_a_glance_each_superior_measure_is_one_line_under_its_section(glance) -> None:
    lines = [row for row in glance.rows if len(row) > 1 and row[0]]

    assert [int(row[0]) for row in lines] == list(range(1, 72))
    heads = [row[0] for row in glance.rows if len(row) == 1]
    assert heads[0] == "一、全面提升行政执法人员能力素质　共16项：已确认1，待确认8，无对应7；时限或指标有冲突6"
    assert heads[-1].startswith("本级不对应上级的措施　共")
    assert max(len(row[1]) for row in lines) <= 18


def test_a_line_says_what_answers_how_it_stands_and_what_to_look_at(glance) -> None:
    by_no = {row[0]: row[2:] for row in glance.rows if len(row) > 1 and row[0]}

    assert by_no["1"] == ("2025-12-31", "1", "已确认", "未启动", "逾期10天")
    assert by_no["3"] == ("2025-12-31", "", "无对应", "", "")
    assert by_no["5"] == ("2023-12-31", "4", "待确认", "未启动", "逾期194天，晚于上级182天，缺指标1个")
    assert by_no["64"][1:3] == ("31、32等5项", "已确认")


def test_the_summary_stands_first(glance) -> None:
    assert glance.notes[2].startswith("统计截止日期：2025年1月10日　　上级措施71项：有对应")
    assert any(note.startswith("无对应") and "上级第3、9、" in note for note in glance.notes)
    assert any(note.startswith("本级时限晚于上级") for note in glance.notes)


def test_the_notes_count(table) -> None:
    assert table.notes[2].startswith("统计截止日期：2025年1月10日　　上级措施71项：有对应")
    assert "（已确认2项）" in table.notes[2]


def test_it_is_written_as_workbook_and_pdf(store: Store, table, tmp_path: Path) -> None:
    made = [
        coverage.export_coverage(store, "dingxi", DAY, fmt, tmp_path / f"对照.{fmt}", Job(), detail=True)
        for fmt in ("xlsx", "pdf")
    ]

    assert [one.name for one in made] == ["对照上级明细表"] * 2
    sheet = openpyxl.load_workbook(tmp_path / "对照.xlsx").worksheets[0]
    cells = bare("".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None))
    printed = bare("".join(cell.text for page in read_pdf(tmp_path / "对照.pdf") for cell in page.cells))
    for row in table.rows[:20]:
        assert bare(row[3]) in cells
        assert bare(row[3]) in printed
    assert sheet.title == "对照上级"


def test_seventy_measures_are_few_pages(store: Store, glance, tmp_path: Path) -> None:
    made = coverage.export_coverage(store, "dingxi", DAY, "pdf", tmp_path / "对照.pdf", Job())

    assert made.name == "对照上级情况表"
    assert made.pages <= 6


def test_a_ledger_is_never_replaced(store: Store, ledger: Path) -> None:
    with pytest.raises(OutputError, match="是台账文件"):
        coverage.export_coverage(store, "dingxi", DAY, "pdf", ledger, Job())
