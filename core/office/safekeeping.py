"""A backup whole with its files in a second place, and a ledger restored from one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core import paths
from core.errors import LedgerFileError, OutputError
from core.job import Job
from core.office import pack_file
from core.store import backup, kept_copy, kept_files, opening, replacing, schema, trial
from core.store.database import Store
from core.store.durable import take_name
from core.store.faults import sentences, unlink_unfinished
from core.store.kept_copy import Opener
from core.store.kept_files import KeptFile


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that was made. ``problems``: files that were not whole where they were copied from."""

    path: Path
    files: int
    problems: tuple[str, ...]


def back_up_to(store: Store, folder: Path, job: Job) -> Kept:
    """Copy the ledger with all its files into a folder; the copy can be opened as it lies there.

    The copy is opened and checked before it gets its name. Files that an earlier backup in the folder holds are
    linked where the disk knows links.

    Raises OutputError for the folder, LedgerFileError (full, damaged), Cancelled.
    """
    _require_folder(folder)
    stamp = f"{datetime.now().astimezone():%Y-%m-%d %H%M%S}"
    target = _free(folder, f"{store.path.stem} {stamp}")
    with store.reading() as db:
        files = kept_files.everything(db)
    problems = kept_copy.copy_beside(target, files, kept_copy.from_ledger(store.path), job, near=folder)
    with sentences(target):
        part = target.with_suffix(".part")
        try:
            backup.copy_tried(store.db, part, job)
            take_name(part, target)
        finally:
            unlink_unfinished(part)
    return Kept(target, len(files), tuple(problems))


def restore(source: Path, target: Path, job: Job) -> Kept:
    """Make a ledger file from a backup (.db with its folder) or a hand-over package (.zip).

    Nothing that exists is replaced. The file appears only when it is whole, of this version, and checked.

    Raises LedgerFileError (in the way, no backup, damaged, newer version, full), Cancelled.
    """
    if target.exists():
        raise LedgerFileError(
            f"“{target.name}”已存在，没有恢复。", hint="请换一个文件名；比较后再决定用哪一份。", where=str(target)
        )
    beside = paths.evidence_folder(target)
    with opened_source(source, job) as (ledger, opener), sentences(target), ExitStack() as undo:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not beside.exists():
            undo.callback(shutil.rmtree, beside, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=replacing.UNFINISHED, dir=target.parent) as folder:
            part = Path(folder) / target.name
            files = bring_in(ledger, part, job)
            copied = kept_copy.copy_into(beside, files, opener, job)
            replacing.place(part, target)
        undo.pop_all()
    return Kept(target, len(files), copied.problems)


@contextmanager
def opened_source(source: Path, job: Job) -> Iterator[tuple[Path, Opener]]:
    """The ledger file of a backup or package, and what opens the files kept with it.

    Raises LedgerFileError for what is neither, Cancelled.
    """
    if pack_file.is_pack(source):
        with pack_file.opened(source) as package, tempfile.TemporaryDirectory() as folder:
            yield package.ledger_into(Path(folder), job), package.open_kept
    elif opening.is_ledger(source):
        yield source, kept_copy.from_ledger(source)
    else:
        raise LedgerFileError(
            f"“{source.name}”不是台账备份。", hint="请选择备份的 .db 文件，或移交包 .zip。", where=str(source)
        )


def bring_in(source: Path, part: Path, job: Job) -> tuple[KeptFile, ...]:
    """Copy the file of a backup, try the copy and bring it to this version; gives the files it wants beside it.

    Raises LedgerFileError, Cancelled.
    """
    with sentences(source), trial.settled(source) as db:
        backup.copy_to(db, part, job)
    job.step(0, 0, "正在校验台账")
    with sentences(part):
        trial.require_whole(part, job=job)
        with closing(opening.open_file(part)) as opened:
            _require_ours_only(opened)
            return kept_files.everything(opened.db)


def _require_ours_only(store: Store) -> None:
    """A trigger that somebody put into the file would act each time we write."""
    foreign = schema.foreign(store.db)
    if foreign:
        raise LedgerFileError(
            "这份台账里有不是本程序写的内容，没有恢复。",
            hint="请换一份备份，并核对它的来历。",
            where="、".join(foreign),
        )


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"建不了文件夹“{folder.name}”。", hint="请换一个位置，或检查权限和 U 盘。", where=str(folder)
        ) from error


def _free(folder: Path, stem: str) -> Path:
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}({number}).db"
    return path
