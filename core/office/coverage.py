"""对照上级 as a table: every superior measure with what answers it, how that stands, and the gaps both ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from core.errors import OutputError
from core.job import Job
from core.model.plan import Measure
from core.office.aligning import Aligned, Answering, Line, aligned
from core.office.asked import Exported, Made, file_name
from core.office.listing import status_words
from core.office.overview import Overview, overview
from core.office.paper_words import day
from core.publish.description import Align
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.table import TableOptions
from core.publish.table_document import Format, write_document
from core.store.database import Store, is_ledger

_COLUMNS = (
    PlainColumn("no", "上级序号", 3),
    PlainColumn("text", "上级措施", 14, Align.LEFT),
    PlainColumn("deadline", "上级时限", 6),
    PlainColumn("own", "本级措施", 14, Align.LEFT),
    PlainColumn("own_deadline", "本级时限", 6),
    PlainColumn("decision", "对照", 3),
    PlainColumn("state", "情况", 7, Align.LEFT),
)
_SHARED = 3
"""The columns that speak of the superior measure."""


def coverage(
    store: Store, superior_key: str, as_of: date, *, own_key: str | None = None, options: TableOptions | None = None
) -> Made:
    """对照上级情况表, in all three formats.

    Raises as ``aligning.aligned`` does.
    """
    found = aligned(store, superior_key, own_key)
    table = coverage_table(found, overview(store, found.own.key, as_of))
    document = plain_document(table, options or TableOptions(annex_no=None))
    return Made(file_name(table.title), partial(write_document, document))


def export_coverage(
    store: Store, superior_key: str, as_of: date, fmt: Format, path: Path, job: Job, *, own_key: str | None = None
) -> Exported:
    """Write the table; an existing file is replaced only when the new one is whole.

    Raises as ``coverage`` does, OutputError (also for a ledger file, which is never replaced), Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    made = coverage(store, superior_key, as_of, own_key=own_key)
    written = made.write(fmt, path, job)
    return Exported(path, written.pages, written.substituted, made.name)


def coverage_table(found: Aligned, view: Overview) -> PlainTable:
    """One row a pair in the superior's order, then ours that answer none. ``view``: our plan on the as-of date."""
    rows: list[tuple[str, ...]] = []
    groups: list[object] = []
    for line in found.lines:
        for row in _line(line, view):
            rows.append(row)
            groups.append(line.superior.no)
    for no in found.unanswering:
        rows.append(("", "", "", *_own(view, no), "不对应上级", _state(view, no)))
        groups.append(("own", no))
    return PlainTable(
        "对照上级情况表", "对照上级", _COLUMNS, tuple(rows), tuple(_notes(found, view)), tuple(groups), _SHARED
    )


def _line(line: Line, view: Overview) -> Iterator[tuple[str, ...]]:
    theirs = (str(line.superior.no), line.superior.text, _deadline(line.superior))
    whole = [conflict.text for conflict in line.conflicts if conflict.own is None]
    if not line.answers:
        yield (*theirs, "", "", "无对应", "")
    for place, answer in enumerate(line.answers):
        said = [conflict.text for conflict in line.conflicts if conflict.own == answer.own]
        said += whole if place == 0 else []
        yield (*theirs, *_own(view, answer.own), _decision(answer), "；".join([_state(view, answer.own), *said]))


def _own(view: Overview, no: int) -> tuple[str, str]:
    measure = view.measure(no)
    return f"{measure.label}{measure.text}", _deadline(measure)


def _deadline(measure: Measure) -> str:
    return measure.deadline_raw or "、".join(day(part.date) for part in measure.deadlines if part.date)


def _decision(answer: Answering) -> str:
    return "建议" if answer.decision is None else answer.decision.title


def _state(view: Overview, no: int) -> str:
    return status_words(view.measures[no], view.clock.as_of)


def _notes(found: Aligned, view: Overview) -> Iterator[str]:
    answered = len(found.lines) - len(found.unanswered)
    settled = sum(any(answer.decision for answer in line.answers) for line in found.lines)
    yield f"上级方案：{found.superior_plan.title.replace(chr(10), '')}"
    yield f"本级方案：{found.own_plan.title.replace(chr(10), '')}"
    yield (
        f"统计截止日期：{day(view.clock.as_of)}　　上级措施{len(found.lines)}项：有对应{answered}项（已确认{settled}项），"
        f"无对应{len(found.unanswered)}项　　本级措施{len(found.own_plan.measures)}项，不对应上级{len(found.unanswering)}项"
    )
