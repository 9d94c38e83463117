"""The window's tests run without a screen; messages and file questions go to a recorder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.settings import Settings
from gui import app, messages
from tests.gui.recorder import Recorder

PATIENCE_MS = 30_000
"""What is waited for comes in an instant; on a machine that does other work, too, it comes later. Never a measure."""


class PatientBot(QtBot):
    """Gives up later than pytest-qt's five seconds."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """The bot of every test of the window."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its language, face and colours."""
    app.load_translation(qapp)
    app.dress(qapp, Settings())
    return qapp


@pytest.fixture(autouse=True)
def recorder(dressed: QApplication) -> Iterator[Recorder]:
    """Takes the place of all dialogs."""
    made = Recorder()
    messages.use(made)
    yield made
    messages.use(None)
