"""The PDF read back: texts, pages, margins, numbers, faces, properties."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from core.model.plan import Measure, Plan
from core.publish import pages
from core.publish.description import PageNumbers
from core.publish.table import TableOptions
from core.publish.table_document import write_table
from tests.core.publish.reading import MM, Sheet, bare, read_pdf, repeated, small_plan

RARE = "㛃𬍛镕翀喆"


@pytest.fixture(scope="module", name="pdf")
def made(plan: Plan, make: Callable[..., Path]) -> bytes:
    """古县's table."""
    return make(plan, "pdf").read_bytes()


@pytest.fixture(scope="module", name="sheets")
def read(pdf: bytes) -> list[Sheet]:
    """The same, as a reader sees it."""
    return read_pdf(pdf)


def test_all_measures_stand_whole_inside_their_cells(plan: Plan, sheets: list[Sheet]) -> None:
    """38 cells of the third column hold the 38 texts, in order, nothing beside the borders."""
    shown = [cell.text for sheet in sheets for cell in sheet.column(100 * MM)]

    assert shown == [bare(f"{m.label}{m.text}") for m in plan.measures]


def test_copied_text_keeps_the_measures_whole(plan: Plan, pdf: bytes) -> None:
    """PDFium, which browsers use, gives the text in an order that never cuts a measure in two."""
    with pdfium.PdfDocument(pdf) as document:
        text = bare("".join(page.get_textpage().get_text_range() for page in document))

    assert [m.no for m in plan.measures if bare(m.text) not in text] == []


def test_pages_lie_and_are_not_turned(pdf: bytes) -> None:
    """297 × 210 mm without a rotation: upright text on every screen."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert {(round(float(p.width) / MM), round(float(p.height) / MM), p.rotation) for p in document.pages} == {
            (297, 210, 0)
        }


def test_margins_change_between_odd_and_even_pages(sheets: list[Sheet]) -> None:
    """Left 35, right 37; the upper edge 28 on odd and 26 on even pages; the lower edge never below the text area."""
    for number, sheet in enumerate(sheets, 1):
        left, right, top, bottom = sheet.margins
        assert left == pytest.approx(35, abs=0.3)
        assert right == pytest.approx(37, abs=0.3)
        if number > 1:
            assert top == pytest.approx(28 if number % 2 else 26, abs=0.3)
        assert bottom >= (26 if number % 2 else 28) - 0.3


def test_every_page_has_the_header(sheets: list[Sheet]) -> None:
    """重点任务 over two columns, 具体措施, 责任分工, 完成时限."""
    for sheet in sheets:
        assert [cell.text for cell in sheet.cells[:4]] == ["重点任务", "具体措施", "责任分工", "完成时限"]


def test_annex_mark_and_title_stand_on_the_first_page_only(sheets: list[Sheet]) -> None:
    """附件2, and the title in two lines broken at its bracket."""
    assert sheets[0].text.split("\n")[:3] == [
        "附件2",
        "古县提升行政执法质量三年行动计划",
        "（2023—2025年）重点任务分解表",
    ]
    assert not any("附件2" in sheet.text for sheet in sheets[1:])


def test_each_page_begins_with_section_and_task(sheets: list[Sheet]) -> None:
    """A merged cell that runs over a page end is drawn again with its text."""
    for sheet in sheets:
        assert sheet.column(40 * MM)[0].text.startswith("（")
        assert sheet.column(70 * MM)[0].text[0].isdigit()


def test_no_page_has_a_single_row(sheets: list[Sheet]) -> None:
    """No stray row."""
    assert min(len(sheet.column(100 * MM)) for sheet in sheets) > 1


def test_the_number_lies_at_the_left_side(sheets: list[Sheet]) -> None:
    """Dashes 7 mm left of the text area, one character (14 pt) from its lower corner on odd, upper on even pages."""
    for number, sheet in enumerate(sheets, 1):
        label = "".join(str(char["text"]) for char in sheet.lying)
        assert label == f"— {number} —"
        boxes = [(float(c["x0"]), float(c["x1"]), float(c["top"]), float(c["bottom"])) for c in sheet.lying]  # type: ignore[arg-type]
        assert min(x0 for x0, _, _, _ in boxes) < 28 * MM < max(x1 for _, x1, _, _ in boxes)
        assert max(x1 for _, x1, _, _ in boxes) < 31 * MM
        if number % 2:
            assert max(bottom for *_, bottom in boxes) == pytest.approx((210 - 26) * MM - 14, abs=1)
        else:
            assert min(top for _, _, top, _ in boxes) == pytest.approx(26 * MM + 14, abs=1)


def test_the_dashes_are_seven_millimetres_from_the_table(pdf: bytes) -> None:
    """Measured in the picture of the page: the ink of a dash stands 28 mm from the left edge."""
    raster = pages.render(pdf, 0, 4.0)
    y = round(((210 - 26) * MM - 20) * 4)
    row = raster.bgra[y * raster.stride : y * raster.stride + round(34 * MM * 4) * 4]
    ink = [x for x in range(len(row) // 4) if row[4 * x] < 128]

    assert ink
    assert sum(ink) / len(ink) / 4 / MM == pytest.approx(28, abs=0.2)


def test_plain_numbers_stand_upright_in_the_footer(plan: Plan, make: Callable[..., Path]) -> None:
    """In the middle, below the table; nothing lies on its side."""
    sheets = read_pdf(make(plan, "pdf", TableOptions(page_numbers=PageNumbers.PLAIN)))

    assert [sheet.text.split("\n")[-1] for sheet in sheets] == [f"— {n} —" for n in range(1, len(sheets) + 1)]
    assert not any(sheet.lying for sheet in sheets)


def test_faces_are_embedded_subsets(pdf: bytes) -> None:
    """Every face is in the file: it looks the same on a machine that has none of them."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        names = {char["fontname"] for page in document.pages for char in page.chars}

    assert names
    assert all("+" in name for name in names)
    assert pdf.count(b"/FontFile2") >= len(names)


