"""Lines, row heights and page breaks of a table, computed once for all three formats. Lengths are points.

Rows are at least 8 mm high and as high as their texts need; a merged cell's own text must fit its rows on every
page it runs on, because it is drawn again at the head of the next page. A row is never torn unless it is higher
than half a page: such a row becomes pieces of three lines, and its long cells go on under 续 on the next page.
Pages are chosen together: none holds a single stray row, few pages, full pages, breaks between tasks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from itertools import accumulate
from math import ceil

from core.job import Job
from core.publish.breaking import HASH, break_title
from core.publish.description import Align, Merge, TableDocument
from core.publish.fonts import Face, Fonts
from core.publish.layout import (
    CONTINUED,
    GRID,
    MM,
    NOTE_PITCH,
    NOTE_SIZE,
    PAD_X,
    PAD_Y,
    ROW_MIN,
    TITLE_SIZE,
    Cell,
    LaidPage,
    Layout,
    Type,
)
from core.publish.lines import WIDER, broken, even, with_breaks
from core.publish.paging import INSIDE_TASK, ORPHAN_HEADING, PIECE, TEAR, Pages, Run

_TITLE_GAP = 8.0
_RESERVE = 14.0
"""Kept free at the foot of each page: word processors add the thickness of borders to each row."""
_WIDE_PAD, _LEFT_PAD = 0.6 * MM, 1.5 * MM
"""Blank beside the text that the formats with flowing text give such a cell at least, centred or at the left."""
_SHARED = 1.4
"""A measure that many rows of a list share is not said in each of them before it takes so much more than half a page."""
_SHORT = 6
"""Cells of up to six characters are centred."""
_MANY_COLUMNS, _NARROW_COLUMNS = 6, 9
_LABEL = re.compile(r"(?:（\d{1,4}）|\d{1,4}[.．、])(?=\D)")
"""The number of a measure at the head of its text."""


def lay_out(document: TableDocument, fonts: Fonts, job: Job | None = None) -> Layout:
    """Compute lines, heights and pages.

    Raises Cancelled when the job is cancelled.
    """
    return _Setter(document, fonts, job or Job()).layout()


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
        self.runs: list[Run] = []
        self.starting: dict[int, list[Run]] = defaultdict(list)
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
        whole = self.document.page.text_height * MM - header_height - self._reserve()
        runs = [replace(run, ends=run.ends[:1]) for run in self.runs]
        pages = Pages(runs, self.floor, self.break_cost, self.is_piece, self._need)
        wide_runs = [run if run.is_torn else replace(run, lines=("",) * run.wide) for run in self.runs]
        wide = Pages(wide_runs, self.wide_floor, self.break_cost, self.is_piece, self._need)
        spans = wide.paginate(whole - head - self._wide_notes(len(notes)), whole, self.job)
        return Layout(
            document=self.document,
            type=self.type,
            edges=self.edges,
            title=title,
            head_height=head,
            header=header,
            header_height=header_height,
            pages=tuple(self._page(first, last, pages) for first, last in spans),
            notes=notes,
        )

    # Texts -------------------------------------------------------------------------------------------------------

    def _title(self) -> list[str]:
        chain = self.fonts.chain(Face.TITLE)
        width = self.document.page.text_width * MM
        return break_title(self.document.title, width, lambda text: chain.width(text, TITLE_SIZE))

    def _notes(self) -> tuple[str, ...]:
        width = self.document.page.text_width * MM
        return tuple(line for note in self.document.notes for line in broken(self.body, note, width, NOTE_SIZE))

    def _wide_notes(self, lines: int) -> float:
        """What the notes may take more where the face is another, in pt."""
        width = self.document.page.text_width * MM
        wide = sum(len(broken(self.body, note, width, NOTE_SIZE, is_wide=True)) for note in self.document.notes)
        return (wide - lines) * NOTE_PITCH if wide > lines else 0.0

    def _reserve(self) -> float:
        """In narrow columns the programs' own rules for marks at line ends may cost a line."""
        return _RESERVE + (self.type.pitch if len(self.document.columns) > _NARROW_COLUMNS else 0.0)

    def _header(self) -> tuple[tuple[Cell, ...], float]:
        chain = self.fonts.chain(Face.HEAD)
        cells = []
        for cell in self.document.header:
            width = self.edges[cell.last + 1] - self.edges[cell.first] - 2 * PAD_X
            lines = even(chain, cell.text, width)
            cells.append(Cell(0, 0, cell.first, cell.last, "\n".join(lines), lines, Align.CENTER))
        return tuple(cells), max(self._need(max((len(cell.lines) for cell in cells), default=1)), ROW_MIN)

    def _need(self, lines: int) -> float:
        return lines * self.type.pitch + 2 * PAD_Y

    def _lines(self, text: str, first: int, last: int) -> tuple[str, ...]:
        width = self.edges[last + 1] - self.edges[first] - 2 * PAD_X
        is_phrased = first == last and self.document.columns[first].align is Align.CENTER
        return broken(self.body, text, width, self.type.size, is_phrased=is_phrased)

    def _wide(self, text: str, first: int, last: int, lines: int) -> int:
        """How many lines a cell may take where the face is another."""
        if HASH.fullmatch(text) or not WIDER.search(text):
            return lines
        is_centred = first == last and self.document.columns[first].align is Align.CENTER
        width = self.edges[last + 1] - self.edges[first] - 2 * (_WIDE_PAD if is_centred else _LEFT_PAD)
        return max(lines, len(broken(self.body, text, width, self.type.size, is_wide=True)))

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
                most = half * (_SHARED if document.columns[first].key == "text" else 1.0)
                if merge is not None and self._need(len(lines[first, at])) > most:
                    del merged[first, at]
        self._lay_units(lines, merged, half)

    def _lay_units(
        self, lines: dict[tuple[int, int], tuple[str, ...]], merged: dict[tuple[int, int], Merge], half: float
    ) -> None:
        starts: dict[tuple[int, int], Run] = {}
        columns = len(self.document.columns)
        for at, row in enumerate(self.document.rows):
            first_unit = len(self.floor)
            own = [c for c in range(columns) if (c, at) in lines and (c, at) not in merged]
            longest = max((len(lines[c, at]) for c in own), default=1)
            pieces = ceil(longest / PIECE) if self._need(longest) > half else 1
            last = {c: columns - 1 if row.full_width else c for c in range(columns) if (c, at) in lines}
            wide = {c: self._wide(row.cells[c], c, last[c], len(lines[c, at])) for c in last}
            is_torn = {c: pieces > 1 and c in own and self._is_torn(c, lines[c, at], half) for c in wide}
            ends = {
                c: self._ends(row.cells[c], self.edges[last[c] + 1] - self.edges[c], lines[c, at], pieces)
                for c, torn in is_torn.items()
                if torn
            }
            if pieces > 1:
                self._add_pieces(at, pieces)
            else:
                self._add_unit(at, longest, max((wide[c] for c in own), default=1))
            for column in range(columns):
                if column not in last:
                    continue
                merge = merged.get((column, at))
                run = starts.get((column, merge.first)) if merge is not None else None
                if run is not None:
                    run.last = len(self.floor) - 1
                    continue
                run = Run(
                    column,
                    last[column],
                    first_unit,
                    len(self.floor) - 1,
                    row.cells[column],
                    lines[column, at],
                    wide[column],
                    is_torn[column],
                    ends.get(column, ()),
                )
                self.runs.append(run)
                self.starting[first_unit].append(run)
                if merge is not None:
                    starts[column, merge.first] = run

    def _is_torn(self, column: int, lines: tuple[str, ...], half: float) -> bool:
        """In a torn row long cells go on, short ones are drawn again; the measure itself never twice."""
        return self.document.columns[column].key == "text" or self._need(len(lines)) > half

    def _ends(
        self, text: str, width: float, lines: tuple[str, ...], pieces: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """How many lines of a torn cell are drawn at the end of each piece, and how many it may take elsewhere."""
        ends = tuple(min(len(lines), (piece + 1) * PIECE) for piece in range(pieces))
        wide = broken(self.body, text, width - 2 * _LEFT_PAD, self.type.size, is_wide=True)
        starts = [0, *accumulate(len(line) for line in wide[:-1])]
        drawn = [0, *accumulate(len(line) for line in lines)]
        return ends, tuple(max(end, bisect_left(starts, drawn[end])) for end in ends)

    def _add_unit(self, at: int, lines: int, wide: int) -> None:
        """The height of a row without merged cells, and how bad a page break before it is."""
        self.floor.append(max(self._need(lines), ROW_MIN))
        self.wide_floor.append(max(self._need(wide), ROW_MIN))
        self.break_cost.append(self._break_cost(at))
        self.is_piece.append(False)

    def _add_pieces(self, at: int, pieces: int) -> None:
        """The same of a row that may be torn: its cells then make the pieces of a page as high as they need."""
        self.floor.extend([PIECE * self.type.pitch] * pieces)
        self.wide_floor.extend([PIECE * self.type.pitch] * pieces)
        self.break_cost.extend([self._break_cost(at), *[TEAR] * (pieces - 1)])
        self.is_piece.extend([False, *[True] * (pieces - 1)])

    def _break_cost(self, at: int) -> float:
        rows = self.document.rows
        if at and rows[at - 1].full_width:
            return ORPHAN_HEADING
        keys = [column.key for column in self.document.columns]
        if "task" in keys and at and not rows[at].full_width:
            task = keys.index("task")
            if rows[at].cells[task] and rows[at].cells[task] == rows[at - 1].cells[task]:
                return INSIDE_TASK
        return 0.0

    # Pages -------------------------------------------------------------------------------------------------------

    def _page(self, first: int, last: int, pages: Pages) -> LaidPage:
        """The cells of the units ``first`` … ``last``; pieces of one row become one row again."""
        rows, row_heights = self._rows_of(first, last, pages.heights(first, last))
        cells = []
        running = [run for run in pages.covering[first] if run.first < first] if self.floor else []
        for run in [*running, *(run for unit in range(first, last + 1) for run in self.starting[unit])]:
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

    def _part(self, run: Run, begin: int, end: int) -> tuple[tuple[str, ...], str]:
        if not run.is_torn:
            return run.lines, run.text
        first, after = (begin - run.first) * PIECE, (end - run.first + 1) * PIECE
        lines = run.lines[first:after]
        text = run.text
        if begin > run.first or end < run.last:
            text = "".join(with_breaks(run.text, run.lines)[first:after]).removesuffix("\n")
        if begin > run.first and lines:
            return (CONTINUED, *lines), f"{CONTINUED}{text}"
        label = _LABEL.match(run.text) if begin > run.first else None
        if label and self.document.columns[run.column].key == "text":
            # the measure ended on a page before: it is told whose words go on here
            return (f"{label[0]}{CONTINUED}",), f"{label[0]}{CONTINUED}"
        return lines, text

    def _align(self, run: Run) -> Align:
        if run.last_column > run.column:
            return Align.LEFT
        return Align.CENTER if 0 < len(run.text) <= _SHORT else self.document.columns[run.column].align
