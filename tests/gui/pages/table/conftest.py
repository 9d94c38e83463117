"""The page 任务分解 on 古县, and boards with other columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from core.model.ledger import EntryState
from core.model.plan import Column, Measure
from core.office import board, obligations, progress
from core.office.board import Board
from core.office.form_value import FormValue
from gui.context import Context
from gui.pages.table.page import TablePage
from gui.pages.table.rows import TableRows, prepare
from tests.gui.pages.conftest import AS_OF


@pytest.fixture
def guxian(store) -> Board:
    return board.board(store, None, AS_OF)


@pytest.fixture
def table(guxian: Board) -> TableRows:
    return prepare(guxian)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[TablePage]:
    made = TablePage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def report_done(context: Context) -> Callable[[int], None]:
    """Say that one unit of a measure has done it; the pages are told."""

    def write(no: int) -> None:
        row = obligations.list_obligations(context.store, None, AS_OF, measure=no)[0]
        value = FormValue(EntryState.DONE, date(2024, 6, 3), None, "已完成。", "", "", "")
        context.announce(progress.save(context.store, row.id, "2024Q2", value))

    return write


@pytest.fixture
def two_roles(guxian: Board) -> Board:
    """A plan printed with 序号, 牵头单位 and 责任单位, and without tasks."""
    columns = (
        Column("no", "序号"),
        Column("text", "任务举措"),
        Column("lead", "牵头单位"),
        Column("responsible", "责任单位"),
        Column("deadline", "完成时限"),
    )
    measures = tuple(_with_roles(measure) for measure in guxian.plan.measures)
    document = replace(guxian.plan.document, columns=columns, section_rows=True)
    plan = replace(guxian.plan, document=document, tasks=(), measures=measures)
    rows = tuple(replace(row, task=None, label=str(row.no)) for row in guxian.rows)
    return replace(guxian, plan=plan, rows=rows)


def _with_roles(measure: Measure) -> Measure:
    return replace(
        measure,
        label=str(measure.no),
        task=None,
        lead=("司法局",),
        responsible=("各行政执法部门〔单位〕",),
        division_raw="牵头单位：司法局；责任单位：各行政执法部门〔单位〕",
    )
