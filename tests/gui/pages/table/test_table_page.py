"""The page 任务分解: reading, filtering, opening a measure, writing what is confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.office import obligations, units
from core.office.board import Todo
from gui.pages.table.arrange import BY_DUE, Only, View
from gui.pages.table.columns import TEXT
from gui.pages.table.detail_model import UnitLine
from gui.pages.table.group_dialog import GroupDialog
from gui.widgets.popups import FilterMenu, UnitMenu
from tests.gui.pages.conftest import AS_OF

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
"""The off-screen platform says so whenever a menu opens."""

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def popup(kind):
    found = QApplication.activePopupWidget()
    assert isinstance(found, kind)
    return found


def open_measure(qtbot, page, no):
    page.view.go_to(no)
    qtbot.keyClick(page.view, KEY.Key_Return)
    return page.host.detail


def test_the_page_opens_in_print_order_with_everything(page):
    assert page.view.table_model.arranged.is_merged
    assert page.chips.note.text() == "共 38 项措施"
    assert page.chips.chips[Only.ALL].count() == 38
    assert page.chips.chips[Only.TO_VERIFY].count() == 5
    assert not page.toolbar.report.isEnabled()
    assert page.toolbar.report.toolTip() == "先在表中选一项措施"


def test_chips_show_a_part_and_the_note_says_how_much(qtbot, page):
    page.view.go_to(9)

    page.chips.chips[Only.TO_VERIFY].click()

    assert [row.no for row in page.view.table_model.arranged.lines] == [7, 8, 9, 10, 11]
    assert page.chips.note.text() == "已选 1 项，显示 5/38 项措施"
    assert not page.view.table_model.arranged.is_merged


def test_no_result_offers_to_clear_the_filters(page):
    page.chips.chips[Only.DONE].click()

    assert page.card.is_empty
    state = page.card.empty_state
    assert state.title.text() == "没有符合条件的措施"
    state.buttons[0].click()
    assert not page.card.is_empty
    assert View() == page.filters.view


def test_two_orders(page):
    page.toolbar.order.button("due").click()
    assert page.filters.view.sort == BY_DUE
    assert page.view.table_model.arranged.lines[0].no == 4

    page.toolbar.order.button("printed").click()
    assert page.view.table_model.arranged.is_merged


def test_head_filter_by_keyboard(qtbot, page):
    """Ctrl+F opens the measures' filter; type, Enter: only those found stay, and the funnel is on."""
    page.view.setFocus()
    page.search()
    menu = popup(FilterMenu)
    menu.search.setText("培训")
    qtbot.keyClick(menu.search, KEY.Key_Return)

    shown = page.view.table_model.arranged.lines
    assert 0 < len(shown) < 38
    assert all("培训" in row.source.text for row in shown)
    assert {TEXT} == set(page.filters.view.filters)

    page.filters.open_head(page.view.table_model.column_of(TEXT))
    popup(FilterMenu).clear.click()
    assert View() == page.filters.view


def test_head_filter_list_by_keyboard(qtbot, page):
    """Down leads into the list, space ticks, Up leads back; nothing ticked cannot be confirmed; Esc changes nothing."""
    page.filters.open_head(page.view.table_model.column_of("deadline"))
    menu = popup(FilterMenu)
    qtbot.keyClick(menu.search, KEY.Key_Down)
    qtbot.keyClick(menu.list, KEY.Key_Space)
    assert not menu.accept.isEnabled()
    qtbot.keyClick(menu.search, KEY.Key_Return)
    assert menu.isVisible()
    qtbot.keyClick(menu.list, KEY.Key_Down)
    qtbot.keyClick(menu.list, KEY.Key_Space)
    qtbot.keyClick(menu.list, KEY.Key_Return)

    assert [row.no for row in page.view.table_model.arranged.lines] == [4]

    page.filters.open_head(page.view.table_model.column_of("deadline"))
    qtbot.keyClick(popup(FilterMenu), KEY.Key_Escape)
    assert page.filters.view.is_filtered


