"""Reads what stands on 首页: at once for a plan of usual size, in the background for a large one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from core.office import home as office
from core.office.overview import size

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.files import Store
    from core.office.home import Home
    from gui.context import Context

AT_ONCE = 1500
"""Obligations up to which the page is computed in about a tenth of a second (measured: 774 take 15 ms with one
period, 1000 take 100 ms with twelve)."""
_Scope = tuple[str | None, str | None, "date"]


class HomeReader(QObject):
    """One reading at a time; what is asked for meanwhile is read after it, and only the newest is shown."""

    read = Signal(object)
    """A Home is ready, for the scope that is in force."""
    failed = Signal(object)
    """It cannot be read; carries the KnownError."""
    cancelled = Signal()
    """取消 was pressed while it was read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        self._is_reading = False

    @property
    def is_reading(self) -> bool:
        """Whether a reading is on its way in the background."""
        return self._is_reading

    def start(self) -> None:
        """Read for the scope in force."""
        context = self._context
        self._asked += 1
        if self._is_reading:
            return
        try:
            if size(context.store, context.plan_key) > AT_ONCE:
                self._start_job()
                return
            found = office.home(context.store, context.plan_key, context.period_key, context.as_of)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.read.emit(found)

    def _start_job(self) -> None:
        context = self._context
        self._is_reading = True
        scope = (context.plan_key, context.period_key, context.as_of)
        work = partial(_work, context.store, scope)
        context.jobs.start(
            "正在统计",
            work,
            partial(self._on_read, self._asked, context.store.path),
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def _on_read(self, asked: int, ledger: object, found: Home) -> None:
        if not isValid(self):
            return
        self._is_reading = False
        if not self._context.has_store:
            return
        if asked != self._asked or ledger != self._context.store.path:
            self.start()
            return
        self.read.emit(found)

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._is_reading = False
        if isinstance(error, KnownError):
            self.failed.emit(error)
            return
        from gui import crash

        crash.report(error)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._is_reading = False
            self.cancelled.emit()


def _work(store: Store, scope: _Scope, job: Job) -> Home:
    """In the worker: its own connection."""
    own = store.worker(read_only=True)
    try:
        job.step(0, 0, "正在统计")
        return office.home(own, *scope)
    finally:
        own.close()
