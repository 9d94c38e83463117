"""密: what is named or marked 绝密, 机密, 秘密 or ★ never goes into a package.

A name that carries such a word is taken for a mark, also where it may be none: it costs a new name, the other mistake
costs more. 商业秘密 and 保守国家秘密 are subjects, not marks. Of a file's contents only the head is read, where a mark
stands (GB/T 9704: upper left corner of the first page).
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path

from core.contained.run import ContainedError, run
from core.job import Job
from core.pdfium import PDFIUM

_IN_NAME = re.compile(
    r"绝密|机密|涉密|密件|(?<!商业)(?<!保守国家)秘密|★|[(【\[〔<《「][绝机秘]?密[)】\]〕>》」]|密级\s*[:：]?\s*[绝机秘]"
)
_IN_TEXT = re.compile(
    r"(绝密|机密|秘密)\s*★|★\s*(绝密|机密|秘密)|[(【\[〔]\s*(绝密|机密|秘密|密)\s*[)】\]〕]|^\s*(绝密|机密|涉密)"
)
_ON_PAGE = re.compile(r"(绝密|机密|秘密)\s*(★.*|启封前.*|\d+\s*[年月].*|长期)?|.*(绝密|机密|秘密)\s*★.*")
_HEAD_LINES = 8
_MOST_PDF = 64 << 20
_SECONDS = 20.0
_TAG = re.compile(rb"<[^>]+>")
_END_OF_LINE = re.compile(rb"</w:p>")


def mark_in_name(text: str | None) -> str | None:
    """The mark in a title, a number (文号) or a file name."""
    return _first(_IN_NAME, text)


def mark_in_text(text: str | None) -> str | None:
    """The mark in what a unit says; words about secrecy are no mark."""
    return _first(_IN_TEXT, text)


def mark_on_page(path: Path) -> str | None:
    """The mark at the head of a PDF or a DOCX; None for what cannot be read or is of another kind."""
    ending = path.suffix.lower()
    try:
        if not path.is_file():
            return None
        if ending == ".pdf" and path.stat().st_size <= _MOST_PDF:
            return _of_lines(run(_pdf_head, path, job=Job(), name=path.name, seconds=_SECONDS))
        if ending == ".docx":
            return _of_lines(_word_head(path))
    except (ContainedError, OSError, zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError):
        return None
    return None


def _first(pattern: re.Pattern[str], text: str | None) -> str | None:
    found = pattern.search(unicodedata.normalize("NFKC", text)) if text else None
    return found[0].strip() if found else None


def _of_lines(text: str) -> str | None:
    lines = [line for raw in text.splitlines() if (line := "".join(unicodedata.normalize("NFKC", raw).split()))]
    for line in lines[:_HEAD_LINES]:
        if len(line) <= 30 and _ON_PAGE.fullmatch(line):
            return line
    return None


def _pdf_head(path: Path, job: Job) -> str:  # noqa: ARG001 - as a child calls it
    import pypdfium2

    with PDFIUM:
        try:
            with pypdfium2.PdfDocument(path) as document:
                return str(document[0].get_textpage().get_text_bounded()) if len(document) else ""
        except pypdfium2.PdfiumError:
            return ""


def _word_head(path: Path) -> str:
    with zipfile.ZipFile(path) as package, package.open("word/document.xml") as part:
        return _text_of(part.read(512 * 1024))


def word_text(document: bytes) -> str:
    """All text of a DOCX that this program made."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return _text_of(package.read("word/document.xml"))


def _text_of(content: bytes) -> str:
    return html.unescape(_TAG.sub(b"", _END_OF_LINE.sub(b"\n", content)).decode("utf-8", "ignore"))
