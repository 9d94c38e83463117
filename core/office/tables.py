"""Printing and exporting the official table."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.errors import NotFoundError, OutputError
from core.job import Job
from core.model.plan import Plan
from core.office.asked import Asked, Exported, Made, file_name
from core.office.overview import plan_row
from core.publish.table import TableOptions, table_document
from core.publish.table_document import Format, write_document, write_table
from core.store import plans
from core.store.database import Store
from core.store.opening import is_ledger

__all__ = ["FORMATS", "Exported", "TableOptions", "export_table", "table_name", "table_pdf"]

FORMATS: dict[Format, str] = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word"}


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
    return file_name(plan_row(store, plan_key).title)


def table(store: Store, asked: Asked, job: Job) -> Made:  # noqa: ARG001 - a maker
    """The kind `table`: the whole 重点任务分解表, or what it says of one section.

    Raises NotFoundError.
    """
    row = plan_row(store, asked.plan_key)
    with store.reading() as db:
        plan = plans.load(db, row.id)
    document = table_document(of_section(plan, asked.section), asked.page or TableOptions())
    return Made(file_name(row.title), partial(write_document, document))


def of_section(plan: Plan, section: int | None) -> Plan:
    """The plan with the measures of one section only.

    Raises NotFoundError for a section it does not have.
    """
    if section is None:
        return plan
    if all(one.no != section for one in plan.sections):
        raise NotFoundError(f"方案中没有第 {section} 部分。", hint="请改选范围。")
    return replace(plan, measures=tuple(measure for measure in plan.measures if measure.section == section))
