"""Documents to import, made by the tests: a sheet with a gap in its numbers, and a broken name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from core.job import Job
from core.office import review as office
from core.office.review import Review
from core.settings import Settings
from core.store.database import Store
from gui.context import Context
from gui.import_sheet.session import Session
from gui.import_sheet.sheet import ImportSheet

HEAD = ("重点任务", "具体措施", "责任分工", "完成时限")
UNITS = "各乡镇、各行政执法单位"
FIRST = "（一）强化学习"
SECOND = "（二）严格执法"


def plan_rows() -> list[tuple[str, str, str, str]]:
    """（1）—（3）, then （6）—（8）: （4） and （5） are missing; （2） has a unit whose name is no word."""
    rows = [(FIRST, f"（{n}）组织第{n}次培训；形成台账。", UNITS, "2024年底前") for n in (1, 2, 3)]
    rows += [(SECOND, f"（{n}）开展第{n}轮检查。", UNITS, "2025年底前") for n in (6, 7, 8)]
    rows[1] = (FIRST, rows[1][1], "各乡镇、各行政执单位", "2024年底前")
    return rows


@pytest.fixture
def make_document(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook with a table."""

    def made(name: str = "方案.xlsx", rows: list[tuple[str, ...]] | None = None, head: tuple[str, ...] = HEAD) -> Path:
        book = openpyxl.Workbook()
        for row in (head, *(plan_rows() if rows is None else rows)):
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return made


@pytest.fixture
def document(make_document: Callable[..., Path]) -> Path:
    """A plan with a gap and a doubtful name."""
    return make_document()


@pytest.fixture
def whole_document(make_document: Callable[..., Path]) -> Path:
    """A plan without any problem that stands in the way."""
    rows = [(FIRST, f"（{n}）组织第{n}次培训。", UNITS, "2024年底前") for n in (1, 2, 3)]
    return make_document("完整.xlsx", rows)


@pytest.fixture
def review(store: Store, document: Path) -> Review:
    """The document read."""
    return office.review_document(store, document, Job())


@pytest.fixture
def session(qtbot: QtBot, dressed, review: Review) -> Iterator[Session]:
    """The document on its way."""
    made = Session(review)
    yield made
    made.deleteLater()


@pytest.fixture
def context(qtbot: QtBot, dressed, store: Store) -> Iterator[Context]:
    """The window's context with 古县's ledger open."""
    made = Context(Settings())
    made.set_store(store)
    yield made
    made.jobs.close()


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Callable[[Review], ImportSheet]]:
    """Show the sheet at the size of a small office screen."""
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    made: list[ImportSheet] = []

    def shown(review: Review) -> ImportSheet:
        window.resize(1366, 768)
        sheet = ImportSheet(context, review, window)
        made.append(sheet)
        sheet.setGeometry(window.rect())
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        sheet.begin()
        return sheet

    yield shown
    for sheet in made:
        sheet.source.close_source()


@pytest.fixture
def sheet(show: Callable[[Review], ImportSheet], review: Review) -> ImportSheet:
    """The sheet with the document."""
    return show(review)
