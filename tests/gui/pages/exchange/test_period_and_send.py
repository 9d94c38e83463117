"""Steps 1 and 2: what a period expects, the sheets that are made of it, who signed for them."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.errors import OutputError
from core.model.ledger import EntryState
from core.office import obligations, progress, undo
from core.office.dispatch import ASIDE_FOLDER, MAIL_FOLDER, dispatched
from core.office.form_value import FormValue
from gui.pages.exchange import send_step
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.send_lines import COLUMNS
from gui.pages.exchange.step import SEND
from tests.gui.pages.conftest import PERIOD

KEY = Qt.Key


@pytest.fixture
def step(page):
    page.show_step(SEND)
    return page.send_step


@pytest.fixture
def out(step, tmp_path):
    folder = tmp_path / "下发给单位"
    step.options.use(folder)
    return folder


def line(step, unit):
    return step.model.line(step.model.position(unit))


def texts(step, unit) -> list[str]:
    return [column.text(line(step, unit)) for column in COLUMNS]


def generate(qtbot, step) -> None:
    step.make.click()
    assert step.work.isVisible()
    assert not step.buttons.isVisible()
    qtbot.waitUntil(lambda: not step.work.is_working, timeout=20000)
    QApplication.processEvents()


# --- step 1 -----------------------------------------------------------------------------------------


def test_step_1_counts_what_the_period_expects(page):
    step = page.period_step
    assert step.title.text() == "2024年第四季度"
    assert step.days.text() == "2024年10月1日至2024年12月31日，2024年12月31日截止，已过 10 天"
    assert step.owed.text() == "应报 25 个单位、746 个责任事项，已报 0，未报 746"
    assert step.group_words.text() == "“各乡镇”名单待补全，不下发"
    assert [step.table.cell(row, 0) for row in range(4)] == [
        "2025年第一季度",
        "2024年第四季度",
        "2024年第三季度",
        "2024年第二季度",
    ]


def test_step_1_leads_to_units_groups_and_on(qtbot, page):
    step = page.period_step
    with qtbot.waitSignal(page.open_group) as asked:
        step.group.click()
    assert asked.args == ["各乡镇"]
    step.units.setFocus()
    with qtbot.waitSignal(page.open_unit) as asked:
        qtbot.keyClick(step.units, KEY.Key_Return)
    assert asked.args == [step.units.cell(0, 0)]
    step.next.click()
    assert page.stepper.current() == SEND


def test_what_was_said_is_counted_and_who_owes_most_stands_first(page, context):
    row = next(iter(obligations.list_obligations(context.store, None, context.as_of, unit="司法局")))
    value = FormValue(EntryState.IN_PROGRESS, text="已部署", received_on=date(2025, 1, 8))
    context.announce(progress.save(context.store, row.id, PERIOD, value))
    page._refresh()
    step = page.period_step
    assert "已报 1，未报 745" in step.owed.text()
    rows = [[step.units.cell(at, column) for column in range(5)] for at in range(25)]
    assert ["司法局", "37", "1", "36", "2025-01-08"] in rows
    missing = [int(row[3]) for row in rows]
    assert missing == sorted(missing, reverse=True)


# --- step 2 -----------------------------------------------------------------------------------------


def test_lines_pass_qt_s_own_tests(qtmodeltester, step):
    model = LineModel(COLUMNS, has_checks=True)
    model.load(step.model.lines())
    qtmodeltester.check(model)
    model.check(["财政局"])
    model.load(step.model.lines()[:3])
    model.load(())


def test_a_filter_hides_no_choice_and_the_box_above_means_what_is_shown(step):
    """Excel's rule: all means all that are seen; what is chosen and hidden stays counted on the button."""
    step.table.filter_by(1, frozenset({"财政局", "公安局"}))
    assert step.table.foot.accessibleName() == "筛选出 2 / 25 行"
    assert step.make.text() == "生成 25 份"

    step.table.head.all_asked.emit()
    assert step.make.text() == "生成 23 份"
    step.table.foot.clear_filters.click()
    assert set(step.model.checked()) == {line.unit for line in step.model.lines()} - {"财政局", "公安局"}
    assert step.table.foot.accessibleName().startswith("合计 25 个单位，项数 ")


