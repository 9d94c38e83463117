"""Tables of one layout put together: headers found, spans written out, continuations on the next page joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.recognise import columns, numbers
from core.recognise.blocks import Block, Paragraph, Table
from core.recognise.columns import Layout
from core.recognise.ragged import put_under_columns, whole_rows
from core.recognise.sheet_rows import Row, ditto, have_spans, heading_row, texts_of, written_out
from core.recognise.wording import squeeze

_TITLE = re.compile(r"^附\s*[件表]|(方案|清单|分工|分解表|一览表|台账|计划|措施表|任务表|明细表)([（(].*[)）])?$")
_ENOUGH = 300
"""Rows by which the columns are told for good."""


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
    titles: list[Paragraph] = field(default_factory=list)
    """Numbered headings right over the table: its sections where several tables make one plan."""
    says_titles: bool = False
    """Whether the titles have become rows."""


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
        sheet.titles = _titles(blocks[last_block + 1 : index])
        if groups and _same_plan(groups[-1], blocks[last_block + 1 : index], sheet):
            _join(groups[-1], sheet)
        else:
            groups.append([sheet])
        last_block = index
    return groups, others


def _with_header(table: Table, rows: list[Row], index: int, said: Mapping[int, str] | None) -> Sheet | None:
    found = columns.read_header(texts_of(rows))
    if found is None:
        return None
    first, last = found
    header, body = rows[first : last + 1], rows[last + 1 :]
    layout = _layout(header, body if have_spans(body) else whole_rows(body), said)
    if layout is None:
        return None
    sheet = _sheet(layout, body, table, index, rows[:first], header)
    sheet.layout = _layout(header, sheet.rows, said) or layout
    return sheet


def _layout(header: list[Row], body: list[Row], said: Mapping[int, str] | None = None) -> Layout | None:
    return columns.read_layout(texts_of([*header, *body]), (0, len(header) - 1), said)


def _without_header(table: Table, rows: list[Row], index: int, said: Mapping[int, str] | None) -> Sheet | None:
    layout = columns.guess_layout(texts_of(rows), said)
    if layout is None or len(rows) < 2:
        return None
    first = layout.header + 1
    return _sheet(layout, rows[first:], table, index, [], rows[:first])


def _sheet(layout: Layout, body: list[Row], table: Table, index: int, above: list[Row], headers: list[Row]) -> Sheet:
    has_spans = have_spans(body)
    rows = body if has_spans else put_under_columns(body, layout)
    return Sheet(layout, rows, [table], above, headers, index, has_spans)


def _goes_on(sheet: Sheet, rows: list[Row], between: Sequence[Block]) -> bool:
    """A table of the same width right after one with a header."""
    width = max((len(row.cells) for row in rows), default=0)
    return width == len(sheet.layout.keys) and not any(_starts_anew(block) for block in between)


def _same_plan(group: list[Sheet], between: Sequence[Block], sheet: Sheet) -> bool:
    """The header again: the plan goes on, unless a title of another one stands between."""
    mine, theirs = group[-1].layout, sheet.layout
    same_titles = _overlap(set(mine.titles) - {""}, set(theirs.titles) - {""})
    alike = same_titles or _overlap(set(mine.keys) - {"other"}, set(theirs.keys) - {"other"})
    if same_titles and sheet.titles and not any(_says(block) for block in between if block not in sheet.titles):
        return True
    return alike and not any(_starts_anew(block) for block in between) and not _has_title(sheet)


def _titles(between: Sequence[Block]) -> list[Paragraph]:
    """The numbered headings that stand right over a table."""
    found: list[Paragraph] = []
    for block in reversed(between):
        if isinstance(block, Table) or not _is_heading(block):
            break
        found.insert(0, block)
    return found


def _is_heading(block: Paragraph) -> bool:
    text = squeeze(block.number + block.text)
    number = numbers.leading(text)
    plain = len(text) <= 60 and not any(mark in text.rstrip("。") for mark in "。；：")
    return plain and (
        block.heading is not None or (number is not None and number.style in ("一、", "（一）", "第条", "1."))
    )


def _says(block: Block) -> bool:
    return not isinstance(block, Table) and len(squeeze(block.text)) > 6


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


def _say_titles(sheet: Sheet) -> None:
    """Headings over a table as its first rows, once."""
    width = len(sheet.layout.keys)
    rows = [heading_row(title.number + title.text, title.place, width) for title in sheet.titles]
    if rows and not sheet.says_titles:
        sheet.rows, sheet.says_titles = rows + sheet.rows, True


def _go_on(group: list[Sheet], sheet: Sheet) -> None:
    """A table of the same plan with other columns."""
    sheet.rows = [Row(row.cells, row.own, is_first=number == 0) for number, row in enumerate(sheet.rows)]
    group.append(sheet)


def _append(sheet: Sheet, table: Table, rows: list[Row]) -> None:
    sheet.tables.append(table)
    last = sheet.rows[-1:]
    rows = ditto([*last, *rows])[len(last) :]
    sheet.rows += [Row(row.cells, row.own, is_first=number == 0) for number, row in enumerate(rows)]


def _join(group: list[Sheet], sheet: Sheet) -> None:
    """Put a table with the header again to the one before if the columns are the same, else beside it."""
    last = group[-1]
    if sheet.titles:
        _say_titles(group[0])
        _say_titles(sheet)
    if last.layout.keys != sheet.layout.keys and not _may_refine(last, sheet):
        _go_on(group, sheet)
        return
    if [squeeze(t) for t in last.layout.titles] != [squeeze(t) for t in sheet.layout.titles]:
        _go_on(group, sheet)
        return
    last.headers += sheet.headers
    last.titles += sheet.titles
    _append(last, sheet.tables[0], sheet.rows)
    last.has_spans = last.has_spans or sheet.has_spans
    everything = _layout(sheet.headers, last.rows) if len(last.rows) <= _ENOUGH else None
    if everything is not None:
        last.layout = everything
