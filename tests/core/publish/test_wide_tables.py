"""Tables of our own making and the statistics table: their place on the page, long cells, several in one document."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from core.job import Job
from core.model.plan import Measure
from core.publish.description import Align, Merge, PageNumbers, TableDocument
from core.publish.fonts import machine_fonts
from core.publish.layout import CONTINUED, MM
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.progress_table import Reached, progress_document, progress_title
from core.publish.setting import lay_out
from core.publish.table import TableOptions
from core.publish.table_document import write_document, write_documents
from core.publish.widths import balanced
from tests.core.publish.reading import Sheet, bare, read_pdf, repeated, small_plan

LONG = "组织专题培训，覆盖全部行政执法人员；建立台账，逐项销号。\n" * 75
RARE = "㛃、𬍛、镕、翀、喆"
NO_MARK = TableOptions(annex_no=None)


@pytest.fixture(scope="module")
def statistics(plan) -> TableDocument:
    """古县's statistics table: one text of more than 2,000 characters, one with rare ones, the others short or none."""
    reached = {
        measure.no: Reached("推进中\n3/19", f"财政局：第{measure.no}项已部署。", "", "", f"{measure.no}-1")
        for measure in plan.measures
    }
    reached[2] = Reached("推进中\n3/19", LONG, "人手不足", f"联系人{RARE}", "2-1、2-2")
    return progress_document(plan, reached, ("报送期：2024年第四季度",), NO_MARK)


@pytest.fixture(scope="module")
def shown(statistics) -> list[Sheet]:
    """Its pages, read once."""
    return read_pdf(pdf_of(statistics))


def pdf_of(*documents: TableDocument) -> bytes:
    buffer = io.BytesIO()
    write_documents(documents, "pdf", buffer)
    return buffer.getvalue()


def chinese(sheets: list[Sheet]) -> Counter[str]:
    """How often each Chinese character stands on the pages."""
    return Counter(letter for sheet in sheets for letter in sheet.text if letter > "\u4e00")


def small(title: str = "目录", rows: int = 3) -> TableDocument:
    columns = (PlainColumn("no", "编号", 3), PlainColumn("text", "名称", 8, Align.LEFT))
    table = PlainTable(title, title, columns, tuple((f"1-{n}", f"{title}第{n}份") for n in range(1, rows + 1)))
    return plain_document(table, NO_MARK)


# --- place on the page ---------------------------------------------------------------------------


def test_the_table_stands_in_the_text_area_of_every_page(shown) -> None:
    """Margins as read: 35 and 37 mm; top 28 on odd, 26 on even pages; ±0.5 mm; rows at least 8 mm high."""
    for number, sheet in enumerate(shown, start=1):
        left, right, top, bottom = sheet.margins
        assert (left, right) == (pytest.approx(35, abs=0.5), pytest.approx(37, abs=0.5))
        assert bottom >= (26 if number % 2 else 28) - 0.5
        if number > 1:
            assert top == pytest.approx(28 if number % 2 else 26, abs=0.5)
        assert min(cell.bottom - cell.top for cell in sheet.cells) >= 8 * MM - 0.5


def test_sizes_and_line_pitch(statistics) -> None:
    """Title 22 pt, head 12 pt, body 10.5 pt (more than six columns), lines 18 pt apart."""
    with pdfplumber.open(io.BytesIO(pdf_of(statistics))) as pdf:
        sizes = {round(char["size"], 1) for page in pdf.pages for char in page.chars if char["upright"]}
        cell = [c for c in pdf.pages[1].chars if c["upright"] and c["text"] in "组建" and round(c["size"], 1) == 10.5]
    tops = sorted({round(char["top"], 1) for char in cell})

    assert sizes == {22.0, 12.0, 10.5}
    assert {round(b - a) for a, b in pairwise(tops)} <= {18, 36, 54, 72}


# --- what must not get lost ----------------------------------------------------------------------


def test_a_text_of_two_thousand_characters_stands_whole(statistics, shown) -> None:
    """On as many pages as it needs, under 续; its paragraphs stay apart in the formats that flow."""
    parts = [cell.text for sheet in shown for cell in sheet.cells if "逐项销号" in cell.text]
    whole = bare("".join(parts)).replace(CONTINUED, "")
    layout = lay_out(statistics, machine_fonts())
    texts = [cell.text for page in layout.pages for cell in page.cells if "逐项销号" in cell.text]

    assert whole == bare(LONG)
    assert len(parts) > 2
    assert sum(text.count("\n") for text in texts) >= LONG.count("\n") - len(texts)


