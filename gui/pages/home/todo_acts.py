"""What the lines of 待办 do: open the page with the rows behind them, or print these."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.model.ledger import Light
from core.office.home import TodoKind
from gui.pages.filters import TableFilter

if TYPE_CHECKING:
    from datetime import date

    from core.office.files import Store
    from core.office.home import HomeTodo
    from core.office.listing import Listing
    from core.office.tables import Exported
    from gui.pages.home.page import HomePage

_TITLES = {
    TodoKind.RETURNS: "未报送事项清单",
    TodoKind.OVERDUE: "逾期事项清单",
    TodoKind.WEEK: "本周到期事项清单",
    TodoKind.DUE_SOON: "临近时限措施清单",
    TodoKind.REVIEW: "待审事项清单",
    TodoKind.VERIFY: "待核对措施清单",
    TodoKind.OBJECTIONS: "待答复异议事项清单",
    TodoKind.NO_EVIDENCE: "已完成缺佐证事项清单",
}


class TodoActs(QObject):
    """Acts for the page; ``told`` carries a sentence about what was done."""

    told = Signal(str)

    def __init__(self, page: HomePage) -> None:
        super().__init__(page)
        self._page = page

    @Slot(object)
    def act(self, row: HomeTodo) -> None:
        """Take the step that settles a line."""
        page = self._page
        if row.kind is TodoKind.OVERDUE:
            page.show_filtered.emit(TableFilter(lights=frozenset({Light.OVERDUE})))
        elif row.kind is TodoKind.REVIEW:
            page.show_reviews.emit()
        elif row.kind is TodoKind.VERIFY:
            page.show_filtered.emit(TableFilter(to_verify=True))
        elif row.kind in {TodoKind.INCOMPLETE, TodoKind.MEMBERS}:
            self._open_list(row.target)
        elif row.kind is TodoKind.NAMES:
            page.open_register.emit("")
        elif row.kind is TodoKind.OBJECTIONS:
            page.open_obligation.emit(row.obligations[0])
        elif row.kind is TodoKind.REPORT:
            page.open_page.emit("report")
        else:
            page.show_filtered.emit(TableFilter(measures=frozenset(row.measures), title=_table_title(row)))

    def _open_list(self, name: str) -> None:
        """Ask for the members of a collective."""
        from core.office import units
        from gui.pages.table.group_dialog import GroupDialog

        context = self._page.context
        found = next((unit for unit in units.units(context.store) if unit.name == name), None)
        if found is None:
            return
        if context.read_only:
            self.told.emit("台账以只读方式打开，不能修改名单")
            return
        dialog = GroupDialog(context.store, found, self._page)
        dialog.completed.connect(context.announce)
        dialog.open()

    @Slot()
    def open_upward(self) -> None:
        """The reports due upward: mark one as sent, add or change one."""
        from gui.periods.upward_dialog import open_upward

        open_upward(self._page.context, self._page)

    # printing -------------------------------------------------------------------------------------

    @Slot()
    def print_week(self) -> None:
        """打印本周到期, where something is."""
        home = self._page.home
        row = next((todo for todo in home.todo if todo.kind is TodoKind.WEEK), None) if home is not None else None
        if row is None:
            self.told.emit("本周没有到期的事项")
            return
        self.print(row)

    def print(self, row: HomeTodo) -> None:
        """Print the rows behind a line."""
        from gui.printing import print_listing

        print_listing(self._page.context, self._page, self._make(row), told=self.told.emit)

    def export(self, row: HomeTodo, fmt: str) -> None:
        """Write them into a file."""
        from gui.printing import export_listing

        name = _TITLES.get(row.kind, "事项清单")
        export_listing(self._page.context, self._page, self._make(row), fmt, name, exported=self._on_exported)

    def _make(self, row: HomeTodo) -> partial[Listing]:
        context = self._page.context
        return partial(_listing, context.plan_key, context.as_of, row)

    def _on_exported(self, exported: Exported) -> None:
        if exported.path is not None:
            self.told.emit(f"已导出“{exported.path.name}”，在“{exported.path.parent.name}”中")


def _table_title(row: HomeTodo) -> str:
    """What the chip of 任务分解 says."""
    return {
        TodoKind.RETURNS: "本期未报齐",
        TodoKind.WEEK: "本周到期",
        TodoKind.DUE_SOON: "临近时限",
        TodoKind.NO_EVIDENCE: "已完成缺佐证",
    }.get(row.kind, row.text)


def _listing(plan_key: str | None, as_of: date, row: HomeTodo, store: Store) -> Listing:
    """In the worker."""
    from core.office import listing

    title = _TITLES.get(row.kind, "事项清单")
    if row.kind is TodoKind.WEEK:
        return listing.week_listing(store, plan_key, as_of)
    if row.obligations:
        return listing.obligation_listing(
            store,
            plan_key,
            as_of,
            title=title,
            words=row.text,
            obligations=row.obligations,
        )
    return listing.measure_listing(store, plan_key, as_of, title=title, words=row.text, numbers=row.measures)
