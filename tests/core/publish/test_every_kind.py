"""Every kind of document on paper: geometry read back from PDF, Word and Excel files made of a filled ledger.

The rules of the page are those of GB/T 9704-2012; what one rule looks like in detail is tested beside the writers.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from core.job import Job
from core.office import documents, files, issuer
from core.office.overview import overview
from tests.core.office.filled import AS_OF, PERIOD, fill
from tests.core.publish.reading import MM, Sheet, bare, ink_right, read_pdf

HALF = 0.5
"""±0.5 mm."""
TEXTS = ("report", "midterm", "final", "circular", "reminder", "notice")
TABLES = ("table", "progress", "catalogue", "ledger")
_OF_UNIT = ("reminder", "notice", "ledger")
_PITCH = 225 / 22 * MM
_MOST_READ, _FIRST = 2, (1, 2, 3)
"""Pages of a document that are looked at letter by letter: its beginning; reading is slow."""


@dataclass(frozen=True)
class Paper:
    """One kind, written in its formats."""

    kind: str
    files: dict[str, Path]
    pages: int


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """All ten kinds of 古县's ledger with progress in every state."""
    folder = tmp_path_factory.mktemp("kinds")
    made = {}
    with closing(files.create_ledger(folder / "古县.db")) as store:
        fill(store, folder, most=20, long=False)
        value = replace(
            issuer.load(store), body="古县行政执法协调监督会商机制办公室", contact="张三", phone="0357-0000000"
        )
        issuer.save(store, replace(value, addressee="县人民政府", circular_to="各乡镇，县直各行政执法单位"))
        view = overview(store, None, AS_OF)
        unit = next(one.unit for one in view.obligations if view.statuses[one.id].overdue and not one.is_group)
        for key, kind in documents.KINDS.items():
            asked = documents.Asked(None, AS_OF, PERIOD, unit if key in _OF_UNIT else None)
            document = documents.make(store, key, asked, Job())
            written = {fmt: folder / f"{key}.{fmt}" for fmt in kind.formats}
            for fmt, path in written.items():
                published = document.write(fmt, path, Job())
                if fmt == "pdf":
                    pages = published.pages
            made[key] = Paper(key, written, pages)
    return made


@pytest.fixture(scope="module")
def upright(papers: dict[str, Paper]) -> Iterator[dict[str, list[pdfplumber.page.Page]]]:
    """The first upright pages of the texts."""
    with ExitStack() as open_files:
        found = {}
        for key in TEXTS:
            document = open_files.enter_context(pdfplumber.open(papers[key].files["pdf"]))
            found[key] = [page for page in document.pages[:_MOST_READ] if page.height > page.width]
        yield found


@pytest.fixture(scope="module")
def lying(papers: dict[str, Paper]) -> dict[str, list[Sheet]]:
    """The first pages of the tables (all of 任务分解表), and of the annex of the report."""
    found = {key: read_pdf(papers[key].files["pdf"], None if key == "table" else _FIRST) for key in TABLES}
    with pdfplumber.open(papers["report"].files["pdf"]) as document:
        turned = [page.page_number for page in document.pages if page.width > page.height]
    found["report"] = read_pdf(papers["report"].files["pdf"], turned[:3])
    return found


def lines(page: pdfplumber.page.Page, size: float) -> list[list[dict]]:
    """The upright characters of one size, line by line."""
    found: dict[int, list[dict]] = {}
    for char in page.chars:
        if abs(char["size"] - size) < 0.1 and char["upright"] and char["text"].strip():
            found.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(found[key], key=lambda char: char["x0"]) for key in sorted(found)]


# --- PDF: texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEXTS)
def test_text_stands_in_the_text_area_on_its_22_lines(kind: str, upright, papers) -> None:
    """A4; 28 and 26 mm at the sides; 三号 lines a multiple of 225/22 mm apart where nothing else stands between."""
    for page in upright[kind]:
        assert (float(page.width) / MM, float(page.height) / MM) == pytest.approx((210, 297), abs=0.1)
        body = lines(page, 16)
        for line in body:
            assert line[0]["x0"] / MM > 28 - HALF
        top = body[0][0]["top"] if body else 0.0  # the head of a letter may be wider
        assert ink_right(papers[kind].files["pdf"], page.page_number, below=top) < 210 - 26 + HALF
        low = [char["bottom"] for char in page.chars if char["upright"] and abs(char["size"] - 14) > 0.1]
        assert max(low) / MM < 297 - 35 + HALF
        steps = [(b[0]["bottom"] - a[0]["bottom"]) / _PITCH for a, b in pairwise(body)]
        close = [step for step in steps if step < 1.5]
        assert close == pytest.approx([1.0] * len(close), abs=HALF * MM / _PITCH)


@pytest.mark.parametrize("kind", TEXTS)
def test_titles_are_second_size_and_in_the_middle(kind: str, upright) -> None:
    """22 pt, as far from the left edge of the text area as from the right."""
    title = lines(upright[kind][0], 22)

    assert title
    for line in title:
        left, right = line[0]["x0"] - 28 * MM, (210 - 26) * MM - line[-1]["x1"]
        assert left == pytest.approx(right, abs=2 * HALF * MM)