def test_rare_characters_are_drawn_and_can_be_copied(make: Callable[..., Path]) -> None:
    """㛃 𬍛 镕 翀 喆, also outside the basic plane, come from a face that has them."""
    plan = small_plan(Measure(1, "（1）", 1, 1, f"由{RARE}同志牵头。", division_raw="司法局"))
    path = make(plan, "pdf")
    with pdfplumber.open(path) as document:
        chars = {char["text"]: char["fontname"] for char in document.pages[0].chars}

    assert set(RARE) <= set(chars)
    assert {chars[character] for character in RARE}.isdisjoint({chars["由"]}) or chars["由"]
    assert RARE in bare(read_pdf(path)[0].column(130 * MM)[0].text)


def test_the_same_table_gives_the_same_bytes(plan: Plan, pdf: bytes, make: Callable[..., Path]) -> None:
    """No date, no random name."""
    assert make(plan, "pdf").read_bytes() == pdf


def test_properties_tell_nothing_about_the_machine(plan: Plan, pdf: bytes) -> None:
    """The title and the program; no person, no path."""
    found = pages.properties(pdf)

    assert found["Title"] == plan.title
    assert found["Creator"] == "台账"
    assert not found.get("Author")
    assert str(Path.home()).encode() not in pdf


def test_a_page_can_be_looked_at(pdf: bytes) -> None:
    """A4 at one pixel a point, blue-green-red-alpha, white at the corner."""
    raster = pages.render(pdf, 0, 1.0)

    assert (raster.width, raster.height) == (842, 596)
    assert len(raster.bgra) == raster.stride * raster.height
    assert raster.bgra[:4] == b"\xff\xff\xff\xff"
    assert pages.page_sizes(pdf)[0] == pytest.approx((297 * MM, 210 * MM), abs=0.1)
    with pytest.raises(IndexError):
        pages.render(pdf, 99, 1.0)


def test_what_was_written_is_told(plan: Plan) -> None:
    """Pages as in the file, and official names of replaced faces only."""
    buffer = io.BytesIO()
    published = write_table(plan, "pdf", buffer)

    assert published.pages == pages.page_count(buffer.getvalue())
    assert set(published.substituted) <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"}


def test_five_hundred_measures_are_all_there(plan: Plan) -> None:
    """The last one too, on the last page."""
    buffer = io.BytesIO()
    many = repeated(plan, 500)
    published = write_table(many, "pdf", buffer)
    with pdfplumber.open(io.BytesIO(buffer.getvalue())) as document:
        text = bare(document.pages[-1].extract_text())

    assert published.pages > 80
    assert many.measures[-1].text[-8:] in text or many.measures[-1].label in text


def test_every_face_is_embedded(pdf: bytes) -> None:
    """Helvetica, with which ReportLab begins a page, is named nowhere."""
    assert b"/FontFile2" in pdf
    assert b"Helvetica" not in pdf
