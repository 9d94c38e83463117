"""A table laid out: its lines, row heights and pages, the same for all three formats. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass

from core.publish.description import Align, TableDocument

MM = 72 / 25.4
"""One millimetre in pt."""
GRID = 225 / 22 * MM
"""Line pitch of the text area, 28.99 pt (GB/T 9704-2012 §5.2.3: 22 lines on 225 mm)."""
ANNEX_SIZE, TITLE_SIZE, HEAD_SIZE, PAGE_NUMBER_SIZE = 16.0, 22.0, 12.0, 14.0
"""3号, 2号, 小四 and 4号 in pt (GB/T 9704-2012 §7.3.7, §7.3.1, §7.5)."""
NOTE_SIZE, NOTE_PITCH = 12.0, 18.0
"""小四 in pt, and the pitch of its lines: what stands between title and table."""
ROW_MIN = 8 * MM
PAD_X, PAD_Y = 1.7 * MM, 1.6
"""Blank between a border and the text, left and right, above and below."""
CONTINUED = "（续）"


@dataclass(frozen=True, slots=True)
class Type:
    """Size of the body and its fixed line pitch in pt: 小四, or 五号 for tables of many columns."""

    size: float = 12.0
    pitch: float = 18.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is drawn: rows and columns of its page (all counted in), its lines and where they stand.

    ``text`` is what an editable format writes; ``lines`` is how it is broken here. ``is_torn`` marks a part of a
    cell that goes on from or onto another page: it stands at the top, not in the middle.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    text: str
    lines: tuple[str, ...]
    align: Align
    is_torn: bool = False


@dataclass(frozen=True, slots=True)
class LaidPage:
    """One page: heights of its rows in pt (without the header row) and its cells, row by row."""

    heights: tuple[float, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table laid out.

    ``edges`` are the column borders in pt from the left of the text area. ``head_height`` is what annex mark,
    title and notes take on the first page; ``notes`` are lines, the last one just above the table.
    """

    document: TableDocument
    type: Type
    edges: tuple[float, ...]
    title: tuple[str, ...]
    head_height: float
    header: tuple[Cell, ...]
    header_height: float
    pages: tuple[LaidPage, ...]
    notes: tuple[str, ...] = ()

    @property
    def notes_height(self) -> float:
        """What the notes take of the head, in pt."""
        return NOTE_PITCH * len(self.notes) + (PAD_Y if self.notes else 0.0)

    @property
    def title_line(self) -> int:
        """The line of the text area's grid where the title begins, from 0: line 3 under an annex mark (§7.3.7)."""
        return 2 if self.document.annex else 0