@pytest.mark.parametrize("kind", ["report", "final", "circular"])
def test_pages_are_numbered_on_through_upright_and_lying_ones(kind: str, papers) -> None:
    """— n — on every page, odd at the right and even at the left, on its side where the sheet is turned."""
    with pdfplumber.open(papers[kind].files["pdf"]) as document:
        turned = [page for page in document.pages if page.width > page.height][:2]
        # the last page of a 通报 may be that of its 版记, which has no number behind a blank page
        looked = [*document.pages[:2], *turned, *(document.pages[-1:] if kind != "circular" else ())]
        for page in looked:
            number, is_lying = page.page_number, page.width > page.height
            upright = [char for line in lines(page, 14) for char in line]
            chars = [char for char in page.chars if not char["upright"]] if is_lying else upright
            shown = "".join(char["text"] for char in chars)
            assert f"—{number}—" in bare(shown)
            if is_lying:
                continue
            line = next(line for line in lines(page, 14) if line[0]["text"] == "—")
            middle = (line[0]["top"] + line[0]["bottom"]) / 2
            assert middle / MM == pytest.approx(297 - 35 + 7, abs=1)
            at = (210 - 26) * MM - line[-1]["x1"] if number % 2 else line[0]["x0"] - 28 * MM
            assert at == pytest.approx(14, abs=HALF * MM)


# --- PDF: tables -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*TABLES, "report"])
def test_tables_keep_their_margins(kind: str, lying) -> None:
    """Left 35, right 37 mm; above 28 and 26 mm on odd and even pages; below never less."""
    for place, sheet in enumerate(lying[kind]):
        left, right, top, bottom = sheet.margins
        assert left == pytest.approx(35, abs=HALF)
        assert right == pytest.approx(37, abs=HALF)
        if kind in TABLES and place:
            assert top == pytest.approx(26 if place % 2 else 28, abs=HALF)
        assert bottom > 26 - HALF


@pytest.mark.parametrize("kind", TABLES)
def test_heads_are_repeated_and_merged_cells_go_on(kind: str, lying) -> None:
    """The same head on every page, and no cell of the first row is empty that is not empty in the ledger."""
    sheets = lying[kind]
    head = [cell.text for cell in sheets[0].cells if abs(cell.top - sheets[0].cells[0].top) < 1]

    assert len(head) > 3
    for sheet in sheets:
        first = [cell for cell in sheet.cells if abs(cell.top - sheet.cells[0].top) < 1]
        assert [cell.text for cell in first] == head
        body = sheet.column(sheet.cells[0].left + 2)
        assert body[0].text, "the first column begins with its text"


def test_no_row_is_torn(lying) -> None:
    """A row lies on one page: every measure stands whole in one cell."""
    from core.office import bundled

    measures = [bare(f"{one.label}{one.text}") for one in bundled.load("guxian").measures]
    shown = {kind: [cell.text for sheet in lying[kind] for cell in sheet.cells] for kind in ("table", "progress")}
    begun = [text for text in shown["progress"] if re.match(r"（\d+）(?!（续）|$)", text)]

    assert [text for text in measures if text not in shown["table"]] == []
    assert begun
    assert [text for text in begun if text not in measures] == []


# --- Word ------------------------------------------------------------------------------------------------------


def parts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield name, archive.read(name).decode()


@pytest.mark.parametrize("kind", [*TEXTS, *TABLES])
def test_word_names_page_faces_and_lines(kind: str, papers) -> None:
    """Margins of the text area (upright) or of the table (lying), 三号 on 28.99 pt, faces for Chinese everywhere."""
    xml = dict(parts(papers[kind].files["docx"]))
    body = xml["word/document.xml"]
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", body, re.DOTALL)

    assert sections
    for section in sections:
        width, height = (int(one) / 20 / MM for one in re.search(r'w:w="(\d+)" w:h="(\d+)"', section).groups())
        margins = {
            key: int(value) / 20 / MM for key, value in re.findall(r'w:(top|right|bottom|left)="(\d+)"', section)
        }
        if width < height:
            assert (width, height) == pytest.approx((210, 297), abs=HALF)
            assert margins == pytest.approx({"top": 37, "right": 26, "bottom": 35, "left": 28}, abs=HALF)
        else:
            assert (width, height) == pytest.approx((297, 210), abs=HALF)
            assert (margins["left"], margins["right"]) == pytest.approx((35, 37), abs=HALF)
    assert not [name for name, text in xml.items() if "asciiTheme" in text or "eastAsiaTheme" in text]
    assert all("w:eastAsia=" in run for run in re.findall(r"<w:rPr>(.*?)</w:rPr>", body) if "w:rFonts" in run)
    if kind in TEXTS:
        third = re.search(r'<w:sz w:val="32"/>', xml["word/styles.xml"] + body)
        assert third
        pitches = {
            int(one) / 20 for one in re.findall(r'w:line="(\d+)" w:lineRule="exact"', xml["word/styles.xml"] + body)
        }
        assert any(abs(pitch - _PITCH) < 0.1 for pitch in pitches)
    rows = body.count("<w:tr>")
    assert body.count("<w:cantSplit/>") >= rows - body.count("（续）")
    assert body.count('<w:tblLayout w:type="fixed"/>') == body.count("<w:tbl>")


# --- Excel -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TABLES)
def test_excel_prints_on_a4_in_landscape(kind: str, papers) -> None:
    """One page wide, head on every page, a print area, margins as on paper, a number in the footer; no formula."""
    sheet = load_workbook(papers[kind].files["xlsx"]).worksheets[0]

    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.page_margins.left * 25.4, sheet.page_margins.right * 25.4) == pytest.approx((35, 37), abs=HALF)
    assert sheet.print_title_rows
    assert sheet.print_area
    assert "&P" in (sheet.oddFooter.center.text or "")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
