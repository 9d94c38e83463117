"""What is done with the plan itself from 任务分解: 修改方案, 调整时限, 对照上级, 旧版本."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.errors import KnownError
from gui import messages

if TYPE_CHECKING:
    from core.model.edit import Edited
    from core.office.changes import Changes
    from gui.pages.table.page import TablePage


class PlanActs(QObject):
    """Acts on the measure that is chosen or open."""

    def __init__(self, page: TablePage) -> None:
        super().__init__(page)
        self._page = page
        page.toolbar.edit.clicked.connect(self.edit)
        page.toolbar.adjust.clicked.connect(self.adjust)
        page.toolbar.align.clicked.connect(self.align)
        page.toolbar.former_requested.connect(self.show_former)
        page.toolbar.export.menu().aboutToShow.connect(self._tell_former)
        page.host.adjust_requested.connect(self.adjust)

    def current(self) -> int | None:
        """The number of the open measure, else of the chosen one."""
        host = self._page.host
        if host.is_open and host.detail is not None and host.detail.detail is not None:
            return host.detail.detail.measure.no
        return self._page.view.current_no() if self._page.view.chosen_nos() else None

    @Slot()
    def edit(self) -> None:
        """Edit the plan, at the chosen measure."""
        if self._page.toolbar.edit.isEnabled():
            self._page.edit_asked.emit(self.current())

    @Slot()
    def adjust(self) -> None:
        """Another deadline for the chosen measure, or for the unit chosen in its detail."""
        no, context = self.current(), self._page.context
        if no is None or context.read_only:
            return
        from core.office import board, measures
        from gui.pages.table.adjust_dialog import AdjustDialog

        try:
            plan = board.board(context.store, context.plan_key, context.as_of).plan
            found = measures.measure_detail(context.store, context.plan_key, no, context.as_of)
        except KnownError as error:
            messages.show_error(self._page, error)
            return
        detail = self._page.host.detail
        unit = detail.target() if self._page.host.is_open and detail is not None else None
        dialog = AdjustDialog(context, plan, found, unit, self._page)
        dialog.adjusted.connect(lambda changes: context.announce(changes, "已调整"))
        dialog.open()

    @Slot()
    def align(self) -> None:
        """Hold the plan against a superior's."""
        from gui.pages.align.dialog import open_alignment

        open_alignment(self._page.context, self._page)

    @Slot()
    def show_former(self) -> None:
        """The plan as it stood before a new version took its place."""
        from gui.version.former_dialog import FormerDialog

        FormerDialog(self._page.context, self._page.window()).open()

    @Slot()
    def _tell_former(self) -> None:
        """Only a plan that has versions before this one offers them."""
        from gui.version.former_dialog import has_former

        self._page.toolbar.former.setVisible(has_former(self._page.context))

    def take_edit(self, changes: Changes, edited: Edited) -> None:
        """The plan was edited: an open measure stays open under its number of today."""
        host = self._page.host
        no = self.current() if host.is_open else None
        host.close()
        self._page.context.announce(changes, "已保存方案的修改")
        now = next((now for now, numbers in enumerate(edited.origin, 1) if no in numbers), None)
        if now is not None:
            self._page.show_measure(now)
