"""A layout as PDF: 297 × 210 mm pages with upright text, embedded TrueType subsets, text that can be copied.

The page number (GB/T 9704-2012 §7.5 and §8). On a portrait page it stands under the text area, its dashes 7 mm
below the edge, at the right on odd pages and at the left on even ones, one character from the corner. The sheet of
a table is turned with the table's head at the physical left, and the number stays where it is: under the portrait
text area is left of the text area as the table is read; the portrait right is read as the bottom, the portrait
left as the top. So the number lies at the left side, its dashes 7 mm left of the table, its line running from top
to bottom with the digits' heads to the right; on odd pages it ends one character (14 pt) above the lower edge of
the text area, on even pages it begins one character below the upper edge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.job import Job
from core.publish.description import Align, PageNumbers
from core.publish.fonts import Face, FontChain, FontFile, Fonts
from core.publish.layout import (
    ANNEX_SIZE,
    GRID,
    HEAD_SIZE,
    MM,
    NOTE_PITCH,
    NOTE_SIZE,
    PAD_X,
    PAD_Y,
    PAGE_NUMBER_SIZE,
    TITLE_SIZE,
    Cell,
    Layout,
)

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

BORDER = 0.5
"""Thickness of all borders in pt."""
NUMBER_GAP = 7.0
"""From the text area to the dashes of the page number, in mm (GB/T 9704-2012 §7.5)."""
FACES = (Face.TITLE, Face.BODY, Face.HEAD, Face.SONG)
"""The faces a table is set in."""
_BEYOND = re.compile(r"<([0-9A-F]{5,6})>")
_ASCENT = 0.88
"""From the top of a Chinese character's square to its baseline, in em."""
_DASH = "—"
_DASH_MIDDLE = 0.33
"""From the baseline to the middle of a 一字线 in em, for a face that has none."""


def pdf_bytes(layouts: Sequence[Layout], fonts: Fonts, job: Job) -> bytes:
    """The whole document: tables one after another, each on a new page, numbered through.

    The same layouts give the same bytes; no date, user name or path is in it. Raises Cancelled when the job is
    cancelled.
    """
    from reportlab.pdfgen.canvas import Canvas

    page, title = layouts[0].document.page, layouts[0].document.title
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(page.width * MM, page.height * MM),
        invariant=1,
        lang="zh-CN",
        # else each page begins with Helvetica, which is not embedded: offices' checks for archiving complain
        initialFontName=registered(fonts.chain(Face.BODY).files[0]),  # type: ignore[arg-type]  # the stubs say float
    )
    canvas.setTitle(title.replace("\n", ""))
    canvas.setAuthor("")
    canvas.setCreator("台账")
    whole, number = sum(len(layout.pages) for layout in layouts), 0
    for layout in layouts:
        writer = TableWriter(layout, fonts, canvas, before=number)
        for index in range(len(layout.pages)):
            job.step(number, whole, f"正在生成 PDF 第{number + 1}页")
            writer.draw_page(index)
            canvas.showPage()
            number += 1
    canvas.save()
    return buffer.getvalue()


