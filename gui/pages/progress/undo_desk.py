"""撤销 and 重做 on the page: what was typed goes to the file first, so that it is the first to be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import undo
from gui import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.office.changes import Changes
    from core.office.files import Store
    from gui.context import Context


class UndoDesk(QObject):
    """Takes back the last act on the open ledger, and does it again."""

    told = Signal(str, str)
    """(what was done, word of the step back): 已撤销 …, 重做."""

    def __init__(self, context: Context, before: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._before = before
        self._window = window
        self._is_undone = False
        self._offered: str | None = None

    def label(self) -> str | None:
        """What 撤销 would take back, None when there is nothing or nothing may be written."""
        return None if self._context.read_only else undo.undo_label(self._context.store)

    @Slot()
    def undo(self) -> None:
        """Take back the last act."""
        self._before()
        label = undo.undo_label(self._context.store)
        if self._do(undo.undo):
            self._is_undone = True
            self._tell(f"已撤销：{label}", "重做")

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        label = undo.redo_label(self._context.store)
        if self._do(undo.redo):
            self._is_undone = False
            self._tell(f"已重做：{label}", "撤销")

    @Slot()
    def step_back(self) -> None:
        """The link of the bar: the other way round."""
        if self._is_undone:
            self.redo()
        else:
            self.undo()

    def done(self, words: str) -> None:
        """Something else was done that the bar offers to take back."""
        self._is_undone = False
        self._tell(words, "撤销")

    def say(self, words: str) -> None:
        """Words alone, with nothing to take back."""
        self._tell(words, "")

    def holds(self) -> bool:
        """Whether what the bar offers is still the last act: typing on, or Ctrl+Z, makes it another one."""
        return self._offered == self._step_label()

    def _tell(self, words: str, step: str) -> None:
        self._offered = self._step_label()
        self.told.emit(words, step)

    def _step_label(self) -> str | None:
        store = self._context.store
        return undo.redo_label(store) if self._is_undone else undo.undo_label(store)

    def _do(self, step: Callable[[Store], Changes]) -> bool:
        try:
            changes = step(self._context.store)
        except KnownError as error:
            messages.show_error(self._window, error)
            return False
        self._context.announce(changes)
        return True
