"""The hand-over package (.zip): what it holds and how it is read again; never more than it says, never outside."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from core.errors import LedgerFileError
from core.job import Job
from core.store.kept_files import KeptFile

FORMAT = "taizhang-pack/1"
MANIFEST, CHECKSUMS = "清单.json", "校验清单.txt"
LEDGER_FOLDER = "台账"
_CHUNK = 1 << 20
_LARGEST_LEDGER = 4 << 30
_LARGEST_LIST = 64 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Package:
    """An open package: the name of the ledger in it, and where each content lies by its hash."""

    archive: zipfile.ZipFile
    ledger: str
    places: dict[str, str]
    name: str

    def ledger_into(self, folder: Path, job: Job) -> Path:
        """Unpack the ledger file.

        Raises LedgerFileError for a damaged package, Cancelled.
        """
        target = folder / "台账.db"
        total = 0
        try:
            with self.archive.open(self.ledger) as source, target.open("wb") as out:
                while chunk := source.read(_CHUNK):
                    job.step(0, 0, "正在取出台账")
                    total += len(chunk)
                    if total > _LARGEST_LEDGER:
                        raise ValueError(total)
                    out.write(chunk)
        except _BROKEN as error:
            raise damaged(self.name) from error
        return target

    def digest_of(self, name: str, job: Job) -> str | None:
        """The SHA-256 of an entry as it can be read, None where it cannot.

        Raises Cancelled.
        """
        digest = hashlib.sha256()
        try:
            with self.archive.open(name) as source:
                while chunk := source.read(_CHUNK):
                    job.step(0, 0, "正在核对移交包")
                    digest.update(chunk)
        except _BROKEN:
            return None
        return digest.hexdigest()

    def open_kept(self, file: KeptFile) -> BinaryIO:
        """A kept file; KeyError where the package does not have it."""
        return cast("BinaryIO", self.archive.open(self.places[file.sha256]))


def checksums(package: Package) -> dict[str, str]:
    """The SHA-256 of each entry by its name, as the package lists them.

    Raises LedgerFileError for a package without a readable list.
    """
    try:
        lines = _text(package.archive, CHECKSUMS).decode().splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (*_BROKEN, UnicodeDecodeError) as error:
        raise damaged(package.name) from error


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    """A list of the package; ValueError for one that is larger than any."""
    with archive.open(name) as source:
        data = source.read(_LARGEST_LIST + 1)
    if len(data) > _LARGEST_LIST:
        raise ValueError(name)
    return data


def is_pack(path: Path) -> bool:
    """Whether a package of ours may lie there: a zip; ``opened`` says whether it is one."""
    try:
        return path.is_file() and zipfile.is_zipfile(path)
    except OSError:
        return False


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """A package, read by its list.

    Raises LedgerFileError for a zip that is none, or is damaged.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise damaged(path.name) from error
    with archive:
        try:
            manifest: dict[str, Any] = json.loads(_text(archive, MANIFEST))
            if manifest["format"] != FORMAT:
                raise ValueError(manifest["format"])
            places = {str(one["sha256"]): str(one["path"]) for one in manifest["files"]}
            ledger = str(manifest["ledger"])
        except (*_BROKEN, TypeError) as error:
            raise LedgerFileError(
                f"“{path.name}”不是移交包，或不完整。", hint="请选择由“移交打包”做成的 .zip 文件。", where=str(path)
            ) from error
        yield Package(archive, ledger, places, path.name)


def damaged(name: str) -> LedgerFileError:
    """What is said of a package that cannot be read."""
    return LedgerFileError(f"移交包“{name}”已损坏。", hint="请重新拷贝一份，再恢复。", where=name)
