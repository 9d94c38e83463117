"""红头, 版记 and stamped signatures: read back from the PDF and the Word file (GB/T 9704-2012 §7.2–7.4)."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pdfplumber
import pytest

from core.publish.table import table_document
from core.publish.text_document import Imprint, Letterhead, Paragraph, RedHead, Role, Signature, TextDocument, TextPart
from core.publish.write_text import write_text
from tests.core.publish.reading import MM, bare, small_plan
from tests.core.publish.test_text_page import BODY, HALF, rows, spoken

RED = (0.8, 0.0, 0.0)
IMPRINT = Imprint(
    "县委办公室，县人大常委会办公室，县政协办公室，县纪委监委，县法院，县检察院，驻县有关单位",
    "古县司法局办公室",
    "2025年1月13日印发",
)
"""Two lines of 抄送."""


def paper(body: str, *, mark: str = "古县司法局文件", is_drawn: bool = True, parts: tuple = ()) -> TextDocument:
    blocks = (
        Paragraph(Role.TITLE, "关于落实情况的通报"),
        Paragraph(Role.BODY, body),
        Signature("古县司法局", "2025年1月13日", is_stamped=True),
    )
    head = RedHead(mark, "古司发〔2025〕3号", is_drawn=is_drawn)
    return TextDocument("通报", (TextPart(blocks, red_head=head), *parts), IMPRINT)


def pdf(document: TextDocument) -> pdfplumber.PDF:
    target = io.BytesIO()
    write_text(document, "pdf", target)
    return pdfplumber.open(target)


def rules(page: pdfplumber.page.Page) -> list[dict]:
    return sorted(page.lines, key=lambda line: line["top"])


def test_the_red_head_stands_where_the_standard_wants_it() -> None:
    """Mark 35 mm below the text area's edge, 文号 two lines below it, a red line 4 mm under that and as wide as the text."""
    with pdf(paper(BODY[:60])) as document:
        page = document.pages[0]
        (line,) = (one for one in rules(page) if one["stroking_color"] == RED)
        mark = [char for char in page.chars if char["non_stroking_color"] == RED]
        number = next(one for one in rows(page, 16) if spoken(one).startswith("古司发"))
        (title,) = rows(page, 22)
        size = mark[0]["size"]
        base = 297 * MM - mark[0]["matrix"][5]

        assert spoken(mark) == "古县司法局文件"
        assert (base - 0.88 * size) / MM == pytest.approx(37 + 35, abs=HALF)
        assert abs((mark[0]["x0"] + mark[-1]["x1"]) / 2 / MM - 106) < HALF
        assert abs((number[0]["x0"] + number[-1]["x1"]) / 2 / MM - 106) < HALF
        assert (line["top"] - number[0]["bottom"]) / MM == pytest.approx(4, abs=1)
        assert (line["x0"] / MM, line["x1"] / MM) == pytest.approx((28, 184), abs=HALF)
        assert title[0]["top"] - line["top"] == pytest.approx(2 * 225 / 22 * MM, abs=12)


def test_a_report_upward_names_its_signer() -> None:
    """文号 one character from the left edge, 签发人 one from the right on the same line, the name in 楷体 (§7.2.5–6)."""
    blocks = (Paragraph(Role.TITLE, "关于落实情况的报告"), Paragraph(Role.BODY, BODY[:60]))
    part = TextPart(blocks, red_head=RedHead("古县司法局文件", "古司报〔2025〕3号", signer="张三"))
    with pdf(TextDocument("报告", (part,), Imprint("", "古县司法局", "2025年1月13日印发"))) as document:
        line = next(one for one in rows(document.pages[0], 16) if spoken(one).startswith("古司报"))
        faces = [char["fontname"] for char in line]

        assert spoken(line) == "古司报〔2025〕3号签发人：张三"
        assert line[0]["x0"] / MM == pytest.approx(28 + 156 / 28, abs=HALF)
        assert line[-1]["x1"] / MM == pytest.approx(184 - 156 / 28, abs=HALF)
        assert faces[-1] == faces[-2] != faces[-3] == faces[0]


COPIED = Imprint("县委办公室，县人大常委会办公室，县政协办公室，县纪委监委，县法院")


