"""Copies of the kept files of one ledger beside another: backup to a second place, restoring, hand-over."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from core import paths
from core.job import Job
from core.store import evidence_files
from core.store.faults import sentences
from core.store.kept_files import KeptFile

Opener = Callable[[KeptFile], BinaryIO]
_CHUNK = 1 << 20


def copy_beside(
    ledger: Path, files: Sequence[KeptFile], opener: Opener, job: Job, *, near: Path | None = None
) -> list[str]:
    """Put kept files into the folder beside ``ledger``; gives a sentence for each that is not whole.

    Content is verified while it is copied; a file that is there already stays. ``near`` is a folder whose own
    content-addressed folders are looked into first: an unchanged file of an earlier backup is linked, not copied.

    Raises LedgerFileError when the place cannot be written or is full, Cancelled.
    """
    problems = []
    earlier = [folder for folder in near.glob("*.佐证材料") if folder.is_dir()] if near else []
    for at, file in enumerate(files):
        job.step(at, len(files), f"正在复制 {file.label}")
        with sentences(ledger):
            problem = _put(ledger, file, opener, earlier)
        if problem:
            problems.append(problem)
    return problems


def from_ledger(ledger: Path) -> Opener:
    """Opens the kept files of a ledger."""
    return lambda file: evidence_files.path_of(ledger, file.sha256, file.name).open("rb")


def _put(ledger: Path, file: KeptFile, opener: Opener, earlier: Sequence[Path]) -> str | None:
    target = evidence_files.path_of(ledger, file.sha256, file.name)
    if target.exists():
        return evidence_files.damage(target, file.sha256, file.label)
    target.parent.mkdir(parents=True, exist_ok=True)
    if _linked(target, file, earlier):
        return None
    try:
        source = opener(file)
    except (FileNotFoundError, KeyError):
        return f"“{file.label}”不见了"
    part = paths.evidence_folder(ledger) / f"{file.sha256}.part"
    try:
        with source, part.open("wb") as out:
            digest = _copied(source, out)
        if digest != file.sha256:
            return f"“{file.label}”内容被改动过"
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return None


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _linked(target: Path, file: KeptFile, earlier: Sequence[Path]) -> bool:
    """Whether an earlier backup in the same place had it; a stick without links gets a copy."""
    for folder in earlier:
        known = next((folder / file.sha256[:2]).glob(f"{file.sha256}*"), None)
        if known is None or evidence_files.damage(known, file.sha256, file.label):
            continue
        try:
            target.hardlink_to(known)
        except OSError:
            return False
        return True
    return False
