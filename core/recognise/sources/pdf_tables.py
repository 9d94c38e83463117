"""Tables from ruling lines: the grid, cells merged where a line is missing, text without the breaks of the column."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.recognise.sources.grid import Slot
from core.recognise.sources.pdf_lines import TextLine, glued, is_wrapped, lines_of
from core.recognise.sources.pdf_page import Char, PageContent, Rule

_SNAP = 3.0
"""Lines nearer than this many pt are one; ends nearer than this meet."""
_OPEN = 12.0
"""Lines that reach this far beyond the last line across show that the table is open at this side."""
_PADDING = (2.0, 7.0)
"""Least and most blank in pt between a line and the text, where it cannot be seen from the texts."""
_LINES = 400
_OPEN_ENDS = frozenset("、，（〔《“")
"""A line that ends so goes on, wherever it was broken."""


@dataclass(slots=True)
class Grid:
    """The lines of one table: where columns and rows begin and end, and which stretches are drawn."""

    xs: list[float]
    ys: list[float]
    horizontal: list[list[Rule]]
    vertical: list[list[Rule]]

    def at(self, char: Char) -> tuple[int, int]:
        """Row and column in which a character stands."""
        row = bisect_right(self.ys, char.middle) - 1
        column = bisect_right(self.xs, (char.x0 + char.x1) / 2) - 1
        return min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)

    def holds(self, char: Char) -> bool:
        """Whether the character stands inside the table."""
        return self.xs[0] - 1 <= (char.x0 + char.x1) / 2 <= self.xs[-1] + 1 and self.ys[0] <= char.middle <= self.ys[-1]


def find_grids(page: PageContent) -> list[Grid]:
    """The tables of a page from the top; a single frame is no table."""
    horizontal, vertical = _merged(page.horizontal), _merged(page.vertical)
    grids = [_grid(*group) for group in _connected(horizontal, vertical)]
    found = [grid for grid in grids if grid is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def slots_of(grid: Grid, characters: Iterable[Char], turned: Iterable[Char] = ()) -> list[Slot]:
    """The cells of a table with their texts; ``turned`` characters, in the order of their text, fill cells of their own."""
    slots = _cells(grid)
    owner = {
        (row, column): index
        for index, slot in enumerate(slots)
        for row in range(slot.row, slot.row + slot.row_span)
        for column in range(slot.column, slot.column + slot.column_span)
    }
    inside: dict[int, list[Char]] = defaultdict(list)
    for char in characters:
        inside[owner[grid.at(char)]].append(char)
    lines = {index: lines_of(found) for index, found in inside.items()}
    paddings = _paddings(grid, slots, lines)
    for index, found in lines.items():
        slot = slots[index]
        width = grid.xs[slot.column + slot.column_span] - grid.xs[slot.column]
        slot.text = _unwrapped(found, width - 2 * paddings[slot.column, slot.column_span])
    for char in turned:
        slot = slots[owner[grid.at(char)]]
        slot.text += char.text
    return slots


# --- lines ---------------------------------------------------------------------------------------


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines of one direction: those at the same place that touch are one, very many are none (a drawing)."""
    by_place: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if by_place and rule.at - by_place[-1][0].at <= _SNAP:
            by_place[-1].append(rule)
        else:
            by_place.append([rule])
    out: list[Rule] = []
    for group in by_place:
        at = sum(rule.at for rule in group) / len(group)
        runs: list[Rule] = []
        for rule in sorted(group, key=lambda rule: rule.start):
            if runs and rule.start <= runs[-1].end + _SNAP:
                runs[-1].end = max(runs[-1].end, rule.end)
            else:
                runs.append(Rule(at, rule.start, rule.end))
        out += runs
    return out if len(out) <= _LINES * 10 else []


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet belong together."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    offset = len(horizontal)
    for low, across in enumerate(horizontal):
        for high, down in enumerate(vertical):
            meets_x = across.start - _SNAP <= down.at <= across.end + _SNAP
            if meets_x and down.start - _SNAP <= across.at <= down.end + _SNAP:
                parents[root(low)] = root(offset + high)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate(horizontal + vertical):
        groups[root(index)][index >= offset].append(rule)
    return list(groups.values())


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> Grid | None:
    if not horizontal or not vertical:
        return None
    xs, ys = _places(vertical), _places(horizontal)
    _open_sides(xs, horizontal)
    _open_sides(ys, vertical)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or max(columns, rows) > _LINES:
        return None
    return Grid(xs, ys, _by_place(horizontal, ys), _by_place(vertical, xs))


