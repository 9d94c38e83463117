"""What a page shows of the plan in force: read at once where the plan is of usual size, else in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from core.office.overview import size

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Task

AT_ONCE = 1500
"""Obligations up to which reading takes less than a tenth of a second."""
Scope = tuple[str | None, str | None, "date"]
"""Plan, period, as-of date."""
Read = Callable[["Store", Scope], object]


class PlanReader(QObject):
    """One reading at a time; only the newest is shown. ``label`` stands in the status line meanwhile."""

    read = Signal(object)
    """What was read, for the scope in force."""
    failed = Signal(object)
    """It cannot be read; carries the KnownError."""
    cancelled = Signal()
    """取消 was pressed while it was read."""

    def __init__(self, context: Context, label: str, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._label = label
        self._read = read
        self._task: Task | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a reading is on its way in the background."""
        return self._task is not None

    @property
    def is_large(self) -> bool:
        """Whether the plan in force is read in the background.

        Raises NotFoundError for a plan that is gone.
        """
        return size(self._context.store, self._context.plan_key) > AT_ONCE

    def start(self) -> None:
        """Read for the scope in force; a reading that is under way is given up."""
        context = self._context
        self.stop()
        scope = (context.plan_key, context.period_key, context.as_of)
        try:
            if not self.is_large:
                self.read.emit(self._read(context.store, scope))
                return
        except KnownError as error:
            self.failed.emit(error)
            return
        self._task = context.jobs.start(
            self._label,
            partial(_work, context.store, self._label, self._read, scope),
            self._on_read,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._task is not None:
            self._task.is_abandoned = True
            self._task.cancel()
            self._task = None

    def _on_read(self, found: object) -> None:
        if isValid(self):
            self._task = None
            self.read.emit(found)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._task = None
            self.cancelled.emit()

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._task = None
        if isinstance(error, KnownError):
            self.failed.emit(error)
            return
        from gui import crash

        crash.report(error)


def _work(store: Store, label: str, read: Read, scope: Scope, job: Job) -> object:
    """In the worker: its own connection."""
    own = store.worker(read_only=True)
    try:
        job.step(0, 0, label)
        return read(own, scope)
    finally:
        own.close()
