"""Opens 修改方案 over the window, and closes it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot

from core.errors import KnownError
from gui import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.office.review import Review
    from gui.context import Context
    from gui.plan_edit.sheet import EditSheet


class EditHost(QObject):
    """One a window. While the sheet is open the window's frame is hidden, so that its keys rest."""

    saved = Signal(object, object)
    """The plan was changed: Changes, and the Edited that says where each measure went. The sheet is closed."""
    closed = Signal()
    """The sheet is gone and the frame is back."""

    def __init__(self, context: Context, window: QWidget, frame: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._frame = frame
        self.sheet: EditSheet | None = None
        window.installEventFilter(self)

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
        sheet.given_up.connect(self.close_sheet)
        sheet.saved.connect(self._on_saved)
        self.sheet = sheet
        sheet.setGeometry(self._window.rect())
        self._frame().hide()
        sheet.show()
        sheet.raise_()
        sheet.begin(no)
        original.read_again(context, context.plan_key, self._on_original)

    @property
    def is_open(self) -> bool:
        """Whether a plan is being edited."""
        return self.sheet is not None

    def holds_work(self) -> bool:
        """Whether closing the window would lose edits."""
        return self.sheet is not None and self.sheet.is_touched

    def ask_to_close(self, close: Callable[[], None]) -> None:
        """The window is being closed: ask what becomes of the edits."""
        messages.ask(
            self._window,
            "修改方案",
            "已做的修改没有写入台账，退出就会丢失。",
            [
                messages.Action("不保存，退出", close),
                messages.Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True),
            ],
            headline="方案的修改还没有保存",
        )

    @Slot()
    def close_sheet(self) -> None:
        """Take the sheet away and bring the frame back."""
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.close_original()
            sheet.hide()
            sheet.deleteLater()
            self._frame().show()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet covers the window at every size."""
        if event.type() == QEvent.Type.Resize and self.sheet is not None:
            self.sheet.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _on_original(self, review: Review) -> None:
        """The original was read: the sheet may be gone, or another one by now."""
        sheet = self.sheet
        if sheet is not None and sheet.source is None and self._context.plan_key == sheet.plan_key:
            sheet.show_original(review)

    @Slot(object, object)
    def _on_saved(self, changes: object, edited: object) -> None:
        self.close_sheet()
        self.saved.emit(changes, edited)
