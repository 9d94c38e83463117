"""What the first three steps show, read in one go: at once for a plan of usual size, else in the background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from core.office import periods, return_lines, returns, sendings
from core.office.overview import size

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.files import Store
    from core.office.periods import PeriodLine
    from core.office.return_lines import ReturnLine
    from core.office.returns import Returns
    from core.office.sendings import Sendings
    from gui.context import Context
    from gui.jobs import Task

AT_ONCE = 1500
"""Obligations up to which reading takes less than a tenth of a second (measured: 774 take 40 ms)."""
_Scope = tuple[str | None, str, "date"]


@dataclass(frozen=True, slots=True, eq=False)
class ExchangeReading:
    """A period as it stands: which there are, what it expects, what was sent, what the ledger keeps of what came."""

    lines: tuple[PeriodLine, ...]
    returns: Returns
    sendings: Sendings
    kept: tuple[ReturnLine, ...]


class ExchangeReader(QObject):
    """One reading at a time; only the newest is shown."""

    read = Signal(object)
    """An ExchangeReading for the scope in force."""
    failed = Signal(object)
    """It cannot be read; carries the KnownError."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None

    def start(self) -> None:
        """Read for the scope in force; one that is under way is given up."""
        context = self._context
        self.stop()
        if context.period_key is None:
            return
        scope = (context.plan_key, context.period_key, context.as_of)
        try:
            if size(context.store, context.plan_key) <= AT_ONCE:
                self.read.emit(_read(context.store, scope))
                return
        except KnownError as error:
            self.failed.emit(error)
            return
        work = partial(_work, context.store, scope)
        self._task = context.jobs.start("正在读取报送情况", work, self._on_read, on_error=self._on_error)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._task is not None:
            self._task.is_abandoned = True
            self._task.cancel()
            self._task = None

    def _on_read(self, found: ExchangeReading) -> None:
        if isValid(self):
            self._task = None
            self.read.emit(found)

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._task = None
        if isinstance(error, KnownError):
            self.failed.emit(error)
            return
        from gui import crash

        crash.report(error)


def _work(store: Store, scope: _Scope, job: Job) -> ExchangeReading:
    """In the worker: its own connection."""
    own = store.worker(read_only=True)
    try:
        job.step(0, 0, "正在读取报送情况")
        return _read(own, scope)
    finally:
        own.close()


def _read(store: Store, scope: _Scope) -> ExchangeReading:
    plan_key, period_key, as_of = scope
    found = returns.returns(store, plan_key, period_key, as_of)
    return ExchangeReading(
        periods.period_lines(store, plan_key, as_of),
        found,
        sendings.sendings(store, plan_key, period_key),
        return_lines.return_lines(store, plan_key, found),
    )
