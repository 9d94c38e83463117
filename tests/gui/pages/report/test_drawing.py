"""Small drawing work in the background, and where pages lie."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QSizeF

from core.errors import EvidenceError
from gui.pages.report.drawing import Drawer, Failure
from gui.pages.report.page_geometry import GAP, MARGIN, PageGeometry
from gui.pages.report.page_source import MAX_PIXELS, bounded

A4 = QSizeF(842, 595)


@pytest.fixture
def drawer(qtbot):
    made = Drawer()
    yield made
    made.close()


def _collect(drawer: Drawer) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    drawer.drawn.connect(lambda key, result: found.append((key, result)))
    return found


def test_the_last_wish_comes_first(qtbot, drawer) -> None:
    """What is in sight now goes before what was in sight a moment ago."""
    found, gate = _collect(drawer), threading.Event()
    drawer.wish("a", gate.wait)
    drawer.wish("b", str)
    drawer.wish("c", str)
    gate.set()
    qtbot.waitUntil(drawer.is_idle)

    assert [key for key, _ in found] == ["a", "c", "b"]


def test_what_was_scrolled_away_is_not_drawn(qtbot, drawer) -> None:
    found, gate = _collect(drawer), threading.Event()
    drawer.wish("a", gate.wait)
    drawer.wish("b", str)
    drawer.wish("c", str)
    drawer.keep_only({"c"})
    gate.set()
    qtbot.waitUntil(drawer.is_idle)

    assert [key for key, _ in found] == ["a", "c"]


def test_a_failure_is_a_sentence(qtbot, drawer) -> None:
    """A known one keeps its own words; what a decoder raises gets ours."""

    def known() -> None:
        raise EvidenceError("佐证文件读不到。")

    def unknown() -> None:
        raise ZeroDivisionError

    found = _collect(drawer)
    drawer.wish("known", known)
    drawer.wish("unknown", unknown)
    qtbot.waitUntil(lambda: len(found) == 2)

    said = dict(found)
    assert said["known"] == Failure("佐证文件读不到。")
    assert "无法显示" in said["unknown"].sentence


def test_results_arrive_in_the_thread_of_the_window(qtbot, drawer) -> None:
    seen: list[int] = []
    drawer.drawn.connect(lambda *_: seen.append(threading.get_ident()))
    drawer.wish("a", threading.get_ident)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [threading.get_ident()]


def test_no_thread_is_left_when_all_is_drawn(qtbot, drawer) -> None:
    drawer.wish("a", str)
    qtbot.waitUntil(drawer.is_idle)

    qtbot.waitUntil(lambda: not any(thread.name.startswith("drawer") for thread in threading.enumerate()))
    drawer.wish("b", str)
    qtbot.waitUntil(drawer.is_idle)


def test_closing_waits_for_the_piece_at_work(qtbot) -> None:
    """The thread is gone afterwards, nothing is announced any more."""
    made, done = Drawer(), threading.Event()
    made.wish("a", done.set)
    made.close()

    assert done.is_set()


def test_pages_follow_each_other() -> None:
    geometry = PageGeometry((A4, A4, A4))
    geometry.fit(1000)

    assert geometry.width() == pytest.approx(1000)
    assert geometry.top(0) == GAP
    assert geometry.top(1) == pytest.approx(2 * GAP + 595 * geometry.scale)
    assert geometry.page_at(0) == 0
    assert geometry.page_at(geometry.top(2)) == 2
    assert geometry.between(geometry.top(1), geometry.top(2)) == [1, 2]
    assert PageGeometry().height() == GAP
    assert PageGeometry().width() == 2 * MARGIN


def test_a_giant_page_is_drawn_no_larger_than_memory_allows() -> None:
    """A plan of 5 m × 5 m in a PDF is shown, less sharp."""
    giant = QSizeF(14173, 14173)
    scale = bounded(giant, 4.0)

    assert giant.width() * scale * giant.height() * scale <= MAX_PIXELS * 1.01
    assert bounded(A4, 2.0) == 2.0
