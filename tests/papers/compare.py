"""Our PDF beside what LibreOffice makes of our Word or Excel file: pages, and what stands on each."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from core.pdfium import PDFIUM

_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Pair:
    """A document in two renderings, and the Word file. ``name``: plan, fill and kind."""

    name: str
    word: Path
    ours: Path
    theirs: Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """``lost``: characters of the Word file that are nowhere shown. ``moved``: pages whose text is another, from 1."""

    name: str
    ours: int
    theirs: int
    lost: int
    moved: tuple[int, ...]

    @property
    def is_good(self) -> bool:
        """As many pages, nothing lost."""
        return self.ours == self.theirs and not self.lost

    def __str__(self) -> str:
        """One line of the list."""
        moved = f"，第{'、'.join(map(str, self.moved[:12]))}页文字不同" if self.moved else ""
        lost = f"，少{self.lost}字" if self.lost else ""
        return f"{'好' if self.is_good else '坏'} {self.name}：{self.ours}页，LibreOffice {self.theirs}页{lost}{moved}"


def converted(documents: Sequence[Path], folder: Path) -> list[Path]:
    """PDFs of Word and Excel files, all in one start of LibreOffice; names must differ without their ending."""
    office = shutil.which("soffice")
    assert office is not None
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return [folder / f"{one.stem}.pdf" for one in documents]


def verdicts(pairs: Iterable[Pair]) -> list[Verdict]:
    """Look at each pair."""
    return [_verdict(pair) for pair in pairs]


def _verdict(pair: Pair) -> Verdict:
    ours, theirs = page_texts(pair.ours), page_texts(pair.theirs)
    moved = [number for number, (a, b) in enumerate(zip(ours, theirs, strict=False), start=1) if a != b]
    lost = written(pair.word) - sum(theirs, Counter())
    return Verdict(pair.name, len(ours), len(theirs), lost.total(), tuple(moved))


def written(word: Path) -> Counter[str]:
    """How often each Chinese character stands in a Word file."""
    with zipfile.ZipFile(word) as archive:
        body = archive.read("word/document.xml").decode()
    return _chinese("".join(re.findall(r"<w:t[ >][^<]*", body)))


def page_texts(path: Path) -> list[Counter[str]]:
    """How often each Chinese character stands on each page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(path)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    return [_chinese(text) for text in texts]


def _chinese(text: str) -> Counter[str]:
    return Counter(letter for letter in text if "\u4e00" <= letter <= "\u9fff")
