"""Texts on paper: the page of GB/T 9704-2012 read back from the PDF, real headings and sections in the Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pdfplumber
import pytest

from core.job import Job
from core.publish.description import Align, TableDocument
from core.publish.fonts import Face, machine_fonts
from core.publish.lines import wide_width
from core.publish.table import table_document
from core.publish.text_document import (
    Blank,
    Block,
    Letterhead,
    Paragraph,
    Role,
    Signature,
    TextCell,
    TextDocument,
    TextPart,
    TextTable,
)
from core.publish.text_layout import WIDTH, LaidDocument, LaidText
from core.publish.text_setting import set_text
from core.publish.write_text import write_text
from core.publish.write_text_docx import text_docx_bytes
from tests.core.publish.reading import MM, bare

BODY = "各单位要严格落实执法责任制和评议考核制度切实提高行政执法质量和水平" * 40
RARE = "㛃、𬍛、镕、翀、喆"
HALF = 0.5
"""±0.5 mm."""


def text(*blocks: Block, **changes: object) -> TextDocument:
    return TextDocument("报告", (TextPart(tuple(blocks), **changes),))


def pdf(document: TextDocument) -> pdfplumber.PDF:
    target = io.BytesIO()
    write_text(document, "pdf", target)
    return pdfplumber.open(target)


def word(document: TextDocument) -> bytes:
    target = io.BytesIO()
    write_text(document, "docx", target)
    return target.getvalue()


def rows(page: pdfplumber.page.Page, size: float) -> list[list[dict]]:
    """The characters of one size, line by line from the top."""
    found: dict[int, list[dict]] = defaultdict(list)
    for char in page.chars:
        if abs(char["size"] - size) < 0.1 and char["upright"]:
            found[round(char["bottom"])].append(char)
    return [sorted(found[key], key=lambda char: char["x0"]) for key in sorted(found)]


def spoken(line: list[dict]) -> str:
    return "".join(char["text"] for char in line)


# --- the page ------------------------------------------------------------------------------------


def test_the_text_area_is_156_by_225_mm_of_22_lines_and_28_characters() -> None:
    """Margins 37, 28, 26 and 35 mm; line pitch 28.99 pt; characters 15.79 pt apart."""
    with pdf(text(Paragraph(Role.BODY, BODY))) as document:
        page = document.pages[0]
        lines = rows(page, 16)
        full = lines[5]
        pitches = [b[0]["bottom"] - a[0]["bottom"] for a, b in pairwise(lines)]
        steps = [b["x0"] - a["x0"] for a, b in pairwise(full)]

        assert (float(page.width) / MM, float(page.height) / MM) == pytest.approx((210, 297), abs=0.1)
        assert len(lines) == 22
        assert [len(line) for line in lines[1:21]] == [28] * 20
        assert min(line[0]["x0"] for line in lines[1:]) / MM == pytest.approx(28, abs=HALF)
        assert (float(page.width) - max(line[-1]["x1"] for line in lines)) / MM == pytest.approx(26, abs=HALF)
        assert pitches == pytest.approx([225 / 22 * MM] * 21, abs=0.1)
        assert steps == pytest.approx([156 / 28 * MM] * 27, abs=0.1)
        slot = (225 / 22 * MM - 16) / 2 / MM
        assert lines[0][0]["top"] / MM == pytest.approx(37 + slot, abs=1)
        assert lines[-1][0]["bottom"] / MM == pytest.approx(297 - 35 - slot, abs=1)


def test_the_first_line_is_indented_by_two_characters() -> None:
    with pdf(text(Paragraph(Role.BODY, BODY))) as document:
        first, second, *_ = rows(document.pages[0], 16)

        assert first[0]["x0"] - second[0]["x0"] == pytest.approx(2 * 156 / 28 * MM, abs=HALF * MM)


def test_page_numbers_odd_right_even_left() -> None:
    """4号, one character from the edge, the dashes 7 mm below the text area."""
    with pdf(text(Paragraph(Role.BODY, BODY))) as document:
        assert len(document.pages) >= 2
        for number, page in enumerate(document.pages[:2], 1):
            (line,) = rows(page, 14)
            assert bare(spoken(line)) == f"—{number}—"
            if number == 1:
                assert (210 - 26) * MM - line[-1]["x1"] == pytest.approx(14, abs=HALF * MM)
            else:
                assert line[0]["x0"] - 28 * MM == pytest.approx(14, abs=HALF * MM)
            middle = (line[0]["top"] + line[0]["bottom"]) / 2
            assert middle / MM == pytest.approx(297 - 35 + 7, abs=1)


def test_title_and_levels_have_their_faces(machine: Callable[[str], str]) -> None:
    """2号小标宋 centred, 黑体, 楷体, 仿宋; nothing bold."""
    blocks = [
        Paragraph(Role.TITLE, "关于开展行政执法工作情况的报告"),
        Paragraph(Role.ADDRESSEE, "县人民政府："),
        Paragraph(Role.HEADING_1, "一、总体情况"),
        Paragraph(Role.HEADING_2, "（一）着力提升"),
        Paragraph(Role.BODY, BODY[:100]),
    ]
    with pdf(text(*blocks)) as document:
        page = document.pages[0]
        (title,) = rows(page, 22)
        faces = {spoken(line)[:4]: line[0]["fontname"].split("+")[-1] for line in rows(page, 16)}

        left, right = title[0]["x0"] - 28 * MM, (210 - 26) * MM - title[-1]["x1"]
        assert left == pytest.approx(right, abs=HALF * MM)
        assert title[0]["fontname"].split("+")[-1] == machine("TITLE")
        assert faces["一、总体"] == machine("HEAD")
        assert faces["（一）着"] == machine("KAI")
        assert faces["各单位要"] == machine("BODY")
        assert rows(page, 16)[0][0]["x0"] / MM == pytest.approx(28, abs=HALF)


@pytest.fixture
def machine() -> Callable[[str], str]:
    """The name inside the file that stands for a role on this machine, as a PDF writes it."""
    from core.publish.fonts import Face

    fonts = machine_fonts()

    def name(role: str) -> str:
        from reportlab.pdfbase.ttfonts import TTFontFile

        file = fonts.chain(Face[role]).files[0].file
        found = TTFontFile(str(file.path), subfontIndex=file.index).name
        return found.decode() if isinstance(found, bytes) else found

    return name


def test_no_line_begins_or_ends_with_a_wrong_mark() -> None:
    words = "要求（2024年）落实《行政处罚法》，加强“三项制度”执行；做到100%、60学时、2024年12月31日前。" * 20
    with pdf(text(Paragraph(Role.BODY, words))) as document:
        for page in document.pages:
            for line in rows(page, 16):
                shown = spoken(line)
                assert shown[0] not in "，。、；：？！）〕》”’％%"
                assert shown[-1] not in "（〔《“‘"
                assert not re.search(r"\d$", shown), shown


def test_a_heading_is_never_the_last_line() -> None:
    """Wherever the page ends, there is text under the heading on its page."""
    for count in range(18, 24):
        filler = [Paragraph(Role.BODY, "工作进展正常。") for _ in range(count)]
        blocks = [*filler, Paragraph(Role.HEADING_1, "一、问题"), Paragraph(Role.HEADING_2, "（一）人员")]
        with pdf(text(*blocks, Paragraph(Role.BODY, BODY[:200]))) as document:
            for page in document.pages:
                assert spoken(rows(page, 16)[-1])[:2] not in ("一、", "（一")


def test_a_signature_is_never_alone_on_a_page() -> None:
    """A line of the text stands with it; the date begins two characters right of the name."""
    for count in range(16, 24):
        filler = [Paragraph(Role.BODY, "工作进展正常。") for _ in range(count)]
        with pdf(text(*filler, Signature("古县人民政府办公室", "2025年1月8日"))) as document:
            lines = rows(document.pages[-1], 16)
            name, day = lines[-2:]
            assert spoken(lines[-3]) == "工作进展正常。"
            assert day[0]["x0"] - name[0]["x0"] == pytest.approx(2 * 156 / 28 * MM, abs=HALF * MM)
            assert (210 - 26) * MM - name[-1]["x1"] == pytest.approx(2 * 156 / 28 * MM, abs=HALF * MM)


def test_a_date_longer_than_the_name_ends_two_characters_before_the_edge() -> None:
    with pdf(text(Paragraph(Role.BODY, "好。"), Signature("司法局", "2025年12月18日"))) as document:
        name, day = rows(document.pages[0], 16)[-2:]

        assert (210 - 26) * MM - day[-1]["x1"] == pytest.approx(2 * 156 / 28 * MM, abs=HALF * MM)
        assert name[0]["x0"] < day[0]["x0"]


def test_rare_characters_are_shown_not_boxed() -> None:
    with pdf(text(Paragraph(Role.BODY, f"联系人{RARE}。"))) as document:
        assert RARE in bare(document.pages[0].extract_text())


# --- letters -------------------------------------------------------------------------------------


def test_a_letter_has_its_head_and_red_double_rules() -> None:
    """Issuer 30 mm from the edge, rules of 170 mm 4 mm below it and 20 mm above the foot, no number on page 1."""
    part = text(
        Paragraph(Role.TITLE, "关于催办有关事项的函"),
        Paragraph(Role.BODY, BODY),
        letterhead=Letterhead("古县司法局", "古司函〔2025〕3号"),
        restarts=True,
    )
    with pdf(part) as document:
        page, second = document.pages[:2]
        rules = sorted((line for line in page.lines), key=lambda line: line["top"])
        (issuer,) = rows(page, 36)
        number = rows(page, 16)[0]

        assert len(rules) == 4
        assert [(rule["x1"] - rule["x0"]) / MM for rule in rules] == pytest.approx([170] * 4, abs=HALF)
        assert [rule["linewidth"] for rule in rules] == [1.5, 0.5, 0.5, 1.5]
        assert all(rule["stroking_color"] == (0.8, 0.0, 0.0) for rule in rules)
        top = rules[0]["top"] / MM
        assert top == pytest.approx(30 + 36 / MM + 4, abs=HALF)
        assert (297 - rules[-1]["top"] / MM) == pytest.approx(20, abs=HALF)
        base = 297 * MM - issuer[0]["matrix"][5]
        assert (base - 0.88 * 36) / MM == pytest.approx(30, abs=HALF)
        assert spoken(number) == "古司函〔2025〕3号"
        assert number[-1]["x1"] / MM == pytest.approx(210 - 26, abs=HALF)
        assert number[0]["top"] > rules[1]["top"]
        assert rows(page, 14) == []
        assert bare(spoken(rows(second, 14)[0])) == "—2—"
        assert not second.lines


def test_many_letters_in_one_file_are_numbered_each_from_1() -> None:
    one = TextPart((Paragraph(Role.BODY, BODY),), Letterhead("司法局", "函"), restarts=True)
    with pdf(TextDocument("函", (one, one))) as document:
        shown = [bare("".join(spoken(line) for line in rows(page, 14))) for page in document.pages]
        half = len(shown) // 2

        assert shown[:half] == shown[half:]
        assert shown[:2] == ["", "—2—"]


# --- tables --------------------------------------------------------------------------------------


def _table(count: int, words: str = "已完成") -> TextTable:
    head = (TextCell("单位"), TextCell("情况"))
    body = tuple((TextCell(f"单位{n}"), TextCell(words, align=Align.LEFT)) for n in range(count))
    return TextTable((40.0, 0.0), (head, *body))


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    with pdf(text(Paragraph(Role.BODY, "各单位情况如下："), _table(60))) as document:
        found = [bare(page.extract_text()) for page in document.pages]

        assert len(found) > 2
        assert all("单位情况" in page for page in found)
        assert [n for page in found for n in map(int, re.findall(r"单位(\d+)", page))] == list(range(60))


def test_a_paragraph_that_announces_a_table_stays_with_it() -> None:
    for count in range(17, 23):
        filler = [Paragraph(Role.BODY, "工作进展正常。") for _ in range(count)]
        with pdf(text(*filler, Paragraph(Role.BODY, "各单位情况如下："), _table(3))) as document:
            page = next(page for page in document.pages if "如下" in page.extract_text())
            assert "单位0" in page.extract_text()


def test_a_cell_of_2000_characters_goes_on_over_pages_and_is_whole() -> None:
    """Also a short text beside it; nothing runs over the foot."""
    words = "".join(f"第{n}项工作已经完成，" for n in range(220))
    with pdf(text(Paragraph(Role.BODY, "如下："), _table(1, words))) as document:
        whole = "".join(bare(page.extract_text()) for page in document.pages)
        shown = re.sub(r"—\d+—|单位情况|单位0", "", whole).removeprefix("如下：")

        assert len(words) > 2000
        assert shown == words
        for page in document.pages:
            assert max(char["bottom"] for char in page.chars if char["size"] < 13) / MM < 297 - 35 + HALF


# --- Word ----------------------------------------------------------------------------------------


def _report(plan: object) -> TextDocument:
    blocks = (
        Paragraph(Role.TITLE, "进展情况报告"),
        Paragraph(Role.HEADING_1, "一、总体情况"),
        Paragraph(Role.HEADING_2, "（一）着力提升"),
        Paragraph(Role.BODY, BODY),
        Blank(),
        Paragraph(Role.ANNEX_FIRST, "附件：1.任务分解表"),
        Signature("司法局", "2025年1月8日"),
    )
    table = table_document(plan)  # type: ignore[arg-type]
    assert isinstance(table, TableDocument)
    return TextDocument("进展情况报告", (TextPart(blocks), table))


def test_headings_are_real_and_every_run_names_its_eastern_face(plan) -> None:
    document = docx.Document(io.BytesIO(word(_report(plan))))
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    xml = zipfile.ZipFile(io.BytesIO(word(_report(plan)))).read("word/document.xml").decode()

    assert styled[:3] == [
        ("Heading 1", "进展情况报告"),
        ("Heading 2", "一、总体情况"),
        ("Heading 3", "（一）着力提升"),
    ]
    assert all("w:eastAsia=" in properties for properties in re.findall(r"<w:rPr>(.*?)</w:rPr>", xml))
    assert "Theme" not in xml


def test_sections_turn_the_annex_and_number_on(plan) -> None:
    """Portrait with the margins of the text area, then landscape; the numbering is not begun anew."""
    document = docx.Document(io.BytesIO(word(_report(plan))))
    first, last = document.sections

    assert [round(value.mm) for value in (first.page_width, first.page_height)] == [210, 297]
    assert [
        round(value.mm) for value in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    ] == [37, 35, 28, 26]
    assert [round(value.mm) for value in (last.page_width, last.page_height)] == [297, 210]
    assert (
        "w:pgNumType w:start" not in zipfile.ZipFile(io.BytesIO(word(_report(plan)))).read("word/document.xml").decode()
    )


def test_the_same_document_gives_the_same_bytes(plan) -> None:
    assert word(_report(plan)) == word(_report(plan))
    laid = set_text(_report(plan), machine_fonts())
    assert laid.pages == sum(len(part.pages) for part in laid.parts)


def test_a_text_is_no_workbook() -> None:
    with pytest.raises(ValueError, match="xlsx"):
        write_text(text(Paragraph(Role.BODY, "好。")), "xlsx", io.BytesIO())


# --- LibreOffice ---------------------------------------------------------------------------------


@pytest.mark.office
def test_libreoffice_makes_as_many_pages_and_loses_no_text(
    plan, tmp_path: Path, in_office: Callable[[list[Path]], list[Path]]
) -> None:
    """A report with its annex, a letter with a table over pages: the judge lacks our faces and agrees."""
    letter = text(
        Paragraph(Role.TITLE, "关于催办有关事项的函"),
        Paragraph(Role.BODY, BODY[:200]),
        _table(40),
        Paragraph(Role.BODY, "特此函达。"),
        Signature("司法局", "2025年1月8日"),
        letterhead=Letterhead("古县司法局", "古司函〔2025〕3号"),
        restarts=True,
    )
    documents = {"report": _report(plan), "letter": letter}
    for name, document in documents.items():
        write_text(document, "docx", tmp_path / f"{name}.docx")
    shown = in_office([tmp_path / f"{name}.docx" for name in documents])
    for document, path in zip(documents.values(), shown, strict=True):
        with pdf(document) as ours, pdfplumber.open(path) as theirs:
            assert len(theirs.pages) == len(ours.pages)
            said = bare("".join(page.extract_text() for page in theirs.pages))
            part = document.parts[0]
            assert isinstance(part, TextPart)
            for block in part.blocks:
                if isinstance(block, Paragraph):
                    assert block.text[:20] in said
    with pdfplumber.open(shown[1]) as theirs:
        shown_rows = [n for page in theirs.pages for n in re.findall(r"单位(\d+)", bare(page.extract_text()))]
        assert [int(n) for n in shown_rows] == list(range(40))
        numbers = [rows(page, 14) for page in theirs.pages]
        assert numbers[0] == []
        assert bare(spoken(numbers[1][0])) == "—2—"


def test_a_page_that_only_a_program_without_the_faces_needs_is_kept_in_word() -> None:
    """Where the machine has 仿宋, its word processor has it too, and pages are simply full."""
    figures = [Paragraph(Role.BODY, "2024年1月2日3项4家5天6次7个8件9条10号11项12家。") for _ in range(8)]
    part = text(*figures, Paragraph(Role.BODY, "特此函达。"), Signature("司法局", "2025年1月8日"), letterhead=LETTER)
    fonts = machine_fonts()
    lacking, having = (set_text(part, replace(fonts, substituted=names)) for names in (("仿宋_GB2312",), ()))
    made, full = lacking.parts[0], having.parts[0]
    assert isinstance(made, LaidText)
    assert isinstance(full, LaidText)

    assert (len(made.pages), len(full.pages)) == (2, 1)
    assert made.pages[-1].lines[0].text == "特此函达。"
    assert (made.forced, full.forced) == (len(figures) + 2, None)
    assert text_docx_bytes_of(lacking).count("<w:pageBreakBefore/>") == 1
    assert "<w:pageBreakBefore/>" not in text_docx_bytes_of(having)


def text_docx_bytes_of(laid: LaidDocument) -> str:
    return zipfile.ZipFile(io.BytesIO(text_docx_bytes(laid, Job()))).read("word/document.xml").decode()


LETTER = Letterhead("古县司法局", "古司函〔2025〕3号")


def test_a_title_keeps_its_lines_in_a_word_processor() -> None:
    """Its lines stand in the file; one that fills the width would be broken again where 2025 and 年 stand apart."""
    title = Paragraph(Role.TITLE, "关于催办（示例）示例县提升行政执法质量三年行动计划（2023—2025年）有关事项的函")
    laid = set_text(TextDocument("函", (TextPart((title,)),)), machine_fonts()).parts[0]
    assert isinstance(laid, LaidText)
    lines = [line for line in laid.pages[0].lines if line.face is Face.TITLE]

    assert "".join(line.text for line in lines) == title.text
    assert all(wide_width(machine_fonts().chain(Face.TITLE), line.text, line.size) <= WIDTH for line in lines)
