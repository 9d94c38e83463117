"""Every kind of official document: its formats, what it is asked for, and who makes it.

Command line and window look a kind up here and know nothing else of it. The makers are imported when they are first
needed: the window starts without them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import OutputError, UsageError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office.asked import Asked, Exported, Made, Maker
from core.office.tables import FORMATS
from core.publish.table_document import Format
from core.store.database import Store
from core.store.opening import is_ledger

__all__ = [
    "FORMATS",
    "KINDS",
    "Asked",
    "DocumentKind",
    "Exported",
    "Kind",
    "Made",
    "Maker",
    "Option",
    "export",
    "make",
    "preview",
]

Option = Literal["period", "any_period", "unit", "section", "page", "charts", "compared", "brief", "superior"]
"""What a kind can be asked for beside plan and date.

``any_period``: also without a period, for all that was said up to the date. ``page``: 页码 and 附件号.
``superior``: 按上级方案编号.
``charts``: 附图 (in PDF and Word). ``compared``: 与上次相比. ``brief``: 正文从简.
"""
_TABLE: tuple[Format, ...] = ("docx", "xlsx", "pdf")
_TEXT: tuple[Format, ...] = ("docx", "pdf")
_EVALUATES: frozenset[Option] = frozenset({"period", "charts", "compared", "brief", "superior"})


@dataclass(frozen=True, slots=True)
class Kind:
    """文种. ``annex_no``: the mark it usually carries."""

    key: DocumentKind
    formats: tuple[Format, ...]
    uses: frozenset[Option] = frozenset()
    annex_no: int | None = None

    @property
    def title(self) -> str:
        """The word on the screen."""
        return self.key.title


KINDS: dict[str, Kind] = {
    kind.key.value: kind
    for kind in (
        Kind(DocumentKind.TABLE, _TABLE, frozenset({"section", "page"}), 2),
        Kind(DocumentKind.PROGRESS, _TABLE, frozenset({"period", "any_period", "section", "page", "charts"})),
        Kind(DocumentKind.REPORT, _TEXT, _EVALUATES),
        Kind(DocumentKind.MIDTERM, _TEXT, _EVALUATES),
        Kind(DocumentKind.FINAL, _TEXT, _EVALUATES),
        Kind(DocumentKind.CIRCULAR, _TEXT, frozenset({"period"})),
        Kind(DocumentKind.REMINDER, _TEXT, frozenset({"period", "unit"})),
        Kind(DocumentKind.NOTICE, _TEXT, frozenset({"period", "unit"})),
        Kind(DocumentKind.CATALOGUE, _TABLE, frozenset({"period", "any_period", "unit", "page"})),
        Kind(DocumentKind.LEDGER, _TABLE, frozenset({"unit", "page"})),
    )
}
"""By key, in the order of the page 报告."""


def _maker(key: DocumentKind) -> Maker:
    """Who makes a kind; imported when the first document is made."""
    from core.office import (
        catalogue,
        circulars,
        evaluations,
        letters,
        notices,
        progress_report,
        reports,
        tables,
        unit_ledger,
    )

    makers: dict[DocumentKind, Maker] = {
        DocumentKind.TABLE: tables.table,
        DocumentKind.PROGRESS: progress_report.progress_table,
        DocumentKind.REPORT: reports.progress_report,
        DocumentKind.MIDTERM: evaluations.midterm,
        DocumentKind.FINAL: evaluations.final,
        DocumentKind.CIRCULAR: circulars.circular,
        DocumentKind.REMINDER: letters.reminder,
        DocumentKind.NOTICE: notices.notice,
        DocumentKind.CATALOGUE: catalogue.catalogue,
        DocumentKind.LEDGER: unit_ledger.unit_ledger,
    }
    return makers[key]


def make(store: Store, key: str, asked: Asked, job: Job) -> Made:
    """Make a document ready to be written; ``key`` is one of ``KINDS``.

    Raises NotFoundError (plan, unit, own template), InvalidError (period), Cancelled.
    """
    kind = KINDS[key]
    made = _maker(kind.key)(store, asked, job)
    if asked.own_template and kind.formats == _TEXT:
        from core.office import own_templates

        return own_templates.filled(store, kind.key, made, asked)
    return made


def export(store: Store, key: str, asked: Asked, fmt: Format, path: Path, job: Job) -> Exported:
    """Write a document; an existing file is replaced only when the new one is whole, a ledger file never.

    Raises UsageError for a format that the kind does not have, OutputError, and what ``make`` raises.
    """
    kind = KINDS[key]
    if fmt not in kind.formats:
        raise UsageError(f"“{kind.title}”没有 {FORMATS[fmt]} 格式。", hint=f"可选：{'、'.join(kind.formats)}。")
    refuse_ledger(path)
    document = make(store, key, asked, job)
    made = document.write(fmt, path, job)
    return Exported(path, made.pages, made.substituted, document.name, document.gaps, document.figures, document.notes)


def refuse_ledger(path: Path) -> None:
    """No document takes the place of a ledger file.

    Raises OutputError.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )


def preview(store: Store, key: str, asked: Asked, job: Job) -> tuple[bytes, Exported]:
    """The bytes that the export writes as PDF, for the screen and the printer.

    Raises what ``make`` raises.
    """
    document = make(store, key, asked, job)
    buffer = io.BytesIO()
    made = document.write("pdf", buffer, job)
    return buffer.getvalue(), Exported(
        None, made.pages, made.substituted, document.name, document.gaps, document.figures, document.notes
    )
