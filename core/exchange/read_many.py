"""Returned files read in bounded children, several at a time; what one does to its reader is said of that one."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.contained.run import each
from core.errors import KnownError, LedgerFileError
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


def read_many(files: Iterable[ToRead], known: Path, job: Job) -> Iterator[Read | KnownError]:
    """Read files in their order; ``known`` is a file that ``pack`` has filled. Raises Cancelled."""
    yield from each(_read, ((file.name, (file, str(known))) for file in files), job=job)


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
