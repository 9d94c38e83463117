"""What 复制 puts on the clipboard: cells as WPS and Excel paste them, as text with tabs and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_QUOTED = ("\t", "\n", '"')


def copy_rows(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Put rows on the clipboard; several bring the titles of their columns along, none leave it as it is."""
    if rows:
        copy_table([titles, *rows] if titles and len(rows) > 1 else rows)


def copy_table(table: Sequence[Sequence[str]]) -> None:
    """Put a table on the clipboard in both forms."""
    made = QMimeData()
    made.setText(as_text(table))
    made.setHtml(as_html(table))
    QGuiApplication.clipboard().setMimeData(made)


def pasted_table() -> list[list[str]]:
    """The cells on the clipboard, as WPS and Excel put them there; line ends within a cell fall away."""
    import csv
    from io import StringIO

    rows = csv.reader(StringIO(QGuiApplication.clipboard().text()), delimiter="\t")
    return [["".join(cell.split("\n")).strip() for cell in row] for row in rows if row]


def as_text(table: Sequence[Sequence[str]]) -> str:
    """Cells between tabs, rows between line ends."""
    return "\n".join("\t".join(_field(cell) for cell in row) for row in table)


def as_html(table: Sequence[Sequence[str]]) -> str:
    """A table whose cells stay text: 26/33 must not become a date."""
    from html import escape  # its table of entities is slow to load, and nothing is copied at the start

    style = "mso-number-format:'\\@'"
    rows = "".join(
        "<tr>" + "".join(f'<td style="{style}">{escape(cell)}</td>' for cell in row) + "</tr>" for row in table
    )
    return f"<table>{rows}</table>"


def _field(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in _QUOTED) else cell
