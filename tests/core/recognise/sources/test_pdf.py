"""PDF: paragraphs put together again, ruled tables with their spans, turned pages, scans."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from core.errors import Cancelled
from core.job import Job
from core.recognise.sources import UnreadableError
from core.recognise.sources.reading import read_here
from tests.core.recognise.sources.documents import (
    LANDSCAPE,
    ROWS,
    Pdf,
    merged_rows,
    paragraphs,
    printed,
    read,
    table,
    table_pdf,
    texts,
)

EXPECTED = [[cell if cell or column != 1 else None for column, cell in enumerate(row)] for row in ROWS]


def test_a_ruled_table_with_a_merged_cell(tmp_path):
    source = read(table_pdf(tmp_path / "a.pdf"))

    assert texts(table(source)) == EXPECTED
    assert table(source).rows[1][1].row_span == 2
    assert str(table(source).rows[2][2].place) == "第1页 表1 第3行 第3列"
    assert printed(source) == ["任务分解表"]
    assert source.repairs == ("页码没有读取：第1页“— 1 —”。",)
    assert source.pages == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_for_looking_at(tmp_path, turn):
    """A landscape sheet that is stored upright and marked as turned reads as it is seen."""
    pdf = Pdf(LANDSCAPE if turn == 180 else A4)
    canvas, (width, height) = pdf.canvas, pdf.size
    canvas.setPageRotation(turn)
    if turn == 90:
        canvas.translate(width, 0)
    elif turn == 180:
        canvas.translate(width, height)
    else:
        canvas.translate(0, height)
    canvas.rotate(turn)
    pdf.size = LANDSCAPE
    pdf.table(60, 90, merged_rows())
    pdf.page()

    assert texts(table(read(pdf.save(tmp_path / "a.pdf")))) == EXPECTED


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_printed_sideways(tmp_path, turn):
    """The table lies on its side on a page that nobody marked as turned."""
    pdf = Pdf(A4)
    if turn == 90:
        pdf.canvas.translate(A4[0], 0)
    else:
        pdf.canvas.translate(0, A4[1])
    pdf.canvas.rotate(turn)
    pdf.size = LANDSCAPE
    pdf.table(60, 90, merged_rows())
    pdf.page()

    assert texts(table(read(pdf.save(tmp_path / "a.pdf")))) == EXPECTED


def test_a_table_open_at_its_sides(tmp_path):
    pdf = Pdf()
    for y in (100, 130, 160):
        pdf.line(60, y, 360, y)
    pdf.line(160, 100, 160, 160)
    for x, y, text in ((70, 120, "任务"), (170, 120, "措施"), (70, 150, "培训"), (170, 150, "每年一次")):
        pdf.text(x, y, text)
    pdf.page()

    assert texts(table(read(pdf.save(tmp_path / "a.pdf")))) == [["任务", "措施"], ["培训", "每年一次"]]


def test_lines_drawn_as_thin_areas_and_as_one_path(tmp_path):
    pdf = Pdf()
    for x in (60, 160, 360):
        pdf.canvas.rect(x, A4[1] - 160, 0.5, 60, stroke=0, fill=1)
    path = pdf.canvas.beginPath()
    for y in (100, 130, 160):
        path.moveTo(60, A4[1] - y)
        path.lineTo(360, A4[1] - y)
    pdf.canvas.drawPath(path)
    pdf.text(70, 120, "甲")
    pdf.text(170, 150, "乙")
    pdf.page()

    assert texts(table(read(pdf.save(tmp_path / "a.pdf")))) == [["甲", ""], ["", "乙"]]


def test_white_lines_and_frames_are_no_tables(tmp_path):
    pdf = Pdf()
    pdf.canvas.rect(50, 50, 495, 740)
    pdf.canvas.setStrokeColorRGB(1, 1, 1)
    pdf.canvas.grid([100, 200, 300], [400, 500, 600])
    pdf.text(120, 300, "框中一段")
    pdf.page()

    assert printed(read(pdf.save(tmp_path / "a.pdf"))) == ["框中一段"]


def test_turned_text_in_a_cell_and_a_turned_page_number(tmp_path):
    pdf = Pdf(LANDSCAPE)
    pdf.canvas.grid([60, 90, 360], [300, 420, 500])
    pdf.text(100, 120, "措施甲，推行检查计划备案制度", 10)
    for x, y, turned in ((80, 330, "规范检查"), (800, 250, "— 1 —")):
        pdf.canvas.saveState()
        pdf.canvas.translate(x, y)
        pdf.canvas.rotate(90)
        pdf.canvas.setFont("Test", 12)
        pdf.canvas.drawString(0, 0, turned)
        pdf.canvas.restoreState()
    pdf.page()

    source = read(pdf.save(tmp_path / "a.pdf"))

    assert texts(table(source)) == [["", "措施甲，推行检查计划备案制度"], ["规范检查", ""]]
    assert source.repairs == ("页码没有读取：第1页“— 1 —”。",)


SENTENCE = (
    "推行检查计划备案制度合理安排检查频次减少重复检查提高检查效能切实减轻企业负担并将检查结果向社会公布接受社会监督。"
)


def test_lines_become_paragraphs_again_also_over_a_page_end(tmp_path):
    pdf = Pdf()
    pdf.text(200, 80, "工作方案", 20)
    pdf.text(104, 120, "一、规范检查")
    pdf.lines(80, 700, ["　　" + SENTENCE[:34], SENTENCE[34:]])
    pdf.lines(80, 750, ["　　" + SENTENCE[:34]])
    pdf.page()
    pdf.lines(80, 80, [SENTENCE[34:], "　　" + SENTENCE[:34], SENTENCE[34:]])
    pdf.page()

    source = read(pdf.save(tmp_path / "a.pdf"))

    assert printed(source) == ["工作方案", "一、规范检查", SENTENCE, SENTENCE, SENTENCE]
    assert [each.place.page for each in paragraphs(source)] == [1, 1, 1, 1, 2]


def test_hanging_items_stay_whole(tmp_path):
    pdf = Pdf()
    for at in range(3):
        pdf.lines(80, 100 + at * 60, [f"{at + 1}." + SENTENCE[:34]])
        pdf.lines(98, 118 + at * 60, [SENTENCE[34:]])
    pdf.page()

    assert printed(read(pdf.save(tmp_path / "a.pdf"))) == [f"{at}.{SENTENCE}" for at in (1, 2, 3)]


def test_lines_of_a_cell_that_were_not_broken_by_its_width_stay_lines(tmp_path):
    pdf = Pdf()
    pdf.canvas.grid([60, 160, 360], [600, 660, 700])
    pdf.text(70, 160, "任务", 10)
    pdf.lines(64, 200, ["市司法局", "市财政局、", "公安局"], 10, 14)
    pdf.lines(164, 200, [SENTENCE[:19], SENTENCE[19:22]], 10, 14)
    pdf.page()

    assert texts(table(read(pdf.save(tmp_path / "a.pdf"))))[1] == ["市司法局\n市财政局、公安局", SENTENCE[:22]]


def test_a_head_on_every_page_is_read_once(tmp_path):
    pdf = Pdf()
    for number in range(4):
        pdf.text(80, 40, "某县工作方案")
        pdf.text(80, 300, f"第{number + 1}部分内容。")
        pdf.page()

    source = read(pdf.save(tmp_path / "a.pdf"))

    assert printed(source).count("某县工作方案") == 1
    assert source.repairs == ("每页重复的“某县工作方案”只读取一次。",)


def test_a_field_that_ends_every_page_is_no_running_head(tmp_path):
    """责任单位：各乡镇 at the foot of each page belongs to what stands above it."""
    pdf = Pdf()
    for number in range(4):
        pdf.text(80, 300, f"第{number + 1}项措施。")
        pdf.text(80, 800, "责任单位：各乡镇")
        pdf.page()

    assert "".join(printed(read(pdf.save(tmp_path / "a.pdf")))).count("责任单位：各乡镇") == 4


def test_bold_by_printing_twice_reads_once(tmp_path):
    pdf = Pdf()
    pdf.text(80, 100, "任务分解表")
    pdf.text(80.3, 100, "任务分解表")
    pdf.page()

    assert printed(read(pdf.save(tmp_path / "a.pdf"))) == ["任务分解表"]


def picture() -> ImageReader:
    stream = io.BytesIO()
    Image.new("L", (60, 80), 200).save(stream, "PNG")
    return ImageReader(stream)


def test_a_scan_is_said_at_once(tmp_path):
    pdf = Pdf()
    for _ in range(30):
        pdf.canvas.drawImage(picture(), 0, 0, *A4)
        pdf.page()
    steps: list[tuple[int, int, str]] = []

    with pytest.raises(UnreadableError, match="扫描的图片"):
        read_here(pdf.save(tmp_path / "a.pdf").read_bytes(), "a.pdf", Job(lambda *step: steps.append(step)))

    assert len(steps) <= 5


def test_a_scanned_page_among_others_is_told(tmp_path):
    pdf = Pdf()
    pdf.text(80, 100, "有字的一页")
    pdf.page()
    pdf.canvas.drawImage(picture(), 0, 0, *A4)
    pdf.page()

    assert read(pdf.save(tmp_path / "a.pdf")).repairs == ("第2页是图片，没有文字，没有读取。",)


def test_blank_pages_hold_nothing(tmp_path):
    pdf = Pdf()
    pdf.page()

    with pytest.raises(UnreadableError, match="没有文字"):
        read(pdf.save(tmp_path / "a.pdf"))


def test_a_password(tmp_path):
    pdf = Pdf(encrypt=StandardEncryption("geheim", ownerPassword="x"))
    pdf.text(80, 100, "密")
    pdf.page()

    with pytest.raises(UnreadableError, match="设有密码"):
        read(pdf.save(tmp_path / "a.pdf"))


def test_500_pages_tell_how_far_they_are_and_stop(tmp_path):
    path = table_pdf(tmp_path / "a.pdf", 500)
    seen: list[tuple[int, int, str]] = []

    def report(done: int, total: int, label: str) -> None:
        seen.append((done, total, label))
        if done == 40:
            job.cancel()

    job = Job(report)

    with pytest.raises(Cancelled):
        read_here(path.read_bytes(), path.name, job)

    assert seen[3] == (3, 500, "读取第 4 页，共 500 页")
    assert len(seen) == 41
