"""The files behind 佐证材料目录, each under a name that says what it is, with the catalogue beside them.

Nothing that is marked 密 is in it. A file is called 措施号-单位-材料名-日期 (4-2-财政局-培训通知-20241105.pdf). Its bytes are checked against its SHA-256
while it is copied. Folder or zip: whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from core.errors import OutputError
from core.exchange.secrecy import mark_on_page
from core.job import Job
from core.office.asked import Asked
from core.office.catalogue import catalogue_document, wanted
from core.office.catalogue_rows import CatalogueRow, handed_out_as
from core.publish.output import told
from core.publish.table_document import write_document
from core.store.database import Store
from core.store.opening import is_ledger

_CHUNK = 1 << 20
_CATALOGUE = "佐证材料目录"
_NUMBER = re.compile(r"(\d+)-(\d+)-")
"""措施号-序号 at the head of a file's name."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written: where, how many files, and what is wrong with some, a sentence each."""

    path: Path
    files: int
    problems: tuple[str, ...]


def write_package(store: Store, asked: Asked, target: Path, job: Job) -> Packaged:
    """Write the files and their catalogue (XLSX and PDF) to a new folder, or to a zip where the name ends so.

    A zip of the same name is replaced. A file that is missing or was altered is named in ``problems``; the altered
    one is handed out as it is.

    Raises OutputError (a folder that has something in it, no room, no permission), InvalidError when there is
    nothing to hand out, NotFoundError, Cancelled.
    """
    view, found = wanted(store, asked)
    rows, problems = _without_secrets(found, job)
    named = {row.item.id: handed_out_as(row.number, row.units, row.item) for row in rows}
    document = catalogue_document(store, asked, view, rows, named)
    is_zip = target.suffix.lower() == ".zip"
    _check(target, is_zip=is_zip)
    part = target.with_name(f".taizhang-{os.getpid()}.part")
    try:
        part.mkdir()
        problems += _copy(rows, named, part, job)
        for fmt in ("xlsx", "pdf"):
            write_document(document, fmt, part / f"{_CATALOGUE}.{fmt}", job)
        if is_zip:
            _pack(part, target, job)
        else:
            if target.exists():
                target.rmdir()
            part.replace(target)
    except OSError as error:
        raise told(error, target) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Packaged(target, len(rows) - sum(row.row.missing for row in rows), tuple(problems))


def _in_order(path: Path) -> tuple[int, ...]:
    """The catalogue, then the files by number: 7-7 before 7-10."""
    found = _NUMBER.match(path.name)
    return (int(found[1]), int(found[2])) if found else (0,)


def _check(target: Path, *, is_zip: bool) -> None:
    if is_ledger(target):
        raise OutputError(f"“{target.name}”是台账文件，不能替换。", hint="请另起一个文件名。", where=str(target))
    if is_zip and target.is_dir():
        raise OutputError(f"“{target.name}”是文件夹，不能作为文件保存。", hint="请另起一个名称。", where=str(target))
    if not is_zip and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError(f"“{target.name}”已有内容，没有写入。", hint="请另起一个文件夹名。", where=str(target))


def _without_secrets(rows: Sequence[CatalogueRow], job: Job) -> tuple[list[CatalogueRow], list[str]]:
    """Nothing marked 密 goes into a package, whatever its name says: the heads of PDF and Word files are read."""
    kept, problems = [], []
    for place, row in enumerate(rows):
        job.step(place, len(rows), "正在检查密级字样")
        mark = None if row.row.missing else mark_on_page(row.row.path)
        if mark is None:
            kept.append(row)
        else:
            problems.append(f"{row.number}“{row.item.title}”带有密级字样“{mark}”，没有放入")
    return kept, problems


def _copy(rows: Sequence[CatalogueRow], named: dict[int, str], folder: Path, job: Job) -> list[str]:
    problems = []
    for place, row in enumerate(rows):
        label = f"正在复制 {row.item.title}"
        job.step(place, len(rows), label)
        if row.row.missing:
            problems.append(f"{row.number}“{row.item.title}”的文件不在台账文件夹中，没有放入")
            continue
        target = folder / named[row.item.id]
        with row.row.path.open("rb") as source, target.open("wb") as copy:
            sha256 = _copied(source, copy, partial(job.step, place, len(rows), label))
        if sha256 != row.item.sha256:
            problems.append(f"{row.number}“{row.item.title}”的内容与收到时不同，请核对")
    return problems


def _copied(source: BinaryIO, copy: BinaryIO, step: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        step()
        digest.update(chunk)
        copy.write(chunk)
    return digest.hexdigest()


def _pack(folder: Path, target: Path, job: Job) -> None:
    """All files of a folder into a zip; scans and pictures do not get smaller, so they are only stored."""
    part = folder.with_suffix(".zip")
    files = sorted(folder.iterdir(), key=_in_order)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for place, file in enumerate(files):
                job.step(place, len(files), f"正在打包 {file.name}")
                archive.write(file, file.name)
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()
