"""The page 下发回收: its five steps, what they say, where they lead, what is dropped onto it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from core.office import files, progress
from core.office.return_lines import Came
from core.settings import Settings
from gui.context import Context
from gui.pages.exchange.page import ExchangePage
from gui.pages.exchange.step import CHECK, COLLECT, PERIOD, SEND, SUBMIT

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def notes(page) -> list[str]:
    return [step.note() for step in page.stepper.buttons]


def done(page) -> list[bool]:
    return [step.is_done for step in page.stepper.buttons]


def mime(*paths: Path) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def drag(page, data: QMimeData) -> QDragEnterEvent:
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(page.rect().center(), action, data, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, event)
    return event


def drop(page, data: QMimeData) -> None:
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(
        page, QDropEvent(QPointF(page.rect().center()), action, data, button, Qt.KeyboardModifier.NoModifier)
    )


def read(qtbot, page) -> None:
    qtbot.waitUntil(lambda: not page.returning.is_reading, timeout=20000)


# --- steps ----------------------------------------------------------------------------------------


def test_the_page_opens_with_the_period_and_says_its_cut_off(page):
    assert page.stepper.current() == PERIOD
    assert page.note.text() == "2024年第四季度，2024年12月31日截止，已过 10 天"
    assert notes(page)[:3] == ["第四季度", "", ""]
    assert done(page) == [True, False, False, False, False]


def test_steps_are_walked_by_keys_and_by_pressing(qtbot, page):
    for number in (SEND, COLLECT, CHECK, SUBMIT):
        qtbot.keyClick(page, getattr(KEY, f"Key_{number}"), CTRL)
        assert page.stepper.current() == number
        assert page.rooms.currentWidget() is page.steps[number]
    page.stepper.buttons[1].click()
    assert page.rooms.currentWidget() is page.send_step
    page.stepper.buttons[1].setFocus()
    qtbot.keyClick(page.stepper.buttons[1], KEY.Key_Right)
    assert page.stepper.buttons[2].hasFocus()
    qtbot.keyClick(page.stepper.buttons[2], KEY.Key_Return)
    assert page.rooms.currentWidget() is page.collect_step


def test_a_step_is_named_for_those_who_do_not_see_it(page, given):
    page._load()
    assert page.stepper.buttons[1].accessibleName() == "第 2 步 生成填报表，25 份，已完成"


def test_without_a_plan_the_page_says_what_to_do(qtbot, dressed, tmp_path):
    context = Context(Settings())
    context.set_store(files.create_ledger(tmp_path / "空.db", "blank"))
    page = ExchangePage(context)
    qtbot.addWidget(page)
    page.show()
    assert page.no_plan.isVisible()
    with qtbot.waitSignal(page.import_asked):
        page.no_plan.buttons[0].click()
    context.jobs.close()
    context.set_store(None)


def test_a_period_that_expects_nothing_leaves_every_step_with_words(page, context):
    context.set_scope(period_key="2023Q1")
    page._refresh()
    assert not page.period_step.next.isEnabled()
    assert page.period_step.none.text() == "本期没有应报的责任事项，请选另一个报送期"
    page.show_step(COLLECT)
    assert page.collect_step.empty.isVisible()
    page.collect_step.empty.buttons[0].click()
    assert page.stepper.current() == PERIOD


def test_another_period_is_read_and_the_top_bar_follows(page, context):
    page.period_step.table.selectRow(page.period_step._keys.index("2024Q3"))
    assert context.period_key == "2024Q3"
    page._refresh()
    assert page.period_step.title.text() == "2024年第三季度"
    assert page.note.text().startswith("2024年第三季度，")


def test_the_notes_leave_where_there_is_no_room(page):
    page.stepper.resize(page.stepper.minimumSizeHint().width(), page.stepper.height())
    for button in page.stepper.buttons:
        button.say("很长很长很长的说明文字", is_done=True)
    page.stepper._fit()
    assert [button._shows_note for button in page.stepper.buttons] == [True, False, False, False, False]


# --- what comes in ---------------------------------------------------------------------------------


def test_files_dropped_anywhere_on_the_page_are_read_in_step_3(qtbot, page, filled):
    one = filled("财政局")
    data = mime(one)
    event = drag(page, data)
    assert event.isAccepted()
    assert page.collect_step.zone.is_dragging()
    assert page.unfinished() == ""
    drop(page, data)
    assert page.stepper.current() == COLLECT
    assert not page.collect_step.zone.is_dragging()
    read(qtbot, page)
    line = next(line for line in page.collect_step.lines if line.unit == "财政局")
    assert line.came is Came.WAITING
    assert page.check_step.collected is page.returning.collected
    assert page.unfinished().startswith("1 份收到的填报表已经读取，还没有接受")


def test_a_ledger_dropped_on_the_page_is_left_to_the_window(page, ledger):
    assert not drag(page, mime(ledger)).isAccepted()


def test_a_read_only_ledger_says_why_nothing_can_be_taken(qtbot, dressed, ledger):
    context = Context(Settings())
    context.as_of = date(2025, 1, 10)
    context.set_store(files.open_ledger(ledger, read_only=True))
    context.set_scope(period_key="2024Q4")
    page = ExchangePage(context)
    qtbot.addWidget(page)
    page.show()
    assert context.read_only
    assert not page.take_in.isEnabled()
    assert page.take_in.toolTip() == "台账以只读方式打开，不能修改"
    assert not page.remind.isEnabled()
    page.show_step(SEND)
    assert not page.send_step.make.isEnabled()
    assert page.send_step.why.text() == "台账以只读方式打开，不能修改"
    assert not drag(page, mime(ledger.with_name("x.xlsx"))).isAccepted()
    page.show_step(COLLECT)
    page.collect_step.table.choose("财政局")
    assert not page.collect_step.log.remind.isEnabled()
    context.jobs.close()
    context.set_store(None)


def test_the_title_row_counts_who_owes_and_reminds_them_all(qtbot, page, filled):
    assert page.remind.text() == "催办未回收的 25 个单位"
    page.take([filled("财政局").parent])
    read(qtbot, page)
    assert page.remind.text() == "催办未回收的 24 个单位"
    page.remind.click()
    dialog = page.collect_step.desk.dialog
    assert len(dialog.model.checked()) == 24
    dialog.reject()


def test_what_was_read_goes_with_its_ledger(qtbot, page, context, filled, tmp_path):
    page.take([filled("财政局")])
    read(qtbot, page)
    other = files.create_ledger(tmp_path / "另一个.db")
    context.set_store(other)
    page._refresh()
    assert page.returning.collected is None
    assert all(line.came is Came.MISSING for line in page.collect_step.lines)


def test_every_step_fits_a_small_screen_without_a_scroll_bar_sideways(qtbot, page, given):
    """1366 × 768 at 125 % leaves 901 × 514 for the page."""
    page._load()
    page.resize(933, 520)
    qtbot.wait(1)
    for number in (PERIOD, SEND, COLLECT):
        page.show_step(number)
        QApplication.processEvents()
        step = page.steps[number]
        assert page.minimumSizeHint().width() <= 933, number
        assert page.minimumSizeHint().height() <= 530, number
        for area in step.findChildren(QScrollArea):
            assert not area.horizontalScrollBar().isVisible()


def test_the_page_is_walked_with_tab_from_its_head_into_the_step(qtbot, page):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_step(SEND)
    step = page.send_step
    page.take_in.setFocus()
    seen = []
    while len(seen) < 40 and step.make not in seen:
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    wanted = [page.take_in, page.remind, page.stepper.buttons[1], step.all, step.table, step.options.only_changed]
    assert [seen.index(widget) for widget in wanted] == sorted(seen.index(widget) for widget in wanted)
    assert step.make in seen


def test_what_was_read_is_held_against_the_ledger_again_when_that_changes(qtbot, page, context, filled):
    """Typed by hand meanwhile: the sheet then says nothing new of it."""
    page.take([filled("财政局")])
    read(qtbot, page)
    (file,) = page.returning.collected.files
    (change,) = file.changes
    value = replace(change.after, came_by="电话")
    context.announce(progress.save(context.store, change.key.obligation_id, "2024Q4", value))
    page._refresh()
    qtbot.waitUntil(lambda: page.returning.collected.files[0].changes == (), timeout=20000)


def test_files_over_another_step_are_told_what_becomes_of_them(page, filled):
    drag(page, mime(filled("财政局")))
    assert page.undo_bar.accessibleName() == "松开即可读取收到的文件"


def test_what_was_read_outlives_the_page_when_colours_or_sizes_change(qtbot, page, context, filled):
    page.take([filled("财政局")])
    read(qtbot, page)
    page.close()
    again = ExchangePage(context)
    qtbot.addWidget(again)
    again.show()
    assert again.returning.collected is page.returning.collected
    line = next(line for line in again.collect_step.lines if line.unit == "财政局")
    assert line.came is Came.WAITING