def _places(rules: list[Rule]) -> list[float]:
    out: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not out or at - out[-1] > _SNAP:
            out.append(at)
    return out


def _open_sides(places: list[float], across: list[Rule]) -> None:
    """A table without its outer lines ends where the lines across them end."""
    first, last = min(rule.start for rule in across), max(rule.end for rule in across)
    if places[0] - first > _OPEN:
        places.insert(0, first)
    if last - places[-1] > _OPEN:
        places.append(last)


def _by_place(rules: list[Rule], places: list[float]) -> list[list[Rule]]:
    return [[rule for rule in rules if abs(rule.at - at) <= _SNAP] for at in places]


# --- cells ---------------------------------------------------------------------------------------


def _cells(grid: Grid) -> list[Slot]:
    """Rectangles between drawn lines: as wide as no line stands in the way, then as high."""
    columns, rows = len(grid.xs) - 1, len(grid.ys) - 1
    right = [[_drawn(grid.vertical[c + 1], grid.ys, r) for c in range(columns)] for r in range(rows)]
    below = [[_drawn(grid.horizontal[r + 1], grid.xs, c) for c in range(columns)] for r in range(rows)]
    taken = [[False] * columns for _ in range(rows)]
    slots: list[Slot] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < columns and not right[row][column + wide - 1] and not taken[row][column + wide]:
                wide += 1
            high = 1
            while row + high < rows and _goes_on(row + high, column, wide, right, below, taken):
                high += 1
            for each in range(row, row + high):
                taken[each][column : column + wide] = [True] * wide
            slots.append(Slot(row, column, "", high, wide))
    return slots


def _drawn(rules: list[Rule], places: list[float], index: int) -> bool:
    """Whether a line is drawn along the middle of the stretch."""
    middle = (places[index] + places[index + 1]) / 2
    return any(rule.start - 1 <= middle <= rule.end + 1 for rule in rules)


def _goes_on(
    row: int, column: int, wide: int, right: list[list[bool]], below: list[list[bool]], taken: list[list[bool]]
) -> bool:
    """Whether the cell above reaches down into this row over its whole width."""
    span = range(column, column + wide)
    is_open = not any(below[row - 1][each] or taken[row][each] for each in span)
    return is_open and not any(right[row][each] for each in span[:-1])


# --- texts ---------------------------------------------------------------------------------------


def _paddings(grid: Grid, slots: list[Slot], lines: dict[int, list[TextLine]]) -> dict[tuple[int, int], float]:
    """Blank at the sides of each column: the least that is seen there, within bounds."""
    out: dict[tuple[int, int], float] = {}
    least, most = _PADDING
    for index, slot in enumerate(slots):
        key = slot.column, slot.column_span
        left, right = grid.xs[slot.column], grid.xs[slot.column + slot.column_span]
        seen = [min(line.x0 - left, right - line.x1) for line in lines.get(index, [])]
        out[key] = max(least, min([out.get(key, most), most, *seen]))
    return out


def _unwrapped(lines: list[TextLine], room: float) -> str:
    """The text of a cell: a line that the column broke goes on, others stay lines."""
    text = ""
    for index, line in enumerate(lines):
        if not index:
            text = line.text
            continue
        before = lines[index - 1]
        left_over = room - (before.x1 - before.x0)
        goes_on = before.text[-1] in _OPEN_ENDS or is_wrapped(line, left_over)
        text = glued(text, line.text) if goes_on else f"{text}\n{line.text}"
    return text
