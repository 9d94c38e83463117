"""Printing: the pages of the exported PDF, drawn onto the printer one by one.

The document is made by the exporter alone; the printer gets the same pages as the preview, on the whole sheet and
unscaled. Qt's print support is imported here and only here, when it is first needed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from gui.pages.report.drawing import Drawer, Failure

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from gui.pages.report.page_source import PageSource

PRINT_DPI = 300
"""Pixels per inch a page is drawn at: sharp for 四号 text, 35 MB for an A4 sheet."""
_POINTS_PER_INCH = 72
_POINT = QPageLayout.Unit.Point


def has_printer() -> bool:
    """Whether the system knows any printer; without one Qt would silently write a file."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def make_printer(size: QSizeF, name: str) -> QPrinter:
    """A printer set for pages of ``size`` (points): whole sheet, no margins of Qt's own."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    set_page(printer, size)
    return printer


def set_page(printer: QPrinter, size: QSizeF) -> None:
    """Paper and direction of a page; A4 lying is A4 in landscape, not a paper of its own."""
    is_landscape = size.width() > size.height()
    upright = size.transposed() if is_landscape else size
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    direction = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, direction, QMarginsF(), _POINT)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def make_dialog(printer: QPrinter, pages: int, parent: QWidget) -> QPrintDialog:
    """The system's print dialog with a page range; the caller opens it with ``open()``."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCollateCopies, on=True)
    dialog.setWindowTitle("打印")
    return dialog


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages (from 1) the clerk asked for, in order; copies are in when the driver does not make them."""
    from PySide6.QtPrintSupport import QPrinter

    pages = list(range(1, count + 1))
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        if not ranges.isEmpty():
            pages = [page for page in pages if ranges.contains(page)]
        elif printer.fromPage():
            last = printer.toPage() or printer.fromPage()
            pages = [page for page in pages if printer.fromPage() <= page <= last]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    if printer.supportsMultipleCopies() or printer.copyCount() <= 1:
        return pages
    if printer.collateCopies():
        return pages * printer.copyCount()
    return [page for page in pages for _ in range(printer.copyCount())]


class PrintRun(QObject):
    """Sends pages to a printer: each is drawn in the background and painted when it is there."""

    printed = Signal(int)
    """All is handed to the printer; carries the number of sheets."""
    failed = Signal(str)
    """Nothing more is printed; carries the sentence."""

    def __init__(self, source: PageSource, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._printer = printer
        self._pages = chosen_pages(printer, len(source.sizes()))
        self._done = 0
        self._painter: QPainter | None = None
        self._drawer = Drawer(self)
        self._drawer.drawn.connect(self._on_drawn)

    def start(self) -> None:
        """Begin; ends with exactly one of the two signals."""
        if not self._pages:
            self.failed.emit("所选页码范围内没有页面。")
            return
        set_page(self._printer, self._source.sizes()[self._pages[0] - 1])
        self._painter = QPainter()
        if not self._painter.begin(self._printer):
            self._painter = None
            self.failed.emit("打印机没有接受打印任务，请检查打印机是否连接、有纸，再试一次。")
            return
        self._draw_next()

    def _draw_next(self) -> None:
        page = self._pages[self._done] - 1
        self._drawer.wish((self._done, page), partial(self._source.draw, page, PRINT_DPI / _POINTS_PER_INCH))

    @Slot(object, object)
    def _on_drawn(self, key: tuple[int, int], result: object) -> None:
        if self._painter is None or not isinstance(result, QImage):
            sentence = result.sentence if isinstance(result, Failure) else "打印中断。"
            self._end()
            self.failed.emit(sentence)
            return
        size = self._source.sizes()[key[1]]
        if self._done and not self._new_page(size):
            self._end()
            self.failed.emit(f"打印机在第 {self._done} 页后停止接收，请检查打印机后重新打印其余页。")
            return
        self._painter.drawImage(sheet(self._printer, size), result, QRectF(result.rect()))
        self._done += 1
        if self._done < len(self._pages):
            self._draw_next()
            return
        self._end()
        self.printed.emit(self._done)

    def _new_page(self, size: QSizeF) -> bool:
        set_page(self._printer, size)
        return self._printer.newPage()

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
        self._drawer.drop_all()


def sheet(printer: QPrinter, size: QSizeF) -> QRectF:
    """Where a page of ``size`` (points) lies on the sheet in device pixels: its true size from the paper's corner."""
    dots = printer.resolution() / _POINTS_PER_INCH
    return QRectF(0, 0, size.width() * dots, size.height() * dots)
