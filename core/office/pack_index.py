"""What a hand-over package holds for whoever has no program of ours: every plan with its progress, what each unit said
period after period, the catalogue of the evidence, the register, the journal, and where in the package each file lies.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.office import documents
from core.office.asked import Asked, Made
from core.publish.description import Align
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.table import TableOptions
from core.publish.table_document import Format, write_document
from core.store import plans
from core.store.database import Store

_KINDS: tuple[tuple[str, tuple[Format, ...]], ...] = (
    ("progress", ("xlsx", "pdf")),
    ("ledger", ("xlsx",)),
    ("catalogue", ("xlsx", "pdf")),
)
"""What each unit said fills hundreds of pages: a workbook is enough."""
_FILES = "文件一览"


class PackedFile(NamedTuple):
    """One file of the package: what it is kept for, what it is called, its place, its owners in words, its hash."""

    room: str
    label: str
    place: str
    whose: str
    sha256: str


def entries(store: Store, day: date, files: Sequence[PackedFile], job: Job) -> Iterator[tuple[str, bytes]]:
    """Name and content of each document, workbooks and PDF.

    Raises Cancelled.
    """
    with store.reading() as db:
        rows = plans.listing(db)
    for row in rows:
        asked = Asked(plan_key=row.key, as_of=day)
        for kind, formats in _KINDS:
            job.step(0, 0, f"正在生成 {documents.KINDS[kind].title}")
            try:
                made = documents.make(store, kind, asked, job)
            except (InvalidError, NotFoundError):
                continue  # nothing to list yet
            yield from _written(made, formats, job)
    if files:
        job.step(0, 0, f"正在生成 {_FILES}")
        yield from _written(_list_of(files, day), ("xlsx", "pdf"), job)
    yield "单位名册.xlsx", _register(store)
    yield "操作日志.xlsx", _journal(store, job)


def _written(made: Made, formats: Sequence[Format], job: Job) -> Iterator[tuple[str, bytes]]:
    for fmt in formats:
        buffer = io.BytesIO()
        made.write(fmt, buffer, job)
        yield f"{made.name}.{fmt}", buffer.getvalue()


def _list_of(files: Sequence[PackedFile], day: date) -> Made:
    table = PlainTable(
        title=_FILES,
        sheet=_FILES,
        columns=(
            PlainColumn("no", "序号", 3),
            PlainColumn("room", "类别", 5),
            PlainColumn("text", "名称", 8, Align.LEFT),
            PlainColumn("whose", "措施和单位", 8, Align.LEFT),
            PlainColumn("place", "在移交包中的位置", 10, Align.LEFT),
            PlainColumn("sha256", "SHA-256", 17),
        ),
        rows=tuple(
            (str(at), one.room, one.label, one.whose, one.place, one.sha256) for at, one in enumerate(files, start=1)
        ),
        notes=(f"统计截止日期：{day.isoformat()}　　共{len(files)}份", "注：SHA-256 用于核对文件未被改动。"),
    )
    return Made(_FILES, partial(write_document, plain_document(table, TableOptions(annex_no=None))))


def _register(store: Store) -> bytes:
    from core.office.register_sheet import register_bytes

    return register_bytes(store)


def _journal(store: Store, job: Job) -> bytes:
    from core.office.journal_sheet import journal_bytes

    return journal_bytes(store, job)
