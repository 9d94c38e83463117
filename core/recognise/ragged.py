"""Rows whose merged cells are missing altogether, as pages paste them: every cell put back under its column.

Where a row ends early, some of its columns were covered by a cell above. Which ones, what the cells hold tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from core.recognise import numbers
from core.recognise.blocks import Cell
from core.recognise.columns import DIVISION, Layout
from core.recognise.deadline import is_deadline
from core.recognise.division_words import VERB
from core.recognise.sheet_rows import Row
from core.recognise.wording import ends_in_name, is_sentence, phrase

_COVERED = ("section", "task", *DIVISION, "deadline", "no", "person")
_MOST = 6


def put_under_columns(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """The rows, short ones filled with the cells above that covered them."""
    width = max((_length(row) for row in rows), default=0)
    if all(_length(row) == width for row in rows) or width != _width(layout):
        return list(rows)
    styles = _styles([row for row in rows if _length(row) == width], layout)
    out: list[Row] = []
    for row in rows:
        short = width - _length(row)
        out.append(_filled(row, out[-1], layout, styles, short) if short and out else row)
    return out


def whole_rows(rows: list[Row]) -> list[Row]:
    """The rows of full length, by which the columns can be told."""
    width = max((_length(row) for row in rows), default=0)
    return [row for row in rows if _length(row) == width] or rows


def _width(layout: Layout) -> int:
    """The columns up to the last that can hold anything for certain."""
    return max((c for c, key in enumerate(layout.keys) if key != "other"), default=-1) + 1


def _length(row: Row) -> int:
    return max((c for c, cell in enumerate(row.cells) if cell is not None and cell.text.strip()), default=-1) + 1


def _styles(rows: Sequence[Row], layout: Layout) -> dict[int, set[str]]:
    """The styles of the numbers in each column of whole rows."""
    return {
        column: {number.style for row in rows if (number := numbers.leading(row.text(column)))}
        for column in range(len(layout.keys))
    }


def _filled(row: Row, above: Row, layout: Layout, styles: dict[int, set[str]], short: int) -> Row:
    count = _length(row)
    texts = [row.text(column) for column in range(count)]
    columns = range(count + short)
    free = [column for column in columns if layout.keys[column] in _COVERED]
    # a full-width heading row is one cell: it stays
    if short > _MOST or (count == 1 and not _may_be_text(texts[0], layout, styles)):
        return row
    best = tuple(range(count, count + short))
    most = _score(texts, [c for c in columns if c not in best], layout, styles)
    for covered in combinations(free, short):
        places = [column for column in columns if column not in covered]
        score = _score(texts, places, layout, styles)
        if score > most:
            best, most = covered, score
    if best == tuple(range(count, count + short)) and most <= 0:
        return row
    return _laid(row, above, [column for column in columns if column not in best])


def _laid(row: Row, above: Row, places: list[int]) -> Row:
    cells: list[Cell | None] = list(above.cells)
    own = [False] * len(cells)
    for source, column in enumerate(places):
        cell = row.cells[source]
        cells[column] = None if cell is None else replace(cell, column_span=1)
        own[column] = True
    return Row(tuple(cells), tuple(own), row.is_first)


def _may_be_text(text: str, layout: Layout, styles: dict[int, set[str]]) -> bool:
    number = numbers.leading(text)
    text_styles = set().union(*(styles[column] for column in layout.at("text")))
    return is_sentence(text) or (number is not None and number.style in text_styles)


def _score(texts: Sequence[str], places: Sequence[int], layout: Layout, styles: dict[int, set[str]]) -> int:
    return sum(_fit(text, layout.keys[column], styles[column]) for text, column in zip(texts, places, strict=True))


def _fit(text: str, key: str, styles: set[str]) -> int:
    """How well a text stands in a column of that key."""
    if not text.strip():
        return -1 if key in ("text", "section", "task", "no") else 0
    if key == "no":
        return 4 if numbers.bare(text) else -6
    number = numbers.leading(text)
    known = 2 if number is not None and number.style in styles else -2 if number is not None and styles else 0
    is_name = ends_in_name(phrase(text)) or (bool(VERB.search(text)) and len(text) < 60)
    is_date = is_deadline(text)
    if key == "text":
        return known + (3 if is_sentence(text) else -2 if is_date or is_name else 0)
    if key in ("section", "task"):
        return known + (-3 if is_sentence(text) or is_date else -1 if is_name and number is None else 1)
    if key == "deadline":
        return 3 if is_date else -3
    if key in DIVISION:
        return 2 if is_name and not is_date else -3
    return 0
