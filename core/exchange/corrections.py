"""改正: what a person read in a cell that the program could not, put in its place before the sheet is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.exchange.read_workbook import Page

Fixes = Mapping[tuple[int, str], str]
"""By row (from 1) and column letter, the text that is to be read there; an empty one: nothing stands there."""


def corrected(page: Page, fixes: Fixes) -> Page:
    """The page with those cells replaced. A cell of a merged block stands alone then, the rest of the block stays."""
    rows = {row: dict(cells) for row, cells in page.rows.items()}
    merges, errors, unknown = list(page.merges), dict(page.errors), dict(page.unknown)
    for (row, name), text in fixes.items():
        column = number_of(name)
        for block in [one for one in merges if _covers(one, row, column)]:
            merges.remove(block)
            _spread(rows, block)
        errors.pop((row, column), None)
        unknown.pop((row, column), None)
        cells = rows.setdefault(row, {})
        if text.strip():
            cells[column] = text.strip()
        else:
            cells.pop(column, None)
    return replace(page, rows=rows, merges=tuple(merges), errors=errors, unknown=unknown)


def number_of(name: str) -> int:
    """A → 1, AA → 27."""
    found = 0
    for sign in name:
        found = found * 26 + ord(sign) - 64
    return found


def _covers(block: tuple[int, int, int, int], row: int, column: int) -> bool:
    top, left, bottom, right = block
    return top <= row <= bottom and left <= column <= right


def _spread(rows: dict[int, dict[int, object]], block: tuple[int, int, int, int]) -> None:
    """Each row of a block gets its value, as the block was read for each."""
    top, left, bottom, _ = block
    value = rows.get(top, {}).get(left)
    if value is not None:
        for row in range(top + 1, bottom + 1):
            rows.setdefault(row, {}).setdefault(left, value)
