"""报告: the pages as they are printed, their options, and the files that are handed out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.job import Job
from core.model.alignment import Decision
from core.office import aligning, files, tables
from core.office.changes import Changes
from core.publish import pages
from core.publish.description import PageNumbers
from gui.context import Context
from gui.pages.report import handing_out
from gui.pages.report.page import ReportPage
from tests.gui.pages.conftest import words
from tests.gui.pages.report.conftest import show


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[ReportPage]:
    made = ReportPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    qtbot.waitUntil(lambda: made.view.page_count() > 0)
    yield made
    made.close()


def wait_idle(qtbot: QtBot, page: ReportPage) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy)
    qtbot.wait(5)


def test_the_preview_is_the_export(qtbot, page, context) -> None:
    """The pages shown are those of the PDF that the export writes."""
    pdf = tables.table_pdf(context.store, context.plan_key, Job(), page.options.value().page)[0]

    assert pages.page_count(pdf) == page.view.page_count()
    assert page.tools.place.text() == f"第 1 页，共 {page.view.page_count()} 页"


def test_substituted_fonts_are_named(page) -> None:
    """Which official faces this machine lacks stands beside the pages, or nothing does."""
    missing = page.press._made.exported.substituted

    assert all(name in page.tools.sentence.accessibleName() for name in missing)
    assert bool(page.tools.sentence.text()) == bool(missing)


def test_only_what_is_seen_is_drawn(qtbot, page) -> None:
    """The first page and its neighbour, not all seven."""
    qtbot.waitUntil(lambda: page.view.is_drawn(1))
    qtbot.wait(50)

    assert not page.view.is_drawn(page.view.page_count())


def test_pages_are_turned_and_zoomed(qtbot, page) -> None:
    page.tools.next.click()
    assert page.tools.place.text().startswith("第 2 页")

    wide = page.view.factor()
    page.tools.larger.click()
    assert page.view.factor() > wide
    assert page.tools.fit.text().endswith("%")

    page.tools.fit.click()
    assert page.view.factor() == pytest.approx(wide)
    assert page.tools.fit.text() == "适合宽度"
    assert page.tools.place.text().startswith("第 2 页")


def test_pages_by_keyboard(qtbot, page) -> None:
    """End, PageUp, Home; + and 0 for the zoom."""
    last = page.view.page_count()
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    assert page.view.current_page() == last
    qtbot.keyClick(page.view, Qt.Key.Key_PageUp)
    assert page.view.current_page() == last - 1
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert page.view.current_page() == 1
    qtbot.keyClick(page.view, Qt.Key.Key_Plus)
    assert not page.view.fits_width()
    qtbot.keyClick(page.view, Qt.Key.Key_0)
    assert page.view.fits_width()


def test_the_width_is_followed(qtbot, page) -> None:
    """A narrower window makes smaller pages, and the page in sight stays."""
    before = page.view.factor()
    page.resize(900, 680)

    assert page.view.factor() < before
    assert page.view.current_page() == 1
    assert page.view.verticalScrollBar().value() == 0


def test_options_make_the_pages_anew(qtbot, page) -> None:
    """普通页脚 and another annex number reach the PDF."""
    page.options.numbers.setCurrentIndex(1)
    page.options.numbers.activated.emit(1)
    page.options.annex.clear()
    qtbot.keyClicks(page.options.annex, "5")
    qtbot.waitUntil(lambda: page.press._made.asked.page.annex_no == 5)

    assert PageNumbers.PLAIN is page.press._made.asked.page.page_numbers


def test_a_wrong_annex_number_is_said(qtbot, page) -> None:
    """Nothing is made or exported with it; the old pages stay."""
    page.options.annex.clear()
    qtbot.keyClicks(page.options.annex, "x")
    page.pdf.click()

    assert "附件号应为" in page.options.note.text()
    assert page.view.page_count() == 7


@pytest.mark.parametrize(("name", "ending"), [("word", "docx"), ("excel", "xlsx"), ("pdf", "pdf")])
def test_export_proposes_a_name_and_writes(qtbot, page, context, recorder, tmp_path, name, ending) -> None:
    """In the ledger's folder, under the plan's name; then the bar offers 打开 and 打开所在文件夹."""
    getattr(page, name).click()
    asked = recorder.questions[-1]

    assert asked.kind == "save"
    assert asked.start.parent == context.store.path.parent
    assert asked.start.name == f"古县提升行政执法质量三年行动计划（2023—2025年）重点任务分解表.{ending}"

    target = tmp_path / f"表.{ending}"
    recorder.give(target)
    wait_idle(qtbot, page)
    assert target.stat().st_size > 1000
    assert page.bar.isVisible()
    assert page.folder.isVisible()


def test_a_forgotten_ending_is_added(qtbot, page, recorder, tmp_path) -> None:
    page.pdf.click()
    recorder.give(tmp_path / "表")
    wait_idle(qtbot, page)

    assert (tmp_path / "表.pdf").is_file()


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be made unwritable this way")
def test_a_place_that_cannot_be_written_is_told(qtbot, page, recorder, tmp_path) -> None:
    """One sentence, and nothing is left there."""
    target = tmp_path / "没有这个文件夹" / "表.pdf"
    page.pdf.click()
    recorder.give(target)
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert "台账没有改动" in words(recorder.last)
    assert not target.exists()


def test_opening_the_export(qtbot, page, recorder, tmp_path, monkeypatch) -> None:
    """The bar hands the file to its program; a file that is gone is told."""
    opened: list[str] = []
    monkeypatch.setattr("gui.pages.report.press.QDesktopServices.openUrl", lambda url: bool(opened.append(url)) or True)
    shown: list[Path] = []
    monkeypatch.setattr(handing_out, "show_in_folder", shown.append)
    page.pdf.click()
    recorder.give(tmp_path / "表.pdf")
    wait_idle(qtbot, page)

    page.bar.action_chosen.emit("open")
    page.folder.click()
    assert len(opened) == 1
    assert shown == [tmp_path / "表.pdf"]

    (tmp_path / "表.pdf").unlink()
    page.bar.action_chosen.emit("open")
    assert "打不开" in words(recorder.last)


def test_progress_does_not_make_the_pages_anew(qtbot, page, context) -> None:
    """Only the plan's own text changes the printed table."""
    before = page.press._made
    context.announce(Changes(measures=frozenset({1})))
    qtbot.wait(300)
    assert page.press._made is before

    context.announce(Changes(plan=True))
    qtbot.waitUntil(lambda: page.press._made is not before)


