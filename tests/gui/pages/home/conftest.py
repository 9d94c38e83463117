"""首页 on 古县, with something filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from core.model.ledger import EntryState
from core.office import obligations, progress
from core.office.form_value import FormValue
from gui.context import Context
from gui.pages.home.page import HomePage
from tests.gui.pages.conftest import AS_OF, PERIOD


@pytest.fixture
def say(context: Context) -> Callable[..., list[int]]:
    """Write the same entry for the units of a measure, without telling the pages."""

    def write(no: int, state: EntryState = EntryState.DONE, *, only: int | None = None) -> list[int]:
        rows = obligations.list_obligations(context.store, None, AS_OF, measure=no)[:only]
        is_done, is_out = state is EntryState.DONE, state is EntryState.NOT_APPLICABLE
        value = FormValue(
            state,
            date(2024, 12, 20) if is_done else None,
            text="" if is_out else "已办理。",
            reason="没有这项职责。" if is_out else "",
        )
        for row in rows:
            progress.save(context.store, row.id, PERIOD, value)
        return [row.id for row in rows]

    return write


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[HomePage]:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
