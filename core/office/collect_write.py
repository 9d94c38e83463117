"""What was looked at goes into the ledger: one transaction for the whole heap, each record with its journal entry.

The files are copied into the folder beside the ledger before the transaction begins; killed in between they are files
without a row, which opening sets aside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError
from core.exchange.returned import SheetProblem
from core.job import Job
from core.office import backups
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.collect_choice import Choices, Due, due_of, is_new
from core.office.collected import (
    Collected,
    Fate,
    LooseFile,
    ReceivedKind,
    RowChange,
    RowKey,
    Verdict,
    Whose,
)
from core.office.entry import Place, entry_at, write
from core.office.form_value import FormValue, record_of
from core.office.grounds import Grounds, grounds_of
from core.store import journal, periods, progress, received, units
from core.store.database import Store, read_only_error
from core.store.evidence_files import Stored

_LONGEST_NAME, _LONGEST_ENDING = 200, 10


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written. ``rows`` records changed, ``evidence`` files tied, ``kept`` files newly kept as they came.

    ``written``: something of what the returns say went into the ledger, or a return was noted.
    """

    changes: Changes
    written: bool
    rows: int
    evidence: int
    kept: int


def accept(
    store: Store, collected: Collected, job: Job, *, choices: Choices | None = None, over_review: bool = False
) -> Accepted:
    """Write what was chosen, all or nothing; the files are kept as they came.

    ``choices`` None: the clean rows of every file, with ``over_review`` also those of records that were 通过. A
    field of such a record that is named in ``choices`` has its explicit yes. What was collected before and what the
    ledger says already changes nothing.

    Raises InvalidError when the ledger has changed since the look or a choice leaves an entry without what it needs,
    LedgerFileError, EvidenceError, Cancelled.
    """
    if store.read_only:
        raise read_only_error(store.path)
    writing = _Writing(store, collected, choices, job, over_review=over_review)
    if writing.is_idle:
        return Accepted(Changes(), written=False, rows=0, evidence=0, kept=0)
    backups.before(store, "回收", job)
    writing.take_files()
    with store.transaction() as db:
        writing.write(db)
    return writing.result()


