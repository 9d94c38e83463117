"""A text laid out: where each line and each piece of a table stands. Lengths are points, y from the text area's top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.publish.fonts import Face
from core.publish.layout import GRID, MM, Layout
from core.publish.text_document import CHARACTERS, LINES, TEXT_WIDTH, Letterhead, RedHead, TextDocument

if TYPE_CHECKING:
    from core.publish.chart_layout import LaidChart

WIDTH, HEIGHT = TEXT_WIDTH * MM, LINES * GRID
BODY_SIZE = 16.0
CELL = WIDTH / CHARACTERS
"""What one character takes: 15.79 pt, that is 3号 set 0.21 pt closer (GB/T 9704-2012 §5.2.3)."""
CLOSER = CELL - BODY_SIZE
"""What is added to each character of 3号, negative."""
NOTE_LINE = 18.0
"""Pitch of lines in 小四."""
HEAD_TOP, HEAD_GAP, RULE_WIDTH, FOOT_RULE = 30.0, 4.0, 170.0, 20.0
"""信函格式 in mm (§10.1): issuer below the sheet's edge, first rule below it, length of the rules, the second one
above the sheet's lower edge."""
NUMBER_DROP = BODY_SIZE * 7 / 8
"""From the first rule to the 发文字号: seven eighths of a 3号 character (§10.1)."""
ISSUER_SIZE = 36.0
"""The issuer of a letter, smaller where its name is long."""


MARK_TOP, RED_LINE_GAP = 35.0, 4.0
"""发文机关标志 below the text area's upper edge, the red line below the 发文字号, in mm (§7.2.4, §7.2.7)."""
MARK_SIZE, MARK_NARROWEST = 58.0, 0.66
"""发文机关标志 at most in pt; how narrow its characters are made before it is set smaller."""
SIGNER = "签发人："
IMPRINT_SIZE, IMPRINT_PITCH = 14.0, 24.0
"""版记: 4号 (§7.4) and the height of a line in pt."""
IMPRINT_RULE, IMPRINT_INNER = 0.35 * MM, 0.25 * MM
"""Its first and last rule, and those between (§7.4.1)."""


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A line of text: its left end, the top of its slot and the slot's height; ``stretch`` to each character."""

    text: str
    face: Face
    size: float
    x: float
    y: float
    pitch: float
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class LaidTable:
    """Rows of a table on one page, their head first; ``layout`` holds just these."""

    y: float
    layout: Layout


@dataclass(frozen=True, slots=True)
class LaidGraph:
    """A chart on a page."""

    y: float
    chart: LaidChart


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of a text."""

    lines: tuple[LaidLine, ...]
    tables: tuple[LaidTable, ...] = ()
    graphs: tuple[LaidGraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a letter on its first page: size of the issuer, what it takes of the text area."""

    letterhead: Letterhead
    size: float
    rule: float
    """The first rule in pt from the sheet's upper edge."""
    below: float
    """Where the text begins, from the text area's top."""


@dataclass(frozen=True, slots=True)
class LaidRedHead:
    """The head of an issued document: size and width (1: as it is cut) of its mark; the rest from the text area's top."""

    head: RedHead
    size: float
    scale: float
    number: float
    """The top of the slot of the 发文字号."""
    rule: float
    below: float
    """Where the title begins."""


@dataclass(frozen=True, slots=True)
class LaidImprint:
    """版记 laid out: its lines from its own top, and where its rules between them are.

    ``own_page``: it has a page of its own, behind a blank one where ``after_blank`` (both then without a number).
    ``is_ruled``: it has rules.
    """

    lines: tuple[LaidLine, ...]
    inner: tuple[float, ...]
    height: float
    own_page: bool = False
    after_blank: bool = False
    is_ruled: bool = True

    @property
    def pages(self) -> int:
        """How many pages it adds."""
        return self.own_page + self.after_blank


@dataclass(frozen=True, slots=True)
class LaidText:
    """A text part laid out. ``tables``: each table whole, in the order of the blocks, for formats that flow."""

    pages: tuple[TextPage, ...]
    tables: tuple[Layout, ...]
    head: Head | None = None
    restarts: bool = False
    red_head: LaidRedHead | None = None
    charts: tuple[LaidChart, ...] = ()
    forced: int | None = None
    """The place of the block that must begin the last page, also where there is room for it on the one before."""
    imprint: LaidImprint | None = None
    """版记 of a letter, on its last page."""


@dataclass(frozen=True, slots=True)
class LaidDocument:
    """A document laid out, a layout for each part."""

    document: TextDocument
    parts: tuple[LaidText | Layout, ...]
    imprint: LaidImprint | None = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        written = sum(len(part.pages) for part in self.parts) + (self.imprint.pages if self.imprint else 0)
        return written + len(self.after_blank)

    @property
    def after_blank(self) -> frozenset[int]:
        """The places of the parts with a blank page before them: each letter on sheets of its own."""
        found, pages = set(), 0
        for place, part in enumerate(self.parts):
            if self.document.on_sheets and isinstance(part, LaidText) and part.restarts and pages % 2:
                found.add(place)
                pages += 1
            pages += len(part.pages)
        return frozenset(found)
