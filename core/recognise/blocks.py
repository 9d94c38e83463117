"""What every source becomes before anything is understood: paragraphs and tables with their places."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source; numbers count from 1, None where the source has no such thing."""

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        """第2页 表1 第3行 第4列, as problems and the review sheet show it."""
        parts = [
            f"第{self.page}页" if self.page else "",
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"表{self.table}" if self.table and not self.sheet else "",
            f"第{self.row}行" if self.row else "",
            f"第{self.column}列" if self.column else "",
            f"第{self.paragraph}段" if self.paragraph and not self.row else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text.

    ``number`` is Word's automatic number as printed (（一）, 1.), empty when the number stands in the text;
    ``heading`` the heading level of its style (1 the highest), None for body text.
    """

    text: str
    place: Place
    number: str = ""
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a merged cell stands once, at its upper left, with its spans."""

    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a rectangular grid: None where another cell's span covers the place.

    A table that runs over pages comes as one grid where the source says so (DOCX, sheets), else as one a page.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    place: Place


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A document read: its blocks in order. ``kind`` is docx, pdf, sheet or text; ``repairs`` say what was cleaned."""

    name: str
    kind: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    repairs: tuple[str, ...] = field(default=())
