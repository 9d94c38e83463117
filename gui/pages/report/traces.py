"""From a number to its rows: by the list 数字来源, by a press on the number on the page, from 发文登记."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Slot

from core.errors import KnownError
from gui import messages, theme
from gui.pages.filters import TableFilter
from gui.pages.report.drawing import Drawer
from gui.pages.report.page_source import PdfPages

if TYPE_CHECKING:
    from core.model.issued import Figure
    from core.office.behind import BehindRow
    from gui.pages.report.page import ReportPage
    from gui.pages.report.press import Preview


_NARROW = 1040
"""Logical pixels of the page below which kinds, pages and numbers do not all have room."""


class Traces(QObject):
    """Keeps 数字来源 and its button together, and opens what is asked for."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page
        self._pane = page.figures
        self._drawer = Drawer(self)
        self._rows: tuple[BehindRow, ...] = ()
        self.toggle = page.tools.add_toggle("数字来源", "tree-structure", "文中每个数字是怎么算的、背后是哪些行（F7）")
        self.toggle.toggled.connect(self._on_toggled)
        self._pane.hide()
        self._pane.closed.connect(self._on_closed)
        self._pane.figure_chosen.connect(self._on_figure)
        self._pane.row_opened.connect(self._on_row)
        self._pane.table_asked.connect(self._on_table)
        page.view.pressed_at.connect(self._on_pressed)
        self._drawer.drawn.connect(self._on_number)

    @Slot(bool)
    def _on_toggled(self, is_shown: bool) -> None:
        self._pane.setVisible(is_shown)
        self.settle()

    def settle(self) -> None:
        """In a narrow window the kinds make room for the numbers."""
        is_narrow = self._page.width() < theme.px(_NARROW)
        self._page.kinds.setVisible(not (self.toggle.isChecked() and is_narrow))

    def show_made(self, made: Preview | None) -> None:
        """Other pages, other numbers."""
        self.toggle.setEnabled(made is not None)
        self._pane.show_figures(made.exported.figures if made is not None else ())

    def close(self) -> None:
        """Wait for the reading thread."""
        self._drawer.close()

    # --- from the list ---------------------------------------------------------------------------

    @Slot(object)
    def _on_figure(self, figure: Figure) -> None:
        rows = self._behind(figure.obligations, figure.measures)
        if rows is not None:
            self._rows = rows
            self._pane.show_rows(figure, rows)

    @Slot(object)
    def _on_row(self, row: BehindRow) -> None:
        """An obligation opens its form, a measure itself."""
        if row.obligation is not None:
            self._page.open_obligation.emit(row.obligation)
        else:
            self._page.open_measure.emit(row.measure)

    @Slot()
    def _on_table(self) -> None:
        figure = self._pane.figure
        if figure is not None:
            self._show_filtered(self._rows, f"{figure.label} {figure.value}")

    @Slot()
    def _on_closed(self) -> None:
        self.toggle.setChecked(False)
        self._page.view.setFocus()

    # --- from elsewhere --------------------------------------------------------------------------

    def show_rows(self, obligations: Collection[int], measures: Collection[int], title: str) -> None:
        """任务分解 with the measures of some rows."""
        rows = self._behind(obligations, measures)
        if rows is not None:
            self._show_filtered(rows, title)

    def _show_filtered(self, rows: Collection[BehindRow], title: str) -> None:
        numbers = frozenset(row.measure for row in rows)
        units = {row.unit for row in rows if row.unit}
        unit = next(iter(units)) if len(units) == 1 else None
        self._page.show_filtered.emit(TableFilter(measures=numbers, unit=unit, title=title))

    def _behind(self, obligations: Collection[int], measures: Collection[int]) -> tuple[BehindRow, ...] | None:
        from core.office import behind

        context = self._page.context
        if not context.has_store:
            return None
        try:
            return behind.rows_behind(context.store, context.plan_key, obligations, measures)
        except KnownError as error:
            messages.show_error(self._page, error)
            return None

    @Slot(int, QPointF)
    def _on_pressed(self, page: int, place: QPointF) -> None:
        """A press on the page: read in the background what number stands there."""
        source = self._page.press.source
        if isinstance(source, PdfPages):
            self._drawer.drop_all()
            self._drawer.wish((page, place.x(), place.y()), partial(source.number_at, page, place.x(), place.y()))

    @Slot(object, object)
    def _on_number(self, _key: object, number: object) -> None:
        if isinstance(number, str) and number:
            self.toggle.setChecked(True)
            self._pane.find_number(number)
