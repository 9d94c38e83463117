"""The window's tests run without a screen; messages and file questions go to a recorder."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from core.settings import Settings
from gui import app, messages
from tests.gui.recorder import Recorder


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
