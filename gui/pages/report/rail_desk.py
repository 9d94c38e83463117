"""The rail beside the pages: shown where it leaves the text legible, or as the clerk wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from gui import theme
from gui.pages.report import rail
from gui.pages.report.page_geometry import MARGIN

if TYPE_CHECKING:
    from gui.pages.report.page import ReportPage
    from gui.pages.report.page_source import PageSource

_LEGIBLE_TABLE, _LEGIBLE_TEXT = 1.0, 0.85
"""Logical pixels per point at which 小四, the face of tables, and 三号, that of texts, are at least 12 pixels high."""


class RailDesk(QObject):
    """Keeps the rail, the pages and the button 缩略图 together."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._rail, self._view = page.rail, page.view
        self._room = page.pages
        self._wanted: bool | None = None
        self.toggle = page.tools.add_toggle("", "rows", "缩略图（F4）")
        self.toggle.clicked.connect(self._on_toggled)
        self._rail.chosen.connect(self._view.go_to)
        self._rail.activated.connect(self._on_activated)
        self._view.page_changed.connect(self._on_page_changed)
        self._room.installEventFilter(self)
        self._settle()

    def set_source(self, source: PageSource | None, *, keep_place: bool = False) -> None:
        """Show other pages, in the rail and beside it; None for none."""
        self._rail.set_source(source, keep_place=keep_place)
        self._view.set_source(source, keep_place=keep_place)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wider window has room for the rail, a narrower one may have none."""
        if watched is self._room and event.type() == QEvent.Type.Resize:
            self._settle()
        return False

    def _settle(self) -> None:
        """Where nothing was said, the rail is there for more than one page, unless they would be too small to read."""
        has_pages = self._view.page_count() > 0
        is_shown = has_pages and (self._is_fitting() if self._wanted is None else self._wanted)
        self.toggle.setEnabled(has_pages)
        self.toggle.setChecked(is_shown)
        self._rail.setVisible(is_shown)

    def _is_fitting(self) -> bool:
        sizes = self._view.page_sizes()
        if len(sizes) < 2:
            return False
        least = _LEGIBLE_TEXT if sizes[0].height() > sizes[0].width() else _LEGIBLE_TABLE
        taken = theme.px(rail.WIDTH) if self._rail.isHidden() else 0
        bar = self._view.verticalScrollBar().sizeHint().width()
        room = self._room.width() - taken - bar - 2 * MARGIN
        return room / max(size.width() for size in sizes) >= least

    @Slot(bool)
    def _on_toggled(self, is_wanted: bool) -> None:
        self._wanted = is_wanted
        self._settle()

    @Slot(int, int)
    def _on_page_changed(self, page: int, _total: int) -> None:
        self._rail.set_current(page)

    @Slot()
    def _on_activated(self) -> None:
        """Enter, or a double click: on to reading the page."""
        self._view.setFocus()