def test_head_sorts(page):
    page.filters.open_head(page.view.table_model.column_of("due"))
    menu = popup(FilterMenu)
    assert [row.text() for row in menu.rows] == ["从早到晚", "从晚到早"]
    menu.rows[1].click()
    days = [row.source.due for row in page.view.table_model.arranged.lines]
    assert days == sorted(days, reverse=True)
    assert page.toolbar.order.value() is None

    page.filters.open_head(page.view.table_model.column_of(TEXT))
    popup(FilterMenu).rows[0].click()
    assert page.view.table_model.arranged.is_merged


def test_unit_chip_chooses_one_unit(qtbot, page):
    page.chips.unit.click()
    menu = popup(UnitMenu)
    menu.search.setText("财政")
    qtbot.keyClick(menu.search, KEY.Key_Return)

    assert page.filters.view.unit == "财政局"
    assert page.chips.unit.text() == "单位：财政局"
    assert all("财政局" in row.source.units for row in page.view.table_model.arranged.lines)

    page.chips.unit.click()
    menu = popup(UnitMenu)
    qtbot.keyClick(menu.search, KEY.Key_Return)
    assert page.filters.view.unit is None


def test_enter_opens_the_measure_and_esc_gives_the_table_back(qtbot, page):
    detail = open_measure(qtbot, page, 4)

    assert detail.isVisible()
    assert detail.title.text() == "措施（4）"
    assert detail.info.path.text() == "（一）着力提升行政执法人员能力素质 › 3.全面提高业务能力"
    assert detail.units.hasFocus()
    qtbot.keyClick(detail.units, KEY.Key_Escape)
    assert not detail.isVisible()
    assert page.view.hasFocus()


def test_the_drawer_covers_and_its_edge_falls_on_the_line_after_the_division(qtbot, page):
    before = [page.view.rowHeight(line) for line in range(38)]

    detail = open_measure(qtbot, page, 4)

    edge = page.view.viewport().mapTo(page.card.surface, QPoint(page.view.edge_after(("division",)), 0)).x()
    assert edge - 1 == detail.x()
    assert before == [page.view.rowHeight(line) for line in range(38)]


def test_a_wide_window_has_a_pane_beside_the_table(qtbot, page):
    page.resize(1760, 900)

    detail = open_measure(qtbot, page, 4)

    qtbot.waitUntil(lambda: detail.width() == 456 and page.card.surface.width() < page.card.width() - 456)
    page.resize(1206, 684)
    qtbot.waitUntil(lambda: detail.parentWidget() is page.card.surface)
    page.host.close()
    qtbot.waitUntil(lambda: page.card.surface.width() == page.card.width())


def test_f8_and_f7_walk_through_the_measures_shown(qtbot, page):
    detail = open_measure(qtbot, page, 1)
    assert not detail.previous.isEnabled()
    qtbot.keyClick(detail.units, KEY.Key_F8)
    assert detail.title.text() == "措施（2）"
    qtbot.keyClick(detail.units, KEY.Key_F7)
    qtbot.keyClick(detail.units, KEY.Key_F7)
    assert detail.title.text() == "措施（1）"


def test_an_open_detail_follows_the_cursor_of_the_table(qtbot, page):
    detail = open_measure(qtbot, page, 1)

    page.view.go_to(3)

    qtbot.waitUntil(lambda: detail.title.text() == "措施（3）")


def test_enter_on_a_unit_opens_its_form(qtbot, page, context):
    detail = open_measure(qtbot, page, 4)
    line = next(line for line in detail.units.detail_model.lines if isinstance(line, UnitLine))

    with qtbot.waitSignal(page.open_obligation, check_params_cb=lambda key: key == line.obligation_id):
        qtbot.keyClick(detail.units, KEY.Key_Return)


def test_heads_of_the_groups_fold(qtbot, page):
    detail = open_measure(qtbot, page, 4)
    lines = detail.units.detail_model.rowCount()

    detail.units.fold_requested.emit("逾期")
    assert detail.units.detail_model.rowCount() == 1
    detail.units.fold_requested.emit("逾期")
    assert lines == detail.units.detail_model.rowCount()


