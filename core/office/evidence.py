"""佐证材料: take in, describe, untie, list."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from core.errors import EvidenceError, KnownError, NotFoundError
from core.job import Job
from core.model.evidence import Evidence
from core.model.typed import typed
from core.office.changes import Changes
from core.store import evidence, evidence_damage, evidence_files, journal, kept_files
from core.store.database import Store
from core.store.evidence_files import Stored

CATEGORIES = ("文件", "通知方案", "图片", "表格", "扫描件", "会议材料", "新闻报道", "其他")
_COUNTED_BYTES = 64 << 20
"""A larger PDF is not read into memory to count its pages."""
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic")
_TABLES = (".xlsx", ".xls", ".et", ".csv", ".ods")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file as it is shown. ``size`` in bytes; ``also`` names the other obligations it proves.

    ``replaces`` and ``replaced_by`` are the versions before and after it. ``altered``: its size is another one, or
    the last ``check`` found other bytes in it.
    """

    id: int
    title: str
    name: str
    number: str | None
    category: str
    proves_on: date | None
    received_on: date
    pages: int | None
    size: int
    path: Path
    missing: bool
    also: tuple[str, ...] = ()
    replaces: int | None = None
    replaced_by: int | None = None
    note: str = ""
    altered: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What taking in did; ``already`` names files that were stored before and are only tied here."""

    rows: tuple[EvidenceRow, ...]
    already: tuple[str, ...]
    changes: Changes


def store_files(store: Store, files: Sequence[Path], job: Job) -> tuple[Stored, ...]:
    """Copy files into the folder beside the ledger; rows come with ``tie``.

    Raises EvidenceError for the first file that cannot be taken in; the others then have no row either.
    """
    if store.read_only:
        raise EvidenceError("台账以只读方式打开，不能加入佐证材料。", hint="请重新打开台账后再加入。")
    taken = [evidence_files.take(store.path, file, job) for file in files]
    return tuple(file._replace(pages=_pages(store.path, file, job)) for file in taken)


def store_copy(store: Store, name: str, copy: Path, job: Job) -> Stored:
    """The same for the copy of a file that had another name."""
    with copy.open("rb") as file:
        stored = evidence_files.take_stream(store.path, name, file, copy.stat().st_size, job)
    return stored._replace(pages=_pages(store.path, stored, job))


def store_bytes(store: Store, name: str, data: bytes) -> tuple[Stored, ...]:
    """The same for a pasted picture."""
    if store.read_only:
        raise EvidenceError("台账以只读方式打开，不能加入佐证材料。", hint="请重新打开台账后再加入。")
    return (evidence_files.take_stream(store.path, name, io.BytesIO(data), len(data), Job()),)


def tie(store: Store, progress_id: int, files: Sequence[Stored]) -> tuple[list[int], list[str]]:
    """Give stored files rows and tie them to a progress record, inside the running transaction.

    Gives their numbers and the names of those that were in the ledger before.
    """
    numbers, already = [], []
    day = today()
    for file in files:
        known = evidence.find_by_hash(store.db, file.sha256)
        if known is None:
            title = Path(file.name).stem
            number = evidence.insert(store.db, file, title=title, category=category_of(file.name), received_on=day)
        else:
            number = known.id
            already.append(known.title)
        evidence.link(store.db, progress_id, number)
        numbers.append(number)
    return numbers, already


def _pages(ledger: Path, file: Stored, job: Job) -> int | None:
    """The pages of a PDF; None for anything else, and for one that no reader of PDF can open."""
    if Path(file.name).suffix.lower() != ".pdf" or file.size > _COUNTED_BYTES:
        return None
    from core.publish import foreign_pages

    try:
        return foreign_pages.count(evidence_files.path_of(ledger, file.sha256, file.name), job)
    except (KnownError, OSError):
        return None


def today() -> date:
    """The day on which something is received now."""
    return datetime.now().astimezone().date()


def heir_of(old: Evidence, new: Evidence) -> Evidence:
    """A new version is described as the one before; pages and the day it came are its own."""
    return new._replace(number=old.number, category=old.category, proves_on=old.proves_on, note=old.note)


def category_of(name: str) -> str:
    """A first guess from the ending; the clerk may change it."""
    ending = Path(name).suffix.lower()
    if ending in _PICTURES:
        return "图片"
    return "表格" if ending in _TABLES else "文件"


def describe(
    store: Store,
    evidence_id: int,
    *,
    title: str,
    number: str | None,
    category: str,
    proves_on: date | None,
    pages: int | None,
    received_on: date | None = None,
    note: str | None = None,
) -> Changes:
    """Write what a file is; ``received_on`` and ``note`` stay as they are where they are None.

    Raises NotFoundError, LedgerFileError.
    """
    with store.transaction() as db:
        before = evidence.find(db, evidence_id)
        if before is None:
            raise NotFoundError("这份佐证材料已不在台账中。")
        after = before._replace(
            title=typed(title) or before.title,
            number=number,
            category=category,
            proves_on=proves_on,
            pages=pages,
            received_on=received_on or before.received_on,
            note=before.note if note is None else typed(note),
        )
        if after == before:
            return Changes()
        evidence.describe(db, after)
        journal.append(db, "修改佐证材料", after.title, before=_words(before), after=_words(after))
        uses = evidence.uses(db, [evidence_id])[evidence_id]
    return Changes(obligations=frozenset(use[0] for use in uses))


def forms_of(store: Store, evidence_id: int) -> tuple[tuple[int, str], ...]:
    """Where a file is used: (obligation, key of the period), the newest period first."""
    with store.reading() as db:
        return evidence.places(db, evidence_id)


def evidence_rows(store: Store, numbers: Sequence[int], *, of: int | None = None) -> tuple[EvidenceRow, ...]:
    """Files by number; with ``of`` (an obligation) the others they prove are named."""
    with store.reading() as db:
        uses = evidence.uses(db, list(numbers))
        found = [item for item in (evidence.find(db, number) for number in numbers) if item is not None]
        newer = {item.id: evidence.replaced_by(db, item.id) for item in found}
        damage = evidence_damage.last(db)
    return tuple(
        shown(
            store.path,
            item,
            [f"{label}{unit}" for key, label, unit in uses[item.id] if of is None or key != of],
            replaced_by=newer[item.id],
            damage=damage,
        )
        for item in found
    )


def shown(
    ledger: Path,
    item: Evidence,
    also: Sequence[str] = (),
    *,
    replaced_by: int | None = None,
    damage: Mapping[str, int] = MappingProxyType({}),
) -> EvidenceRow:
    """A row of the file as it is shown; ``damage`` is what the last check found (``evidence_damage.last``)."""
    path = evidence_files.path_of(ledger, item.sha256, item.name)
    found = evidence_files.glance(path)
    return EvidenceRow(
        id=item.id,
        title=item.title,
        name=item.name,
        number=item.number,
        category=item.category,
        proves_on=item.proves_on,
        received_on=item.received_on,
        pages=item.pages,
        size=item.size,
        path=path,
        missing=found is None,
        also=tuple(also),
        replaces=item.replaces,
        replaced_by=replaced_by,
        note=item.note,
        altered=found is not None and (found.size != item.size or damage.get(item.sha256) == found.changed_at),
    )


def damaged(store: Store, job: Job) -> tuple[str, ...]:
    """Files that are missing or altered, a sentence each; altered ones are remembered for the rows."""
    with store.reading() as db:
        kept = kept_files.everything(db)
    found = []
    altered: dict[str, int] = {}
    for index, file in enumerate(kept):
        job.step(index, len(kept), "正在核对佐证材料")
        path = evidence_files.path_of(store.path, file.sha256, file.name)
        before = evidence_files.glance(path)
        problem = evidence_files.damage(path, file.sha256, file.label)
        if problem:
            found.append(problem)
            if before is not None:
                altered[file.sha256] = before.changed_at
    _remember(store, altered)
    return tuple(found)


def _remember(store: Store, altered: Mapping[str, int]) -> None:
    """Keep what a check found, so that rows show it without reading the files again."""
    if store.read_only or evidence_damage.last(store.db) == altered:
        return
    with store.transaction() as db:
        evidence_damage.keep(db, altered)


def _words(item: Evidence) -> dict[str, str | int | None]:
    words = {
        "标题": item.title,
        "文号": item.number,
        "类别": item.category,
        "证明日期": item.proves_on.isoformat() if item.proves_on else None,
        "收到日期": item.received_on.isoformat(),
        "页数": item.pages,
        "备注": item.note or None,
    }
    return {key: word for key, word in words.items() if word is not None}
