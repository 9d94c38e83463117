"""Reading a plan document whole against libraries that merely open it."""

from __future__ import annotations

import time
from pathlib import Path

ROUNDS = 5


def word_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (the 71 measures read from DOCX into a draft, python-docx opening it and reading its cells)."""
    path = _table(folder, "docx")
    _read(path)
    return [(_seconds(lambda: _read(path)), _seconds(lambda: _open_word(path))) for _ in range(ROUNDS)]


def pdf_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (the 71 measures read from PDF, pdfplumber extracting words and tables of its pages)."""
    path = _table(folder, "pdf")
    _read(path)
    return [(_seconds(lambda: _read(path)), _seconds(lambda: _open_pdf(path))) for _ in range(ROUNDS)]


def _table(folder: Path, fmt) -> Path:
    from core.office import bundled
    from core.publish.table_document import write_table

    path = folder / f"dingxi.{fmt}"
    write_table(bundled.load("dingxi"), fmt, path)
    return path


def _read(path: Path) -> None:
    from core.job import Job
    from core.office.reading import read_document

    draft = read_document(path, Job())
    assert len(draft.plan.measures) == 71, len(draft.plan.measures)


def _open_word(path: Path) -> None:
    import docx

    for table in docx.Document(str(path)).tables:
        for row in table.rows:
            for cell in row.cells:
                assert cell.text is not None


def _open_pdf(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
