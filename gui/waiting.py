"""The numbers beside the pages in the navigation: only what waits for the clerk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from core.errors import KnownError

if TYPE_CHECKING:
    from gui.context import Context
    from gui.navigation import Navigation

_PROGRESS, _EXCHANGE = "progress", "exchange"
_PAUSE_MS = 300
"""A row of writes is counted once, after the last."""


class WaitingCounts(QObject):
    """Counts again after every change; the window hands it the navigation that is on screen."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._navigation: Navigation | None = None
        self._is_held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.count)
        context.ledger_opened.connect(self._on_ledger_opened)
        context.scope_changed.connect(self.soon)
        context.changed.connect(self._on_changed)

    def show_on(self, navigation: Navigation) -> None:
        """Another navigation is on screen; the old one is going."""
        self._navigation = navigation
        self.soon()

    @Slot()
    def _on_ledger_opened(self) -> None:
        """The numbers of the file before are gone at once."""
        self._show({_PROGRESS: lambda: 0, _EXCHANGE: lambda: 0})
        self.soon()

    @Slot()
    def soon(self) -> None:
        """Count shortly."""
        if not self._is_held:
            self._timer.start()

    def hold(self) -> None:
        """Count nothing until ``release``: the first paint of the window comes first."""
        self._is_held = True
        self._timer.stop()  # what was asked for while the window was built

    def release(self) -> None:
        """Count from now on."""
        self._is_held = False
        self.soon()

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        self.soon()

    @Slot()
    def count(self) -> None:
        """Ask what waits and show it."""
        self._show({_PROGRESS: self._to_review, _EXCHANGE: self._to_look_at})

    def _show(self, counts: dict[str, Callable[[], int]]) -> None:
        if self._navigation is None:
            return
        for key, count in counts.items():
            if self._navigation.has_item(key):
                self._navigation.item(key).set_count(count())

    def _to_review(self) -> int:
        from core.office import reviewing

        context = self._context
        if not context.has_store or context.plan_key is None:
            return 0
        try:
            return reviewing.waiting(context.store, context.plan_key)
        except KnownError:
            return 0  # the page itself says what is wrong with the file

    def _to_look_at(self) -> int:
        """Files that came back and wait to be looked at or placed."""
        from core.office import unsettled

        if not self._context.has_store:
            return 0
        try:
            return unsettled.how_many(self._context.store)
        except KnownError:
            return 0
