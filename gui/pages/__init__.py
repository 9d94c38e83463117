"""The pages, one package each, in the order of the navigation. Only built ones are listed.

A page is imported when it is first shown: the start pays for one page only. What the window expects of a page
stands in ``gui.pages.base.Page``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.pages.base import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One item of the navigation; ``load`` imports the page's class."""

    key: str
    title: str
    icon: str
    load: Callable[[], type[Page]]


def _home() -> type[Page]:
    from gui.pages.home.page import HomePage

    return HomePage


def _table() -> type[Page]:
    from gui.pages.table.page import TablePage

    return TablePage


def _progress() -> type[Page]:
    from gui.pages.progress.page import ProgressPage

    return ProgressPage


def _exchange() -> type[Page]:
    from gui.pages.exchange.page import ExchangePage

    return ExchangePage


def _report() -> type[Page]:
    from gui.pages.report.page import ReportPage

    return ReportPage


def _units() -> type[Page]:
    from gui.pages.units.page import UnitsPage

    return UnitsPage


def _archive() -> type[Page]:
    from gui.pages.archive.page import ArchivePage

    return ArchivePage


PAGES = (
    PageEntry("home", "首页", "house", _home),
    PageEntry("table", "任务分解", "table", _table),
    PageEntry("progress", "进展填报", "note-pencil", _progress),
    PageEntry("exchange", "下发回收", "arrows-left-right", _exchange),
    PageEntry("report", "报告", "file-text", _report),
    PageEntry("units", "单位", "buildings", _units),
    PageEntry("archive", "档案", "archive", _archive),
)
