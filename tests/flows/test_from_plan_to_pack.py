"""One run through the whole window: import, complete, dispatch, collect, review, report, print, pack."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from core.job import Job
from core.model.ledger import Review
from core.office import board, check, files, obligations, safekeeping
from core.publish import pages
from core.settings import Settings
from gui.main_window import MainWindow
from gui.pages.exchange.step import CHECK, COLLECT, SEND
from gui.pages.report import printing
from tests.gui.recorder import Recorder

pytestmark = pytest.mark.office

SECONDS_30 = 30_000
HEAD = ("重点任务", "具体措施", "责任分工", "完成时限")
PLAN = [("（一）强化学习", f"（{n}）组织第{n}次集中培训。", "各乡镇", "2024年底前") for n in (1, 2, 3)]
PERIOD = "2024Q4"
SAID = "举办培训1期，参训46人"


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow.made_with(Settings())
    qtbot.addWidget(made)
    made.files.open_first(ledger)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    made.context.set_store(None)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A plan as it arrives."""
    book = openpyxl.Workbook()
    for row in (HEAD, *PLAN):
        book.active.append(row)
    path = tmp_path / "全县行政执法培训方案.xlsx"
    book.save(path)
    return path


class Clerk:
    """Waits as a person does: until the window is done."""

    def __init__(self, qtbot: QtBot, window: MainWindow, recorder: Recorder) -> None:
        self.qtbot, self.window, self.recorder = qtbot, window, recorder

    def page(self, key: str) -> Any:
        self.window.show_page(key)
        return self.window.page(key)

    def wait(self, is_so: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=SECONDS_30)

    def wait_idle(self) -> None:
        self.wait(lambda: not self.window.context.jobs.is_busy)
        QApplication.processEvents()

    def dialog(self) -> Any:
        self.wait(lambda: [d for d in self.window.findChildren(QDialog) if d.isVisible()])
        return next(d for d in self.window.findChildren(QDialog) if d.isVisible())

    # --- the steps ---------------------------------------------------------------------------------

    def import_plan(self, document: Path) -> None:
        self.window.files.import_asked.emit()
        self.recorder.give(document)
        self.wait(lambda: self.window.importing.sheet)
        self.window.importing.sheet.foot.confirm.click()
        self.wait(lambda: self.window.importing.sheet is None)

    def complete_townships(self, names: tuple[str, ...]) -> None:
        self.page("table").complete_group("各乡镇")
        dialog = self.dialog()
        dialog.text.setPlainText("\n".join(names))
        dialog.whole.setChecked(True)
        self.wait(dialog.save.isEnabled)
        dialog.save.click()

    def dispatch(self, folder: Path) -> list[Path]:
        page = self.page("exchange")
        self.wait(lambda: page.reading is not None)
        page.show_step(SEND)
        step = page.send_step
        step.options.choose.click()
        self.recorder.give(folder)
        self.wait(step.make.isEnabled)
        step.make.click()
        self.wait(lambda: list(folder.rglob("*.xlsx")))
        self.wait_idle()
        return sorted(folder.rglob("*.xlsx"))

    def collect(self, folder: Path) -> None:
        page = self.page("exchange")
        page.show_step(COLLECT)
        page.take([folder])
        self.wait(lambda: not page.returning.is_reading)
        self.wait(page.collect_step.next.isEnabled)
        page.collect_step.next.click()
        assert page.stepper.current() == CHECK
        step = page.check_step
        self.wait(step.pane.take.isEnabled)
        while step.pane.take.isEnabled():
            step.pane.take.click()
            self.wait_idle()

    def accept_all(self) -> None:
        page = self.page("progress")
        page.show_pending()
        self.wait(lambda: page.open_form is not None)
        while page.open_form is not None and page.form.foot.accept.isEnabled():
            page.form.foot.accept.click()
            QApplication.processEvents()
            if not self._pending():
                return

    def _pending(self) -> list[int]:
        context = self.window.context
        rows = obligations.list_obligations(context.store, context.plan_key, context.as_of, period=PERIOD)
        return [row.id for row in rows if row.period_review is Review.PENDING]

    def report(self, path: Path) -> None:
        self.window.ways.open_document("report", "")
        page: Any = self.window.page("report")
        self.wait(lambda: page.view.page_count() > 0)
        page.pdf.click()
        self.recorder.give(path)
        self.wait(path.exists)
        self.wait_idle()

    def print_report(self, path: Path) -> None:
        """The printer is one that writes a PDF: there is none in a test."""
        page: Any = self.window.page("report")
        source = page.view._source
        printer = printing.make_printer(source.sizes()[0], "进展情况报告")
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(100)
        run = printing.PrintRun(source, printer, page)
        with self.qtbot.waitSignal(run.printed, timeout=SECONDS_30):
            run.start()

    def pack(self, path: Path) -> None:
        page = self.page("archive")
        page.show_part("backups")
        page.parts["backups"].hand_over.pack.click()
        self.recorder.give(path)
        self.wait(path.exists)
        self.wait_idle()


