"""Looking at a PDF that came from outside: in a bounded child, for one drawing of it can take all memory or end a process."""

from __future__ import annotations

from pathlib import Path

from core.contained.run import run
from core.job import Job
from core.publish import pages
from core.publish.pages import Raster

SECONDS = 30.0
"""How long one page may take; a scan of 600 dpi takes one."""


def count(path: Path, job: Job) -> int:
    """How many pages a file has.

    Raises OutputError when it is no PDF that can be read, ContainedError, OSError.
    """
    return run(_count, _bytes(path), job=job, name=path.name, seconds=SECONDS)


def sizes(path: Path) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in pt.

    Raises as ``count`` does.
    """
    return run(_sizes, _bytes(path), job=Job(), name=path.name, seconds=SECONDS)


def render(pdf: Path | bytes, page: int, scale: float, name: str) -> Raster:
    """A page as pixels.

    Raises as ``count`` does.
    """
    data = pdf if isinstance(pdf, bytes) else _bytes(pdf)
    return run(_render, data, page, scale, job=Job(), name=name, seconds=SECONDS)


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _count(pdf: bytes, job: Job) -> int:  # noqa: ARG001 - as a child calls it
    return pages.page_count(pdf)


def _sizes(pdf: bytes, job: Job) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    return pages.page_sizes(pdf)


def _render(pdf: bytes, page: int, scale: float, job: Job) -> Raster:  # noqa: ARG001
    return pages.render(pdf, page, scale)
