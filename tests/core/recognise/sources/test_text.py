"""Texts in any encoding, what is left of tables in them, and what is pasted."""

from __future__ import annotations

import pytest

from core.recognise.sources import UnreadableError, limits, read_pasted
from tests.core.recognise.sources.documents import paragraphs, printed, read, table, texts

TEXT = "一、总体要求\n\n（一）加强培训。每年组织一次集中培训。\n责任单位：司法局\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))

    assert printed(read(path)) == ["一、总体要求", "（一）加强培训。每年组织一次集中培训。", "责任单位：司法局"]


def test_a_few_wrong_bytes_are_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 20).encode()[:-2])

    assert "字符已损坏" in read(path).repairs[0]


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 20)

    with pytest.raises(UnreadableError, match="不是能读的文档"):
        read(path)


def test_tabs_make_a_table(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("表题\n任务\t措施\t时限\n甲\t乙\t年底前\n\t丙\t\n后文", "utf-8")
    source = read(path)

    assert texts(table(source)) == [["任务", "措施", "时限"], ["甲", "乙", "年底前"], ["", "丙", ""]]
    assert printed(source) == ["表题", "后文"]


def test_a_section_row_without_tabs_spans_the_table():
    source = read_pasted("任务\t措施\n甲\t乙\n二、检查（共2项）\n丙\t丁", None)

    assert texts(table(source))[2] == ["二、检查（共2项）", None]


def test_a_number_before_a_tab_is_a_paragraph():
    source = read_pasted("一、\t总体要求\n1.\t加强培训\n2.\t规范检查", None)

    assert printed(source) == ["一、\t总体要求", "1.加强培训", "2.规范检查"] or not [
        block for block in source.blocks if not hasattr(block, "text")
    ]


def test_rows_torn_by_breaks_are_mended():
    source = read_pasted("任务\t措施\t时限\n甲\t上半\n下半\t年底前\n乙\t丙\t长期", None)

    assert texts(table(source)) == [["任务", "措施", "时限"], ["甲", "上半\n下半", "年底前"], ["乙", "丙", "长期"]]


def test_quoted_cells_of_a_spreadsheet():
    source = read_pasted('任务\t"第一行\n第二行 ""引"""\t年底\n甲\t乙\t丙', None)

    assert texts(table(source))[0] == ["任务", "第一行\n第二行“引”", "年底"]


def test_pipes_and_tags_left_in_cells():
    source = read_pasted("| 任务 | 措施 |\n|---|:--|\n| <p>甲</p><p>乙</p> | 丙<br>丁 &amp; |", None)

    assert texts(table(source)) == [["任务", "措施"], ["甲\n乙", "丙\n丁 &"]]


def test_marks_of_markdown_are_no_text():
    source = read_pasted("# 方案\n\n---\n**责任单位：**司法局", None)

    assert [(each.text, each.heading) for each in paragraphs(source)] == [("方案", 1), ("责任单位：司法局", None)]


PAGE = """<html><head><title>x</title><style>p{}</style></head><body><h2>方案</h2><p style="display: none">看不见</p>
<table><tr><th rowspan="2">任务</th><th colspan="2">分工</th></tr><tr><td>牵头</td><td>责任</td></tr>
<tr><td>甲</td><td><p>乙</p><p>丙</p></td><td>丁<br/>戊</td></tr></table>
<ol start="3"><li>第三</li><li><p>第四</p></li></ol><script>alert(1)</script>尾</body></html>"""


def test_a_page_with_spans_lists_and_hidden_parts():
    source = read_pasted("", PAGE)
    block = table(source)

    assert texts(block) == [["任务", "分工", None], [None, "牵头", "责任"], ["甲", "乙\n丙", "丁\n戊"]]
    assert (block.rows[0][0].row_span, block.rows[0][1].column_span) == (2, 2)
    assert [(each.text, each.heading) for each in paragraphs(source)] == [
        ("方案", 2), ("3.第三", None), ("4.第四", None), ("尾", None),
    ]  # fmt: skip


def test_a_table_that_only_lays_out_is_text():
    source = read_pasted(
        "", "<table><tr><td><p>一段</p><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
    )

    assert printed(source) == ["一段"]
    assert texts(table(source)) == [["甲", "乙"]]


def test_a_saved_page_is_read_as_a_page(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.encode("gb18030"))

    assert len(table(read(path)).rows) == 3


@pytest.mark.parametrize(
    "page", ["<table>" * 3000 + "<td>甲", "<div>" * 5000 + "甲", "<td colspan=99999999 rowspan=-3>甲<td>乙"]
)
def test_pages_out_of_joint_are_read_within_bounds(page):
    read_pasted("甲", page + "<table")


def test_nothing_pasted_gives_no_blocks():
    assert read_pasted("", None).blocks == ()
    assert read_pasted("  \n", "<p></p>").blocks == ()


def test_one_long_paragraph_stays_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("标题\n" + "一、加强培训。（一）每年一次。" * 500, "utf-8")

    assert len(read(path).blocks) == 2


SENTENCE = (
    "推行检查计划备案制度，合理安排检查频次，减少重复检查，提高检查效能，切实减轻企业负担，并将检查结果向社会公布。"
)


def broken(text: str, width: int = 30) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_broken_at_one_width_become_paragraphs(indent):
    items = [f"{number}.{SENTENCE * 2}" for number in range(1, 6)]
    lines = [line for item in items for line in broken(indent + item)]

    source = read_pasted("\n".join(["工作方案", *lines]), None)

    assert printed(source) == ["工作方案", *items]
    assert "按行宽断开" in source.repairs[0]


def test_short_lines_are_not_joined():
    lines = [f"（{number}）加强培训" for number in "一二三四五六七八"]

    assert printed(read_pasted("\n".join(lines), None)) == lines


def test_of_a_flood_that_is_pasted_the_beginning_is_read_and_that_is_said():
    """The window itself waits for it. A table keeps its columns, and no cell reaches below its last row."""
    lines = read_pasted("一\n" * 20_500)
    assert len(lines.blocks) == limits.PASTED
    cells = "".join(f"<tr><td rowspan=9>{at}<td>乙" for at in range(10_500))
    page = read_pasted("", f"<table>{cells}</table>")
    (table,) = page.blocks
    assert 0 < len(table.rows) <= limits.PASTED
    assert all(
        cell is None or at + cell.row_span <= len(table.rows) for at, row in enumerate(table.rows) for cell in row
    )
    for source in (lines, page):
        assert source.repairs[-1] == "粘贴的内容太多，只读了前面的部分。"
