"""From a place back to the page: cells by their ruling lines, paragraphs by their lines, over a page end too."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4

from core.recognise.blocks import Paragraph
from core.recognise.sources.pdf_places import boxes_on_page
from tests.core.recognise.sources.documents import Pdf, read, table, table_pdf

FIRST = "（一）全面落实行政执法公示制度，及时向社会公开行政执法的"
SECOND = "基本信息和结果信息，接受群众监督。"


def test_cells_have_the_boxes_of_their_lines(tmp_path):
    path = table_pdf(tmp_path / "a.pdf", pages=2)
    source = read(path)

    for page in (1, 2):
        boxes = boxes_on_page(path.read_bytes(), source.blocks, page)
        tables = [block for block in source.blocks if block.place.page == page and not isinstance(block, Paragraph)]
        cells = [cell for row in tables[0].rows for cell in row if cell is not None]
        assert {box.page for cell in cells for box in boxes[cell.place]} == {page}
    merged = table(source).rows[1][1]
    below = table(source).rows[1][2]
    tall = boxes_on_page(path.read_bytes(), source.blocks, 1)
    assert tall[merged.place][0].height > tall[below.place][0].height


def test_a_paragraph_has_a_box_for_each_of_its_lines(tmp_path):
    pdf = Pdf(A4)
    pdf.text(60, 100, FIRST, 14)
    pdf.text(60, 120, SECOND, 14)
    pdf.page()
    path = pdf.save(tmp_path / "a.pdf")
    source = read(path)

    boxes = [box for found in boxes_on_page(path.read_bytes(), source.blocks, 1).values() for box in found]

    assert len(boxes) == 2
    assert boxes[0].y < boxes[1].y
    assert all(abs(box.x - 60) < 2 for box in boxes)


def test_a_paragraph_over_a_page_end_is_found_on_both_pages(tmp_path):
    pdf = Pdf(A4)
    pdf.text(60, 100, "一、总体要求和主要目标。", 14)
    pdf.text(60, 700, FIRST, 14)
    pdf.page()
    pdf.text(60, 100, SECOND, 14)
    pdf.text(60, 400, "（二）另一件事情，与上面没有关系。", 14)
    pdf.page()
    path = pdf.save(tmp_path / "a.pdf")
    source = read(path)
    block = next(b for b in source.blocks if isinstance(b, Paragraph) and b.text.startswith("（一）"))
    assert block.text.endswith("监督。")

    for page, expected in ((1, 700), (2, 100)):
        (box,) = boxes_on_page(path.read_bytes(), source.blocks, page)[block.place]
        assert box.page == page
        assert abs(box.y + box.height - expected) < 20


def test_what_is_no_page_has_no_boxes(tmp_path):
    path = table_pdf(tmp_path / "a.pdf")
    source = read(path)

    assert boxes_on_page(path.read_bytes(), source.blocks, 9) == {}
    assert boxes_on_page(b"no pdf", source.blocks, 1) == {}