def test_rare_characters_are_drawn(shown) -> None:
    text = bare("".join(cell.text for sheet in shown for cell in sheet.cells))

    assert RARE in text
    assert "〓" not in text


def test_no_measure_is_lost(shown, plan) -> None:
    """Each stands in its cell; only a row that goes on over a page end says its short cells again."""
    cells = [bare(cell.text) for sheet in shown for cell in sheet.cells]
    counts = {measure.no: cells.count(f"财政局：第{measure.no}项已部署。") for measure in plan.measures}

    assert counts.pop(2) == 0
    assert min(counts.values()) == 1
    assert sum(count > 1 for count in counts.values()) <= 2


def test_heads_break_evenly(statistics) -> None:
    """完成 / 情况, not 完成情 / 况."""
    lines = {cell.text: cell.lines for cell in lay_out(statistics, machine_fonts()).header}

    assert ("完成", "情况") in lines.values()
    assert all(max(map(len, each)) - min(map(len, each)) <= 1 for each in lines.values())


def test_a_plan_of_one_measure(plan) -> None:
    one = replace(plan, measures=plan.measures[:1])
    reached = {one.measures[0].no: Reached("未启动", "", "", "", "")}
    document = progress_document(one, reached, (), NO_MARK)

    assert len(read_pdf(pdf_of(document))) == 1
    assert progress_title(plan) == "古县提升行政执法质量三年行动计划（2023—2025年）任务落实情况统计表"


def test_a_check_sum_is_whole(tmp_path) -> None:
    """Torn over its lines where they are full, whole in the file to be copied."""
    columns = (PlainColumn("text", "名称", 8), PlainColumn("sha256", "SHA-256", 9))
    sums = "0123456789abcdef" * 4
    document = plain_document(PlainTable("目录", "目录", columns, (("通知" * 40, sums),)), NO_MARK)
    (sheet,) = read_pdf(pdf_of(document))
    layout = lay_out(document, machine_fonts())

    assert any(bare(cell.text) == sums for cell in sheet.cells)
    assert sums in {cell.text for cell in layout.pages[0].cells}


# --- several in one document ---------------------------------------------------------------------


def test_tables_follow_each_other_on_new_pages() -> None:
    """Numbers run through; the margins follow the number of the page in the whole document."""
    found = read_pdf(pdf_of(small("甲"), small("乙"), small("丙")))
    numbers = ["".join(str(char["text"]) for char in sheet.lying) for sheet in found]

    assert ["甲" in sheet.text and "乙" not in sheet.text for sheet in found] == [True, False, False]
    assert [number.strip("— ") for number in numbers] == ["1", "2", "3"]
    assert [round(sheet.margins[0]) for sheet in found] == [35, 35, 35]


def test_sheets_have_names_that_excel_takes(tmp_path) -> None:
    """At most 31 characters, none twice, none of the forbidden signs."""
    import openpyxl

    names = ["财政局", "财政局", "很长的单位名称" * 6, "A/B:C*?[D]", "caizheng", "CAIZHENG"]
    documents = [replace(small(), sheet=name) for name in names]
    write_documents(documents, "xlsx", tmp_path / "台账.xlsx")
    found = openpyxl.load_workbook(tmp_path / "台账.xlsx").sheetnames

    assert len({name.casefold() for name in found}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)
    assert found[:2] == ["财政局", "财政局(2)"]


@pytest.mark.thorough
@pytest.mark.office
def test_libreoffice_has_the_same_pages(statistics, in_office, tmp_path: Path) -> None:
    """Our DOCX and XLSX in another program: as many pages as our PDF, and no text lost."""
    bundle = [small(title, rows) for title, rows in (("甲", 30), ("乙", 3), ("丙", 60))]
    made = []
    for name, documents in (("统计表", [statistics]), ("台账", bundle)):
        for fmt in ("docx", "xlsx"):
            path = tmp_path / f"{name}.{fmt}"
            write_documents(documents, fmt, path)
            made.append((path, len(read_pdf(pdf_of(*documents))), documents))
    for converted, (path, count, documents) in zip(in_office([path for path, _, _ in made]), made, strict=True):
        found = read_pdf(converted)
        assert len(found) == count, path.name
        ours, theirs = (chinese(sheets) for sheets in (read_pdf(pdf_of(*documents)), found))
        assert not ours - theirs, path.name


