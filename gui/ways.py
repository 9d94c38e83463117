"""From page to page: what is asked for on one is shown on the page that has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from core.office.search import Hit
    from gui.context import Context
    from gui.pages.base import Page
    from gui.pages.filters import TableFilter


class Ways(QObject):
    """``show`` brings a page (its key) to the front, ``page`` gives it."""

    def __init__(
        self, context: Context, show: Callable[[str], object], page: Callable[[str], Page], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show = show
        self._page = page

    def connect_page(self, page: Page) -> None:
        """Take the ways that lead from a page."""
        page.open_page.connect(self._show)
        page.open_measure.connect(self.open_measure)
        page.open_obligation.connect(self.open_form)
        page.open_unit.connect(self.open_unit)
        page.open_unit_part.connect(self.open_unit_part)
        page.open_group.connect(self.open_group)
        page.open_register.connect(self.open_register)
        page.open_document.connect(self.open_document)
        page.open_settings.connect(self.open_settings)
        page.show_filtered.connect(self.show_filtered)
        page.show_reviews.connect(self.show_reviews)

    def _go(self, key: str) -> Page:
        self._show(key)
        return self._page(key)

    @Slot(int)
    def open_measure(self, no: int) -> None:
        """Show a measure of the plan on 任务分解."""
        self._go("table").show_measure(no)

    @Slot(object)
    def open_form(self, obligation_id: int) -> None:
        """Show the form of an obligation on 进展填报."""
        self._go("progress").show_obligation(obligation_id)

    @Slot(str)
    def open_unit(self, unit: str) -> None:
        """Show what a unit is responsible for on 进展填报."""
        self._go("progress").show_unit(unit)

    @Slot(str, str)
    def open_unit_part(self, unit: str, part: str) -> None:
        """Show what of a unit's obligations is late, or in one state."""
        self._go("progress").show_unit(unit, part)

    @Slot(str)
    def open_register(self, unit: str) -> None:
        """Show a unit in the register, on 单位."""
        self._go("units").show_unit(unit)

    @Slot(str, str)
    def open_document(self, kind: str, unit: str) -> None:
        """Show a kind of document on 报告, of one unit if any."""
        self._go("report").show_document(kind, unit or None)

    @Slot()
    def open_settings(self) -> None:
        """Show on 档案 what documents need to know of their issuer."""
        self._go("archive").show_settings()

    @Slot(str)
    def open_group(self, name: str) -> None:
        """Show a collective on 单位."""
        self._go("units").show_group(name)

    @Slot(object)
    def show_filtered(self, wanted: TableFilter) -> None:
        """Show 任务分解 with the measures a figure counts."""
        self._go("table").show_table_filter(wanted)

    @Slot()
    def show_reviews(self) -> None:
        """Show what waits for review on 进展填报."""
        self._go("progress").show_pending()

    @Slot(object)
    def jump(self, hit: Hit) -> None:
        """Show what a search found."""
        if hit.kind == "measure" and hit.measure_no is not None:
            self.open_measure(hit.measure_no)
        elif hit.kind == "unit" and hit.unit is not None:
            self.open_unit(hit.unit)
        elif hit.kind == "progress" and hit.obligation_id is not None:
            self._context.set_scope(period_key=hit.period_key)
            self.open_form(hit.obligation_id)
        elif hit.evidence_id is not None:
            self._go(self._page_of_evidence(hit.evidence_id)).show_evidence(hit.evidence_id)

    def _page_of_evidence(self, evidence_id: int) -> str:
        """Minutes of a meeting prove no progress: they are shown with their meeting."""
        from core.office import meetings

        return "archive" if meetings.meeting_of_minutes(self._context.store, evidence_id) else "progress"
