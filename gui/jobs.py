"""Work in the background: one worker thread, progress, 取消.

The work is a plain function of a ``core.job.Job``; it opens its own connection (``store.reopen()``) and makes no
QObject. All signals are sent by objects of the GUI thread, so their receivers run there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import Cancelled, KnownError
from core.job import Job

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_REPORT_EVERY = 0.04
"""Seconds between two reports of progress: more than the eye takes in would only fill the event queue."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (0: unknown), and what it does now."""

    done: int
    total: int
    label: str

    @property
    def percent(self) -> int | None:
        """0 to 100, None when the total is unknown."""
        return min(100, 100 * self.done // self.total) if self.total > 0 else None


class Task(QObject):
    """One job on its way; lives in the GUI thread, its signals are emitted from the worker."""

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, label: str, work: Callable[[Job], Any], parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self._work = work
        self._reported_at = 0.0
        self.job = Job(self._report)
        self.future: Future[None] | None = None
        self.is_abandoned = False
        """The window closes: nobody wants to hear the end."""

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.job.cancel()

    def run(self) -> None:
        """Do the work; in the worker thread."""
        try:
            if self.job.is_cancelled:
                raise Cancelled
            result = self._work(self.job)
        except Cancelled:
            self.cancelled.emit()
        except BaseException as error:  # noqa: BLE001 - told to the GUI thread, which shows it
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        finally:
            self.ended.emit()

    def _report(self, done: int, total: int, label: str) -> None:
        now = time.monotonic()
        if done < total and now - self._reported_at < _REPORT_EVERY:
            return
        self._reported_at = now
        self.progressed.emit(Progress(done, total, label))


class _Handlers(QObject):
    """The receivers of one task in the GUI thread; methods of a QObject, so that Qt queues the call."""

    def __init__(
        self,
        task: Task,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_cancelled: Callable[[], None] | None,
    ) -> None:
        super().__init__(task)
        self._task = task
        self._on_done = on_done
        self._on_error = on_error
        self._on_cancelled = on_cancelled
        task.succeeded.connect(self._succeeded)
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)

    @Slot(object)
    def _succeeded(self, result: object) -> None:
        if not self._task.is_abandoned:
            self._on_done(result)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if not self._task.is_abandoned:
            self._on_error(error)

    @Slot()
    def _cancelled(self) -> None:
        if self._on_cancelled is not None and not self._task.is_abandoned:
            self._on_cancelled()


class JobRunner(QObject):
    """Runs one job after the other; the status line listens to its three signals."""

    started = Signal(str)
    """A job begins; carries its label (正在导出 任务分解表.xlsx)."""
    progressed = Signal(object)
    """A Progress of the running job."""
    finished = Signal()
    """No job is left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: list[Task] = []
        self._pool: ThreadPoolExecutor | None = None
        self._is_closed = False

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._tasks)

    def start(
        self,
        label: str,
        work: Callable[[Job], T],
        on_done: Callable[[T], None],
        *,
        on_error: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Queue a piece of work; its end is told by exactly one of the three callbacks, in the GUI thread.

        Without ``on_error`` a known error is shown as its sentence and any other goes to the crash dialog.
        """
        from concurrent.futures import ThreadPoolExecutor  # not needed before the first paint

        task = Task(label, work, self)
        _Handlers(task, on_done, on_error or _show, on_cancelled)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        self._tasks.append(task)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taizhang-job")
        if len(self._tasks) == 1:
            self.started.emit(label)
        task.future = self._pool.submit(task.run)
        return task

    @Slot()
    def cancel(self) -> None:
        """取消: stop the running job at its next step."""
        if self._tasks:
            self._tasks[0].cancel()

    def close(self) -> None:
        """Cancel all and wait for the worker; nothing is called back any more."""
        self._is_closed = True
        for task in self._tasks:
            task.is_abandoned = True
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._tasks.clear()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        if not self._is_closed:
            self.progressed.emit(progress)

    @Slot()
    def _on_ended(self) -> None:
        if self._is_closed or not self._tasks:
            return
        task = self._tasks.pop(0)  # one worker: jobs end in the order in which they were queued
        task.deleteLater()
        if self._tasks:
            self.started.emit(self._tasks[0].label)
        else:
            self.finished.emit()


def _show(error: BaseException) -> None:
    """Show a failure where the caller has no better place for it."""
    from gui import crash, messages

    if isinstance(error, KnownError):
        messages.show_error(None, error)
    else:
        crash.report(error)
