"""What came back and was read in this session: looked at in the background, held for 核对, written by nobody here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from gui import messages

if TYPE_CHECKING:
    from core.job import Job
    from core.office.collected import Collected
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Task

READING = "正在读取收到的文件"


class Returning(QObject):
    """One heap of files a plan; what comes later is judged beside what is there."""

    began = Signal(object)
    """Reading begins; carries its gui.jobs.Task."""
    looked = Signal(object)
    """Something was read; carries all that lies here as a Collected."""
    ended = Signal()
    """Reading is over, whatever came of it."""
    cancelled = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._task: Task | None = None
        self._waiting: list[Path] = []
        self._is_again = False
        self.collected: Collected | None = None

    @property
    def is_reading(self) -> bool:
        """Whether files are being read."""
        return self._task is not None

    def add(self, paths: Sequence[Path]) -> None:
        """Read files, folders and zips; those that come while others are read wait for these."""
        self._waiting += [path for path in paths if path not in self._waiting]
        self._start()

    @Slot()
    def again(self) -> None:
        """Hold the same files against the ledger once more: something was written."""
        if self.collected is not None:
            self._is_again = True
            self._start()

    def begin(self) -> None:
        """A ledger, plan or period comes into view: what it keeps and nobody has looked at yet is looked at."""
        from core.office.received import pending

        context = self._context
        if self.collected is None and context.period_key is not None:
            self._is_again = bool(pending(context.store, context.plan_key, context.period_key))
            self._start()

    @Slot(object)
    def hold(self, collected: Collected) -> None:
        """Another look at the same files takes the place of the one that is here."""
        self.collected = collected
        self._context.held = (self._context.store, self._context.plan_key, collected)
        self.looked.emit(collected)

    def forget(self) -> None:
        """Another ledger or plan: nothing that was read belongs to it."""
        if self._task is not None:
            self._task.is_abandoned = True
            self._task.cancel()
            self._end()
        self._waiting.clear()
        self._is_again = False
        self.collected = None
        self._context.held = ()

    def take_over(self) -> bool:
        """What the page before this one held, where it belongs to the ledger and plan in view."""
        context = self._context
        if not context.held or context.held[:2] != (context.store, context.plan_key):
            return False
        self.hold(cast("Collected", context.held[2]))
        return True

    def _start(self) -> None:
        if self._task is not None or not (self._waiting or self._is_again):
            return
        context = self._context
        paths, self._waiting, self._is_again = tuple(self._waiting), [], False
        scope = (context.plan_key, context.period_key)
        work = partial(_look, context.store, scope, paths, self.collected)
        self._task = context.jobs.start(
            READING if paths else "正在重新核对",
            work,
            self._on_looked,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )
        if paths:
            self.began.emit(self._task)

    def _end(self) -> None:
        self._task = None
        self.ended.emit()

    def _on_looked(self, collected: Collected) -> None:
        if not isValid(self):
            return
        self._end()
        self.hold(collected)
        self._start()

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._waiting.clear()
            self._end()
            self.cancelled.emit()

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._end()
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence="台账没有改动。")
        else:
            from gui import crash

            crash.report(error)
        self._start()


def _look(
    store: Store,
    scope: tuple[str | None, str | None],
    paths: tuple[Path, ...],
    before: Collected | None,
    job: Job,
) -> Collected:
    """In the worker: its own connection. What the ledger keeps and nobody has looked at yet comes along."""
    from core.office.collect import look, look_kept
    from core.office.received import pending

    plan_key, period_key = scope
    own = store.worker(read_only=True)
    try:
        if before is None and period_key is not None and (kept := pending(own, plan_key, period_key)):
            before = look_kept(own, kept, job)
        return look(own, plan_key, paths, job, before=before)
    finally:
        own.close()
