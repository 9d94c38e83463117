"""Printing and exporting any list, in the same way as 报告 prints: the PDF's own pages, drawn onto the printer.

A page says how its list is made (``make``, called in the worker with a connection of its own); everything else is
here: layout in the background, the system's print dialog, what is said without a printer, where a file goes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from core.errors import KnownError, OutputError
from gui import messages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from core.job import Job
    from core.office.files import Store
    from core.office.listing import Listing
    from core.office.tables import Exported
    from core.publish.table_document import Format
    from gui.context import Context
    from gui.pages.report.page_source import PdfPages
    from gui.pages.report.printing import PrintRun

Make = Callable[["Store"], "Listing"]
FILTERS = {"xlsx": "Excel 工作簿 (*.xlsx)", "pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)"}
TITLES = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word"}


def print_listing(
    context: Context, parent: QWidget, make: Make, *, told: Callable[[str], None] | None = None
) -> ListingPress:
    """Lay a list out and ask for printer and pages; ``told`` gets one sentence when it is printed."""
    press = ListingPress(context, parent, make)
    if told is not None:
        press.told.connect(told)
    press.print()
    return press


def export_listing(
    context: Context,
    parent: QWidget,
    make: Make,
    fmt: str,
    name: str,
    *,
    exported: Callable[[Exported], None] | None = None,
) -> ListingPress:
    """Ask where to and write a list as xlsx, pdf or docx; ``name`` is proposed, ``exported`` gets what was written."""
    press = ListingPress(context, parent, make)
    if exported is not None:
        press.exported.connect(exported)
    press.ask(fmt, name)
    return press


class ListingPress(QObject):
    """One list on its way to paper or into a file; goes away by itself when that is over."""

    told = Signal(str)
    """The list was handed to the printer; carries the sentence."""
    exported = Signal(object)
    """A file was written; carries core.office.tables.Exported."""

    def __init__(self, context: Context, parent: QWidget, make: Make) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._make = make
        self._name = "清单"
        self._run: PrintRun | None = None
        self.source: PdfPages | None = None

    # --- printing --------------------------------------------------------------------------------

    def print(self) -> None:
        """Lay out in the background, then ask."""
        work = partial(_pdf, self._context.store, self._make)
        self._context.jobs.start("正在排版 清单", work, self._on_laid_out, on_error=self._on_error)

    def _on_laid_out(self, made: tuple[str, PdfPages]) -> None:
        if not isValid(self):
            return
        self._name, self.source = made
        from gui.pages.report import printing

        if not printing.has_printer():
            self._tell_no_printer()
            return
        printer = printing.make_printer(self.source.sizes()[0], self._name)
        dialog = printing.make_dialog(printer, len(self.source.sizes()), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.run, printer))
        dialog.rejected.connect(self.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver by name

    def run(self, printer: QPrinter) -> None:
        """Send the pages the dialog was set to."""
        from gui.pages.report.printing import PrintRun

        if self.source is None or self._run is not None:
            return
        self._run = PrintRun(self.source, printer, self)
        self._run.printed.connect(self._on_printed)
        self._run.failed.connect(self._on_print_failed)
        self._run.start()

    @Slot(int)
    def _on_printed(self, sheets: int) -> None:
        self.told.emit(f"已送打印机 {sheets} 页")
        self.deleteLater()

    @Slot(str)
    def _on_print_failed(self, sentence: str) -> None:
        messages.show_error(self._window, OutputError(sentence), consequence="打印没有完成。")
        self.deleteLater()

    def _tell_no_printer(self) -> None:
        messages.ask(
            self._window,
            "打印",
            "系统里还没有安装打印机。可以先导出 PDF，拷到连着打印机的电脑上打印。",
            [
                messages.Action("取消", self.deleteLater, is_escape=True),
                messages.Action("导出 PDF", partial(self.ask, "pdf", self._name), "export", is_primary=True),
            ],
            headline="没有找到打印机",
        )

    # --- files -----------------------------------------------------------------------------------

    def ask(self, fmt: str, name: str) -> None:
        """Ask where the file is to go."""
        start = self._context.store.path.parent / f"{name}.{fmt}"
        title = f"导出 {TITLES[fmt]}"
        messages.choose_save(self._window, title, start, [FILTERS[fmt]], partial(self.write, fmt))

    def write(self, fmt: str, path: Path) -> None:
        """Write in the background."""
        path = path if path.suffix.lower() == f".{fmt}" else path.with_name(f"{path.name}.{fmt}")
        work = partial(_export, self._context.store, self._make, cast("Format", fmt), path)
        self._context.jobs.start(f"正在导出 {path.name}", work, self._on_exported, on_error=self._on_error)

    def _on_exported(self, exported: Exported) -> None:
        if isValid(self):
            self.exported.emit(exported)
            self.deleteLater()

    def _on_error(self, error: BaseException) -> None:
        if isValid(self):
            self.deleteLater()
        if isinstance(error, KnownError):
            messages.show_error(self._window if isValid(self._window) else None, error)
            return
        from gui import crash

        crash.report(error)


def _pdf(store: Store, make: Make, job: Job) -> tuple[str, PdfPages]:
    """In the worker: its own connection."""
    from core.office import listing
    from gui.pages.report.page_source import PdfPages

    own = store.worker(read_only=True)
    try:
        made = make(own)
    finally:
        own.close()
    pdf, _ = listing.listing_pdf(made, job)
    return made.name, PdfPages(pdf)


def _export(store: Store, make: Make, fmt: Format, path: Path, job: Job) -> Exported:
    from core.office import listing

    own = store.worker(read_only=True)
    try:
        made = make(own)
    finally:
        own.close()
    return listing.export_listing(made, fmt, path, job)
