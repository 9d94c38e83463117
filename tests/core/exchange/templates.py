"""Templates as superiors send them: title rows, headers of one or two lines, sums, notes, hidden columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

THIN = Border(*(Side(style="thin"),) * 4)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)
HEADS = (
    "序号",
    "重点任务",
    "具体措施",
    "责任单位",
    "完成时限",
    "进展情况",
    "存在问题",
    "下步打算",
    "备注",
)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def frame(sheet: Any, first: int, last: int, width: int, font: str = "仿宋_GB2312") -> None:
    """Draw the cells of some rows."""
    for row in range(first, last + 1):
        for column in range(1, width + 1):
            cell = sheet.cell(row, column)
            cell.border, cell.alignment = THIN, LEFT if column == 3 else CENTRED
            cell.font = Font(name=font, size=11)


def city_with_sums(rows: int = 6) -> bytes:
    """空表: landscape, a title, who fills it in, one line of header, a few free rows, 合计, notes, a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "进展情况"
    sheet.merge_cells("A1:I1")
    sheet["A1"] = "2024年第二季度提升行政执法质量三年行动重点任务进展情况统计表"
    sheet["A1"].font, sheet["A1"].alignment = Font(name="方正小标宋简体", size=20), CENTRED
    sheet.row_dimensions[1].height = 40
    sheet.merge_cells("A2:D2")
    sheet["A2"] = "填报单位（盖章）："
    sheet["I2"] = "单位：项"
    for column, head in enumerate(HEADS, 1):
        cell = sheet.cell(3, column, head)
        cell.font, cell.fill = Font(name="黑体", size=12), PatternFill("solid", fgColor="FFD9E2F3")
    frame(sheet, 3, 3 + rows, 9)
    for column, head in enumerate(HEADS, 1):
        sheet.cell(3, column, head).font = Font(name="黑体", size=12)
    foot = 4 + rows
    sheet.cell(foot, 1, "合计")
    sheet.merge_cells(start_row=foot, end_row=foot, start_column=1, end_column=2)
    sheet.cell(foot, 3, f"=COUNTA(C4:C{foot - 1})")
    sheet.cell(foot, 6, f'=COUNTIF(F4:F{foot - 1},"<>")')
    frame(sheet, foot, foot, 9)
    sheet.merge_cells(start_row=foot + 1, end_row=foot + 1, start_column=1, end_column=9)
    sheet.cell(foot + 1, 1, "说明：1.本表按季度报送；2.进展情况应写明具体做法和数据。")
    sheet.cell(foot + 2, 1, "填报人：")
    sheet.cell(foot + 2, 6, "联系电话：")
    for column, width in zip("ABCDEFGHI", (6, 18, 40, 18, 14, 46, 24, 24, 10), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:3"
    sheet.print_area = f"A1:I{foot + 2}"
    sheet.freeze_panes = "A4"
    sheet.oddFooter.center.text = "第 &P 页"
    notes = book.create_sheet("填表说明")
    notes["A1"] = "一、请于每季度末月25日前报送。"
    notes["A2"] = f"=进展情况!C{foot}"
    return saved(book)


def listed(measures: Sequence[tuple[str, str, str]], *, title: str = "任务台账") -> bytes:
    """已列措施: a header of two lines with merged cells, a heading row over each part, hidden columns, a list of
    states on another sheet; the superior's own numbers, and a formula column.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.merge_cells("A1:K1")
    sheet["A1"] = "行政执法质量提升行动任务台账"
    for column, head in enumerate(
        ("序号", "工作措施", "责任分工", None, "完成时限", "落实情况", *[None] * 4, "内部码"), 1
    ):
        sheet.cell(2, column, head)
    for column, head in (
        (3, "牵头单位"),
        (4, "配合单位"),
        (6, "是否完成"),
        (7, "工作进展"),
        (8, "存在的问题"),
        (9, "下一步工作"),
        (10, "佐证材料"),
    ):
        sheet.cell(3, column, head)
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:J2", "K2:K3"):
        sheet.merge_cells(area)
    row = 4
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=11)
    sheet.cell(row, 1, "（一）着力提升行政执法人员能力素质")
    for no, text, who in measures:
        row += 1
        sheet.cell(row, 1, no)
        sheet.cell(row, 2, text)
        sheet.cell(row, 3, who)
        sheet.cell(row, 11, f'=IF(F{row}="已完成",1,0)')
    frame(sheet, 2, row, 11, "宋体")
    sheet.cell(row + 1, 1, "总计")
    sheet.cell(row + 1, 11, f"=SUM(K5:K{row})")
    sheet.column_dimensions["K"].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["B"].width, sheet.column_dimensions["G"].width = 44, 40
    choices = book.create_sheet("选项")
    for at, word in enumerate(("已完成", "正在推进", "尚未启动"), 1):
        choices.cell(at, 1, word)
    choices.sheet_state = "hidden"
    rule = DataValidation(type="list", formula1="选项!$A$1:$A$3", allow_blank=True)
    rule.add(f"F5:F{row}")
    sheet.add_data_validation(rule)
    return saved(book)


def by_quarter() -> bytes:
    """空表 without any row drawn below its header, a column of each quarter, portrait, column numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "附件2"
    sheet.merge_cells("A2:H2")
    sheet["A2"] = "重点任务按季度推进情况表"
    heads = (
        "序号",
        "工作任务",
        "责任单位",
        "一季度进展情况",
        "二季度进展情况",
        "三季度进展情况",
        "四季度进展情况",
        "完成状态",
    )
    for column, head in enumerate(heads, 1):
        sheet.cell(4, column, head)
        sheet.cell(5, column, column)
    frame(sheet, 4, 5, 8, "宋体")
    sheet.column_dimensions["B"].width = 36
    sheet.page_setup.paperSize = 9
    return saved(book)


def combined(rows: int = 45) -> bytes:
    """More free rows than measures, numbered beforehand; one column for progress and problems; merged pairs of cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表1"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "工作情况汇总表"
    heads = ("序号", "重点任务", None, "任务举措", "牵头/责任单位", "完成时间", "进展情况及存在的问题")
    for column, head in enumerate(heads, 1):
        sheet.cell(2, column, head)
    sheet.merge_cells("B2:C2")
    for row in range(3, 3 + rows):
        sheet.cell(row, 1, row - 2)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        sheet.cell(row, 6).number_format = "@"
    frame(sheet, 2, 2 + rows, 7)
    sheet.column_dimensions["D"].width, sheet.column_dimensions["G"].width = 40, 50
    return saved(book)
