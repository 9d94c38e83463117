"""An office's own Word file filled: its look stays, places are found wherever they stand, nothing of the text is lost."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.errors import InvalidError
from core.job import Job
from core.publish import pages
from core.publish.fonts import machine_fonts
from core.publish.own_check import check
from core.publish.own_places import Place
from core.publish.own_template import fill
from core.publish.table import table_document
from core.publish.text_document import (
    Imprint,
    Letterhead,
    Paragraph,
    Role,
    Signature,
    TextCell,
    TextDocument,
    TextPart,
    TextTable,
)
from tests.core.publish.reading import bare, small_plan

W, V = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "urn:schemas-microsoft-com:vml"
BOX = (
    f'<w:r xmlns:w="{W}" xmlns:v="{V}"><w:pict><v:rect style="width:150pt;height:60pt"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{{落</w:t></w:r><w:r><w:t>款}}</w:t></w:r></w:p><w:p><w:r><w:t>{{成文日期}}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
)
MARK = (
    f'<w:r xmlns:w="{W}" xmlns:v="{V}"><w:pict><v:rect style="position:absolute;margin-left:0;margin-top:20pt;width:'
    '380pt;height:60pt" stroked="f"><v:textbox><w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
    '<w:color w:val="FF0000"/><w:sz w:val="72"/></w:rPr><w:t>古县司法局文件</w:t></w:r></w:p></w:txbxContent>'
    '</v:textbox></v:rect><v:line from="0,110pt" to="380pt,110pt" strokecolor="red" strokeweight="2pt" '
    'style="position:absolute"/></w:pict></w:r>'
)
"""发文机关标志 in a text box and a red line, both anchored in an empty paragraph."""
RARE = "联系人㛃、𬍛、镕、翀、喆"
BODY = (
    Paragraph(Role.HEADING_1, "一、报送情况"),
    Paragraph(Role.BODY, f"各单位报送情况如下，{RARE}。"),
    TextTable((40.0, 0.0), ((TextCell("单位"), TextCell("情况")), (TextCell("公安局"), TextCell("已报")))),
    Paragraph(Role.NOTE, "注：按责任事项统计。"),
)


def letter(unit: str, number: str = "古司函〔2025〕3号", *body: Paragraph | TextTable) -> TextPart:
    blocks = (
        Paragraph(Role.TITLE, "关于催办有关事项的函"),
        Paragraph(Role.ADDRESSEE, f"{unit}："),
        *(body or BODY),
        Signature("古县司法局", "2025年1月13日"),
    )
    return TextPart(blocks, Letterhead("古县司法局", number), restarts=True)


def report(*annexes: object) -> TextDocument:
    blocks = (
        Paragraph(Role.TITLE, "进展情况报告"),
        Paragraph(Role.ADDRESSEE, "县人民政府："),
        *BODY,
        Paragraph(Role.ANNEX_FIRST, "附件：1.任务分解表"),
        Paragraph(Role.ANNEX_NEXT, "2.目录"),
        Signature("古县司法局", "2025年1月13日", "（县政府办代章）"),
    )
    return TextDocument(
        "报告", (TextPart(blocks), *annexes), Imprint("县委办公室", "司法局办公室", "2025年1月13日印发")
    )


def template(*texts: str, box: bool = False, header: str = "", table: tuple[str, ...] = ()) -> bytes:
    """A file of 楷体 14 pt on 20 pt lines; ``header``: of the first page."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(35)
    if header:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].add_run(header[:4])
        section.first_page_header.paragraphs[0].add_run(header[4:])
    for text in texts:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(20)
        for part in re.findall(r"..?", text):  # a place is over many runs
            run = paragraph.add_run(part)
            run.font.size = Pt(14)
            run.font.name = "楷体"
    if box:
        made.add_paragraph()._p.append(parse_xml(BOX))
    if table:
        grid = made.add_table(rows=len(table), cols=1)
        for row, text in zip(grid.rows, table, strict=True):
            row.cells[0].text = text
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def filled(data: bytes, document: TextDocument) -> bytes:
    return fill(data, "模板.docx", document, machine_fonts(), Job())


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    return [paragraph.text.replace("\n", "") for paragraph in opened(data).paragraphs]


def words(data: bytes) -> str:
    """All text of the body with its boxes and tables."""
    return "".join(node.text or "" for node in opened(data).element.body.iter(qn("w:t")))


