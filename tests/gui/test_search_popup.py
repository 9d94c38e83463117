"""Search from the top bar: pinyin, progress in its period, many texts read in the background, what was found marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from core import settings
from core.job import Job
from core.model.ledger import EntryState
from core.office import progress, search_index
from core.office.form_value import FormValue
from core.office.search import Hit
from core.store.database import Store
from gui import search_popup
from gui.context import Context
from gui.main_window import MainWindow
from tests.gui.fake_pages import FAKE_PAGES, FakePage


@pytest.fixture
def window(qtbot, dressed, ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow(Context(settings.load()), FAKE_PAGES)
    qtbot.addWidget(made)
    made.files.open_first(ledger)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.frame.build_rest()
    yield made
    made._may_close = True
    made.close()
    made.context.set_store(None)


def fill(window: MainWindow) -> int:
    key = progress.find_obligation(window.context.store, None, 1, "财政局").id
    value = FormValue(EntryState.IN_PROGRESS, text="组织轮训三期")
    progress.save(window.context.store, key, "2024Q3", value)
    return key


def ask(qtbot, window: MainWindow, text: str) -> list[Hit]:
    field, popup = window.frame.top_bar.search, window.frame.search_popup
    field.focus_all()
    field.insert(text)
    qtbot.waitUntil(popup.isVisible)
    return [popup.model.index(row).data(search_popup.HIT) for row in range(popup.model.rowCount())]


def test_letters_find_a_unit_first(qtbot, window):
    assert ask(qtbot, window, "czj")[0].unit == "财政局"


def test_progress_opens_its_form_in_its_period(qtbot, window):
    key = fill(window)
    rows = ask(qtbot, window, "lunxunsanqi")
    popup = window.frame.search_popup
    popup.list.clicked.emit(popup.model.index(next(i for i, hit in enumerate(rows) if hit.kind == "progress")))

    page = window.page("progress")
    assert isinstance(page, FakePage)
    assert page.shown == [("obligation", key)]
    assert window.context.period_key == "2024Q3"


def test_many_texts_are_read_in_the_background(qtbot, window, monkeypatch):
    may_read, read = Event(), search_index.read

    def waiting(store: Store, version: tuple[int, int], job: Job) -> search_index.Records:
        assert may_read.wait(10)
        return read(store, version, job)

    monkeypatch.setattr(search_index, "SMALL", 0)
    monkeypatch.setattr(search_index, "read", waiting)
    fill(window)
    first = ask(qtbot, window, "轮训")
    assert {hit.kind for hit in first} == {"measure"}
    may_read.set()
    popup = window.frame.search_popup
    qtbot.waitUntil(lambda: search_index.is_ready(window.context.store))
    qtbot.waitUntil(lambda: "progress" in {hit.kind for hit in popup.model._hits})


def test_what_could_not_be_read_is_tried_again(qtbot, window, monkeypatch):
    monkeypatch.setattr(search_index, "SMALL", 0)
    read = search_index.read
    monkeypatch.setattr(search_index, "read", lambda *_args: (_ for _ in ()).throw(OSError("disk")))
    fill(window)
    ask(qtbot, window, "轮训")
    qtbot.waitUntil(lambda: not window.context.jobs.is_busy)
    monkeypatch.setattr(search_index, "read", read)
    window.frame.search_popup._on_asked()

    qtbot.waitUntil(lambda: search_index.is_ready(window.context.store))


def test_each_kind_keeps_room_for_the_others():
    hits = [*(Hit("measure", str(no), "") for no in range(8)), Hit("unit", "财政局", "")]

    assert [hit.kind for hit in search_popup.shown_hits(hits)] == ["measure"] * 4 + ["unit"]
    assert len(search_popup.shown_hits(hits[:8])) == 8


@pytest.mark.parametrize(
    ("marks", "kept", "length", "parts"),
    [
        ((), 3, 3, [(0, 3, False)]),
        (((0, 2),), 5, 5, [(0, 2, True), (2, 5, False)]),
        (((1, 2), (2, 4)), 5, 5, [(0, 1, False), (1, 2, True), (2, 4, True), (4, 5, False)]),
        (((1, 3), (2, 4)), 5, 5, [(0, 1, False), (1, 3, True), (3, 4, True), (4, 5, False)]),
        (((2, 9),), 4, 5, [(0, 2, False), (2, 4, True), (4, 5, False)]),
        (((7, 9),), 4, 5, [(0, 5, False)]),
    ],
)
def test_marks_cut_a_line_into_parts(marks, kept, length, parts):
    """Also where the line is cut and ends in an ellipsis of its own."""
    assert list(search_popup._parts(marks, kept, length)) == parts


def test_the_list_is_painted_with_marks(qtbot, window):
    ask(qtbot, window, "czj")

    assert not window.frame.search_popup.grab().isNull()
