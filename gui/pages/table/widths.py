"""Column widths the clerk has dragged, by the key of the column: plans have other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gui.widgets import column_widths

if TYPE_CHECKING:
    from gui.pages.table.columns import TableColumn


def remember(columns: Sequence[TableColumn], widths: Mapping[str, int]) -> None:
    """Keep the widths of columns by key; columns without one keep the look's."""
    own = {at: widths[column.key] for at, column in enumerate(columns) if column.key in widths}
    column_widths.remember(_name(columns), len(columns), own)


def remembered(columns: Sequence[TableColumn]) -> dict[str, int]:
    """The widths that were kept for these columns."""
    return {columns[at].key: width for at, width in column_widths.remembered(_name(columns), len(columns)).items()}


def _name(columns: Sequence[TableColumn]) -> str:
    return "table " + " ".join(column.key for column in columns)
