"""修改方案: opened from the table at a measure, saved as 勘误 or 调整, left only after asking; the pages follow."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.model.ledger import EntryState
from core.office import board, files, measures, obligations, progress
from core.office.editing import EditKind
from core.office.form_value import FormValue
from gui.import_sheet.lines import DEADLINE, TEXT
from gui.plan_edit.sheet import EditSheet
from tests.gui.plan_edit.conftest import AS_OF

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
BASIS = "古办发〔2025〕2号"


def plan_of(window):
    return board.board(window.context.store, window.context.plan_key, AS_OF).plan


def choose(sheet: EditSheet, kind: EditKind) -> None:
    sheet.foot.kinds.button(kind).click()


def test_the_key_opens_the_plan_at_the_chosen_measure(window, qtbot):
    window.page("table").view.go_to(6)

    qtbot.keyClick(window, KEY.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)

    sheet = window.editing.sheet
    assert sheet.draft.view.chosen_nos() == [6]
    assert sheet.draft.split.isEnabled()
    assert not window.frame.isVisible()
    assert not sheet.foot.save.isEnabled()


def test_saving_waits_for_the_kind_and_for_the_basis_of_an_adjustment(edit_plan):
    sheet = edit_plan(6)
    sheet.session.change_cell(6, DEADLINE, "2025年1月底前")

    assert "勘误，还是调整" in sheet.foot.effect.text()
    choose(sheet, EditKind.ADJUSTMENT)
    assert not sheet.foot.save.isEnabled()
    assert sheet.foot.basis_note.isVisible()
    sheet.foot.basis.setText(BASIS)
    assert not sheet.foot.basis_note.isVisible()
    assert sheet.foot.save.isEnabled()
    assert sheet.foot.effect.text() == "责任事项不变。"


def test_an_adjustment_is_saved_and_the_pages_follow(window, edit_plan):
    window.ways.open_measure(6)
    sheet = edit_plan()
    sheet.session.change_cell(6, DEADLINE, "2025年1月底前")
    sheet.session.change_title("古县行动计划")
    choose(sheet, EditKind.ADJUSTMENT)
    sheet.foot.basis.setText(BASIS)

    sheet.save()

    page = window.page("table")
    row = next(row for row in page.table.rows if row.no == 6)
    assert window.editing.sheet is None
    assert window.frame.isVisible()
    assert row.source.adjusted_from == date(2024, 12, 31)
    assert page.host.detail.detail.adjustments[0].basis == BASIS
    assert "古县行动计划" in window.frame.top_bar.plan.currentText()


def test_a_correction_keeps_no_old_date(window, edit_plan):
    sheet = edit_plan(6)
    sheet.session.change_cell(6, DEADLINE, "2025年1月底前")
    choose(sheet, EditKind.CORRECTION)
    sheet.foot.reason.setText("录错")

    sheet.save()

    row = next(row for row in window.page("table").table.rows if row.no == 6)
    assert row.source.due == date(2025, 1, 31)
    assert row.source.adjusted_from is None
    found = measures.measure_detail(window.context.store, None, 6, AS_OF)
    assert "勘误" in found.history[0].text


def test_an_open_measure_stays_open_under_its_new_number(window, edit_plan):
    window.ways.open_measure(6)
    text = window.page("table").host.detail.detail.measure.text
    sheet = edit_plan()
    sheet.session.delete([2])
    choose(sheet, EditKind.CORRECTION)

    sheet.save()

    detail = window.page("table").host.detail.detail
    assert (detail.measure.no, detail.measure.text) == (5, text)


def test_entries_that_would_be_hidden_are_counted(window, edit_plan):
    store = window.context.store
    row = obligations.list_obligations(store, None, AS_OF, measure=7)[0]
    value = FormValue(EntryState.DONE, date(2024, 6, 3), None, "已完成。", "", "", "")
    window.context.announce(progress.save(store, row.id, "2024Q2", value))
    sheet = edit_plan(7)

    sheet.session.delete([7])

    assert sheet.foot.effect.text().startswith("责任事项减少 22，有填报记录的 1 项将不再显示")


def test_a_measure_without_text_is_named(edit_plan):
    sheet = edit_plan(7)
    choose(sheet, EditKind.CORRECTION)

    sheet.session.add(7)

    assert sheet.foot.effect.text() == "措施（8）还没有内容，请填写或删去。"
    assert not sheet.foot.save.isEnabled()


def test_leaving_asks_only_when_something_was_done(window, edit_plan, recorder, qtbot):
    sheet = edit_plan()
    qtbot.keyClick(sheet, KEY.Key_Escape)
    assert window.editing.sheet is None
    assert not recorder.messages

    sheet = edit_plan(3)
    sheet.session.delete([3])
    qtbot.keyClick(sheet, KEY.Key_Escape)
    assert recorder.last.headline == "方案的修改还没有保存"
    assert window.editing.sheet is sheet
    recorder.press("不保存，关闭")
    assert window.editing.sheet is None
    assert len(plan_of(window).measures) == 38


def test_closing_the_window_asks_too(window, edit_plan, recorder):
    sheet = edit_plan(3)
    sheet.session.delete([3])

    assert not window.close()

    assert recorder.last.headline == "方案的修改还没有保存"
    recorder.press("回去修改")
    assert window.editing.sheet is sheet


def test_a_new_task_and_a_new_part_are_typed_at_once(edit_plan):
    sheet = edit_plan(6)

    sheet.task.click()
    assert sheet.draft.view.editor is not None
    assert any(task.title == "新任务1" for task in sheet.session.plan.tasks)
    sheet.begin(6)
    sheet.section.click()
    assert any(section.title == "新的部分1" for section in sheet.session.plan.sections)


def test_a_split_by_hand_is_saved(window, edit_plan):
    sheet = edit_plan(6)
    text = sheet.session.plan.measures[5].text
    sheet.session.split(6, len("（6）") + 10)
    choose(sheet, EditKind.CORRECTION)
    sheet.save()

    plan = plan_of(window)
    assert len(plan.measures) == 39
    assert plan.measures[5].text + plan.measures[6].text == text


def test_a_ledger_that_may_only_be_read_is_not_edited(window):
    path = window.context.store.path
    window.context.set_store(files.open_ledger(path, read_only=True))
    page = window.page("table")

    page.edit_plan()

    assert window.editing.sheet is None
    assert not page.toolbar.edit.isEnabled()
    assert "只读" in page.toolbar.edit.toolTip()


@pytest.mark.parametrize("size", [(1366, 768), (960, 540)])
def test_the_sheet_covers_the_window_at_every_size(window, edit_plan, size):
    sheet = edit_plan(6)

    window.resize(*size)

    assert sheet.geometry() == window.rect()
    assert not sheet.grab().isNull()
    assert sheet.draft.view.draft_model.row_of(6) is not None
    sheet.draft.view.edit_cell(6, TEXT)
    assert sheet.draft.view.editor is not None


def test_a_narrow_window_shows_icons_where_a_wide_one_has_words(window, qtbot):
    toolbar = window.page("table").toolbar
    qtbot.waitUntil(lambda: toolbar.edit.text() == "修改方案")

    window.resize(960, 540)

    qtbot.waitUntil(lambda: toolbar.edit.text() == "")
    assert toolbar.edit.accessibleName() == "修改方案"
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: toolbar.edit.text() == "修改方案")


def test_cells_copied_in_wps_go_into_the_cells_from_the_cursor_on(qtbot, edit_plan):
    """To the right and downwards, quoted line ends fall away, what a deadline says is understood; one step back."""
    sheet = edit_plan(6)
    view = sheet.draft.view
    before = [measure.division_raw for measure in sheet.session.plan.measures]
    QGuiApplication.clipboard().setText('司法局\t2025年1月\n"各乡\n镇"\t2025年3月底前\n')
    view.setCurrentIndex(view.draft_model.index(view.draft_model.row_of(6), 1))

    qtbot.keyClick(view, KEY.Key_V, CTRL)

    sixth, seventh = sheet.session.plan.measures[5:7]
    assert (sixth.division_raw, seventh.division_raw) == ("司法局", "各乡镇")
    assert sixth.responsible == ("司法局",)
    assert seventh.deadlines[0].date == date(2025, 3, 31)
    assert sheet.draft.undo.toolTip().startswith("撤销：粘贴 4 格")
    sheet.session.undo()
    assert [measure.division_raw for measure in sheet.session.plan.measures] == before


def test_more_rows_than_measures_are_refused_in_words(qtbot, edit_plan):
    sheet = edit_plan(38)
    view = sheet.draft.view
    before = sheet.session.plan
    QGuiApplication.clipboard().setText("一\n二")
    view.setCurrentIndex(view.draft_model.index(view.draft_model.row_of(38), 0))
    with qtbot.waitSignal(sheet.session.refused) as refused:
        qtbot.keyClick(view, KEY.Key_V, CTRL)

    assert refused.args[0].message == "剪贴板里有 2 行，从这里往下只有 1 项措施。"
    assert sheet.session.plan == before
