"""对照上级 on paper: a table to read at a glance, one line a superior measure, and one with every text and date.

The short one begins with what a leader asks: how much is answered, what nobody answers, where we are later or promise
less. Then the superior's sections, each with its figures, and a line for each of its measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from core.align.conflicts import ConflictKind, last_day
from core.errors import OutputError
from core.job import Job
from core.model.ledger import Status
from core.model.plan import DeadlineKind, Measure
from core.office.aligning import Aligned, Answering, Line, aligned
from core.office.asked import Exported, Made
from core.office.listing import Column, Listing, listing_document, status_words
from core.office.overview import Overview, overview
from core.office.paper_words import day
from core.office.report_words import beginning, late_by
from core.office.superior_order import status_of
from core.publish.description import Align
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.table import TableOptions
from core.publish.table_document import Format, write_document
from core.store.database import Store
from core.store.opening import is_ledger

TITLE, DETAIL_TITLE = "对照上级情况表", "对照上级明细表"
_SHEET = "对照上级"
_SHORT = (
    Column("序号", 12.0),
    Column("上级措施", is_centred=False),
    Column("时限", 25.0),
    Column("本级措施", 24.0),
    Column("对照", 18.0),
    Column("状态", 19.0),
    Column("需要关注", 52.0, is_centred=False),
)
_TEXT, _OWN = 18, 9
"""Characters that stand on one line of these columns."""
_DETAIL = (
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


def coverage_of(store: Store, superior_key: str, as_of: date, *, own_key: str | None = None) -> Listing:
    """对照上级情况表 as a list to print or export.

    Raises as ``aligning.aligned`` does.
    """
    found = aligned(store, superior_key, own_key)
    return coverage_listing(found, overview(store, found.own.key, as_of))


def coverage(
    store: Store,
    superior_key: str,
    as_of: date,
    *,
    own_key: str | None = None,
    detail: bool = False,
    options: TableOptions | None = None,
) -> Made:
    """对照上级情况表 in all three formats; ``detail``: 对照上级明细表, with every text and date.

    Raises as ``aligning.aligned`` does.
    """
    if not detail:
        listing = coverage_of(store, superior_key, as_of, own_key=own_key)
        return Made(listing.name, partial(write_document, replace(listing_document(listing), sheet=_SHEET)))
    found = aligned(store, superior_key, own_key)
    table = coverage_table(found, overview(store, found.own.key, as_of))
    document = plain_document(table, options or TableOptions(annex_no=None))
    return Made(DETAIL_TITLE, partial(write_document, document))


def export_coverage(
    store: Store,
    superior_key: str,
    as_of: date,
    fmt: Format,
    path: Path,
    job: Job,
    *,
    own_key: str | None = None,
    detail: bool = False,
) -> Exported:
    """Write the table; an existing file is replaced only when the new one is whole.

    Raises as ``coverage`` does, OutputError (also for a ledger file, which is never replaced), Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    made = coverage(store, superior_key, as_of, own_key=own_key, detail=detail)
    written = made.write(fmt, path, job)
    return Exported(path, written.pages, written.substituted, made.name)


# At a glance ---------------------------------------------------------------------------------------------------


def coverage_listing(found: Aligned, view: Overview) -> Listing:
    """One line a superior measure, under its section; then ours that answer none. ``view``: our plan on the date."""
    rows: list[tuple[str, ...]] = []
    for title, lines in _by_section(found):
        rows.append((f"{title}　{_figures(lines)}",))
        rows += [_short(line, view) for line in lines]
    if found.unanswering:
        rows.append((f"本级不对应上级的措施　共{len(found.unanswering)}项",))
        rows += [_alone(no, view) for no in found.unanswering]
    return Listing(TITLE, tuple(_summary(found, view)), _SHORT, tuple(rows))


def _by_section(found: Aligned) -> list[tuple[str, list[Line]]]:
    sections = {section.no: f"{section.label}{section.title}" for section in found.superior_plan.sections}
    parts = [(title, [line for line in found.lines if line.superior.section == no]) for no, title in sections.items()]
    rest = [line for line in found.lines if line.superior.section not in sections]
    return [(title, lines) for title, lines in (*parts, ("其他措施" if parts else "全部措施", rest)) if lines]


def _figures(lines: Sequence[Line]) -> str:
    settled = sum(_is_settled(line) for line in lines)
    waiting = sum(bool(line.answers) for line in lines) - settled
    nobody = sum(not line.answers for line in lines)
    clash = sum(bool(line.conflicts) for line in lines)
    return f"共{len(lines)}项：已确认{settled}，待确认{waiting}，无对应{nobody}；时限或指标有冲突{clash}"


