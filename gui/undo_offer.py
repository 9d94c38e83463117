"""The bar after an act of this page: what was done, and the way back while nothing else has been done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.errors import KnownError
from core.office import undo
from gui import messages

if TYPE_CHECKING:
    from gui.context import Context
    from gui.widgets.undo_bar import UndoBar


class UndoOffer(QObject):
    """Takes back the act that it named, and no other."""

    def __init__(self, context: Context, bar: UndoBar, place: Callable[[], None]) -> None:
        """``place`` puts the bar where it belongs."""
        super().__init__(bar)
        self._context = context
        self._bar = bar
        self._place = place
        self._label: str | None = None
        bar.undone.connect(self._on_undone)

    def offer(self, text: str) -> None:
        """Say what was just done, and offer to take it back."""
        self._label = undo.undo_label(self._context.store)
        self._say(text, "撤销" if self._label else "")

    def tell(self, text: str) -> None:
        """Say something without a way back."""
        self._label = None
        self._say(text, "")

    def _say(self, text: str, action: str) -> None:
        self._bar.offer(text, action)
        self._place()

    @Slot()
    def _on_undone(self) -> None:
        store = self._context.store
        if self._label is None or undo.undo_label(store) != self._label:
            self.tell("后来又有别的操作，请用 Ctrl+Z 一步一步撤销")
            return
        try:
            changes = undo.undo(store)
        except KnownError as error:
            messages.show_error(self._bar, error)
            return
        self._context.announce(changes)
        self.tell("已撤销")