def _fill(sheets: list[Path], folder: Path, soffice: str) -> None:
    """What the units do: fill, save with another program."""
    filled = folder / "填好"
    filled.mkdir()
    for sheet in sheets:
        book = openpyxl.load_workbook(sheet)
        page = book.worksheets[0]
        head = next(row for row in page.iter_rows() if any(cell.value == "工作进展" for cell in row))
        columns = {cell.value: cell.column for cell in head if cell.value}
        for row in range(head[0].row + 1, head[0].row + 1 + len(PLAN)):
            page.cell(row, columns["状态"]).value = "推进中"
            page.cell(row, columns["工作进展"]).value = SAID
        book.save(filled / sheet.name)
    returned = folder / "收到"
    command = [soffice, f"-env:UserInstallation={(folder / 'lo').as_uri()}", "--headless", "--convert-to", "xlsx"]
    names = [str(path) for path in sorted(filled.iterdir())]
    subprocess.run([*command, "--outdir", str(returned), *names], check=True, capture_output=True, timeout=120)


def _text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        return "".join("".join((page.extract_text() or "").split()) for page in book.pages)


def test_a_plan_goes_its_whole_way(
    qtbot: QtBot, window: MainWindow, recorder: Recorder, document: Path, tmp_path: Path, soffice: str
) -> None:
    """Every step by its page's own controls; what the units wrote stands in the report that is printed."""
    clerk = Clerk(qtbot, window, recorder)
    clerk.wait_idle()
    clerk.import_plan(document)
    context = window.context
    assert context.plan_key == "p2"
    assert [plan.measures for plan in board.plans(context.store)] == [38, 3]
    clerk.complete_townships(("岳阳镇", "北平镇"))
    context.set_scope(period_key=PERIOD)

    sheets = clerk.dispatch(tmp_path / "下发")
    assert len(sheets) == 2
    _fill(sheets, tmp_path, soffice)
    clerk.collect(tmp_path / "收到")
    rows = obligations.list_obligations(context.store, context.plan_key, context.as_of, period=PERIOD)
    assert {row.period_review for row in rows} == {Review.PENDING}
    clerk.accept_all()
    assert not clerk._pending()

    clerk.report(tmp_path / "进展情况报告.pdf")
    clerk.print_report(tmp_path / "打印.pdf")
    made = (tmp_path / "进展情况报告.pdf").read_bytes()
    assert SAID in _text(made)
    assert pages.page_count((tmp_path / "打印.pdf").read_bytes()) == pages.page_count(made)

    clerk.pack(tmp_path / "移交.zip")
    restored = tmp_path / "接手" / "古县.db"
    restored.parent.mkdir()
    safekeeping.restore(tmp_path / "移交.zip", restored, Job())
    with closing(files.open_ledger(restored)) as taken_over:
        assert [plan.measures for plan in board.plans(taken_over)] == [38, 3]
        assert check.findings(taken_over, Job()) == ()
    assert recorder.messages == []
