"""What looking at returns found: each file beside the ledger, field by field; nothing of it is written yet."""

from __future__ import annotations

import shutil
import weakref
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from core import temporary
from core.errors import OutputError
from core.exchange.returned import ReturnedSheet, SheetProblem
from core.model.ledger import Period
from core.model.plan import Severity
from core.office.form_value import FormValue


class Verdict(StrEnum):
    """What became of a returned sheet; the value is the word of ``collect --json``."""

    OK = "ok"
    PARTIAL = "partial"
    """Some rows have problems or are missing; the clean ones can be written."""
    REJECTED = "rejected"
    """Nothing in it can be used."""
    DUPLICATE = "duplicate"
    """The same bytes or the same content was collected before."""

    @property
    def word(self) -> str:
        """The word on the screen."""
        return {"ok": "可写入", "partial": "有问题", "rejected": "不能用", "duplicate": "重复"}[self.value]


class ReceivedKind(StrEnum):
    """What a file that came is."""

    SHEET = "sheet"
    SCAN = "scan"
    """The stamped scan of a sheet."""
    EVIDENCE = "evidence"
    OTHER = "other"


class RowKey(NamedTuple):
    """An obligation, or one 时限项 of it."""

    obligation_id: int
    part: str | None


class DiffKey(NamedTuple):
    """One field of an obligation or 时限项: what the clerk accepts or not."""

    obligation_id: int
    part: str | None
    field: str


