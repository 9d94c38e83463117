"""A text cell split into its measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.recognise import numbers
from core.recognise.numbers import Number

_REFERENCE = re.compile(r"^[第照据见按和及与至、，（]|[)）]\s*(?:[项条款点、，。）和及与至]|$)")
_BEFORE = "。；;!！?？：:）)”\n\r \t　"


@dataclass(frozen=True, slots=True)
class Piece:
    """One measure of a cell: its number, if it has one, and its text after the number."""

    number: Number | None
    text: str


def split_cell(text: str, *, is_one: bool) -> list[Piece]:
    """The measures of a cell: several where it holds several numbers of one style in order.

    ``is_one``: the row has its own number, so that what is numbered inside belongs to one measure.
    """
    head = numbers.leading(text)
    if head is None:
        return [Piece(None, text)]
    starts = list(run_of(text, head))
    if is_one:
        return [Piece(None, text)] if len(starts) > 1 else [Piece(head, text[head.end :])]
    return _pieces(text, starts)


def split_bare(text: str, before: int | None) -> list[Piece] | None:
    """The measures of a cell whose numbers stand without a mark: 7 市级…; None when there is no such number.

    ``before`` is the number of the measure before: a figure is a number when it counts on or a blank follows it.
    """
    head = numbers.bare_leading(text)
    if head is None or not (before is None or head.value == before + 1 or text[head.end - 1].isspace()):
        return None
    return _pieces(text, list(numbers.bare_run(text, head)))


def _pieces(text: str, starts: list[tuple[int, Number]]) -> list[Piece]:
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [Piece(number, text[number.end : end]) for (_, number), end in zip(starts, ends, strict=True)]


def run_of(text: str, head: Number) -> Iterator[tuple[int, Number]]:
    """The first number and those that count on from it in its style, each after a break or a mark."""
    yield 0, head
    value = head.value
    for start, number in numbers.inside(text):
        if start and number.style == head.style and number.value == value + 1 and _is_free(text, start, head):
            value = number.value
            yield start, number


def _is_free(text: str, start: int, head: Number) -> bool:
    """A number after a mark; one in brackets also without, where it is no reference (按照（三）项)."""
    before = text[start - 1]
    if before in "\n\r。；;！!？?":
        return True
    if before in _BEFORE and head.style != "①":
        return True
    if head.style in ("①", "⑴"):
        return before in "、，"
    return head.style in ("（1）", "（一）") and not _REFERENCE.search(text[max(0, start - 1) : start + 8])
