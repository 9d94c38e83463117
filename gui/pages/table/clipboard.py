"""What 复制 puts on the clipboard: cells as WPS and Excel paste them, as text with tabs and as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.table.columns import TableColumn
    from gui.pages.table.rows import TableRow

_QUOTED = ("\t", "\n", '"')


def cells(rows: Sequence[TableRow]) -> list[list[str]]:
    """Every cell of the rows in one line of text."""
    return [[text.replace("\n", "") for text in row.texts] for row in rows]


def as_text(table: Sequence[Sequence[str]]) -> str:
    """Cells between tabs, rows between line ends."""
    return "\n".join("\t".join(_field(cell) for cell in row) for row in table)


def as_html(table: Sequence[Sequence[str]]) -> str:
    """A table whose cells stay text: 26/33 must not become a date."""
    style = "mso-number-format:'\\@'"
    rows = "".join(
        "<tr>" + "".join(f'<td style="{style}">{escape(cell)}</td>' for cell in row) + "</tr>" for row in table
    )
    return f"<table>{rows}</table>"


def mime_of(columns: Sequence[TableColumn], rows: Sequence[TableRow]) -> QMimeData:
    """Both forms; several rows bring the heads of the columns along."""
    table = cells(rows)
    if len(rows) > 1:
        table = [[column.title for column in columns], *table]
    made = QMimeData()
    made.setText(as_text(table))
    made.setHtml(as_html(table))
    return made


def _field(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in _QUOTED) else cell