def test_places_are_filled_where_they_stand() -> None:
    """Split over runs, in a text box, a header and a table; the body takes the look of its place."""
    data = template(
        "【{{文号}}】",
        "{{标题}}",
        "{{主送}}：",
        "{{正文}}",
        box=True,
        header="{{发文机关}}文件",
        table=("抄送：{{抄送}}", "{{印发机关}}"),
    )
    made = filled(data, report())
    document = opened(made)
    body = next(one for one in document.paragraphs if one.text.startswith("各单位"))
    head = next(one for one in document.paragraphs if one.text == "一、报送情况")

    assert lines(made)[1:3] == ["进展情况报告", "县人民政府："]
    assert document.sections[0].first_page_header.paragraphs[0].text == "古县司法局文件"
    assert "古县司法局" in words(made)
    assert "2025年1月13日" in words(made)
    assert [row.cells[0].text for row in document.tables[-1].rows] == ["抄送：县委办公室", "司法局办公室"]
    assert "{{" not in words(made)
    assert (body.runs[0].font.size, body.paragraph_format.line_spacing) == (Pt(14), Pt(20))
    assert body.paragraph_format.first_line_indent == Pt(28)
    assert body.runs[0].font.name == "楷体"
    assert RARE in body.text
    assert head.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert head.runs[0].font.size == Pt(14)
    assert lines(made)[0] == "【【待补充：文号】】"


def test_a_table_is_made_as_narrow_as_the_text_of_the_template() -> None:
    table = opened(filled(template("{{正文}}"), report())).tables[0]

    assert sum(cell.width for cell in table.rows[0].cells) / Mm(1) == pytest.approx(140, abs=1)


def test_what_has_no_place_of_its_own_stands_around_the_body() -> None:
    """Title and 主送 before it, 附件说明, name, 代章 and date behind it."""
    found = [line for line in lines(filled(template("头", "{{正文}}", "尾"), report())) if line]

    assert found[:4] == ["头", "进展情况报告", "县人民政府：", "一、报送情况"]
    assert found[-6:] == ["附件：1.任务分解表", "2.目录", "古县司法局", "（县政府办代章）", "2025年1月13日", "尾"]


def test_what_a_document_lacks_leaves_no_empty_line_behind() -> None:
    """代章 and 附件 of a letter without them; what it must have is marked."""
    data = template("{{文号}}", "{{正文}}", "{{附件}}", "{{代章}}", "{{落款}}", "{{印发机关}}印发")
    made = lines(filled(data, TextDocument("函", (letter("公安局"),))))

    assert made[-3:] == ["2025年1月13日", "古县司法局", "【待补充：印发机关】印发"]
    assert "" not in made[made.index("注：按责任事项统计。") :]


def test_many_letters_fill_it_again_and_again() -> None:
    """Each on a new page from number 1, with a header of its own."""
    data = template("{{主送}}", "{{正文}}", header="{{发文机关}}{{文号}}")
    letters = tuple(letter(unit, f"古司函〔2025〕{no}号") for no, unit in enumerate(("公安局", "住建局", "水利局"), 1))
    made = filled(data, TextDocument("函", letters))
    document = opened(made)
    starts = [one.get(qn("w:start")) for one in document.element.body.iter(qn("w:pgNumType"))]
    names = [one.get("PartName") for one in parse_xml(zipfile.ZipFile(io.BytesIO(made)).read("[Content_Types].xml"))]

    assert len(document.sections) == 3
    assert [section.first_page_header.paragraphs[0].text for section in document.sections] == [
        f"古县司法局古司函〔2025〕{no}号" for no in (1, 2, 3)
    ]
    assert starts == ["1", "1", "1"]
    assert [line for line in lines(made) if line in ("公安局", "住建局", "水利局")] == ["公安局", "住建局", "水利局"]
    named = [name for name in names if name]
    assert len(named) == len(set(named))


def test_annexes_get_turned_pages_before_the_imprint() -> None:
    """The text keeps its own section, the turned one its page numbers, the 版记 begins on an even page."""
    data = template("{{正文}}", "{{落款}}{{成文日期}}", "抄送：{{抄送}}", header="红头")
    document = opened(filled(data, report(table_document(small_plan()))))
    turned = [section.page_width > section.page_height for section in document.sections]
    order = [block.text for block in document.paragraphs if block.text]

    assert turned == [False, True, False]
    assert document.sections[0].different_first_page_header_footer
    assert not document.sections[2].different_first_page_header_footer
    assert document.sections[2].start_type == docx.enum.section.WD_SECTION.EVEN_PAGE
    assert order[-1] == "抄送：县委办公室"
    assert order.index("某县重点任务分解表") < order.index("抄送：县委办公室")