def test_all_units_are_chosen_and_the_button_counts_them(qtbot, step):
    assert step.counts.text() == "25 个单位，尚未下发 25 个，有改动 0 个"
    assert step.make.text() == "生成 25 份"
    assert texts(step, "财政局")[:4] == ["财政局", "35", "1", "尚未下发"]
    assert step.options.without.text() == "各乡镇：名单待补全，不下发"
    step.none.click()
    assert not step.make.isEnabled()
    assert step.why.text() == "请选择单位"
    step.table.choose("财政局")
    qtbot.keyClick(step.table, KEY.Key_Space)
    assert step.model.checked() == ("财政局",)
    assert step.make.text() == "生成 1 份"
    spoken = step.model.index(step.model.position("财政局"), 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "已选，财政局，项数 35，版本 1，内容 尚未下发"


def test_sheets_are_made_in_the_background_and_noted(qtbot, page, step, out, context):
    generate(qtbot, step)
    assert len(list(out.glob("*填报表.xlsx"))) == 25
    assert (out / "下发清单 2024年第四季度.pdf").exists()
    assert len(dispatched(context.store, None, PERIOD)) == 25
    assert step.bar.accessibleName().startswith("已生成 25 份填报表和下发清单")
    page._refresh()
    assert page.stepper.buttons[1].note() == "25 份"
    assert texts(step, "财政局")[3] == "与上次相同"
    assert step.print.isEnabled()


def test_the_keyboard_waits_at_cancel_and_goes_back_to_the_button(qtbot, page, step, out):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    step.make.setFocus()
    step.make.click()
    assert step.work.cancel.hasFocus()
    qtbot.waitUntil(lambda: not step.work.is_working, timeout=20000)
    qtbot.waitUntil(step.make.hasFocus)


def test_what_did_not_change_is_not_made_again(qtbot, page, step, given, out, context):
    page._refresh()
    step.options.only_changed.setChecked(True)
    assert step.why.text() == "所选单位的填报表都与上次相同"
    row = next(iter(obligations.list_obligations(context.store, None, context.as_of, unit="财政局")))
    value = FormValue(EntryState.IN_PROGRESS, text="已部署", received_on=date(2025, 1, 8))
    context.announce(progress.save(context.store, row.id, PERIOD, value))
    page._refresh()
    assert texts(step, "财政局")[2:4] == ["2", "有改动"]
    assert step.make.text() == "生成 1 份"
    step.changed_only.click()
    assert step.model.checked() == ("财政局",)
    generate(qtbot, step)
    assert [path.name for path in out.glob("*.xlsx")] == ["财政局2024年第四季度填报表.xlsx"]


def test_folders_zips_and_drafts(qtbot, step, out):
    step.model.check(["财政局"])
    step.options.packing.button(2).click()
    step.options.with_drafts.click()
    generate(qtbot, step)
    assert [path.name for path in out.glob("*.zip")] == ["财政局2024年第四季度填报表.zip"]
    assert (out / MAIL_FOLDER / "财政局2024年第四季度填报表.eml").exists()


def test_a_foreign_file_under_the_name_is_set_aside_and_said(qtbot, step, out):
    out.mkdir()
    book = openpyxl.Workbook()
    book.active["A1"] = "单位填好的"
    book.save(out / "财政局2024年第四季度填报表.xlsx")
    step.model.check(["财政局"])
    generate(qtbot, step)
    assert (out / ASIDE_FOLDER / "财政局2024年第四季度填报表.xlsx").exists()
    assert "1 个原有文件已移到“原有文件”" in step.bar.accessibleName()


def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_noted(qtbot, step, recorder, tmp_path, context):
    blocked = tmp_path / "文件"
    blocked.write_text("x", encoding="utf-8")
    step.options.use(blocked / "下发")
    generate(qtbot, step)
    assert recorder.last.headline == "建不了文件夹“下发”"
    assert step.buttons.isVisible()
    assert dispatched(context.store, None, PERIOD) == ()


def test_cancelling_notes_nothing(qtbot, step, out, context, monkeypatch):
    def slow(_store, _plan, _period, _folder, _options, job):
        while True:
            job.step(0, 25, "正在生成 财政局的填报表")

    monkeypatch.setattr(send_step, "_dispatch", slow)
    step.make.click()
    qtbot.waitUntil(lambda: "财政局" in step.work.words.text(), timeout=20000)
    with qtbot.waitSignal(step.told) as told:
        step.work.cancel.click()
    assert told.args == ["已取消，没有登记下发"]
    assert dispatched(context.store, None, PERIOD) == ()


def test_a_fault_of_the_writer_is_told(qtbot, step, out, recorder, monkeypatch):
    def fail(*_args):
        raise OutputError("磁盘满了。")

    monkeypatch.setattr(send_step, "_dispatch", fail)
    generate(qtbot, step)
    assert recorder.last.headline == "磁盘满了"
    assert "没有登记下发" in recorder.last.text


def test_the_folder_is_asked_for(step, recorder, tmp_path):
    assert step.options.where.text() == "2024年第四季度填报表"
    step.options.choose.click()
    recorder.give(tmp_path)
    assert step.options.folder == tmp_path


# --- 签收 -------------------------------------------------------------------------------------------


def test_signing_is_noted_with_one_undo_step(qtbot, page, step, given, context):
    page._refresh()
    assert texts(step, "财政局")[-1] == "登记签收"
    step.table.choose("财政局")
    qtbot.keyClick(step.table, KEY.Key_Return)
    step.dialog.name.setText("王五")
    step.dialog.day.set_value(date(2025, 1, 3))
    step.dialog.step.click()
    page._refresh()
    assert texts(step, "财政局")[-1] == "王五 01-03"
    assert page.undo_bar.accessibleName() == "已登记“财政局”签收"
    context.announce(undo.undo(context.store))
    page._refresh()
    assert texts(step, "财政局")[-1] == "登记签收"


def test_signing_wants_a_name_and_can_be_taken_back(page, step, given):
    page._refresh()
    step.ask_sign(line(step, "财政局"))
    step.dialog.name.setText("  ")
    assert not step.dialog.step.isEnabled()
    assert step.dialog.note.text() == "请填写签收人。"
    step.dialog.name.setText("王五")
    step.dialog.step.click()
    page._refresh()
    step.ask_sign(line(step, "财政局"))
    step.dialog.clear.click()
    page._refresh()
    assert texts(step, "财政局")[-1] == "登记签收"


def test_a_unit_without_a_sheet_cannot_sign(qtbot, page, step):
    with qtbot.waitSignal(step.told) as told:
        step.ask_sign(line(step, "财政局"))
    assert told.args == ["还没有向“财政局”下发填报表，不能登记签收"]
