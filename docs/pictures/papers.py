"""A page of every kind of document as it is printed: `python docs/pictures/papers.py [KIND ...]` writes paper-KIND.png.

From the same made-up ledger as the pictures of the window (take.py), which is thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import take

HERE = Path(__file__).resolve().parent
SCALE = 100 / 72
"""Pixels a point: an A4 sheet is 827 × 1169."""
UNIT = "住建局"


def main(kinds: list[str]) -> None:
    """The first page of each kind that the program makes, or of those named."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAIZHANG_HOME"] = folder
        ledger = Path(folder) / "古县.db"
        take._sample(ledger)  # noqa: SLF001 - the two commands share their ledger
        _print(ledger, kinds)


def _print(ledger: Path, kinds: list[str]) -> None:
    from PIL import Image

    from core.job import Job
    from core.office import documents, files
    from core.publish import pages

    with closing(files.open_ledger(ledger, read_only=True)) as store:
        for key, kind in documents.KINDS.items():
            if kind.make is None or (kinds and key not in kinds):
                continue
            unit = UNIT if key == "ledger" else None
            pdf, made = documents.preview(store, key, documents.Asked(None, take.AS_OF, take.PERIOD, unit), Job())
            page = pages.render(pdf, 0, SCALE)
            picture = Image.frombuffer("RGB", (page.width, page.height), page.bgra, "raw", "BGRX", page.stride, 1)
            path = HERE / f"paper-{key}.png"
            picture.convert("L").quantize(16).save(path, optimize=True)
            print(path.name, made.pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
