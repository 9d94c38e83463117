"""A page of every kind of document as it is printed: `python -m docs.pictures.papers [NAME ...]` writes paper-NAME.png.

NAME is a kind (table, progress … ledger), `register` (发文登记表) or `charts` (附图). From the sample year of 示例县, as
the pictures of the window, in a folder that is thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.office import documents
    from core.office.files import Store

HERE = Path(__file__).resolve().parent
SCALE = 100 / 72
"""Pixels a point: an A4 sheet is 827 × 1169."""
AS_OF, PERIOD = date(2025, 10, 15), "2025Q3"
"""After the cut-off of a quarter of the sample year."""
MOST_LETTERS = 6
RED = ("circular", "reminder")
"""What has red on it; the others are black."""


def main(names: list[str]) -> None:
    """The first page of each kind that the program makes, the register and a chart, or those named."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAIZHANG_HOME"] = folder
        from core.job import Job
        from core.office.sample import make_sample

        _print(make_sample(Path(folder), Job()).ledger, names)


def _print(ledger: Path, names: list[str]) -> None:
    from core.office import documents, files

    with closing(files.open_ledger(ledger)) as store:
        _complete(store)
        for key in documents.KINDS:
            if not names or key in names:
                _draw(key, _pdf(store, key))
        if not names or "charts" in names:
            _draw("charts", *_with_chart(store))
        if not names or "register" in names:
            _draw("register", _register(store))


def _complete(store: Store) -> None:
    """What the sample leaves open for practice, so that the pages show words and not 【待补充】."""
    from core.office import issuer

    value = replace(
        issuer.load(store),
        circular_number="示执督通",
        notice_number="示执督办",
        report_number="示司报",
        addressee="示例县人民政府",
        circular_to="各乡镇人民政府，县直各行政执法单位",
        copies_to="示例县委办公室，示例县人大常委会办公室",
        may_supervise=True,
    )
    issuer.save(store, value)


def _late(store: Store) -> tuple[str, ...]:
    """The units with something late."""
    from core.model.document_kind import DocumentKind
    from core.office import documents
    from core.office.to_issue import addressees

    return addressees(store, DocumentKind.NOTICE, documents.Asked(None, AS_OF, PERIOD))


def _asked(store: Store, key: str, **changes: bool) -> documents.Asked:
    from core.model.document_kind import DocumentKind
    from core.office import documents, numbering

    unit = _late(store)[0] if key in ("ledger", "reminder", "notice") else None
    number = numbering.next_number(store, DocumentKind(key), AS_OF.year)
    return documents.Asked(None, AS_OF, PERIOD, unit, number=number, dated=AS_OF, **changes)


def _pdf(store: Store, key: str, **changes: bool) -> bytes:
    from core.job import Job
    from core.office import documents

    return documents.preview(store, key, _asked(store, key, **changes), Job())[0]


def _with_chart(store: Store) -> tuple[bytes, int]:
    """A report with 附图, and the page of its first chart (the last upright ones)."""
    from core.publish import pages

    plain, pdf = _pdf(store, "report"), _pdf(store, "report", charts=True)
    before = pages.page_sizes(plain)
    return pdf, next(
        (at for at, size in enumerate(pages.page_sizes(pdf)) if at >= len(before) or size != before[at]), 0
    )


def _register(store: Store) -> bytes:
    """发文登记表 of letters and a report that left the office."""
    from core.job import Job
    from core.model.document_kind import DocumentKind
    from core.office import issued, issued_register, issuing, listing, numbering

    letters = _late(store)[:MOST_LETTERS]
    report = _asked(store, "report")
    issuing.issue(store, "report", report, Job(), formats=("pdf",), issued_on=AS_OF)
    numbers = numbering.next_numbers(store, DocumentKind.REMINDER, AS_OF.year, letters)
    asked = replace(_asked(store, "reminder"), unit=None, number="", numbers=numbers)
    for place, one in enumerate(
        issuing.issue_letters(store, "reminder", asked, letters, Job(), formats=("docx",), issued_on=AS_OF)
    ):
        if place % 2 == 0:
            issued.sign_for(store, one.id, AS_OF + timedelta(days=1 + place), "【示例】李四")
    return listing.listing_pdf(issued_register.register_table(store), Job())[0]


def _draw(name: str, pdf: bytes, page: int = 0) -> None:
    from PIL import Image

    from core.publish import pages

    drawn = pages.render(pdf, page, SCALE)
    picture = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.bgra, "raw", "BGRX", drawn.stride, 1)
    path = HERE / f"paper-{name}.png"
    colours = 32 if name in RED else 16
    (picture if name in RED else picture.convert("L")).quantize(colours).save(path, optimize=True)
    print(path.name, pages.page_count(pdf))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
