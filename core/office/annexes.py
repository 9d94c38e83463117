"""附件 of a text: tables that the office makes anyway, each with its mark and on pages of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.job import Job
from core.office.asked import Asked
from core.office.catalogue import catalogue_document, catalogue_name
from core.office.catalogue_rows import catalogue_rows
from core.office.listing import listing_document, obligation_listing
from core.office.overview import Overview
from core.office.progress_report import progress_description
from core.office.statistics import Statistics, obligations_with
from core.publish.description import PageSetup, TableDocument
from core.publish.progress_table import progress_title
from core.publish.table import TableOptions
from core.publish.text_document import TextPart
from core.store.database import Store

Annex = tuple[str, TableDocument | TextPart]
"""The title as it stands under the text, and the table, or the charts."""


def report_annexes(store: Store, asked: Asked, view: Overview, period_key: str | None, job: Job) -> list[Annex]:
    """统计表; what is late, if anything is; the catalogue of evidence, if there is any.

    ``period_key``: the period of the words and the evidence, None for all up to the date.
    """
    numbers = asked.page or TableOptions()
    wanted = replace(asked, plan_key=view.row.key, period_key=period_key, unit=None, section=None)
    makers: list[Callable[[TableOptions], Annex | None]] = [
        lambda options: _progress(store, replace(wanted, page=options), view),
        lambda options: _late(store, view, options),
        lambda options: _evidence(store, replace(wanted, page=options), view),
    ]
    found: list[Annex] = []
    for place, make in enumerate(makers):
        job.step(place, len(makers), "正在整理附件")
        one = make(replace(numbers, annex_no=len(found) + 1))
        if one is not None:
            found.append(one)
    if len(found) == 1 and not asked.charts:
        title, table = found[0]
        return [(title, replace(table, annex="附件") if isinstance(table, TableDocument) else table)]
    return found


def charts_annex(asked: Asked, found: Statistics, before: int, *, whole: bool) -> list[Annex]:
    """附图 behind ``before`` other annexes, where they are asked for; ``whole`` as in ``chart_part``."""
    if not asked.charts:
        return []
    from core.office.charts import TITLE, chart_part

    return [(TITLE, chart_part(found, f"附件{before + 1}" if before else "附件", whole=whole))]


def late_annex(store: Store, view: Overview, options: TableOptions) -> tuple[str, TableDocument] | None:
    """What is late on the date, None when nothing is."""
    return _late(store, view, options)


def _progress(store: Store, asked: Asked, view: Overview) -> Annex:
    document = progress_description(store, asked, view, has_words=False)
    return progress_title(view.plan), document


def _late(store: Store, view: Overview, options: TableOptions) -> tuple[str, TableDocument] | None:
    ids = obligations_with(view, "overdue")
    if not ids:
        return None
    title = "逾期未完成事项清单"
    listing = obligation_listing(
        store, view.row.key, view.clock.as_of, title=title, words="逾期未完成的责任事项", obligations=ids
    )
    page = replace(PageSetup(), numbers=options.page_numbers)
    return title, replace(listing_document(listing), annex=f"附件{options.annex_no}", page=page)


def _evidence(store: Store, asked: Asked, view: Overview) -> Annex | None:
    rows = catalogue_rows(store, view, asked.period_key)
    if not rows:
        return None
    return catalogue_name(store, asked, view), catalogue_document(store, asked, view, rows)
