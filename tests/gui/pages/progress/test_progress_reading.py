"""A plan too large to be read at once: the window stays awake, nothing typed is lost, rows are not read for each form."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from core.office import forms
from core.office.obligations import ObligationRow
from gui import plan_reader
from gui.context import Context
from gui.pages.progress.page import ProgressPage
from tests.gui.pages.conftest import AS_OF, PERIOD


def test_a_large_plan_is_read_in_the_background(
    qtbot: QtBot, context: Context, rows: list[ObligationRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_reader, "AT_ONCE", 0)
    page = ProgressPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_obligation(rows[1].id)
    assert page.stack.currentWidget() is page.reading
    with qtbot.waitSignal(page.reader.read):
        pass
    assert page.open_form is not None
    assert page.open_form.obligation.id == rows[1].id

    page.show_obligation(rows[2].id)
    assert not page.reader.is_reading, "the rows are there"
    assert page.open_form.obligation.id == rows[2].id

    page.form.fields.text.edit.insertPlainText("（样例）已开展。")
    assert page.flush()
    with qtbot.waitSignal(page.reader.read):
        context.set_scope(period_key="2024Q3")
    assert page.open_form.obligation.id == rows[2].id
    assert page.open_form.period.key == "2024Q3"
    kept = forms.form(context.store, rows[2].id, PERIOD, AS_OF)
    assert kept.value is not None
    assert kept.value.text == "（样例）已开展。"

    go_on = threading.Event()
    context.jobs.start("占住", lambda _job: go_on.wait(30), lambda _found: None)
    context.set_scope(period_key=PERIOD)
    with qtbot.waitSignal(page.reader.cancelled):
        page.reader._task.cancel()
        go_on.set()
    assert page.stack.currentWidget() is page.not_read
    with qtbot.waitSignal(page.reader.read):
        page.again.click()
    assert page.stack.currentWidget() is page.area
    page.close()
