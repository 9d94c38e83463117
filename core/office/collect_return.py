"""退回填报表: a sheet that cannot be taken goes back to its unit, with the list of what is wrong in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from core.errors import InvalidError
from core.exchange.returned import SheetProblem
from core.exchange.unit_sheet import COLUMNS
from core.job import Job
from core.model.plan import Severity
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.collect_write import problem_plain
from core.office.collected import CollectedFile, ReceivedKind, Verdict, Whose
from core.office.listing import Column, Listing
from core.office.overview import plan_row
from core.store import journal, periods, received, units
from core.store.database import Store, read_only_error

Place = tuple[int | None, str | None]
"""Row and column letter of a problem."""
_COLUMNS = (
    Column("序号", 13.0),
    Column("行", 16.0),
    Column("列", 30.0),
    Column("问题", is_centred=False),
    Column("收到的内容", 52.0, is_centred=False),
    Column("更正为", 40.0),
)
_TITLES: dict[str, str] = {column.field: column.title for column in COLUMNS}


def send_back(store: Store, file: CollectedFile, reason: str, job: Job) -> Changes:
    """Note that a sheet goes back whole: it is kept as it came, and its unit has not returned with it.

    Raises InvalidError without a reason, for a sheet of unknown origin and for one that was taken already;
    LedgerFileError, EvidenceError, Cancelled.
    """
    if store.read_only:
        raise read_only_error(store.path)
    if not reason.strip():
        raise InvalidError("没有写退回的原因。", hint="请写明退回的原因。", field="reason")
    if file.whose is None or file.spooled is None:
        raise InvalidError(f"不知道“{file.name}”是哪个单位的。", hint="请先指定单位。")
    if file.verdict is Verdict.DUPLICATE:
        raise InvalidError(
            f"“{file.name}”已经接受过，不能整份退回。", hint="请在“进展填报”中逐项退回，或接受该单位新报的一份。"
        )
    stored = evidence_use.store_copy(store, file.name, file.spooled, job)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    with store.transaction() as db:
        values: dict[str, Any] = {
            "plan_id": plan_row(store, file.whose.plan_key).id,
            "period_id": periods.ensure(db, file.whose.period),
            "unit_id": units.ids(db)[file.whose.unit],
            "kind": ReceivedKind.SHEET,
            "verdict": Verdict.REJECTED.value,
            "outcome": {"sent_back": reason.strip(), "problems": [problem_plain(one) for one in file.problems]},
            "is_settled": True,
        }
        journal.append(db, "退回填报表", _subject(file.whose), after=_words(file, reason))
        if file.received_id is not None:
            received.place(db, file.received_id, **values)
        else:
            received.add(db, stored, origin=file.path, received_at=now, **values)
    return Changes(periods=True)


def problem_listing(file: CollectedFile, places: Collection[Place] | None = None, *, reason: str = "") -> Listing:
    """问题清单: what the unit is to put right, with a column for its answer.

    ``places``: only these (None: all but what is said for information).
    """
    wanted = [
        problem
        for problem in file.problems
        if ((problem.row, problem.column) in places if places is not None else problem.severity is not Severity.INFO)
    ]
    rows = tuple(
        (
            str(number),
            f"第{problem.row}行" if problem.row else "整份",
            column_title(file, problem),
            problem.what,
            problem.found,
            "",
        )
        for number, problem in enumerate(wanted, start=1)
    )
    unit = file.unit or "填报表"
    period = f"{file.whose.period.title}，" if file.whose else ""
    notes = [f"{period}文件：{file.name}，共{len(rows)}处"]
    if reason.strip():
        notes.append(f"退回原因：{reason.strip()}")
    return Listing(f"{unit}填报表问题清单", tuple(notes), _COLUMNS, rows)


def column_title(file: CollectedFile, problem: SheetProblem) -> str:
    """What stands over the column of a problem (完成日期), its letter where that is not known, else nothing."""
    if problem.column is None:
        return ""
    for row in file.sheet.rows if file.sheet is not None else ():
        for name, letter in row.columns.items():
            if letter == problem.column:
                return _TITLES.get(name, f"{letter}列")
    return f"{problem.column}列"


def _subject(whose: Whose) -> str:
    return f"{whose.unit}，{whose.period.title}"


def _words(file: CollectedFile, reason: str) -> dict[str, str]:
    words = {
        "单位": file.unit or "",
        "文件": file.name,
        "原因": reason.strip(),
        "问题": "；".join(_problem_words(one) for one in file.problems if one.severity is not Severity.INFO),
    }
    return {key: word for key, word in words.items() if word}


def _problem_words(problem: SheetProblem) -> str:
    place = f"第{problem.row}行" if problem.row else ""
    return "：".join(part for part in (place, problem.what) if part)
