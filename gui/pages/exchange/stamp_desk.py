"""What is noted by hand of a return: its stamped scan, and that its problems are dealt with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import received
from gui import messages
from gui.pages.exchange.step import READ_ONLY

if TYPE_CHECKING:
    from core.job import Job
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.return_lines import CameFile, ReturnLine
    from gui.context import Context

_SCANS = ("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp *.ofd)", "所有文件 (*)")


class StampDesk(QObject):
    """``done`` carries core.office's Changes and what was done in words."""

    done = Signal(object, str)
    told = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.period_key = ""
        self.folder: Path | None = None
        """Where the clerk took the last files from."""

    @Slot(object)
    def ask(self, line: ReturnLine) -> None:
        """登记盖章扫描件: choose the scan of a unit's sheet."""
        if self._refuses():
            return
        start = self.folder or self._context.store.path.parent
        title = f"{line.unit}的盖章扫描件"
        messages.choose_open(self._window, title, start, _SCANS, partial(self._on_scan, line.unit))

    def _on_scan(self, unit: str, scan: Path) -> None:
        context = self._context
        work = partial(_add_stamp, context.store, context.plan_key, self.period_key, unit, scan)
        context.jobs.start(f"正在登记 {scan.name}", work, partial(self._on_stamped, unit))

    def _on_stamped(self, unit: str, changes: Changes) -> None:
        self.done.emit(changes, f"已登记“{unit}”的盖章扫描件")

    @Slot(object)
    def mark_handled(self, file: CameFile) -> None:
        """The problems of a kept sheet were dealt with elsewhere."""
        if file.received_id is None or self._refuses():
            return
        try:
            changes = received.mark_handled(self._context.store, file.received_id, "已处理")
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self.done.emit(changes, f"“{file.name}”的问题已标为处理")

    def _refuses(self) -> bool:
        if self._context.read_only:
            self.told.emit(READ_ONLY)
        return self._context.read_only


def _add_stamp(store: Store, plan_key: str | None, period_key: str, unit: str, scan: Path, job: Job) -> Changes:
    """In the worker: its own connection."""
    own = store.worker()
    try:
        return received.add_stamp(own, plan_key, period_key, unit, scan, job)
    finally:
        own.close()
