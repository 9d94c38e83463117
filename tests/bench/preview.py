"""报告: from a changed option to the first page on screen, against one second."""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

KINDS = ("table", "report")
ROUNDS = 3
_LIMIT = 1.0
"""What the window promises, in seconds."""
_PATIENCE = 60


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (an option pressed until its pages stand there and the first is drawn, one second); the slower kind.

    71 measures with progress in all states, 任务分解表 and 进展情况报告 with its annexes, in the running window.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from core.office import files
    from core.settings import Settings
    from gui import app
    from gui.context import Context
    from gui.pages.report.page import ReportPage
    from tests.core.office.filled import AS_OF, PERIOD, fill

    ledger = folder / "preview" / "定西.db"
    with closing(files.create_ledger(ledger, "dingxi")) as store:
        fill(store, ledger.parent)
    qt = app.make_app()
    app.dress(qt, Settings())
    context = Context(Settings())
    context.as_of = AS_OF
    context.set_store(files.open_ledger(ledger))
    context.set_scope(period_key=PERIOD)
    page = ReportPage(context)
    page.resize(1174, 640)
    page.show()
    rounds: list[list[float]] = []
    for kind in KINDS:
        page.kinds.choose(kind)
        _wait(lambda kind=kind: page.press.made is not None and page.press.made.kind == kind and page.view.is_drawn(1))
        rounds.append([_change(page, kind) for _ in range(ROUNDS)])
    page.close()
    context.jobs.close()
    context.set_store(None)
    return [(max(times), _LIMIT) for times in zip(*rounds, strict=True)]


def _change(page, kind: str) -> float:
    """Press 附图, or choose the other footer, and wait for the first page."""
    before, began = page.press.made, time.perf_counter()
    if kind == "table":
        page.options.numbers.setCurrentIndex(1 - page.options.numbers.currentIndex())
        page.options.numbers.activated.emit(page.options.numbers.currentIndex())
    else:
        page.options.charts.click()
    _wait(lambda: page.press.made is not before and page.view.is_drawn(1))
    return time.perf_counter() - began


def _wait(is_done) -> None:
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + _PATIENCE
    while not is_done():
        if time.monotonic() > until:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.002)
