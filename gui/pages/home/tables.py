"""The rows of the tables behind the pictures, and of 统计口径."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.returns import RULES as RETURN_RULES
from gui.pages.home.words import RULE_TITLES, rate
from gui.widgets.table_foot import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.figures import Figures
    from core.office.home import Home
    from core.office.statistics import MonthDue

_COUNTS = (
    ("总数", "total"),
    ("已完成", "done"),
    ("逾期完成", "done_late"),
    ("推进中", "in_progress"),
    ("未启动", "not_started"),
    ("逾期", "overdue"),
    ("临近", "due_soon"),
    ("长期坚持", "ongoing"),
    ("待部署", "waiting"),
    ("不涉及", "not_applicable"),
)
_RARE = frozenset({"逾期完成", "临近", "长期坚持", "待部署", "不涉及"})
"""Columns that are left out where nothing stands in them, so that the others fit into the card."""
_RETURN_TITLES = {
    "expected": "应报",
    "returned": "已报",
    "in_time": "按时",
    "return_rate": "报送率",
    "in_time_rate": "按时报送率",
}
Table = tuple[tuple[str, ...], list[tuple[str, ...]], tuple[str, ...]]
"""Head, rows, and the figures of all of it that stay below; none where they would not be the sum of the rows."""


def parts_table(home: Home) -> Table:
    """各部分进展: measures of each part, and of all."""
    rows = [_counted(part.title, part.measures) for part in home.parts]
    return _filled(_head("部分"), rows, _counted(TOTAL, home.statistics.measures))


def units_table(home: Home) -> Table:
    """单位进展: obligations of each unit, most late first."""
    rows = [
        (unit.unit, str(unit.position) if unit.position is not None else "—", *_counts(unit.obligations))
        for unit in home.statistics.units
    ]
    head = _head("单位")
    total = (TOTAL, "", *_counts(home.statistics.obligations))
    return _filled((head[0], "名次", *head[1:]), rows, total)


def months_table(months: Sequence[MonthDue]) -> Table:
    """时限分布: the months something is due in; a measure may be due in several, so there is no 合计."""
    rows = [_counted(f"{due.year}年{due.month}月", due.figures) for due in months if due.measures]
    return _filled(_head("月份"), rows, ())


def rule_rows(home: Home) -> list[tuple[str, str, str]]:
    """(figure, value, rule in words); measures first, then what the period expects."""
    figures = home.statistics.measures
    rules = home.statistics.rules
    rows = []
    for key, rule in rules.items():
        if key in RULE_TITLES:
            value = rate(figures.completion) if key == "completion" else str(getattr(figures, key))
            rows.append((RULE_TITLES[key], value, rule))
    came = home.returns
    if came is not None:
        for key, rule in came.rules.items():
            if key in RETURN_RULES:
                value = getattr(came, key)
                shown = rate(value) if key.endswith("_rate") else str(value)
                rows.append((_RETURN_TITLES[key], shown, rule))
    return rows


def _filled(head: tuple[str, ...], rows: list[tuple[str, ...]], total: tuple[str, ...]) -> Table:
    """Without the rare columns that are 0 in every row."""
    kept = [at for at, title in enumerate(head) if title not in _RARE or any(row[at] != "0" for row in rows)]

    def of(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(texts[at] for at in kept) if texts else ()

    return of(head), [of(row) for row in rows], of(total)


def _head(first: str) -> tuple[str, ...]:
    return (first, *(title for title, _ in _COUNTS), "完成率")


def _counted(name: str, figures: Figures) -> tuple[str, ...]:
    return (name, *_counts(figures))


def _counts(figures: Figures) -> tuple[str, ...]:
    return (*(str(getattr(figures, key)) for _, key in _COUNTS), rate(figures.completion))
