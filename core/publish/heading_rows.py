"""Parts and tasks as rows over the whole width instead of columns: the room is given to what is long."""

from __future__ import annotations

from dataclasses import replace

from core.publish.description import HeaderCell, Merge, TableDocument, TableRow

_HEADINGS = ("section", "task")


def with_heading_rows(table: TableDocument) -> TableDocument:
    """The same table without its columns of parts and tasks; a row over the whole width says where each begins.

    Widths stay as they were: they no longer fill the page and are to be shared out anew.
    """
    kept = [place for place, column in enumerate(table.columns) if column.key not in _HEADINGS]
    headings = [place for place, column in enumerate(table.columns) if column.key in _HEADINGS]
    rows: list[TableRow] = []
    moved: dict[int, int] = {}
    last = ("",) * len(headings)
    for at, row in enumerate(table.rows):
        if row.full_width:
            rows.append(row)
        else:
            now = tuple(row.cells[place] for place in headings)
            rows.extend(TableRow((text,), full_width=True) for text in _begun(last, now))
            last = now
            rows.append(TableRow(tuple(row.cells[place] for place in kept)))
        moved[at] = len(rows) - 1
    place_of = {old: new for new, old in enumerate(kept)}
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        header=tuple(_header(cell, place_of) for cell in table.header if cell.last in place_of),
        rows=tuple(rows),
        merges=tuple(
            Merge(place_of[merge.column], moved[merge.first], moved[merge.last])
            for merge in table.merges
            if merge.column in place_of and moved[merge.last] - moved[merge.first] == merge.last - merge.first
        ),
    )


def _begun(last: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    """The headings that begin here: of a new part also its first task, though it be called as the last one."""
    changed = next((place for place, (a, b) in enumerate(zip(last, now, strict=True)) if a != b), len(now))
    return [text for text in now[changed:] if text]


def _header(cell: HeaderCell, place_of: dict[int, int]) -> HeaderCell:
    first = min(place_of[place] for place in range(cell.first, cell.last + 1) if place in place_of)
    return HeaderCell(cell.text, first, place_of[cell.last])
