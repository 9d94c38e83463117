"""The cells of a template's sheet as texts: merged cells read as they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


_FREE = 5000
"""Most rows below the last text that may be meant to be filled."""


class Grid:
    """The cells of a worksheet as texts; a merged cell's text stands wherever it covers."""

    def __init__(self, sheet: Worksheet) -> None:
        """Look at the merges once."""
        self.sheet = sheet
        last = max((row for (row, _), cell in sheet._cells.items() if cell.value is not None), default=0)  # noqa: SLF001
        self.height, self.width = min(sheet.max_row, last + _FREE), min(sheet.max_column, 200)
        self._origins: dict[tuple[int, int], tuple[int, int]] = {}
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in sheet.merged_cells.ranges:
            left, top, right, bottom = merge.bounds
            if bottom - top > 2000 or right - left > 500:
                continue
            self.spans[top, left] = (bottom, right)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._origins[row, column] = (top, left)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is shown here."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """What is shown in a cell."""
        row, column = self.origin(row, column)
        value = self.sheet.cell(row, column).value if (row, column) in self.sheet._cells else None  # noqa: SLF001 - asking for a cell would make it
        return "" if value is None else str(value).strip()

    def own(self, row: int) -> dict[int, str]:
        """The texts that begin in a row, by column."""
        found = {}
        for column in range(1, self.width + 1):
            if self.origin(row, column) == (row, column) and (text := self.text(row, column)):
                found[column] = text
        return found

    def is_framed(self, row: int, columns: Sequence[int]) -> bool:
        """Whether a row has cells with a border: part of a drawn table."""
        for column in columns:
            border = self.sheet.cell(row, column).border if (row, column) in self.sheet._cells else None  # noqa: SLF001
            if border is not None and any(
                side is not None and side.style for side in (border.left, border.right, border.top, border.bottom)
            ):
                return True
        return False
