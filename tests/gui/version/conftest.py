"""A context with 古县's ledger open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.settings import Settings
from core.store.database import Store
from gui.context import Context


@pytest.fixture
def context(qtbot: QtBot, dressed, store: Store) -> Iterator[Context]:
    """The window's context with 古县's ledger open."""
    made = Context(Settings())
    made.set_store(store)
    yield made
    made.jobs.close()
