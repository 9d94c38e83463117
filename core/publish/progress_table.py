"""任务落实情况统计表: the plan's own table with what was reached beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.model.plan import Plan
from core.publish.description import Align, HeaderCell, TableColumn, TableDocument, TableRow
from core.publish.heading_rows import with_heading_rows
from core.publish.table import TableOptions, printed, table_document
from core.publish.widths import balanced, lines

_OWN_NAME = re.compile(r"(?:重点)?(?:工作)?(?:任务)?(?:工作)?(?:责任)?(?:分解|分工|清单|任务)(?:一览)?表?$")
_LEAST = {"section": 4, "task": 4, "no": 2, "text": 7, "work": 7, "problems": 3, "evidence": 3}
_OTHER = 4
_MANY, _NARROW = 10, 3
_GIVE_WAY = ("problems", "next_steps", "evidence")
"""Where a plan has so many columns, these get three characters: the room is the progress's."""
_FINE = 10.5
"""五号: a table of so many columns is set in it."""
_HIGH = 10
"""Lines of half a page; where most rows are higher, parts and tasks become rows of their own."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What stands beside one measure, as texts: 完成情况, 进展, 存在问题, 下一步工作, 佐证材料编号."""

    state: str
    work: str
    problems: str
    next_steps: str
    evidence: str


_COLUMNS = (
    ("state", "完成情况", Align.CENTER),
    ("work", "工作进展", Align.LEFT),
    ("problems", "存在问题", Align.LEFT),
    ("next_steps", "下一步工作", Align.LEFT),
    ("evidence", "佐证材料编号", Align.CENTER),
)
_IN_THE_TEXT = {"work", "problems", "next_steps"}
"""What the text of a report says itself: said once, not again in its annex."""


def progress_document(
    plan: Plan, reached: Mapping[int, Reached], notes: tuple[str, ...], options: TableOptions, *, has_words: bool = True
) -> TableDocument:
    """Describe the statistics table; ``reached`` by number of the measure, ``notes`` stand under the title.

    ``has_words`` False: without what the units wrote, as an annex to a text that gives it.
    """
    wanted = [column for column in _COLUMNS if has_words or column[0] not in _IN_THE_TEXT]
    base = table_document(plan, options)
    own = iter(plan.measures)
    rows = tuple(
        row if row.full_width else _row(row, reached[next(own).no], [key for key, *_ in wanted]) for row in base.rows
    )
    first = len(base.columns)
    added = tuple(TableColumn(key, title, 0.0, align) for key, title, align in wanted)
    header = tuple(HeaderCell(column.title, place, place) for place, column in enumerate(added, start=first))
    table = replace(
        base,
        title=progress_title(plan),
        columns=base.columns + added,
        header=base.header + header,
        rows=rows,
        notes=tuple(printed(note) for note in notes),
        sheet="任务落实情况统计表",
    )
    table = _shared_out(table)
    return _shared_out(with_heading_rows(table)) if _is_high(table) else table


def _shared_out(table: TableDocument) -> TableDocument:
    """The table with widths as its texts need them."""
    keys = [column.key for column in table.columns]
    least = [_LEAST.get(key, _OTHER) for key in keys]
    if len(keys) > _MANY:
        least = [_NARROW if key in _GIVE_WAY else count for key, count in zip(keys, least, strict=True)]
    cells = [row.cells for row in table.rows]
    widths = balanced(cells, least, table.page.text_width, size=_FINE, merges=table.merges)
    columns = (replace(column, width=width) for column, width in zip(table.columns, widths, strict=True))
    return replace(table, columns=tuple(columns))


def _is_high(table: TableDocument) -> bool:
    """Whether most rows would be torn: one long text is no reason."""
    widths = [column.width for column in table.columns]
    found = lines([row.cells for row in table.rows if not row.full_width], widths, size=_FINE)
    return sum(height > _HIGH for height in found) > len(found) / 2


def progress_title(plan: Plan) -> str:
    """The table's title with 任务落实情况统计表 where it had 重点任务分解表."""
    return f"{base_title(plan)}任务落实情况统计表"


def base_title(plan: Plan) -> str:
    """What the tables of a plan have in common: its title without the name of the table."""
    title = printed(plan.title)
    return _OWN_NAME.sub("", title) or title


def _row(row: TableRow, one: Reached, keys: Iterable[str]) -> TableRow:
    return TableRow((*row.cells, *(printed(getattr(one, key)) for key in keys)))
