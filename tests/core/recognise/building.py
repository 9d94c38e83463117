"""Sources built by hand for the tests of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.recognise.blocks import Block, Cell, Paragraph, Place, Source, Table

Spanned = tuple[str, int, int]


def table(*rows: Sequence[str | Spanned | None], number: int = 1) -> Table:
    """A table of texts, (text, rows, columns) and None for what a span covers."""
    grid = []
    for top, row in enumerate(rows, 1):
        cells: list[Cell | None] = []
        for left, value in enumerate(row, 1):
            place = Place(table=number, row=top, column=left)
            if isinstance(value, str):
                cells.append(Cell(value, place))
            else:
                cells.append(None if value is None else Cell(value[0], place, value[1], value[2]))
        grid.append(tuple(cells))
    return Table(tuple(grid), Place(table=number))


def source(*blocks: Block | str, kind: str = "docx") -> Source:
    """Paragraphs as plain texts, and tables."""
    made = [
        Paragraph(block, Place(paragraph=number)) if isinstance(block, str) else block
        for number, block in enumerate(blocks, 1)
    ]
    return Source(Path("方案.docx").name, kind, tuple(made))


HEADER = ("重点任务", "具体措施", "责任分工", "完成时限")