def _is_settled(line: Line) -> bool:
    return any(answer.decision is not None for answer in line.answers)


def _short(line: Line, view: Overview) -> tuple[str, ...]:
    own = tuple(sorted(answer.own for answer in _counting(line)))
    status = status_of(view, own) if own else None
    marks = [_late(status, view) if status else "", *_clashes(line, view)]
    return (
        str(line.superior.no),
        _cut(line.superior.text),
        _day(line.superior),
        _numbers(own),
        "已确认" if _is_settled(line) else "待确认" if own else "无对应",
        status.state.title if status else "",
        "，".join(mark for mark in marks if mark),
    )


def _alone(no: int, view: Overview) -> tuple[str, ...]:
    """One of ours that answers none."""
    status, measure = view.measures[no], view.measure(no)
    return "", _cut(measure.text), _day(measure), str(no), "", status.state.title, _late(status, view)


def _counting(line: Line) -> list[Answering]:
    """What was decided; where nothing was, what is suggested."""
    return [answer for answer in line.answers if answer.decision is not None] or list(line.answers)


def _clashes(line: Line, view: Overview) -> Iterator[str]:
    """Where we are later or promise less, in a word or two."""
    wanted = last_day(line.superior)
    later = [c.own for c in line.conflicts if c.kind is ConflictKind.LATER and c.own is not None]
    ours = [ends for no in later if (ends := last_day(view.measure(no))) is not None]
    if wanted is not None and ours:
        yield f"晚于上级{(max(ours) - wanted).days}天"
    short = sum(c.kind is ConflictKind.TARGET for c in line.conflicts)
    if short:
        yield f"缺指标{short}个"


def _late(status: Status, view: Overview) -> str:
    days = late_by(status, view.clock.as_of)
    if days is not None:
        return f"逾期{days}天"
    return "临近" if status.due_soon else ""


def _cut(text: str) -> str:
    """The beginning of a measure on one line."""
    short = beginning(text)
    return short if len(short) <= _TEXT else f"{short[: _TEXT - 1]}…"


def _numbers(own: Sequence[int]) -> str:
    """23、24; as many as stand on one line."""
    words = "、".join(map(str, own))
    if len(words) <= _OWN:
        return words
    kept = [no for place, no in enumerate(own) if len("、".join(map(str, own[: place + 1]))) <= _OWN - 3]
    return f"{'、'.join(map(str, kept))}等{len(own)}项"


def _day(measure: Measure) -> str:
    """The last day, else in a word what there is instead."""
    last = last_day(measure)
    if last is not None:
        return last.isoformat()
    kinds = {part.kind for part in measure.deadlines}
    if DeadlineKind.RECURRING in kinds:
        return "定期"
    if DeadlineKind.ON_INSTRUCTION in kinds:
        return "待部署"
    return "长期" if DeadlineKind.ONGOING in kinds else ""


def _summary(found: Aligned, view: Overview) -> Iterator[str]:
    """What a leader asks first."""
    yield from _notes(found, view)
    nobody = [line.superior.no for line in found.lines if not line.answers]
    later = [line.superior.no for line in found.lines if any(c.kind is ConflictKind.LATER for c in line.conflicts)]
    lacking = [line.superior.no for line in found.lines if any(c.kind is ConflictKind.TARGET for c in line.conflicts)]
    for title, numbers in (("无对应", nobody), ("本级时限晚于上级", later), ("本级没有写明上级的量化指标", lacking)):
        if numbers:
            yield f"{title}{len(numbers)}项：上级第{'、'.join(map(str, numbers))}项"
    yield "注：本级措施为落实上级该项的措施编号，状态和逾期按本级责任事项和时限计；待确认的为程序建议，按建议的措施计。"


# Every text and date -------------------------------------------------------------------------------------------


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
    return PlainTable(DETAIL_TITLE, _SHEET, _DETAIL, tuple(rows), tuple(_notes(found, view)), tuple(groups), _SHARED)


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
    settled = sum(map(_is_settled, found.lines))
    yield f"上级方案：{found.superior_plan.title.replace(chr(10), '')}"
    yield f"本级方案：{found.own_plan.title.replace(chr(10), '')}"
    yield (
        f"统计截止日期：{day(view.clock.as_of)}　　上级措施{len(found.lines)}项：有对应{answered}项（已确认{settled}项），"
        f"无对应{len(found.unanswered)}项　　本级措施{len(found.own_plan.measures)}项，不对应上级{len(found.unanswering)}项"
    )