def copied(words: int) -> TextDocument:
    """A letter with 抄送 at its foot."""
    blocks = (Paragraph(Role.TITLE, "函"), Paragraph(Role.BODY, BODY[:words]), Signature("古县司法局", "2025年1月13日"))
    return TextDocument("函", (TextPart(blocks, Letterhead("古县司法局", "古司函〔2025〕3号"), imprint=COPIED),))


@pytest.mark.parametrize(("words", "pages"), [(60, 1), (330, 2)])
def test_a_letter_has_its_copies_at_the_foot_without_rules(words: int, pages: int) -> None:
    """At the foot of the text area of its last page, on a page more where that is full (§10.1)."""
    with pdf(copied(words)) as document:
        page = document.pages[-1]
        lines = rows(page, 14)
        black = [one for one in rules(page) if one["stroking_color"] != RED]

        assert len(document.pages) == pages
        assert black == []
        assert spoken(lines[0]).startswith("抄送：县委办公室")
        assert spoken(lines[1]).endswith("县法院。")
        assert lines[1][0]["bottom"] / MM == pytest.approx(297 - 35, abs=2.5)


@pytest.mark.parametrize("mark", ["某局文件", "古县行政执法协调监督工作会商机制办公室文件"])
def test_a_mark_fits_into_the_text_whatever_its_length(mark: str) -> None:
    with pdf(paper(BODY[:60], mark=mark)) as document:
        red = [char for char in document.pages[0].chars if char["non_stroking_color"] == RED]

        assert spoken(red) == mark
        assert red[0]["x0"] / MM >= 28 - HALF
        assert red[-1]["x1"] / MM <= 184 + HALF


def test_on_paper_that_has_its_head_only_the_number_is_printed() -> None:
    """The title stands where it would stand under a printed one."""
    with pdf(paper(BODY[:60])) as printed, pdf(paper(BODY[:60], is_drawn=False)) as bare_head:
        one, other = printed.pages[0], bare_head.pages[0]

        assert not [char for char in other.chars if char["non_stroking_color"] == RED]
        assert "古司发〔2025〕3号" in bare(other.extract_text())
        assert rows(one, 22)[0][0]["top"] == pytest.approx(rows(other, 22)[0][0]["top"])


@pytest.mark.parametrize(("words", "pages", "numbered"), [(60, 2, True), (420, 2, True), (1100, 4, True)])
def test_the_imprint_is_at_the_foot_of_the_last_even_page(words: int, pages: int, numbered: bool) -> None:
    """On a page of its own where the text ends on an odd one; its last rule is the text area's lower edge."""
    with pdf(paper(BODY[:words])) as document:
        page = document.pages[-1]
        first, inner, last = (one for one in rules(page) if one["stroking_color"] != RED)
        lines = rows(page, 14)

        assert len(document.pages) == pages
        assert [round(one["linewidth"] / MM, 2) for one in (first, inner, last)] == [0.35, 0.25, 0.35]
        assert last["top"] / MM == pytest.approx(297 - 35, abs=HALF)
        assert [(one["x0"] / MM, one["x1"] / MM) for one in (first, last)] == [pytest.approx((28, 184), abs=HALF)] * 2
        assert spoken(lines[0]).startswith("抄送：县委办公室")
        assert lines[0][0]["x0"] / MM == pytest.approx(28 + 14 / MM, abs=HALF)
        assert lines[1][0]["x0"] - lines[0][0]["x0"] == pytest.approx(3 * 14, abs=1)
        assert spoken(lines[1]).endswith("。")
        assert spoken(lines[2]) == "古县司法局办公室2025年1月13日印发"
        assert lines[2][-1]["x1"] / MM == pytest.approx(184 - 14 / MM, abs=HALF)
        assert (f"—{pages}—" in bare(page.extract_text())) is numbered


def test_behind_an_annex_the_imprint_has_a_page_of_its_own() -> None:
    """Where the annex ends on an even page, a blank one comes between; neither of the two has a number."""
    plan = small_plan()
    table = table_document(plan)
    for words in (60, 420):
        with pdf(paper(BODY[:words], parts=(table,))) as document:
            count, last = len(document.pages), document.pages[-1]
            assert count % 2 == 0
            assert float(last.width) < float(last.height)
            is_after_blank = document.pages[-2].extract_text() == ""
            assert (f"—{count}—" not in bare(last.extract_text())) is is_after_blank
            assert float(document.pages[-3 if is_after_blank else -2].width) > 800


