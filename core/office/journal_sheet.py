"""The journal as a workbook: what a filter leaves, for whoever asks who changed what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import InvalidError, OutputError
from core.job import Job
from core.office.history import JournalFilter, journal_lines, journal_numbers
from core.store.database import Store
from core.store.opening import is_ledger

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class JournalFile:
    """What was written: the file and its number of lines."""

    path: Path
    lines: int


def export_journal(store: Store, wanted: JournalFilter, path: Path, job: Job) -> JournalFile:
    """Write what a filter leaves as XLSX, the newest first; an existing file is replaced only by a whole one.

    Raises OutputError (also for a ledger file), InvalidError when nothing is left, NotFoundError, Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    numbers = journal_numbers(store, wanted)
    if not numbers:
        raise InvalidError("没有符合条件的记录，没有导出。", hint="请换一个筛选条件。")
    from core.publish.output import put

    put(_bytes(store, wanted, numbers, job), path)
    return JournalFile(path, len(numbers))


def journal_bytes(store: Store, job: Job) -> bytes:
    """The whole journal as the content of an XLSX file.

    Raises Cancelled.
    """
    wanted = JournalFilter()
    return _bytes(store, wanted, journal_numbers(store, wanted), job)


def _bytes(store: Store, wanted: JournalFilter, numbers: Sequence[int], job: Job) -> bytes:
    from core.publish.journal_xlsx import workbook_bytes

    note = f"台账：{store.path.name}，{filter_words(wanted)}，共{len(numbers)}条"
    return workbook_bytes(note, _rows(store, numbers, job))


def filter_words(wanted: JournalFilter) -> str:
    """What a filter asks for, in words; 全部记录 where it asks nothing."""
    parts = [
        f"含“{wanted.words.strip()}”" if wanted.words.strip() else "",
        f"操作：{wanted.action}" if wanted.action else "",
        f"操作人：{wanted.who}" if wanted.who else "",
        f"{wanted.since.isoformat()}起" if wanted.since else "",
        f"{wanted.until.isoformat()}止" if wanted.until else "",
        f"第{wanted.measure_no}项措施" if wanted.measure_no is not None else "",
        f"单位：{wanted.unit}" if wanted.unit else "",
    ]
    return "，".join(part for part in parts if part) or "全部记录"


def _rows(store: Store, numbers: Sequence[int], job: Job) -> Iterator[tuple[int | str, ...]]:
    for start in range(0, len(numbers), _AT_ONCE):
        job.step(start, len(numbers), "正在写操作日志")
        for line in journal_lines(store, numbers[start : start + _AT_ONCE]):
            changes = "\n".join(change.text for change in line.changes)
            yield (line.id, line.at, line.who, line.action, line.subject, changes, line.reason)
    job.step(len(numbers), len(numbers), "正在保存")
