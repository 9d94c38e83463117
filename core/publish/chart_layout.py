"""A chart laid out: boxes, lines and words on a sheet as wide as the text area. Lengths are points, y from the top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.publish.breaking import break_lines
from core.publish.chart import Bars, Chart, Columns, Pattern, Series
from core.publish.fonts import Face, FontChain, Fonts
from core.publish.text_layout import WIDTH

SIZE = 10.5
"""五号."""
LABEL_LINES = 3
"""Lines of a row's label."""
_PITCH = 13.0
_PAD = 3.0
_HAIR, _FRAME = 0.3, 0.6
_LABEL_WIDTH, _NUMBER_WIDTH, _GAP = 118.0, 24.0, 6.0
_NAME_WIDTH, _FEW = 35.0, 5
"""Where there are at most so many columns of numbers, each is as wide as a name of three characters (已完成)."""
_BAR = 13.0
"""Height of a lying bar."""
_PLOT = 150.0
"""Height of the standing columns at their highest."""
_SWATCH = 9.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle with a thin frame, its upper left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text whose left end is ``x`` and whose slot of ``_PITCH`` begins at ``y``."""

    x: float
    y: float
    text: str
    face: Face = Face.BODY
    size: float = SIZE

    @property
    def base(self) -> float:
        """Where its baseline is."""
        return self.y + (_PITCH - self.size) / 2 + 0.86 * self.size


Shape = Box | Stroke | Words


@dataclass(frozen=True, slots=True)
class LaidChart:
    """A chart ready to be drawn."""

    chart: Chart
    width: float
    height: float
    shapes: tuple[Shape, ...]


def lay_out_chart(chart: Chart, fonts: Fonts) -> LaidChart:
    """Compute where everything stands."""
    painter = _Bars(chart, fonts) if isinstance(chart, Bars) else _Columns(chart, fonts)
    shapes = tuple(painter.shapes())
    return LaidChart(chart, WIDTH, painter.height, shapes)


class _Painter:
    """What both kinds share: words in the middle of a field, swatches."""

    def __init__(self, fonts: Fonts) -> None:
        self.body: FontChain = fonts.chain(Face.BODY)
        self.head: FontChain = fonts.chain(Face.HEAD)
        self.height = 0.0

    def centred(self, text: str, x: float, width: float, y: float, face: Face = Face.BODY) -> Words:
        chain = self.head if face is Face.HEAD else self.body
        return Words(x + (width - chain.width(text, SIZE)) / 2, y, text, face)

    def head_cells(self, names: list[tuple[str, Pattern | None]], x: float, column: float) -> tuple[list[Shape], float]:
        """Heads of number columns: the swatch over the name, on lines of as many characters as the column holds.

        Four characters stand two by two.
        """
        longest = [3 if column >= _NAME_WIDTH and len(name) == 3 else 2 for name, _ in names]
        lines = [
            [name[at : at + most] for at in range(0, len(name), most)]
            for (name, _), most in zip(names, longest, strict=True)
        ]
        most = max(map(len, lines), default=1)
        found: list[Shape] = []
        for place, (_, pattern) in enumerate(names):
            left = x + place * column
            if pattern is not None:
                found.append(Box(left + (column - 2 * _SWATCH) / 2, _PAD, 2 * _SWATCH, _SWATCH, pattern))
            top = _PAD + _SWATCH + 2 + (most - len(lines[place])) * _PITCH
            for at, line in enumerate(lines[place]):
                found.append(self.centred(line, left, column, top + at * _PITCH, Face.HEAD))
        return found, _PAD + _SWATCH + 2 + most * _PITCH + _PAD


class _Bars(_Painter):
    """Lying bars with a column of numbers for each part."""

    def __init__(self, chart: Bars, fonts: Fonts) -> None:
        super().__init__(fonts)
        self.chart = chart

    def shapes(self) -> Iterator[Shape]:
        chart = self.chart
        columns: list[tuple[str, Pattern | None]] = [(one.name, one.pattern) for one in chart.series]
        columns += [(title, None) for title, _ in chart.more]
        numbers = [one.values for one in chart.series] + [values for _, values in chart.more]
        column = _NAME_WIDTH if len(columns) <= _FEW else _NUMBER_WIDTH
        left = WIDTH - len(columns) * column
        bar_left = _LABEL_WIDTH + _GAP
        room = left - bar_left - _GAP
        longest = max((sum(one.values[row] for one in chart.series) for row in range(len(chart.labels))), default=0)
        most = max(chart.most, longest, 1)
        heads, y = self.head_cells(columns, left, column)
        yield Stroke(0, 0, WIDTH, 0, _FRAME)
        yield from heads
        yield Stroke(0, y, WIDTH, y, _FRAME)
        for row, label in enumerate(chart.labels):
            lines = self._label(label)
            height = max(len(lines) * _PITCH, _BAR) + 2 * _PAD
            for at, line in enumerate(lines):
                yield Words(0, y + (height - len(lines) * _PITCH) / 2 + at * _PITCH, line)
            yield from _parts(chart.series, row, bar_left, y + (height - _BAR) / 2, room / most)
            for place, values in enumerate(numbers):
                x = left + place * column
                yield self.centred(str(values[row]), x, column, y + (height - _PITCH) / 2)
            y += height
            yield Stroke(0, y, WIDTH, y, _HAIR)
        yield Stroke(0, y, WIDTH, y, _FRAME)
        self.height = y + _PAD

    def _label(self, text: str) -> list[str]:
        """At most three lines; the text of the document has the whole title."""
        lines = break_lines(text, _LABEL_WIDTH, lambda part: self.body.width(part, SIZE))
        return [*lines[: LABEL_LINES - 1], f"{lines[LABEL_LINES - 1][:-1]}…"] if len(lines) > LABEL_LINES else lines


def _parts(series: tuple[Series, ...], row: int, x: float, y: float, per_one: float) -> Iterator[Shape]:
    for one in series:
        wide = one.values[row] * per_one
        if wide:
            yield Box(x, y, wide, _BAR, one.pattern)
            x += wide


class _Columns(_Painter):
    """Standing columns over a table of their numbers."""

    def __init__(self, chart: Columns, fonts: Fonts) -> None:
        super().__init__(fonts)
        self.chart = chart

    def shapes(self) -> Iterator[Shape]:
        chart = self.chart
        head = max((self.head.width(one.name, SIZE) for one in chart.series), default=0.0) + 2 * _SWATCH + 2 * _GAP
        slot = (WIDTH - head) / max(len(chart.labels), 1)
        totals = [sum(one.values[at] for one in chart.series) for at in range(len(chart.labels))]
        most = max(totals, default=0) or 1
        floor = _PAD + _PITCH + _PLOT
        yield Stroke(head, floor, WIDTH, floor, _FRAME)
        for at, total in enumerate(totals):
            left, y = head + at * slot, floor
            for one in chart.series:
                high = one.values[at] * _PLOT / most
                if high:
                    y -= high
                    yield Box(left + slot * 0.2, y, slot * 0.6, high, one.pattern)
            if total:
                yield self.centred(str(total), left, slot, y - _PITCH)
        yield from self._table(head, slot, floor)

    def _table(self, head: float, slot: float, floor: float) -> Iterator[Shape]:
        chart, high = self.chart, _PITCH + 2
        y = floor + 1
        for at, label in enumerate(chart.labels):
            yield self.centred(label, head + at * slot, slot, y + 1, Face.HEAD)
        y += high
        yield Stroke(0, y, WIDTH, y, _HAIR)
        for one in chart.series:
            yield Box(0, y + (high - _SWATCH) / 2, 2 * _SWATCH, _SWATCH, one.pattern)
            yield Words(2 * _SWATCH + _GAP, y + 1, one.name, Face.HEAD)
            for at, value in enumerate(one.values):
                yield self.centred(str(value), head + at * slot, slot, y + 1)
            y += high
            yield Stroke(0, y, WIDTH, y, _HAIR)
        yield Stroke(0, y, WIDTH, y, _FRAME)
        self.height = y + _PAD
