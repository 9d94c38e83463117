"""Heights of the lines of the draft table, worked out once a width."""

from __future__ import annotations

from gui import theme
from gui.import_sheet.lines import Heading, Line, MeasureLine
from gui.pages.table.layout import Block, Blocks
from gui.widgets.column_widths import Width

PAD_X, PAD_Y = 12, 6
RULE = 1
NOTE = 12
SECTION, TASK, GAP = 36, 32, 32
INDENT = 16
DIVISION_WIDTH, DEADLINE_WIDTH, LEAST_TEXT = 184, 122, 240
MOST_LACK = 64
"""What text and division can do without together, before the table is pushed sideways."""


def widths(room: int) -> list[int]:
    """Widths of the three columns for the room there is, logical pixels; where there is little, all give."""
    text, division, deadline = theme.px(LEAST_TEXT), theme.px(DIVISION_WIDTH), theme.px(DEADLINE_WIDTH)
    lack = text + division + deadline - room
    if 0 < lack <= theme.px(MOST_LACK):
        text, division = text - lack // 2, division - (lack - lack // 2)
    return [max(room - division - deadline, text), division, deadline]


def wanted(room: int) -> list[Width]:
    """The same for a table whose edges were dragged: the words take the rest."""
    _, division, deadline = widths(room)
    return [Width(theme.px(LEAST_TEXT) // 2, share=1), Width(division), Width(deadline)]


def height_of(line: Line, columns: list[int], blocks: Blocks) -> int:
    """Height of one line."""
    if isinstance(line, Heading):
        block = heading_block(line, sum(columns), blocks)
        return max(theme.px(TASK if line.is_task else SECTION), block.height + 2 * PAD_Y + RULE)
    if not isinstance(line, MeasureLine):
        return theme.px(GAP) + RULE
    tallest = 0
    for column, width in enumerate(columns):
        text, note = cell_blocks(line, column, width, blocks)
        tallest = max(tallest, text.height + (note.height if note else 0))
    return tallest + 2 * PAD_Y + RULE


def heading_block(line: Heading, width: int, blocks: Blocks) -> Block:
    """The words of a heading, wrapped."""
    inner = width - 2 * PAD_X - (INDENT if line.is_task else 0)
    return blocks.get(line.text or "（没有标题）", inner, bold=not line.is_task)


def cell_blocks(line: MeasureLine, column: int, width: int, blocks: Blocks) -> tuple[Block, Block | None]:
    """The text of a cell and the note beneath it."""
    inner = width - 2 * PAD_X
    note = line.notes[column]
    return (
        blocks.get(line.texts[column], inner),
        blocks.get(note, inner, size=NOTE) if note else None,
    )
