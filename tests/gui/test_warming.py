"""Pages are imported in a thread, each once, and no more after the window is left."""

from __future__ import annotations

import threading

from gui.pages import PageEntry
from gui.pages.base import Page
from gui.warming import Warming


def _entry(key: str, load) -> PageEntry:
    return PageEntry(key, key, "house", load)


def test_every_page_and_what_writing_needs_is_loaded_in_another_thread() -> None:
    seen: list[tuple[str, bool]] = []

    def loads(key: str):
        def load() -> type[Page]:
            seen.append((key, threading.current_thread() is not threading.main_thread()))
            return Page

        return load

    warming = Warming([_entry(key, loads(key)) for key in ("一", "二")], loads("写入"))
    warming.start()
    warming._thread.join(10)

    assert seen == [("一", True), ("二", True), ("写入", True)]


def test_stopping_waits_for_the_page_on_its_way_and_loads_no_other() -> None:
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def slow() -> type[Page]:
        begun.set()
        go_on.wait(10)
        seen.append("慢")
        return Page

    warming = Warming([_entry("慢", slow), _entry("后", lambda: seen.append("后") or Page)])
    warming.start()
    begun.wait(10)
    threading.Timer(0.05, go_on.set).start()
    warming.stop()

    assert seen == ["慢"]


def test_stopping_before_the_start_is_harmless() -> None:
    Warming([]).stop()
