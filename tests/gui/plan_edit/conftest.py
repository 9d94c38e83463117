"""The window with 古县's ledger, and 修改方案 open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.settings import Settings
from core.store.database import Store
from gui.context import Context
from gui.main_window import MainWindow
from gui.plan_edit.sheet import EditSheet

AS_OF = date(2025, 1, 10)


@pytest.fixture
def window(qtbot: QtBot, dressed, store: Store) -> Iterator[MainWindow]:
    """The window on 任务分解."""
    made = MainWindow(Context(Settings()))
    qtbot.addWidget(made)
    made.context.as_of = AS_OF
    made.context.set_store(store)
    made.setWindowState(Qt.WindowState.WindowNoState)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_page("table")
    yield made
    made._may_close = True
    made.close()


@pytest.fixture
def edit_plan(window: MainWindow) -> Callable[[int | None], EditSheet]:
    """Open 修改方案 at a measure."""

    def opened(no: int | None = None) -> EditSheet:
        if no is not None:
            window.page("table").view.go_to(no)
        window.page("table").edit_plan()
        assert window.editing.sheet is not None
        return window.editing.sheet

    return opened
