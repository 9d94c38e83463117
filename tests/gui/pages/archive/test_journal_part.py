"""操作日志 on screen: read a page at a time, filtered, told whole, exported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.errors import LedgerFileError
from core.model.ledger import EntryState
from core.office import history, progress, units
from core.office.form_value import FormValue
from core.office.history import HistoryLine
from core.office.history_words import FieldChange
from core.store import journal
from gui.context import Context
from gui.pages.archive import journal_panel, journal_table
from gui.pages.archive.journal_detail import html_of
from gui.pages.archive.journal_model import PAGE, JournalModel
from gui.pages.archive.journal_panel import JournalPanel
from gui.pages.archive.page import JOURNAL, ArchivePage
from tests.gui.recorder import Recorder

Q4 = "2024Q4"
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已组织行政执法人员参加培训。")
DONE = FormValue(EntryState.DONE, done_on=date(2024, 11, 2), text="已组织行政执法人员参加培训和考试。")


@pytest.fixture
def panel(page: ArchivePage, context: Context, key_of: Callable[[int], int]) -> JournalPanel:
    for value in (BEGUN, DONE):
        context.announce(progress.save(context.store, key_of(4), Q4, value))
    context.announce(progress.save(context.store, key_of(5), Q4, DONE))
    made = page.parts[JOURNAL]
    assert isinstance(made, JournalPanel)
    made.reload()
    return made


def many(context: Context, count: int) -> None:
    with context.store.transaction() as db:
        for number in range(count):
            journal.append(db, "核对单位", f"单位{number}", after={"核对": "已核对"})


def test_the_model_keeps_qts_promises(panel: JournalPanel, context: Context, qtmodeltester: ModelTester) -> None:
    many(context, 3 * PAGE)
    panel.reload()

    qtmodeltester.check(panel.model)


def test_only_what_comes_into_view_is_read(panel: JournalPanel, context: Context) -> None:
    many(context, 40 * PAGE)
    panel.reload()
    panel.table.grab()

    assert panel.model.rowCount() > 40 * PAGE
    assert panel.model.pages_read <= 2
    for row in range(0, panel.model.rowCount(), PAGE):
        assert panel.model.line(row) is not None
    assert panel.model.pages_read <= 30


def test_a_row_is_found_again_by_its_number(panel: JournalPanel) -> None:
    model = panel.model

    assert [model.row_of(model.number(row)) for row in range(model.rowCount())] == list(range(model.rowCount()))
    assert model.row_of(10_000) == -1
    assert JournalModel().row_of(1) == -1


def test_the_newest_stands_on_top_and_is_told_whole(panel: JournalPanel) -> None:
    assert panel.table.currentIndex().row() == 0
    assert panel.detail.head.text() == "填报进展"
    assert "第5项" in panel.detail.body.toPlainText()
    assert panel.count.text().startswith("共 ")


def test_a_changed_text_shows_what_went_and_what_came(panel: JournalPanel) -> None:
    panel.table.choose(1)
    html = panel.detail.body.toPlainText()

    assert "推进中 → 已完成" in html
    assert "已组织行政执法人员参加培训和考试。" in html


def test_signs_of_html_in_a_text_are_shown_as_they_are(dressed: object) -> None:
    change = FieldChange("工作进展", "", "<b>甲</b> & 乙")
    html = html_of(HistoryLine("2024-01-01 10:00", "王", "", action="填报进展", subject="<第1项>", changes=(change,)))

    assert "&lt;b&gt;甲&lt;/b&gt; &amp; 乙" in html
    assert "&lt;第1项&gt;" in html


def test_two_long_texts_without_likeness_follow_each_other(dressed: object) -> None:
    change = FieldChange("工作进展", "甲" * 40, "乙" * 40)
    html = html_of(HistoryLine("", "", "", action="", subject="", changes=(change,)))

    assert "<br>→ " in html


def test_numbers_are_compared_whole(dressed: object) -> None:
    old, new = "累计培训行政执法人员 320 人次，考试合格。", "累计培训行政执法人员 380 人次，考试合格。"
    html = html_of(HistoryLine("", "", "", changes=(FieldChange("工作进展", old, new),)))

    assert ">320</span>" in html
    assert ">380</span>" in html


def test_lines_that_cannot_be_read_are_told_and_stay_empty(
    panel: JournalPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise LedgerFileError("读不了台账文件。", hint="请检查U盘。")

    monkeypatch.setattr(history, "journal_lines", gone)
    panel.reload()
    panel.table.grab()

    assert panel.model.data(panel.model.index(0, 0)) is None
    assert panel.note.text() == "读不了台账文件。请检查U盘。"


def test_words_leave_what_holds_them_and_can_be_cleared(qtbot: QtBot, panel: JournalPanel) -> None:
    everything = panel.model.rowCount()
    panel.filters.words.setText("培训和考试")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    assert panel.count.text() == "筛选出 2 条"
    panel.clear.click()

    assert panel.model.rowCount() == everything
    assert not panel.clear.isVisible()


def test_a_filter_that_leaves_nothing_says_so(panel: JournalPanel) -> None:
    panel.filters.words.setText("没有这个词")
    panel.search()

    assert panel.rooms.currentWidget() is panel.none_left
    assert not panel.export.isEnabled()
    assert not panel.detail.foot.isVisible()


def test_by_measure_unit_action_and_day(panel: JournalPanel, context: Context) -> None:
    filters = panel.filters
    filters.show_measure(4)
    assert panel.model.rowCount() == 2
    line = panel.model.line(0)
    assert line is not None
    unit = line.subject.split(" ")[1].split("，")[0]
    filters.show_unit(unit)
    assert panel.model.rowCount() >= 2
    assert filters.measure.currentIndex() == 0
    filters.clear()
    filters.action.setCurrentIndex(filters.action.findData("填报进展"))
    filters.action.activated.emit(filters.action.currentIndex())
    assert panel.model.rowCount() == 3
    filters.until.setText("2020-1-1")
    filters.until.commit()
    assert panel.model.rowCount() == 0


def test_new_acts_appear_and_the_cursor_stays_on_its_line(qtbot: QtBot, panel: JournalPanel, context: Context) -> None:
    panel.table.choose(1)
    number = panel.model.number(1)
    unit = next(unit for unit in units.units(context.store) if not unit.is_group)
    with context.store.transaction() as db:
        journal.append(db, "没有见过的操作", unit.name)
    before = panel.model.rowCount()
    context.announce(progress.save(context.store, first_key(context), Q4, BEGUN))
    qtbot.waitUntil(lambda: panel.model.rowCount() == before + 2)

    assert panel.model.number(panel.table.currentIndex().row()) == number
    assert panel.filters.action.findData("没有见过的操作") > 0


def first_key(context: Context) -> int:
    from core.office import overview

    return overview.overview(context.store, None, context.as_of).of_measure(6)[0].id


def test_a_line_leads_to_form_and_measure(qtbot: QtBot, page: ArchivePage, panel: JournalPanel, key_of) -> None:
    panel.table.choose(0)
    with qtbot.waitSignal(page.open_obligation) as opened:
        panel.table.setFocus()
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert opened.args == [key_of(5)]
    with qtbot.waitSignal(page.open_measure) as shown:
        panel.detail.measure.click()
    assert shown.args == [5]


def test_the_whole_history_of_its_measure(panel: JournalPanel) -> None:
    panel.table.choose(1)
    panel.detail.history.click()

    assert panel.filters.value().measure_no == 4
    assert panel.model.rowCount() == 2


def test_the_whole_history_of_what_one_unit_owes(panel: JournalPanel, context: Context) -> None:
    from core.office import overview

    other = overview.overview(context.store, None, context.as_of).of_measure(4)[1].id
    context.announce(progress.save(context.store, other, Q4, DONE))
    panel.reload()
    panel.table.choose(0)
    panel.detail.own_history.click()

    assert panel.filters.value().unit
    assert panel.model.rowCount() == 1
    panel.detail.history.click()
    assert panel.model.rowCount() == 3


def test_an_act_about_no_measure_offers_no_way(panel: JournalPanel) -> None:
    panel.table.choose(panel.model.rowCount() - 1)

    assert panel.detail.head.text() == "新建台账"
    assert not panel.detail.foot.isVisible()


def test_a_long_journal_is_searched_in_the_background(
    qtbot: QtBot, panel: JournalPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_panel, "_AT_ONCE", 1)
    before = panel.model.rowCount()
    panel.filters.words.setText("培训和考试")
    panel.search()
    assert panel.model.rowCount() == before
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_what_is_left_is_exported(
    qtbot: QtBot, page: ArchivePage, panel: JournalPanel, recorder: Recorder, tmp_path: Path
) -> None:
    panel.filters.show_measure(4)
    panel.export.click()
    recorder.give(tmp_path / "日志")
    qtbot.waitUntil(page.bar.isVisible)

    assert (tmp_path / "日志.xlsx").exists()
    assert "2 条" in page.bar.accessibleName()


def test_ctrl_f_goes_to_the_words(qtbot: QtBot, page: ArchivePage, panel: JournalPanel) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert panel.filters.words.hasFocus()


def test_tab_walks_through_the_filters_to_the_table(qtbot: QtBot, page: ArchivePage, panel: JournalPanel) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    filters = panel.filters
    filters.words.setFocus()
    walked = []
    for _ in range(8):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())

    fields = [filters.measure, filters.unit, filters.action, filters.who, filters.since, filters.until]
    assert walked == [*fields, panel.export, panel.table]


def test_without_a_ledger_nothing_is_shown(qtbot: QtBot, panel: JournalPanel, context: Context) -> None:
    context.set_store(None)
    qtbot.waitUntil(lambda: not panel.filters.isEnabled())

    assert panel.model.rowCount() == 0
    assert not panel.export.isEnabled()


def test_a_click_on_the_time_turns_the_order_round_and_keeps_the_line(panel: JournalPanel) -> None:
    number = panel.model.number(1)
    panel.table.choose(1)
    newest = panel.model.number(0)

    panel.table.head.sectionClicked.emit(0)
    assert panel.model.number(panel.model.rowCount() - 1) == newest
    assert panel.model.number(panel.table.currentIndex().row()) == number
    assert panel.model.row_of(newest) == panel.model.rowCount() - 1
    panel.table.head.sectionClicked.emit(3)  # subjects have no order of their own
    panel.table.head.sectionClicked.emit(0)
    assert panel.model.number(0) == newest


def test_several_lines_are_copied_a_whole_journal_is_exported(
    qtbot: QtBot, panel: JournalPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(panel.table, Qt.Key.Key_A, control)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, control)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "时间\t操作人\t操作\t对象\t变动"
    assert len(lines) == panel.model.rowCount() + 1

    monkeypatch.setattr(journal_table, "MOST_COPIED", 2)
    panel.table.copy_rows()
    assert "一次最多复制 2 条" in panel.note.accessibleName()
