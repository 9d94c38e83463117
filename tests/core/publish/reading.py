"""What a PDF shows in its cells, and plans to try the table on."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from core.model.plan import Column, Document, Measure, Plan, Section, Task
from core.pdfium import PDFIUM

MM = 72 / 25.4


@dataclass(frozen=True)
class Shown:
    """A cell that a page shows: edges in pt from the upper left corner, and the text that lies wholly inside."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Sheet:
    """A page: its size, its cells in reading order, the characters that lie on their side, all upright text."""

    width: float
    height: float
    cells: tuple[Shown, ...]
    lying: tuple[dict[str, object], ...]
    text: str

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of the table in mm."""
        return (
            min(c.left for c in self.cells) / MM,
            (self.width - max(c.right for c in self.cells)) / MM,
            min(c.top for c in self.cells) / MM,
            (self.height - max(c.bottom for c in self.cells)) / MM,
        )

    def column(self, at: float) -> list[Shown]:
        """The cells under the point ``at`` pt from the left, from top to bottom, without the header."""
        found = [c for c in self.cells if c.left - 1 <= at <= c.right + 1]
        return sorted(found, key=lambda c: c.top)[1:]


def bare(text: str) -> str:
    """A text without any blank or line break."""
    return "".join(text.split())


def read_pdf(source: Path | bytes, pages: Collection[int] | None = None) -> list[Sheet]:
    """Every page as a reader sees it, or some of them (from 1); reading a page of a table takes a tenth of a second."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    with pdfplumber.open(file, pages=pages) as document:
        return [_sheet(page) for page in document.pages]


def ink_right(source: Path, page: int, below: float = 0.0) -> float:
    """How far (mm from the left) the print of a page (from 1) reaches, below a line (pt from the upper edge).

    By PDFium: pdfplumber's reader leaves out the character spacing between two pieces of a line, so that lines of
    several pieces seem to be up to 1 mm longer than any viewer or printer draws them.
    """
    with PDFIUM, pdfium.PdfDocument(source) as document:
        sheet = document[page - 1]
        text, highest = sheet.get_textpage(), sheet.get_height() - below
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        return max(right for _, bottom, right, _ in boxes if bottom < highest) / MM


def _sheet(page: pdfplumber.page.Page) -> Sheet:
    upright = page.filter(lambda item: item.get("upright", True))
    cells = []
    for table in upright.find_tables():
        for left, top, right, bottom in table.cells:
            # One point more on each side: a face's box is higher than its strokes.
            box = (max(left - 1, 0), max(top - 1, 0), min(right + 1, page.width), min(bottom + 1, page.height))
            text = upright.within_bbox(box).extract_text() or ""
            cells.append(Shown(left, top, right, bottom, bare(text)))
    cells.sort(key=lambda c: (round(c.top), c.left))
    lying = tuple(dict(char) for char in page.chars if not char["upright"])
    return Sheet(float(page.width), float(page.height), tuple(cells), lying, upright.extract_text() or "")


def small_plan(*measures: Measure, columns: tuple[tuple[str, str], ...] = (), **document: object) -> Plan:
    """A plan of one section and one task around the given measures."""
    return Plan(
        document=Document(
            title="某县重点任务分解表", columns=tuple(Column(key, title) for key, title in columns), **document
        ),
        sections=(Section(1, "（一）", "着力提升能力素质"),),
        tasks=(Task(1, 1, "1.", "着力提高政治能力"),),
        measures=measures,
    )


def repeated(plan: Plan, count: int) -> Plan:
    """A plan of ``count`` measures: the same ones again and again, in sections and tasks of their own."""
    times = -(-count // len(plan.measures))
    sections, tasks, measures = [], [], []
    for n in range(times):
        by, on = n * len(plan.sections), n * len(plan.tasks)
        sections += [replace(s, no=s.no + by) for s in plan.sections]
        tasks += [replace(t, no=t.no + on, section=(t.section or 0) + by) for t in plan.tasks]
        measures += [
            replace(m, no=len(measures) + 1 + i, section=(m.section or 0) + by, task=(m.task or 0) + on)
            for i, m in enumerate(plan.measures)
        ]
    return replace(plan, sections=tuple(sections), tasks=tuple(tasks), measures=tuple(measures[:count]))
