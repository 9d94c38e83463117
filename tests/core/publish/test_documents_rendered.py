"""The tables of a filled ledger in LibreOffice: as many pages as our PDF, and nothing of the text lost."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from core.job import Job
from core.office import bundled, documents, files
from core.office.overview import overview
from core.pdfium import PDFIUM
from tests.core.office.filled import AS_OF, PERIOD, fill


@pytest.mark.office
def test_word_files_of_five_plans_have_the_pages_of_the_pdf(in_office, tmp_path: Path) -> None:
    made: list[tuple[Path, Path]] = []
    for plan in bundled.TITLES:
        with closing(files.create_ledger(tmp_path / f"{plan}.db", plan)) as store:
            fill(store, tmp_path, most=30)
            unit = overview(store, None, AS_OF).obligations[0].unit
            for kind in ("progress", "catalogue", "ledger"):
                asked = documents.Asked(None, AS_OF, PERIOD, unit if kind == "ledger" else None)
                both = [tmp_path / f"{plan}-{kind}.{fmt}" for fmt in ("docx", "pdf")]
                for path, fmt in zip(both, ("docx", "pdf"), strict=True):
                    documents.export(store, kind, asked, fmt, path, Job())  # type: ignore[arg-type]
                made.append((both[0], both[1]))
    for shown, (word, pdf) in zip(in_office([word for word, _ in made]), made, strict=True):
        (ours, text), (theirs, other) = chinese(pdf), chinese(shown)
        assert theirs == ours, word.name
        assert not text - other, word.name


def chinese(path: Path) -> tuple[int, Counter[str]]:
    """Pages, and how often each Chinese character stands on them."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(path.read_bytes())
        texts = [page.get_textpage().get_text_bounded() for page in document]
        count = len(document)
        document.close()
    return count, Counter(letter for text in texts for letter in text if "\u4e00" <= letter <= "\u9fff")
