"""Counts what stands behind the units: at once for a plan of usual size, in the background for a large one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from core.office.overview import size
from gui import messages
from gui.pages.units.reading import COUNTING, PlanFigures, count

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.files import Store
    from gui.context import Context

AT_ONCE = 1200
"""Obligations up to which counting takes about a tenth of a second (measured: 774 take 75 ms, 1000 with twelve
periods 200 ms)."""
Scope = tuple[str | None, str | None, "date"]


class FigureReader(QObject):
    """One counting at a time; what is asked for meanwhile is counted after it."""

    counted = Signal(object)
    """PlanFigures that were counted in the background."""
    given_up = Signal()
    """取消, or it cannot be counted."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        self._is_counting = False

    def scope(self) -> Scope:
        """What is counted for."""
        return self._context.plan_key, self._context.period_key, self._context.as_of

    def start(self) -> PlanFigures | None:
        """Count for the scope in force; None when it is done in the background."""
        self._asked += 1
        plan_key = self._context.plan_key
        if plan_key is None or size(self._context.store, plan_key) <= AT_ONCE:
            return count(self._context.store, *self.scope())
        if not self._is_counting:
            self._start_job()
        return None

    def _start_job(self) -> None:
        self._is_counting = True
        store = self._context.store
        self._context.jobs.start(
            COUNTING,
            partial(_work, store, self.scope()),
            partial(self._on_counted, self._asked, store.path),
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def _on_counted(self, asked: int, ledger: object, found: PlanFigures) -> None:
        if not isValid(self):
            return
        self._is_counting = False
        if not self._context.has_store:
            return
        if asked == self._asked and ledger == self._context.store.path:
            self.counted.emit(found)
            return
        newer = self.start()
        if newer is not None:
            self.counted.emit(newer)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._is_counting = False
            self.given_up.emit()

    def _on_error(self, error: BaseException) -> None:
        self._on_cancelled()
        if isinstance(error, KnownError):
            messages.show_error(None, error)
            return
        from gui import crash

        crash.report(error)


def _work(store: Store, scope: Scope, job: Job) -> PlanFigures:
    """In the worker: its own connection."""
    own = store.worker(read_only=True)
    try:
        job.step(0, 0, COUNTING)
        return count(own, *scope)
    finally:
        own.close()
