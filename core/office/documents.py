"""Every kind of official document: its formats, what it is asked for, and who makes it.

Command line and window look a kind up here and know nothing else of it. The makers are imported when they are first
needed: the window starts without them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import NotFoundError, OutputError, UsageError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office.asked import Asked, Exported, Made, Maker
from core.office.tables import FORMATS
from core.publish.table_document import Format
from core.store.database import Store, is_ledger

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
    """文种. ``make`` is None while the program cannot make it; ``annex_no``: the mark it usually carries."""

    key: DocumentKind
    formats: tuple[Format, ...]
    make: Maker | None = None
    uses: frozenset[Option] = frozenset()
    annex_no: int | None = None

    @property
    def title(self) -> str:
        """The word on the screen."""
        return self.key.title


def _table(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import tables

    return tables.table(store, asked, job)


def _progress(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import progress_report

    return progress_report.progress_table(store, asked, job)


def _catalogue(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import catalogue

    return catalogue.catalogue(store, asked, job)


def _ledger(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import unit_ledger

    return unit_ledger.unit_ledger(store, asked, job)


def _report(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import reports

    return reports.progress_report(store, asked, job)


def _reminder(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import letters

    return letters.reminder(store, asked, job)


def _midterm(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import evaluations

    return evaluations.midterm(store, asked, job)


def _final(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import evaluations

    return evaluations.final(store, asked, job)


def _circular(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import circulars

    return circulars.circular(store, asked, job)


def _notice(store: Store, asked: Asked, job: Job) -> Made:
    from core.office import notices

    return notices.notice(store, asked, job)


KINDS: dict[str, Kind] = {
    kind.key.value: kind
    for kind in (
        Kind(DocumentKind.TABLE, _TABLE, _table, frozenset({"section", "page"}), 2),
        Kind(
            DocumentKind.PROGRESS, _TABLE, _progress, frozenset({"period", "any_period", "section", "page", "charts"})
        ),
        Kind(DocumentKind.REPORT, _TEXT, _report, _EVALUATES),
        Kind(DocumentKind.MIDTERM, _TEXT, _midterm, _EVALUATES),
        Kind(DocumentKind.FINAL, _TEXT, _final, _EVALUATES),
        Kind(DocumentKind.CIRCULAR, _TEXT, _circular, frozenset({"period"})),
        Kind(DocumentKind.REMINDER, _TEXT, _reminder, frozenset({"period", "unit"})),
        Kind(DocumentKind.NOTICE, _TEXT, _notice, frozenset({"period", "unit"})),
        Kind(DocumentKind.CATALOGUE, _TABLE, _catalogue, frozenset({"period", "any_period", "unit", "page"})),
        Kind(DocumentKind.LEDGER, _TABLE, _ledger, frozenset({"unit", "page"})),
    )
}
"""By key, in the order of the page 报告."""


def make(store: Store, key: str, asked: Asked, job: Job) -> Made:
    """Make a document ready to be written; ``key`` is one of ``KINDS``.

    Raises NotFoundError (a kind that this version cannot make, plan, unit, own template), InvalidError (period),
    Cancelled.
    """
    kind = KINDS[key]
    if kind.make is None:
        raise NotFoundError(f"这个版本还不能生成“{kind.title}”。", hint="请换一个文种。")
    made = kind.make(store, asked, job)
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
