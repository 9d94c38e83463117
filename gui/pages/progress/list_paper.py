"""The list of 进展填报 on paper or in a file, as it is filtered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.office import listing
from gui.printing import export_listing, print_listing

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from core.office.files import Store
    from core.office.listing import Listing
    from gui.context import Context
    from gui.pages.progress.obligation_list import ObligationList

TITLE = "责任事项清单"


def print_list(context: Context, shown: ObligationList, window: QWidget) -> None:
    """Lay the list out and ask for the printer."""
    print_listing(context, window, _make(context, shown))


def export_list(context: Context, shown: ObligationList, window: QWidget, fmt: str) -> None:
    """Ask where to and write it as xlsx, pdf or docx."""
    export_listing(context, window, _make(context, shown), fmt, TITLE)


def _make(context: Context, shown: ObligationList) -> partial[Listing]:
    ids = tuple(row.id for row in shown.model.rows())
    return partial(_listing, context.plan_key, context.as_of, shown.words(), ids)


def _listing(plan_key: str | None, as_of: date, words: str, ids: tuple[int, ...], store: Store) -> Listing:
    return listing.obligation_listing(store, plan_key, as_of, title=TITLE, words=words, obligations=ids)
