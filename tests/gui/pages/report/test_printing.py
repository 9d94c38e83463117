"""Printing: the pages of the PDF on whole sheets, in the range and number that were asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from core.publish import pages
from gui.pages.report import printing
from gui.pages.report.page import ReportPage
from gui.pages.report.page_source import PdfPages
from tests.gui.pages.conftest import words

A4 = (297 / 25.4 * 72, 210 / 25.4 * 72)


@pytest.fixture
def source(pdf) -> PdfPages:
    return PdfPages(pdf.read_bytes())


@pytest.fixture
def printer(source, tmp_path) -> QPrinter:
    """A printer that writes what it gets, as “Microsoft Print to PDF” does."""
    made = printing.make_printer(source.sizes()[0], "任务分解表")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "打印.pdf"))
    made.setResolution(150)
    return made


@pytest.fixture
def owner(qtbot) -> QWidget:
    """Whom a print run belongs to."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def run(qtbot, source, printer, owner) -> int:
    """Print and give the number of sheets."""
    job = printing.PrintRun(source, printer, owner)
    with qtbot.waitSignal(job.printed, timeout=20_000) as done:
        job.start()
    return done.args[0]


def test_sheets_have_the_paper_of_the_pages(qtbot, source, printer, owner, tmp_path) -> None:
    """A4 in landscape, no margins of Qt's own, nothing scaled."""
    assert len(source.sizes()) == run(qtbot, source, printer, owner)
    made = (tmp_path / "打印.pdf").read_bytes()

    assert len(source.sizes()) == pages.page_count(made)
    assert pages.page_sizes(made)[0] == pytest.approx(A4, abs=1)
    layout = printer.pageLayout()
    assert QPageLayout.Orientation.Landscape is layout.orientation()
    assert QPageSize.PageSizeId.A4 is layout.pageSize().id()
    assert QPageLayout.Mode.FullPageMode is layout.mode()


def test_a_page_lies_at_its_true_size(source, printer) -> None:
    """From the corner of the sheet: 297 mm are 297 mm."""
    rect = printing.sheet(printer, source.sizes()[0])

    assert rect.topLeft().isNull()
    assert rect.width() / printer.resolution() * 25.4 == pytest.approx(297, abs=0.5)


def test_the_page_range_is_honoured(qtbot, source, printer, owner, tmp_path) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)

    assert run(qtbot, source, printer, owner) == 2
    assert pages.page_count((tmp_path / "打印.pdf").read_bytes()) == 2


def test_copies_are_made_where_the_driver_makes_none(printer, monkeypatch) -> None:
    """Sorted: 1 2 1 2; unsorted: 1 1 2 2."""
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _printer: False)
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert printing.chosen_pages(printer, 2) == [1, 2, 1, 2]

    printer.setCollateCopies(False)
    assert printing.chosen_pages(printer, 2) == [1, 1, 2, 2]


def test_last_page_first(printer) -> None:
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)

    assert printing.chosen_pages(printer, 3) == [3, 2, 1]


def test_a_range_outside_the_pages_prints_nothing(qtbot, source, printer, owner) -> None:
    """It is said, not printed as something else."""
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(90, 99)
    job = printing.PrintRun(source, printer, owner)
    with qtbot.waitSignal(job.failed) as told:
        job.start()

    assert "没有页面" in told.args[0]


def test_an_upright_page_keeps_upright_paper(printer) -> None:
    printing.set_page(printer, QSizeF(A4[1], A4[0]))

    assert QPageLayout.Orientation.Portrait is printer.pageLayout().orientation()


def test_without_a_printer_the_pdf_is_offered(qtbot, context, recorder, monkeypatch) -> None:
    """Qt would silently write a file; the clerk is told instead."""
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    page = _shown(qtbot, context)
    page.print.click()

    assert "没有找到打印机" in words(recorder.last)
    recorder.press("导出 PDF")
    assert recorder.questions[-1].start.suffix == ".pdf"
    page.close()


def test_the_print_dialog_is_opened_not_waited_for(qtbot, context, monkeypatch) -> None:
    """With the pages' own range to choose from; cancelling prints nothing."""
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    page = _shown(qtbot, context)
    page.print.click()
    dialog = page.findChild(QPrintDialog)

    assert (dialog.minPage(), dialog.maxPage()) == (1, 7)
    dialog.reject()
    assert page.press._run is None
    page.close()


def _shown(qtbot, context) -> ReportPage:
    page = ReportPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    qtbot.waitUntil(lambda: page.view.page_count() > 0)
    return page


def test_the_page_prints_and_says_so(qtbot, context, printer) -> None:
    """After the dialog is accepted the pages go out one by one; the bar names their number."""
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 2)
    page = _shown(qtbot, context)
    with qtbot.waitSignal(page.press.printed, timeout=20_000):
        page.press.run(page.press.source, printer)

    assert page.bar.accessibleName() == "已送打印机 2 页"
    page.close()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(qtbot, context, printer, recorder, tmp_path) -> None:
    """Nothing hangs: the next try is possible."""
    printer.setOutputFileName(str(tmp_path / "没有" / "这里.pdf"))
    page = _shown(qtbot, context)
    page.press.run(page.press.source, printer)
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert "打印机没有接受" in words(recorder.last)
    assert page.press._run is None
    page.close()
