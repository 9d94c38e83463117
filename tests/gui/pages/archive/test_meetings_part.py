"""会商会议 on screen: meetings, what they decided, minutes, topics, members."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from core.job import Job
from core.office import files, measures, meetings, plans, undo
from core.office.meetings import DecisionValue, MeetingValue
from gui.context import Context
from gui.pages.archive.meeting_dialogs import DecisionDialog, LeavingDialog, MemberDialog, ReasonDialog, TopicsDialog
from gui.pages.archive.meeting_panel import MeetingPanel
from gui.pages.archive.page import JOURNAL, MEETINGS, ArchivePage
from tests.gui.recorder import Recorder

FIRST = MeetingValue(
    date(2024, 6, 28), "第一次会议", "县政府", "1.学习文件", "司法局", (DecisionValue(None, 4, "三季度补齐学时。"),)
)
SECOND = MeetingValue(date(2024, 12, 27), "第二次会议")


@pytest.fixture
def panel(page: ArchivePage) -> MeetingPanel:
    page.show_part(MEETINGS)
    made = page.parts[MEETINGS]
    assert isinstance(made, MeetingPanel)
    return made


@pytest.fixture
def held(panel: MeetingPanel, context: Context) -> MeetingPanel:
    """Two meetings, the newer one shown."""
    for value in (FIRST, SECOND):
        context.announce(meetings.save_meeting(context.store, None, None, value).changes)
    panel.reload()
    return panel


def all_meetings(context: Context) -> tuple[meetings.Meeting, ...]:
    return meetings.meetings(context.store, None)


def titles(panel: MeetingPanel) -> list[str]:
    return [panel.table.cell(row, 0) for row in range(panel.table.model().rowCount())]


class TestMeetings:
    def test_an_empty_ledger_says_what_to_do(self, panel: MeetingPanel) -> None:
        assert panel.rooms.currentWidget() is panel.empty
        panel.begin.click()
        assert panel.rooms.currentWidget() is panel.form
        assert panel.form.title.text() == ""

    def test_a_meeting_is_typed_and_saved(self, qtbot: QtBot, panel: MeetingPanel, context: Context) -> None:
        panel.begin.click()
        panel.form.title.setText("第三次会议")
        panel.form.held_on.setText("2025.1.8")
        panel.form.agenda.setPlainText("1.研究经费")
        assert panel.form.save.isEnabled()
        panel.form.save.click()

        (found,) = all_meetings(context)
        assert (found.title, found.held_on, found.agenda) == ("第三次会议", date(2025, 1, 8), "1.研究经费")
        assert panel.form.note.text() == "已保存"
        assert titles(panel) == ["第三次会议"]
        assert not panel.form.save.isEnabled()

    def test_that_it_was_saved_stays_on_screen(self, qtbot: QtBot, held: MeetingPanel) -> None:
        held.form.place.setText("县委")
        held.save()
        qtbot.wait(20)

        assert held.form.note.text() == "已保存"

    def test_what_is_missing_is_said_and_the_page_not_left(self, page: ArchivePage, panel: MeetingPanel) -> None:
        panel.begin.click()
        panel.form.agenda.setPlainText("1.研究经费")
        assert not page.flush()
        assert panel.form.note.text() == "请填写会议名称。"
        page.show_part(JOURNAL)

        assert page.choice.value() == MEETINGS
        assert panel.form.agenda.toPlainText() == "1.研究经费"

    def test_a_date_that_is_none_is_refused(self, held: MeetingPanel) -> None:
        held.form.held_on.setText("13月")
        assert not held.save()
        assert held.form.note.text()

    def test_the_newest_stands_first_and_another_is_shown_by_choosing(self, held: MeetingPanel) -> None:
        assert titles(held) == ["第二次会议", "第一次会议"]
        assert held.form.title.text() == "第二次会议"
        held.table.selectRow(1)

        assert held.form.title.text() == "第一次会议"
        assert held.form.decided[0].text == "三季度补齐学时。"

    def test_what_is_typed_is_saved_before_another_is_shown(self, held: MeetingPanel, context: Context) -> None:
        held.form.place.setText("县委")
        held.table.selectRow(1)

        assert held.form.title.text() == "第一次会议"
        assert all_meetings(context)[0].place == "县委"

    def test_what_cannot_be_saved_keeps_the_cursor(self, held: MeetingPanel) -> None:
        held.form.title.setText("")
        held.table.selectRow(1)

        assert held.table.row() == 0
        assert held.form.note.text() == "请填写会议名称。"
        held.form.drop.click()
        assert held.form.title.text() == "第二次会议"

    def test_a_write_elsewhere_leaves_what_is_typed(self, qtbot: QtBot, held: MeetingPanel, context: Context) -> None:
        held.form.place.setText("县委")
        context.announce(meetings.save_members(context.store, None, [meetings.Member(None, "甲局")]))
        qtbot.waitUntil(lambda: len(held.members.members) == 1)

        assert held.form.place.text() == "县委"

    def test_another_plan_has_its_own_meetings_and_what_was_typed_goes_to_the_one_before(
        self, qtbot: QtBot, held: MeetingPanel, context: Context
    ) -> None:
        key = plans.create_plan(context.store, "另一方案")
        held.form.place.setText("县委")
        context.set_scope(plan_key=key)
        qtbot.waitUntil(lambda: held.rooms.currentWidget() is held.empty)

        assert all_meetings(context)[0].place == "县委"
        assert meetings.meetings(context.store, key) == ()

    def test_what_cannot_be_saved_is_kept_when_the_plan_is_another(
        self, qtbot: QtBot, held: MeetingPanel, context: Context
    ) -> None:
        key = plans.create_plan(context.store, "另一方案")
        held.form.title.setText("")
        held.form.place.setText("县委")
        context.set_scope(plan_key=key)
        qtbot.waitUntil(lambda: held.form.note.text() == "请填写会议名称。")
        held.form.title.setText("第二次会议（续）")
        held.save()

        assert all_meetings(context)[0].title == "第二次会议（续）"
        assert meetings.meetings(context.store, key) == ()
        assert held.rooms.currentWidget() is held.empty

    def test_undo_takes_the_last_meeting_away(self, qtbot: QtBot, held: MeetingPanel, context: Context) -> None:
        context.announce(undo.undo(context.store))
        qtbot.waitUntil(lambda: titles(held) == ["第一次会议"])

        assert held.form.title.text() == "第一次会议"

    def test_ctrl_s_saves(self, qtbot: QtBot, page: ArchivePage, held: MeetingPanel, context: Context) -> None:
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        held.form.place.setText("县委")
        qtbot.keyClick(held.form.place, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

        assert all_meetings(context)[0].place == "县委"


def test_tab_walks_from_the_list_down_the_form(qtbot: QtBot, page: ArchivePage, held: MeetingPanel) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    held.table.setFocus()
    walked = []
    for _ in range(10):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())

    form = held.form
    assert walked[:2] == [held.new, held.who]
    assert walked[2:9] == form.order()[:7]
    assert walked[9] is form.add


class TestDecisions:
    def test_one_more_stands_in_the_meeting_and_in_the_measures_history(
        self, held: MeetingPanel, context: Context
    ) -> None:
        held.form.add.click()
        dialog = held.dialog
        assert isinstance(dialog, DecisionDialog)
        dialog.step.click()
        assert dialog.note.text() == "请写明议定的内容。"
        dialog.measure.setCurrentIndex(dialog.measure.findData(12))
        dialog.text.setPlainText("汇总检查事项清单。")
        dialog.due_on.setText("2025-3-31")
        dialog.step.click()

        assert [d.measure_no for d in all_meetings(context)[0].decisions] == [12]
        history = measures.measure_detail(context.store, None, 12, context.as_of).history
        assert history[0].text.startswith("会议议定：第12项 第二次会议，2024-12-27。议定事项 汇总检查事项清单；")
        assert held.form.table.cell(0, 2) == "2025-03-31"

    def test_it_is_corrected_by_enter(self, qtbot: QtBot, held: MeetingPanel, context: Context) -> None:
        held.table.selectRow(1)
        qtbot.keyClick(held.form.table, Qt.Key.Key_Return)
        dialog = held.dialog
        assert isinstance(dialog, DecisionDialog)
        dialog.text.setPlainText("四季度补齐学时。")
        dialog.step.click()

        assert all_meetings(context)[1].decisions[0].text == "四季度补齐学时。"

    def test_withdrawn_it_stays_with_its_reason_and_comes_back(self, held: MeetingPanel, context: Context) -> None:
        held.table.selectRow(1)
        held.form.withdraw.click()
        dialog = held.dialog
        assert isinstance(dialog, ReasonDialog)
        dialog.step.click()
        assert dialog.note.text() == "请写明原因。"
        dialog.reason.setText("记错了")
        dialog.step.click()
        assert held.form.table.cell(0, 0) == "（已撤回）三季度补齐学时。"
        assert held.form.told.text() == "撤回原因：记错了"
        held.form.withdraw.click()

        assert all_meetings(context)[1].decisions[0].withdrawn == ""

    def test_an_unsaved_meeting_is_saved_first(self, panel: MeetingPanel) -> None:
        panel.begin.click()
        panel.form.add.click()

        assert panel.dialog is None
        assert panel.form.note.text() == "请填写会议名称。"

    def test_it_leads_to_its_measure(self, qtbot: QtBot, page: ArchivePage, held: MeetingPanel) -> None:
        held.table.selectRow(1)
        with qtbot.waitSignal(page.open_measure) as shown:
            held.form.open_measure.click()

        assert shown.args == [4]


class TestAgenda:
    def test_what_is_late_is_put_on_the_agenda_as_far_as_it_is_ticked(self, held: MeetingPanel) -> None:
        held.form.late.click()
        dialog = held.dialog
        assert isinstance(dialog, TopicsDialog)
        dialog.every.click()
        assert not dialog.step.isEnabled()
        dialog.checks[0].click()
        dialog.step.click()

        assert held.form.agenda.toPlainText().startswith("1.（")
        assert "逾期" in held.form.agenda.toPlainText()
        assert held.form.agenda.toPlainText().count("\n") == 0

    def test_when_nothing_is_late_it_says_so(self, held: MeetingPanel, context: Context) -> None:
        context.set_scope(as_of=date(2024, 4, 26))
        held.form.late.click()

        assert held.dialog is None
        assert held.form.note.text() == "截至 2024-04-26 没有逾期的措施。"

    def test_the_members_are_put_into_the_list_of_those_present_once(self, held: MeetingPanel) -> None:
        held.form.fill_present.click()
        once = held.form.present.toPlainText()
        held.form.fill_present.click()

        assert "司法局" in once
        assert held.form.present.toPlainText() == once


class TestMinutes:
    def test_a_file_is_chosen_and_taken_off(
        self, qtbot: QtBot, held: MeetingPanel, context: Context, recorder: Recorder, pdf: Path
    ) -> None:
        held.form.minutes.choose.click()
        recorder.give(pdf)
        qtbot.waitUntil(lambda: held.form.minutes.row is not None)
        assert held.form.minutes.show_it.text() == "预览"
        minutes = all_meetings(context)[0].minutes
        assert minutes is not None
        assert minutes.category == "会议材料"
        held.form.minutes.remove.click()
        qtbot.waitUntil(lambda: held.form.minutes.row is None)

    def test_a_file_is_dropped(self, qtbot: QtBot, held: MeetingPanel, picture: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(picture))])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        held.form.minutes.dropEvent(event)
        qtbot.waitUntil(lambda: held.form.minutes.row is not None)

        assert picture.exists()

    def test_found_by_the_search_it_shows_its_meeting(
        self, page: ArchivePage, held: MeetingPanel, context: Context, pdf: Path
    ) -> None:
        older = all_meetings(context)[1]
        meetings.attach_minutes(context.store, older.id, pdf, Job())
        minutes = all_meetings(context)[1].minutes
        assert minutes is not None
        page.show_part(JOURNAL)
        page.show_evidence(minutes.id)

        assert page.choice.value() == MEETINGS
        assert held.form.title.text() == "第一次会议"
        assert held.form.minutes.row == minutes

    def test_a_file_that_is_gone_is_said(self, qtbot: QtBot, held: MeetingPanel, context: Context, pdf: Path) -> None:
        held.attach(pdf)
        qtbot.waitUntil(lambda: held.form.minutes.row is not None)
        row = held.form.minutes.row
        assert row is not None
        row.path.unlink()
        held.reload(held.form.meeting_id)

        assert "文件不见了" in held.form.minutes.name.text()
        assert not held.form.minutes.show_it.isEnabled()


class TestMembers:
    def test_they_come_from_the_plan_and_are_changed(self, qtbot: QtBot, held: MeetingPanel, context: Context) -> None:
        held.who.click()
        pane = held.members
        assert held.rooms.currentWidget() is pane
        assert "方案" in pane.note.text()
        pane.change.click()
        dialog = pane.dialog
        assert isinstance(dialog, MemberDialog)
        dialog.liaison.setText("王芳")
        dialog.step.click()
        qtbot.waitUntil(lambda: pane.table.cell(0, 3) == "王芳")

        assert meetings.members(context.store, None)[0].liaison == "王芳"
        assert held.rooms.currentWidget() is pane

    def test_a_new_one_needs_a_unit(self, qtbot: QtBot, held: MeetingPanel) -> None:
        held.who.click()
        before = len(held.members.members)
        held.members.add.click()
        dialog = held.members.dialog
        assert isinstance(dialog, MemberDialog)
        dialog.step.click()
        assert dialog.note.text() == "请填写单位。"
        dialog.unit.setText("气象局")
        dialog.step.click()
        qtbot.waitUntil(lambda: len(held.members.members) == before + 1)

    def test_who_leaves_stands_at_the_end_and_may_come_back(self, qtbot: QtBot, held: MeetingPanel) -> None:
        held.who.click()
        pane = held.members
        first = pane.members[0].unit
        pane.leave.click()
        dialog = pane.dialog
        assert isinstance(dialog, LeavingDialog)
        dialog.on.setText("2025-1-1")
        dialog.step.click()
        qtbot.waitUntil(lambda: pane.members[-1].unit == first)
        assert "2025-01-01 起不再是成员" in pane.table.cell(len(pane.members) - 1, 0)
        pane.table.selectRow(len(pane.members) - 1)
        assert pane.leave.text() == "恢复成员"
        pane.leave.click()
        qtbot.waitUntil(lambda: all(member.left_on is None for member in pane.members))


def test_a_file_that_is_only_read_shows_all_and_changes_nothing(
    qtbot: QtBot, held: MeetingPanel, context: Context
) -> None:
    path = context.store.path
    context.store.close()
    context.set_store(files.open_ledger(path, read_only=True))
    qtbot.waitUntil(lambda: held.form.title.text() == "第二次会议")

    form, pane = held.form, held.members
    for step in (held.new, form.add, form.late, form.save, form.minutes.choose, pane.add, pane.change, pane.leave):
        assert not step.isEnabled()
    assert form.title.isReadOnly()
    assert "只读" in form.note.text()
    context.store.close()
