"""`self-check`: does a built program hold everything it needs?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.errors import KnownError
from core.job import Job
from core.office import bundled, check, files, tables


def self_check() -> Iterator[str]:
    """Make a file with each bundled plan, export its table in all formats, check the file; yields what is wrong."""
    if not bundled.keys():
        yield "没有随附方案"
    with tempfile.TemporaryDirectory(prefix="台账自检 ") as folder:
        for key in bundled.keys():  # noqa: SIM118 - a function
            try:
                yield from _one(key, Path(folder) / f"{key}.db")
            except KnownError as error:
                yield f"{bundled.TITLES[key]}：{error}"


def _one(key: str, ledger: Path) -> Iterator[str]:
    with closing(files.create_ledger(ledger, key)) as store:
        for fmt in tables.FORMATS:
            made = tables.export_table(store, None, fmt, ledger.with_suffix(f".{fmt}"), Job())
            if not made.pages:
                yield f"{bundled.TITLES[key]}：{tables.FORMATS[fmt]} 没有内容"
        yield from check.check(store, Job())
