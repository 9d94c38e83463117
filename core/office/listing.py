"""Any filtered view as an official-looking list: measures, obligations, what is due this week.

A list is described once (``Listing``) and set by ``core.publish`` like the official table: pages, widths and breaks
are the same in XLSX, PDF and DOCX.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from core.errors import InvalidError, OutputError
from core.job import Job
from core.model.division import printed_division
from core.model.ledger import Status
from core.model.plan import Measure
from core.office.due import due_between, week_of
from core.office.obligations import ObligationRow, rows_of
from core.office.overview import Overview, overview, share, shown_due
from core.office.tables import Exported
from core.publish.description import (
    Align,
    HeaderCell,
    Merge,
    PageNumbers,
    PageSetup,
    TableColumn,
    TableDocument,
    TableRow,
)
from core.publish.table import printed
from core.publish.table_document import Format, write_document
from core.store.database import Store
from core.store.opening import is_ledger


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: title, width in mm (0: takes what the others leave), and whether its texts are centred."""

    title: str
    width: float = 0.0
    is_centred: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is printed. ``notes`` stand between title and table: the date, the filter in words, how many.

    A row of one text alone is a heading over the whole width.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """The name to propose for a file, without its ending."""
        return "".join(letter for letter in self.title if letter not in '\\/:*?"<>|\r\n')


MEASURE_COLUMNS = (
    Column("序号", 13.0),
    Column("措施", is_centred=False),
    Column("责任分工", 42.0),
    Column("完成时限", 26.0),
    Column("状态", 24.8),
    Column("已完成/责任事项", 24.8),
)
OBLIGATION_COLUMNS = (
    Column("序号", 12.5),
    Column("措施", is_centred=False),
    Column("单位", 30.0),
    Column("责任", 13.0),
    Column("时限", 40.0),
    Column("状态", 41.5),
)
"""未启动，逾期100天 on one line: a list of what is late is half as long."""
OBLIGATION_COLUMNS_WITH_DAY = (
    Column("序号", 13.0),
    Column("措施", is_centred=False),
    Column("单位", 32.0),
    Column("责任", 13.0),
    Column("时限", 31.0),
    Column("状态", 32.0),
    Column("完成日期", 31.0),
)
"""Where something is done; seven columns are set in smaller type."""


def measure_listing(
    store: Store,
    plan_key: str | None,
    as_of: date,
    *,
    title: str = "重点任务清单",
    words: str = "",
    numbers: Iterable[int] | None = None,
) -> Listing:
    """Measures by their numbers, in that order (None: all); ``words`` is the filter in words.

    Raises NotFoundError for an unknown plan or measure.
    """
    view = overview(store, plan_key, as_of)
    wanted = [m.no for m in view.plan.measures] if numbers is None else list(numbers)
    rows = tuple(_measure_row(view, place, view.measure(no)) for place, no in enumerate(wanted, start=1))
    return Listing(title, _notes(view, words, f"共{len(rows)}项措施"), MEASURE_COLUMNS, rows)


def obligation_listing(
    store: Store,
    plan_key: str | None,
    as_of: date,
    *,
    title: str = "责任事项清单",
    words: str = "",
    obligations: Iterable[int] | None = None,
) -> Listing:
    """Obligations by their ids, in that order (None: all, the most urgent first); ids that are gone are left out.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    return _of_obligations(view, rows_of(view, view.obligations, {}), title, words, obligations)


def week_listing(store: Store, plan_key: str | None, as_of: date) -> Listing:
    """本周到期: the open obligations whose date lies in the week of the as-of date, Monday to Sunday.

    Raises NotFoundError for an unknown plan.
    """
    view = overview(store, plan_key, as_of)
    first, last = week_of(as_of)
    found = due_between(view, first, last)
    words = f"{_day(first)}至{_day(last)}到期、尚未完成"
    return _of_obligations(view, rows_of(view, view.obligations, {}), "本周到期事项清单", words, found)


def export_listing(listing: Listing, fmt: Format, path: Path, job: Job) -> Exported:
    """Write a list as xlsx, pdf or docx; an existing file is replaced only when the new one is whole.

    Raises OutputError (also for a ledger file, which is never replaced), InvalidError for an empty list, Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    made = write_document(listing_document(listing), fmt, path, job)
    return Exported(path, made.pages, made.substituted)


def listing_pdf(listing: Listing, job: Job) -> tuple[bytes, Exported]:
    """The bytes that the export writes as PDF, for printing.

    Raises InvalidError for an empty list, Cancelled.
    """
    buffer = io.BytesIO()
    made = write_document(listing_document(listing), "pdf", buffer, job)
    return buffer.getvalue(), Exported(None, made.pages, made.substituted)


