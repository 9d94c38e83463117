"""Cells with spans put into the rectangular grid of a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.recognise.blocks import Cell, Place, Table

CELLS = 2_000_000
"""Most places of one table that are kept; a plan has a few thousand."""


@dataclass(slots=True)
class Slot:
    """A cell before it has its place: where it begins (from 0), its spans, its text."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


def table_of(slots: Iterable[Slot], place: Place, *, row_numbers: Sequence[int] = (), first_column: int = 1) -> Table:
    """The grid of the cells; a place that no cell covers gets an empty one.

    Columns in which no cell begins (left over where a table was drawn by hand) are dropped, except in sheets, which
    have ``row_numbers`` (one a row, as the sheet counts them) and the number of their first column. Where spans
    overlap, the earlier cell keeps the place.
    """
    cells = _bounded(sorted(slots, key=lambda slot: (slot.row, slot.column)))
    if not row_numbers:
        _close_columns(cells)

    def where(row: int, column: int) -> Place:
        number = row_numbers[row] if row_numbers else row + 1
        return Place(place.page, place.sheet, place.table, number, column + first_column)

    height = max((slot.row + slot.row_span for slot in cells), default=0)
    width = max((slot.column + slot.column_span for slot in cells), default=0)
    taken: list[list[bool]] = [[False] * width for _ in range(height)]
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for slot in cells:
        if taken[slot.row][slot.column]:
            continue
        _trim(slot, taken)
        for row in range(slot.row, slot.row + slot.row_span):
            for column in range(slot.column, slot.column + slot.column_span):
                taken[row][column] = True
        at = where(slot.row, slot.column)
        rows[slot.row][slot.column] = Cell(slot.text, at, slot.row_span, slot.column_span)
    for row, flags in enumerate(taken):
        for column, is_taken in enumerate(flags):
            if not is_taken:
                rows[row][column] = Cell("", where(row, column))
    return Table(tuple(tuple(row) for row in rows), place)


def _bounded(cells: list[Slot]) -> list[Slot]:
    """Spans no longer than the table, so that a wrong figure cannot blow up the grid."""
    last_row = max((slot.row for slot in cells), default=0)
    last_column = max((slot.column for slot in cells), default=0)
    widest = max(last_column + 1, max((slot.column + min(slot.column_span, 256) for slot in cells), default=0))
    kept = [slot for slot in cells if (slot.row + 1) * widest <= CELLS]
    for slot in kept:
        slot.row_span = max(1, min(slot.row_span, last_row + 1 - slot.row))
        slot.column_span = max(1, min(slot.column_span, widest - slot.column))
    return kept


def _close_columns(cells: Sequence[Slot]) -> None:
    """Drop columns in which no cell begins."""
    begun = sorted({slot.column for slot in cells})
    index = {column: at for at, column in enumerate(begun)}
    for slot in cells:
        end = slot.column + slot.column_span
        slot.column_span = bisect_left(begun, end) - index[slot.column]
        slot.column = index[slot.column]


def _trim(slot: Slot, taken: list[list[bool]]) -> None:
    """Cut the spans where another cell already stands."""
    row = taken[slot.row]
    for column in range(slot.column + 1, slot.column + slot.column_span):
        if row[column]:
            slot.column_span = column - slot.column
            break
    for below in range(slot.row + 1, slot.row + slot.row_span):
        if any(taken[below][slot.column : slot.column + slot.column_span]):
            slot.row_span = below - slot.row
            break