class TableWriter:
    """Draws the pages of one table; lengths are points, ``top`` counts down from the upper edge of the sheet."""

    def __init__(self, layout: Layout, fonts: Fonts, canvas: Canvas, *, before: int = 0) -> None:
        """``before``: how many pages of the document stand before this table's first one."""
        self.layout = layout
        self.before = before
        self.canvas = canvas
        self.height = layout.document.page.height * MM
        self.title, self.body, self.head, self.song = (fonts.chain(face) for face in FACES)
        self.dash = (self.song.files[0].file.middle(_DASH) or _DASH_MIDDLE) * PAGE_NUMBER_SIZE

    def draw_page(self, index: int) -> None:
        """Draw page ``index`` (from 0) of the table onto the canvas; its sheet is that of the table."""
        number = self.before + index + 1
        margins = self.layout.document.page.margins(number)
        left, top = margins.left * MM, margins.top * MM
        # First of all, so that readers that join neighbours in the file do not put it into the last row.
        self._page_number(number)
        if index == 0:
            self._head(left, top)
            top += self.layout.head_height
        self.draw_rows(index, left, top)

    def draw_rows(self, index: int, left: float, top: float) -> None:
        """Draw the head and the rows of page ``index`` with their upper left corner there, and nothing else."""
        page = self.layout.pages[index]
        if self.layout.header:
            self._row_cells(self.layout.header, (self.layout.header_height,), left, top, self.head, HEAD_SIZE)
            top += self.layout.header_height
        self._row_cells(page.cells, page.heights, left, top, self.body, self.layout.type.size)

    def _head(self, left: float, top: float) -> None:
        layout = self.layout
        text = self.canvas.beginText()
        if layout.document.annex:
            self._line(text, self.head, ANNEX_SIZE, layout.document.annex, left, self._baseline(top, GRID, ANNEX_SIZE))
        middle = left + layout.document.page.text_width * MM / 2
        for place, line in enumerate(layout.title, layout.title_line):
            x = middle - self.title.width(line, TITLE_SIZE) / 2
            self._line(text, self.title, TITLE_SIZE, line, x, self._baseline(top + place * GRID, GRID, TITLE_SIZE))
        below = top + layout.head_height - layout.notes_height
        for place, line in enumerate(layout.notes):
            y = self._baseline(below + place * NOTE_PITCH, NOTE_PITCH, NOTE_SIZE)
            self._line(text, self.body, NOTE_SIZE, line, left, y)
        self.canvas.drawText(text)
        mark = f"table{self.before}"
        self.canvas.bookmarkPage(mark)
        self.canvas.addOutlineEntry(layout.document.title.replace("\n", "") or "表", mark)

    def _row_cells(
        self,
        cells: tuple[Cell, ...],
        heights: tuple[float, ...],
        left: float,
        top: float,
        chain: FontChain,
        size: float,
    ) -> None:
        tops = [top]
        for height in heights:
            tops.append(tops[-1] + height)
        self.canvas.setLineWidth(BORDER)
        borders, text = self.canvas.beginPath(), self.canvas.beginText()
        for cell in cells:
            x, right = left + self.layout.edges[cell.first_column], left + self.layout.edges[cell.last_column + 1]
            upper, lower = tops[cell.first_row], tops[cell.last_row + 1]
            borders.rect(x, self.height - lower, right - x, lower - upper)
            self._cell_text(text, cell, (x, right, upper, lower), chain, size)
        self.canvas.drawPath(borders)
        self.canvas.drawText(text)

    def _cell_text(
        self, text: PDFTextObject, cell: Cell, box: tuple[float, float, float, float], chain: FontChain, size: float
    ) -> None:
        x, right, upper, lower = box
        pitch = self.layout.type.pitch
        spare = (lower - upper) - len(cell.lines) * pitch
        top = upper + (PAD_Y if cell.is_torn else spare / 2)
        for line in cell.lines:
            start = x + PAD_X
            if cell.align is Align.CENTER:
                start = (x + right - chain.width(line.rstrip(), size)) / 2
            self._line(text, chain, size, line, start, self._baseline(top, pitch, size))
            top += pitch

    def _baseline(self, top: float, pitch: float, size: float) -> float:
        """The baseline of a line of ``pitch`` pt that begins at ``top``, counted up from the foot of the sheet."""
        return self.height - top - (pitch - size) / 2 - _ASCENT * size

    @staticmethod
    def _line(text: PDFTextObject, chain: FontChain, size: float, line: str, x: float, y: float) -> None:
        text.setTextOrigin(x, y)
        for file, run in chain.runs(line):
            text.setFont(registered(file), size)
            text.textOut(run)

    # Page number -------------------------------------------------------------------------------------------------

    def _page_number(self, number: int) -> None:
        label = f"— {number} —"
        page = self.layout.document.page
        margins = page.margins(number)
        if page.numbers is PageNumbers.PLAIN:
            middle = (margins.left + page.text_width / 2) * MM
            y = (margins.bottom - NUMBER_GAP) * MM - self.dash
            self._number_line(label, middle - self.song.width(label, PAGE_NUMBER_SIZE) / 2, y)
            return
        self.canvas.saveState()
        # Turned by a quarter clockwise: the baseline lies left of the dashes, the line runs down the sheet.
        x = (margins.left - NUMBER_GAP) * MM - self.dash
        if number % 2:
            y = margins.bottom * MM + PAGE_NUMBER_SIZE + self.song.width(label, PAGE_NUMBER_SIZE)
        else:
            y = self.height - margins.top * MM - PAGE_NUMBER_SIZE
        self.canvas.translate(x, y)
        self.canvas.rotate(-90)
        self._number_line(label, 0, 0)
        self.canvas.restoreState()

    def _number_line(self, label: str, x: float, y: float) -> None:
        text = self.canvas.beginText()
        self._line(text, self.song, PAGE_NUMBER_SIZE, label, x, y)
        self.canvas.drawText(text)


@lru_cache(maxsize=64)
def registered(file: FontFile) -> str:
    """The name under which ReportLab knows a face; it is parsed once while the program runs."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.pdfdoc import PDFStream
    from reportlab.pdfbase.ttfonts import TTFont

    class Embedded(TTFont):
        """Writes code points beyond the basic plane as UTF-16; ReportLab 5.1 writes five digits, read as others.

        Measures a text by a dictionary: ReportLab does so behind every line it writes.
        """

        def __init__(self, *args: Any, **words: Any) -> None:  # noqa: ANN401 - ReportLab's own
            super().__init__(*args, **words)
            self._wide = _Widths(self.face.charWidths, self.face.defaultWidth)

        def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802, ARG002
            return 0.001 * size * sum(map(self._wide.__getitem__, text))

        def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
            super().addObjects(doc)
            for key, part in doc.idToObject.items():
                if key.startswith("toUnicodeCMap:") and isinstance(part, PDFStream):
                    part.content = _BEYOND.sub(lambda code: f"<{_utf16(code[1])}>", part.content)

    _write_numbers_once()
    rl_config.useA85 = 0  # pages as they are packed, not written out as letters: a fifth less time, a smaller file
    name = f"face{len(pdfmetrics.getRegisteredFontNames())}"
    pdfmetrics.registerFont(Embedded(name, str(file.file.path), subfontIndex=file.file.index))
    return name


class _Widths(dict[str, float]):
    """Widths of a face by character, in thousandths of its size."""

    def __init__(self, known: Mapping[int, float], other: float) -> None:
        super().__init__()
        self._known, self._other = known, other

    def __missing__(self, character: str) -> float:
        width = self[character] = self._known.get(ord(character), self._other)
        return width


@cache
def _write_numbers_once() -> None:
    """Have ReportLab remember how it writes a number: most of a page are the same few hundred, and its C part that
    writes them quickly is not in the wheels.
    """
    from reportlab.pdfgen import canvas, pathobject, textobject

    def written(*numbers: Any) -> str:  # noqa: ANN401 - numbers, or one sequence of them
        many = numbers[0] if len(numbers) == 1 and isinstance(numbers[0], list | tuple) else numbers
        return " ".join([one(number) for number in many])

    one = lru_cache(maxsize=1 << 14)(vars(textobject)["fp_str"])
    for module in (canvas, pathobject, textobject):
        vars(module)["fp_str"] = written


def _utf16(code: str) -> str:
    return chr(int(code, 16)).encode("utf-16-be").hex().upper()