def listing_document(listing: Listing) -> TableDocument:
    """A list as a table document: A4 turned, plain page numbers, no annex mark.

    Raises InvalidError when there is nothing in it.
    """
    if not listing.rows:
        raise InvalidError("当前列表是空的，没有可以打印的内容。", hint="请换一个筛选条件。")
    page = replace(PageSetup(), numbers=PageNumbers.PLAIN)
    taken = sum(column.width for column in listing.columns)
    open_columns = [column for column in listing.columns if not column.width]
    rest = (page.text_width - taken) / len(open_columns) if open_columns else 0.0
    columns = tuple(
        TableColumn(
            "no" if place == 0 else "text" if not column.width else f"column{place}",
            column.title,
            column.width or rest,
            Align.CENTER if column.is_centred else Align.LEFT,
        )
        for place, column in enumerate(listing.columns)
    )
    return TableDocument(
        title=printed(listing.title),
        columns=columns,
        header=tuple(HeaderCell(column.title, place, place) for place, column in enumerate(columns)),
        rows=tuple(TableRow(tuple(printed(text) for text in row), full_width=len(row) == 1) for row in listing.rows),
        merges=tuple(_merges(listing)),
        page=page,
        notes=tuple(printed(note) for note in listing.notes),
        sheet="清单",
    )


def _merges(listing: Listing) -> Iterator[Merge]:
    """Neighbours that speak of one measure share its cell."""
    for place, column in enumerate(listing.columns):
        if column.width:
            continue
        start = 0
        for text, run in groupby(row[place] if len(row) > 1 else None for row in listing.rows):
            length = len(list(run))
            if length > 1 and text is not None:
                yield Merge(place, start, start + length - 1)
            start += length


def status_words(status: Status, as_of: date) -> str:
    """State and light in words: 推进中，逾期10天."""
    if status.overdue:
        days = (as_of - status.next_due).days if status.next_due is not None else 0
        return f"{status.state.title}，逾期{days}天" if days > 0 else f"{status.state.title}，逾期"
    if status.due_soon:
        return f"{status.state.title}，临近"
    return "逾期完成" if status.done_late else status.state.title


def _notes(view: Overview, words: str, count: str) -> tuple[str, ...]:
    plan = view.plan.title.replace("\n", "")
    parts = [f"统计截止日期：{_day(view.clock.as_of)}", *([f"范围：{words}"] if words else []), count]
    return f"方案：{plan}", "　　".join(parts)


def _measure_row(view: Overview, place: int, measure: Measure) -> tuple[str, ...]:
    status = view.measures[measure.no]
    done, total = share(view, measure.no)
    return (
        str(place),
        f"{measure.label}{measure.text}",
        printed_division(measure) or "",
        _deadline(measure, shown_due(measure.deadlines, status), view.adjusted_from(measure.no, status.next_due)),
        status_words(status, view.clock.as_of),
        f"{done}/{total}",
    )


def _deadline(measure: Measure, due: date | None, before: date | None) -> str:
    """The printed phrase; where the date was adjusted, the new date with the old one."""
    if before is not None and due is not None:
        return f"{_day(due)}（原{_day(before)}）"
    return measure.deadline_raw or (_day(due) if due else "")


def _of_obligations(
    view: Overview, rows: Sequence[ObligationRow], title: str, words: str, ids: Iterable[int] | None
) -> Listing:
    by_id = {row.id: row for row in rows}
    wanted = list(rows) if ids is None else [by_id[key] for key in ids if key in by_id]
    lines = tuple(_obligation_row(place, row, view.clock.as_of) for place, row in enumerate(wanted, start=1))
    if any(line[-1] for line in lines):
        columns: tuple[Column, ...] = OBLIGATION_COLUMNS_WITH_DAY
    else:
        columns, lines = OBLIGATION_COLUMNS, tuple(line[:-1] for line in lines)
    return Listing(title, _notes(view, words, f"共{len(lines)}个责任事项"), columns, lines)


def _obligation_row(place: int, row: ObligationRow, as_of: date) -> tuple[str, ...]:
    due = _day(row.due) if row.due else ""
    if row.adjusted_from is not None:
        due = f"{due}（原{_day(row.adjusted_from)}）"
    return (
        str(place),
        f"{row.measure_label}{row.measure_text}",
        row.unit,
        row.role.title.removesuffix("单位"),
        due,
        status_words(row.status, as_of),
        _day(row.done_on) if row.done_on else "",
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