class _Writing:
    """One heap on its way into the ledger."""

    def __init__(
        self, store: Store, collected: Collected, choices: Choices | None, job: Job, *, over_review: bool
    ) -> None:
        self._store, self._job = store, job
        self._grounds: Grounds = grounds_of(store)
        self._due = [due_of(file, choices, over_review=over_review) for file in collected.files]
        self._loose = [one for one in collected.loose if one.fate in (Fate.EVIDENCE, Fate.STAMP, Fate.TRAY)]
        self._stored: dict[str, Stored] = {}
        self._files: dict[RowKey, list[LooseFile]] = defaultdict(list)
        for one in self._loose:
            if one.fate is Fate.EVIDENCE and one.target is not None:
                self._files[one.target].append(one)
        self._tied: set[str] = set()
        self._noted: set[str] = set()
        self._said: dict[tuple[str, RowKey], FormValue] = {}
        self._measures: set[int] = set()
        self._obligations: set[int] = set()
        self._rows = self._evidence = self._kept = 0
        self._is_returned = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing at all is new."""
        return not self._loose and not any(due.taken or is_new(due) for due in self._due)

    def take_files(self) -> None:
        """Copy what is to be kept into the folder beside the ledger."""
        wanted = [(due.file.sha256, due.file.name, due.file.spooled) for due in self._due if is_new(due)]
        wanted += [(one.sha256, one.name, one.spooled) for one in self._loose]
        for at, (digest, name, copy) in enumerate(wanted):
            self._job.step(at, len(wanted), f"正在保存 {name}")
            if copy is not None and digest not in self._stored:
                self._stored[digest] = evidence_use.store_copy(self._store, safe_name(name), copy, self._job)

    def write(self, db: Connection) -> None:
        """Everything, inside the running transaction."""
        self._tell(db)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        for at, due in enumerate(self._due):
            self._job.step(at, len(self._due), f"正在写入 {due.file.name}")
            self._write_sheet(db, due)
        for target, files in self._files.items():
            self._tie(db, target, files)
        for due in self._due:
            self._keep_sheet(db, due, now)
        for one in self._loose:
            self._keep_loose(db, one, now)

    def result(self) -> Accepted:
        """What was done."""
        changes = Changes(frozenset(self._measures), frozenset(self._obligations), periods=self._is_returned)
        written = bool(self._rows or self._evidence or self._is_returned)
        return Accepted(changes, written, self._rows, self._evidence, self._kept)

    # Records -----------------------------------------------------------------------------------------------------

    def _write_sheet(self, db: Connection, due: Due) -> None:
        whose = due.file.whose
        if whose is None:
            return
        for change, value in due.taken:
            place = self._place(change.key, whose)
            if self._is_said_already(whose, change, value):
                continue
            self._require_unchanged(db, place, change)
            files = self._files.pop(change.key, [])
            kept = progress.draft(db, place.obligation.id, place.period.key, change.key.part)
            write(
                self._store,
                place,
                value,
                over_review=change.is_reviewed,
                files=[self._stored[one.sha256] for one in files],
                how=f"回收 {due.file.name}",
            )
            if kept is not None:
                progress.keep_draft(db, place.obligation.id, place.period.key, change.key.part, kept)
            self._note(place, files)
            self._rows += 1

    def _place(self, key: RowKey, whose: Whose) -> Place:
        if not self._grounds.owns(key.obligation_id):
            raise _changed_since()
        return self._grounds.place(key.obligation_id, whose.period)

    def _is_said_already(self, whose: Whose, change: RowChange, value: FormValue) -> bool:
        """Whether another return of the heap has just said the same.

        Raises InvalidError when it said something else.
        """
        key = whose.period.key, change.key
        first = self._said.get(key)
        if first is None:
            self._said[key] = value
            return False
        if replace(first, said_by=value.said_by) != value:
            raise InvalidError(
                f"“{whose.unit}”的两份表第 {change.measure_no} 项内容不同，不能都接受。", hint="请只选其中一份的。"
            )
        return True

    @staticmethod
    def _require_unchanged(db: Connection, place: Place, change: RowChange) -> None:
        known = entry_at(db, place, change.key.part)
        if (known[1] if known else None) != change.before:
            raise _changed_since()

    def _tie(self, db: Connection, target: RowKey, files: list[LooseFile]) -> None:
        """Evidence of a record that does not change by the sheet; without a record it waits in the tray."""
        whose = files[0].whose
        if whose is None:
            return
        place = self._place(target, whose)
        row = record_of(progress.of_obligation(db, target.obligation_id), whose.period, target.part)
        known = entry_at(db, place, row.part) if row is not None else None
        if known is None:
            return
        draft = progress.draft(db, target.obligation_id, whose.period.key, known[0].part)
        write(
            self._store,
            place,
            known[1],
            files=[self._stored[one.sha256] for one in files],
            how="回收佐证材料",
        )
        if draft is not None:
            progress.keep_draft(db, target.obligation_id, whose.period.key, known[0].part, draft)
        self._note(place, files)

    def _note(self, place: Place, files: list[LooseFile]) -> None:
        self._measures.add(place.obligation.measure)
        self._obligations.add(place.obligation.id)
        self._evidence += len(files)
        self._tied |= {one.path for one in files}

    # Files as they came ------------------------------------------------------------------------------------------

    def _keep_sheet(self, db: Connection, due: Due, now: str) -> None:
        file = due.file
        if file.verdict is Verdict.DUPLICATE and due.taken:
            self._lessen(db, due)
        if not is_new(due) or file.sha256 in self._noted:
            return
        self._noted.add(file.sha256)
        ids = self._ids(db, file.whose)
        values: dict[str, Any] = {
            **ids,
            "kind": ReceivedKind.SHEET if file.sheet is not None else ReceivedKind.OTHER,
            "verdict": file.verdict.value,
            "outcome": _outcome(due),
            "is_settled": not due.is_later and file.whose is not None,
        }
        self._is_returned |= file.is_usable
        if file.received_id is not None:
            received.place(db, file.received_id, **values)
            return
        received.add(db, self._stored[file.sha256], origin=file.path, received_at=now, **values)
        self._kept += 1

    @staticmethod
    def _lessen(db: Connection, due: Due) -> None:
        """Rows that an earlier collect left were taken now."""
        row = received.find(db, due.file.received_id or 0)
        if row is None:
            return
        taken = {(change.key.obligation_id, change.key.part or "") for change, _ in due.taken}
        left = [key for key in row.outcome.get("left", ()) if tuple(key) not in taken]
        changed = int(row.outcome.get("changed", 0)) + len(taken)
        received.tell(db, row.id, row.outcome | {"left": left, "changed": changed})

    def _keep_loose(self, db: Connection, one: LooseFile, now: str) -> None:
        is_evidence = one.fate is Fate.EVIDENCE and one.path in self._tied
        is_settled = is_evidence or one.fate is Fate.STAMP
        outcome: dict[str, Any] = {"why": one.why}
        if one.target is not None:
            outcome["obligation" if is_evidence else "suggested"] = one.target.obligation_id
            outcome["part"] = one.target.part
        ids = self._ids(db, one.whose)
        if ids["unit_id"] is None and one.unit is not None:
            ids["unit_id"] = units.ids(db).get(one.unit)
        kind = ReceivedKind.SCAN if one.fate is Fate.STAMP else ReceivedKind.EVIDENCE
        waiting = next((row for row in received.unsettled(db) if row.sha256 == one.sha256), None)
        values: dict[str, Any] = {**ids, "kind": kind, "verdict": "", "outcome": outcome, "is_settled": is_settled}
        if waiting is not None:
            received.place(db, waiting.id, **values)
            return
        received.add(db, self._stored[one.sha256], origin=one.path, received_at=now, **values)
        self._kept += 1

    def _ids(self, db: Connection, whose: Whose | None) -> dict[str, int | None]:
        if whose is None:
            return {"plan_id": None, "period_id": None, "unit_id": None}
        return {
            "plan_id": self._grounds.plan_ids[whose.plan_key],
            "period_id": periods.ensure(db, whose.period),
            "unit_id": units.ids(db)[whose.unit],
        }

    def _tell(self, db: Connection) -> None:
        """The entry of the whole collect; it comes first, so that it names the step that can be taken back."""
        new = [due for due in self._due if is_new(due) or due.taken]
        usable = [due for due in new if due.file.is_usable]
        rows = len({(change.key, due.file.whose) for due in new for change, _ in due.taken})
        after = {
            "单位": "、".join(dict.fromkeys(due.file.unit for due in usable if due.file.unit)),
            "改动": f"{rows} 行",
            "文件": "、".join(due.file.name for due in new),
            "不能用": "、".join(due.file.name for due in new if not due.file.is_usable),
            "盖章扫描件": "、".join(one.name for one in self._loose if one.fate is Fate.STAMP),
            "佐证材料": "、".join(one.name for one in self._loose if one.fate is Fate.EVIDENCE),
            "待分配": "、".join(one.name for one in self._loose if one.fate is Fate.TRAY),
        }
        counts = [
            f"{len(new)} 份" if new else "",
            f"改动 {rows} 行" if new else "",
            f"附件 {len(self._loose)} 个" if self._loose else "",
        ]
        subject = "，".join(part for part in counts if part)
        journal.append(db, "回收填报表", subject, after={key: word for key, word in after.items() if word})


def safe_name(name: str) -> str:
    """A name that came in a zip, as any system can hold it; the ending is that of the kept file."""
    plain = "".join("_" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in name)
    stem, dot, ending = plain.rpartition(".")
    return plain[:_LONGEST_NAME] if not dot or len(ending) > _LONGEST_ENDING else f"{stem[:_LONGEST_NAME]}.{ending}"


def _outcome(due: Due) -> dict[str, Any]:
    file = due.file
    foot = file.sheet.foot if file.sheet is not None else None
    return {
        "content": file.content,
        "decided": file.is_decided,
        "fixes": [list(fix) for fix in file.fixes],
        "sheet": file.sheet.sheet if file.sheet is not None else "",
        "version": file.sheet.identity.version if file.sheet is not None else None,
        "rows": file.rows,
        "changed": len(due.taken),
        "unchanged": file.unchanged,
        "left": [[key.obligation_id, key.part or ""] for key in due.left],
        "filled_by": foot.filled_by if foot is not None else "",
        "problems": [problem_plain(problem) for problem in file.problems],
    }


def problem_plain(problem: SheetProblem) -> dict[str, Any]:
    """A problem as it is kept."""
    return {
        "row": problem.row,
        "column": problem.column,
        "severity": problem.severity.value,
        "what": problem.what,
        "found": problem.found,
    }


def _changed_since() -> InvalidError:
    return InvalidError("台账在核对以后有改动，没有写入。", hint="请重新回收这些文件，再核对一次。")
