"""What a chart is, before anybody knows how high it is: bars by row or columns by month, in patterns, with all values.

Official paper is printed and copied in black and white: what a bar means is told by its pattern and by the number in the
column that the pattern heads, never by a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Pattern(Enum):
    """How an area is filled, in black on white."""

    SOLID = "solid"
    SLANT = "slant"
    BLANK = "blank"
    GREY = "grey"
    CROSS = "cross"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Series:
    """One part of each bar: its name, its pattern and its value a row."""

    name: str
    pattern: Pattern
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, one a row, their parts one after another.

    ``more``: columns of numbers without a bar (合计, 逾期). ``most``: what a bar of the whole width is worth, so that
    charts of one kind can be compared; 0: the longest bar of this one.
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    more: tuple[tuple[str, tuple[int, ...]], ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing columns, one a month, their parts one upon another; below them a row of numbers for each part."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]


Chart = Bars | Columns


def in_words(chart: Chart) -> str:
    """The values of a chart as text, for readers that cannot see it."""
    rows = []
    for place, label in enumerate(chart.labels):
        told = "，".join(f"{one.name}{one.values[place]}" for one in chart.series if one.values[place])
        if told:
            rows.append(f"{label}：{told}")
    return "；".join(rows)
