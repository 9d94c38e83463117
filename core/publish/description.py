"""What a published table is, before anybody knows how high a row is.

A ``TableDocument`` holds texts and structure only; ``layout`` computes lines, heights and pages from it, and the
writers draw what the layout says. All lengths are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Align(StrEnum):
    """Where a cell's lines stand between its left and right border."""

    LEFT = "left"
    CENTER = "center"


class PageNumbers(StrEnum):
    """How landscape pages are numbered.

    OFFICIAL keeps the number where it stands on portrait pages (GB/T 9704-2012 §8: on the turned sheet it lies at
    the left side); PLAIN is an upright number in the middle of the footer.
    """

    OFFICIAL = "official"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of one page as it is read, in mm."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A4 turned on its side, head of the table at the physical left of the portrait sheet.

    On the portrait sheet the margins are 37 (top), 35 (bottom), 28 (binding) and 26 mm (GB/T 9704-2012 §5.2.1). Turned,
    the portrait bottom is read as the left and the portrait top as the right; the binding edge is read as the top of
    odd pages and as the bottom of even ones (§8: 单页码表头在订口一边，双页码表头在切口一边).
    """

    width: float = 297.0
    height: float = 210.0
    odd: Margins = Margins(left=35.0, right=37.0, top=28.0, bottom=26.0)
    even: Margins = Margins(left=35.0, right=37.0, top=26.0, bottom=28.0)
    numbers: PageNumbers = PageNumbers.OFFICIAL

    def margins(self, number: int) -> Margins:
        """The margins of page ``number``, counted from 1."""
        return self.odd if number % 2 else self.even

    @property
    def text_width(self) -> float:
        """Width of the text area in mm, the same on all pages."""
        return self.width - self.odd.left - self.odd.right

    @property
    def text_height(self) -> float:
        """Height of the text area in mm, the same on all pages."""
        return self.height - self.odd.top - self.odd.bottom


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key in the plan, its printed title, its width in mm and how its texts stand."""

    key: str
    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the header row over the columns ``first`` … ``last`` (both counted in)."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """The texts of one row, one a column; ``full_width`` rows have one text over the whole width."""

    cells: tuple[str, ...]
    full_width: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows ``first`` … ``last`` (both counted in, at least two) of one column that share the text of ``first``."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A table document whole: mark, title, header, rows, merges and the page they stand on.

    ``annex`` is the mark at the top left of the first page (附件2), None where there is none. ``notes`` are lines
    between title and table (what a list is computed for). ``sheet`` is the name of the worksheet.
    """

    title: str
    columns: tuple[TableColumn, ...]
    header: tuple[HeaderCell, ...]
    rows: tuple[TableRow, ...]
    merges: tuple[Merge, ...] = ()
    annex: str | None = None
    page: PageSetup = field(default_factory=PageSetup)
    notes: tuple[str, ...] = ()
    sheet: str = "重点任务分解表"
