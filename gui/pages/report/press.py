"""The long work behind 报告: make the pages, write files, print; each in the background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from core.errors import KnownError, OutputError
from core.office import documents
from gui import messages
from gui.pages.report.page_source import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from core.job import Job
    from core.office.documents import Asked, Exported, Kind
    from core.office.evidence_package import Packaged
    from core.office.files import Store
    from core.publish.table_document import Format
    from gui.context import Context
    from gui.jobs import Task
    from gui.pages.report.page_source import PageSource
    from gui.pages.report.printing import PrintRun


@dataclass(frozen=True, slots=True)
class Preview:
    """Pages that were made, and for what."""

    ledger: Path
    kind: str
    asked: Asked
    source: PdfPages
    exported: Exported


class Press(QObject):
    """Makes, writes and prints one document at a time."""

    previewed = Signal(object)
    """A Preview is ready."""
    failed = Signal(str)
    """The pages cannot be made; carries the sentence."""
    exported = Signal(object)
    packaged = Signal(object)
    """The evidence files were written; carries core.office.evidence_package.Packaged."""
    printed = Signal(int)
    """Sheets handed to the printer."""
    printer_missing = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._made: Preview | None = None
        self._making: Task | None = None
        self._turn = 0
        self._run: PrintRun | None = None

    @property
    def made(self) -> Preview | None:
        """What was made last."""
        return self._made

    @property
    def source(self) -> PdfPages | None:
        """The pages that were made last."""
        return self._made.source if self._made is not None else None

    def forget(self) -> None:
        """Another ledger is open: its pages are not made yet."""
        self._made = None

    # --- making and writing ----------------------------------------------------------------------

    def preview(self, kind: Kind, asked: Asked) -> None:
        """Make the PDF that the export would write; pages still being made for other options are given up."""
        if self._making is not None:
            self._making.cancel()
        self._turn += 1
        work = partial(_make, self._context.store, kind.key.value, asked)
        self._making = self._context.jobs.start(
            f"正在排版 {kind.title}",
            work,
            partial(self._on_made, self._turn),
            on_error=partial(self._on_make_error, self._turn),
            on_cancelled=partial(self._on_make_cancelled, self._turn),
        )

    def _is_newest(self, turn: int) -> bool:
        """Whether what ended is what was asked for last: then nothing is being made any more."""
        if not isValid(self) or turn != self._turn:
            return False
        self._making = None
        return True

    def _on_made(self, turn: int, made: Preview) -> None:
        if self._is_newest(turn):
            self._made = made
            self.previewed.emit(made)

    def _on_make_cancelled(self, turn: int) -> None:
        """By 取消 in the status line: nothing else is on its way."""
        if self._is_newest(turn):
            self.failed.emit("排版已取消。按 F5 重新排版。")

    def _on_make_error(self, turn: int, error: BaseException) -> None:
        if not self._is_newest(turn):
            return
        if isinstance(error, KnownError):
            self.failed.emit(str(error))
            return
        self.failed.emit("页面没有排出来，请按 F5 重试；仍不行时请把“复制详情”的内容告诉维护人员。")
        _report(error)

    def export(self, fmt: str, path: Path, kind: str, asked: Asked) -> None:
        """Write a file; ends with ``exported`` or a message."""
        work = partial(_export, self._context.store, cast("Format", fmt), path, kind, asked)
        self._context.jobs.start(f"正在导出 {path.name}", work, self._on_exported, on_error=self._on_export_error)

    def package(self, path: Path, asked: Asked) -> None:
        """Write the evidence files with their catalogue; ends with ``packaged`` or a message."""
        work = partial(_package, self._context.store, path, asked)
        self._context.jobs.start(f"正在导出 {path.name}", work, self._on_packaged, on_error=self._on_export_error)

    def _on_packaged(self, packaged: Packaged) -> None:
        if isValid(self):
            self.packaged.emit(packaged)

    def _on_exported(self, exported: Exported) -> None:
        if isValid(self):
            self.exported.emit(exported)

    def _on_export_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence="文件没有导出，台账没有改动。")
            return
        _report(error)

    def open(self, path: Path) -> None:
        """Hand an exported file to the program it belongs to."""
        if not path.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            error = OutputError(f"“{path.name}”打不开。", hint="请在文件夹里用 WPS 或 Office 打开它。", where=str(path))
            messages.show_error(self._window, error)

    # --- printing --------------------------------------------------------------------------------

    def print(self, source: PageSource, name: str) -> None:
        """Ask for printer, pages and copies, then print; without any printer say so."""
        from gui.pages.report import printing

        if self._run is not None:
            return
        if not printing.has_printer():
            self.printer_missing.emit()
            return
        printer = printing.make_printer(source.sizes()[0], name)
        dialog = printing.make_dialog(printer, len(source.sizes()), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.run, source, printer))
        QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver by name

    def run(self, source: PageSource, printer: QPrinter) -> None:
        """Send the pages the dialog was set to."""
        from gui.pages.report.printing import PrintRun

        self._run = PrintRun(source, printer, self)
        self._run.printed.connect(self._on_printed)
        self._run.failed.connect(self._on_print_failed)
        self._run.start()

    @Slot(int)
    def _on_printed(self, sheets: int) -> None:
        self._end_run()
        self.printed.emit(sheets)

    @Slot(str)
    def _on_print_failed(self, sentence: str) -> None:
        self._end_run()
        messages.show_error(self._window, OutputError(sentence), consequence="打印没有完成。")

    def _end_run(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None


def _make(store: Store, kind: str, asked: Asked, job: Job) -> Preview:
    """In the worker, on its own connection."""
    own = store.worker(read_only=True)
    try:
        pdf, exported = documents.preview(own, kind, asked, job)
    finally:
        own.close()
    return Preview(store.path, kind, asked, PdfPages(pdf), exported)


def _export(store: Store, fmt: Format, path: Path, kind: str, asked: Asked, job: Job) -> Exported:
    own = store.worker(read_only=True)
    try:
        return documents.export(own, kind, asked, fmt, path, job)
    finally:
        own.close()


def _package(store: Store, path: Path, asked: Asked, job: Job) -> Packaged:
    from core.office import evidence_package

    own = store.worker(read_only=True)
    try:
        return evidence_package.write_package(own, asked, path, job)
    finally:
        own.close()


def _report(error: BaseException) -> None:
    from gui import crash

    crash.report(error)
