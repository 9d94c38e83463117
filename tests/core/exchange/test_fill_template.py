"""Filling in place: what the superior drew, computed and printed stays; nothing is written where it does not belong."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from core.exchange.fill_row import FillRow
from core.exchange.fill_template import Filled, fill
from core.exchange.read_template import template_of
from core.exchange.template_columns import TemplateField
from core.ledger.periods import parse
from core.model.plan import Severity
from tests.core.exchange import templates

F = TemplateField
Q2 = parse("2024Q2")
TEXTS = (
    "加强行政执法人员培训，每人每年不少于60学时。",
    "规范行政处罚案卷制作，开展案卷评查。",
    "落实行政执法公示制度，公开率达到100%。",
    "推行包容审慎监管，建立轻微免罚清单。",
)


def row(number: int, text: str | None = None, **more: Any) -> FillRow:
    values = {
        F.TEXT: text or TEXTS[(number - 1) % 4],
        F.TASK: "1.着力提升能力",
        F.RESPONSIBLE: "各行政执法单位",
        F.LEAD: "司法局",
        F.DEADLINE: "2024年底前",
        F.STATE: "推进中",
        F.PROGRESS: f"司法局：第{number}项进展",
        F.PROBLEMS: "",
        F.NEXT: "继续推进",
        **{F[key]: value for key, value in more.items()},
    }
    return FillRow(number, f"（{number}）", str(values[F.TEXT]), values)


def many(count: int) -> list[FillRow]:
    return [row(number, f"第{number}项措施，{TEXTS[number % 4]}") for number in range(1, count + 1)]


def filled(data: bytes, rows: Sequence[FillRow]) -> Filled:
    return fill(template_of(data, "模板.xlsx"), rows, Q2)


def book_of(found: Filled) -> Any:
    return openpyxl.load_workbook(io.BytesIO(found.data))


def changed(data: bytes, edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    return templates.saved(book)


def words(found: Filled, severity: Severity | None = None) -> list[str]:
    return [note.words for note in found.notes if severity in (None, note.severity)]


def test_free_rows_are_filled_and_nothing_else_is_touched() -> None:
    """Sheets, merges, widths, print set-up, header and notes are as they were."""
    data = templates.city_with_sums()
    before, after = openpyxl.load_workbook(io.BytesIO(data)), book_of(filled(data, many(4)))
    assert after.sheetnames == before.sheetnames
    old, new = before.worksheets[0], after.worksheets[0]
    assert {str(one) for one in new.merged_cells.ranges} == {str(one) for one in old.merged_cells.ranges}
    for at in "ABCDEFGHI":
        assert new.column_dimensions[at].width == old.column_dimensions[at].width
    assert (new.page_setup.orientation, new.print_area, new.print_title_rows, new.freeze_panes) == (
        old.page_setup.orientation,
        old.print_area,
        old.print_title_rows,
        old.freeze_panes,
    )
    assert new.oddFooter.center.text == old.oddFooter.center.text
    for line in (1, 2, 3, 8, 9, 10, 11, 12):
        assert [cell.value for cell in new[line]] == [cell.value for cell in old[line]], line
    assert [cell.value for cell in new[4]][:8] == [
        1,
        "1.着力提升能力",
        f"第1项措施，{TEXTS[1]}",
        "各行政执法单位",
        "2024年底前",
        "司法局：第1项进展",
        None,
        "继续推进",
    ]
    assert after.worksheets[1]["A2"].value == "=进展情况!C10"
    assert new["C4"].font.name == old["C4"].font.name


def test_more_measures_than_rows_move_what_is_below() -> None:
    """Sums grow, notes and who filled it in stand below in their merges, other sheets point at the new place."""
    found = filled(templates.city_with_sums(6), many(20))
    book = book_of(found)
    sheet = book.worksheets[0]
    assert [sheet.cell(line, 1).value for line in range(4, 24)] == list(range(1, 21))
    assert sheet["A24"].value == "合计"
    assert sheet["C24"].value == "=COUNTA(C4:C23)"
    assert sheet["F24"].value == '=COUNTIF(F4:F23,"<>")'
    assert {"A24:B24", "A25:I25", "A1:I1"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["A26"].value == "填报人："
    assert sheet.print_area == "'进展情况'!$A$1:$I$26"
    assert book.worksheets[1]["A2"].value == "=进展情况!C24"
    assert sheet["C23"].border.left.style == "thin"
    assert any("加了14行" in one for one in words(found))


def test_rows_are_drawn_where_the_template_draws_none() -> None:
    """The last one of this quarter only is filled, of four columns for four quarters."""
    sheet = book_of(filled(templates.by_quarter(), many(3))).active
    assert [sheet.cell(6, column).value for column in range(1, 9)] == [
        1,
        f"第1项措施，{TEXTS[1]}",
        "各行政执法单位",
        None,
        "司法局：第1项进展",
        None,
        None,
        "推进中",
    ]
    assert sheet["B8"].border.left.style == "thin"
    assert [cell.value for cell in sheet[5]] == list(range(1, 9))


def test_numbered_rows_without_lines_are_free_and_their_sum_follows() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (["序号", "主要措施", "进展情况", "完成状态"], [1], [2], ["合计", None, "=COUNTA(C2:C3)"]):
        sheet.append(line)
    sheet = book_of(filled(templates.saved(book), many(4))).active
    assert [sheet.cell(at, 1).value for at in range(2, 7)] == [1, 2, 3, 4, "合计"]
    assert (sheet["C2"].value, sheet["C6"].value) == ("司法局：第1项进展", "=COUNTA(C2:C5)")


def test_several_things_in_one_column_and_spare_rows() -> None:
    rows = [row(1, PROBLEMS="人手不足"), row(2)]
    sheet = book_of(filled(templates.combined(5), rows)).active
    assert sheet["G3"].value == "工作进展：司法局：第1项进展\n存在问题：人手不足"
    assert sheet["G4"].value == "工作进展：司法局：第2项进展"
    assert [sheet.cell(line, 1).value for line in range(3, 8)] == [1, 2, 3, 4, 5]
    assert sheet["G5"].value is None


def listed(*texts: str) -> bytes:
    return templates.listed([(str(at + 20), text, "市司法局") for at, text in enumerate(texts, 1)])


def test_listed_measures_get_what_was_said_of_them_whatever_their_order() -> None:
    """The superior's numbers are not ours; its own words stay."""
    rows = [row(1), row(2), row(3), row(4)]
    found = filled(listed(TEXTS[2], TEXTS[0], TEXTS[3]), rows)
    sheet = book_of(found).worksheets[0]
    assert [sheet.cell(line, 7).value for line in (5, 6, 7)] == [
        "司法局：第3项进展",
        "司法局：第1项进展",
        "司法局：第4项进展",
    ]
    assert [sheet.cell(line, 1).value for line in (5, 6, 7)] == ["21", "22", "23"]
    assert sheet["C5"].value == "市司法局"
    assert found.left_out == (2,)
    assert [number for _, _, number in found.rows] == [3, 1, 4]


