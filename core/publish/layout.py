"""Lines, row heights and page breaks of a table, computed once for all three formats. Lengths are points.

Rows are at least 8 mm high and as high as their texts need; a merged cell's own text must fit its rows on every
page it runs on, because it is drawn again at the head of the next page. A row is never torn unless it is higher
than half a page: such a row becomes pieces of three lines, and its long cells go on under 续 on the next page.
Pages are chosen together: none holds a single stray row, few pages, full pages, breaks between tasks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from math import ceil

from core.job import Job
from core.publish.breaking import break_lines, break_phrases, break_title
from core.publish.description import Align, Merge, TableDocument
from core.publish.fonts import Face, FontChain, Fonts

MM = 72 / 25.4
"""One millimetre in pt."""
GRID = 225 / 22 * MM
"""Line pitch of the text area, 28.99 pt (GB/T 9704-2012 §5.2.3: 22 lines on 225 mm)."""
ANNEX_SIZE, TITLE_SIZE, HEAD_SIZE, PAGE_NUMBER_SIZE = 16.0, 22.0, 12.0, 14.0
"""3号, 2号, 小四 and 4号 in pt (GB/T 9704-2012 §7.3.7, §7.3.1, §7.5)."""
NOTE_SIZE, NOTE_PITCH = 12.0, 18.0
"""小四 in pt, and the pitch of its lines: what stands between title and table."""
ROW_MIN = 8 * MM
PAD_X, PAD_Y = 1.7 * MM, 1.6
"""Blank between a border and the text, left and right, above and below."""
CONTINUED = "（续）"
_TITLE_GAP = 8.0
_RESERVE = 14.0
"""Kept free at the foot of each page: word processors add the thickness of borders to each row."""
_WIDE_DIGIT, _WIDE_JOINT = 0.14, 0.25
"""In em: what a digit may be wider and what stands between 2024 and 年 where a word processor lacks the face.

Narrow centred cells then take a line more; pages are chosen so that this pushes no row over the foot.
"""
_JOINT = re.compile(r"\d(?=[^\W\d_])|[^\W\d_](?=\d)")
"""Where a digit and a character meet."""
_WIDE_PAD = 0.6 * MM
"""Blank beside the text that the formats with flowing text give such a cell at least."""
_SHORT = 6
"""Cells of up to six characters are centred."""
_PIECE = 3
_MANY_COLUMNS = 6
_Need = Callable[[int], float]
_Cost = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Type:
    """Size of the body and its fixed line pitch in pt: 小四, or 五号 for tables of many columns."""

    size: float = 12.0
    pitch: float = 18.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is drawn: rows and columns of its page (all counted in), its lines and where they stand.

    ``text`` is what an editable format writes; ``lines`` is how it is broken here. ``is_torn`` marks a part of a
    cell that goes on from or onto another page: it stands at the top, not in the middle.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    text: str
    lines: tuple[str, ...]
    align: Align
    is_torn: bool = False


@dataclass(frozen=True, slots=True)
class LaidPage:
    """One page: heights of its rows in pt (without the header row) and its cells, row by row."""

    heights: tuple[float, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table laid out.

    ``edges`` are the column borders in pt from the left of the text area. ``head_height`` is what annex mark,
    title and notes take on the first page; ``notes`` are lines, the last one just above the table.
    """

    document: TableDocument
    type: Type
    edges: tuple[float, ...]
    title: tuple[str, ...]
    head_height: float
    header: tuple[Cell, ...]
    header_height: float
    pages: tuple[LaidPage, ...]
    notes: tuple[str, ...] = ()

    @property
    def notes_height(self) -> float:
        """What the notes take of the head, in pt."""
        return NOTE_PITCH * len(self.notes) + (PAD_Y if self.notes else 0.0)

    @property
    def title_line(self) -> int:
        """The line of the text area's grid where the title begins, from 0: line 3 under an annex mark (§7.3.7)."""
        return 2 if self.document.annex else 0


