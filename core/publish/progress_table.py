"""任务落实情况统计表: the plan's own table with what was reached beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.model.plan import Plan
from core.publish.description import Align, HeaderCell, TableColumn, TableDocument, TableRow
from core.publish.table import TableOptions, printed, table_document
from core.publish.widths import balanced

_OWN_NAME = re.compile(r"(?:重点)?(?:工作)?(?:任务)?(?:工作)?(?:责任)?(?:分解|分工|清单|任务)(?:一览)?表?$")
_LEAST = {"section": 4, "task": 4, "no": 2, "text": 7}
_OTHER = 4
_MANY, _NARROW = 10, 3
"""Where a plan has so many columns, problems and next steps get three characters: the room is the progress's."""
_FINE = 10.5
"""五号: a table of so many columns is set in it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What stands beside one measure, as texts: 完成情况, 进展, 存在问题, 下一步工作, 佐证材料编号."""

    state: str
    work: str
    problems: str
    next_steps: str
    evidence: str


_COLUMNS = (
    ("state", "完成情况", 4, Align.CENTER),
    ("work", "工作进展", 7, Align.LEFT),
    ("problems", "存在问题", 3, Align.LEFT),
    ("next_steps", "下一步工作", 4, Align.LEFT),
    ("evidence", "佐证材料编号", 3, Align.CENTER),
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
    least = [_LEAST.get(column.key, _OTHER) for column in base.columns] + [least for _, _, least, _ in wanted]
    if len(least) > _MANY:
        least = [min(count, _NARROW) if place >= len(base.columns) + 2 else count for place, count in enumerate(least)]
    widths = balanced([row.cells for row in rows], least, base.page.text_width, size=_FINE, merges=base.merges)
    first = len(base.columns)
    columns = tuple(replace(column, width=width) for column, width in zip(base.columns, widths, strict=False))
    added = tuple(
        TableColumn(key, title, width, align)
        for (key, title, _, align), width in zip(wanted, widths[first:], strict=True)
    )
    header = tuple(HeaderCell(column.title, place, place) for place, column in enumerate(added, start=first))
    return replace(
        base,
        title=progress_title(plan),
        columns=columns + added,
        header=base.header + header,
        rows=rows,
        notes=tuple(printed(note) for note in notes),
        sheet="任务落实情况统计表",
    )


def progress_title(plan: Plan) -> str:
    """The table's title with 任务落实情况统计表 where it had 重点任务分解表."""
    return f"{base_title(plan)}任务落实情况统计表"


def base_title(plan: Plan) -> str:
    """What the tables of a plan have in common: its title without the name of the table."""
    title = printed(plan.title)
    return _OWN_NAME.sub("", title) or title


def _row(row: TableRow, one: Reached, keys: Iterable[str]) -> TableRow:
    return TableRow((*row.cells, *(printed(getattr(one, key)) for key in keys)))
