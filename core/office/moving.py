"""Moving a ledger file with its evidence and backups: copied whole first, the old taken away last."""

from __future__ import annotations

import shutil
from pathlib import Path

from core import paths
from core.errors import LedgerFileError
from core.job import Job
from core.store import backup, opening
from core.store.database import Store
from core.store.durable import take_name
from core.store.faults import sentences, unlink_unfinished


def move_ledger(store: Store, target: Path, job: Job | None = None) -> Store:
    """Move the file and open it at its new place; see the two halves below."""
    prepare_move(store.path, target, job or Job())
    return finish_move(store, target)


def prepare_move(source: Path, target: Path, job: Job) -> None:
    """Copy evidence and backups to where they will lie: the long half, for a worker thread.

    Raises LedgerFileError when something is in the way, the place cannot be written or the disk is full, and
    Cancelled; what was copied is then taken away again.
    """
    pairs = _folders(source, target)
    with sentences(target):
        for there in (target, *(new for _, new in pairs)):
            if there.exists():
                raise LedgerFileError(f"目标位置已有“{there.name}”。", hint="请换一个位置或名称。", where=str(there))
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with sentences(target):
            _copy(pairs, job)
    except BaseException:
        _take_away(pairs, target)
        raise


def finish_move(store: Store, target: Path) -> Store:
    """Copy the file itself, open it there, then take the old away; what came in meanwhile is copied too.

    Raises LedgerFileError; then the copies are gone, nothing has moved and ``store`` is still open.
    """
    source = store.path
    pairs = _folders(source, target)
    try:
        with sentences(target):
            _copy(pairs, Job())
            part = target.with_name(f".{target.name}.part")
            backup.copy_to(store.db, part)
            take_name(part, target)
        moved = opening.open_file(target)
    except BaseException:
        _take_away(pairs, target)
        raise
    store.close()
    unlink_unfinished(source)  # first: killed in between it must not stand there without what lay beside it
    if not source.exists():
        for old, _ in pairs:
            shutil.rmtree(old, ignore_errors=True)
    return moved


def _folders(source: Path, target: Path) -> tuple[tuple[Path, Path], ...]:
    return (
        (paths.evidence_folder(source), paths.evidence_folder(target)),
        (backup.folder(source), backup.folder(target)),
    )


def _copy(pairs: tuple[tuple[Path, Path], ...], job: Job) -> None:
    """Copy every file that is not there yet; what was one file under two names is so again."""
    files = [
        (old, new / old.relative_to(folder)) for folder, new in pairs for old in folder.rglob("*") if old.is_file()
    ]
    copied: dict[tuple[int, int], Path] = {}
    for index, (old, new) in enumerate(files):
        job.step(index, len(files), f"正在移动 {old.name}")
        if not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            _copy_or_link(old, new, copied)


def _copy_or_link(old: Path, new: Path, copied: dict[tuple[int, int], Path]) -> None:
    """The evidence of backups are links to the ledger's own: copied one by one they would take the room twice."""
    seen = old.stat()
    first = copied.setdefault((seen.st_dev, seen.st_ino), new)
    if first is not new and seen.st_nlink > 1:
        try:
            new.hardlink_to(first)
        except OSError:
            pass  # no links there
        else:
            return
    shutil.copy2(old, new)


def _take_away(pairs: tuple[tuple[Path, Path], ...], target: Path) -> None:
    """Remove what this move itself had made; its places were empty before."""
    for _, new in pairs:
        shutil.rmtree(new, ignore_errors=True)
    unlink_unfinished(target)
