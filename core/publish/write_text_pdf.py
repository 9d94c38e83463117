"""A laid out text as PDF: portrait pages line by line, its annexes by the writer of tables.

The page number (GB/T 9704-2012 §7.5): 4号 digits between dashes 7 mm below the text area, odd pages at the right and
even ones at the left, one character from the edge; the first page of a letter has none (§10.1).
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from core.job import Job
from core.publish.fonts import Face, FontChain, Fonts
from core.publish.layout import GRID, MM, PAGE_NUMBER_SIZE, Layout
from core.publish.text_document import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, STYLES, TOP, Role
from core.publish.text_layout import (
    BODY_SIZE,
    CELL,
    CLOSER,
    FOOT_RULE,
    HEAD_TOP,
    HEIGHT,
    IMPRINT_INNER,
    IMPRINT_RULE,
    MARK_TOP,
    RULE_WIDTH,
    SIGNER,
    WIDTH,
    Head,
    LaidDocument,
    LaidImprint,
    LaidLine,
    LaidRedHead,
    LaidText,
    TextPage,
)
from core.publish.write_pdf import NUMBER_GAP, TableWriter, registered

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FACES = (Face.TITLE, Face.BODY, Face.HEAD, Face.KAI, Face.SONG)
"""The faces a text is set in."""
RED = (0.8, 0.0, 0.0)
THICK, THIN, BETWEEN = 1.5, 0.5, 1.0
"""The red double rules of a letter in pt; the red line over a title is as thick as the thick one."""
_ASCENT = 0.88
"""From the top of a Chinese character's square to its baseline, in em."""
_DASH = "—"
_DASH_MIDDLE = 0.33


def text_pdf_bytes(laid: LaidDocument, fonts: Fonts, job: Job) -> bytes:
    """The whole document; the same layout gives the same bytes.

    Raises Cancelled when the job is cancelled.
    """
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(PAGE_WIDTH * MM, PAGE_HEIGHT * MM),
        invariant=1,
        lang="zh-CN",
        initialFontName=registered(fonts.chain(Face.BODY).files[0]),  # type: ignore[arg-type]  # the stubs say float
    )
    canvas.setTitle(laid.document.title)
    canvas.setAuthor("")
    canvas.setCreator("台账")
    whole, drawn, number = laid.pages, 0, 0
    for place, part in enumerate(laid.parts):
        if isinstance(part, LaidText) and part.restarts:
            number = 0
        if place in laid.after_blank:
            _blank_page(canvas)
            drawn += 1
        writer = _writer(part, fonts, canvas, number)
        is_last = part is laid.parts[-1] and laid.imprint is not None and not laid.imprint.own_page
        if is_last and isinstance(writer, TextWriter):
            writer.imprint = laid.imprint
        for index in range(len(part.pages)):
            job.step(drawn, whole, f"正在生成 PDF 第{drawn + 1}页")
            writer.draw_page(index)
            canvas.showPage()
            drawn += 1
        number += len(part.pages)
    if laid.imprint is not None and laid.imprint.own_page:
        _imprint_pages(laid.imprint, fonts, canvas, number)
    canvas.save()
    return buffer.getvalue()


def _writer(part: LaidText | Layout, fonts: Fonts, canvas: Canvas, before: int) -> TextWriter | _Turned:
    if isinstance(part, LaidText):
        return TextWriter(part, fonts, canvas, before=before)
    return _Turned(part, fonts, canvas, before=before)


def _imprint_pages(imprint: LaidImprint, fonts: Fonts, canvas: Canvas, before: int) -> None:
    """版记 on an even page of its own; where a blank page is before it, neither has a number (§7.5)."""
    if imprint.after_blank:
        _blank_page(canvas)
    writer = TextWriter(LaidText((TextPage(()),), ()), fonts, canvas, before=before)
    writer.imprint = imprint
    writer.draw_page(0)
    canvas.showPage()


