"""Word documents: paragraphs, automatic numbers, tables, what is printed and what is not."""

from __future__ import annotations

import zipfile

import pytest

from core.recognise.sources.numerals import written
from tests.core.recognise.sources.documents import (
    body_docx,
    changed_package,
    level,
    numbered_docx,
    paragraphs,
    printed,
    read,
    run,
    save_docx,
    table,
    texts,
)


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("decimal", 12, "12"), ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"),
        ("chineseCounting", 21, "二十一"), ("chineseCounting", 100, "一〇〇"), ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"), ("japaneseCounting", 20, "二十"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographDigital", 12, "一二"), ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 1, "子"), ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 4, "⒋"), ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"), ("lowerRoman", 4, "iv"), ("upperLetter", 27, "AA"), ("lowerLetter", 2, "b"),
        ("decimalZero", 3, "03"), ("ordinal", 2, "2nd"), ("bullet", 1, ""), ("none", 1, ""), ("whatever", 5, "5"),
        ("upperRoman", 99_999, "99999"), ("decimalEnclosedCircle", 99, "99"), ("chineseCounting", 0, "〇"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(style, number, shown):
    assert written(number, style) == shown


LEVELS = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", more="<w:isLgl/>")
)


def test_levels_count_and_begin_anew_below_their_heads(tmp_path):
    uses = [
        (1, 0, "总"),
        (1, 1, "甲"),
        (1, 2, "子"),
        (1, 2, "丑"),
        (1, 1, "乙"),
        (1, 2, "寅"),
        (0, 0, "正文"),
        (1, 0, "分"),
        (1, 1, "丙"),
    ]

    found = printed(read(numbered_docx(tmp_path / "a.docx", LEVELS, uses)))

    assert found == ["一、总", "（一）甲", "1.子", "2.丑", "（二）乙", "1.寅", "正文", "二、分", "（一）丙"]


def test_a_number_of_several_levels_is_put_together(tmp_path):
    uses = [(1, 0, "总"), (1, 2, "子"), (1, 3, "细")]

    assert printed(read(numbered_docx(tmp_path / "a.docx", LEVELS, uses))) == ["一、总", "1.子", "1.1.1细"]


def test_an_override_starts_anew_once(tmp_path):
    second = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    uses = [(1, 0, "甲"), (1, 0, "乙"), (2, 0, "丙"), (2, 0, "丁")]

    found = printed(read(numbered_docx(tmp_path / "a.docx", LEVELS, uses, second)))

    assert found == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_two_lists_of_one_kind_count_on(tmp_path):
    second = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'

    found = printed(read(numbered_docx(tmp_path / "a.docx", LEVELS, [(1, 0, "甲"), (2, 0, "乙")], second)))

    assert found == ["一、甲", "二、乙"]


def test_a_level_that_never_restarts_runs_through(tmp_path):
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    uses = [(1, 0, "总"), (1, 1, "甲"), (1, 0, "分"), (1, 1, "乙")]

    assert printed(read(numbered_docx(tmp_path / "a.docx", levels, uses))) == ["一、总", "1.甲", "二、分", "2.乙"]


def test_a_bullet_is_no_number(tmp_path):
    levels = level(0, "bullet", "●")

    assert printed(read(numbered_docx(tmp_path / "a.docx", levels, [(1, 0, "甲")]))) == ["甲"]


def test_numbers_come_from_the_style_too(tmp_path):
    def change(document):
        document.add_paragraph("甲", style="List Number")
        document.add_paragraph("乙", style="List Number")

    assert printed(read(save_docx(tmp_path / "a.docx", change))) == ["1.甲", "2.乙"]


def test_headings_know_their_level(tmp_path):
    def change(document):
        document.add_heading("部分", 1)
        document.add_heading("小节", 2)
        document.add_paragraph("正文")

    source = read(save_docx(tmp_path / "a.docx", change))

    assert [each.heading for each in paragraphs(source)] == [1, 2, None]
    assert [each.place.paragraph for each in paragraphs(source)] == [1, 2, 3]


def test_merged_cells_stand_once_with_their_spans(tmp_path):
    def change(document):
        grid = document.add_table(4, 3)
        for at, text in enumerate(("任务", "措施", "时限")):
            grid.cell(0, at).text = text
        grid.cell(1, 0).merge(grid.cell(2, 0)).text = "（一）培训"
        grid.cell(1, 1).text, grid.cell(2, 1).text = "甲", "乙"
        grid.cell(3, 0).merge(grid.cell(3, 2)).text = "二、检查"

    block = table(read(save_docx(tmp_path / "a.docx", change)))

    assert texts(block) == [
        ["任务", "措施", "时限"], ["（一）培训", "甲", ""], [None, "乙", ""], ["二、检查", None, None],
    ]  # fmt: skip
    assert (block.rows[1][0].row_span, block.rows[3][0].column_span) == (2, 3)
    assert str(block.rows[2][1].place) == "表1 第3行 第2列"