@pytest.mark.parametrize("place", ["{{附件正文}}", ""])
def test_annexes_stand_at_their_place_or_at_the_end(place: str) -> None:
    texts = ("{{正文}}", *([place] if place else []))
    document = opened(filled(template(*texts), report(table_document(small_plan()))))

    assert [section.page_width > section.page_height for section in document.sections] == [False, True]
    assert "附件正文" not in document.element.xml


def test_other_parts_of_the_file_stay_byte_for_byte() -> None:
    data = template("{{正文}}")
    old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, filled(data, report())))

    for name in old.namelist():
        if name not in ("word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"):
            assert new.read(name) == old.read(name), name


def test_places_in_wrong_spots_are_problems_others_are_remarks() -> None:
    in_header = check(template("{{正文}}", header="{{正文}}  "), "模板.docx")
    unknown = check(template("{{密级}}", "{{正文}}", "{{落款}", "｛｛日期｝｝"), "模板.docx")

    assert any("页眉或页脚" in one for one in in_header.problems)
    assert unknown.problems == ()
    assert unknown.places == (Place.BODY, Place.DATED)
    assert any("{{密级}}" in one for one in unknown.remarks)
    assert any("不成对" in one for one in unknown.remarks)
    assert any("没有{{标题}}" in one for one in unknown.remarks)


def test_macros_and_what_is_no_document_are_refused() -> None:
    data = template("{{正文}}")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(
                    b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
                )
            new.writestr(name, text)
    for bad in (target.getvalue(), b"", b"PK\x05\x06" + bytes(18)):
        with pytest.raises(InvalidError):
            check(bad, "坏.docx")


def test_a_content_control_and_a_section_end_keep_what_they_hold() -> None:
    """{{正文}} in a paragraph that ends a section: the section still ends there."""
    made = docx.Document(io.BytesIO(template("{{正文}}", "后")))
    properties = made.paragraphs[0]._p.get_or_add_pPr()
    properties.append(OxmlElement("w:sectPr"))
    target = io.BytesIO()
    made.save(target)
    document = opened(filled(target.getvalue(), report()))

    assert len(document.sections) == 2
    assert document.paragraphs[-1].text == "后"


def with_mark() -> bytes:
    """A template with a drawn red head, places in a nested table under it."""
    made = docx.Document(
        io.BytesIO(template("", "", "", "", "", "", "{{标题}}", "{{正文}}", "{{落款}}", "{{成文日期}}"))
    )
    made.paragraphs[0]._p.append(parse_xml(MARK))
    outer = made.add_table(rows=1, cols=1).cell(0, 0)
    outer.add_table(rows=1, cols=1).cell(0, 0).text = "抄送：{{抄送}}。"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def red_of(path: Path) -> frozenset[tuple[int, int]]:
    """The red dots of the first page."""
    drawn = pages.render(path.read_bytes(), 0, 0.7)
    found = set()
    for y in range(drawn.height):
        row = drawn.bgra[y * drawn.stride : y * drawn.stride + 4 * drawn.width]
        found |= {(x, y) for x in range(drawn.width) if row[4 * x + 2] - max(row[4 * x], row[4 * x + 1]) > 90}
    return frozenset(found)


def test_a_bound_control_keeps_what_is_filled_in() -> None:
    """Word would show the words of the bound part again, and lose a placeholder at the first click."""
    made = docx.Document(io.BytesIO(template("甲", "{{正文}}")))
    control = parse_xml(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="b"/></w:sdtPr>'
        '<w:sdtContent><w:p><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{{ 标 题 }}</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    made.paragraphs[0]._p.addprevious(control)
    target = io.BytesIO()
    made.save(target)
    xml = opened(filled(target.getvalue(), report())).element.xml

    assert "进展情况报告" in xml
    assert not any(word in xml for word in ("showingPlcHdr", "dataBinding", "PlaceholderText"))


def test_a_line_of_copies_goes_where_there_are_none() -> None:
    """With its row of the 版记; the other rows stay, and annexes still come before them."""
    document = report(table_document(small_plan()))
    without = replace(document, imprint=replace(document.imprint, copies=""))
    data = template("{{正文}}", table=("抄送：{{抄送}}。", "{{印发机关}}　　{{印发日期}}印发"))
    made = opened(filled(data, without))

    assert [row.cells[0].text for row in made.tables[-1].rows] == ["司法局办公室　　2025年1月13日印发"]
    assert opened(filled(data, document)).tables[-1].cell(0, 0).text == "抄送：县委办公室。"


def test_the_place_of_annexes_in_a_cell_leaves_the_cell_whole() -> None:
    """A cell without a paragraph is a damaged file to Word."""
    data = template("{{正文}}", table=("{{附件正文}}", "{{印发机关}}"))
    for document in (report(), report(table_document(small_plan()))):
        body = opened(filled(data, document)).element.body
        assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))
        assert "附件正文" not in body.xml


