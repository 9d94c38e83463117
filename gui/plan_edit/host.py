"""Opens 修改方案 over the window, and closes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from core.errors import KnownError
from gui import messages
from gui.sheet_host import LeaveWords, SheetHost

if TYPE_CHECKING:
    from core.office.review import Review
    from gui.plan_edit.sheet import EditSheet


class EditHost(SheetHost):
    """Opens the plan that is shown."""

    saved = Signal(object, object)
    """The plan was changed: Changes, and the Edited that says where each measure went. The sheet is closed."""
    sheet: EditSheet | None
    words = LeaveWords("修改方案", "方案的修改还没有保存", "不保存，退出")

    @Slot(object)
    def open(self, no: int | None = None) -> None:
        """Open the plan that is shown, at a measure."""
        from core.model.units import Register
        from core.office import board, units
        from gui.plan_edit import original
        from gui.plan_edit.sheet import EditSheet

        context = self._context
        if self.sheet is not None or context.read_only or context.plan_key is None:
            return
        try:
            plan = board.board(context.store, context.plan_key, context.as_of).plan
            register = Register(units.units(context.store))
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        sheet = EditSheet(context, plan, register, self._window)
        sheet.saved.connect(self._on_saved)
        self.cover(sheet)
        sheet.begin(no)
        original.read_again(context, context.plan_key, self._on_original)

    def _on_original(self, review: Review) -> None:
        """The original was read: the sheet may be gone, or another one by now."""
        sheet = self.sheet
        if sheet is not None and sheet.source is None and self._context.plan_key == sheet.plan_key:
            sheet.show_original(review)

    @Slot(object, object)
    def _on_saved(self, changes: object, edited: object) -> None:
        self.close_sheet()
        self.saved.emit(changes, edited)
