"""Step 3: what came, who has returned and who has not, stamps, reminders, the list on paper."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from core.errors import OutputError
from core.job import Job
from core.office import collect_write, reminders, undo
from core.office.return_lines import Came
from gui.pages.exchange import returning
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.reminder_lines import ReminderLines
from gui.pages.exchange.return_columns import COLUMNS
from gui.pages.exchange.step import CHECK, COLLECT
from tests.gui.pages.conftest import PERIOD

KEY = Qt.Key
DONE_ODDLY = {at: {"状态": "基本完成", "工作进展": "x"} for at in range(3)}


@pytest.fixture
def step(page):
    page.show_step(COLLECT)
    return page.collect_step


@pytest.fixture
def read(qtbot, page, step):
    def go(*paths) -> None:
        page.take(list(paths))
        qtbot.waitUntil(lambda: not page.returning.is_reading, timeout=20000)
        QApplication.processEvents()

    return go


@pytest.fixture
def accept(page, context):
    """Take all that was read into the ledger, as 核对 does."""

    def go() -> None:
        done = collect_write.accept(context.store, page.returning.collected, Job(), over_review=True)
        context.announce(done.changes)
        page.returning.again()
        page._refresh()

    return go


def line(step, unit):
    return next(line for line in step.lines if line.unit == unit)


def counts(step) -> list[int]:
    """全部, 已回收, 未回收, 有问题."""
    return [chip.count() for chip in step.chips.values()][:4]


def shown(step) -> list[str]:
    return [line.unit for line in step.model.lines()]


# --- reading ----------------------------------------------------------------------------------------


def test_before_anything_came_all_owe(step):
    assert counts(step) == [25, 0, 25, 0]
    assert step.note.text() == "还没有收到填报表"
    assert not step.next.isEnabled()
    assert step.next.toolTip() == "没有要核对的填报表"


def test_a_folder_is_read_and_nothing_is_written(step, read, filled, context):
    folder = filled("财政局").parent
    filled("公安局", {0: {"状态": "推进中", "工作进展": "好"}, 1: {"状态": "基本完成", "工作进展": "好"}})
    filled("住建局", DONE_ODDLY)
    before = undo.undo_label(context.store)
    read(folder)
    assert line(step, "财政局").came is Came.WAITING
    assert line(step, "公安局").came is Came.TROUBLE
    assert line(step, "住建局").came is Came.REFUSED
    assert counts(step) == [25, 2, 23, 2]
    assert undo.undo_label(context.store) == before
    assert step.next.isEnabled()


def test_chips_choose_who_is_listed(step, read, filled):
    filled("公安局", {0: {"状态": "推进中", "工作进展": "好"}, 1: {"状态": "基本完成", "工作进展": "好"}})
    read(filled("财政局").parent)
    step.chips["已回收"].click()
    assert shown(step) == ["公安局", "财政局"]
    step.chips["有问题"].click()
    assert shown(step) == ["公安局"]
    step.chips["未回收"].click()
    assert len(shown(step)) == 23
    step.chips["全部"].click()
    assert len(shown(step)) == 25


def test_who_is_late_or_without_a_stamp_is_listed_where_there_is_room(page, step, read, filled):
    """Read today, years after the cut-off."""
    read(filled("财政局"))
    assert (step.chips["迟报"].count(), step.chips["缺盖章"].count()) == (1, 1)
    step.chips["迟报"].click()
    assert shown(step) == ["财政局"]
    page.resize(933, 530)
    QApplication.processEvents()
    assert not step.chips["迟报"].isVisible()
    assert len(shown(step)) == 25
    assert "1 份迟报" in step.note.text()


def test_more_files_join_those_that_are_there(step, read, filled):
    read(filled("财政局"))
    read(filled("公安局"))
    assert counts(step)[1] == 2


def test_files_dropped_while_others_are_read_wait_for_them(qtbot, page, step, filled):
    page.take([filled("财政局")])
    assert page.returning.is_reading
    page.take([filled("公安局")])
    qtbot.waitUntil(lambda: counts(step)[1] == 2, timeout=20000)


def test_the_same_file_again_changes_nothing(step, read, filled):
    one = filled("财政局")
    read(one)
    read(one)
    assert len(line(step, "财政局").files) == 1


def test_a_zip_is_read_and_its_sheet_can_be_opened(qtbot, step, read, filled, tmp_path, monkeypatch):
    sheet = filled("财政局")
    pack = tmp_path / "全县.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.write(sheet, "财政局/财政局填报表.xlsx")
    read(pack)
    opened = []
    monkeypatch.setattr("gui.pages.exchange.file_opener.open_path", lambda path: opened.append(path) or True)
    step.table.choose("财政局")
    step.log.links[0].click()
    qtbot.waitUntil(lambda: bool(opened), timeout=20000)
    assert opened[0].name == "财政局填报表.xlsx"
    assert opened[0].read_bytes() == sheet.read_bytes()


def test_a_file_that_is_gone_is_told(qtbot, page, step, read, filled, accept, recorder, context):
    read(filled("财政局"))
    accept()
    kept = line(step, "财政局").files[0]
    kept.path.unlink()
    step.open_file(kept)
    qtbot.waitUntil(lambda: bool(recorder.messages), timeout=20000)
    assert recorder.last.headline.startswith("文件“财政局2024年第四季度填报表.xlsx”不在了")


def test_sheets_of_another_period_are_said_with_the_way_there(step, read, filled, context, tmp_path):
    from core.office.dispatch import DispatchOptions, dispatch

    made = dispatch(context.store, None, "2024Q3", tmp_path / "上季度", Job(), DispatchOptions(units=["财政局"]))
    read(made.files[0].path)
    assert step.bar.accessibleName() == "收到了2024年第三季度的填报表"
    assert line(step, "财政局").came is Came.MISSING
    step.bar.action_chosen.emit("2024Q3")
    assert context.period_key == "2024Q3"


def test_what_is_no_return_is_counted_as_not_recognised(step, read, tmp_path):
    odd = tmp_path / "说明.pdf"
    odd.write_bytes(b"%PDF-1.4 not a return")
    read(odd)
    assert step.note.text() == "1 个文件未识别"
    assert step.next.isEnabled()


def test_reading_can_be_cancelled(qtbot, page, step, filled, monkeypatch):
    def slow(_store, _scope, _paths, _before, job):
        while True:
            job.step(0, 300, "正在读取 财政局.xlsx")

    monkeypatch.setattr(returning, "_look", slow)
    page.take([filled("财政局")])
    assert step.work.isVisible()
    qtbot.waitUntil(lambda: "财政局" in step.work.words.text(), timeout=20000)
    with qtbot.waitSignal(step.told) as told:
        step.work.cancel.click()
    assert told.args == ["已取消读取，台账没有改动"]
    assert not step.work.isVisible()
    assert counts(step)[1] == 0


def test_a_fault_while_reading_is_told_and_the_next_files_are_read(qtbot, page, step, filled, recorder, monkeypatch):
    real = returning._look

    def fail(*_args):
        raise OutputError("磁盘满了。")

    monkeypatch.setattr(returning, "_look", fail)
    page.take([filled("财政局")])
    qtbot.waitUntil(lambda: bool(recorder.messages), timeout=20000)
    assert recorder.last.text == "台账没有改动。"
    monkeypatch.setattr(returning, "_look", real)
    page.take([filled("财政局")])
    qtbot.waitUntil(lambda: counts(step)[1] == 1, timeout=20000)


def test_files_and_folders_are_asked_for(qtbot, page, step, recorder, filled):
    one = filled("财政局")
    page.take_in.click()
    assert recorder.questions[-1].kind == "open_many"
    recorder.give(one)
    qtbot.waitUntil(lambda: counts(step)[1] == 1, timeout=20000)
    filled("公安局")
    step.zone.folder.click()
    assert recorder.questions[-1].kind == "folder"
    recorder.give(one.parent)
    qtbot.waitUntil(lambda: counts(step)[1] == 2, timeout=20000)


# --- who has returned -------------------------------------------------------------------------------


def test_what_was_accepted_is_returned_and_survives_the_window(qtbot, page, step, read, filled, accept, context):
    read(filled("财政局"))
    accept()
    context.set_scope(as_of=date.today(), period_key=PERIOD)
    page._refresh()
    qtbot.waitUntil(lambda: not page.returning.is_reading, timeout=20000)
    done = line(step, "财政局")
    assert done.came is Came.RETURNED
    assert done.returned == 1
    page.returning.forget()
    page._load()
    assert line(step, "财政局").came is Came.RETURNED
    assert page.stepper.buttons[2].note() == "1 份"


def test_problems_of_a_kept_sheet_can_be_marked_as_dealt_with(qtbot, page, step, read, filled, accept):
    rows = {0: {"状态": "推进中", "工作进展": "好"}, 1: {"状态": "基本完成", "工作进展": "好"}}
    read(filled("公安局", rows))
    accept()
    qtbot.waitUntil(lambda: not page.returning.is_reading, timeout=20000)
    assert line(step, "公安局").came is Came.TROUBLE
    step.table.choose("公安局")
    next(link for link in step.log.links if link.text() == "标为已处理").click()
    page._refresh()
    assert line(step, "公安局").came is Came.RETURNED


def test_a_stamped_scan_is_noted_by_hand(qtbot, page, step, read, filled, accept, recorder, tmp_path):
    read(filled("财政局"))
    assert "1 份没有盖章扫描件" in step.note.text()
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4 stamped")
    step.table.choose("财政局")
    step.log.stamp.click()
    with qtbot.waitSignal(step.changed, timeout=20000) as told:
        recorder.give(scan)
    assert told.args[1] == "已登记“财政局”的盖章扫描件"
    page._refresh()
    assert line(step, "财政局").has_stamp
    assert "没有盖章扫描件" not in step.note.text()


def test_lines_pass_qt_s_own_tests(qtmodeltester, step, read, filled):
    read(filled("财政局"))
    model = LineModel(COLUMNS)
    model.load(step.model.lines())
    qtmodeltester.check(model)
    other = ReminderLines({"财政局": date(2025, 1, 9)})
    other.load(step.model.lines())
    qtmodeltester.check(other)


def test_enter_does_what_the_unit_needs(qtbot, page, step, read, filled):
    read(filled("财政局"))
    step.table.choose("公安局")
    qtbot.keyClick(step.table, KEY.Key_Return)
    assert step.desk.dialog.model.checked() == ("公安局",)
    step.desk.dialog.reject()
    step.table.choose("财政局")
    qtbot.keyClick(step.table, KEY.Key_Return)
    assert page.stepper.current() == CHECK


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_of_a_unit_offers_its_files(step, read, filled):
    read(filled("财政局"))
    step.table.choose("财政局")
    step._on_menu(step.table.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert words == ["打开 财政局2024年第四季度填报表.xlsx", "催办", "登记盖章扫描件", "填报"]
    menu.close()


# --- 催办 -------------------------------------------------------------------------------------------


def test_a_reminder_is_noted_and_stands_in_the_log(page, step, context):
    step.table.choose("财政局")
    step.log.remind.click()
    dialog = step.desk.dialog
    assert dialog.head.text() == "催办 1 个单位"
    assert dialog.text.text() == "2024年第四季度填报表已于12月31日截止，贵单位尚未报送，请尽快报送。"
    dialog.way.setCurrentIndex(dialog.way.findText("微信"))
    dialog.person.setText("赵六")
    dialog.answer.set_text("周五前报")
    dialog.promised.set_value(date(2025, 1, 12))
    dialog.step.click()
    page._refresh()
    (one,) = line(step, "财政局").reminders
    assert (one.way, one.person, one.answer, one.promised_on) == ("微信", "赵六", "周五前报", date(2025, 1, 12))
    assert page.undo_bar.accessibleName() == "已登记催办“财政局”"
    context.announce(undo.undo(context.store))
    page._refresh()
    assert line(step, "财政局").reminders == ()


def test_a_unit_that_was_just_reminded_is_left_out_and_refused_in_words(page, step, context):
    today = date.today()
    reminders.remind(context.store, None, PERIOD, ["财政局"], way="电话", text="请报", at=today - timedelta(days=1))
    page._refresh()
    page.remind.click()
    dialog = step.desk.dialog
    assert len(dialog.model.checked()) == 24
    assert "财政局" not in dialog.model.checked()
    dialog.model.check(["财政局"])
    assert not dialog.step.isEnabled()
    assert dialog.note.text() == "财政局距上次催办不足 2 天。"
    dialog.over.click()
    assert dialog.step.isEnabled()
    dialog.step.click()
    page._refresh()
    assert len(line(step, "财政局").reminders) == 2


def test_many_units_are_reminded_without_an_answer_of_one(page, step):
    page.remind.click()
    dialog = step.desk.dialog
    assert not dialog.person.isEnabled()
    assert not dialog.promised.isEnabled()
    dialog.text.set_text("")
    dialog._check()
    assert dialog.note.text() == "请填写催办内容。"
    dialog.text.set_text("请尽快")
    dialog.copy.click()
    assert QApplication.clipboard().text() == "请尽快"
    dialog._check()
    dialog.step.click()
    page._refresh()
    assert all(len(one.reminders) == 1 for one in step.lines)


def test_an_answer_comes_later(page, step, context):
    reminders.remind(context.store, None, PERIOD, ["财政局"], way="电话", text="请报", at=date(2025, 1, 5))
    page._refresh()
    step.table.choose("财政局")
    step.desk.ask_answer(line(step, "财政局").reminders[0])
    dialog = step.desk.answering
    dialog.answer.set_text("明天报")
    dialog.promised.set_value(date(2025, 1, 6))
    dialog.step.click()
    page._refresh()
    (one,) = line(step, "财政局").reminders
    assert (one.answer, one.promised_on) == ("明天报", date(2025, 1, 6))


def test_nobody_is_reminded_when_all_have_returned(qtbot, step):
    with qtbot.waitSignal(step.told) as told:
        step.desk.ask(step._reading.returns, [], [])
    assert told.args == ["各单位都已回收，没有要催办的"]


# --- on paper ---------------------------------------------------------------------------------------


def test_the_list_of_who_has_not_returned_is_exported(qtbot, page, step, read, filled, recorder, tmp_path):
    import openpyxl

    read(filled("财政局"))
    step.papers.export("xlsx")
    out = tmp_path / "名单.xlsx"
    with qtbot.waitSignal(step.told, timeout=20000) as told:
        recorder.give(out)
    assert told.args == ["已导出“名单.xlsx”"]
    cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True) for cell in row if cell]
    assert "公安局" in cells
    assert "财政局" not in cells
    assert any("应报25个单位，未回收24个" in str(cell) for cell in cells)


def test_printing_without_a_printer_is_said(qtbot, step, recorder, monkeypatch):
    from gui.pages.report import printing

    monkeypatch.setattr(printing, "has_printer", lambda: False)
    step.papers.print()
    qtbot.waitUntil(lambda: bool(recorder.messages), timeout=20000)
    assert recorder.last.headline == "没有找到打印机"
