"""A workbook that the ledger keeps in its tray, read as whose somebody said it is, beside those of this session."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from gui import messages

if TYPE_CHECKING:
    from core.exchange.returned import Identity
    from core.job import Job
    from core.office.collected import Collected
    from core.office.files import Store
    from gui.context import Context

READING = "正在重新读取填报表"


class KeptReader(QObject):
    """One reading at a time."""

    read = Signal(object)
    """Those of this session and those of before together: a Collected."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._here: Collected | None = None
        self._is_reading = False

    def read_as(self, number: int, identity: Identity) -> None:
        """Read a workbook that the ledger keeps as whose somebody said it is."""
        if not self._is_reading:
            self._is_reading = True
            self._context.jobs.start(
                READING,
                partial(_read, self._context.store, number, identity),
                self._on_read,
                on_error=self._on_error,
                on_cancelled=self._on_cancelled,
            )

    def hold(self, here: Collected | None) -> None:
        """What is here is another."""
        self._here = here

    def _on_read(self, found: Collected) -> None:
        if isValid(self):
            self._is_reading = False
            self.read.emit(together(self._here, found))

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._is_reading = False
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence="台账没有改动。")
            return
        from gui import crash

        crash.report(error)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._is_reading = False


def together(here: Collected | None, found: Collected) -> Collected:
    """Both as one; what is in both is taken from the newer reading."""
    if here is None:
        return found
    paths = {file.path for file in found.files}
    files = (*(file for file in here.files if file.path not in paths), *found.files)
    missing = [name for name in here.missing if name not in {file.unit for file in found.files if file.is_usable}]
    numbered = tuple(replace(file, at=at) for at, file in enumerate(files))
    return replace(here, files=numbered, loose=(*here.loose, *found.loose), missing=tuple(missing))


def _read(store: Store, number: int, identity: Identity, job: Job) -> Collected:
    """In the worker: its own connection."""
    from core.office.tray import read_as

    with closing(store.worker(read_only=True)) as own:
        return read_as(own, number, identity, job)
