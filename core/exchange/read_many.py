"""Returned files read in bounded children, several at a time; what one does to its reader is said of that one."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.contained.run import Ahead, ahead
from core.errors import LedgerFileError
from core.exchange.content import content_mark
from core.exchange.read_returned import read_returned
from core.exchange.read_submission import read_submission
from core.exchange.returned import Identity, KnownLedger, ReturnedSheet
from core.job import Job


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read: its copy on disk; ``decided`` and ``fixes`` as for ``read_returned``."""

    name: str
    path: Path
    decided: Identity | None = None
    fixes: tuple[tuple[int, str, str], ...] = ()
    is_manifest: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says, and the digest of it."""

    sheet: ReturnedSheet
    content: str


@contextmanager
def reading(job: Job) -> Iterator[Ahead[Read]]:
    """Children that read files while more of them come."""
    with ahead(_read, job=job) as files:
        yield files


def begin(files: Ahead[Read], file: ToRead, known: Path) -> int:
    """Have one more file read; ``known`` is a file that ``pack`` has filled. Raises Cancelled."""
    return files.begin(file.name, (file, str(known)))


def pack(known: KnownLedger) -> bytes:
    """What the ledger knows, as the children take it: once for all files."""
    return pickle.dumps(known, protocol=5)


def _read(file: ToRead, known: str, job: Job) -> Read:
    """In the child."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise LedgerFileError(f"“{file.name}”的副本读不出来。", hint="请重新回收。") from error
    if file.is_manifest:
        sheet = read_submission(data, file.name, _known(known), job, decided=file.decided)
    else:
        fixes = {(row, column): text for row, column, text in file.fixes}
        sheet = read_returned(data, file.name, _known(known), job, decided=file.decided, fixes=fixes)
    return Read(sheet, content_mark(sheet))


@lru_cache(maxsize=1)
def _known(path: str) -> KnownLedger:
    known: KnownLedger = pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by our parent just now
    return known
