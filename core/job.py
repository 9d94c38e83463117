"""What long work shares with whoever waits for it: a step, a label, and whether it was cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable

from core.errors import Cancelled

Report = Callable[[int, int, str], None]


class Job:
    """Progress and cancellation of one piece of long work.

    ``report`` is called in the thread that does the work with (done, total, label).
    """

    def __init__(self, report: Report | None = None) -> None:
        """Start uncancelled; without ``report`` the progress goes nowhere."""
        self._report = report
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; may be called from any thread."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether 取消 was pressed."""
        return self._cancelled.is_set()

    def step(self, done: int, total: int, label: str) -> None:
        """Tell how far the work is.

        Raises Cancelled when it is to stop.
        """
        if self._cancelled.is_set():
            raise Cancelled
        if self._report is not None:
            self._report(done, total, label)