class FieldDiff(NamedTuple):
    """One field that would change, in words. ``field`` is its name in FormValue, ``title`` the word of the form.

    A tuple: a heap of returns has tens of thousands of them. ``row`` and ``column`` are where it stands in the file. ``is_reviewed``: the record was 通过.
    """

    obligation_id: int
    measure_no: int
    label: str
    part: str | None
    field: str
    title: str
    have: str
    got: str
    row: int
    column: str | None
    is_reviewed: bool

    @property
    def key(self) -> DiffKey:
        """By which it is chosen."""
        return DiffKey(self.obligation_id, self.part, self.field)


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that would change the ledger; ``before`` None where the period has no record yet.

    ``blocked`` says why it is not taken without a choice (another return says something else); empty when it is.
    """

    row: int
    measure_no: int
    key: RowKey
    before: FormValue | None
    after: FormValue
    diffs: tuple[FieldDiff, ...]
    is_reviewed: bool
    blocked: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether it may be written without asking."""
        return not self.is_reviewed and not self.blocked


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose return something is."""

    plan_key: str
    period: Period
    unit: str


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """One workbook. ``at`` is its place in ``Collected.files``, ``spooled`` the copy that was looked at.

    ``path`` leads to it for a person, ``folder`` tells what lies beside it. ``rows`` counts the rows of the table
    that were known, ``unchanged`` those that say what the ledger has or nothing. ``received_id``: where the ledger
    keeps it already.
    """

    at: int
    path: str
    name: str
    folder: str
    sha256: str
    size: int
    spooled: Path | None
    verdict: Verdict
    whose: Whose | None = None
    sheet: ReturnedSheet | None = None
    rows: int = 0
    changes: tuple[RowChange, ...] = ()
    unchanged: int = 0
    problems: tuple[SheetProblem, ...] = ()
    content: str = ""
    """A digest of what it says, whatever the file looks like."""
    received_id: int | None = None
    stamps: tuple[str, ...] = ()
    """Names of the stamped scans that came with it or before."""
    is_untouched: bool = False
    """The very file that was sent out: no return, and not kept."""
    is_decided: bool = False
    """A person said whose it is."""
    fixes: tuple[tuple[int, str, str], ...] = ()
    """(row, column letter, text): cells that a person read in the program's place."""
    sent_back: str = ""
    """Why it was sent back to its unit; empty where it was not."""
    handled: str = ""
    """How its problems were dealt with after it was taken; empty while they are open."""

    @property
    def unit(self) -> str | None:
        """Whose it is."""
        return self.whose.unit if self.whose else None

    @property
    def diffs(self) -> tuple[FieldDiff, ...]:
        """All fields that would change."""
        return tuple(diff for change in self.changes for diff in change.diffs)

    @property
    def conflicts(self) -> tuple[FieldDiff, ...]:
        """Fields of records that were 通过: they change only with an explicit yes."""
        return tuple(diff for change in self.changes if change.is_reviewed for diff in change.diffs)

    def taken(self, *, over_review: bool = False) -> tuple[RowChange, ...]:
        """The rows that are taken when nobody chooses: the clean ones, none of what was collected before.

        ``over_review``: also what was 通过, and what an earlier collect left. What contradicts another return is
        never taken so.
        """
        if over_review:
            return tuple(change for change in self.changes if not change.blocked)
        if self.verdict is Verdict.DUPLICATE:
            return ()
        return tuple(change for change in self.changes if change.is_clean)

    def default_choice(self, *, over_review: bool = False) -> frozenset[DiffKey]:
        """The fields of these rows."""
        return frozenset(diff.key for change in self.taken(over_review=over_review) for diff in change.diffs)

    @property
    def is_usable(self) -> bool:
        """Whether the unit has returned with it."""
        return self.verdict is not Verdict.REJECTED

    @property
    def errors(self) -> int:
        """Problems that keep something from being written."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


class Fate(StrEnum):
    """What becomes of a file beside the sheets."""

    EVIDENCE = "evidence"
    STAMP = "stamp"
    TRAY = "tray"
    KNOWN = "known"
    """It came before; nothing is done."""
    SKIPPED = "skipped"
    """Passed over: no return, and not kept."""

    @property
    def word(self) -> str:
        """The word on the screen."""
        words = {"evidence": "佐证材料", "stamp": "盖章扫描件", "tray": "待分配", "known": "已收过", "skipped": "跳过"}
        return words[self.value]


@dataclass(frozen=True, slots=True)
class LooseFile:
    """A file that is no sheet: evidence, a stamped scan, or something to be assigned by hand.

    ``why`` says why it was taken so. ``target`` the obligation (and 时限项) it proves; for the tray, what it may
    prove, if anything.
    """

    path: str
    name: str
    folder: str
    sha256: str
    size: int
    spooled: Path | None
    fate: Fate
    why: str
    is_scan: bool
    whose: Whose | None = None
    unit: str | None = None
    target: RowKey | None = None
    measure_no: int | None = None


class Spool:
    """Copies of what was looked at, so that nothing else is written later; gone with the last who holds it."""

    def __init__(self) -> None:
        """A folder of its own.

        Raises OutputError when there is no room for one.
        """
        try:
            self.folder = temporary.made_folder()
        except OSError as error:
            raise _no_room() from error
        self._finalize = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def put(self, sha256: str, data: bytes) -> Path:
        """Keep a file under its digest.

        Raises OutputError when the disk is full.
        """
        path = self.folder / sha256
        try:
            if not path.exists():
                path.write_bytes(data)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise _no_room() from error
        return path

    def close(self) -> None:
        """Take the copies away."""
        self._finalize()


_SHORTEST_SAID = 3
"""A text as short as this (已) stands in many a sentence without being meant."""


def _no_room() -> OutputError:
    return OutputError("临时文件夹写不进去，没有读取。", hint="请腾出系统盘的空间，再回收一次。")


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found. ``missing``: who has not returned of the plan and period that most of the sheets are of."""

    files: tuple[CollectedFile, ...]
    loose: tuple[LooseFile, ...]
    missing: tuple[str, ...]
    spool: Spool | None = field(default=None, repr=False, compare=False)

    @property
    def tray(self) -> tuple[LooseFile, ...]:
        """What is to be assigned by hand."""
        return tuple(file for file in self.loose if file.fate is Fate.TRAY)

    @property
    def matched(self) -> tuple[LooseFile, ...]:
        """Evidence and stamped scans that have found their place."""
        return tuple(file for file in self.loose if file.fate in (Fate.EVIDENCE, Fate.STAMP))

    @property
    def is_readable(self) -> bool:
        """Whether anything could be read at all: a sheet, or a file to keep."""
        return any(file.sheet is not None for file in self.files) or any(
            one.fate is not Fate.SKIPPED for one in self.loose
        )

    @property
    def first_reason(self) -> str:
        """Why nothing could be read."""
        reasons = [problem_words(problem) for file in self.files for problem in file.problems]
        reasons += [f"“{one.name}”没有读取：{one.why}。" for one in self.loose]
        return reasons[0] if reasons else "没有找到可以回收的文件。请选择填报表、文件夹或压缩包。"


def problem_words(problem: SheetProblem) -> str:
    """A problem with the text found, where its sentence does not say it."""
    if not problem.found or f"“{problem.found}”" in problem.what:
        return problem.what
    if len(problem.found) > _SHORTEST_SAID and problem.found in problem.what:
        return problem.what
    return f"{problem.what}（表中为“{problem.found}”）"