def test_states_in_the_words_of_the_templates_own_list() -> None:
    rows = [row(1, STATE="推进中"), row(2, STATE="已完成"), row(3, STATE="不涉及")]
    found = filled(listed(*TEXTS[:3]), rows)
    sheet = book_of(found).worksheets[0]
    assert [sheet.cell(line, 6).value for line in (5, 6, 7)] == ["正在推进", "已完成", None]
    assert any("没有与“不涉及”相当的" in one for one in words(found, Severity.WARNING))
    assert sheet.data_validations.dataValidation[0].formula1 == "选项!$A$1:$A$3"


def test_a_row_that_is_not_ours_is_told_and_left_alone() -> None:
    found = filled(listed("建立跨省协作机制，签订合作协议。", TEXTS[1]), [row(1), row(2)])
    sheet = book_of(found).worksheets[0]
    assert sheet["G5"].value is None
    assert sheet["G6"].value == "司法局：第2项进展"
    (note,) = [one for one in found.notes if one.severity is Severity.WARNING]
    assert (note.cell, note.words) == ("B5", "没有填写：台账中没有这项措施")


def test_a_reworded_measure_is_known_if_like_no_other() -> None:
    """Said, so that a person looks; two that are equally like it are never guessed at."""
    ours = [row(1, "推进行政执法培训，组织全体执法人员参加轮训，每人每年不少于60学时。"), row(2)]
    found = filled(listed("推进行政执法培训，组织全县执法人员参加轮训，每人每年不少于40学时。"), ours)
    assert [number for _, _, number in found.rows] == [1]
    assert any("按文字相近认作第1项" in one for one in words(found))
    twins = [row(1, "对乡镇开展执法监督检查，每季度不少于一次。"), row(2, "对部门开展执法监督检查，每季度不少于一次。")]
    found = filled(listed("对单位开展执法监督检查，每季度不少于一次。"), twins)
    assert found.rows == ()
    assert any("没有认出" in one for one in words(found, Severity.WARNING))