def test_a_place_named_twice_in_a_paragraph_is_told() -> None:
    """LibreOffice writes a place in a content control of several runs once for each of them."""
    found = check(template("{{标题}}{{标题}}", "{{正文}}"), "模板.docx")

    assert any("写了2次" in one for one in found.remarks)


@pytest.mark.office
def test_libreoffice_shows_all_of_it(tmp_path: Path, in_office) -> None:
    """No text is lost, the signature is never alone on a page, each letter begins a page."""
    filler = [Paragraph(Role.BODY, "工作进展正常。") for _ in range(36)]
    data = template("{{标题}}", "{{主送}}：", "{{正文}}", "", "", "{{落款}}", "{{成文日期}}", header="{{发文机关}}")
    letters = TextDocument("函", tuple(letter(unit, "1号", *filler) for unit in ("公安局", "水利局")))
    (tmp_path / "letters.docx").write_bytes(filled(data, letters))
    (tmp_path / "report.docx").write_bytes(filled(data, report(table_document(small_plan()))))
    (tmp_path / "head.docx").write_bytes(red := with_mark())
    (tmp_path / "headed.docx").write_bytes(filled(red, report()))
    names = ("letters", "report", "head", "headed")
    many, one, *heads = in_office([tmp_path / f"{name}.docx" for name in names])
    before, after = (red_of(path) for path in heads)
    assert before == after
    assert len(before) > 1000
    with pdfplumber.open(many) as pdf:
        shown = [bare(page.extract_text()) for page in pdf.pages]
        assert [page.count("公安局：") + page.count("水利局：") for page in shown if page.startswith("古县司法局")] == [
            1,
            1,
        ]
        assert all("工作进展正常" in page for page in shown if "2025年1月13日" in page)
        assert sum(page.count("工作进展正常。") for page in shown) == 72
    with pdfplumber.open(one) as pdf:
        shown = [bare(page.extract_text()) for page in pdf.pages]
        assert RARE in shown[0]
        assert "某县重点任务分解表" in shown[-1]
        assert float(pdf.pages[-1].width) > float(pdf.pages[-1].height)


def test_texts_behind_the_first_are_annexes_too() -> None:
    """A list behind a form, charts behind tables: with their titles, behind the signature, in sections of their own."""
    chart = TextPart((Paragraph(Role.TITLE, "附图"), Paragraph(Role.BODY, "图1")))
    text = report(table_document(small_plan()), chart, chart)
    document = opened(filled(template("红头", "{{标题}}", "{{正文}}", "{{落款}}{{成文日期}}"), text))
    order = [paragraph.text for paragraph in document.paragraphs if paragraph.text]

    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]
    assert order.count("红头") == order.count("进展情况报告") == 1
    assert order[-4:] == ["附图", "图1", "附图", "图1"]
    assert document.paragraphs[-2].paragraph_format.page_break_before
    turned, last = document.sections[1:]
    assert "PAGE" in turned.header._element.xml
    assert not last.header.is_linked_to_previous
    assert "PAGE" not in last.header._element.xml + last.even_page_header._element.xml
    assert "w:pStyle" not in turned.header._element.xml


def test_a_form_gives_its_number_and_needs_no_addressee() -> None:
    """督办通知单: 编号 stands in the form, 主送 nowhere; its line goes with its colon."""
    form = TextTable((30.0, 0.0), ((TextCell("编号"), TextCell("古司督〔2025〕1号")),), heads=0)
    blocks = (Paragraph(Role.TITLE, "督办通知单"), form, Signature("古县司法局", "2025年1月13日"))
    made = lines(filled(template("{{文号}}", "{{主送}}：", "{{正文}}", "尾"), TextDocument("单", (TextPart(blocks),))))

    assert made[0] == "古司督〔2025〕1号"
    assert "：" not in made
    assert made[-1] == "尾"
