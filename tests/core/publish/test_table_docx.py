"""The Word document read back by python-docx."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT

from core.model.plan import Measure, Plan
from core.publish.description import PageNumbers
from core.publish.table import TableOptions
from tests.core.publish.reading import small_plan


@pytest.fixture(scope="module", name="path")
def made(plan: Plan, make: Callable[..., Path]) -> Path:
    """古县's table."""
    return make(plan, "docx")


@pytest.fixture(scope="module", name="document")
def opened(path: Path) -> Document:
    """The same, opened."""
    return docx.Document(str(path))


@pytest.fixture(scope="module", name="xml")
def raw(path: Path) -> str:
    """The body as it is written."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def test_all_measures_are_whole_in_one_cell_each(plan: Plan, document: Document) -> None:
    """The third column of the tables holds the 38 texts in order."""
    found = [row.cells[2].text for table in document.tables for row in table.rows[1:]]

    assert found == [f"{m.label}{m.text}" for m in plan.measures]


def test_each_table_has_its_header_and_merged_texts(document: Document) -> None:
    """One table a page: header row first, section and task in the first row below it."""
    for table in document.tables:
        assert [cell.text for cell in table.rows[0].cells] == [
            "重点任务",
            "重点任务",
            "具体措施",
            "责任分工",
            "完成时限",
        ]
        assert all(cell.text for cell in table.rows[1].cells)


def test_title_is_a_heading(plan: Plan, document: Document) -> None:
    """The navigation pane shows it."""
    headings = [p for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]

    assert [p.text.replace("\n", "") for p in headings] == [plan.title]


def test_page_is_turned(document: Document) -> None:
    """A4 landscape; the deeper margins of odd tops and even bottoms come from header and footer."""
    section = document.sections[0]
    mm = 36000

    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round(x / mm) for x in (section.left_margin, section.right_margin)] == [35, 37]
    assert [round(x / mm) for x in (section.top_margin, section.bottom_margin)] == [26, 26]
    assert document.settings.odd_and_even_pages_header_footer


def test_rows_hold_together_and_columns_do_not_jump(document: Document, xml: str) -> None:
    """tblGrid, tcW and fixed layout together; header rows repeat; no row is torn."""
    rows = xml.count("<w:tr>")

    assert xml.count('<w:tblLayout w:type="fixed"/>') == xml.count("<w:tblGrid>") == len(document.tables)
    assert xml.count("<w:cantSplit/>") == rows
    assert xml.count("<w:tblHeader/>") == len(document.tables)
    assert xml.count("<w:tc>") == xml.count("<w:tcW ")
    for table in document.tables:
        grid = [int(column.width or 0) for column in table.columns]
        assert sum(grid) == pytest.approx(225 * 36000, rel=0.001)


def test_every_run_names_its_face_for_chinese(path: Path) -> None:
    """w:eastAsia everywhere, no theme font anywhere."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    for name, text in parts.items():
        assert "Theme" not in text, name
    runs = re.findall(r"<w:r>(?!<mc:)(.*?)</w:r>", parts["word/document.xml"])

    assert runs
    assert all("w:eastAsia=" in run for run in runs)


def test_numbers_lie_in_boxes_that_differ_on_odd_and_even_pages(path: Path) -> None:
    """A PAGE field in a turned text box, with an older drawing beside it; the plain way has it in the footer."""
    with zipfile.ZipFile(path) as archive:
        odd, even = (archive.read(f"word/header{n}.xml").decode() for n in (1, 2))

    for header in (odd, even):
        assert 'vert="vert"' in header
        assert "layout-flow:vertical" in header
        assert " PAGE " in header
    assert odd != even


def test_plain_numbers_stand_in_the_footer(plan: Plan, make: Callable[..., Path]) -> None:
    """No text box then."""
    with zipfile.ZipFile(make(plan, "docx", TableOptions(page_numbers=PageNumbers.PLAIN))) as archive:
        assert "PAGE" not in archive.read("word/header1.xml").decode()
        assert " PAGE " in archive.read("word/footer1.xml").decode()


def test_no_personal_properties_and_the_same_bytes_again(plan: Plan, path: Path, make: Callable[..., Path]) -> None:
    """Only the title; no date either."""
    properties = docx.Document(str(path)).core_properties

    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == plan.title
    assert make(plan, "docx").read_bytes() == path.read_bytes()


def test_marks_of_xml_are_text(make: Callable[..., Path]) -> None:
    """< & > and quotes in a title and in a measure."""
    plan = small_plan(Measure(1, "（1）", 1, 1, 'a<b & "c">d', division_raw="司法局"))
    document = docx.Document(str(make(plan, "docx")))

    assert '（1）a<b & "c">d' in [cell.text for cell in document.tables[0].rows[1].cells]