def test_the_same_text_twice_in_our_plan_needs_its_number() -> None:
    twins = [row(1, TEXTS[0]), row(2, TEXTS[0])]
    assert filled(listed(TEXTS[0]), twins).rows == ()
    found = filled(templates.listed([("2", TEXTS[0], "")]), twins)
    assert [number for _, _, number in found.rows] == [2]


def test_two_rows_like_one_measure_do_not_both_get_it() -> None:
    text = "推进行政执法培训，组织全体执法人员参加轮训，每人每年不少于60学时，并组织统一考试。"
    found = filled(listed(text, text.replace("60", "40")), [row(1, text), row(2)])
    assert [(line, number) for _, line, number in found.rows] == [(5, 1)]


@pytest.mark.parametrize("text", ["=1+1", "+86 电话", "-完成培训", "@各单位", "=cmd|' /c calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    found = filled(templates.city_with_sums(), [row(1, PROGRESS=text)])
    cell = book_of(found).worksheets[0]["F4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", text[0] in "=+-@")
    with_xml = _sheet_xml(found)
    assert b"<f>" not in with_xml.split(b'r="F4"')[1][:200].split(b"</c>")[0]


def _sheet_xml(found: Filled) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_formulas_are_never_overwritten() -> None:
    def edit(sheet: Any) -> None:
        sheet["F4"] = '=IF(G4="","无","有")'
        sheet["A4"] = "=ROW()-3"

    found = filled(changed(templates.city_with_sums(), edit), [row(1), row(2)])
    sheet = book_of(found).worksheets[0]
    assert sheet["F4"].value == '=IF(G4="","无","有")'
    assert sheet["A4"].value == "=ROW()-3"
    assert any("是公式" in one for one in words(found, Severity.WARNING))
    assert sheet["F5"].value == "司法局：第2项进展"


def test_formulas_of_a_row_are_carried_into_added_rows() -> None:
    def edit(sheet: Any) -> None:
        for line in range(4, 7):
            sheet.cell(line, 9).value = f"=LEN(F{line})"

    sheet = book_of(filled(changed(templates.city_with_sums(3), edit), many(5))).worksheets[0]
    assert [sheet.cell(line, 9).value for line in range(4, 9)] == [f"=LEN(F{line})" for line in range(4, 9)]


def test_locked_cells_of_a_protected_sheet_are_left_alone() -> None:
    def edit(sheet: Any) -> None:
        sheet.protection.sheet = True
        for line in range(4, 10):
            sheet.cell(line, 6).protection = openpyxl.styles.Protection(locked=False)

    found = filled(changed(templates.city_with_sums(6), edit), many(8))
    sheet = book_of(found).worksheets[0]
    assert sheet["F9"].value == "司法局：第6项进展"
    assert sheet["H4"].value is None
    assert sheet["A10"].value == "合计"
    assert any("只有6行可填" in one for one in words(found, Severity.ERROR))
    assert found.left_out == (7, 8)


def test_last_periods_words_are_replaced_and_told() -> None:
    def edit(sheet: Any) -> None:
        sheet["G5"] = "上季度的进展"

    found = filled(changed(listed(TEXTS[0]), edit), [row(1)])
    assert book_of(found).worksheets[0]["G5"].value == "司法局：第1项进展"
    assert [one.found for one in found.notes if one.words == "原有文字已替换"] == ["上季度的进展"]


def test_what_we_have_no_words_for_is_not_wiped_out() -> None:
    def edit(sheet: Any) -> None:
        sheet["H5"] = "市里掌握的问题"

    found = filled(changed(listed(TEXTS[0]), edit), [row(1, PROBLEMS="")])
    assert book_of(found).worksheets[0]["H5"].value == "市里掌握的问题"


def test_a_date_is_a_date_and_control_characters_are_dropped() -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "具体措施", "完成时限", "完成日期", "进展情况"])
    found = filled(templates.saved(book), [row(1, DONE_ON=date(2024, 6, 20), PROGRESS="已\x07完成\r\n全部")])
    sheet = book_of(found).active
    assert sheet["D2"].value.date() == date(2024, 6, 20)
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert sheet["E2"].value == "已完成\n全部"


