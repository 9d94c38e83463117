"""The page 单位: walking the register, saving as one goes, collectives, what follows shown before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from core.office import unit_changes, unit_groups, units
from core.office.changes import Changes
from gui.pages.filters import TableFilter
from gui.pages.units import side_list
from gui.pages.units.history_dialog import HistoryDialog
from tests.gui.pages.conftest import words
from tests.gui.pages.units.conftest import GROUP, TOWNSHIPS, names

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
"""The off-screen platform says so whenever a menu opens."""


def menu_entry(text: str):
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return next(action for action in menu.actions() if action.text() == text)


def put(field, text: str) -> None:
    """Type over what is marked: Qt's test keys know no Chinese."""
    field.insert(text)


def bar(page) -> str:
    return page.undo_bar.accessibleName() if page.undo_bar.isVisible() else ""


# --- walking --------------------------------------------------------------------------------------


def test_the_page_opens_with_all_units_and_the_first_one_s_form(page):
    assert names(page)[0] == "司法局"
    assert page.form.name.text() == "司法局"
    assert page.counts.text().startswith("30 个单位，2 个单位集合")
    assert not page.pane.tools.isVisible()


def test_a_collective_says_what_it_stands_for_and_where_it_is_used(page, context):
    page.show_group(GROUP)

    assert names(page) == list(TOWNSHIPS)
    assert page.pane.said.text.text().startswith("“各乡镇”在本县指下列 6 个单位。补全前")
    used = units.measures_of_group(context.store, None, GROUP)
    assert page.pane.measures.count.text() == f"{len(used)} 项"
    assert page.pane.whole.isVisible()


def test_arrows_walk_the_table_and_the_form_follows(qtbot, page):
    page.take_keyboard()
    qtbot.keyClick(page.pane.table, KEY.Key_Down)

    assert page.form.name.text() == "发改局"
    assert page.pane.measures.title.text() == "“发改局”负责的措施"


def test_a_head_sorts_down_up_and_back_and_keeps_what_is_chosen(page):
    page.show_unit("公安局")
    head = page.pane.table.horizontalHeader()
    printed = names(page)
    head.sectionClicked.emit(4)
    totals = [page.reading.line(name).total for name in names(page)]
    assert totals == sorted(totals, reverse=True)
    assert page.pane.table.current_name() == "公安局"
    head.sectionClicked.emit(4)
    assert [page.reading.line(name).total for name in names(page)] == sorted(totals)
    head.sectionClicked.emit(4)
    assert names(page) == printed