def test_f2_opens_the_form_of_the_first_open_obligation(qtbot, page, context, report_done):
    report_done(4)
    first = obligations.list_obligations(context.store, None, AS_OF, measure=4)[0]
    page.view.go_to(4)

    with qtbot.waitSignal(page.open_obligation, check_params_cb=lambda key: key == first.id):
        qtbot.keyClick(page.view, KEY.Key_F2)


def test_the_keyboard_begins_in_the_table(page):
    page.take_keyboard()

    assert page.view is page.focusWidget()


def test_ctrl_p_leads_to_the_real_pages(qtbot, page):
    with qtbot.waitSignal(page.open_page, check_params_cb=lambda key: key == "report"):
        qtbot.keyClick(page.view, KEY.Key_P, CONTROL)


def test_copied_rows_are_cells_with_heads(page):
    page.view.choose([1, 2], 1)

    page.copy()

    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().split("\n")
    assert len(lines) == 3
    assert lines[0].startswith("重点任务\t重点任务\t具体措施")
    assert "2024-12-31" in lines[1].split("\t")
    assert mime.html().count("<tr>") == 3


def test_a_write_elsewhere_changes_its_row_alone(qtbot, page, report_done):
    """Selection and scroll stay; the chips count anew."""
    page.view.go_to(6)
    page.view.verticalScrollBar().setValue(100)
    changed = []
    page.view.table_model.dataChanged.connect(lambda first, last, *_: changed.append((first.row(), last.row())))

    report_done(4)

    assert changed == [(3, 3)]
    assert "1/" in page.view.table_model.row(3).texts[7]
    assert page.view.chosen_nos() == [6]
    assert page.view.verticalScrollBar().value() == 100
    assert page.chips.chips[Only.IN_PROGRESS].count() == 1


def test_a_hidden_page_reads_again_when_it_is_shown(page, report_done):
    page.hide()
    report_done(4)
    assert page.chips.chips[Only.IN_PROGRESS].count() == 0

    page.show()

    assert page.chips.chips[Only.IN_PROGRESS].count() == 1


def test_another_date_computes_anew(page, context):
    context.set_scope(as_of=date(2024, 5, 1))

    assert page.chips.chips[Only.OVERDUE].count() == 0


def test_what_is_doubtful_is_shown_and_confirmed(qtbot, page, context):
    """The bar leads to the five; 已核对无误 takes one off, bar and chip follow, and the next one comes."""
    page.todo.action_chosen.emit("verify")
    assert Only.TO_VERIFY is page.filters.view.only

    detail = open_measure(qtbot, page, 7)
    assert detail.info.verify.isVisible()
    following = page.card.view.neighbour(1)
    detail.info.verify.confirm.click()

    assert detail.detail.measure.no == following
    assert following == page.card.view.current_no()
    assert page.chips.chips[Only.TO_VERIFY].count() == 4
    assert "4 项措施待核对" in page.todo.accessibleName()


def test_closing_the_bar_hides_it_for_the_session(page, report_done):
    page.todo.closed.emit()
    report_done(4)

    assert not page.todo.isVisible()


def test_a_list_of_units_is_completed_line_by_line(qtbot, page, context):
    """What will follow is said before it is done; saving it tells the pages."""
    page.todo.action_chosen.emit("group:各乡镇")
    dialog = page.findChild(GroupDialog)
    assert not dialog.save.isEnabled()
    dialog.text.appendPlainText("石壁乡\n\n  南垣乡 \n石壁乡")
    assert "将新增石壁乡、南垣乡" in dialog.effect.text()
    assert "仍为待补全" in dialog.effect.text()
    dialog.whole.click()
    assert "不再需要" in dialog.effect.text()

    with qtbot.waitSignal(context.changed):
        dialog.save.click()

    group = next(unit for unit in units.units(context.store) if unit.name == "各乡镇")
    assert {"石壁乡", "南垣乡"} < set(group.members)
    assert not group.incomplete
    assert "各乡镇" not in page.todo.accessibleName()


