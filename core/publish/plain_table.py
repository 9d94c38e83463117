"""A table of our own making (目录, 台账): columns with least widths, the rest shared out as the texts need it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from core.publish.description import Align, HeaderCell, Merge, PageSetup, TableColumn, TableDocument, TableRow
from core.publish.table import TableOptions, printed
from core.publish.widths import balanced

_FINE, _BODY = 10.5, 12.0
"""五号 for tables of more than six columns, else 小四."""
_MANY_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A column: its key (``text`` is the one that reads on over pages), title, least width in characters."""

    key: str
    title: str
    least: int
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class PlainTable:
    """What a table says. ``groups``: one key a row; neighbours of one key share the cells of ``shared`` columns.

    A row of one text alone is a heading over the whole width.
    """

    title: str
    sheet: str
    columns: tuple[PlainColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    groups: tuple[object, ...] = ()
    shared: int = 0


def plain_document(table: PlainTable, options: TableOptions) -> TableDocument:
    """The table as it is set."""
    page = replace(PageSetup(), numbers=options.page_numbers)
    rows = [tuple(printed(text) for text in row) for row in table.rows]
    merges = _merges(table)
    size = _FINE if len(table.columns) > _MANY_COLUMNS else _BODY
    widths = balanced(rows, [column.least for column in table.columns], page.text_width, size=size, merges=merges)
    columns = tuple(
        TableColumn(column.key, column.title, width, column.align)
        for column, width in zip(table.columns, widths, strict=True)
    )
    return TableDocument(
        title=printed(table.title),
        columns=columns,
        header=tuple(HeaderCell(column.title, place, place) for place, column in enumerate(columns)),
        rows=tuple(TableRow(row, full_width=len(row) == 1) for row in rows),
        merges=merges,
        annex=None if options.annex_no is None else f"附件{options.annex_no}",
        page=page,
        notes=tuple(printed(note) for note in table.notes),
        sheet=table.sheet,
    )


def _merges(table: PlainTable) -> tuple[Merge, ...]:
    found: list[Merge] = []
    start = 0
    for _, run in groupby(table.groups):
        length = len(list(run))
        if length > 1:
            found.extend(Merge(column, start, start + length - 1) for column in range(table.shared))
        start += length
    return tuple(found)
