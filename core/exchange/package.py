"""上报材料包: the files that go upward, their checksums, and the parts they are dealt out to for mail."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import InvalidError, OutputError
from core.exchange.manifest import EvidenceSent, SubmissionManifest, inside, is_manifest, read_manifest
from core.job import Job

__all__ = [
    "CHECKSUM_NAME",
    "EvidenceSent",
    "PackageFile",
    "SubmissionManifest",
    "checksum_bytes",
    "is_manifest",
    "parts",
    "read_manifest",
    "verify",
    "write_zip",
]

CHECKSUM_NAME = "校验清单.txt"
ATTACHED = "随附材料"
"""The kind, in the manifest, of a file that was added by hand."""
_CHUNK = 1 << 20
_OVERHEAD = 512
"""Bytes that a file takes in a zip beside its own, at the most."""


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file: ``path`` inside the package with /, ``kind`` in words, its bytes in ``data`` or at ``source``."""

    path: str
    kind: str
    sha256: str
    size: int
    data: bytes | None = None
    source: Path | None = None

    @classmethod
    def of_bytes(cls, path: str, kind: str, data: bytes) -> PackageFile:
        """A file that was just made."""
        return cls(path, kind, hashlib.sha256(data).hexdigest(), len(data), data=data)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes.

        Raises OutputError when the file is not there any more.
        """
        if self.data is not None:
            yield self.data
            return
        assert self.source is not None
        try:
            with self.source.open("rb") as file:
                while piece := file.read(_CHUNK):
                    yield piece
        except OSError as error:
            raise OutputError(f"“{self.path}”读不出来，没有放入。", hint="请核对佐证材料。", where=self.path) from error


def checksum_bytes(files: Sequence[PackageFile]) -> bytes:
    """As ``sha256sum -c`` reads it: digest, two blanks, path."""
    return "".join(f"{one.sha256}  {one.path}\n" for one in files).encode()


def verify(folder: Path, job: Job) -> tuple[str, ...]:
    """What is wrong with a package in a folder or on a stick, a sentence each; empty when it is whole.

    Raises InvalidError when it has no list of checksums, Cancelled.
    """
    try:
        lines = (folder / CHECKSUM_NAME).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidError(
            f"“{folder.name}”中没有可读的{CHECKSUM_NAME}。", hint="请重新生成上报材料包。", where=str(folder)
        ) from error
    found = []
    for at, line in enumerate(lines):
        digest, _, path = line.partition("  ")
        job.step(at, len(lines), f"正在核对 {path}")
        problem = _wrong(folder, digest, path)
        if problem:
            found.append(problem)
    return tuple(found)


def _wrong(folder: Path, digest: str, path: str) -> str | None:
    try:
        file = folder.joinpath(*inside(path).split("/"))
        found = hashlib.sha256()
        with file.open("rb") as opened:
            while piece := opened.read(_CHUNK):
                found.update(piece)
    except FileNotFoundError:
        return f"“{path}”不见了"
    except (OSError, ValueError, TypeError):
        return f"“{path}”读不出来"
    return None if found.hexdigest() == digest else f"“{path}”内容被改动过"


def parts(
    files: Sequence[PackageFile], limit: int
) -> tuple[tuple[tuple[PackageFile, ...], ...], tuple[PackageFile, ...]]:
    """Files dealt out to parts of at most ``limit`` bytes, in their order, and those too large for any part."""
    dealt: list[list[PackageFile]] = []
    sizes: list[int] = []
    too_large = []
    for one in files:
        size = one.size + _OVERHEAD + 4 * len(one.path.encode())
        if size > limit:
            too_large.append(one)
            continue
        at = next((at for at, taken in enumerate(sizes) if taken + size <= limit), None)
        if at is None:
            dealt.append([one])
            sizes.append(size)
        else:
            dealt[at].append(one)
            sizes[at] += size
    return tuple(tuple(part) for part in dealt), tuple(too_large)


def write_zip(files: Sequence[PackageFile], target: BinaryIO, job: Job, folder: str = "") -> None:
    """A zip that opens by itself; ``folder`` is the name of the folder inside it.

    Raises OutputError, Cancelled.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, one in enumerate(files):
            job.step(at, len(files), f"正在压缩 {one.path}")
            info = zipfile.ZipInfo(f"{folder}/{one.path}" if folder else one.path, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.file_size = one.size
            with archive.open(info, "w") as member:
                for piece in one.pieces():
                    member.write(piece)
