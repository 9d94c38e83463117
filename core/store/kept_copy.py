"""Copies of the kept files of one ledger: beside another (restoring, a backup in a second place), into the folder that
all backups of a ledger share, into a hand-over package.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core import paths
from core.job import Job
from core.store import evidence_files
from core.store.durable import take_name
from core.store.evidence_files import SHARED
from core.store.faults import sentences, unlink_unfinished
from core.store.kept_files import KeptFile

Opener = Callable[[KeptFile], BinaryIO]
Known = Callable[[KeptFile], bool]
_CHUNK = 1 << 20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a damaged package raises where a file in it is read."""


@dataclass(frozen=True, slots=True)
class Copied:
    """``new``: so many were linked or copied now; ``problems``: a sentence for each that is not whole."""

    new: int
    problems: tuple[str, ...]


def copy_beside(
    ledger: Path, files: Sequence[KeptFile], opener: Opener, job: Job, *, near: Path | None = None
) -> list[str]:
    """Put kept files into the folder beside ``ledger``; gives a sentence for each that is not whole.

    Content is verified, also of a file that is there already. ``near`` is a folder whose own content-addressed
    folders are looked into first: an unchanged file of an earlier backup is linked, not copied.

    Raises LedgerFileError when the place cannot be written or is full, Cancelled.
    """
    earlier = [folder for folder in near.glob(f"*{SHARED}") if folder.is_dir()] if near else []
    return list(copy_into(paths.evidence_folder(ledger), files, opener, job, linked_from=earlier).problems)


def copy_into(
    folder: Path,
    files: Sequence[KeptFile],
    opener: Opener,
    job: Job,
    *,
    linked_from: Sequence[Path] = (),
    is_known: Known = lambda _file: False,
) -> Copied:
    """Put kept files into a content-addressed folder: linked where one of ``linked_from`` has it, else copied.

    Every file that comes in is verified whole; one that is there already as well, but for those ``is_known`` names.
    A file there that was damaged is put anew.

    Raises LedgerFileError when the place cannot be written or is full, Cancelled.
    """
    problems = []
    new = 0
    with sentences(folder):
        for part in folder.glob("*.part"):
            part.unlink(missing_ok=True)
    for at, file in enumerate(files):
        job.step(at, len(files), f"正在复制 {file.label}")
        with sentences(folder):
            target = evidence_files.place_in(folder, file.sha256, file.name)
            if target.exists() and (is_known(file) or not evidence_files.damage(target, file.sha256, file.label)):
                continue
            problem = _put(target, file, opener, linked_from)
        if problem:
            problems.append(problem)
        else:
            new += 1
    return Copied(new, tuple(problems))


def from_ledger(ledger: Path) -> Opener:
    """Opens the kept files of a ledger; of a backup, those in the folder that the backups share."""
    return lambda file: evidence_files.path_of(ledger, file.sha256, file.name).open("rb")


def _put(target: Path, file: KeptFile, opener: Opener, linked_from: Iterable[Path]) -> str | None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent.parent / f"{target.stem}.part"
    if _linked(target, part, file, linked_from):
        return None
    part.unlink(missing_ok=True)  # it may be a link that got no further: written into, it would change the other name
    try:
        source = opener(file)
    except (FileNotFoundError, KeyError):
        return f"“{file.label}”不见了"
    except _UNREADABLE:
        return f"“{file.label}”读不出来"
    try:
        with source, part.open("wb") as out:
            digest = _copied(source, out)
    except _UNREADABLE:
        return f"“{file.label}”读不出来"
    else:
        if digest != file.sha256:
            return f"“{file.label}”内容被改动过"
        take_name(part, target)
    finally:
        unlink_unfinished(part)
    return None


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _linked(target: Path, part: Path, file: KeptFile, folders: Iterable[Path]) -> bool:
    """Whether one of the folders had it whole; a stick without links gets a copy."""
    for folder in folders:
        known = next((folder / target.parent.name).glob(f"{target.stem}*"), None)
        if known is None or evidence_files.damage(known, file.sha256, file.label):
            continue
        try:
            part.unlink(missing_ok=True)
            part.hardlink_to(known)
            take_name(part, target)
        except OSError:
            return False
        # two names of one file: the system leaves the first where it is
        part.unlink(missing_ok=True)
        return True
    return False
