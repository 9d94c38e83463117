"""Rows whose merged cells are missing altogether, as pages paste them: every cell put back under its column.

Where a row ends early, some of its columns were covered by a cell above. Which ones, what the cells hold tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from core.recognise import numbers
from core.recognise.blocks import Block, Cell, Place, Table
from core.recognise.columns import DIVISION, Layout
from core.recognise.deadline import is_deadline
from core.recognise.division_words import VERB
from core.recognise.sheet_rows import Row
from core.recognise.wording import ends_in_name, is_sentence, phrase, squeeze

_COVERED = ("section", "task", *DIVISION, "deadline", "no", "person")
_MOST = 6
_COUNTED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")


def put_under_columns(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """The rows, short ones filled with the cells above that covered them."""
    titles = {squeeze(title) for title in layout.titles if title}
    rows = [_unspread(row) for row in rows]
    lengths = [0 if _is_header(row, titles) or _is_wide(row) else _length(row) for row in rows]
    width = max(lengths, default=0)
    if width <= max(layout.at("text")) or all(length in (0, width) for length in lengths):
        return list(rows)
    styles = _styles([row for row, length in zip(rows, lengths, strict=True) if length == width], layout)
    out: list[Row] = []
    above: Row | None = None
    for row, length in zip(rows, lengths, strict=True):
        if above is not None and 0 < length < width and not _is_heading(row, length):
            out.append(_filled(row, above, layout, styles, width - length))
        else:
            out.append(row)
        above = out[-1] if length else above
    # where leading cells are missing, so are those behind a row that only ends early
    return _ends_filled(out, layout, width) if any(a is not b for a, b in zip(out, rows, strict=True)) else out


def _ends_filled(rows: list[Row], layout: Layout, width: int) -> list[Row]:
    out: list[Row] = []
    titles = {squeeze(title) for title in layout.titles if title}
    for row in rows:
        length = 0 if _is_header(row, titles) or _is_wide(row) else _length(row)
        rest = range(length, width)
        text = max(layout.at("text"))
        covered = text < length < width and all(layout.keys[column] in _COVERED for column in rest)
        if covered and out and all(row.own[column] for column in rest) and not _is_header(out[-1], titles):
            out.append(_laid(row, out[-1], list(range(length)), width))
        else:
            out.append(row)
    return out


def _unspread(row: Row) -> Row:
    """A text that stands alone on its line is one cell, not a heading over all columns."""
    cell = row.cells[0]
    if not _is_wide(row) or cell is None or not _is_long(cell.text):
        return row
    blank = Cell("", cell.place)
    rest = (blank,) * (len(row.cells) - 1)
    return Row((replace(cell, column_span=1), *rest), (True,) * len(row.cells), row.is_first)


def _is_wide(row: Row) -> bool:
    """One cell over all columns."""
    return len(row.cells) > 1 and row.cells[0] is not None and all(cell is row.cells[0] for cell in row.cells)


def _is_header(row: Row, titles: set[str]) -> bool:
    texts = {squeeze(cell.text) for cell in row.cells if cell is not None and cell.text.strip()}
    return bool(texts) and texts <= titles


def _is_heading(row: Row, length: int) -> bool:
    """A full-width row that is one cell, or a counted one: 一 | 全面提升…."""
    if length == 1:
        return not _is_long(row.text(0))
    return length == 2 and bool(_COUNTED.fullmatch(squeeze(row.text(0)))) and not is_sentence(row.text(1))


def rejoined(blocks: Sequence[Block]) -> tuple[list[Block], dict[int, list[Block]]]:
    """Tables of a text with the lines between them that are rows of one cell: （2）… right after （1）….

    Gives the blocks, and for each table that was put together the blocks it was made of.
    """
    out: list[Block] = []
    made: dict[int, list[Block]] = {}
    for block in blocks:
        before = out[-1] if out else None
        if not isinstance(before, Table):
            out.append(block)
            continue
        table = _longer(before, block, goes_on=id(before) in made)
        if table is None:
            out.append(block)
            continue
        out[-1] = table
        made[id(table)] = [*made.pop(id(before), [before]), block]
    return out, made


def _longer(table: Table, block: Block, *, goes_on: bool) -> Table | None:
    """The table with a line or with the table after such a line; None where they do not belong together."""
    width = max((len(row) for row in table.rows), default=0)
    if isinstance(block, Table):
        narrow = max((len(row) for row in block.rows), default=0) <= width
        last = [cell for cell in table.rows[-1] if cell is not None and cell.text.strip()] if table.rows else []
        if not goes_on or not narrow or len(last) != 1:
            return None
        return Table((*table.rows, *(_padded(row, width) for row in block.rows)), table.place)
    number = numbers.leading(block.text) or numbers.bare_leading(block.text)
    if number is None or block.number or not table.rows or (number.style, number.value - 1) not in _last_numbers(table):
        return None
    return Table((*table.rows, _padded((Cell(block.text, block.place),), width)), table.place)


def _padded(row: tuple[Cell | None, ...], width: int) -> tuple[Cell | None, ...]:
    place = next((cell.place for cell in row if cell is not None), Place())
    return (*row, *(Cell("", place) for _ in range(width - len(row))))


def _last_numbers(table: Table) -> set[tuple[str, int]]:
    texts = [cell.text for cell in table.rows[-1] if cell is not None]
    found = [numbers.leading(text) or numbers.bare_leading(text) for text in texts]
    return {(number.style, number.value) for number in found if number is not None}


def whole_rows(rows: list[Row]) -> list[Row]:
    """The rows of full length, by which the columns can be told."""
    width = max((_length(row) for row in rows), default=0)
    return [row for row in rows if _length(row) == width] or rows


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
    if short > _MOST:
        return row
    best = tuple(range(count, count + short))
    most = _score(texts, [c for c in columns if c not in best], layout, styles)
    for covered in combinations(free, short):
        places = [column for column in columns if column not in covered]
        score = _score(texts, places, layout, styles)
        if score > most:
            best, most = covered, score
    if best == tuple(range(count, count + short)):
        return row
    return _laid(row, above, [column for column in columns if column not in best], count + short)


def _laid(row: Row, above: Row, places: list[int], width: int) -> Row:
    cells: list[Cell | None] = [*above.cells[:width], *row.cells[width:]]
    own = [column >= width for column in range(len(cells))]
    for source, column in enumerate(places):
        cell = row.cells[source]
        cells[column] = None if cell is None else replace(cell, column_span=1)
        own[column] = True
    return Row(tuple(cells), tuple(own), row.is_first)


def _is_long(text: str) -> bool:
    """Longer than a title: a sentence, or clauses."""
    return is_sentence(text) or ("，" in text and len(text) >= 20)


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
    is_long = _is_long(text)
    if key == "text":
        return known + (3 if is_long else -2 if is_date or is_name else 0)
    if key in ("section", "task"):
        return known + (-3 if is_long or is_date else -1 if is_name and number is None else 1)
    if key == "deadline":
        return 3 if is_date else -3
    if key in DIVISION:
        return 2 if is_name and not is_date else -3
    return 0