def test_pages_are_made_only_when_looked_at(qtbot, context) -> None:
    """A page behind another does no work."""
    hidden = ReportPage(context)
    qtbot.addWidget(hidden)
    context.announce(Changes(plan=True))
    qtbot.wait(300)

    assert not context.jobs.is_busy
    assert hidden.view.page_count() == 0


def test_without_a_plan_the_page_says_so(qtbot, page, context, tmp_path) -> None:
    context.set_store(files.create_ledger(tmp_path / "空.db", "blank"))
    qtbot.waitUntil(page.empty.isVisible)

    assert not page.pdf.isEnabled()
    assert not page.print.isEnabled()


def test_the_superiors_order_is_offered_once_something_was_decided(qtbot, page, context) -> None:
    show(qtbot, page, "report")
    assert not page.options.order.isVisibleTo(page)

    context.announce(aligning.decide(context.store, "dingxi", [(64, 32)], Decision.ACCEPTED))
    qtbot.waitUntil(lambda: page.options.order.isVisibleTo(page))
    page.options.order.setCurrentIndex(1)
    page.options.order.activated.emit(1)
    wait_idle(qtbot, page)

    assert page.options.order.currentText().startswith("按上级方案（定西市")
    assert page.asked()[1].superior == "dingxi"
    assert page.press.made.asked.superior == "dingxi"