def test_a_text_too_long_for_a_cell_is_cut_and_told() -> None:
    found = filled(templates.city_with_sums(), [row(1, PROGRESS="很" * 40000)])
    assert len(book_of(found).worksheets[0]["F4"].value) == 32767
    assert any("32767" in one for one in words(found, Severity.ERROR))


def test_rows_are_as_high_as_their_text_and_not_lower_than_before() -> None:
    def edit(sheet: Any) -> None:
        sheet.row_dimensions[4].height = 20
        sheet.row_dimensions[5].height = 300

    found = filled(changed(templates.city_with_sums(), edit), [row(1, PROGRESS="很长的进展" * 40), row(2)])
    sheet = book_of(found).worksheets[0]
    assert sheet.row_dimensions[4].height > 80
    assert sheet.row_dimensions[5].height == 300
    assert sheet["F4"].alignment.wrap_text


def test_lists_formats_and_names_follow_added_rows() -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.workbook.defined_name import DefinedName

    book = openpyxl.load_workbook(io.BytesIO(templates.city_with_sums(4)))
    sheet = book.worksheets[0]
    rule = DataValidation(type="list", formula1='"有,无"')
    rule.add("I4:I7")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("F4:F7", FormulaRule(formula=['F4=""'], fill=PatternFill(bgColor="FFFF0000")))
    book.defined_names.add(DefinedName("总数", attr_text="进展情况!$C$8"))
    sheet.row_dimensions[9].height = 33
    found = book_of(filled(templates.saved(book), many(10)))
    sheet = found.worksheets[0]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "I4:I13"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["F4:F13"]
    assert found.defined_names["总数"].attr_text == "进展情况!$C$14"
    assert sheet.row_dimensions[15].height == 33


def test_a_picture_below_moves_with_its_row() -> None:
    from openpyxl.drawing.image import Image
    from PIL import Image as Pixels

    book = openpyxl.load_workbook(io.BytesIO(templates.city_with_sums(4)))
    buffer = io.BytesIO()
    Pixels.new("RGB", (20, 20), "red").save(buffer, "PNG")
    buffer.seek(0)
    book.worksheets[0].add_image(Image(buffer), "B10")
    sheet = book_of(filled(templates.saved(book), many(10))).worksheets[0]
    (image,) = sheet._images
    assert image.anchor._from.row + 1 == 16


def test_nothing_known_nothing_filled() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    found = filled(templates.saved(book), [row(1)])
    assert found.rows == ()
    assert words(found, Severity.ERROR)


@pytest.mark.office
def test_libreoffice_computes_the_sums_of_a_filled_template(tmp_path: Path, soffice: str) -> None:
    """The file opens, the sums count the added rows, the sheet of notes sees them."""
    path = tmp_path / "填好.xlsx"
    path.write_bytes(filled(templates.city_with_sums(6), many(20)).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", tmp_path / "again", path], check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(tmp_path / "again" / "填好.xlsx", data_only=True)
    assert book.worksheets[0]["C24"].value == 20
    assert book.worksheets[0]["F24"].value == 20
    assert book.worksheets[1]["A2"].value == 20
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)


