"""Files that came, before anybody knows what they are: where they lay, what lay beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.exchange.incoming import Incoming
from core.office.collected import CollectedFile, Verdict


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that is no sheet, before it has found its place; without ``spooled`` it is passed over."""

    path: str
    name: str
    folder: str
    sha256: str
    size: int
    spooled: Path | None
    why: str
    is_scan: bool = False


def new_file(item: Incoming, digest: str, size: int, spooled: Path | None) -> CollectedFile:
    """A workbook that came, before it is read."""
    return CollectedFile(0, shown_path(item), item.name, beside(item), digest, size, spooled, Verdict.REJECTED)


def shown_path(item: Incoming) -> str:
    """The path as it was given; what lies in a zip behind the zip's own."""
    inner = _inner(item)
    return f"{item.path}/{inner}" if inner else str(item.path)


def _inner(item: Incoming) -> str:
    if item.origin.endswith(item.path.name) and item.name == item.path.name:
        return ""
    _, _, inner = item.origin.partition(f"{item.path.name}/")
    return inner


def beside(item: Incoming) -> str:
    """The folder or zip it lies in."""
    return shown_path(item).replace("\\", "/").rpartition("/")[0]


def loose_of(file: CollectedFile) -> Loose:
    """A workbook as a file beside the sheets."""
    return Loose(file.path, file.name, file.folder, file.sha256, file.size, file.spooled, "")
