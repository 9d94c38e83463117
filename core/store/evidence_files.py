"""The content-addressed folder beside the ledger file: NAME.佐证材料/ab/abcdef….pdf.

A file is written whole, synced and named by its SHA-256 before its row is. A file without a row (killed in
between) is no damage; it is set aside when the ledger is opened. No file that somebody gave us is deleted.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from core import paths
from core.errors import EvidenceError
from core.job import Job
from core.store.durable import take_name
from core.store.faults import from_os, unlink_unfinished

MAX_BYTES = 1 << 30
"""1 GiB: larger films belong on a disk of their own, the ledger must stay small enough to copy."""

SHARED = "佐证材料"
"""The folder with the evidence of all backups in one place; each content lies there once."""

_CHUNK = 1 << 20
_NAME = re.compile(r"^[0-9a-f]{64}(\.[^.]*)?$")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NOWHERE = "0" * 64
"""Where a content of no right hash would lie; no file has this digest."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ASIDE = "未入账"


class Stored(NamedTuple):
    """A file in the folder; ``size`` in bytes, ``name`` as it came, ``pages`` of a PDF where they are known."""

    sha256: str
    size: int
    name: str
    pages: int | None = None


def take(ledger: Path, source: Path, job: Job) -> Stored:
    """Copy a file into the folder, whole or not at all.

    Raises EvidenceError when it is gone, a folder, empty, too large, changing or unreadable; LedgerFileError
    when the folder cannot be written; Cancelled.
    """
    size = _size(source)
    try:
        with source.open("rb") as file:
            return _write(ledger, source.name, file, size, job)
    except PermissionError as error:
        raise EvidenceError(
            f"“{source.name}”读不了。", hint="请关闭正在使用它的程序，或检查权限后再加入。", where=str(source)
        ) from error
    except FileNotFoundError as error:
        raise _gone(source) from error


def take_stream(ledger: Path, name: str, file: BinaryIO, size: int, job: Job) -> Stored:
    """The same for bytes that come from the clipboard."""
    return _write(ledger, name, file, size, job)


def path_of(ledger: Path, sha256: str, name: str) -> Path:
    """Where a file lies; for a backup that is opened where it lies, in the folder that all backups there share."""
    own = place_in(paths.evidence_folder(ledger), sha256, name)
    if own.exists():
        return own
    shared = place_in(ledger.parent / SHARED, sha256, name)
    return shared if shared.exists() else own


def place_in(folder: Path, sha256: str, name: str) -> Path:
    """Where a content lies in a folder; where it came first under a name with another ending, it lies under that.

    A forged ledger may hold anything as hash and name: the place is in the folder all the same.
    """
    digest = sha256 if _DIGEST.fullmatch(sha256) else _NOWHERE
    ending = Path(name).suffix.lower()
    named = folder / digest[:2] / f"{digest}{'' if _FORBIDDEN.search(ending) else ending}"
    return named if named.exists() else next(named.parent.glob(f"{digest}*"), named)


def listed(folder: Path) -> tuple[tuple[str, str], ...]:
    """Every content that lies in a folder, whatever the rows say: its hash by its name, and that name."""
    return tuple((file.stem, file.name) for file in sorted(folder.glob("??/*")) if _NAME.match(file.name))


class Glance(NamedTuple):
    """What a file shows without being read: bytes, and the time of its last change in ns."""

    size: int
    changed_at: int


def glance(path: Path) -> Glance | None:
    """Look at a stored file without reading it; None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Glance(found.st_size, found.st_mtime_ns)


def damage(path: Path, sha256: str, label: str) -> str | None:
    """What is wrong with a stored file, None when it is there and unchanged."""
    if not path.is_file():
        return f"佐证材料“{label}”不见了"
    import hashlib

    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for chunk in _chunks(file):
                digest.update(chunk)
    except OSError:
        return f"佐证材料“{label}”读不出来"
    return None if digest.hexdigest() == sha256 else f"佐证材料“{label}”内容被改动过"


def set_aside_strays(ledger: Path, known: Iterable[str]) -> None:
    """Move files without a row into a folder of their own and remove unfinished copies."""
    folder = paths.evidence_folder(ledger)
    if not folder.is_dir():
        return
    kept = set(known)
    for part in folder.glob("*.part"):
        part.unlink()
    for file in folder.glob("??/*"):
        if _NAME.match(file.name) and file.stem not in kept:
            (folder / _ASIDE).mkdir(exist_ok=True)
            file.replace(folder / _ASIDE / file.name)


def _size(source: Path) -> int:
    if source.is_dir():
        raise EvidenceError(f"“{source.name}”是文件夹。", hint="请打开文件夹，选择其中的文件。", where=str(source))
    try:
        size = source.stat().st_size
    except FileNotFoundError as error:
        raise _gone(source) from error
    except OSError as error:
        raise EvidenceError(f"“{source.name}”读不了。", hint="请检查磁盘或权限。", where=str(source)) from error
    if size == 0:
        raise EvidenceError(f"“{source.name}”是空文件（0 字节）。", hint="请检查原件后重新加入。", where=str(source))
    if size > MAX_BYTES:
        raise EvidenceError(
            f"“{source.name}”有 {size / (1 << 30):.1f} GB，超过单个佐证材料 1 GB 的上限。",
            hint="请压缩或截取后加入，原件另行保存。",
            where=str(source),
        )
    return size


def _gone(source: Path) -> EvidenceError:
    return EvidenceError(f"找不到文件“{source.name}”。", hint="它可能已被移动或删除，请重新选择。", where=str(source))


def _write(ledger: Path, name: str, file: IO[bytes], size: int, job: Job) -> Stored:
    folder = paths.evidence_folder(ledger)
    part = folder / f"{os.getpid()}-{id(file):x}.part"
    try:
        folder.mkdir(exist_ok=True)
        if shutil.disk_usage(folder).free < size:
            raise EvidenceError(f"磁盘空间不够存放“{name}”。", hint="请腾出空间后再加入。", where=str(folder))
        try:
            digest, written = _copy(file, part, size, name, job)
            if written != size:
                raise EvidenceError(f"“{name}”正在被改写，没有加入。", hint="请等它保存完后再加入。")
            target = place_in(folder, digest, name)
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                take_name(part, target)
        finally:
            unlink_unfinished(part)
    except (PermissionError, FileNotFoundError) as error:
        if error.filename is not None and not str(error.filename).startswith(str(folder)):
            raise
        raise from_os(error, folder) from error
    except OSError as error:
        raise from_os(error, folder) from error
    return Stored(digest, size, name)


def _copy(file: IO[bytes], part: Path, size: int, name: str, job: Job) -> tuple[str, int]:
    import hashlib

    digest = hashlib.sha256()
    done = 0
    with part.open("wb") as out:
        for chunk in _chunks(file):
            job.step(done, size, f"正在加入 {name}")
            digest.update(chunk)
            out.write(chunk)
            done += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), done


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