def test_columns_left_over_from_drawing_are_dropped(tmp_path):
    def row(*cells):
        inner = "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run(text)}</w:p></w:tc>' for text, span in cells
        )
        return f"<w:tr>{inner}</w:tr>"

    body = f"<w:tbl><w:tblPr/><w:tblGrid/>{row(('甲', 2), ('乙', 3))}{row(('丙', 2), ('丁', 3))}</w:tbl><w:p/>"

    block = table(read(body_docx(tmp_path / "a.docx", body)))

    assert texts(block) == [["甲", "乙"], ["丙", "丁"]]
    assert block.rows[0][1].column_span == 1


def test_numbers_and_lines_inside_cells(tmp_path):
    def change(document):
        cell = document.add_table(1, 2).cell(0, 0)
        cell.text = "甲"
        cell.add_paragraph("乙")
        document.tables[0].cell(0, 1).add_table(1, 2).cell(0, 0).text = "内层"
        document.tables[0].cell(0, 1).tables[0].cell(0, 1).text = "表格"

    assert texts(table(read(save_docx(tmp_path / "a.docx", change)))) == [["甲\n乙", "内层 表格"]]


def test_a_frame_of_one_cell_is_text(tmp_path):
    def change(document):
        document.add_table(1, 1).cell(0, 0).text = "框内一段"

    assert printed(read(save_docx(tmp_path / "a.docx", change))) == ["框内一段"]


def test_insertions_are_read_and_deletions_not(tmp_path):
    body = (
        f"<w:p>{run('在')}<w:ins w:id='1' w:author='a'>{run('年底')}</w:ins>"
        f"<w:del w:id='2' w:author='a'><w:r><w:delText>月底</w:delText></w:r></w:del>{run('前')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del w:id='3' w:author='a'/></w:rPr></w:pPr>{run('前半')}</w:p><w:p>{run('后半')}</w:p>"
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        f"<w:tr><w:tc><w:p>{run('留')}</w:p></w:tc><w:tc><w:p>{run('下')}</w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del w:id='4' w:author='a'/></w:trPr>"
        f"<w:tc><w:p>{run('删')}</w:p></w:tc><w:tc><w:p>{run('去')}</w:p></w:tc></w:tr></w:tbl><w:p/>"
    )

    source = read(body_docx(tmp_path / "a.docx", body))

    assert printed(source) == ["在年底前", "前半后半"]
    assert texts(table(source)) == [["留", "下"]]


def test_hidden_text_is_left_out_and_told(tmp_path):
    body = f"<w:p>{run('看得见')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>"

    source = read(body_docx(tmp_path / "a.docx", body))

    assert printed(source) == ["看得见"]
    assert source.repairs == ("文档中有 1 处隐藏文字，没有读取。",)


def test_text_boxes_links_fields_and_breaks(tmp_path):
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('框中')}</w:p></w:txbxContent></w:pict></w:r>"
    field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = (
        f"<w:p>{run('外')}{box}<w:hyperlink>{run('链')}</w:hyperlink>{field}</w:p>"
        f"<w:p>{run('上')}<w:r><w:br/></w:r>{run('下')}<w:r><w:sym w:font='x' w:char='2460'/><w:noBreakHyphen/></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>"
    )

    assert printed(read(body_docx(tmp_path / "a.docx", body))) == ["外链", "框中", "上\n下①-", "控件"]


def test_heads_and_feet_are_left_out(tmp_path):
    def change(document):
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_paragraph("正文")

    assert printed(read(save_docx(tmp_path / "a.docx", change))) == ["正文"]


NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="1"><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>没人提到</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def test_footnotes_stand_at_the_end(tmp_path):
    body = f"<w:p>{run('有注')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p><w:p>{run('后文')}</w:p>"
    plain = body_docx(tmp_path / "a.docx", body)

    source = read(changed_package(plain, tmp_path / "b.docx", {"word/footnotes.xml": NOTES.encode()}))

    assert printed(source) == ["有注", "后文", "脚注"]


def test_strict_documents_read_alike(tmp_path):
    plain = body_docx(tmp_path / "a.docx", f"<w:p>{run('严格')}</w:p>")
    with zipfile.ZipFile(plain) as package:
        data = package.read("word/document.xml")
    strict = data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert printed(read(changed_package(plain, tmp_path / "b.docx", {"word/document.xml": strict}))) == ["严格"]


def test_a_broken_picture_or_missing_styles_do_not_matter(tmp_path):
    plain = body_docx(tmp_path / "a.docx", f"<w:p>{run('正文')}</w:p>")
    changes = {"word/styles.xml": None, "word/numbering.xml": None, "docProps/thumbnail.jpeg": b"x"}

    assert printed(read(changed_package(plain, tmp_path / "b.docx", changes))) == ["正文"]
