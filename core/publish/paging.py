"""Pages of a table chosen together: none holds a single stray row, few pages, full pages, breaks between tasks.

A merged cell's own text must fit its rows on every page it runs on, because it is drawn again at the head of the
next page. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from core.job import Job

PIECE = 3
"""Lines of one piece of a row that may be torn."""
INSIDE_TASK, TEAR, ORPHAN_HEADING = 900.0, 20_000.0, 1e6
"""What a page break costs, in squared points of blank at the foot of a page; a heading left alone is worse than all."""
_BEGUN = 2
"""Lines that a part which goes on may take more there: its first one, begun on the page before, and the mark."""
_GOES_ON = 1
"""The same of a part that goes on behind the page: its last line, and a mark that may not begin a line."""
_Need = Callable[[int], float]
_Cost = tuple[int, int, float]


@dataclass(slots=True)
class Run:
    """A cell of one column over the units ``first`` … ``last``; torn ones share their lines out over the units."""

    column: int
    last_column: int
    first: int
    last: int
    text: str
    lines: tuple[str, ...]
    wide: int
    """How many lines it may take in a word processor that lacks the face."""
    is_torn: bool = False
    ends: tuple[tuple[int, ...], ...] = ()
    """Of a torn one: how many of its lines are drawn when a unit ends, one number a unit.

    Then the same of the lines that it may take in a word processor that lacks the face. A row there is as high as
    here at least, so that the higher one of both counts.
    """


class Pages:
    """Finds the best page breaks over units by looking from the end backwards."""

    def __init__(
        self, runs: list[Run], floor: list[float], break_cost: list[float], is_piece: list[bool], need: _Need
    ) -> None:
        self.floor = floor
        self.break_cost = break_cost
        self.is_piece = is_piece
        self.need = need
        self.reach = [0.0, *accumulate(floor)]
        self.covering: list[list[Run]] = [[] for _ in floor]
        self.starting: list[list[Run]] = [[] for _ in floor]
        for run in runs:
            if run.last == run.first:
                continue
            self.starting[run.first].append(run)
            for unit in range(run.first, run.last + 1):
                self.covering[unit].append(run)

    def paginate(self, first_page: float, whole: float, job: Job) -> list[tuple[int, int]]:
        """First and last unit of each page, for a first page of less height than the others."""
        count = len(self.floor)
        if not count:
            return [(0, -1)]
        best: list[tuple[_Cost, int]] = [((0, 0, 0.0), count)] * (count + 1)
        for first in range(count - 1, -1, -1):
            if first % 50 == 0:
                job.step(count - first, count, "正在排版")
            best[first] = self._best_from(first, first_page if first == 0 else whole, whole, best)
        pages, first = [], 0
        while first < count:
            after = best[first][1]
            pages.append((first, after - 1))
            first = after
        return pages

    def _best_from(self, first: int, room: float, whole: float, best: list[tuple[_Cost, int]]) -> tuple[_Cost, int]:
        """The best page that begins with ``first``, with the cost of it and all behind it."""
        chosen: tuple[_Cost, int] | None = None
        for after in range(first + 1, len(self.floor) + 1):
            height = self._height(first, after - 1, room)
            if height > room and chosen is not None:
                break
            cost = self._cost(first, after, height, room, whole, best[after][0])
            if chosen is None or cost < chosen[0]:
                chosen = cost, after
            if height > room:
                break
        assert chosen is not None
        return chosen

    def _cost(self, first: int, after: int, height: float, room: float, whole: float, rest: _Cost) -> _Cost:
        """Stray rows and headings left alone, pages, blank at the feet; compared in this order."""
        stray, pages, blank_cost = rest
        is_last, blank = after == len(self.floor), max(room - height, 0.0)
        if not is_last and self.is_piece[after]:
            # a row that goes on: what its short cells stretch it by is blank that its long ones could fill
            blank = max(room - (self.reach[after] - self.reach[first]), 0.0)
        # A page of one low row is stray unless the whole table is no more than that.
        if height < whole / 2 and self._is_one_row(first, after) and not (is_last and first == 0):
            stray += 1
        if not is_last:
            stray += self.break_cost[after] >= ORPHAN_HEADING
            blank_cost += blank * blank + self.break_cost[after]
        elif first and blank > whole * 2 / 3:
            blank_cost += (blank - whole * 2 / 3) ** 2
        return stray, pages + 1, blank_cost

    def _is_one_row(self, first: int, after: int) -> bool:
        return all(self.is_piece[first + 1 : after])

    def _height(self, first: int, last: int, room: float) -> float:
        """The height of a page; where its rows alone are higher than ``room``, that is enough to know."""
        rows = self.reach[last + 1] - self.reach[first]
        return rows if rows > room or not self._hungry(first, last) else sum(self.heights(first, last))

    def heights(self, first: int, last: int) -> list[float]:
        """Heights of the units when ``first`` … ``last`` stand on one page: grown until every merged cell fits."""
        heights = self.floor[first : last + 1]
        for _, begin, end, need in sorted(self._hungry(first, last)):
            missing = need - sum(heights[begin - first : end - first + 1])
            if missing > 0:
                share = missing / (end - begin + 1)
                for unit in range(begin - first, end - first + 1):
                    heights[unit] += share
        return heights

    def _hungry(self, first: int, last: int) -> list[tuple[int, int, int, float]]:
        """The merged cells that need more than their rows have on this page: rows, first, last, need; short ones first."""
        reach, found = self.reach, []
        for unit in range(first, last + 1):
            for run in self.covering[first] if unit == first else self.starting[unit]:
                begin, end = max(run.first, first), min(run.last, last)
                need = self.need(self._lines_on_page(run, begin, end))
                if need > reach[end + 1] - reach[begin] + 0.001:
                    found.append((end - begin, begin, end, need))
        return found

    @staticmethod
    def _lines_on_page(run: Run, begin: int, end: int) -> int:
        if not run.is_torn:
            return len(run.lines)
        first, last = begin - run.first, end - run.first
        if not first:
            own, *wide = (ends[last] for ends in run.ends)
            more = _GOES_ON if end < run.last else 0
            return max([own, *(lines + more for lines in wide)])
        own, *wide = (ends[last] - ends[first - 1] for ends in run.ends)
        return max([own + 1, *(lines + _BEGUN for lines in wide)])
