"""红头 and 版记 of an issued document laid out. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.publish.breaking import break_lines
from core.publish.fonts import Face, Fonts
from core.publish.layout import GRID, MM, Layout
from core.publish.text_document import Imprint, RedHead
from core.publish.text_layout import (
    BODY_SIZE,
    HEIGHT,
    IMPRINT_PITCH,
    IMPRINT_SIZE,
    MARK_NARROWEST,
    MARK_SIZE,
    MARK_TOP,
    RED_LINE_GAP,
    WIDTH,
    LaidImprint,
    LaidLine,
    LaidRedHead,
    LaidText,
    TextPage,
)

_COPIES = "抄送："
_SPARE = 2 * GRID
"""Blank over a 版记 that stands under a text: a word processor may set the text that much longer."""


_MARK_ROOM = 0.98
"""Of the width of the text; the rest is for a word processor that sets the mark a little wider."""


def laid_red_head(head: RedHead, fonts: Fonts) -> LaidRedHead:
    """The mark as large as fits into the width of the text, its characters narrower before they get smaller."""
    wide = fonts.chain(Face.TITLE).width(head.mark, 1.0) or 1.0
    room = WIDTH * _MARK_ROOM
    size = float(int(min(MARK_SIZE, room / (wide * MARK_NARROWEST))))
    scale = min(1.0, room / (wide * size))
    number = MARK_TOP * MM + size + 2 * GRID
    rule = number + (GRID + BODY_SIZE) / 2 + RED_LINE_GAP * MM
    return LaidRedHead(head, size, scale, number, rule, rule + 2 * GRID)


def laid_imprint(imprint: Imprint, parts: Sequence[LaidText | Layout], fonts: Fonts) -> LaidImprint:
    """Under the text of the last page where that is an even one with room, else on the next even page.

    Annexes stand before it (§7.3.7), so behind a turned page it is always on one of its own.
    """
    found = _imprint(imprint, fonts)
    is_even = sum(len(part.pages) for part in parts) % 2 == 0
    last = parts[-1] if parts else None
    has_room = isinstance(last, LaidText) and _end(last.pages[-1]) + _SPARE + found.height <= HEIGHT
    if is_even and has_room:
        return found
    return replace(found, own_page=True, after_blank=is_even)


def with_imprint(made: LaidText, imprint: Imprint, fonts: Fonts) -> LaidText:
    """A letter with its 版记 (抄送) at the foot of its last page, on a page more where that has no room."""
    found = _imprint(imprint, fonts)
    has_room = bool(made.pages) and _end(made.pages[-1]) + _SPARE + found.height <= HEIGHT
    pages = made.pages if has_room else (*made.pages, TextPage(()))
    return replace(made, pages=pages, imprint=replace(found, own_page=not has_room))


def _imprint(imprint: Imprint, fonts: Fonts) -> LaidImprint:
    """The lines one character from both edges; 抄送 goes on under what follows its colon (§7.4.2)."""
    chain = fonts.chain(Face.BODY)

    def wide(text: str) -> float:
        return chain.width(text, IMPRINT_SIZE)

    lines: list[LaidLine] = []
    inner: tuple[float, ...] = ()

    def put(text: str, x: float, place: int) -> None:
        lines.append(LaidLine(text, Face.BODY, IMPRINT_SIZE, x, place * IMPRINT_PITCH, IMPRINT_PITCH))

    left, right = IMPRINT_SIZE, WIDTH - IMPRINT_SIZE
    rows = 0
    if imprint.copies:
        begin = left + wide(_COPIES)
        names = break_lines(f"{imprint.copies.rstrip('。')}。", right - begin, wide)
        put(_COPIES, left, 0)
        for place, text in enumerate(names):
            put(text, begin, place)
        rows = len(names)
        inner = (rows * IMPRINT_PITCH,)
    if not imprint.is_ruled:
        return LaidImprint(tuple(lines), (), rows * IMPRINT_PITCH, is_ruled=False)
    room = right - left - wide(imprint.printed) - IMPRINT_SIZE
    printer = break_lines(imprint.printer, room, wide)
    for place, text in enumerate(printer):
        put(text, left, rows + place)
    put(imprint.printed, right - wide(imprint.printed), rows + len(printer) - 1)
    return LaidImprint(tuple(lines), inner, (rows + len(printer)) * IMPRINT_PITCH)


def _end(page: TextPage) -> float:
    """Where the last line or row of a page ends."""
    lines = [line.y + line.pitch for line in page.lines]
    tables = [
        table.y + table.layout.header_height + sum(height for one in table.layout.pages for height in one.heights)
        for table in page.tables
    ]
    return max([0.0, *lines, *tables])
