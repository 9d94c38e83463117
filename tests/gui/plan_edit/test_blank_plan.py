"""空白方案: named first, then a file for it, then its sections, tasks and measures are typed."""

from __future__ import annotations

from datetime import date

import pytest

from core.office import board
from gui.import_sheet.lines import DEADLINE, DIVISION
from gui.new_ledger import NewLedgerDialog
from gui.plan_edit.new_plan import NewPlanDialog, file_name
from tests.gui.plan_edit.conftest import AS_OF

TITLE = "某县2025年任务分解表"


@pytest.fixture
def dialog(window):
    """新建, 空白方案."""
    window.files.new()
    asked = window.findChild(NewLedgerDialog)
    asked.choices[""].click()
    asked.step.click()
    return window.findChild(NewPlanDialog)


@pytest.fixture
def sheet(window, dialog, recorder, tmp_path):
    """A blank plan of 2025 in a new file, open for typing."""
    dialog.title.setText(TITLE)
    dialog.issued.setText("2025年3月1日")
    dialog.next.click()
    recorder.give(tmp_path / "新.db")
    return window.editing.sheet


def test_a_plan_needs_a_name(dialog):
    assert not dialog.next.isEnabled()
    assert dialog.note.text().startswith("请填写方案名称")

    dialog.title.setText(TITLE)

    assert dialog.next.isEnabled()


def test_a_date_that_is_none_is_told(dialog):
    dialog.title.setText(TITLE)
    dialog.issued.setText("2025年13月1日")
    dialog.next.click()

    assert dialog.note.text() == "月份应为 1—12"
    assert not dialog.next.isEnabled()


def test_the_file_is_proposed_under_the_name_of_the_plan(dialog, recorder):
    dialog.title.setText("关于A/B的方案")
    dialog.next.click()

    assert recorder.questions[-1].start.name == "关于AB的方案.db"
    assert file_name("…" * 60) == "…" * 40
    assert file_name("///") == "新台账"


def test_the_blank_plan_is_opened_for_typing(window, sheet):
    assert window.context.store.path.name == "新.db"
    assert sheet.session.plan.title == TITLE
    assert sheet.session.plan.document.date == date(2025, 3, 1)
    assert sheet.draft.nothing.isVisible()
    assert not sheet.foot.choice.isVisible()
    assert not sheet.foot.save.isEnabled()


def test_what_is_typed_becomes_the_plan(window, sheet):
    sheet.draft.add.click()
    sheet.draft.view.editor.field.setPlainText("开展行政执法培训。")
    sheet.draft.view.cell_delegate.finish()
    sheet.session.change_cell(1, DIVISION, "司法局")
    sheet.session.change_cell(1, DEADLINE, "6月底前")
    sheet.begin(1)
    sheet.section.click()
    sheet.draft.view.editor.field.setPlainText("一、提升能力")

    sheet.save()

    found = board.board(window.context.store, window.context.plan_key, AS_OF)
    assert window.editing.sheet is None
    assert found.rows[0].due == date(2025, 6, 30)
    assert found.rows[0].units == ("司法局",)
    assert (found.rows[0].section.label, found.rows[0].section.title) == ("一、", "提升能力")
    assert window.page("table").table.rows[0].no == 1


def test_an_empty_plan_offers_to_be_typed(window, sheet):
    sheet.ask_to_leave()

    state = window.page("table").card.empty_state
    edit = next(made for made in state.findChildren(type(sheet.foot.save)) if made.text() == "修改方案")
    edit.click()

    assert window.editing.sheet is not None
