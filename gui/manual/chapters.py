"""The chapters of the manual, read from its files; which page of the window is told of in which."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core import paths

FIRST = "01"
_OF_PAGE = {
    "home": "07",
    "table": "03",
    "progress": "06",
    "exchange": "05",
    "report": "08",
    "units": "04",
    "archive": "10",
    "import": "02",
    "edit": "02",
    "version": "02",
    "align": "09",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """``key`` is the number its file begins with; ``title`` its first heading; ``text`` Markdown."""

    key: str
    title: str
    text: str


def chapters(folder: Path = paths.MANUAL) -> tuple[Chapter, ...]:
    """All chapters in order; none where the manual does not lie beside the program."""
    return tuple(_chapter(path) for path in sorted(folder.glob("[0-9][0-9]-*.md")))


def chapter_of(page: str) -> str:
    """The key of the chapter that tells of a page of the window (its key); the first for any other."""
    return _OF_PAGE.get(page, FIRST)


def _chapter(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].lstrip("# ").strip()
    return Chapter(path.name[:2], title, text)
