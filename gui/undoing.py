"""Ctrl+Z and Ctrl+Y: the last act on the open file is taken back or done again, on whichever page it was done.

A text field that has the keyboard keeps its own undo: it takes the key before it gets here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from gui import messages, theme
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from core.office.changes import Changes
    from gui.context import Context
    from gui.frame import Frame

_WIDTH = 460
_LIFT = 80
"""Above the foot of a page with its buttons, which stay in reach."""
_ROOM = 26
"""Characters of an act that the bar has room for."""


class Undoing(QObject):
    """One a window."""

    def __init__(
        self, context: Context, flush: Callable[[], bool], frame: Callable[[], Frame], window: QWidget
    ) -> None:
        """``flush`` asks the pages to save what was typed: that is the act to take back then."""
        super().__init__(window)
        self._context = context
        self._flush = flush
        self._frame = frame
        self._window = window
        self._bar: UndoBar | None = None
        self._bar_does: Callable[[], None] = self.redo
        context.ledger_opened.connect(self._put_away)
        context.changed.connect(self._put_away)
        context.done.connect(self.offer)

    @Slot()
    def undo(self) -> None:
        """Take the last act back."""
        from core.office import undo

        if self._may_write():
            self._run(undo.undo, undo.undo_label, "已撤销", "没有可以撤销的操作", "重做", self.redo)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        from core.office import undo

        if self._may_write():
            self._run(undo.redo, undo.redo_label, "已重做", "没有可以重做的操作", "撤销", self.undo)

    @Slot(str)
    def offer(self, done: str) -> None:
        """Say what was just done, and offer to take it back; without a step to take back only say it."""
        from core.office import undo

        has_step = self._context.has_store and undo.undo_label(self._context.store) is not None
        self._offer(_shortened(done), "撤销" if has_step else "", self.undo)

    def _may_write(self) -> bool:
        return not self._context.read_only and self._flush()

    def _run(
        self,
        do: Callable[..., Changes],
        label: Callable[..., str | None],
        said: str,
        nothing: str,
        back: str,
        do_back: Callable[[], None],
    ) -> None:
        store = self._context.store
        what = label(store)
        if what is None:
            self._offer(nothing, "", do_back)
            return
        try:
            changes = do(store)
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self._context.announce(changes)
        self._offer(f"{said}：{_shortened(what)}", back, do_back)

    def _offer(self, text: str, action: str, do: Callable[[], None]) -> None:
        frame = self._frame()
        if self._bar is None or not isValid(self._bar) or self._bar.parent() is not frame:
            self._bar = UndoBar(frame)
            self._bar.undone.connect(self._on_bar)
        self._bar_does = do
        for other in cast("list[UndoBar]", frame.findChildren(UndoBar)):
            if other is not self._bar:  # what a page offers to take back is no longer the last act
                other.hide()
        width = min(theme.px(_WIDTH), frame.width() - 32)
        left = frame.stack.mapTo(frame, QPoint(0, 0)).x()
        top = frame.status.y() - self._bar.height() - _LIFT
        self._bar.setGeometry(left + (frame.stack.width() - width) // 2, top, width, self._bar.height())
        self._bar.offer(text, action)
        self._bar.raise_()

    @Slot()
    def _on_bar(self) -> None:
        self._bar_does()

    @Slot()
    def _put_away(self) -> None:
        if self._bar is not None and isValid(self._bar):
            self._bar.hide()


def _shortened(words: str) -> str:
    return words if len(words) <= _ROOM else f"{words[: _ROOM - 1]}…"
