"""What follows from every letter typed, without making the typing slow in a large file."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

_SLOW = 0.1
"""Seconds; what takes longer would be felt between two letters."""
_PAUSE_MS = 250


class Unhurried(QObject):
    """Does something at once while that is quick; when it took long the last time, after a pause in the typing."""

    def __init__(self, do: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._do = do
        self._took = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.now)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be done."""
        return self._timer.isActive()

    @Slot()
    def soon(self) -> None:
        """Something was typed."""
        if self._took > _SLOW:
            self._timer.start()
        else:
            self.now()

    @Slot()
    def now(self) -> None:
        """Do it, and note how long that took."""
        self._timer.stop()
        begun = time.perf_counter()
        self._do()
        self._took = time.perf_counter() - begun