def lay_out(document: TableDocument, fonts: Fonts, job: Job | None = None) -> Layout:
    """Compute lines, heights and pages.

    Raises Cancelled when the job is cancelled.
    """
    return _Setter(document, fonts, job or Job()).layout()


@dataclass(slots=True)
class _Run:
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


class _Setter:
    """Sets one document. A unit is a row, or one piece of a row that may be torn."""

    def __init__(self, document: TableDocument, fonts: Fonts, job: Job) -> None:
        self.document = document
        self.job = job
        self.type = Type(10.5) if len(document.columns) > _MANY_COLUMNS else Type()
        self.body = fonts.chain(Face.BODY)
        self.fonts = fonts
        edges = [0.0]
        for column in document.columns:
            edges.append(edges[-1] + column.width * MM)
        self.edges = tuple(edges)
        self.runs: list[_Run] = []
        self.floor: list[float] = []
        self.wide_floor: list[float] = []
        self.break_cost: list[float] = []
        self.is_piece: list[bool] = []

    def layout(self) -> Layout:
        title = tuple(self._title())
        annex_lines = 2 if self.document.annex else 0
        head = (annex_lines + len(title)) * GRID + _TITLE_GAP if title or annex_lines else 0.0
        notes = self._notes()
        head += NOTE_PITCH * len(notes) + (PAD_Y if notes else 0.0)
        header, header_height = self._header()
        self._units()
        whole = self.document.page.text_height * MM - header_height - _RESERVE
        pages = _Pages(self.runs, self.floor, self.break_cost, self.is_piece, self._need)
        wide_runs = [replace(run, lines=("",) * run.wide) for run in self.runs]
        wide = _Pages(wide_runs, self.wide_floor, self.break_cost, self.is_piece, self._need)
        spans = wide.paginate(whole - head, whole, self.job)
        return Layout(
            document=self.document,
            type=self.type,
            edges=self.edges,
            title=title,
            head_height=head,
            header=header,
            header_height=header_height,
            pages=tuple(self._page(first, last, pages.heights(first, last)) for first, last in spans),
            notes=notes,
        )

    # Texts -------------------------------------------------------------------------------------------------------

    def _title(self) -> list[str]:
        chain = self.fonts.chain(Face.TITLE)
        width = self.document.page.text_width * MM
        return break_title(self.document.title, width, lambda text: chain.width(text, TITLE_SIZE))

    def _notes(self) -> tuple[str, ...]:
        width = self.document.page.text_width * MM
        return tuple(line for note in self.document.notes for line in _broken(self.body, note, width, NOTE_SIZE))

    def _header(self) -> tuple[tuple[Cell, ...], float]:
        chain = self.fonts.chain(Face.HEAD)
        cells = []
        for cell in self.document.header:
            width = self.edges[cell.last + 1] - self.edges[cell.first] - 2 * PAD_X
            lines = _broken(chain, cell.text, width, HEAD_SIZE)
            cells.append(Cell(0, 0, cell.first, cell.last, cell.text, lines, Align.CENTER))
        return tuple(cells), max(self._need(max((len(cell.lines) for cell in cells), default=1)), ROW_MIN)

    def _need(self, lines: int) -> float:
        return lines * self.type.pitch + 2 * PAD_Y

    def _lines(self, text: str, first: int, last: int) -> tuple[str, ...]:
        width = self.edges[last + 1] - self.edges[first] - 2 * PAD_X
        is_phrased = first == last and self.document.columns[first].align is Align.CENTER
        return _broken(self.body, text, width, self.type.size, is_phrased=is_phrased)

    def _wide(self, text: str, column: int, lines: int) -> int:
        """How many lines a cell of one column may take where the face is another."""
        if lines == 1 or self.document.columns[column].align is not Align.CENTER or not _JOINT.search(text):
            return lines
        width = self.edges[column + 1] - self.edges[column] - 2 * _WIDE_PAD
        return max(lines, len(_broken(self.body, text, width, self.type.size, is_wide=True)))

    # Units -------------------------------------------------------------------------------------------------------

    def _units(self) -> None:
        """Turn rows and merges into units and runs; merges whose text is too long for them are dissolved."""
        document = self.document
        half = (document.page.text_height * MM - ROW_MIN) / 2
        merged = {(merge.column, row): merge for merge in document.merges for row in range(merge.first, merge.last + 1)}
        columns = len(document.columns)
        lines: dict[tuple[int, int], tuple[str, ...]] = {}
        for at, row in enumerate(document.rows):
            spans = [(0, columns - 1)] if row.full_width else [(column, column) for column in range(columns)]
            for first, last in spans:
                merge = merged.get((first, at))
                if merge is not None and merge.first < at:
                    lines[first, at] = lines[first, merge.first]
                else:
                    lines[first, at] = self._lines(row.cells[first], first, last)
                if merge is not None and self._need(len(lines[first, at])) > half:
                    del merged[first, at]
        self._lay_units(lines, merged, half)

    def _lay_units(
        self, lines: dict[tuple[int, int], tuple[str, ...]], merged: dict[tuple[int, int], Merge], half: float
    ) -> None:
        starts: dict[tuple[int, int], _Run] = {}
        columns = len(self.document.columns)
        for at, row in enumerate(self.document.rows):
            first_unit = len(self.floor)
            own = [c for c in range(columns) if (c, at) in lines and (c, at) not in merged]
            longest = max((len(lines[c, at]) for c in own), default=1)
            pieces = ceil(longest / _PIECE) if self._need(longest) > half else 1
            wide = {c: self._wide(row.cells[c], c, len(lines[c, at])) for c in range(columns) if (c, at) in lines}
            self._add_units(at, pieces, longest, max((wide[c] for c in own), default=1))
            for column in range(columns):
                if (column, at) not in lines:
                    continue
                merge = merged.get((column, at))
                run = starts.get((column, merge.first)) if merge is not None else None
                if run is not None:
                    run.last = len(self.floor) - 1
                    continue
                run = _Run(
                    column,
                    columns - 1 if row.full_width else column,
                    first_unit,
                    len(self.floor) - 1,
                    row.cells[column],
                    lines[column, at],
                    wide[column],
                    is_torn=pieces > 1 and merge is None and self._is_torn(column, lines[column, at], half),
                )
                self.runs.append(run)
                if merge is not None:
                    starts[column, merge.first] = run

    def _is_torn(self, column: int, lines: tuple[str, ...], half: float) -> bool:
        """In a torn row long cells go on, short ones are drawn again; the measure itself never twice."""
        return self.document.columns[column].key == "text" or self._need(len(lines)) > half

    def _add_units(self, at: int, pieces: int, longest: int, wide: int) -> None:
        """Heights without merged cells, and how bad a page break before each unit is."""
        for floor, lines in ((self.floor, longest), (self.wide_floor, wide)):
            height = max(self._need(lines), ROW_MIN) if pieces == 1 else _PIECE * self.type.pitch
            floor.extend([height] * pieces)
        self.break_cost.extend([self._break_cost(at), *[_TEAR] * (pieces - 1)])
        self.is_piece.extend([False, *[True] * (pieces - 1)])

    def _break_cost(self, at: int) -> float:
        rows = self.document.rows
        if at and rows[at - 1].full_width:
            return _ORPHAN_HEADING
        keys = [column.key for column in self.document.columns]
        if "task" in keys and at and not rows[at].full_width:
            task = keys.index("task")
            if rows[at].cells[task] and rows[at].cells[task] == rows[at - 1].cells[task]:
                return _INSIDE_TASK
        return 0.0

    # Pages -------------------------------------------------------------------------------------------------------

    def _page(self, first: int, last: int, heights: list[float]) -> LaidPage:
        """The cells of the units ``first`` … ``last``; pieces of one row become one row again."""
        rows, row_heights = self._rows_of(first, last, heights)
        cells = []
        for run in self.runs:
            if run.last < first or run.first > last:
                continue
            begin, end = max(run.first, first), min(run.last, last)
            lines, text = self._part(run, begin, end)
            cells.append(
                Cell(
                    rows[begin - first],
                    rows[end - first],
                    run.column,
                    run.last_column,
                    text,
                    lines,
                    self._align(run),
                    is_torn=run.is_torn and (begin > run.first or end < run.last),
                )
            )
        columns = self.document.columns
        # The measure last: what is drawn before it on the same line (a merged deadline in the middle of two rows)
        # would be put between its lines by readers that join neighbours in the file (PDFium).
        cells.sort(key=lambda cell: (cell.first_row, columns[cell.first_column].key == "text", cell.first_column))
        return LaidPage(tuple(row_heights), tuple(cells))

    def _rows_of(self, first: int, last: int, heights: list[float]) -> tuple[list[int], list[float]]:
        rows: list[int] = []
        row_heights: list[float] = []
        for unit in range(first, last + 1):
            if unit > first and self.is_piece[unit]:
                row_heights[-1] += heights[unit - first]
            else:
                row_heights.append(heights[unit - first])
            rows.append(len(row_heights) - 1)
        return rows, row_heights

    def _part(self, run: _Run, begin: int, end: int) -> tuple[tuple[str, ...], str]:
        if not run.is_torn:
            return run.lines, run.text
        lines = run.lines[(begin - run.first) * _PIECE : (end - run.first + 1) * _PIECE]
        text = "".join(lines) if begin > run.first or end < run.last else run.text
        if begin > run.first and lines:
            return (CONTINUED, *lines), f"{CONTINUED}{text}"
        return lines, text

    def _align(self, run: _Run) -> Align:
        if run.last_column > run.column:
            return Align.LEFT
        return Align.CENTER if 0 < len(run.text) <= _SHORT else self.document.columns[run.column].align


