"""回收: look at what came back and put it beside the ledger. Nothing is written before ``collect_write.accept``."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.contained.run import Ahead, warm_up
from core.errors import KnownError, NotFoundError
from core.exchange.incoming import Incoming, Kind, walk
from core.exchange.manifest import is_manifest
from core.exchange.read_many import Read, ToRead, begin, pack, reading
from core.exchange.returned import Identity, ReturnedSheet, SheetProblem
from core.job import Job
from core.model.ledger import Period
from core.model.plan import Severity
from core.office.collect_compare import compare
from core.office.collect_contradictions import contradictions
from core.office.collect_evidence import matched, not_come, proves_something
from core.office.collect_files import Loose, beside, loose_of, new_file, shown_path
from core.office.collect_package import Package, package_of
from core.office.collected import (
    Collected,
    CollectedFile,
    LooseFile,
    ReceivedKind,
    RowChange,
    RowKey,
    Spool,
    Verdict,
    Whose,
)
from core.office.grounds import Grounds, grounds_of
from core.office.overview import plan_row
from core.store import dispatches, evidence_files, received
from core.store.database import Store
from core.store.received import ReceivedRow


def look(
    store: Store, plan_key: str | None, paths: Sequence[Path], job: Job, *, before: Collected | None = None
) -> Collected:
    """Read files, folders and zips, and compare them with the ledger; nothing is written.

    ``before``: what was looked at already and is judged again beside them, from its copies; what lies at one of
    ``paths`` is read anew instead.

    ``plan_key``: only sheets of this plan are taken (None: of any plan of the file). What cannot be read is
    a file with the verdict REJECTED, no error. Raises NotFoundError for an unknown plan, LedgerFileError, Cancelled.
    """
    if plan_key is not None:
        plan_key = plan_row(store, plan_key).key
    if paths:
        warm_up()  # a child starts while we copy
    with reading(job) as files:
        looking = _Looking(store, plan_key, job, files, spool=before.spool if before else None)
        for file in before.files if before else ():
            if not _lies_at(file.path, paths):
                looking.retake(file, None)
        for loose in before.loose if before else ():
            if not _lies_at(loose.path, paths):
                looking.retake_loose(loose)
        for item in walk(paths, job):
            looking.take(item)
        return looking.result()


def look_again(
    store: Store,
    collected: Collected,
    at: int,
    decided: Identity | None,
    job: Job,
    *,
    plan_key: str | None = None,
    fixes: tuple[tuple[int, str, str], ...] | None = None,
) -> Collected:
    """The same files, one of them read as whose a person said it is, or with cells that a person read (None: as before).

    Raises KnownError where it cannot be read so.
    """
    with reading(job) as files:
        looking = _Looking(store, plan_key, job, files, spool=collected.spool)
        for file in collected.files:
            is_meant = file.at == at
            again = replace(file, fixes=fixes) if is_meant and fixes is not None else file
            looking.retake(again, decided if is_meant else None)
        for loose in collected.loose:
            looking.retake_loose(loose)
        return looking.result()


def look_kept(
    store: Store, received_ids: Sequence[int], job: Job, *, decided: Mapping[int, Identity] | None = None
) -> Collected:
    """Sheets that the ledger keeps, compared with it once more: those that wait to be looked at.

    ``decided``: by number of the file whose it is, as a person said. Raises NotFoundError, LedgerFileError, Cancelled.
    """
    with store.reading() as db:
        rows = [received.find(db, one) for one in received_ids]
    with reading(job) as files:
        looking = _Looking(store, None, job, files)
        for row in rows:
            if row is None:
                raise NotFoundError("这份文件已不在台账中。")
            looking.take_kept(row, (decided or {}).get(row.id))
        return looking.result()


def _lies_at(path: str, places: Sequence[Path]) -> bool:
    """Whether a file is one of the places or lies in one."""
    return any(path == str(place) or path.startswith((f"{place}/", f"{place}\\")) for place in places)


@dataclass(frozen=True, slots=True)
class _Due:
    """A workbook that is read; ``before`` are the times the same bytes came, ``number`` its place in the reading."""

    file: CollectedFile
    before: Sequence[ReceivedRow]
    number: int
    is_manifest: bool


class _Looking:
    """One look at a heap of files."""

    def __init__(
        self, store: Store, plan_key: str | None, job: Job, reading: Ahead[Read], *, spool: Spool | None = None
    ) -> None:
        self._store, self._plan_key, self._job, self._reading = store, plan_key, job, reading
        self._grounds = grounds_of(store)
        with store.reading() as db:
            self._known = received.by_hash(db)
            self._made = dispatches.file_hashes(db)
        self._by_content: dict[str, list[ReceivedRow]] = defaultdict(list)
        for row in (row for rows in self._known.values() for row in rows if _was_usable(row)):
            self._by_content[str(row.outcome.get("content"))].append(row)
        self._spool = spool or Spool()
        self._files: list[CollectedFile] = []
        self._loose: list[Loose] = []
        self._seen: dict[str, str] = {}
        self._saying: dict[str, str] = {}
        self._due: list[_Due] = []
        self._packed: Path | None = None
        self._packages: list[Package] = []
        self._order: dict[str, int] = {}

    def take(self, item: Incoming) -> None:
        """Copy one file that came."""
        self._order.setdefault(shown_path(item), len(self._order))
        if item.kind is Kind.SKIPPED:
            self._loose.append(Loose(shown_path(item), item.name, beside(item), "", item.size, None, item.why))
            return
        if item.kind is Kind.UNREADABLE:
            self._reject(item, "", None, f"“{item.name}”{item.why}。")
            return
        try:
            data = item.read()
        except KnownError as error:
            self._reject(item, "", None, str(error))
            return
        digest = hashlib.sha256(data).hexdigest()
        spooled = self._spool.put(digest, data)
        if item.kind is Kind.WORKBOOK or is_manifest(data):
            self._begin(new_file(item, digest, len(data), spooled), None)
        else:
            is_scan = item.kind is Kind.SCAN
            self._loose.append(
                Loose(shown_path(item), item.name, beside(item), digest, len(data), spooled, "", is_scan=is_scan)
            )

    def retake(self, file: CollectedFile, decided: Identity | None) -> None:
        """Read a file again from its copy."""
        self._order.setdefault(file.path, len(self._order))
        if file.spooled is None:
            self._add(file)
            return
        plain = CollectedFile(
            0,
            file.path,
            file.name,
            file.folder,
            file.sha256,
            file.size,
            file.spooled,
            Verdict.REJECTED,
            fixes=file.fixes,
        )
        self._begin(plain, decided or _decided_before(file))

    def take_kept(self, row: ReceivedRow, decided: Identity | None) -> None:
        """Read a file that the ledger keeps."""
        path = evidence_files.path_of(self._store.path, row.sha256, row.name)
        folder = row.origin.replace("\\", "/").rpartition("/")[0]
        plain = CollectedFile(0, row.origin, row.name, folder, row.sha256, row.size, path, Verdict.REJECTED)
        if path.is_file():
            self._begin(plain, decided)
            return
        what = "保存的原件不见了，请重新回收"
        self._add(replace(plain, spooled=None, problems=(SheetProblem(Severity.ERROR, what),)))

    def retake_loose(self, file: LooseFile) -> None:
        """Match a file again."""
        self._loose.append(
            Loose(file.path, file.name, file.folder, file.sha256, file.size, file.spooled, file.why, file.is_scan)
        )

    def result(self) -> Collected:
        """All files read, and judged beside each other and beside what came before."""
        self._read_all()
        self._files.sort(key=lambda file: self._order.get(file.path, 0))
        with self._store.reading() as db:
            kept = received.everything(db)
        proofs = [file for file in self._files if proves_something(file, self._files, self._grounds)]
        sheets = [replace(file, at=at) for at, file in enumerate(one for one in self._files if one not in proofs)]
        files = contradictions(sheets)
        everything = [*self._loose, *map(loose_of, proofs)]
        loose, stamps = matched(files, everything, self._grounds, kept, self._packages)
        files = [
            replace(file, stamps=stamps.get(file.at, ()), problems=(*file.problems, *missing))
            if (missing := not_come(file, everything)) or file.at in stamps
            else file
            for file in files
        ]
        return Collected(tuple(files), loose, self._missing(files, kept), self._spool)

    # One workbook ------------------------------------------------------------------------------------------------

    def _read_all(self) -> None:
        """The workbooks in their order; manifests first: what they list is no return of its own."""
        due: list[_Due] = []
        for one in sorted(self._due, key=lambda one: not one.is_manifest):
            if not one.is_manifest and any(package.lists(one.file.sha256) for package in self._packages):
                self._loose.append(loose_of(one.file))
            else:
                due.append(one)
        for done, one in enumerate(due):
            found = self._reading.outcome(one.number)
            self._job.step(done, len(due), f"正在读取 {one.file.name}")
            self._take_read(one, found)

    def _is_manifest(self, file: CollectedFile) -> bool:
        if file.spooled is None or not file.name.casefold().endswith(".json"):
            return False
        data = file.spooled.read_bytes()
        package = package_of(file, data) if is_manifest(data) else None
        if package is not None:
            self._packages.append(package)
        return is_manifest(data)

    def _begin(self, file: CollectedFile, decided: Identity | None) -> None:
        """Have a workbook read while others are copied, with what was said and put right when the same bytes came."""
        before = self._known.get(file.sha256, ())
        fixes = file.fixes
        if before and not fixes and not before[-1].outcome.get("sent_back"):
            fixes = tuple((at, column, text) for at, column, text in before[-1].outcome.get("fixes", ()))
        if decided is None and before and before[-1].outcome.get("decided") and _was_usable(before[-1]):
            decided = Identity(before[-1].plan, before[-1].period, before[-1].unit)
        assert file.spooled is not None
        is_manifest = self._is_manifest(file)
        number = begin(self._reading, ToRead(file.name, file.spooled, decided, fixes, is_manifest), self._known_file())
        known_as = before[-1].id if before else None
        file = replace(file, received_id=known_as, fixes=fixes, is_decided=decided is not None)
        self._due.append(_Due(file, before, number, is_manifest))

    def _known_file(self) -> Path:
        """What the ledger knows, once for all files."""
        if self._packed is None:
            packed = pack(self._grounds.known)
            self._packed = self._spool.put(hashlib.sha256(packed).hexdigest(), packed)
        return self._packed

    def _take_read(self, one: _Due, found: Read | KnownError) -> None:
        """What was read in a file, beside the ledger."""
        file = one.file
        first = self._seen.setdefault(file.sha256, file.path)
        if isinstance(found, KnownError):
            self._add(replace(file, is_decided=False, problems=(SheetProblem(Severity.ERROR, str(found)),)))
            return
        sheet = found.sheet
        whose = self._whose(sheet)
        file = replace(file, sheet=sheet, whose=whose, problems=sheet.problems)
        if whose is None:
            self._add(file)
            return
        if self._plan_key not in (None, whose.plan_key):
            what = f"这是另一个方案（{whose.plan_key}）的填报表，没有读取"
            self._add(replace(file, problems=(*sheet.problems, SheetProblem(Severity.ERROR, what))))
            return
        if file.sha256 in self._made:
            problem = SheetProblem(Severity.WARNING, "这是下发时的原表，没有填写过")
            self._add(replace(file, rows=len(sheet.seen), problems=(problem,), is_untouched=True))
            return
        self._add(self._judged(file, found, whose, one.before, first))

    def _judged(
        self, file: CollectedFile, found: Read, whose: Whose, before: Sequence[ReceivedRow], first: str
    ) -> CollectedFile:
        compared = compare(found.sheet, whose, self._grounds)
        file = replace(
            file,
            verdict=compared.verdict,
            rows=compared.rows,
            changes=compared.changes,
            unchanged=compared.unchanged,
            problems=compared.problems,
            content=found.content,
        )
        back = next((row for row in reversed(before) if row.outcome.get("sent_back")), None)
        if back is not None and not file.fixes:
            what = f"{back.received_at[:10]}收到的这一份已退回该单位：{back.outcome['sent_back']}"
            said = (SheetProblem(Severity.ERROR, what), *file.problems)
            why = str(back.outcome["sent_back"])
            return replace(file, verdict=Verdict.REJECTED, changes=(), problems=said, sent_back=why)
        if not file.is_usable:
            return file
        twin = self._twin(file)
        if twin is not None:
            how = "文件完全相同" if first != file.path else "内容相同"
            return _duplicate(file, (), SheetProblem(Severity.INFO, f"与“{twin}”{how}，没有重复读取"))
        kept = self._kept_twin(file, whose, before)
        if kept is None:
            return file
        if not kept.is_settled:
            return replace(file, received_id=kept.id)
        file = replace(file, handled=str(kept.outcome.get("handled", "")))
        left = {RowKey(one, part or None) for one, part in kept.outcome.get("left", ())}
        changes = tuple(change for change in file.changes if change.key in left)
        how = "同一份文件" if kept.sha256 == file.sha256 else "内容相同的一份"
        told = f"{kept.received_at[:10]}已回收过{how}（{kept.name}），没有重复写入"
        if changes:
            told += f"；当时没有采用的 {len(changes)} 项，须确认后才改动"
        is_outdated = len(changes) < len(file.changes)
        if is_outdated:
            told += "；此后台账有改动，以台账为准"
        severity = Severity.WARNING if is_outdated or changes else Severity.INFO
        return _duplicate(replace(file, received_id=kept.id), changes, SheetProblem(severity, told))

    def _twin(self, file: CollectedFile) -> str | None:
        """A file of this heap that says the same."""
        return self._saying.get(file.content)

    def _kept_twin(self, file: CollectedFile, whose: Whose, before: Sequence[ReceivedRow]) -> ReceivedRow | None:
        """What was collected before and says the same: by its bytes, else by its content."""
        is_whose = (whose.plan_key, whose.period.key, whose.unit)
        mine = [row for row in before if (row.plan, row.period, row.unit) == is_whose and _was_usable(row)]
        if not mine or file.fixes:  # the bytes are the same, what is read in them is not
            mine = self._by_content.get(file.content, [])
        return mine[-1] if mine else None

    def _whose(self, sheet: ReturnedSheet) -> Whose | None:
        who = sheet.identity
        if who.plan_key is None or who.period_key is None or who.unit is None:
            return None
        return Whose(who.plan_key, self._grounds.period(who.plan_key, who.period_key), who.unit)

    def _reject(self, item: Incoming, digest: str, spooled: Path | None, why: str) -> None:
        file = new_file(item, digest, item.size, spooled)
        self._add(replace(file, problems=(SheetProblem(Severity.ERROR, why),)))

    def _add(self, file: CollectedFile) -> None:
        if file.is_usable and file.content:
            self._saying.setdefault(file.content, file.path)
        self._files.append(file)

    # Who has not returned ----------------------------------------------------------------------------------------

    def _missing(self, files: Sequence[CollectedFile], kept: Sequence[ReceivedRow]) -> tuple[str, ...]:
        """Of the plan and period that most sheets are of: one stray sheet of last quarter does not ask for all its units."""
        times = Counter((file.whose.plan_key, file.whose.period) for file in files if file.whose is not None)
        if not times:
            return ()
        plan_key, period = max(times, key=lambda one: (times[one], one[1].last_day))
        returned = {
            file.whose.unit
            for file in files
            if file.is_usable and file.whose is not None and _is_of(file.whose, plan_key, period)
        }
        returned |= {
            row.unit
            for row in kept
            if row.kind == ReceivedKind.SHEET and _was_usable(row) and (row.plan, row.period) == (plan_key, period.key)
            if row.unit
        }
        names = asked_units(self._store, self._grounds, plan_key, period) - returned
        return tuple(unit.name for unit in self._grounds.register.present if unit.name in names)


def _is_of(whose: Whose, plan_key: str, period: Period) -> bool:
    return (whose.plan_key, whose.period.key) == (plan_key, period.key)


def asked_units(store: Store, grounds: Grounds, plan_key: str, period: Period) -> set[str]:
    """The units that were given a sheet of a period, and those that the period expects something of."""
    with store.reading() as db:
        given = set(dispatches.newest(db, grounds.plan_ids[plan_key], period.key))
    present = {unit.name for unit in grounds.register.present}
    return (given | set(grounds.expected(plan_key, period))) & present


def _duplicate(file: CollectedFile, changes: tuple[RowChange, ...], what: SheetProblem) -> CollectedFile:
    return replace(
        file,
        verdict=Verdict.DUPLICATE,
        changes=changes,
        unchanged=file.rows - len(changes),
        problems=(what, *file.problems),
    )


def _was_usable(row: ReceivedRow) -> bool:
    return row.kind == ReceivedKind.SHEET and row.verdict != Verdict.REJECTED


def _decided_before(file: CollectedFile) -> Identity | None:
    """What somebody said of a file whose own words were not enough."""
    return file.sheet.identity if file.is_decided and file.sheet is not None else None
