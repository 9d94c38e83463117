"""附图: how the parts of a plan, its units and its months stand, as charts of the statistics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from core.ledger.figures import Figures
from core.office.draft import Draft
from core.office.paper_words import day
from core.office.statistics import MonthDue, Statistics
from core.publish.chart import Bars, Chart, Columns, Pattern, Series
from core.publish.chart_layout import LABEL_LINES
from core.publish.table import printed
from core.publish.text_document import Blank, Graph, Paragraph, Role, TextPart

TITLE = "进展情况附图"
_STATES = (
    ("done", "已完成", Pattern.SOLID),
    ("in_progress", "推进中", Pattern.SLANT),
    ("not_started", "未启动", Pattern.BLANK),
    ("ongoing", "长期坚持", Pattern.GREY),
    ("waiting", "待部署", Pattern.CROSS),
    ("not_applicable", "不涉及", Pattern.LEVEL),
)
_MOST_LINES = 33
"""Lines of the labels of one chart; more rows go on in the next one, on the same scale."""
_ROW_PADS = 0.5
_LETTERS = 10
"""Of a label on one line, at least."""
_ALWAYS = 3
"""The first states are shown also where they count nothing."""


def chart_part(found: Statistics, mark: str, *, whole: bool) -> TextPart:
    """An annex of charts on pages of its own.

    ``whole``: the months of all years in which something is due, else those of the year of the date.
    """
    draft = Draft()
    draft.blocks += [Paragraph(Role.ANNEX_MARK, mark), Blank()]
    draft.title(TITLE)
    for place, (caption, chart) in enumerate(_charts(found, whole=whole), start=1):
        draft.say(f"图{place}　{caption}", Role.CAPTION)
        draft.blocks.append(Graph(chart))
    draft.say(
        f"注：统计截至{day(found.view.clock.as_of)}。各部分图按措施计，各单位图按责任事项计；各月图按措施计，"
        "以完成时限所在月份为准，重复性时限按次计入各月，已完成含完成后转入长期坚持的，未到期含待部署的。",
        Role.NOTE,
    )
    return TextPart(tuple(draft.blocks))


def _charts(found: Statistics, *, whole: bool) -> Iterator[tuple[str, Chart]]:
    if found.sections:
        rows = [(printed(one.title), one.measures) for one in found.sections]
        yield from _bars("各部分措施进展（项）", rows)
    yield from _bars("各单位责任事项进展（项）", [(one.unit, one.obligations) for one in found.units])
    for year, months in groupby(found.months, key=lambda one: one.year):
        due = list(months)
        if any(one.figures.total for one in due) and (whole or year == found.view.clock.as_of.year):
            yield f"{year}年各月到期的措施（项）", _months(due)


def _bars(caption: str, rows: Sequence[tuple[str, Figures]]) -> Iterator[tuple[str, Chart]]:
    shown = [
        one
        for place, one in enumerate(_STATES)
        if place < _ALWAYS or any(getattr(figures, one[0]) for _, figures in rows)
    ]
    most = max((figures.total for _, figures in rows), default=0)
    for at, some in enumerate(_split(rows)):
        series = tuple(
            Series(word, pattern, tuple(getattr(figures, name) for _, figures in some)) for name, word, pattern in shown
        )
        more = (
            ("合计", tuple(figures.total for _, figures in some)),
            ("逾期", tuple(figures.overdue for _, figures in some)),
        )
        yield f"{caption}{'（续）' if at else ''}", Bars(tuple(label for label, _ in some), series, more, most)


def _split(rows: Sequence[tuple[str, Figures]]) -> Iterator[Sequence[tuple[str, Figures]]]:
    """Rows by charts that fit on a page, all of about the same length."""
    lines = [min(ceil(len(label) / _LETTERS), LABEL_LINES) + _ROW_PADS for label, _ in rows]
    count = ceil(sum(lines) / _MOST_LINES) or 1
    ends = [ceil(sum(lines[: at + 1]) * count / sum(lines)) for at in range(len(rows))]
    for chart in range(1, count + 1):
        some = [row for row, end in zip(rows, ends, strict=True) if end == chart]
        if some:
            yield some


def _months(due: Sequence[MonthDue]) -> Columns:
    by_month = {one.month: one.figures for one in due}
    figures = [by_month.get(month, Figures()) for month in range(1, 13)]
    out = [one.not_applicable for one in figures]
    done = [one.done + one.ongoing for one in figures]
    late = [one.overdue for one in figures]
    rest = [one.total - sum(taken) for one, taken in zip(figures, zip(out, done, late, strict=True), strict=True)]
    series = [
        Series("已完成", Pattern.SOLID, tuple(done)),
        Series("逾期", Pattern.SLANT, tuple(late)),
        Series("未到期", Pattern.BLANK, tuple(rest)),
    ]
    if any(out):
        series.append(Series("不涉及", Pattern.LEVEL, tuple(out)))
    return Columns(tuple(f"{month}月" for month in range(1, 13)), tuple(series))
