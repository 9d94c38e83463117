"""Rows of a table with spans written out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.recognise.blocks import Cell, Place, Table
from core.recognise.wording import squeeze

_DITTO = {"同上", "同前", "同左", "〃", "″", "“", "”", '"', "''", "〞"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with spans written out. ``own`` says where a cell begins in this row."""

    cells: tuple[Cell | None, ...]
    own: tuple[bool, ...]
    is_first: bool
    """The first row of a table that goes on with one before it."""

    def text(self, column: int) -> str:
        """The text over a column."""
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell is not None else ""

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return next((cell.place for cell in self.cells if cell is not None), Place())


def written_out(table: Table) -> list[Row]:
    """Every place of the grid with the cell that covers it; 同上 is the cell above."""
    width = max((len(row) for row in table.rows), default=0)
    grid: list[list[Cell | None]] = [[None] * width for _ in table.rows]
    own = [[False] * width for _ in table.rows]
    for top, row in enumerate(table.rows):
        for left, cell in enumerate(row):
            if cell is None:
                continue
            for line in range(top, min(top + cell.row_span, len(grid))):
                for column in range(left, min(left + cell.column_span, width)):
                    if grid[line][column] is None:
                        grid[line][column] = cell
                        own[line][column] = line == top
    return ditto([Row(tuple(cells), tuple(flags), is_first=False) for cells, flags in zip(grid, own, strict=True)])


def ditto(rows: Sequence[Row]) -> list[Row]:
    """同上 is the cell above."""
    out: list[Row] = list(rows[:1])
    for row in rows[1:]:
        same = {c for c, cell in enumerate(row.cells) if cell is not None and squeeze(cell.text) in _DITTO}
        above = out[-1].cells
        if not same or max(same) >= len(above):
            out.append(row)
            continue
        cells = tuple(above[c] if c in same else cell for c, cell in enumerate(row.cells))
        out.append(Row(cells, tuple(flag and c not in same for c, flag in enumerate(row.own)), row.is_first))
    return out


def heading_row(text: str, place: Place, width: int) -> Row:
    """A full-width row that says what a paragraph over the table says."""
    cell = Cell(text, place, column_span=width)
    return Row((cell,) * width, (True,) * width, is_first=False)


def texts_of(rows: Sequence[Row]) -> list[list[str]]:
    """The texts with spans written out."""
    return [[cell.text if cell is not None else "" for cell in row.cells] for row in rows]


def have_spans(rows: Iterable[Row]) -> bool:
    """Whether any cell spans rows."""
    return any(cell.row_span > 1 for row in rows for cell in row.cells if cell is not None)
