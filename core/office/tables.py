"""Printing and exporting the official table."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from core.errors import OutputError
from core.job import Job
from core.office.overview import plan_row
from core.publish.table import TableOptions
from core.publish.table_document import Format, write_table
from core.store import plans
from core.store.database import Store, is_ledger

__all__ = ["FORMATS", "Exported", "TableOptions", "export_table", "table_name", "table_pdf"]

FORMATS: dict[Format, str] = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; ``substituted`` names official fonts that a bundled one stands in for."""

    path: Path | None
    pages: int
    substituted: tuple[str, ...]


def export_table(
    store: Store, plan_key: str | None, fmt: Format, path: Path, job: Job, options: TableOptions | None = None
) -> Exported:
    """Write 重点任务分解表 as xlsx, pdf or docx; an existing file is replaced only when the new one is whole.

    A ledger file is never replaced, neither the open one nor another.

    Raises OutputError, NotFoundError, Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
    made = write_table(plan, fmt, path, options or TableOptions(), job)
    return Exported(path, made.pages, made.substituted)


def table_pdf(
    store: Store, plan_key: str | None, job: Job, options: TableOptions | None = None
) -> tuple[bytes, Exported]:
    """The bytes of the PDF for the preview: the same as the export writes."""
    row = plan_row(store, plan_key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
    buffer = io.BytesIO()
    made = write_table(plan, "pdf", buffer, options or TableOptions(), job)
    return buffer.getvalue(), Exported(None, made.pages, made.substituted)


def table_name(store: Store, plan_key: str | None) -> str:
    """The name to propose for the exported file, without its ending."""
    title = plan_row(store, plan_key).title
    return "".join(letter for letter in title if letter not in '\\/:*?"<>|\r\n')
