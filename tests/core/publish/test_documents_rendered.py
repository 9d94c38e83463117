"""The documents of a filled ledger in LibreOffice: as many pages as our PDF, nothing of the text lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from core.job import Job
from core.office import bundled, documents, files
from core.office.overview import overview
from core.pdfium import PDFIUM
from tests.core.office.filled import AS_OF, PERIOD, fill
from tests.core.publish.reading import MM
from tests.papers.compare import written


@dataclass(frozen=True)
class Rendered:
    """A document as our PDF and as LibreOffice's of our Word file."""

    kind: str
    ours: Path
    theirs: Path


TABLES = ("progress", "catalogue", "ledger")
TEXTS = ("report", "circular", "reminder", "notice")


FIRST, *OTHERS = bundled.TITLES


@pytest.fixture(
    scope="module", params=[[FIRST], pytest.param(OTHERS, marks=pytest.mark.thorough)], ids=["guxian", "others"]
)
def rendered(
    request: pytest.FixtureRequest,
    in_office: Callable[[list[Path]], list[Path]],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Rendered]:
    """The tables of the plans and the texts of the first, all in one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("rendered")
    made: list[tuple[str, Path, Path]] = []
    for plan in request.param:
        with closing(files.create_ledger(folder / f"{plan}.db", plan)) as store:
            fill(store, folder, most=30)
            view = overview(store, None, AS_OF)
            unit = view.obligations[0].unit
            late = next(
                (one.unit for one in view.obligations if view.statuses[one.id].overdue and not one.is_group), None
            )
            for kind in (*TABLES, *(TEXTS if plan == FIRST else ())):
                to = {"ledger": unit, "reminder": late, "notice": late}.get(kind)
                document = documents.make(store, kind, documents.Asked(None, AS_OF, PERIOD, to), Job())
                both = [folder / f"{plan}-{kind}.{fmt}" for fmt in ("docx", "pdf")]
                document.write("docx", both[0], Job())
                document.write("pdf", both[1], Job())
                made.append((kind, both[0], both[1]))
    shown = in_office([word for _, word, _ in made])
    return [Rendered(kind, ours, theirs) for (kind, _, ours), theirs in zip(made, shown, strict=True)]


@pytest.mark.office
def test_word_files_have_the_pages_of_the_pdf_and_its_text(rendered) -> None:
    """Every kind that is a text, and the tables.

    Of a text the head of a table may stand on a page less, where LibreOffice begins the table on the next: what the
    Word file itself says is the measure there.
    """
    for one in rendered:
        (ours, text), (theirs, other) = chinese(one.ours), chinese(one.theirs)
        assert theirs == ours, one.ours.name
        if one.kind in TEXTS:
            text = written(one.ours.with_suffix(".docx"))
        assert not text - other, one.ours.name


@pytest.mark.office
def test_texts_keep_their_text_area_and_lines_in_libreoffice(rendered) -> None:
    """28 mm at the left, 26 at the right, lines 225/22 mm apart: ±0.5 mm in a program that is not ours."""
    for one in rendered:
        if one.kind not in TEXTS or one.kind == "notice":
            continue
        with pdfplumber.open(one.theirs, pages=[1, 2]) as document:
            page = next(page for page in document.pages if page.page_number == 2)
            lines = body_lines(page)
            assert min(line[0]["x0"] for line in lines) / MM == pytest.approx(28, abs=0.5), one.kind
            # LibreOffice lets a mark hang over the edge where it may not begin a line
            inked = [char["x1"] for line in lines for char in line if char["text"] not in "，。、；：）》”"]
            assert max(inked) / MM < 210 - 26 + 0.5, one.kind
            steps = [(b[0]["bottom"] - a[0]["bottom"]) / MM for a, b in pairwise(lines)]
            close = [step for step in steps if step < 1.5 * 225 / 22]
            assert close == pytest.approx([225 / 22] * len(close), abs=0.5), one.kind


def body_lines(page: pdfplumber.page.Page) -> list[list[dict]]:
    """The lines of 三号 on a page."""
    found: dict[int, list[dict]] = {}
    for char in page.chars:
        if 15.5 < char["size"] < 16.5 and char["text"].strip():
            found.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(found[key], key=lambda char: char["x0"]) for key in sorted(found)]


def chinese(path: Path) -> tuple[int, Counter[str]]:
    """Pages, and how often each Chinese character stands on them."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(path.read_bytes())
        texts = [page.get_textpage().get_text_bounded() for page in document]
        count = len(document)
        document.close()
    return count, Counter(letter for text in texts for letter in text if "\u4e00" <= letter <= "\u9fff")
