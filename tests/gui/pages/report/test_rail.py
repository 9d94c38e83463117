"""The rail of small pages, and pages that are made anew while the clerk is still choosing."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from core.office.documents import KINDS
from gui.pages.report import press
from gui.pages.report.page import ReportPage


@pytest.fixture
def page(wide_page: ReportPage) -> ReportPage:
    """任务分解表 with its rail."""
    return wide_page


def test_a_press_on_a_small_page_goes_to_it(qtbot, page) -> None:
    """The page in sight is the one that is marked, however one came there."""
    qtbot.waitUntil(lambda: page.rail.is_drawn(1) and page.rail.is_drawn(3))
    place = page.rail.visualRect(page.rail.model().index(2)).center()
    qtbot.mouseClick(page.rail.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.view.current_page() == 3

    page.tools.next.click()
    assert page.rail.current() == 4


def test_the_rail_by_keyboard(qtbot, page) -> None:
    """Arrows and page keys walk, End goes to the end, Enter into the pages."""
    page.rail.setFocus()
    qtbot.keyClick(page.rail, Qt.Key.Key_Down)
    assert page.view.current_page() == 2
    qtbot.keyClick(page.rail, Qt.Key.Key_PageDown)
    assert page.view.current_page() == 3
    qtbot.keyClick(page.rail, Qt.Key.Key_End)
    assert page.view.current_page() == page.view.page_count()
    qtbot.keyClick(page.rail, Qt.Key.Key_Return)
    assert page.view.hasFocus()
    last = page.rail.model().index(page.view.page_count() - 1)
    assert page.rail.model().data(last, Qt.ItemDataRole.AccessibleTextRole) == "第 7 页，共 7 页"


def test_f6_goes_from_part_to_part(qtbot, page) -> None:
    """文种, options, rail, pages and back; what is not shown is passed over."""
    page.kinds.view.setFocus()
    seen = []
    for _ in range(5):
        qtbot.keyClick(page, Qt.Key.Key_F6)
        seen.append(page.focusWidget())

    assert seen == [page.options.section, page.rail, page.view, page.kinds.view, page.options.section]


def test_the_rail_gives_way_to_a_legible_table(qtbot, page) -> None:
    """A lying table in a narrow window keeps its width, until the clerk wants the rail; upright pages have it always."""
    assert page.rail.isVisible()
    page.resize(1170, 640)
    assert not page.rail.isVisible()
    page.rails.toggle.click()
    assert page.rail.isVisible()
    assert page.rails.toggle.isChecked()


def test_the_same_document_made_anew_keeps_its_place_and_pictures(qtbot, page) -> None:
    """Nothing flickers white: the old picture stands until the new one is there."""
    qtbot.waitUntil(lambda: page.rail.is_drawn(2))
    page.view.go_to(2)
    page.rails.set_source(page.press.source, keep_place=True)

    assert page.rail.picture(1) is not None
    assert not page.rail.is_drawn(2)
    assert page.view.current_page() == 2
    qtbot.waitUntil(lambda: page.rail.is_drawn(2) and page.view.is_drawn(2))


def test_pages_for_older_options_are_given_up(qtbot, page, context, monkeypatch) -> None:
    """While one is being made for options that are another by now it is cancelled; only the newest is shown."""
    begun, gate, cancelled = threading.Event(), threading.Event(), []
    make = press._make

    def held(store, kind, asked, job):
        if asked.section == 5:
            begun.set()
            gate.wait(10)
            cancelled.append(job.is_cancelled)
        return make(store, kind, asked, job)

    monkeypatch.setattr(press, "_make", held)
    shown = []
    page.press.previewed.connect(lambda made: shown.append(made.asked.section))
    kind, asked = page.asked()
    page.press.preview(kind, replace(asked, section=5))
    qtbot.waitUntil(begun.is_set)
    page.press.preview(kind, replace(asked, section=6))
    gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.waitUntil(lambda: not context.jobs.is_busy)

    assert cancelled == [True]
    assert shown == [6]
    assert page.press.made.asked.section == 6


def test_a_cancelled_page_says_how_to_go_on(qtbot, page, context, monkeypatch) -> None:
    """取消 in the status line: a sentence in place of the pages, F5 makes them."""
    begun, gate = threading.Event(), threading.Event()
    make = press._make

    def held(store, kind, asked, job):
        begun.set()
        gate.wait(10)
        return make(store, kind, asked, job)

    monkeypatch.setattr(press, "_make", held)
    page.press.preview(KINDS["table"], page.asked()[1])
    qtbot.waitUntil(begun.is_set)
    context.jobs.cancel()
    gate.set()
    qtbot.waitUntil(lambda: "F5" in page.wait.text())
    assert page.press.source is None

    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.view.page_count() == 7)
