"""A plan too large to be read at once: the window stays awake, and what was asked for meanwhile is done afterwards."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from core.office import board
from gui import plan_reader
from gui.context import Context
from gui.pages.filters import TableFilter
from gui.pages.table import reader
from gui.pages.table.page import TablePage


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every reading is done in the background and waits for this."""
    go_on, read = threading.Event(), board.board

    def slow(*args):
        go_on.wait(30)
        return read(*args)

    monkeypatch.setattr(plan_reader, "AT_ONCE", 0)
    monkeypatch.setattr(reader.office, "board", slow)
    return go_on


def test_a_large_plan_is_read_in_the_background(
    qtbot: QtBot, context: Context, held: threading.Event, request: pytest.FixtureRequest
) -> None:
    page: TablePage = request.getfixturevalue("page")
    assert page.table is None
    assert page.card.empty_state.title.text() == "正在读取任务分解"

    page.show_table_filter(TableFilter())
    page.show_measure(9)
    with qtbot.waitSignal(page.reader.read):
        held.set()

    assert page.chips.note.text() == "已选 1 项，共 38 项措施"
    assert page.host.is_open

    held.clear()
    context.set_scope(as_of=context.as_of.replace(day=1))
    assert page.reader.is_reading
    assert page.view.current_no() == 9, "the rows stay until the new ones are there"
    with qtbot.waitSignal(page.reader.read):
        held.set()
    assert page.host.is_open


def test_a_reading_that_was_cancelled_can_be_begun_again(
    qtbot: QtBot, context: Context, held: threading.Event, request: pytest.FixtureRequest
) -> None:
    context.jobs.start("占住", lambda _job: held.wait(30), lambda _found: None)
    page: TablePage = request.getfixturevalue("page")
    with qtbot.waitSignal(page.reader.cancelled):
        context.jobs._tasks[1].cancel()
        held.set()
    assert page.card.empty_state.title.text() == "没有读完任务分解"

    with qtbot.waitSignal(page.reader.read):
        page.card.empty_state.buttons[0].click()
    assert len(page.table.rows) == 38