def by_unit(*names: str) -> bytes:
    """One measure over several rows, each of a unit of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "具体措施", "责任单位", "完成情况", "工作进展"])
    for at, name in enumerate(names):
        sheet.append([1 if at == 0 else None, TEXTS[0] if at == 0 else None, name])
    sheet.merge_cells(start_row=2, end_row=1 + len(names), start_column=2, end_column=2)
    return templates.saved(book)


def test_a_row_of_one_unit_gets_only_what_that_unit_says() -> None:
    """Several in one row each after their name; a unit that is not known gets nothing, and it is said."""
    said = {
        "财政局": {F.PROGRESS: "已训", F.STATE: "已完成"},
        "公安局": {F.PROGRESS: "在训", F.STATE: "推进中"},
        "司法局": {F.PROGRESS: "督导", F.STATE: "推进中"},
    }
    content = FillRow(1, "（1）", TEXTS[0], row(1).values, said)
    names = {"财政局": "财政局", "县公安局": "公安局", "司法局": "司法局"}
    data = by_unit("财政局", "县公安局、司法局", "外办", "司法局")
    found = fill(template_of(data, "模板.xlsx"), [content], Q2, names)
    sheet = book_of(found).active
    assert [sheet.cell(line, 5).value for line in range(2, 6)] == ["已训", "公安局：在训；\n司法局：督导", None, "督导"]
    assert [sheet.cell(line, 4).value for line in range(2, 6)] == ["已完成", "推进中", None, "推进中"]
    assert [one.found for one in found.notes if "没有认出" in one.words] == ["外办"]


def test_lists_that_excel_keeps_in_an_extension_stay() -> None:
    """Excel writes a list whose words stand on another sheet so; openpyxl alone would drop it."""
    import zipfile

    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">'
        "<x14:formula1><xm:f>选项!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F5:F6</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    book = openpyxl.load_workbook(io.BytesIO(listed(*TEXTS[:2])))
    book.worksheets[0].data_validations.dataValidation.clear()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(templates.saved(book))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</worksheet>", extension.encode())
            new.writestr(name, content)
    found = filled(buffer.getvalue(), [row(1), row(2, STATE="已完成")])
    sheet = book_of(found).worksheets[0]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref), rule.allow_blank) == ("list", "选项!$A$1:$A$3", "F5:F6", True)
    assert [sheet.cell(line, 6).value for line in (5, 6)] == ["正在推进", "已完成"]


def test_the_column_of_this_period_goes_before_one_of_none() -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "具体措施", "年度进展情况", "二季度进展情况", "状态"])
    sheet = book_of(filled(templates.saved(book), [row(1)])).active
    assert [cell.value for cell in sheet[2]][2:] == [None, "司法局：第1项进展", "推进中"]


def test_columns_of_other_periods_only_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "具体措施", "责任单位", "三季度进展情况", "四季度进展情况"])
    found = filled(templates.saved(book), [row(1)])
    assert any("没有一列是2024年第二季度的" in one for one in words(found, Severity.ERROR))
    assert [cell.value for cell in book_of(found).active[2]][3:] == [None, None]


def test_a_workbook_template_becomes_a_workbook() -> None:
    """An .xltx under the name of an .xlsx would not open."""
    import zipfile

    book = openpyxl.load_workbook(io.BytesIO(templates.city_with_sums()))
    book.template = True
    found = fill(template_of(templates.saved(book), "模板.xltx"), [row(1)], Q2)
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        assert b"spreadsheetml.template" not in archive.read("[Content_Types].xml")


def test_rows_that_are_half_written_are_left_below_and_told() -> None:
    """A heading the superior has set beside empty cells: our rows come above it, and somebody looks."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "重点任务", "具体措施", "责任单位", "工作进展"])
    sheet.append([None, "强化执法培训"])
    templates.frame(sheet, 1, 4, 5)
    found = filled(templates.saved(book), many(3))
    after = book_of(found).active
    assert [after.cell(line, 5).value for line in (2, 3, 4)] == [f"司法局：第{no}项进展" for no in (1, 2, 3)]
    assert after["B5"].value == "强化执法培训"
    assert any("预先写好的内容" in one for one in words(found, Severity.WARNING))
