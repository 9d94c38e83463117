"""The page 单位 on 古县, shown; six townships, the list of 各乡镇 not whole yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.model.units import Unit
from core.office import files, units
from core.office.unit_groups import GroupValue, set_group
from gui.context import Context
from gui.pages.units.page import UnitsPage
from gui.pages.units.register_dialog import RegisterDialog

GROUP = "各乡镇"
TOWNSHIPS = ("岳阳镇", "北平镇", "古阳镇", "旧县镇", "石壁乡", "南垣乡")


@pytest.fixture(scope="session")
def guxian_template(once: Callable[..., Path]) -> Path:
    """古县's ledger with its townships."""

    def make(folder: Path) -> None:
        with closing(files.create_ledger(folder / "古县.db")) as store:
            set_group(store, GROUP, GroupValue(TOWNSHIPS))

    return once("townships", make) / "古县.db"


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[UnitsPage]:
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    yield made
    made.close()


@pytest.fixture
def unit(context: Context) -> Callable[[str], Unit]:
    """A unit or collective as the ledger has it."""

    def find(name: str) -> Unit:
        return next(unit for unit in units.all_units(context.store) if unit.name == name)

    return find


@pytest.fixture
def dialog(page: UnitsPage) -> Callable[[], RegisterDialog]:
    """The dialog that is open."""

    def current() -> RegisterDialog:
        assert page.desk.dialog is not None
        return page.desk.dialog

    return current


def names(page: UnitsPage) -> list[str]:
    """The units of the table from top to bottom."""
    model = page.pane.model
    found = (model.line(row) for row in range(model.rowCount()))
    return [line.unit.name for line in found if line is not None]
