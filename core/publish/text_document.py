"""What a text document is (公文): paragraphs by role and small tables, before anybody knows where a line ends.

A ``TextDocument`` is a row of parts, each on a new page: texts on portrait pages, tables on turned ones (annexes).
Fonts, sizes and indents are by role and stand once, in ``STYLES``; the sheet is that of GB/T 9704-2012 §5.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from core.publish.chart import Chart
from core.publish.description import Align, TableDocument
from core.publish.fonts import Face

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""A4 and its margins in mm: 版心 156 × 225 mm (GB/T 9704-2012 §5.2.1)."""
TEXT_WIDTH, TEXT_HEIGHT = PAGE_WIDTH - LEFT - RIGHT, PAGE_HEIGHT - TOP - BOTTOM
LINES, CHARACTERS = 22, 28
"""Lines on a page and characters on a line (§5.2.3)."""


class Role(Enum):
    """What a paragraph is."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    """主送机关."""
    HEADING_1 = "heading1"
    """一、"""
    HEADING_2 = "heading2"
    """（一）"""
    HEADING_3 = "heading3"
    """1."""
    BODY = "body"
    NOTE = "note"
    """A line in smaller type, under a table: how its figures are counted."""
    ANNEX_FIRST = "annex_first"
    """附件：1.…"""
    ANNEX_NEXT = "annex_next"
    """2.…, under the first one's number."""
    ANNEX_MARK = "annex_mark"
    """附件4 at the head of an annex that is a text."""
    CAPTION = "caption"
    """图1 and what it shows, over a chart."""
    NUMBER = "number"
    """发文字号 of a letter, at the right."""
    NUMBER_UNDER = "number_under"
    """发文字号 under the title, where there is no head."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a role is set: face, size in pt, indents of the first line and of the others in characters of 3号."""

    face: Face
    size: float = 16.0
    first: float = 2.0
    left: float = 0.0
    align: str = "both"
    level: int | None = None
    """The level of a heading in the navigation, from 1; a heading is never the last line of a page."""


STYLES: dict[Role, Style] = {
    Role.TITLE: Style(Face.TITLE, 22.0, 0.0, align="center", level=1),
    Role.ADDRESSEE: Style(Face.BODY, first=0.0),
    Role.HEADING_1: Style(Face.HEAD, level=2),
    Role.HEADING_2: Style(Face.KAI, level=3),
    Role.HEADING_3: Style(Face.BODY, level=4),
    Role.BODY: Style(Face.BODY),
    Role.NOTE: Style(Face.BODY, 12.0, 0.0),
    Role.ANNEX_FIRST: Style(Face.BODY, first=2.0, left=6.0, align="left"),
    Role.ANNEX_NEXT: Style(Face.BODY, first=5.0, left=6.0, align="left"),
    Role.ANNEX_MARK: Style(Face.HEAD, first=0.0, align="left"),
    Role.CAPTION: Style(Face.HEAD, 12.0, 0.0, align="center"),
    Role.NUMBER: Style(Face.BODY, first=0.0, align="right"),
    Role.NUMBER_UNDER: Style(Face.KAI, first=0.0, align="center"),
}
"""GB/T 9704-2012 §7.3: title 2号小标宋, levels 黑体 → 楷体 → 仿宋, body 3号仿宋 indented by two characters."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a role; line feeds are kept in a title only."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty lines; at the head of a page they are left out."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """发文机关署名 and 成文日期, never alone on a page (§7.3.5). ``seal``: a line under the name (（某局代章）).

    ``is_stamped``: they stand where a seal is put on them, the name in the middle over the date.
    """

    name: str
    date: str
    seal: str = ""
    is_stamped: bool = False


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a small table that covers ``span`` columns."""

    text: str
    span: int = 1
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table between paragraphs, as wide as the text: ``widths`` in mm (one 0: takes the rest).

    ``heads``: the first so many rows are its head, repeated on each page. ``least``: heights of the rows in mm.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[TextCell, ...], ...]
    heads: int = 1
    least: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """A chart as wide as the text, never torn by a page end."""

    chart: Chart


Block = Paragraph | Blank | Signature | TextTable | Graph


@dataclass(frozen=True, slots=True)
class Letterhead:
    """信函格式 (§10.1): the issuer above red double lines on the first page; ``number`` is its 发文字号."""

    issuer: str
    number: str


@dataclass(frozen=True, slots=True)
class RedHead:
    """The head of an issued document (§7.2.4–7.2.7): red 发文机关标志, 发文字号 and a red line over the title.

    ``is_drawn`` False: the sheet has mark and line already, only their place is left. ``signer``: 签发人 of a document
    that goes upward, the 发文字号 then stands at the left (§7.2.5, §7.2.6); None for any other.
    """

    mark: str
    number: str
    is_drawn: bool = True
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (§7.4) at the foot of the last page, which is an even one: 抄送 (may be empty), 印发机关 and 印发日期.

    That of a letter is 抄送 alone, without rules (§10.1): the others are empty then.
    """

    copies: str
    printer: str = ""
    printed: str = ""

    @property
    def is_ruled(self) -> bool:
        """Whether it has its rules."""
        return bool(self.printer)


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text that begins a new page. ``restarts``: its pages are numbered from 1 (each of many letters).

    ``imprint``: 版记 of a letter at the foot of its last page; behind an annex it is a part without blocks.
    """

    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    restarts: bool = False
    red_head: RedHead | None = None
    imprint: Imprint | None = None


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document whole. ``title`` is its property; ``parts`` follow each other, page numbers run on.

    ``on_sheets``: for printing on both sides, each part that restarts begins a new sheet of paper.
    """

    title: str
    parts: tuple[TextPart | TableDocument, ...]
    imprint: Imprint | None = None
    on_sheets: bool = False


def end_of_text(blocks: tuple[Block, ...]) -> int:
    """The place of the last block before 附件说明 and signature: its last line stays on one page with them.

    A page with a signature and no text is not allowed (§7.3.5). The number of blocks where nothing is signed.
    """
    if not any(isinstance(block, Signature) for block in blocks):
        return len(blocks)
    place = next(place for place, block in enumerate(blocks) if isinstance(block, Signature))
    while place and _is_tail(blocks[place]):
        place -= 1
    return place


def _is_tail(block: Block) -> bool:
    return not isinstance(block, Paragraph) or block.role in (Role.ANNEX_FIRST, Role.ANNEX_NEXT)
