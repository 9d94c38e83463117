"""打印当前列表, 导出当前列表: the measures as they are filtered and sorted, as a list of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.table.arrange import Only, arrange
from gui.pages.table.rows import TableRow

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from core.office.files import Store
    from core.office.listing import Listing
    from gui.context import Context
    from gui.pages.table.arrange import View
    from gui.pages.table.filters import Filters
    from gui.pages.table.rows import TableRows

_TITLES = {Only.ALL: "重点任务清单", Only.STEADY: "长期坚持和待部署措施清单"}
_MANY = 3


class CurrentList(QObject):
    """Prints and exports what the table shows; an empty table is told, not printed."""

    told = Signal(str)
    """Printed; carries the sentence."""
    exported = Signal(object)
    """Written; carries core.office.tables.Exported."""

    def __init__(self, context: Context, filters: Filters, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._filters = filters
        self._window = parent

    @Slot()
    def print(self) -> None:
        """Lay out, ask for the printer."""
        from gui.printing import print_listing  # print support stays out of the start

        if self._filters.table is not None:
            print_listing(self._context, self._window, self._make(), told=self.told.emit)

    @Slot(str)
    def export(self, fmt: str) -> None:
        """Ask where to, write."""
        from gui.printing import export_listing

        if self._filters.table is not None:
            name = title_of(self._filters.view)
            export_listing(self._context, self._window, self._make(), fmt, name, exported=self.exported.emit)

    def _make(self) -> partial[Listing]:
        table, view = self._filters.table, self._filters.view
        assert table is not None
        lines = arrange(table, view).lines
        numbers = tuple(line.no for line in lines if isinstance(line, TableRow))
        return partial(_listing, self._context.plan_key, self._context.as_of, view, words_of(table, view), numbers)


def title_of(view: View) -> str:
    """逾期措施清单; with a whole plan 重点任务清单."""
    return _TITLES.get(view.only, f"{view.only.value}措施清单")


def words_of(table: TableRows, view: View) -> str:
    """The filter in words: 逾期，2025年1月到期，单位为财政局，状态为推进中; empty when nothing is hidden."""
    parts = [] if view.only is Only.ALL else [view.only.value]
    if view.picked is not None:
        parts.append(view.picked.title)
    if view.unit is not None:
        parts.append(f"单位为{view.unit}")
    titles = {column.key: column.title for column in table.columns}
    for key, ticked in view.filters.items():
        some = sorted(ticked)
        shown = "、".join(some[:_MANY]) + (f"等{len(some)}项" if len(some) > _MANY else "")
        parts.append(f"{titles.get(key, key)}为{shown}")
    return "，".join(parts)


def _listing(
    plan_key: str | None, as_of: date, view: View, words: str, numbers: tuple[int, ...], store: Store
) -> Listing:
    """In the worker."""
    from core.office import listing

    return listing.measure_listing(store, plan_key, as_of, title=title_of(view), words=words, numbers=numbers)
