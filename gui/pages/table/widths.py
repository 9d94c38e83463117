"""Column widths the clerk has dragged, remembered with the window's settings for each set of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.settings import Settings
    from gui.pages.table.columns import TableColumn


def remember(settings: Settings, columns: Sequence[TableColumn], widths: Mapping[str, int]) -> None:
    """Keep the widths of columns by key, logical pixels; columns without one keep the look's."""
    settings.column_widths[_name(columns)] = [widths.get(column.key, 0) for column in columns]


def remembered(settings: Settings, columns: Sequence[TableColumn]) -> dict[str, int]:
    """The widths that were kept for these columns."""
    kept = settings.column_widths.get(_name(columns), [])
    if len(kept) != len(columns):
        return {}
    return {column.key: width for column, width in zip(columns, kept, strict=True) if width > 0}


def _name(columns: Sequence[TableColumn]) -> str:
    return "table " + " ".join(column.key for column in columns)