def test_an_empty_list_cannot_be_called_whole(page):
    page.todo.action_chosen.emit("group:各乡镇")
    dialog = page.findChild(GroupDialog)

    dialog.text.clear()
    dialog.whole.setChecked(True)

    assert not dialog.save.isEnabled()
    assert "不能标为已补全" in dialog.effect.text()
    dialog.reject()


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_export_writes_in_the_background_and_offers_the_file(qtbot, page, recorder, tmp_path, fmt):
    target = tmp_path / f"表.{fmt}"

    page.toolbar.export_requested.emit(fmt)
    recorder.give(target)
    qtbot.waitUntil(page.export_bar.isVisible, timeout=20_000)

    assert target.is_file()
    assert f"已导出“表.{fmt}”" in page.export_bar.accessibleName()
    assert recorder.questions[0].start.name.endswith(f".{fmt}")
    assert not page.todo.isVisible()
    page.export_bar.closed.emit()
    assert page.todo.isVisible()


def test_a_measure_hidden_by_a_filter_is_shown_when_asked_for(page):
    page.chips.chips[Only.TO_VERIFY].click()

    page.show_measure(1)

    assert page.view.chosen_nos() == [1]
    assert not page.filters.view.is_filtered


def test_without_a_plan_the_page_says_what_to_do(page, context):
    context.plan_key = None
    context.scope_changed.emit()

    assert page.card.is_empty
    assert page.card.empty_state.take_in.text() == "选择方案文件"
    assert not page.chips.isVisible()
    assert not page.toolbar.export.isEnabled()


def test_a_read_only_ledger_cannot_confirm(qtbot, page, context, monkeypatch):
    monkeypatch.setattr(type(context), "read_only", property(lambda _self: True))

    detail = open_measure(qtbot, page, 7)

    assert not detail.info.verify.confirm.isEnabled()


def test_dragged_widths_are_remembered_for_the_next_start(page, context):
    page.view.head.resizeSection(3, 170)

    assert context.settings.column_widths["table section task text division deadline due status done evidence"] == [
        *(0, 0, 0, 170, 0, 0, 0, 0, 0)
    ]
    page.view.own_widths = {}
    context.ledger_opened.emit()
    assert page.view.columnWidth(3) == 170
    page.view.head.sectionHandleDoubleClicked.emit(3)
    assert page.view.columnWidth(3) == 124


def test_many_lists_do_not_widen_the_window(page):
    todo = [Todo("incomplete", f"“第 {number} 个很长的集合名称”名单待补全", str(number)) for number in range(6)]

    page.todo.show_todo(todo)

    assert page.todo.accessibleName().endswith("另有 3 个名单")
    assert page.minimumSizeHint().width() < 800


def test_esc_closes_the_menu_before_the_drawer(qtbot, page):
    detail = open_measure(qtbot, page, 4)
    page.search()
    menu = popup(FilterMenu)

    qtbot.keyClick(menu.search, KEY.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert detail.isVisible()

    qtbot.keyClick(detail.units, KEY.Key_Escape)
    assert not detail.isVisible()


def test_the_note_gives_way_so_that_the_chips_stay_in_one_line(page):
    height = page.chips.height()
    page.view.go_to(1)

    page.filters.show_unit("市生态环境局古县分局")

    assert page.chips.note.text() == "36/38 项"
    assert page.chips.note.toolTip() == "已选 1 项，显示 36/38 项措施"
    assert page.chips.unit.text() == "单位：市生态环境局古…"
    assert height == page.chips.height()


def test_who_starts_for_the_first_time_is_led_to_the_sample(qtbot, page, context):
    """Only while no other file has been opened yet, and not on the sample itself."""
    todo = [Todo("verify", "5 项措施待核对", "")]
    context.settings.recent = ["古县.db"]
    page.todo.show_todo(todo)
    with qtbot.waitSignal(page.practice_asked):
        page.todo.action_chosen.emit("practice")
    assert "第一次用" in page.todo.accessibleName()

    context.settings.recent = ["示例台账.db", "古县.db"]
    page.todo.show_todo(todo)
    assert "第一次用" not in page.todo.accessibleName()
