"""The page 档案 on 古县, shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.office import overview
from gui.context import Context
from gui.pages.archive import page as archive
from gui.pages.archive.page import ArchivePage


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[ArchivePage]:
    made = ArchivePage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    yield made
    made.close()


@pytest.fixture
def key_of(context: Context) -> Callable[[int], int]:
    """The first obligation of a measure."""

    def find(no: int) -> int:
        view = overview.overview(context.store, None, context.as_of)
        return view.of_measure(no)[0].id

    return find


PARTS = (archive.JOURNAL, archive.MEETINGS, archive.BACKUPS, archive.SETTINGS)
