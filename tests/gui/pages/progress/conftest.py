"""The page of 进展填报 on 古县, at measure 4 of 财政局."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.office import forms, obligations
from core.office.forms import Form
from core.office.obligations import ObligationRow
from gui.context import Context
from gui.pages.progress.page import ProgressPage
from tests.gui.pages.conftest import AS_OF, PERIOD

UNIT = "财政局"


@pytest.fixture
def rows(context: Context) -> list[ObligationRow]:
    """The obligations of 财政局 in the order of the list."""
    found = obligations.list_obligations(context.store, context.plan_key, AS_OF, unit=UNIT, period=PERIOD)
    return list(found)


@pytest.fixture
def page(qtbot: QtBot, context: Context, rows: list[ObligationRow]) -> Iterator[ProgressPage]:
    made = ProgressPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.saver.set_pause(10)
    made.show()
    made.show_obligation(rows[0].id)
    yield made
    made.close()


@pytest.fixture
def read(context: Context):
    """The form as the ledger has it."""

    def read_form(row: ObligationRow, part: str | None = None, period: str = PERIOD) -> Form:
        return forms.form(context.store, row.id, period, AS_OF, part=part)

    return read_form
