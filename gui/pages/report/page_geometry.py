"""Where pages lie below each other; lengths in logical pixels, sizes of pages in points."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QSizeF

MARGIN = 22
GAP = 12
SCREEN = 96 / 72
"""Logical pixels per point at 100 %."""


class PageGeometry:
    """Pages in one column at a zoom ``factor``; 1.0 is their size on paper."""

    def __init__(self, sizes: tuple[QSizeF, ...] = ()) -> None:
        self.sizes = sizes
        self.factor = 1.0
        self._above = (0.0, *accumulate(size.height() for size in sizes))
        self._widest = max((size.width() for size in sizes), default=0.0)

    @property
    def scale(self) -> float:
        """Logical pixels per point."""
        return self.factor * SCREEN

    def fit(self, width: float) -> None:
        """Choose the factor at which the widest page and its margins fill a width."""
        if self._widest > 0:
            self.factor = max(0.1, (width - 2 * MARGIN) / (self._widest * SCREEN))

    def top(self, page: int) -> float:
        """The upper edge of a page (from 0); that of the page after the last is the height of all."""
        return GAP * (page + 1) + self._above[page] * self.scale

    def height(self) -> float:
        """Height of all pages with the gaps around them."""
        return self.top(len(self.sizes))

    def width(self) -> float:
        """Width of the widest page with its margins."""
        return self._widest * self.scale + 2 * MARGIN

    def page_at(self, y: float) -> int:
        """The page whose upper edge is the last at or above ``y``, the first where none is."""
        tops = [self.top(page) for page in range(len(self.sizes))]
        return max(0, bisect_right(tops, y) - 1)

    def between(self, upper: float, lower: float) -> list[int]:
        """The pages of which something lies between two heights."""
        if not self.sizes:
            return []
        return list(range(self.page_at(upper), self.page_at(lower) + 1))
