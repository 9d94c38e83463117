"""What a table or a list holds before its phrases are understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model.plan import Column, Severity
from core.recognise.blocks import Block, Place


@dataclass(slots=True)
class Heading:
    """A section or a task. ``parent`` is the section of a task."""

    label: str
    title: str
    place: Place
    declared: int | None = None
    parent: Heading | None = None
    is_row: bool = False
    """Whether it had a row of its own in the table."""
    origin: object = None
    """What it was made from: the same cell is the same heading."""


@dataclass(slots=True)
class Item:
    """A measure. ``division`` holds (key, title as printed, phrase), a key as in the contract's columns."""

    label: str
    text: str
    places: list[Place]
    section: Heading | None = None
    task: Heading | None = None
    division: list[tuple[str, str, str]] = field(default_factory=list)
    deadline: str | None = None
    notes: list[str] = field(default_factory=list)
    value: int | None = None
    """Its printed number."""
    style: str = ""


@dataclass(slots=True)
class Found:
    """A plan in the making. ``deadline_field``: there is a column or a line for the deadline at all."""

    kind: str
    place: Place
    items: list[Item] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    section_rows: bool = False
    deadline_field: bool = False
    used: list[Block] = field(default_factory=list)
    unused: list[Block] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    """Rows of the table over its header."""
    heads: list[Block] = field(default_factory=list)
    """Cells over the measures: titles, remarks, the header."""
    said: list[str] = field(default_factory=list)
    """Texts around the measures that may hold a rule for all of them."""
    doubts: list[tuple[Place, Severity, str]] = field(default_factory=list)
    first_block: int = 0

    def sections(self) -> list[Heading]:
        """The sections that hold a measure, in order."""
        return _distinct([item.section for item in self.items])

    def tasks(self) -> list[Heading]:
        """The tasks that hold a measure, in order."""
        return _distinct([item.task for item in self.items])


def _distinct(headings: list[Heading | None]) -> list[Heading]:
    found: dict[int, Heading] = {}
    for heading in headings:
        if heading is not None:
            found.setdefault(id(heading), heading)
    return list(found.values())
