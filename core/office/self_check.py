"""`self-check`: does a built program hold everything it needs?

Whatever is imported late is used once: each kind of document, each writer, the readers of Word, PDF and Excel
documents, a unit's sheet out and back.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.errors import KnownError
from core.job import Job
from core.office import board, bundled, check, collect, dispatch, documents, files, reading
from core.office.asked import Asked
from core.store.database import Store

_PERIOD = "2024Q4"
_ASKED = Asked(None, date(2025, 1, 1), _PERIOD)


def self_check() -> Iterator[str]:
    """Do the work of an office in a folder that is thrown away; yields what is wrong, a sentence each."""
    keys = bundled.keys()
    if not keys:
        yield "没有随附方案"
    with tempfile.TemporaryDirectory(prefix="台账自检 ") as name:
        for key in keys:
            folder = Path(name) / key
            folder.mkdir()
            try:
                yield from _plan(key, folder, has_all=key == keys[0])
            except KnownError as error:
                yield f"{bundled.TITLES[key]}：{error}"


def _plan(key: str, folder: Path, *, has_all: bool) -> Iterator[str]:
    """The file of a plan and its table; with ``has_all`` everything else too."""
    with closing(files.create_ledger(folder / f"{key}.db", key)) as store:
        yield from _export(store, "table", folder)
        if has_all:
            yield from _read_back(store, folder)
            yield from _sheet_back(store, folder)
        yield from check.check(store, Job())


def _export(store: Store, kind: str, folder: Path, asked: Asked = _ASKED) -> Iterator[str]:
    """A document in each of its formats."""
    for fmt in documents.KINDS[kind].formats:
        made = documents.export(store, kind, asked, fmt, folder / f"{kind}.{fmt}", Job())
        if not made.pages:
            yield f"{documents.KINDS[kind].title}：{documents.FORMATS[fmt]} 没有内容"


def _read_back(store: Store, folder: Path) -> Iterator[str]:
    """The table that was just written, read as a document that comes from elsewhere."""
    wanted = board.plans(store)[0].measures
    for fmt in documents.KINDS["table"].formats:
        found = len(reading.read_document(folder / f"table.{fmt}", Job()).plan.measures)
        if found != wanted:
            yield f"读取 {documents.FORMATS[fmt]} 文件：{wanted} 项措施只读到 {found} 项"


def _sheet_back(store: Store, folder: Path) -> Iterator[str]:
    """A unit's workbook out and back; every other kind of document for that unit."""
    made = dispatch.dispatch(store, None, _PERIOD, folder / "下发", Job())
    found = collect.look(store, None, [made.files[0].path], Job())
    if found.spool is not None:
        found.spool.close()
    if found.files[0].unit != made.files[0].unit:
        yield f"读取填报表：认不出是{made.files[0].unit}的"
    asked = replace(_ASKED, unit=made.files[0].unit)
    for kind in documents.KINDS:
        # the table is written already; a catalogue needs evidence, and is written as the table is
        if kind not in {"table", "catalogue"}:
            yield from _export(store, kind, folder, asked)
