"""Lines and pages of a text: 22 lines a page, 28 characters a line, filled to the last one (GB/T 9704-2012 §5.2.3).

A heading stays with what follows it, a signature with the last line of the text; else lines go on over the page end,
because official pages are full. Rows of small tables are not torn unless they are higher than half a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from core.job import Job
from core.publish.breaking import Joint, break_lines, break_title
from core.publish.chart_layout import LaidChart, lay_out_chart
from core.publish.description import TableDocument
from core.publish.fonts import Face, FontChain, Fonts, machine_fonts
from core.publish.heads import laid_imprint, laid_red_head, with_imprint
from core.publish.layout import GRID, MM, Layout
from core.publish.lines import HANGING, wide_joint, wide_width
from core.publish.setting import lay_out
from core.publish.text_document import (
    STYLES,
    TOP,
    Blank,
    Block,
    Graph,
    Letterhead,
    Paragraph,
    Role,
    Signature,
    Style,
    TextDocument,
    TextPart,
    TextTable,
    end_of_text,
)
from core.publish.text_layout import (
    BODY_SIZE,
    CELL,
    CLOSER,
    HEAD_GAP,
    HEAD_TOP,
    HEIGHT,
    ISSUER_SIZE,
    NOTE_LINE,
    NUMBER_DROP,
    RULE_WIDTH,
    WIDTH,
    Head,
    LaidDocument,
    LaidGraph,
    LaidLine,
    LaidRedHead,
    LaidTable,
    LaidText,
    TextPage,
)
from core.publish.text_table import RowPiece, TableRows, first_stays, piece_layout, table_rows

SHORT = 120
"""Characters of a paragraph that may be kept with the next one as a whole."""
_ISSUER_LEAST = 22.0
_ISSUER_WIDTH = (RULE_WIDTH - 10) * MM
_MOST_STRETCH = 5.0
"""More than so many pt between two characters look worse than a line that ends early."""
_KEPT = 2048
"""Paragraphs whose lines are kept for the next preview; a report of 71 measures has 200."""
_SHORT_PAGE = 4 * GRID
"""A last page that takes up less of what the one before has no room for may be missing in another program."""
_LONG_TEXT = 10
"""Pages of a text whose last one is safe when it is fuller: what tables and heads may take less is no more than that."""
_MARGIN = 0.5
"""A page end is met within so many pt."""


def set_text(document: TextDocument, fonts: Fonts, job: Job | None = None) -> LaidDocument:
    """Compute lines and pages of all parts.

    Raises Cancelled when the job is cancelled.
    """
    job = job or Job()
    parts: list[LaidText | Layout] = []
    for place, part in enumerate(document.parts):
        job.step(place, len(document.parts), "正在排版")
        parts.append(lay_out(part, fonts, job) if isinstance(part, TableDocument) else _Setter(part, fonts).laid())
    imprint = laid_imprint(document.imprint, parts, fonts) if document.imprint else None
    return LaidDocument(document, tuple(parts), imprint)


@dataclass(slots=True)
class _Atom:
    """What is never parted by a page end. ``stays``: the next one must be on the same page."""

    height: float
    line: LaidLine | None = None
    row: RowPiece | None = None
    chart: LaidChart | None = None
    stays: bool = False
    head: float = 0.0
    """What the head of its table takes where a page begins with it."""
    extra: float = 0.0
    """What it may take more in a word processor that lacks the face."""
    block: int = 0
    """The place of the block that it is of."""


class _Setter:
    """Sets one part."""

    def __init__(self, part: TextPart, fonts: Fonts) -> None:
        self.part = part
        self.fonts = fonts
        self.tables: list[TableRows] = []
        self.charts: list[LaidChart] = []

    def laid(self) -> LaidText:
        head = self._head(self.part.letterhead) if self.part.letterhead else None
        red_head = laid_red_head(self.part.red_head, self.fonts) if self.part.red_head else None
        blocks = list(self._blocks())
        atoms: list[_Atom] = []
        end = end_of_text(tuple(blocks))
        for place, block in enumerate(blocks):
            found = self._atoms(block)
            if place > end and not isinstance(block, Signature | TextTable):
                for atom in found:
                    atom.stays = True
            follows = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Paragraph) and isinstance(follows, TextTable | Graph):
                # a short paragraph is moved as a whole by programs that keep it with the table
                for atom in found if len(block.text) <= SHORT else found[-1:]:
                    atom.stays = True
            elif found and place == end:
                found[-1].stays = True
            for atom in found:
                atom.block = place
            atoms.extend(found)
        whole = tuple(piece_layout(table, table.whole()) for table in self.tables)
        pages, forced = self._paged(atoms, head, red_head)
        made = LaidText(pages, whole, head, self.part.restarts, red_head, tuple(self.charts), forced)
        return with_imprint(made, self.part.imprint, self.fonts) if self.part.imprint else made

    def _paged(
        self, atoms: list[_Atom], head: Head | None, red_head: LaidRedHead | None
    ) -> tuple[tuple[TextPage, ...], int | None]:
        """Full pages; where a word processor that lacks the faces would need more of them, as it breaks them.

        Letters always so: their tables leave no page full anyway. A machine that has the face has it for its word
        processor too. The second value is the first block that begins on the last page, where a program that needs
        a little less room than was reckoned with would have no such page.
        """
        above = head or red_head
        begin = above.below if above else 0.0
        full = tuple(_pages([replace(atom, extra=0.0) for atom in atoms], begin, 0.0))
        if Face.BODY.value not in self.fonts.substituted:
            return full, None
        starts: list[int] = []
        roomy = tuple(_pages(atoms, begin, _HEAD_EXTRA if above else 0.0, starts))
        if head is None and len(full) == len(roomy):
            return full, None
        last = range(starts[-1], len(atoms))
        # where a block that stays together began the last page, the one before has room left for some of it
        over = sum(atom.height for atom in atoms[starts[-2:][0] :]) - HEIGHT
        is_short = over < _SHORT_PAGE
        if len(full) == len(roomy) or not (is_short or len(roomy) < _LONG_TEXT):
            return roomy, None
        return roomy, next((atoms[place].block for place in last if _begins_block(atoms, place)), None)

    def _blocks(self) -> Iterator[Block]:
        if self.part.letterhead and self.part.letterhead.number:
            yield Paragraph(Role.NUMBER, self.part.letterhead.number)
            yield Blank(2)
        yield from self.part.blocks

    def _head(self, letterhead: Letterhead) -> Head:
        chain = self.fonts.chain(Face.TITLE)
        wide = chain.width(letterhead.issuer, 1.0)
        size = max(min(ISSUER_SIZE, _ISSUER_WIDTH / wide), _ISSUER_LEAST) if wide else ISSUER_SIZE
        rule = (HEAD_TOP + HEAD_GAP) * MM + size
        slot = (GRID - BODY_SIZE) / 2
        return Head(letterhead, size, rule, rule + NUMBER_DROP - slot - TOP * MM)

    def _atoms(self, block: Block) -> list[_Atom]:
        if isinstance(block, Blank):
            return [_Atom(GRID) for _ in range(block.lines)]
        if isinstance(block, TextTable):
            table = table_rows(block, self.fonts)
            self.tables.append(table)
            return _table_atoms(table)
        if isinstance(block, Graph):
            chart = lay_out_chart(block.chart, self.fonts)
            self.charts.append(chart)
            return [_Atom(chart.height + _AFTER_TABLE, chart=chart)]
        if isinstance(block, Signature):
            return self._signature(block)
        return self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> list[_Atom]:
        style = STYLES[block.role]
        pitch = NOTE_LINE if style.size < BODY_SIZE else GRID
        chain = self.fonts.chain(style.face)
        lines = _lines(chain, block.text, style)
        atoms = [
            _Atom(pitch, LaidLine(text, style.face, style.size, x, 0.0, pitch, stretch), stays=style.level is not None)
            for text, x, stretch in lines
        ]
        if block.role is Role.TITLE:
            atoms.append(_Atom(GRID))
        elif atoms:
            more = max(_wide_lines(chain, block.text, style) - len(lines), 0)
            for place, atom in enumerate(atoms):  # spread over the paragraph, which may be pages long
                atom.extra = pitch * (more * (place + 1) // len(atoms) - more * place // len(atoms))
        return atoms

    def _signature(self, block: Signature) -> list[_Atom]:
        atoms = [_Atom(GRID, stays=True)]
        for text, x in signature_lines(block, self.fonts):
            line = LaidLine(text, Face.BODY, BODY_SIZE, x, 0.0, GRID, CLOSER)
            atoms.append(_Atom(GRID, line, stays=True))
        atoms[-1].stays = False
        return atoms


# What follows is kept: a changed option leaves most paragraphs as they were, and breaking them took a fifth of a preview.


@lru_cache(maxsize=_KEPT)
def _wide_lines(chain: FontChain, text: str, style: Style) -> int:
    """How many lines a paragraph takes in a word processor that lacks the face."""

    def wide(part: str) -> float:
        return wide_width(chain, part, style.size) + (CLOSER * len(part) if style.size == BODY_SIZE else 0.0)

    first, rest = (WIDTH - indent * CELL for indent in (style.first, style.left))
    return len(first_and_rest(text, first, rest, wide, wide_joint(style.size), HANGING))


@lru_cache(maxsize=_KEPT)
def _lines(chain: FontChain, text: str, style: Style) -> tuple[tuple[str, float, float], ...]:
    """The lines of a paragraph, where each begins, and what is added to each of its characters."""
    return tuple(_placed(chain, text, style))


def _placed(chain: FontChain, text: str, style: Style) -> Iterator[tuple[str, float, float]]:
    closer = CLOSER if style.size == BODY_SIZE else 0.0

    def wide(part: str) -> float:
        return chain.width(part, style.size) + closer * len(part)

    if style.align == "center":
        # broken as wide as a word processor may set it: it keeps these lines and would break one too long again
        for line in break_title(text, WIDTH, lambda part: wide_width(chain, part, style.size)):
            yield line, (WIDTH - wide(line)) / 2, closer
        return
    lines = first_and_rest(text, WIDTH - style.first * CELL, WIDTH - style.left * CELL, wide)
    for place, line in enumerate(lines):
        x = (style.left if place else style.first) * CELL
        shown = line.rstrip()
        if style.align == "right":
            yield shown, WIDTH - wide(shown), closer
            continue
        spare = WIDTH - x - wide(shown)
        is_last = place == len(lines) - 1
        stretch = spare / (len(shown) - 1) if len(shown) > 1 else 0.0
        is_even = style.align == "both" and not is_last and stretch <= _MOST_STRETCH
        yield shown, x, closer + (stretch if is_even else 0.0)


def signature_lines(block: Signature, fonts: Fonts | None = None) -> list[tuple[str, float]]:
    """The lines of a signature and where each begins, in pt from the left (§7.3.5.2).

    The date begins two characters right of the name; the longer of the two ends two characters before the right
    edge. A seal of another office stands in the middle under the name. Stamped (§7.3.5.1): the date ends four
    characters before the edge, the name stands in the middle over it, or ends two before the edge where it is long.
    """
    chain = (fonts or machine_fonts()).chain(Face.BODY)
    name, seal, day = (
        chain.width(text, BODY_SIZE) + CLOSER * len(text) for text in (block.name, block.seal, block.date)
    )
    if block.is_stamped:
        middle = min(WIDTH - 4 * CELL - day / 2, WIDTH - 2 * CELL - max(name, seal) / 2)
        found = [(block.name, name), *([(block.seal, seal)] if block.seal else []), (block.date, day)]
        return [(text, max(middle - wide / 2, 0.0)) for text, wide in found]
    left = WIDTH - 2 * CELL - name
    if day > name:
        left = WIDTH - 4 * CELL - day
    left = max(left, 0.0)
    lines = [(block.name, left)]
    if block.seal:
        lines.append((block.seal, max(left + (name - seal) / 2, 0.0)))
    return [*lines, (block.date, left + 2 * CELL)]


def first_and_rest(
    text: str, first: float, rest: float, wide: Callable[[str], float], joint: Joint | None = None, hanging: str = ""
) -> list[str]:
    """Lines of a text whose first line is ``first`` pt wide and the others ``rest``."""
    line = break_lines(text, first, wide, joint, hanging)[0] if text else ""
    after = text[len(line) :].removeprefix("\n")
    return [line, *break_lines(after, rest, wide, joint, hanging)] if after else [line]


def _table_atoms(table: TableRows) -> list[_Atom]:
    head = sum(table.heights[: table.heads])
    atoms = [
        _Atom(table.heights[row], row=RowPiece(table, row, 0, None), stays=True, extra=_BORDER)
        for row in range(table.heads)
    ]
    for row in range(table.heads, len(table.heights)):
        pieces = table.pieces(row, HEIGHT / 2)
        atoms.extend(
            _Atom(height, row=piece, head=head, extra=_BORDER + table.wide[row] / len(pieces))
            for piece, height in pieces
        )
    if table.heads and first_stays(table.heights[table.heads :], HEIGHT / 2):
        atoms[table.heads].stays = True
    return [*atoms, _Atom(_AFTER_TABLE)]


_HEAD_EXTRA = 8.0
"""What the head of a letter may take more in a word processor, in pt."""
_BORDER = 0.5
"""What word processors add to each row of a table, in pt."""
_AFTER_TABLE = 6.0
"""Blank under a small table in pt."""


def _begins_block(atoms: Sequence[_Atom], place: int) -> bool:
    """Whether a paragraph begins there, not a later line of one, a blank or a table."""
    return atoms[place].line is not None and (place == 0 or atoms[place - 1].block != atoms[place].block)


def _pages(atoms: Sequence[_Atom], begin: float, extra: float, starts: list[int] | None = None) -> Iterator[TextPage]:
    """Fill pages; ``begin``: where the text of the first one begins, ``extra``: what its head may take more.

    ``starts`` takes the place of the first atom of each page.
    """
    page: list[tuple[float, _Atom]] = []
    y = begin
    for place, atom in enumerate(atoms):
        end = y + extra - _MARGIN
        is_over = end + _least(atom) > HEIGHT
        if page and (is_over or (_is_first(atoms, place) and end + _together(atoms, place) > HEIGHT)):
            yield _page(page)
            # lines that another program breaks off the last paragraph stand at the head of its next page
            over = ceil((end - HEIGHT) / GRID) if page[-1][1].line else 0
            page, y, extra = [], 0.0, max(over, 0) * GRID
        if not page and y == 0.0 and (atom.line, atom.row, atom.chart) == (None, None, None):
            continue  # no blank line at the head of a page
        if atom.row is not None and not page:
            y += atom.head
        if not page and starts is not None:
            starts.append(place)
        page.append((y, atom))
        y += atom.height
        extra += atom.extra
    if page:
        yield _page(page)


def _together(atoms: Sequence[_Atom], place: int) -> float:
    height = 0.0
    while atoms[place].stays and place + 1 < len(atoms):
        height += atoms[place].height + atoms[place].extra
        place += 1
    return height + _least(atoms[place])


def _least(atom: _Atom) -> float:
    """What an atom needs on its page: what a line of text takes more may go over the page end."""
    return atom.height + (0.0 if atom.line else atom.extra)


def _is_first(atoms: Sequence[_Atom], place: int) -> bool:
    """Whether nothing before holds it back: the first of those that stay together."""
    return place == 0 or not atoms[place - 1].stays


def _page(found: Sequence[tuple[float, _Atom]]) -> TextPage:
    lines = tuple(replace(atom.line, y=y) for y, atom in found if atom.line is not None)
    tables: list[LaidTable] = []
    run: list[tuple[float, RowPiece]] = []
    for y, atom in [*found, (0.0, _Atom(0.0))]:
        if atom.row is not None and (not run or run[0][1].table is atom.row.table):
            run.append((y, atom.row))
            continue
        if run:
            tables.append(_piece(run))
            run = []
        if atom.row is not None:
            run.append((y, atom.row))
    graphs = tuple(LaidGraph(y, atom.chart) for y, atom in found if atom.chart is not None)
    return TextPage(lines, tuple(tables), graphs)


def _piece(run: Sequence[tuple[float, RowPiece]]) -> LaidTable:
    """The rows of one table on one page, under its head."""
    table, (y, first) = run[0][1].table, run[0]
    layout = piece_layout(table, [piece for _, piece in run])
    return LaidTable(y if first.row < table.heads else y - sum(table.heights[: table.heads]), layout)