# Choosing pages -------------------------------------------------------------------------------------------------

_INSIDE_TASK, _TEAR, _ORPHAN_HEADING = 900.0, 20_000.0, 1e6
"""What a page break costs, in squared points of blank at the foot of a page; a heading left alone is worse than all."""


class _Pages:
    """Finds the best page breaks over units by looking from the end backwards."""

    def __init__(
        self, runs: list[_Run], floor: list[float], break_cost: list[float], is_piece: list[bool], need: _Need
    ) -> None:
        self.floor = floor
        self.break_cost = break_cost
        self.is_piece = is_piece
        self.need = need
        self.reach = [0.0, *accumulate(floor)]
        self.covering: list[list[_Run]] = [[] for _ in floor]
        self.starting: list[list[_Run]] = [[] for _ in floor]
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
        # A page of one low row is stray unless the whole table is no more than that.
        if height < whole / 2 and self._is_one_row(first, after) and not (is_last and first == 0):
            stray += 1
        if not is_last:
            stray += self.break_cost[after] >= _ORPHAN_HEADING
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
    def _lines_on_page(run: _Run, begin: int, end: int) -> int:
        if not run.is_torn:
            return len(run.lines)
        lines = min(len(run.lines), (end - run.first + 1) * _PIECE) - (begin - run.first) * _PIECE
        return max(lines, 0) + (1 if begin > run.first else 0)


@lru_cache(maxsize=4096)
def _broken(
    chain: FontChain, text: str, width: float, size: float, *, is_phrased: bool = False, is_wide: bool = False
) -> tuple[str, ...]:
    """Lines of a text; the same phrase occurs in many rows and again in every export."""
    breaker = break_phrases if is_phrased else break_lines
    if not is_wide:
        return tuple(breaker(text, width, lambda part: chain.width(part, size)))

    def wide(part: str) -> float:
        digits, joints = sum(map(str.isdigit, part)), len(_JOINT.findall(part))
        return chain.width(part, size) + size * (_WIDE_DIGIT * digits + _WIDE_JOINT * joints)

    return tuple(breaker(text, width, wide))
