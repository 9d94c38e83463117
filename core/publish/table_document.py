"""The way in: a plan goes in, its official 重点任务分解表 comes out as xlsx, pdf or docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.job import Job
from core.model.plan import Plan
from core.publish.description import TableDocument
from core.publish.fonts import Fonts, machine_fonts
from core.publish.layout import Layout
from core.publish.output import Target, put
from core.publish.setting import lay_out
from core.publish.table import TableOptions, table_document

Format = Literal["xlsx", "pdf", "docx"]

_RECENT: dict[tuple[TableDocument, int], Layout] = {}
_KEPT = 4
"""Layouts of the last tables, the newest at the end; a document of many tables keeps only its last ones."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: how many pages, and the official faces that a PDF could not embed.

    ``substituted`` is empty for XLSX and DOCX, which only name their faces.
    """

    pages: int
    substituted: tuple[str, ...]


def write_table(
    plan: Plan, fmt: Format, target: Target, options: TableOptions | None = None, job: Job | None = None
) -> Published:
    """Write the official table of a plan to a path or an open binary file.

    A path gets the whole file or stays as it was. Raises OutputError when it cannot be written, Cancelled when the
    job is cancelled, ValueError for an unknown format.
    """
    return write_document(table_document(plan, options), fmt, target, job)


def write_document(document: TableDocument, fmt: Format, target: Target, job: Job | None = None) -> Published:
    """Write any table document; see ``write_table``."""
    return write_documents([document], fmt, target, job)


def write_documents(
    documents: Sequence[TableDocument], fmt: Format, target: Target, job: Job | None = None
) -> Published:
    """Write tables one after another into one file: each on a new page, in a workbook each on its own sheet.

    There is at least one; the first gives the file its title and its page. Raises as ``write_table``.
    """
    job = job or Job()
    fonts = machine_fonts()
    layouts = [_laid_out(document, fonts, job) for document in documents]
    data, substituted = _bytes(layouts, fonts, fmt, job)
    put(data, target)
    pages = sum(len(layout.pages) for layout in layouts)
    job.step(pages, pages, "已完成")
    return Published(pages, substituted)


def _laid_out(document: TableDocument, fonts: Fonts, job: Job) -> Layout:
    """The layout, computed once for the preview, the print and all three files of one table."""
    key = document, id(fonts)
    layout = _RECENT.pop(key, None) or lay_out(document, fonts, job)
    _RECENT[key] = layout
    if len(_RECENT) > _KEPT:
        _RECENT.pop(next(iter(_RECENT)), None)
    return layout


def _bytes(layouts: Sequence[Layout], fonts: Fonts, fmt: Format, job: Job) -> tuple[bytes, tuple[str, ...]]:
    if fmt == "pdf":
        from core.publish import write_pdf

        return write_pdf.pdf_bytes(layouts, fonts, job), fonts.replaced(write_pdf.FACES)
    if fmt == "xlsx":
        from core.publish.write_xlsx import xlsx_bytes

        return xlsx_bytes(layouts, job), ()
    if fmt == "docx":
        from core.publish.write_docx import docx_bytes

        return docx_bytes(layouts, job), ()
    raise ValueError(fmt)