def test_search_leaves_what_is_looked_for_and_says_when_nothing_is(qtbot, page):
    qtbot.keyClick(page, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    put(page.search, "生态")
    assert names(page) == ["市生态环境局古县分局"]
    page.search.setText("没有这个")
    assert page.pane.stack.currentWidget() is page.pane.no_match
    page.pane.no_match.buttons[0].click()
    assert len(names(page)) == 30


def test_copy_brings_the_rows_with_their_heads(qtbot, page):
    page.show_group(GROUP)
    table = page.pane.table
    table.selectAll()
    qtbot.keyClick(table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["单位", "简称", "联络员", "电话", "责任事项", "已完成"]
    assert len(lines) == 8
    assert lines[-1].split("\t")[0] == "合计 6 个单位"
    assert lines[1].split("\t")[:4] == ["岳阳镇", "", "", ""]


def test_a_unit_is_brought_into_view_wherever_it_is(page):
    page.show_group(GROUP)
    page.show_unit("检察院")

    assert page.side.current().kind == side_list.ALL
    assert page.form.name.text() == "检察院"


def test_ways_to_other_pages(qtbot, page):
    page.show_group(GROUP)
    with qtbot.waitSignal(page.show_filtered) as asked:
        page.pane.measures.link.click()
    shown = asked.args[0]
    assert isinstance(shown, TableFilter)
    assert shown.measures == {line.no for line in page.reading.used[GROUP]}
    with qtbot.waitSignal(page.open_unit) as asked:
        page.form.fill.click()
    assert asked.args == ["岳阳镇"]
    page.pane.measures.view.setFocus()
    page.pane.measures.view.setCurrentIndex(page.pane.measures.model.index(1))
    with qtbot.waitSignal(page.open_measure) as asked:
        qtbot.keyClick(page.pane.measures.view, KEY.Key_Return)
    assert asked.args == [page.pane.measures.model.lines[1].no]


def test_the_whole_page_is_walked_with_tab(qtbot, page):
    """From the search box over list, table and measures into the form and through all its fields."""
    page.show_group(GROUP)
    qtbot.waitUntil(page.isActiveWindow)
    page.search.setFocus()
    seen = []
    while page.form.fill not in seen and len(seen) < 40:
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    wanted = [page.search, page.new, page.side.view, page.pane.add, page.pane.table, page.pane.measures.view]
    wanted += [page.form.name, page.form.aliases.add, page.form.phone, page.form.kind, page.form.fill]
    assert [widget for widget in seen if widget in wanted] == wanted


# --- saving as one goes ---------------------------------------------------------------------------


def test_leaving_a_field_saves_it_and_the_bar_takes_it_back(qtbot, page, unit):
    page.show_unit("公安局")
    page.form.contact.setFocus()
    put(page.form.contact, "王建平")
    qtbot.keyClick(page.form.contact, KEY.Key_Tab)

    assert unit("公安局").contact == "王建平"
    assert page.form.name.text() == "公安局"
    assert bar(page) == "已修改“公安局”的联络员"
    page.undo_bar.undone.emit()
    assert unit("公安局").contact is None
    qtbot.waitUntil(lambda: page.form.contact.text() == "")
    assert page.form.contact.text() == ""


def test_the_bar_does_not_take_back_what_came_after(qtbot, page, context, unit):
    page.show_unit("公安局")
    page.form.contact.setText("王建平")
    page.flush()
    unit_changes.save_unit(context.store, None, unit_changes.UnitValue("民政局"))
    page.undo_bar.undone.emit()

    assert unit("公安局").contact == "王建平"
    assert unit("民政局")
    assert "Ctrl+Z" in bar(page)


def test_f2_renames_and_the_old_name_stays_known(qtbot, page, unit):
    page.show_unit("工信局")
    qtbot.keyClick(page, KEY.Key_F2)
    assert page.form.name.hasFocus()
    put(page.form.name, "工业和信息化局")
    qtbot.keyClick(page.form.name, KEY.Key_Return)

    assert unit("工业和信息化局").aliases == ("工信局",)
    assert page.pane.table.current_name() == "工业和信息化局"
    assert page.form.aliases.names() == ("工信局",)


def test_a_name_that_is_taken_is_said_beside_the_field_and_holds_the_page(page, recorder, unit):
    page.show_unit("财政局")
    page.form.name.setText("公安局")

    assert not page.flush()
    assert "公安局" in page.form.notes["name"].text()
    page.pane.table.choose("法院")
    assert page.form.name.text() == "公安局"
    assert recorder.last.headline == "有内容没有保存"
    recorder.press("回去修改")
    assert page.pane.table.current_name() == "财政局"
    page.pane.table.choose("法院")
    recorder.press("放弃这些修改")
    assert page.form.name.text() == "法院"
    assert page.flush()
    assert unit("财政局").name == "财政局"


def test_aliases_are_added_and_taken_away_by_keyboard(qtbot, page, unit):
    page.show_unit("公安局")
    field = page.form.aliases
    field.add.click()
    put(field.new, "县公安、公安")
    qtbot.keyClick(field.new, KEY.Key_Return)
    assert unit("公安局").aliases == ("县公安", "公安")
    assert page.reading.line("公安局").short == "县公安"
    qtbot.keyClick(field._tags[0], KEY.Key_Delete)
    assert unit("公安局").aliases == ("公安",)


def test_an_alias_that_moves_obligations_is_asked_about_first(page, context, unit):
    """Divisions still write 财政局 after it was renamed: without that alias nobody answers it."""
    was = unit_changes.unit_value(unit("财政局"))
    context.announce(unit_changes.save_unit(context.store, "财政局", replace(was, name="财政和国资局")))
    page._refresh()
    page.show_unit("财政和国资局")
    page.form.aliases._tags[0].click()

    dialog = page.saver._dialog
    assert dialog is not None
    assert dialog.effect.model.rowCount() > 0
    assert unit("财政和国资局").aliases == ("财政局",)
    dialog.cancel.click()
    assert page.form.aliases.names() == ("财政局",)
    assert page.flush()


# --- collectives ----------------------------------------------------------------------------------


def test_declaring_a_list_whole_shows_which_obligations_go(page, dialog, unit):
    page.show_group(GROUP)
    page.pane.whole.click()
    asked = dialog()
    used = len(page.reading.used[GROUP])
    assert f"有 {used} 个责任事项不再需要" in asked.effect.sentence.text()
    assert asked.effect.model.rowCount() == used
    assert unit(GROUP).incomplete
    asked.save.click()

    assert not unit(GROUP).incomplete
    assert not page.pane.whole.isVisible()
    assert bar(page) == "“各乡镇”的名单已确认"


def test_units_are_added_ticked_or_typed(page, dialog, unit):
    page.show_group(GROUP)
    page.pane.add.click()
    asked = dialog()
    assert not asked.save.isEnabled()
    asked.new.setPlainText("永乐乡\n")
    assert asked.effect.model.lines[0][:2] == ("新增", "永乐乡")
    asked.save.click()

    assert "永乐乡" in unit(GROUP).members
    assert "永乐乡" in names(page)


def test_delete_takes_the_selected_out_after_a_question(qtbot, page, dialog, unit):
    page.show_group(GROUP)
    table = page.pane.table
    table.setFocus()
    table.choose("石壁乡")
    qtbot.keyClick(table, KEY.Key_Delete)
    assert "石壁乡" in unit(GROUP).members
    dialog().save.click()

    assert "石壁乡" not in unit(GROUP).members
    assert "石壁乡" not in names(page)
    page.undo_bar.undone.emit()
    assert "石壁乡" in unit(GROUP).members


def test_exceptions_need_a_reason_and_are_shown(page, dialog, unit):
    page.show_group("各行政执法单位")
    page.desk.exceptions(page.pane.group())
    asked = dialog()
    row = asked.rows[0]
    row.unit.setCurrentIndex(row.unit.findText("水利局"))
    assert not asked.save.isEnabled()
    assert "理由" in asked.note.text()
    row.reason.setText("不承担执法职责")
    assert any(line[:2] == ("减少", "水利局") for line in asked.effect.model.lines)
    asked.save.click()

    assert [(e.unit, e.reason) for e in unit("各行政执法单位").exceptions] == [("水利局", "不承担执法职责")]
    assert page.pane.said.exceptions.text() == "例外：水利局（不承担执法职责）"
    page.pane.said.change.click()
    asked = dialog()
    asked.rows[0].drop.click()
    asked.save.click()
    assert unit("各行政执法单位").exceptions == ()


def test_a_new_collective_is_shown_and_an_empty_one_says_what_to_do(page, dialog):
    page.side.new_group.click()
    asked = dialog()
    asked.name.setText("县直有关部门")
    asked.save.click()

    assert page.side.current().title == "县直有关部门"
    assert page.pane.stack.currentWidget() is page.pane.no_members
    assert not page.pane.whole.isEnabled()


def test_a_collective_is_renamed_with_its_other_ways_to_write_it(qtbot, page, dialog, unit):
    page.show_group(GROUP)
    page.side.view.setFocus()
    page.rename()
    asked = dialog()
    asked.name.setText("各乡镇人民政府")
    asked.save.click()

    assert set(unit("各乡镇人民政府").aliases) == {GROUP, "各乡（镇）人民政府"}
    assert page.side.current().title == "各乡镇人民政府"


# --- units come and go ----------------------------------------------------------------------------


def test_a_new_unit_is_shown_in_the_table(page, dialog):
    page.new.click()
    asked = dialog()
    assert not asked.save.isEnabled()
    asked.name.setText("民政局")
    asked.phone.setText("0357-5550111")
    asked.save.click()

    assert page.pane.table.current_name() == "民政局"
    assert page.form.phone.text() == "0357-5550111"


def test_a_unit_leaves_with_a_reason_and_comes_back(page, dialog, unit):
    page.desk.leave("石壁乡")
    asked = dialog()
    assert not asked.save.isEnabled()
    assert asked.effect.model.rowCount() > 0
    assert not asked.save.isDefault()
    asked.reason.setText("撤乡并镇")
    assert asked.effect.model.rowCount() > 0
    asked.save.click()
    assert unit("石壁乡").left_on == date.today()

    page.show_unit("石壁乡")
    assert page.side.current().kind == side_list.LEFT
    assert page.form.name.isReadOnly()
    page.form.more.click()
    menu_entry("恢复").trigger()
    dialog().save.click()
    assert unit("石壁乡").left_on is None
    assert page.form.name.text() == "石壁乡"


def test_two_that_are_the_same_are_merged(page, dialog, unit, context):
    unit_changes.save_unit(context.store, None, unit_changes.UnitValue("岳阳镇政府"))
    context.announce(Changes(units=True))
    page._refresh()
    page.desk.merge("岳阳镇政府")
    asked = dialog()
    assert not asked.save.isEnabled()
    asked.into.setCurrentIndex(asked.into.findText("岳阳镇"))
    asked.save.click()

    assert [line.unit.merged_into for line in page.reading.left] == ["岳阳镇"]
    assert "岳阳镇政府" in unit("岳阳镇").aliases
    assert page.form.name.text() == "岳阳镇"


def test_names_nobody_answers_are_listed_until_they_are_settled(qtbot, page, context, dialog, unit):
    with context.store.transaction() as db:
        db.execute("UPDATE unit SET to_verify = 1 WHERE name IN ('财政局', '人社局')")
    context.announce(Changes(units=True))
    page._refresh()
    page.side.choose(side_list.UNRESOLVED)
    assert page.rooms.currentWidget() is page.unresolved
    first = page.unresolved.current().name
    page.unresolved.confirm.click()
    page._refresh()
    assert not unit(first).to_verify
    page.unresolved.group.click()
    asked = dialog()
    assert asked.name.text() == page.unresolved.current().name
    asked.cancel.click()


def test_history_of_a_unit_is_read_in_its_own_dialog(qtbot, page):
    page.show_unit("公安局")
    page.form.phone.setText("0357-5550199")
    page.flush()
    page.menus.show_history("公安局")

    shown = next(d for d in page.window().findChildren(HistoryDialog) if d.isVisible())
    assert "0357-5550199" in shown.lines[0].text
    qtbot.keyClick(shown, KEY.Key_Escape)


def test_menus_offer_only_what_can_be_done(page):
    page.show_group(GROUP)
    page.menus.on_table(QPoint(10, 10))
    assert menu_entry("移出集合").isEnabled()
    assert menu_entry("合并到另一单位").isEnabled()
    QApplication.activePopupWidget().close()
    page.pane.table.selectAll()
    page.menus.on_table(QPoint(10, 10))
    assert menu_entry("合并到另一单位").toolTip() == "只能一个一个来"
    QApplication.activePopupWidget().close()
    page.pane.more.click()
    assert menu_entry("名单已补全").isEnabled()
    QApplication.activePopupWidget().close()


def test_scores_take_the_place_of_table_and_form(qtbot, page, context):
    page.side.choose(side_list.SCORES)
    assert page.rooms.currentWidget() is page.scores
    assert not page.search.isVisible()
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20000)
    page.show_unit("法院")
    assert page.rooms.currentWidget() is page.units
    assert page.form.name.text() == "法院"


def test_a_large_plan_is_counted_in_the_background(qtbot, context, monkeypatch):
    """The register stands at once, its numbers come; a telephone number counts nothing anew."""
    from gui.pages.units import figure_reader
    from gui.pages.units.page import UnitsPage

    monkeypatch.setattr(figure_reader, "AT_ONCE", 0)
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.show()
    assert made.pane.model.texts(0)[4] == ""
    assert made.form.figures.text() == "正在统计"
    qtbot.waitUntil(lambda: made.pane.model.texts(0)[4] != "", timeout=20000)
    total = made.reading.line("司法局").total
    assert made.form.figures.text().startswith(f"{total} 个")
    made.form.phone.setText("0357-5550101")
    made.flush()
    assert not context.jobs.is_busy
    assert made.pane.model.texts(0)[3:5] == ["0357-5550101", str(total)]
    made.close()


# --- states of the file ---------------------------------------------------------------------------


def test_a_ledger_without_units_says_how_to_begin(qtbot, context, tmp_path):
    from core.office import files
    from gui.pages.units.page import UnitsPage

    context.set_store(files.create_ledger(tmp_path / "空.db", plan="blank"))
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.show()

    assert made.pane.stack.currentWidget() is made.pane.no_units
    assert made.form.stack.currentWidget() is made.form.empty
    made.pane.no_units.buttons[0].click()
    assert made.desk.dialog is not None
    made.desk.dialog.reject()


def test_a_file_that_is_only_read_says_why_nothing_can_be_changed(qtbot, context, ledger, recorder):
    from core.office import files
    from gui.pages.units.page import UnitsPage

    context.store.close()
    context._store = None
    context.set_store(files.open_ledger(ledger, read_only=True))
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.show()
    made.show_group(GROUP)

    for widget in (made.new, made.take_in, made.side.new_group, made.pane.add, made.pane.whole, made.pane.remove):
        assert not widget.isEnabled()
        assert widget.toolTip() == "台账以只读方式打开，不能修改"
    assert made.form.name.isReadOnly()
    assert made.hand_out.isEnabled()
    made.take_keyboard()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.keyClick(made.pane.table, KEY.Key_F2)
    assert "只读" in made.undo_bar.accessibleName()
    made.form.more.click()
    assert menu_entry("改名").toolTip() == "台账以只读方式打开，不能修改"
    assert not menu_entry("改名").isEnabled()
    QApplication.activePopupWidget().close()


def test_another_page_s_write_is_taken_in(qtbot, page, context):
    value = unit_groups.GroupValue((*TOWNSHIPS, "永乐乡"))
    context.announce(unit_groups.set_group(context.store, GROUP, value))
    qtbot.waitUntil(lambda: page.reading.line("永乐乡") is not None)

    assert "31 个单位" in page.counts.text()


@pytest.mark.parametrize("width", [901, 1174, 1700])
def test_nothing_scrolls_sideways_down_to_a_small_screen_at_125_percent(qtbot, page, width):
    page.resize(width + 32, 614)
    page.show_group(GROUP)
    QApplication.processEvents()

    assert not page.pane.table.horizontalScrollBar().maximum()
    assert page.side.width() + page.pane.width() + page.form.width() + 24 <= width
    assert page.form.area.widget().width() <= page.form.area.viewport().width()


def test_words_of_a_question_name_the_unit(page, recorder):
    page.show_unit("财政局")
    page.form.name.setText("公安局")
    page.pane.table.choose("法院")
    assert "“财政局”" in words(recorder.last)
    recorder.press("放弃这些修改")


def test_without_a_name_the_names_nobody_answers_are_shown(qtbot, page, context) -> None:
    """The to-do of 首页 leads to the list, not to one of its units."""
    unit_changes.leave_unit(context.store, "人社局", date(2024, 10, 1), "机构改革")
    context.announce(Changes(units=True))
    page.show_unit("")

    qtbot.waitUntil(page.unresolved.isVisible)


def test_on_a_wide_screen_a_short_name_is_shown_whole(qtbot, page) -> None:
    """The name has room enough; on a small one 简称 keeps its share."""
    table = page.pane.table
    narrow = table.columnWidth(1)
    page.resize(1700, 800)

    qtbot.waitUntil(lambda: table.columnWidth(1) == narrow + 100)
    assert table.columnWidth(0) >= 220
