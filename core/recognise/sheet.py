"""Tables of one layout put together: headers found, spans written out, continuations on the next page joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.recognise import columns, numbers
from core.recognise.blocks import Block, Cell, Place, Table
from core.recognise.columns import Layout
from core.recognise.wording import squeeze

_TITLE = re.compile(r"^附\s*[件表]|(方案|清单|分工|分解表|一览表|台账|计划|措施表|任务表|明细表)([（(].*[)）])?$")


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


@dataclass(slots=True)
class Sheet:
    """Rows under one layout, perhaps from several tables."""

    layout: Layout
    rows: list[Row]
    tables: list[Table]
    above: list[Row] = field(default_factory=list)
    """Rows over the header: titles and remarks."""
    headers: list[Row] = field(default_factory=list)
    first_block: int = 0
    has_spans: bool = False
    is_said: bool = False


def read_sheets(
    blocks: Sequence[Block], said: Mapping[int, str] | None = None
) -> tuple[list[list[Sheet]], list[Table]]:
    """Groups of sheets that make one plan each, and the tables that are none.

    A group goes on over tables without a header and over repeated headers; running text between them does not end
    it, a table that is no plan does not either.
    """
    groups: list[list[Sheet]] = []
    others: list[Table] = []
    last_block = -1
    for index, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        rows = written_out(block)
        sheet = _with_header(block, rows, index, said)
        if sheet is None or _begins_with_rows(sheet):
            previous = groups[-1][-1] if groups else None
            if previous is not None and _goes_on(previous, rows, blocks[last_block + 1 : index]):
                _append(previous, block, rows)
                last_block = index
                continue
            sheet = sheet or _without_header(block, rows, index, said)
        if sheet is None:
            others.append(block)
            continue
        if groups and _same_plan(groups[-1], blocks[last_block + 1 : index], sheet):
            _join(groups[-1], sheet)
        else:
            groups.append([sheet])
        last_block = index
    return groups, others


def written_out(table: Table) -> list[Row]:
    """Every place of the grid with the cell that covers it."""
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
    return [Row(tuple(cells), tuple(flags), is_first=False) for cells, flags in zip(grid, own, strict=True)]


def texts_of(rows: Sequence[Row]) -> list[list[str]]:
    """The texts with spans written out."""
    return [[cell.text if cell is not None else "" for cell in row.cells] for row in rows]


def _with_header(table: Table, rows: list[Row], index: int, said: Mapping[int, str] | None) -> Sheet | None:
    texts = texts_of(rows)
    found = columns.read_header(texts)
    layout = columns.read_layout(texts, found, said) if found is not None else None
    if found is None or layout is None:
        return None
    first, last = found
    return _sheet(layout, rows[last + 1 :], table, index, rows[:first], rows[first : last + 1])


def _without_header(table: Table, rows: list[Row], index: int, said: Mapping[int, str] | None) -> Sheet | None:
    layout = columns.guess_layout(texts_of(rows), said)
    return _sheet(layout, rows, table, index, [], []) if layout is not None and len(rows) >= 2 else None


def _sheet(layout: Layout, body: list[Row], table: Table, index: int, above: list[Row], headers: list[Row]) -> Sheet:
    spans = any(cell.row_span > 1 for row in body for cell in row.cells if cell is not None)
    return Sheet(layout, body, [table], above, headers, index, spans)


def _goes_on(sheet: Sheet, rows: list[Row], between: Sequence[Block]) -> bool:
    """A table of the same width right after one with a header."""
    width = max((len(row.cells) for row in rows), default=0)
    return width == len(sheet.layout.keys) and not any(_starts_anew(block) for block in between)


def _same_plan(group: list[Sheet], between: Sequence[Block], sheet: Sheet) -> bool:
    """The header again: the plan goes on, unless a title of another one stands between."""
    mine, theirs = group[-1].layout, sheet.layout
    same_titles = _overlap(set(mine.titles) - {""}, set(theirs.titles) - {""})
    alike = same_titles or _overlap(set(mine.keys) - {"other"}, set(theirs.keys) - {"other"})
    return alike and not any(_starts_anew(block) for block in between) and not _has_title(sheet)


def _overlap(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine | theirs) and len(mine & theirs) * 3 >= len(mine | theirs) * 2


def _starts_anew(block: Block) -> bool:
    """Text between two tables that is more than a page number, 续表 or the end of a cell: a title, a heading, a text."""
    if isinstance(block, Table):
        return False
    text = squeeze(block.text)
    return bool(block.number or numbers.leading(text) or _TITLE.search(text)) or len(text) > 60 or text.endswith("。")


def _begins_with_rows(sheet: Sheet) -> bool:
    """Rows of measures over a header: the table goes on from the page before, the header stands inside it."""
    return any(
        len({squeeze(cell.text) for cell in row.cells if cell and cell.text.strip()}) >= 3 for row in sheet.above
    )


def _has_title(sheet: Sheet) -> bool:
    return any(len(squeeze(row.text(0))) > 6 for row in sheet.above)


def _may_refine(last: Sheet, sheet: Sheet) -> bool:
    """Columns of the same number whose keys differ only in the levels of the outline: more rows tell them better."""
    pairs = list(zip(last.layout.keys, sheet.layout.keys, strict=False))
    outline = ("section", "task", "text", "no", "other")
    same_width = len(last.layout.keys) == len(sheet.layout.keys)
    return same_width and all(one == other or (one in outline and other in outline) for one, other in pairs)


def _go_on(group: list[Sheet], sheet: Sheet) -> None:
    """A table of the same plan with other columns."""
    sheet.rows = [Row(row.cells, row.own, is_first=number == 0) for number, row in enumerate(sheet.rows)]
    group.append(sheet)


def _append(sheet: Sheet, table: Table, rows: list[Row]) -> None:
    sheet.tables.append(table)
    sheet.rows += [Row(row.cells, row.own, is_first=number == 0) for number, row in enumerate(rows)]


def _join(group: list[Sheet], sheet: Sheet) -> None:
    """Put a table with the header again to the one before if the columns are the same, else beside it."""
    last = group[-1]
    if last.layout.keys != sheet.layout.keys and not _may_refine(last, sheet):
        _go_on(group, sheet)
        return
    if [squeeze(t) for t in last.layout.titles] != [squeeze(t) for t in sheet.layout.titles]:
        _go_on(group, sheet)
        return
    last.headers += sheet.headers
    _append(last, sheet.tables[0], sheet.rows)
    last.has_spans = last.has_spans or sheet.has_spans
    everything = columns.read_layout(
        texts_of([*last.headers[:1], *last.rows])
        if len(sheet.headers) == 1
        else texts_of([*sheet.headers, *last.rows]),
        (0, len(sheet.headers) - 1),
    )
    if everything is not None:
        last.layout = everything
