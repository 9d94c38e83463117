"""The page 下发回收 on 古县, shown, and sheets that units have filled."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from core.job import Job
from core.office.dispatch import Dispatched, dispatch
from gui.context import Context
from gui.pages.exchange.page import ExchangePage
from tests.core.office.returned_files import sent
from tests.gui.pages.conftest import PERIOD

Fill = Callable[..., Path]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[ExchangePage]:
    made = ExchangePage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    yield made
    made.close()


@pytest.fixture
def given(context: Context, tmp_path: Path) -> Dispatched:
    """Every unit was given its sheet."""
    return dispatch(context.store, None, PERIOD, tmp_path / "下发", Job())


@pytest.fixture
def filled(context: Context, tmp_path: Path) -> Fill:
    """A unit's sheet as it came back: ``rows`` maps a place in the table (0: first) to heads and values."""

    def fill(
        unit: str,
        rows: Mapping[int, Mapping[str, object]] | None = None,
        name: str = "",
        folder: str = "收到",
    ) -> Path:
        source = sent(context.store, tmp_path / "下发", unit)[unit]
        target = tmp_path / folder / (name or source.name)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, target)
        book = openpyxl.load_workbook(target)
        sheet = book.worksheets[0]
        head = next(row for row in sheet.iter_rows() if any(cell.value == "工作进展" for cell in row))
        columns = {cell.value: cell.column for cell in head if cell.value}
        for at, values in (rows or {0: {"状态": "推进中", "工作进展": "检查12次"}}).items():
            for title, value in values.items():
                sheet.cell(head[0].row + 1 + at, columns[title]).value = value
        book.save(target)
        return target

    return fill