def _blank_page(canvas: Canvas) -> None:
    canvas.setPageSize((PAGE_WIDTH * MM, PAGE_HEIGHT * MM))
    canvas.showPage()


class _Turned(TableWriter):
    """The pages of an annex, on their own sheet."""

    def draw_page(self, index: int) -> None:
        page = self.layout.document.page
        self.canvas.setPageSize((page.width * MM, page.height * MM))
        super().draw_page(index)


class TextWriter:
    """Draws the pages of one text."""

    def __init__(self, laid: LaidText, fonts: Fonts, canvas: Canvas, *, before: int = 0) -> None:
        """``before``: how many pages of the document stand before this text's first one."""
        self.laid = laid
        self.fonts = fonts
        self.canvas = canvas
        self.before = before
        self.imprint: LaidImprint | None = None
        """版记 at the foot of the last page."""
        self.height = PAGE_HEIGHT * MM
        song = fonts.chain(Face.SONG)
        self.dash = (song.files[0].file.middle(_DASH) or _DASH_MIDDLE) * PAGE_NUMBER_SIZE

    def draw_page(self, index: int) -> None:
        """Draw page ``index`` (from 0) onto the canvas."""
        self.canvas.setPageSize((PAGE_WIDTH * MM, PAGE_HEIGHT * MM))
        page, number = self.laid.pages[index], self.before + index + 1
        if index == 0 and self.laid.head:
            self._letterhead(self.laid.head)
        elif self.imprint is None or not self.imprint.after_blank:
            self._page_number(number)
        if index == 0 and self.laid.red_head:
            self._red_head(self.laid.red_head)
        for line in page.lines:
            self._line(line)
        for table in page.tables:
            writer = TableWriter(table.layout, self.fonts, self.canvas)
            writer.height = self.height
            writer.draw_rows(0, LEFT * MM, TOP * MM + table.y)
        imprint = self.imprint or self.laid.imprint
        if imprint is not None and index == len(self.laid.pages) - 1:
            self._imprint(imprint)
        for graph in page.graphs:
            from core.publish.chart_drawing import draw

            draw(graph.chart, self.fonts, self.canvas, LEFT * MM, self.height - TOP * MM - graph.y)
        for line in page.lines:
            self._outline(line, index)

    def _line(self, line: LaidLine) -> None:
        base = TOP * MM + line.y + (line.pitch - line.size) / 2 + _ASCENT * line.size
        self._show(self.fonts.chain(line.face), line.text, line.size, LEFT * MM + line.x, base, line.stretch)

    def _show(self, chain: FontChain, words: str, size: float, x: float, base: float, stretch: float = 0.0) -> None:
        """Draw words whose baseline is ``base`` pt below the sheet's upper edge."""
        text = self.canvas.beginText()
        text.setTextOrigin(x, self.height - base)
        text.setCharSpace(stretch)
        for file, run in chain.runs(words):
            text.setFont(registered(file), size)
            text.textOut(run)
        self.canvas.drawText(text)

    def _outline(self, line: LaidLine, index: int) -> None:
        """The first heading of all: readers show where the document begins."""
        if index == 0 and line.face is STYLES[Role.TITLE].face and line is self.laid.pages[0].lines[0]:
            mark = f"text{self.before}"
            self.canvas.bookmarkPage(mark)
            self.canvas.addOutlineEntry(line.text, mark)

    def _page_number(self, number: int) -> None:
        label, song = f"— {number} —", self.fonts.chain(Face.SONG)
        wide = song.width(label, PAGE_NUMBER_SIZE)
        x = WIDTH - PAGE_NUMBER_SIZE - wide if number % 2 else PAGE_NUMBER_SIZE
        base = (PAGE_HEIGHT - BOTTOM + NUMBER_GAP) * MM + self.dash
        self._show(song, label, PAGE_NUMBER_SIZE, LEFT * MM + x, base)

    def _letterhead(self, head: Head) -> None:
        """The issuer 30 mm below the edge, thick over thin 4 mm below it, thin over thick 20 mm above the foot."""
        canvas, chain = self.canvas, self.fonts.chain(Face.TITLE)
        issuer = head.letterhead.issuer
        canvas.saveState()
        canvas.setFillColorRGB(*RED)
        canvas.setStrokeColorRGB(*RED)
        middle = PAGE_WIDTH * MM / 2
        x = middle - chain.width(issuer, head.size) / 2
        self._show(chain, issuer, head.size, x, HEAD_TOP * MM + _ASCENT * head.size)
        self._rule(head.rule, THICK)
        self._rule(head.rule + THICK / 2 + BETWEEN + THIN / 2, THIN)
        foot = (PAGE_HEIGHT - FOOT_RULE) * MM
        self._rule(foot, THICK)
        self._rule(foot - THICK / 2 - BETWEEN - THIN / 2, THIN)
        canvas.restoreState()

    def _red_head(self, red: LaidRedHead) -> None:
        """The mark, its characters as narrow as they must be, and the line as wide as the text."""
        canvas, top = self.canvas, TOP * MM
        number, body = red.head.number, self.fonts.chain(Face.BODY)
        wide = body.width(number, BODY_SIZE) + CLOSER * len(number)
        is_upward = red.head.signer is not None
        left = CELL if is_upward else (WIDTH - wide) / 2
        self._line(LaidLine(number, Face.BODY, BODY_SIZE, left, red.number, GRID, CLOSER))
        if red.head.signer is not None:
            self._signer(red.head.signer, red.number)
        if not red.head.is_drawn:
            return
        canvas.saveState()
        canvas.setFillColorRGB(*RED)
        canvas.setStrokeColorRGB(*RED)
        chain, mark = self.fonts.chain(Face.TITLE), red.head.mark
        left = LEFT * MM + (WIDTH - chain.width(mark, red.size) * red.scale) / 2
        text = canvas.beginText()
        text.setHorizScale(red.scale * 100)
        text.setTextOrigin(left, self.height - top - MARK_TOP * MM - _ASCENT * red.size)
        for file, run in chain.runs(mark):
            text.setFont(registered(file), red.size)
            text.textOut(run)
        text.setHorizScale(100)
        canvas.drawText(text)
        canvas.setLineWidth(THICK)
        canvas.line(LEFT * MM, self.height - top - red.rule, LEFT * MM + WIDTH, self.height - top - red.rule)
        canvas.restoreState()

    def _signer(self, name: str, y: float) -> None:
        """签发人： in 仿宋, the name in 楷体, one character before the right edge (§7.2.6)."""
        x = WIDTH - CELL
        for text, face in ((name, Face.KAI), (SIGNER, Face.BODY)):
            x -= self.fonts.chain(face).width(text, BODY_SIZE) + CLOSER * len(text)
            self._line(LaidLine(text, face, BODY_SIZE, x, y, GRID, CLOSER))

    def _imprint(self, imprint: LaidImprint) -> None:
        """Its last rule on the lower edge of the text area (§7.4.1)."""
        begin = HEIGHT - imprint.height
        for line in imprint.lines:
            self._line(replace(line, y=begin + line.y))
        if not imprint.is_ruled:
            return
        rules = ((0.0, IMPRINT_RULE), *((y, IMPRINT_INNER) for y in imprint.inner), (imprint.height, IMPRINT_RULE))
        for y, thick in rules:
            top = self.height - TOP * MM - begin - y
            self.canvas.setLineWidth(thick)
            self.canvas.line(LEFT * MM, top, LEFT * MM + WIDTH, top)

    def _rule(self, top: float, thick: float) -> None:
        left = (PAGE_WIDTH - RULE_WIDTH) / 2 * MM
        self.canvas.setLineWidth(thick)
        self.canvas.line(left, self.height - top, left + RULE_WIDTH * MM, self.height - top)
