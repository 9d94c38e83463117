"""Adjusted deadlines on 任务分解: the date cell and the drawer keep saying what was before, and on what basis."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from core.model import edit
from core.office import board, editing, measures, obligations
from core.office.rereading import reread
from gui.pages.table.columns import DUE
from tests.gui.pages.conftest import AS_OF

BASIS = "古办发〔2025〕2号"


@pytest.fixture
def adjusted(page, context):
    """Measure 6 adjusted for everybody from 2024-12-31 to 2025-01-31."""
    e = edit.begin(board.board(context.store, None, AS_OF).plan)
    measure = edit.change_measure(e, 6, deadline_raw="2025年1月底前").measure(6)
    read = reread(measure, e.plan, fields={"deadline"})
    e = edit.change_measure(e, 6, deadline_raw=read.deadline_raw, deadlines=read.deadlines)
    kind = editing.EditKind.ADJUSTMENT
    context.announce(editing.apply_edit(context.store, None, e, kind=kind, basis=BASIS, reason="统一部署"))
    return page


def test_the_date_cell_says_what_was_before(adjusted):
    model = adjusted.view.table_model
    row = next(row for row in adjusted.table.rows if row.no == 6)
    index = model.index(model.line_of(6), model.column_of(DUE))

    assert index.data() == "2025-01-31"
    assert row.due_notes == ("原 2024-12-31", "已调整")
    assert "原 2024-12-31 已调整" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "原 2024-12-31 已调整" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_drawer_lists_adjustments_with_their_basis(adjusted):
    adjusted.host.open(6)
    detail = adjusted.host.detail
    detail.tabs.choose(2)

    line = detail.adjustments.detail_model.lines[0]
    assert detail.adjustments.isVisible()
    assert line.title == "完成时限：2024年底前 → 2025年1月底前"
    assert line.note.startswith(f"依据 {BASIS}，统一部署，20")
    assert "原 2024-12-31 已调整" in measures.measure_detail(adjusted.context.store, None, 6, AS_OF).deadline_note


def test_a_delay_for_one_unit_names_the_unit(page, context):
    row = obligations.list_obligations(context.store, None, AS_OF, measure=6)[0]
    to = date(2025, 3, 31)
    context.announce(editing.adjust_obligation(context.store, row.id, to=to, basis=BASIS, reason=""))
    page.host.open(6)

    line = page.host.detail.adjustments.detail_model.lines[0]
    assert line.title == f"{row.unit} 延期：2024-12-31 → 2025-03-31"
