"""What stands in the cells of a row: read, or a problem at its cell; the reading of states, days and figures is values.py's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.exchange.returned import KnownLedger, KnownObligation, KnownPlan, ReturnedSheet
from core.exchange.unit_sheet import SheetRow, UnitSheet
from core.exchange.write_sheet import sheet_bytes
from core.ledger.periods import parse
from core.model.ledger import EntryState
from core.model.plan import Role, Severity, Target
from tests.core.exchange.returns import PERIOD, column_of, edited, errors, fill, read, row, row_of, said

PLAIN = (EntryState.NOT_STARTED, EntryState.IN_PROGRESS, EntryState.DONE, EntryState.NOT_APPLICABLE)
PARTS = ("应急领域专项监督", "其余事项")
TARGETS = (Target("不少于60学时", value=60, unit="学时"), Target("公开率100%", value=100, unit="%"))
OBLIGATIONS = (
    KnownObligation(11, 1, "（1）", "开展专项监督，形成报告。", PLAIN, PARTS),
    KnownObligation(12, 2, "（2）", "组织培训不少于60学时，公开率100%。", PLAIN, (), TARGETS),
    KnownObligation(13, 3, "（3）", "每年培训不少于60学时。", PLAIN, (), TARGETS[:1]),
    KnownObligation(14, 4, "（4）", "整治突出问题。", PLAIN),
)
SMALL = KnownLedger(
    "file",
    (KnownPlan("p", "某方案", {one.number: (one.label, one.text) for one in OBLIGATIONS}, {"财政局": OBLIGATIONS}),),
    (parse(PERIOD),),
    {"财政局": "财政局"},
)


def small() -> bytes:
    """A sheet of four measures: one of two parts, two with targets."""
    rows = tuple(
        SheetRow(one.id, one.number, one.label, one.text, Role.LEAD, "2024年底前", one.states,
                 tuple(target.text for target in one.targets), one.parts)
        for one in OBLIGATIONS
    )  # fmt: skip
    return sheet_bytes(UnitSheet("file", "p", "某方案", parse(PERIOD), "财政局", 1, rows, date(2024, 12, 31)))


def found_with(number: int, **values: object) -> ReturnedSheet:
    return read(edited(small(), fill(number, **values)), SMALL)


def test_a_row_filled_without_a_state_is_a_problem_and_nothing_is_inferred() -> None:
    found = found_with(4, 存在问题="缺经费")
    assert row(found, 4).state is None
    assert row(found, 4).has_error
    (one,) = errors(found)
    assert (one.what, one.row, one.column) == ("没有选状态", 8, row(found, 4).columns["state"])


def test_only_progress_without_a_state_gets_a_suggestion() -> None:
    assert said(found_with(4, 工作进展="开了会"), Severity.ERROR) == [
        "没有选状态，只写了工作进展；如正在办理，请选“推进中”"
    ]


@pytest.mark.parametrize("written", ["完成了", "100％", 1, "办结"])
def test_a_state_in_other_words_is_read_and_said(written: object) -> None:
    found = found_with(4, 状态=written, 完成日期="2024/6/30")
    assert (row(found, 4).state, row(found, 4).done_on) == (EntryState.DONE, date(2024, 6, 30))
    assert said(found) == ["状态按“已完成”读"]


def test_a_state_that_is_none_is_a_problem_with_its_cell_and_text() -> None:
    (one,) = errors(found_with(4, 状态="基本完成", 工作进展="快了"))
    assert (one.found, one.row) == ("基本完成", 8)
    assert "应为：未启动、推进中、已完成、不涉及" in one.what


def test_done_needs_its_day_and_out_needs_its_reason() -> None:
    assert said(found_with(4, 状态="已完成"), Severity.ERROR) == ["状态是“已完成”，没有填完成日期"]
    assert said(found_with(4, 状态="不涉及"), Severity.ERROR) == ["选了“不涉及”，没有在“工作进展”中写明理由"]


@pytest.mark.parametrize(
    ("written", "day"), [("六月底", date(2024, 6, 30)), ("2024.6.30", date(2024, 6, 30)), (datetime(2024, 6, 30, 8), date(2024, 6, 30)), (45473, date(2024, 6, 30))]
)  # fmt: skip
def test_days_in_any_way(written: object, day: date) -> None:
    found = found_with(4, 状态="已完成", 完成日期=written)
    assert row(found, 4).done_on == day
    assert not errors(found)


def test_a_day_that_is_none_keeps_the_row_back() -> None:
    found = found_with(4, 状态="已完成", 完成日期="年底之后某天")
    assert row(found, 4).has_error
    assert errors(found)[0].found == "年底之后某天"


def test_a_day_on_what_is_not_done_is_a_contradiction() -> None:
    found = found_with(4, 状态="推进中", 完成日期="2024-11-01")
    assert row(found, 4).done_on is None
    assert "请核对是不是已完成" in errors(found)[0].what


def test_a_day_to_come_on_what_is_not_done_is_a_plan() -> None:
    found = found_with(4, 状态="推进中", 完成日期="2025-06-30")
    assert (row(found, 4).done_on, row(found, 4).has_error) == (None, False)
    assert "看作计划完成的日期" in said(found, Severity.INFO)[0]


def test_a_day_after_the_period_is_warned_of() -> None:
    assert "请核对" in said(found_with(4, 状态="已完成", 完成日期="2025-03-01"), Severity.WARNING)[0]


def test_parts_make_rows_of_their_own() -> None:
    def edit(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        at = row_of(sheet, 2)
        sheet.insert_rows(at)
        sheet.cell(at, 1).value, sheet.cell(at, 2).value = 1, "（1）开展专项监督，形成报告。"
        for title, value in {"时限项": " 其余事项", "状态": "推进中"}.items():
            sheet.cell(at, column_of(sheet, title)).value = value

    found = read(edited(small(), fill(1, 时限项=PARTS[0], 状态="已完成", 完成日期="2024-12-01"), edit), SMALL)
    assert [(one.obligation_id, one.part, one.state) for one in found.rows] == [
        (11, PARTS[0], EntryState.DONE), (11, PARTS[1], EntryState.IN_PROGRESS),
    ]  # fmt: skip
    assert not found.problems


def test_a_part_that_is_none_is_a_problem() -> None:
    assert said(found_with(1, 时限项="别的", 状态="推进中"), Severity.ERROR) == [
        "没有这个时限项，应为：应急领域专项监督、其余事项"
    ]
    assert said(found_with(4, 时限项="别的", 状态="推进中"), Severity.ERROR) == ["没有这个时限项，这项措施不分时限项"]


def test_a_part_alone_is_no_entry() -> None:
    assert found_with(1, 时限项=PARTS[0]).is_empty


def test_figures_by_target() -> None:
    assert row(found_with(2, 状态="推进中", 指标完成值="1. 62学时\n2. 98％"), 2).targets == (62, 98)
    assert row(found_with(3, 状态="推进中", 指标完成值="62"), 3).targets == (62,)
    assert row(found_with(3, 状态="推进中"), 3).targets == (None,)
    (one,) = errors(found_with(3, 状态="推进中", 指标完成值="约60"))
    assert (one.what, one.found) == ("指标完成值：不是确切的数字", "约60")


def test_a_figure_where_no_target_is_is_said() -> None:
    assert said(found_with(4, 状态="推进中", 指标完成值="5"), Severity.WARNING) == [
        "这项措施没有量化指标，填的完成值没有采用"
    ]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("4-1、4-2；4-3", ("4-1", "4-2", "4-3")), ("4-1\n4-2", ("4-1", "4-2")), (3, ("3",)), ("无", ()), ("/", ())],
)
def test_numbers_of_evidence(written: object, numbers: tuple[str, ...]) -> None:
    found = found_with(4, 状态="推进中", 佐证材料编号=written)
    assert (row(found, 4).evidence, found.problems) == (numbers, ())


def test_a_number_of_evidence_that_became_a_day() -> None:
    found = found_with(4, 状态="推进中", 佐证材料编号=date(2024, 4, 1))
    assert row(found, 4).evidence == ("4-1",)
    assert "按“4-1”读" in said(found, Severity.WARNING)[0]


def test_a_stroke_is_no_state_and_alone_no_entry() -> None:
    assert found_with(4, 状态="/", 工作进展="——", 存在问题="无").is_empty


def test_a_stroke_is_nothing_and_no_reason_but_none_is_an_answer() -> None:
    found = row(found_with(4, 状态="推进中", 存在问题="无", 下一步工作="——"), 4)
    assert (found.problems, found.next_steps) == ("无", "")
    for written in ("/", "无"):
        assert "没有在“工作进展”中写明理由" in said(found_with(4, 状态="不涉及", 工作进展=written), Severity.ERROR)[0]
