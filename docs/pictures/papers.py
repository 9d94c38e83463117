"""A page of every kind of document as it is printed: `python docs/pictures/papers.py [NAME ...]` writes paper-NAME.png.

NAME is a kind (table, progress … ledger), `register` (发文登记表) or `charts` (附图). From the same made-up ledger as the
pictures of the window (take.py), which is thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import take

if TYPE_CHECKING:
    from core.office import documents
    from core.office.files import Store

HERE = Path(__file__).resolve().parent
SCALE = 100 / 72
"""Pixels a point: an A4 sheet is 827 × 1169."""
UNIT = "住建局"
LETTERS = ("司法局", "公安局", "住建局", "财政局", "交通运输局", "石壁乡")
RED = ("circular", "reminder")
"""What has red on it; the others are black."""


def main(names: list[str]) -> None:
    """The first page of each kind that the program makes, the register and a chart, or those named."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAIZHANG_HOME"] = folder
        ledger = Path(folder) / "古县.db"
        take._sample(ledger)  # noqa: SLF001 - the two commands share their ledger
        _print(ledger, names)


def _print(ledger: Path, names: list[str]) -> None:
    from core.office import documents, files

    with closing(files.open_ledger(ledger)) as store:
        _set_issuer(store)
        for key, kind in documents.KINDS.items():
            if kind.make is not None and (not names or key in names):
                _draw(key, _pdf(store, key))
        if not names or "charts" in names:
            _draw("charts", *_with_chart(store))
        if not names or "register" in names:
            _draw("register", _register(store))


def _set_issuer(store: Store) -> None:
    """A made-up office, so that the pages show its words and not 【待补充】."""
    from core.office import issuer, ledger_settings

    ledger_settings.save(store, replace(ledger_settings.load(store), office="古县司法局"))
    value = replace(
        issuer.load(store),
        body="古县行政执法协调监督会商机制办公室",
        seal="古县司法局",
        number="古执协函",
        circular_number="古执协",
        notice_number="古执协督",
        report_number="古司报",
        addressee="县人民政府",
        circular_to="各乡镇人民政府，县直各行政执法单位",
        copies_to="县委办公室，县人大常委会办公室",
        printer="古县司法局",
        contact="张三（样例）",
        phone="0357-0000000",
        may_supervise=True,
    )
    issuer.save(store, value)


def _asked(store: Store, key: str, **changes: bool) -> documents.Asked:
    from core.model.document_kind import DocumentKind
    from core.office import documents, numbering

    unit = UNIT if key in ("ledger", "reminder", "notice") else None
    number = numbering.next_number(store, DocumentKind(key), take.AS_OF.year)
    return documents.Asked(None, take.AS_OF, take.PERIOD, unit, number=number, dated=take.AS_OF, **changes)


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
    from core.office import issued, issued_register, listing, numbering

    report = _asked(store, "report")
    issued.issue(store, "report", report, Job(), formats=("pdf",), issued_on=take.AS_OF)
    numbers = numbering.next_numbers(store, DocumentKind.REMINDER, take.AS_OF.year, LETTERS)
    asked = replace(_asked(store, "reminder"), unit=None, number="", numbers=numbers)
    for place, one in enumerate(
        issued.issue_letters(store, "reminder", asked, LETTERS, Job(), formats=("docx",), issued_on=take.AS_OF)
    ):
        if place % 2 == 0:
            issued.sign_for(store, one.id, take.AS_OF + timedelta(days=1 + place), "（样例）李四")
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
