"""A step on the register in a ledger of many obligations: what follows, and the step itself, in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import KnownError
from gui import crash
from gui.plan_reader import PlanReader, Scope

if TYPE_CHECKING:
    from core.job import Job
    from core.office.changes import Changes
    from core.office.files import Store
    from gui.context import Context

Find = Callable[["Store"], object]
"""What a step would do; asks nothing of the window, as it may run in the worker."""
Write = Callable[["Store"], "Changes"]


class EffectReader(PlanReader):
    """What a step would do: found at once in a ledger of usual size, else in the background; only the newest counts."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(context, "正在计算影响", self._look, parent)
        self._find: Find | None = None

    @property
    def is_large(self) -> bool:
        """Whether the step waits for the worker; a ledger without a plan has no obligations."""
        return self._context.plan_key is not None and super().is_large

    def look(self, find: Find) -> None:
        """Find it; told by ``read`` or ``failed``."""
        self._find = find
        self.start()

    def _look(self, store: Store, _scope: Scope) -> object:
        assert self._find is not None, "look says what is to be found"
        return self._find(store)


class StepWriter(QObject):
    """The step itself: one transaction of the worker's own connection."""

    written = Signal(object)
    """It was done; carries Changes."""
    failed = Signal(object)
    """Nothing was written; carries the KnownError."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.is_busy = False

    def start(self, label: str, write: Write) -> None:
        """Do it. It cannot be stopped halfway: the whole step is one transaction."""
        self.is_busy = True
        self._context.jobs.start(
            label,
            partial(_work, self._context.store, label, write),
            self._on_written,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def _on_written(self, changes: object) -> None:
        if isValid(self):
            self.is_busy = False
            self.written.emit(changes)

    def _on_cancelled(self) -> None:
        self._on_error(KnownError("已取消，名册没有改动。", hint=""))

    def _on_error(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            crash.report(error)
            error = KnownError("没有做完，名册没有改动。", hint="请重试。")
        if isValid(self):
            self.is_busy = False
            self.failed.emit(error)


def _work(store: Store, label: str, write: Write, job: Job) -> Changes:
    own = store.worker()
    try:
        job.step(0, 0, label)
        return write(own)
    finally:
        own.close()
