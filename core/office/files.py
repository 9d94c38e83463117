"""Ledger files: make, open, look after."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from core import paths
from core.errors import InvalidError, LedgerFileError, NotFoundError
from core.job import Job
from core.office.changes import Changes
from core.store import backup, evidence_files, journal, kept_files, opening, replacing, trial
from core.store import upward as upward_rows
from core.store.database import Store, prepare_writing
from core.store.faults import sentences
from core.store.lock import LockedError
from core.store.outside import Outside
from core.store.share import is_on_share

if TYPE_CHECKING:
    from core.model.plan import Plan
    from core.model.units import Unit

__all__ = [
    "Care",
    "Changes",
    "LockedError",
    "Outside",
    "Store",
    "create_ledger",
    "default_ledger",
    "is_on_share",
    "open_ledger",
    "prepare_writing",
]

_LOG = logging.getLogger(__name__)
BLANK = "blank"
_STALE_SECONDS = 86_400.0
"""What is still being made after a day is not being made any more."""


class Care(NamedTuple):
    """What the look after opening found: the backup made, what is wrong with the file, which evidence is not in it."""

    backup: Path | None
    problems: tuple[str, ...]
    not_kept: tuple[str, ...] = ()


def default_ledger() -> Path:
    """The file that a first start makes: 文档/任务台账/古县.db."""
    return paths.documents_folder() / "古县.db"


def create_ledger(path: Path, plan: str = "guxian") -> Store:
    """Make a ledger file with a bundled plan, a plan file (.json) or no plan (blank), and open it.

    Raises LedgerFileError when the file exists or cannot be written, NotFoundError or InvalidError for the plan.
    """
    if plan == BLANK:
        return opening.create_file(path, lambda db: journal.append(db, "新建台账", path.name))
    from core.office.enter_plan import enter_plan

    key, content, units = _plan(plan)

    def fill(db: Connection) -> None:
        enter_plan(db, key, content, units)
        journal.append(db, "新建台账", content.title, after={"方案": key, "措施": len(content.measures)})

    return opening.create_file(path, fill)


def open_ledger(path: Path, *, read_only: bool = False, patience: float = 0) -> Store:
    """Open a ledger file; for writing the lock is taken and files without a row are set aside.

    One of an older version that is only to be read is read from a copy that was brought up to date.

    ``patience``: seconds to wait for another writer. Raises LedgerFileError, LockedError (with the holder's name).
    """
    store = _opened(path, read_only=read_only, until=time.monotonic() + patience)
    if not store.read_only:
        with sentences(path):
            _set_aside(store.path, kept_files.hashes(store.db))
        _complete(store)
        store.forget_acts()
    return store


def _complete(store: Store) -> None:
    """Files of before lack the rows of what is due upward; to ask for them is cheap, what makes them is not loaded."""
    with store.reading() as db:
        is_whole = not upward_rows.plans_without(db)
    if is_whole:
        return
    from core.office import upward

    upward.complete(store)


def _opened(path: Path, *, read_only: bool, until: float) -> Store:
    while True:
        try:
            return opening.open_file(path, read_only=read_only)
        except LockedError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.02)


def _set_aside(ledger: Path, known: Iterable[str]) -> None:
    """A housekeeping that the ledger can do without: where the folder may not be written it waits."""
    try:
        evidence_files.set_aside_strays(ledger, known)
    except OSError as error:
        _LOG.info("files without a row stay where they are: %s", error)


def open_or_create(path: Path) -> Store:
    """Open the file, or make it with 古县's plan when it is not there: the first start."""
    return open_ledger(path) if path.exists() else create_ledger(path)


def look_after(store: Store, job: Job) -> Care:
    """Back the file up and check that it is sound; run after the first paint, on a connection of the worker.

    Raises LedgerFileError when the backup cannot be written, Cancelled.
    """
    job.step(0, 2, "正在检查台账")
    with store.reading() as db, trial.cancelled_by(db, job):
        found = backup.problems(db)
    if found or store.read_only:
        return Care(None, found)
    job.step(1, 2, "正在备份")
    with sentences(store.path):
        replacing.sweep_unfinished(store.path.parent, time.time() - _STALE_SECONDS)
    from core.office import backups

    try:
        made = backups.back_up(store, job, backups.AT_START)
        return Care(made.path, (), made.problems)
    except LedgerFileError as error:
        raise LedgerFileError(
            f"这次没有备份：{error.message.replace('，没有保存', '')}",
            hint="台账可以继续使用。请腾出磁盘空间或检查权限，下次打开时会再备份。",
            where=str(backup.folder(store.path)),
        ) from error


def save_copy(store: Store, target: Path) -> Path:
    """Write what the open connection holds into a new file: the way out when its own file is gone or another one.

    Evidence stays where it is. Raises LedgerFileError when something lies there, or it cannot be read or written.
    """
    with sentences(target):
        if target.exists():
            raise LedgerFileError(f"文件已存在：{target.name}。", hint="请换一个文件名。", where=str(target))
        part = target.with_name(f".{target.name}.part")
        try:
            backup.copy_to(store.db, part)
            replacing.place(part, target)
        finally:
            part.unlink(missing_ok=True)
    return target


def last_backup(path: Path) -> datetime | None:
    """When the newest backup of a file was made."""
    return backup.latest(path)


def has_backups(path: Path) -> bool:
    """Whether backups lie beside a file, which itself may be beyond reading."""
    return backup.latest(path) is not None


def _plan(name: str) -> tuple[str, Plan, tuple[Unit, ...]]:
    from core.model import plan_json
    from core.office import bundled

    if name in bundled.TITLES:
        return name, bundled.load(name), bundled.load_units(name)
    file = Path(name)
    if file.suffix.lower() != ".json":
        raise NotFoundError(
            f"没有方案“{name}”。", hint=f"可选：{'、'.join(bundled.keys())}、{BLANK}，或一个 .json 方案文件。"
        )
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"找不到方案文件“{file.name}”。", where=name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidError(
            f"方案文件“{file.name}”读不了。", hint="请检查文件是否完整、是否有权限。", where=name
        ) from error
    return "p1", plan_json.loads(text), ()
