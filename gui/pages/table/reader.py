"""The table's reading: at once for a plan of usual size, else in the background; the window stays awake."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from core.office import board as office
from core.office.overview import size
from gui.pages.table.rows import TableRows, prepare

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.board import Todo
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Task

AT_ONCE = 1500
"""Obligations up to which reading takes less than a tenth of a second."""
Reading = tuple[TableRows, "tuple[Todo, ...]"]


class TableReader(QObject):
    """One reading at a time; only the newest is shown."""

    read = Signal(object)
    """The rows of the table and what waits to be completed, for the scope in force."""
    failed = Signal(object)
    """It cannot be read; carries the KnownError."""
    cancelled = Signal()
    """取消 was pressed while it was read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a reading is on its way in the background."""
        return self._task is not None

    def start(self) -> None:
        """Read the plan in force; a reading that is under way is given up."""
        context = self._context
        self.stop()
        try:
            if size(context.store, context.plan_key) <= AT_ONCE:
                self.read.emit(_read(context.store, context.plan_key, context.as_of))
                return
        except KnownError as error:
            self.failed.emit(error)
            return
        self._task = context.jobs.start(
            "正在读取任务分解",
            partial(_work, context.store, context.plan_key, context.as_of),
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

    def _on_read(self, found: Reading) -> None:
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


def _work(store: Store, plan_key: str | None, as_of: date, job: Job) -> Reading:
    """In the worker: its own connection."""
    own = store.worker(read_only=True)
    try:
        job.step(0, 0, "正在读取任务分解")
        return _read(own, plan_key, as_of)
    finally:
        own.close()


def _read(store: Store, plan_key: str | None, as_of: date) -> Reading:
    found = office.board(store, plan_key, as_of)
    return prepare(found), found.todo
