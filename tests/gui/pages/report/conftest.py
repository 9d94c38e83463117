"""The page 报告 as a clerk has it before them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.context import Context
from gui.pages.report.page import ReportPage

LONG = 30_000
"""Milliseconds that a busy machine may take for the pages of a document."""


@pytest.fixture
def wide_page(qtbot: QtBot, context: Context) -> Iterator[ReportPage]:
    """With room for rail and numbers; 任务分解表 is shown."""
    made = ReportPage(context)
    qtbot.addWidget(made)
    made.resize(1400, 680)
    made.show()
    qtbot.waitUntil(lambda: made.view.page_count() > 0, timeout=LONG)
    yield made
    made.close()


def show(qtbot: QtBot, page: ReportPage, kind: str) -> None:
    """Choose a kind and wait for its pages."""
    page.kinds.choose(kind)
    qtbot.waitUntil(lambda: page.press.made is not None and page.press.made.kind == kind, timeout=LONG)
    qtbot.waitUntil(lambda: page.view.page_count() > 0)
