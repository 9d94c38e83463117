"""A superior's template: which rows are the header, what each column asks for, which rows are to be filled."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import KnownError
from core.exchange.read_template import read_template, template_of
from core.exchange.template import Shape, Template, TemplateTable
from core.exchange.template_columns import TemplateField, fields_of, meaning, speaks_of
from core.model.ledger import Period
from tests.core.exchange import templates

F = TemplateField
Q2 = Period("2024Q2", "2024年第二季度", date(2024, 4, 1), date(2024, 6, 30), date(2024, 6, 30))
HALF = Period("2024H1", "2024年上半年", date(2024, 1, 1), date(2024, 6, 30), date(2024, 6, 30))


def only(template: Template) -> TemplateTable:
    (table,) = template.tables
    return table


def said(table: TemplateTable) -> dict[str, tuple[TemplateField, ...]]:
    return {column.title: column.fields for column in table.columns}


def of(heads: list[Any], *, second: list[Any] | None = None) -> Template:
    book = openpyxl.Workbook()
    book.active.append(heads)
    if second:
        book.active.append(second)
    return template_of(templates.saved(book), "模板.xlsx")


def test_the_table_of_a_city_is_read_by_its_titles() -> None:
    table = only(template_of(templates.city_with_sums(), "模板.xlsx"))
    assert [column.fields for column in table.columns] == [
        (F.SEQUENCE,),
        (F.TASK,),
        (F.TEXT,),
        (F.RESPONSIBLE,),
        (F.DEADLINE,),
        (F.PROGRESS,),
        (F.PROBLEMS,),
        (F.NEXT,),
        (),
    ]
    assert (table.header, table.shape, table.first, table.last, table.below) == ((3, 3), Shape.EMPTY, 4, 9, 10)


def test_a_header_of_two_lines_with_merged_cells() -> None:
    measures = [("1", "开展执法培训，每年不少于60学时。", "司法局"), ("2", "规范行政处罚案卷制作。", "司法局")]
    table = only(template_of(templates.listed(measures), "模板.xlsx"))
    found = said(table)
    assert found["责任分工/牵头单位"] == (F.LEAD,)
    assert found["责任分工/配合单位"] == (F.COOPERATING,)
    assert found["落实情况/是否完成"] == (F.STATE,)
    assert found["落实情况/工作进展"] == (F.PROGRESS,)
    assert found["落实情况/佐证材料"] == (F.EVIDENCE,)
    assert (table.header, table.shape, table.listed) == ((2, 3), Shape.LISTED, (5, 6))
    assert {column.letter for column in table.columns if column.is_hidden} == {"D", "K"}


def test_a_row_of_column_numbers_belongs_to_the_header() -> None:
    table = only(template_of(templates.by_quarter(), "模板.xlsx"))
    assert (table.header, table.first) == ((4, 5), 6)


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("序号", (F.SEQUENCE,)),
        ("完成时限", (F.DEADLINE,)),
        ("时间节点", (F.DEADLINE,)),
        ("责任单位", (F.RESPONSIBLE,)),
        ("牵头单位", (F.LEAD,)),
        ("牵头/责任单位", (F.DIVISION,)),
        ("责任分工", (F.DIVISION,)),
        ("工作进展情况", (F.PROGRESS,)),
        ("落实情况", (F.PROGRESS,)),
        ("目前进展", (F.PROGRESS,)),
        ("进展情况\n（截至6月底）", (F.PROGRESS,)),
        ("工作成效", (F.PROGRESS,)),
        ("存在的主要问题", (F.PROBLEMS,)),
        ("困难问题", (F.PROBLEMS,)),
        ("下一步工作计划", (F.NEXT,)),
        ("下 步 打 算", (F.NEXT,)),
        ("完成状态", (F.STATE,)),
        ("是否按期完成", (F.STATE,)),
        ("实际完成时间", (F.DONE_ON,)),
        ("佐证材料清单", (F.EVIDENCE,)),
        ("进展情况及存在的问题", (F.PROGRESS, F.PROBLEMS)),
        ("存在问题及下步打算", (F.PROBLEMS, F.NEXT)),
        ("责任人", ()),
        ("联系电话", ()),
        ("备注", ()),
    ],
)
def test_titles_as_superiors_write_them(title: str, fields: tuple[TemplateField, ...]) -> None:
    assert meaning(title).fields == fields


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (["重点任务", "具体措施"], [F.TASK, F.TEXT]),
        (["一级任务", "二级任务", "主要举措"], [F.SECTION, F.TASK, F.TEXT]),
        (["任务类别", "工作内容"], [F.SECTION, F.TEXT]),
        (["工作任务"], [F.TEXT]),
        (["重点任务", "任务举措", "工作目标"], [F.SECTION, F.TEXT, F.TASK]),
    ],
)
def test_the_finest_column_is_the_measure(titles: list[str], wanted: list[TemplateField]) -> None:
    assert [field for (field,) in fields_of([meaning(title) for title in titles])] == wanted


@pytest.mark.parametrize(
    "asked", ["需协调事项", "需上级支持事项", "采取的措施", "已采取措施", "未完成事项", "其他事项", "亮点工作"]
)
def test_a_column_of_what_was_done_or_is_wanted_is_not_the_measure(asked: str) -> None:
    titles = ["任务", "具体措施", "责任单位", "工作进展", asked]
    fields = fields_of([meaning(title) for title in titles])
    assert (fields[1], fields[-1]) == ((TemplateField.TEXT,), ())


def test_completion_is_the_state_beside_the_progress_and_the_progress_alone() -> None:
    """完成情况 and 完成时间 mean the one or the other, by what stands beside them."""
    beside = fields_of([meaning(title) for title in ("完成情况", "工作进展", "完成时限", "完成时间")])
    assert beside == [(F.STATE,), (F.PROGRESS,), (F.DEADLINE,), (F.DONE_ON,)]
    alone = fields_of([meaning(title) for title in ("完成情况", "完成时间")])
    assert alone == [(F.PROGRESS,), (F.DEADLINE,)]


@pytest.mark.parametrize(
    ("title", "in_quarter", "in_half"),
    [
        ("二季度进展情况", True, False),
        ("第2季度", True, False),
        ("一季度进展", False, False),
        ("上半年完成情况", False, True),
        ("2023年二季度进展", False, False),
        ("6月份进展", False, False),
        ("进展情况", None, None),
    ],
)
def test_a_title_that_names_a_span_names_this_period_or_not(
    title: str, in_quarter: bool | None, in_half: bool | None
) -> None:
    assert speaks_of(title, Q2) is in_quarter
    assert speaks_of(title, HALF) is in_half


def test_the_form_is_known_again_next_period() -> None:
    """Another period in the title, other widths, other rows: the same form; another column: another one."""
    first = template_of(templates.city_with_sums(), "一.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(first.data))
    book["进展情况"]["A1"] = "2024年第三季度任务进展情况统计表"
    book["进展情况"].column_dimensions["C"].width = 60
    book["进展情况"]["F3"] = "第三季度进展情况"
    again = template_of(templates.saved(book), "二.xlsx").signature
    book["进展情况"]["F3"] = "2025年第一季度进展情况"
    assert template_of(templates.saved(book), "二.xlsx").signature == again == first.signature
    book["进展情况"]["I3"] = "分管领导"
    assert template_of(templates.saved(book), "三.xlsx").signature != first.signature


def test_a_workbook_without_such_a_table_has_none() -> None:
    assert of(["姓名", "电话", "住址"]).tables == ()
    assert of(["序号", "具体措施", "责任单位"]).tables == (), "nothing to fill"


def test_unknown_columns_are_told() -> None:
    template = of(["序号", "具体措施", "进展情况", "分管领导", "备注"])
    assert [column.title for column in template.unknown] == ["分管领导"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.xlsx", b"", "空文件"),
        ("文字.xlsx", b"hello", "不是 Excel"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "损坏"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(100), "损坏"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KnownError, match=words):
        read_template(path)


def test_a_template_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="找不到模板"):
        read_template(tmp_path / "没有.xlsx")


def test_what_openpyxl_cannot_keep_is_told_first() -> None:
    """A text box and a data bar are lost in saving: said when the template is read."""
    import zipfile

    data = templates.city_with_sums()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr xmlns:xdr='x'><xdr:sp></xdr:sp></xdr:wsDr>")
        new.writestr("xl/ctrlProps/ctrlProp1.xml", "<x/>")
    losses = template_of(buffer.getvalue(), "模板.xlsx").losses
    assert set(losses) == {"文本框和图形", "表单控件（按钮、复选框等）"}
    assert template_of(data, "模板.xlsx").losses == ()


def test_an_example_row_is_no_measure() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "具体措施", "进展情况"])
    sheet.append(["示例", "示例：开展培训", "已开展培训3场"])
    templates.frame(sheet, 1, 5, 3)
    table = only(template_of(templates.saved(book), "模板.xlsx"))
    assert (table.shape, table.first, table.last) == (Shape.EMPTY, 3, 5)


def test_bold_titles_in_rich_text_are_read() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    template = of(["序号", CellRichText("具体", TextBlock(InlineFont(b=True), "措施")), "进展情况"])
    assert only(template).column_of(F.TEXT) is not None


def test_sums_on_top_and_between_the_parts_are_no_end() -> None:
    """合计 under the header, 小计 after each part; what is written below the drawn table is no measure."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["具体措施", "责任单位", "进展情况"])
    for text in ("合计", "加强执法培训", "小计", "规范案卷制作", "小计"):
        sheet.append([text, None, "=COUNTA(C3:C3)" if text.endswith("计") else None])
    templates.frame(sheet, 1, 6, 3)
    sheet["A8"] = "请各县区按季度报送，数字要准确。"
    table = only(template_of(templates.saved(book), "模板.xlsx"))
    assert (table.shape, table.listed) == (Shape.LISTED, (3, 5))


def test_dots_for_so_on_are_free_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (["序号", "具体措施", "进展情况"], [1], [2], ["……"]):
        sheet.append(line)
    templates.frame(sheet, 1, 4, 3)
    table = only(template_of(templates.saved(book), "模板.xlsx"))
    assert (table.shape, table.first, table.last) == (Shape.EMPTY, 2, 4)