# --- widths --------------------------------------------------------------------------------------


def test_widths_fill_the_page_and_go_where_the_text_is() -> None:
    widths = balanced([("短", "长" * 300, "")] * 5, (3, 5, 4), 225.0, size=10.5)

    assert sum(widths) == pytest.approx(225.0)
    assert widths[1] > 3 * widths[0]
    assert widths[0] >= 3 * 10.5 / MM


def test_least_widths_that_are_too_much_shrink_evenly() -> None:
    widths = balanced([("一" * 60, "二" * 60)], (60, 30), 225.0, size=10.5)

    assert sum(widths) == pytest.approx(225.0)
    assert widths[0] > widths[1]


def test_a_column_of_short_texts_gives_its_room_away() -> None:
    """Twelve characters are asked for and four needed: the column gets no more than four."""
    widths = balanced([("局", "长" * 200)], (12, 6), 100.0, size=10.5)

    assert widths[0] == pytest.approx(4 * 10.5 / MM + 3.4, abs=2)


# --- what is long ----------------------------------------------------------------------------------------


def test_parts_and_tasks_become_rows_where_most_rows_are_high() -> None:
    """One long text leaves the columns as they are; long texts everywhere take the room of 重点任务."""
    plan = repeated(small_plan(Measure(1, "（1）", 1, 1, "措施", division_raw="司法局", deadline_raw="2024年底前")), 6)
    short, long = Reached("推进中", "开展培训。", "", "", ""), Reached("推进中", "开展培训。" * 120, "", "", "")
    one = progress_document(plan, {no: long if no == 1 else short for no in range(1, 7)}, (), TableOptions())
    all_long = progress_document(plan, dict.fromkeys(range(1, 7), long), (), TableOptions())

    assert [column.key for column in one.columns][:2] == ["section", "task"]
    assert all_long.columns[0].key == "text"
    assert [row.cells[0] for row in all_long.rows if row.full_width][:2] == [
        "（一）着力提升能力素质",
        "1.着力提高政治能力",
    ]
    assert sum(column.width for column in all_long.columns) == pytest.approx(all_long.page.text_width)
    assert all_long.columns[-4].width > 1.5 * one.columns[-4].width
    assert [cell.text for cell in all_long.header] == [column.title for column in all_long.columns]


def test_a_torn_row_says_whose_words_go_on() -> None:
    """The measure ends on the first page; on the others its number stands in its place."""
    plan = small_plan(Measure(1, "（1）", 1, 1, "措施", division_raw="司法局", deadline_raw="2024年底前"))
    document = progress_document(plan, {1: Reached("推进中", "开展培训。" * 400, "", "", "")}, (), TableOptions())
    pages = lay_out(document, machine_fonts()).pages
    place = [column.key for column in document.columns].index("text")
    found = [[cell.text for cell in page.cells if cell.first_column == place] for page in pages]

    assert len(pages) > 2
    assert found[0][-1] == "（1）措施"
    assert {tuple(texts) for texts in found[1:]} == {("（1）（续）",)}


def test_a_merged_text_counts_once() -> None:
    rows = [("长" * 100, "中" * 40)] * 10
    merged = balanced(rows, (4, 4), 100.0, size=10.5, merges=(Merge(0, 0, 9),))

    assert merged[1] > merged[0]


def test_plain_numbers_and_marks_follow_the_options() -> None:
    columns = (PlainColumn("text", "名称", 8),)
    document = plain_document(
        PlainTable("目录", "目录", columns, (("甲",),)), TableOptions(annex_no=3, page_numbers=PageNumbers.PLAIN)
    )
    buffer = io.BytesIO()
    write_document(document, "pdf", buffer, Job())
    (sheet,) = read_pdf(buffer.getvalue())

    assert "附件3" in sheet.text
    assert not sheet.lying
