"""Widths of the columns of a table that nobody has fixed: as its texts need them, so that the rows get low.

Every column gets its least width first. What is left is given away character by character, always to the column
that then lowers the rows most; a row is reckoned as high as its longest cells, the longer the more they count.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from core.publish.description import Merge

BLANK = 3.4
"""Blank beside the text of a cell in mm, both sides together."""
_MM = 25.4 / 72
_POWER = 6
"""How much the longest cell of a row counts above the others."""
_MOST_ROWS = 400
"""So many rows, evenly chosen, stand for a longer table."""
_BREAK = 3.0
"""What a line break inside a text is worth, in characters."""
_HEAD = 4
"""So many characters the head of a column may need, though its texts need less."""


def balanced(
    rows: Sequence[Sequence[str]], least: Sequence[int], whole: float, *, size: float, merges: Sequence[Merge] = ()
) -> tuple[float, ...]:
    """Widths in mm that fill ``whole`` mm; ``least`` are characters of ``size`` pt, one number a column.

    A column whose texts are all shorter gets less. Where the least widths are more than there is, all shrink evenly.
    """
    character = size * _MM
    lengths = _lengths(rows, merges, len(least))
    wide = [float(min(count, max(need, _HEAD))) for count, need in zip(least, _needs(rows, len(least)), strict=True)]
    room = int((whole - BLANK * len(wide)) / character - sum(wide))
    costs = [[_cost(length, width) for length, width in zip(row, wide, strict=True)] for row in lengths]
    for _ in range(max(room, 0)):
        sums = [sum(row) for row in costs]
        made = [[_cost(row[column], wide[column] + 1) for row in lengths] for column in range(len(wide))]
        gains = [
            sum(
                whole_row ** (1 / _POWER) - (whole_row - row[column] + after) ** (1 / _POWER)
                for whole_row, row, after in zip(sums, costs, made[column], strict=True)
            )
            for column in range(len(wide))
        ]
        best = max(range(len(wide)), key=gains.__getitem__)
        if gains[best] <= 0:
            break
        wide[best] += 1
        for row, after in zip(costs, made[best], strict=True):
            row[best] = after
    return _filled([count * character + BLANK for count in wide], whole)


def _cost(length: float, width: float) -> float:
    return max(length / width, 1.0) ** _POWER if length else 0.0


def _filled(widths: list[float], whole: float) -> tuple[float, ...]:
    share = whole / sum(widths)
    return tuple(width * share for width in widths)


def lines(rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float) -> list[int]:
    """About how many lines each row takes in columns of ``widths`` mm."""
    fits = [max((width - BLANK) / (size * _MM), 1.0) for width in widths]
    return [max(ceil(_length(text) / fit) for text, fit in zip(row, fits, strict=True)) for row in rows]


def _needs(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """The longest paragraph of each column, in characters."""
    needs = [0.0] * columns
    for row in rows:
        if len(row) == columns:
            needs = [max(need, *map(_length, text.split("\n"))) for need, text in zip(needs, row, strict=True)]
    return [ceil(need) for need in needs]


def _lengths(rows: Sequence[Sequence[str]], merges: Sequence[Merge], columns: int) -> list[list[float]]:
    """Characters of each cell; a merged one shares its text out over its rows."""
    shares = {
        (merge.column, row): merge.last - merge.first + 1
        for merge in merges
        for row in range(merge.first, merge.last + 1)
    }
    step = max(len(rows) // _MOST_ROWS, 1)
    return [
        [_length(row[column]) / shares.get((column, place), 1) for column in range(columns)]
        for place, row in enumerate(rows)
        if place % step == 0 and len(row) == columns
    ]


def _length(text: str) -> float:
    """In full-width characters."""
    return sum(1.0 if ord(letter) > 0x2E7F or letter in "—…“”‘’" else 0.5 for letter in text) + _BREAK * text.count(
        "\n"
    )