def test_a_stamped_signature_has_its_date_four_characters_from_the_edge() -> None:
    """The name in the middle over it (§7.3.5.1)."""
    with pdf(paper(BODY[:60])) as document:
        found = [line for page in document.pages for line in rows(page, 16)]
        day = next(line for line in found if spoken(line) == "2025年1月13日")
        name = found[found.index(day) - 1]

        assert (184 * MM - day[-1]["x1"]) == pytest.approx(4 * 156 / 28 * MM, abs=HALF * MM)
        assert sum(name[at][x] for at, x in ((0, "x0"), (-1, "x1"))) == pytest.approx(
            day[0]["x0"] + day[-1]["x1"], abs=1
        )


def test_the_word_file_keeps_the_imprint_at_the_foot() -> None:
    """A table that floats at the foot of the text area; on a page of its own that programs keep an even one."""
    target = io.BytesIO()
    write_text(paper(BODY[:60]), "docx", target)
    document = docx.Document(target)
    (table,) = document.tables
    xml = document.element.xml

    assert table.cell(0, 0).text.startswith("抄送：县委办公室")
    assert table.cell(1, 1).text == "2025年1月13日印发"
    assert 'w:tblpYSpec="bottom"' in xml
    assert document.paragraphs[1].text == "古县司法局文件"


@pytest.mark.office
def test_libreoffice_puts_all_of_it_where_we_do(tmp_path: Path, in_office) -> None:
    """As many pages, 版记 on the lower edge of the text area of the last one, the mark whole on one line."""
    cases = {"one": paper(BODY[:60]), "own": paper(BODY[:1100], mark="古县行政执法协调监督工作会商机制办公室文件")}
    cases["annex"] = paper(BODY[:420], parts=(table_document(small_plan()),))
    for name, document in cases.items():
        write_text(document, "docx", tmp_path / f"{name}.docx")
    write_text(copied(60), "docx", tmp_path / "letter.docx")
    *shown, letter = in_office([tmp_path / f"{name}.docx" for name in (*cases, "letter")])
    for document, path in zip(cases.values(), shown, strict=True):
        with pdf(document) as ours, pdfplumber.open(path) as theirs:
            assert len(theirs.pages) == len(ours.pages)
            page = theirs.pages[-1]
            assert rules(page)[-1]["top"] / MM == pytest.approx(297 - 35, abs=1)
            head = document.parts[0].red_head
            assert head is not None
            assert any(bare(line["text"]) == head.mark for line in theirs.pages[0].extract_text_lines())
    with pdfplumber.open(letter) as theirs:
        (page,) = theirs.pages
        day, foot = (next(line for line in page.extract_text_lines() if word in bare(line["text"])) for word in _ENDS)
        assert day["x0"] / MM > 100
        assert foot["bottom"] / MM == pytest.approx(297 - 35, abs=3)


_ENDS = ("2025年1月13日", "县法院。")
"""The end of a letter, and that of its foot."""


def test_for_printing_on_both_sides_each_letter_has_its_own_sheets() -> None:
    """A blank page behind a letter of one page, none behind one of two; each is numbered from 1."""
    one = TextPart((Paragraph(Role.BODY, "特此函达。"),), Letterhead("司法局", "函"), restarts=True)
    two = TextPart((Paragraph(Role.BODY, BODY),), Letterhead("司法局", "函"), restarts=True)
    with pdf(TextDocument("函", (one, two, one, one), on_sheets=True)) as document:
        shown = [bare(page.extract_text()) for page in document.pages]
        starts = [place for place, text in enumerate(shown) if text.startswith("司法局")]

        assert [place % 2 for place in starts] == [0, 0, 0, 0]
        assert shown[1] == ""
        assert shown[starts[1] + 1].endswith("—2—")
        assert len(shown) == starts[-1] + 1
    target = io.BytesIO()
    published = write_text(TextDocument("函", (one, two, one, one), on_sheets=True), "docx", target)
    sections = docx.Document(target).sections
    assert published.pages == len(shown)
    assert [section.start_type.name for section in sections] == ["NEW_PAGE", "ODD_PAGE", "ODD_PAGE", "ODD_PAGE"]
