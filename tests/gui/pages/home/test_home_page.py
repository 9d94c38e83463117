"""首页: what it shows, what each thing opens, by mouse and by keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from core.job import Job
from core.model.ledger import EntryState, Light, State
from core.office import board, files, home, reviewing
from core.office.changes import Changes
from core.office.home import HomeTodo, TodoKind
from core.settings import Settings
from gui import app, plan_reader
from gui.context import Context
from gui.pages.filters import TableFilter
from gui.pages.home import menus, tiles, words
from gui.pages.home.page import HomePage
from gui.pages.home.row_list import ROW
from gui.pages.report import printing
from tests.gui.pages.conftest import AS_OF, PERIOD
from tests.gui.pages.conftest import words as message_words
from tests.gui.recorder import Recorder

SUM = (tiles.DONE, tiles.IN_PROGRESS, tiles.NOT_STARTED, tiles.STEADY)
Say = Callable[..., list[int]]


def _figures(page: HomePage) -> dict[str, int]:
    return {key: tile.said.figure for key, tile in page.tiles.tiles.items()}


def _asked(qtbot: QtBot, page: HomePage, do: Callable[[], None]) -> TableFilter:
    with qtbot.waitSignal(page.show_filtered) as told:
        do()
    wanted = told.args[0]
    assert isinstance(wanted, TableFilter)
    return wanted


# figures ------------------------------------------------------------------------------------------


def test_the_tiles_add_up(page: HomePage, context: Context, say: Say) -> None:
    """措施总数 ＝ 已完成 ＋ 推进中 ＋ 未启动 ＋ 长期·待部署, whatever was filled in."""
    say(1)
    say(2, EntryState.IN_PROGRESS, only=1)
    context.announce(Changes())
    figures = _figures(page)

    assert figures[tiles.TOTAL] == 38 == sum(figures[key] for key in SUM)
    assert (figures[tiles.DONE], figures[tiles.IN_PROGRESS]) == (1, 1)
    assert page.tiles.tiles[tiles.DONE].said.notes[0] == "完成率 2.6%"


def test_not_applicable_is_in_the_sum_and_named(page: HomePage, context: Context, say: Say) -> None:
    """不涉及 stands with the last tile and its note says so; pressing it shows those measures, too."""
    say(3, EntryState.NOT_APPLICABLE)
    context.announce(Changes())
    figures = _figures(page)

    assert figures[tiles.TOTAL] == 38 == sum(figures[key] for key in SUM)
    assert "不涉及 1" in page.tiles.tiles[tiles.STEADY].said.notes[0]
    assert page.home is not None
    assert State.NOT_APPLICABLE in words.filter_of(tiles.STEADY, page.home).states


def test_lights_stand_beside_the_sum(page: HomePage) -> None:
    """On 2025-01-10 fourteen are late, the first since 2024-06-30."""
    assert _figures(page)[tiles.OVERDUE] == 14
    assert page.tiles.tiles[tiles.OVERDUE].said.notes == ("最长 194 天",)
    assert "逾期 14" in page.tiles.tiles[tiles.NOT_STARTED].said.notes[0]


def test_done_late_is_told_apart(page: HomePage, context: Context, say: Say) -> None:
    """The one of 2024-06-30, done in December."""
    first = min(board.board(context.store, None, AS_OF).rows, key=lambda row: row.due or date.max)
    say(first.no)
    context.announce(Changes())

    assert "逾期完成 1" in page.tiles.tiles[tiles.DONE].said.notes[0]
    assert "按期完成 0，逾期完成 1" in page.tiles.tiles[tiles.DONE].said.tip


def test_another_date_other_figures(page: HomePage, context: Context) -> None:
    """The page follows the top bar."""
    context.set_scope(as_of=date(2024, 6, 30))

    assert _figures(page)[tiles.OVERDUE] == 0
    assert page.tiles.tiles[tiles.OVERDUE].said.notes == ("没有逾期",)
    assert page.note.text() == "截至2024年6月30日，按措施统计"


def test_a_hidden_page_reads_when_it_is_shown(
    page: HomePage, context: Context, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not while another page is worked on."""
    page.hide()
    asked = []
    real = home.home
    monkeypatch.setattr(home, "home", lambda *args: asked.append(args) or real(*args))
    say(1)
    context.announce(Changes())
    assert asked == []

    page.show()

    assert len(asked) == 1
    assert _figures(page)[tiles.DONE] == 1


def test_a_large_plan_is_read_in_the_background(
    qtbot: QtBot, page: HomePage, context: Context, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old figures stay until the new ones are there; asked twice, the last answer is shown."""
    monkeypatch.setattr(plan_reader, "AT_ONCE", 10)
    say(1)
    context.announce(Changes())
    assert page.reader.is_reading
    assert _figures(page)[tiles.DONE] == 0
    context.set_scope(as_of=date(2024, 6, 30))

    qtbot.waitUntil(lambda: not page.reader.is_reading and page.home is not None and page.home.as_of.year == 2024)

    assert _figures(page)[tiles.OVERDUE] == 0


# what opens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (tiles.TOTAL, TableFilter()),
        (tiles.DONE, TableFilter(states=frozenset({State.DONE}))),
        (tiles.OVERDUE, TableFilter(lights=frozenset({Light.OVERDUE}))),
        (tiles.STEADY, TableFilter(states=frozenset({State.ONGOING, State.WAITING}))),
    ],
)
def test_a_tile_opens_its_measures_by_click_enter_and_space(
    qtbot: QtBot, page: HomePage, key: str, wanted: TableFilter
) -> None:
    tile = page.tiles.tiles[key]

    assert _asked(qtbot, page, lambda: qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)) == wanted
    assert _asked(qtbot, page, lambda: qtbot.keyClick(tile, Qt.Key.Key_Return)) == wanted
    assert _asked(qtbot, page, lambda: qtbot.keyClick(tile, Qt.Key.Key_Space)) == wanted


def test_a_part_opens_its_measures(qtbot: QtBot, page: HomePage) -> None:
    """By keys: down to the second, Enter."""
    page.cards.part_list.setFocus()
    qtbot.keyClick(page.cards.part_list, Qt.Key.Key_Down)
    wanted = _asked(qtbot, page, lambda: qtbot.keyClick(page.cards.part_list, Qt.Key.Key_Return))

    assert wanted.section == 2
    assert wanted.title.startswith("（二）")


def test_a_part_opens_by_mouse(qtbot: QtBot, page: HomePage) -> None:
    place = page.cards.part_list.visualRect(page.cards.part_list.rows.index(0)).center()
    viewport = page.cards.part_list.viewport()

    wanted = _asked(qtbot, page, lambda: qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place))

    assert wanted.section == 1


def test_a_part_of_a_bar_opens_just_its_rows(qtbot: QtBot, page: HomePage) -> None:
    """Under the pointer, and in the menu for the keyboard; 逾期 at the end of a row likewise."""
    parts, units = page.cards.part_list, page.cards.unit_list
    row = next(
        parts.rows.index(n).data(ROW)
        for n in range(parts.rows.rowCount())
        if parts.rows.index(n).data(ROW).figures.overdue
    )
    rect = next(
        parts.visualRect(parts.rows.index(n))
        for n in range(parts.rows.rowCount())
        if parts.rows.index(n).data(ROW) is row
    )
    late = QPoint(rect.right() - 20, rect.center().y())

    wanted = _asked(qtbot, page, lambda: qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=late))

    assert wanted.lights == {Light.OVERDUE}
    assert wanted.section == row.key.key
    unit = units.rows.index(0).data(ROW)
    word, count = unit.counted()[0]
    with qtbot.waitSignal(page.open_unit_part) as told:
        _action(menus.unit_menu(page, unit), f"只看{word} {count} 项").trigger()
    assert told.args == [unit.name, word]
    bar = units.itemDelegate()._bar_rect(units.visualRect(units.rows.index(0)))
    with qtbot.waitSignal(page.open_unit_part) as told:
        qtbot.mouseClick(
            units.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(bar.right()) - 2, int(bar.center().y()))
        )
    assert told.args == [unit.name, "未启动"]


def test_the_ranking_begins_with_who_is_late_most(qtbot: QtBot, page: HomePage) -> None:
    """Numbered; the chosen unit's obligations open; those without a place stand last."""
    rows = [page.cards.unit_list.rows.index(line).data(ROW) for line in range(page.cards.unit_list.rows.rowCount())]
    ranked = [row for row in rows if row.place]
    lateness = [row.figures.overdue for row in ranked]

    assert lateness == sorted(lateness, reverse=True)
    assert rows[: len(ranked)] == ranked
    with qtbot.waitSignal(page.open_unit) as told:
        qtbot.keyClick(page.cards.unit_list, Qt.Key.Key_Return)
    assert told.args == [ranked[0].name]
    assert page.cards.all_units.text() == f"全部 {len(rows)} 个单位"


def test_a_month_opens_what_is_due_in_it(qtbot: QtBot, page: HomePage) -> None:
    """Arrows walk; a month without dates opens nothing."""
    page.cards.strip.setFocus()
    with qtbot.assertNotEmitted(page.show_filtered):
        qtbot.keyClick(page.cards.strip, Qt.Key.Key_Return)  # January 2025
    qtbot.keyClick(page.cards.strip, Qt.Key.Key_Up)
    for _ in range(5):
        qtbot.keyClick(page.cards.strip, Qt.Key.Key_Right)
    wanted = _asked(qtbot, page, lambda: qtbot.keyClick(page.cards.strip, Qt.Key.Key_Return))

    assert wanted.title == "2024年6月到期"
    assert wanted.measures is not None
    assert len(wanted.measures) == 1


def test_months_say_what_they_hold(page: HomePage) -> None:
    """For those who hear the page: year, month, count, lights."""
    model = page.cards.strip.months

    assert model.years == (2024, 2025)
    assert model.index(0, 5).data() == "2024年6月，1 项措施到期，逾期 1"
    assert model.index(1, 0).data() == "2025年1月，没有到期的措施"
    assert model.headerData(0, Qt.Orientation.Vertical) == "2024年"


def test_more_than_three_years_scroll(page: HomePage) -> None:
    """Rows keep their least height; the year of the as-of date is in view."""
    from core.ledger.figures import Figures
    from core.office.statistics import MonthDue

    page.cards.strip.show_months(
        [MonthDue(year, 6, (1,), Figures(total=1, not_started=1)) for year in range(2021, 2028)], date(2026, 3, 1)
    )

    assert len(page.cards.strip.months.years) == 7
    assert page.cards.strip.verticalScrollBar().maximum() > 0
    assert (
        page.cards.strip.viewport().rect().intersects(page.cards.strip.visualRect(page.cards.strip.months.index(5, 2)))
    )


# 待办 ---------------------------------------------------------------------------------------------


def _line(page: HomePage, kind: TodoKind) -> int:
    assert page.home is not None
    return [todo.kind for todo in page.home.todo].index(kind)


def _press(qtbot: QtBot, page: HomePage, kind: TodoKind) -> None:
    page.cards.todo_list.setCurrentIndex(page.cards.todo_list.rows.index(_line(page, kind)))
    qtbot.keyClick(page.cards.todo_list, Qt.Key.Key_Return)


def test_todos_are_counted_and_read_aloud(page: HomePage) -> None:
    assert page.home is not None
    assert page.cards.todo.note.text() == f"{len(page.home.todo)} 件"
    assert page.cards.todo_list.rows.index(_line(page, TodoKind.OVERDUE)).data().startswith("14 项措施逾期，涉及")


def test_overdue_opens_the_late_measures(qtbot: QtBot, page: HomePage) -> None:
    wanted = _asked(qtbot, page, lambda: _press(qtbot, page, TodoKind.OVERDUE))

    assert wanted.lights == {Light.OVERDUE}


def test_doubtful_measures_open_as_such(qtbot: QtBot, page: HomePage) -> None:
    assert _asked(qtbot, page, lambda: _press(qtbot, page, TodoKind.VERIFY)).to_verify


def test_review_opens_the_list_of_those_that_wait(qtbot: QtBot, page: HomePage, context: Context, say: Say) -> None:
    """And the line goes when nothing waits."""
    rows = say(1, EntryState.IN_PROGRESS, only=2)
    context.announce(Changes())
    with qtbot.waitSignal(page.show_reviews):
        _press(qtbot, page, TodoKind.REVIEW)

    context.announce(reviewing.accept(context.store, rows, PERIOD).changes)

    assert page.home is not None
    assert all(todo.kind is not TodoKind.REVIEW for todo in page.home.todo)


def test_an_open_list_is_completed_from_here(qtbot: QtBot, page: HomePage) -> None:
    """The same dialog as in the table."""
    from gui.pages.table.group_dialog import GroupDialog

    _press(qtbot, page, TodoKind.INCOMPLETE)

    dialog = page.findChild(GroupDialog)
    assert dialog is not None
    dialog.reject()


def test_this_week_opens_its_measures(qtbot: QtBot, page: HomePage, context: Context) -> None:
    context.set_scope(as_of=date(2024, 12, 30))
    wanted = _asked(qtbot, page, lambda: _press(qtbot, page, TodoKind.WEEK))

    assert wanted.title == "本周到期"
    assert wanted.measures is not None
    assert len(wanted.measures) == 13


def test_a_name_nobody_has_confirmed_opens_in_the_register(qtbot: QtBot, page: HomePage, context: Context) -> None:
    """A unit that a plan brought along is looked at on 单位, not as a list of members."""
    with qtbot.waitSignal(page.open_register) as told:
        page.acts.act(HomeTodo(TodoKind.NAMES, "1 个名称认不出"))

    assert told.args == [""]


def test_a_list_of_a_file_that_is_only_read_says_why_it_stays(qtbot: QtBot, page: HomePage, context: Context) -> None:
    context.store.read_only = True
    _press(qtbot, page, TodoKind.INCOMPLETE)

    assert page.bar.accessibleName() == "台账以只读方式打开，不能修改名单"
    context.store.read_only = False


def test_this_week_is_printed_with_ctrl_p(
    qtbot: QtBot, page: HomePage, context: Context, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing due is said; without a printer the PDF is offered."""
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.accessibleName() == "本周没有到期的事项"

    context.set_scope(as_of=date(2024, 12, 30))
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(recorder.messages))
    assert "没有找到打印机" in message_words(recorder.last)


def test_the_rows_behind_a_line_are_exported(qtbot: QtBot, page: HomePage, recorder: Recorder, tmp_path: Path) -> None:
    """Overdue obligations as a workbook; the bar says where it went."""
    assert page.home is not None
    row = page.home.todo[_line(page, TodoKind.VERIFY)]
    page.acts.export(row, "xlsx")
    assert recorder.questions[-1].start.name == "待核对措施清单.xlsx"
    recorder.give(tmp_path / "核对.xlsx")
    qtbot.waitUntil(lambda: page.bar.accessibleName().startswith("已导出“核对.xlsx”"))

    sheet = openpyxl.load_workbook(tmp_path / "核对.xlsx").worksheets[0]
    texts = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None]
    assert sum(text.startswith(("（7）", "（8）", "（9）", "（10）", "（11）")) for text in texts) == 5


def test_nothing_to_do_says_so(page: HomePage, monkeypatch: pytest.MonkeyPatch, context: Context) -> None:
    from dataclasses import replace

    real = home.home
    monkeypatch.setattr(home, "home", lambda *args: replace(real(*args), todo=()))
    context.announce(Changes())

    assert page.cards.todo.stack.currentWidget().accessibleName().startswith("没有待办")
    assert page.cards.todo.note.text() == ""


# tables, rules, empty states ------------------------------------------------------------------------


def test_every_picture_has_its_table(qtbot: QtBot, page: HomePage) -> None:
    """By the button in the head; the figures are those of the picture, and what stays below them adds up."""
    for card in (page.cards.parts, page.cards.units, page.cards.months):
        qtbot.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
        assert card.is_table
        assert "显示为图" in card.toggle.accessibleName()
    table = page.cards.parts.table
    assert table is not None
    assert table.foot.texts()[:2] == ["合计", "38"]
    assert sum(int(line[1]) for line in table.figures.rows()) == 38
    of_units = page.cards.units.table
    assert int(of_units.foot.texts()[2]) == sum(int(line[2]) for line in of_units.figures.rows())
    qtbot.mouseClick(page.cards.parts.toggle, Qt.MouseButton.LeftButton)
    assert not page.cards.parts.is_table


def test_a_table_is_copied_with_its_head(qtbot: QtBot, page: HomePage) -> None:
    """Ctrl+C without a choice copies all, with one only that."""
    table = page.cards.months.table
    assert table is not None
    page.cards.months.turn()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("月份\t总数")
    assert lines[1].startswith("2024年6月\t1")
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert len(QGuiApplication.clipboard().text().split("\n")) == 2


def test_every_figure_has_its_rule_in_words(qtbot: QtBot, page: HomePage) -> None:
    """统计口径: figure, value, rule; the rates of the period too."""
    from gui.pages.home import tables

    page.rules.click()
    dialog = page.findChild(QDialog)
    assert dialog is not None
    assert page.home is not None
    rows = {title: (value, rule) for title, value, rule in tables.rule_rows(page.home)}
    assert rows["措施总数"][0] == "38"
    assert rows["完成率"] == ("0.0%", "完成率＝已完成÷（总数－长期坚持－待部署－不涉及）")
    assert "报送率" in rows
    dialog.reject()


def test_without_a_plan_the_page_says_what_to_do(qtbot: QtBot, dressed: object, tmp_path: Path) -> None:
    """导入方案 is one press away."""
    from gui.plan_edit.new_plan import NewPlan

    assert NewPlan is not None
    context = Context(Settings())
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)

    assert made.no_plan is not None
    assert made.no_plan.isVisible()
    assert not made.no_plan.take_in.isEnabled()  # no ledger is open
    with qtbot.waitSignal(made.new_asked):
        made.no_plan.new.click()
    with closing(files.create_ledger(tmp_path / "一.db")) as store:
        context.set_store(store)
        assert made.stack.currentWidget() is made.area
        context.set_store(None)
    context.jobs.close()


@pytest.mark.parametrize("key", ["dingxi", "hongsibu", "suizhou", "qinzhou"])
def test_every_bundled_plan_is_shown(qtbot: QtBot, dressed: object, tmp_path: Path, key: str) -> None:
    """Without tasks, without sections, with 长期坚持: the sum holds and nothing is cut at the smallest window."""
    context = Context(Settings())
    context.as_of = date(2024, 8, 1)
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(800, 484)
    made.show()
    qtbot.waitExposed(made)
    with closing(files.create_ledger(tmp_path / f"{key}.db", key)) as store:
        context.set_store(store)
        figures = _figures(made)
        assert figures[tiles.TOTAL] == sum(figures[name] for name in SUM)
        assert made.area.widget().width() <= made.area.viewport().width()
        made.grab()
        context.set_store(None)
    context.jobs.close()


# looks --------------------------------------------------------------------------------------------


def test_the_focus_ring_is_the_keyboards(qtbot: QtBot, page: HomePage) -> None:
    """Tab shows it, a click does not."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    viewport = page.cards.part_list.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
    assert not page.cards.part_list.shows_ring
    page.cards.part_list.clearFocus()
    page.cards.part_list.setFocus(Qt.FocusReason.TabFocusReason)

    assert page.cards.part_list.shows_ring


def test_everything_is_reached_by_tab(qtbot: QtBot, page: HomePage) -> None:
    """Tiles, lists, months, buttons: one round of Tab finds them all, heads of cards before their pictures."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    wanted = {
        *page.tiles.tiles.values(),
        page.cards.part_list,
        page.cards.todo_list,
        page.cards.unit_list,
        page.cards.strip,
    }
    wanted |= {page.rules, page.report, page.cards.all_units, page.cards.parts.toggle}
    page.rules.setFocus()
    seen: list[object] = []
    for _ in range(len(wanted) + 6):
        seen.append(QGuiApplication.focusObject())
        page.focusNextChild()

    assert wanted <= set(seen)
    order = (
        page.tiles.tiles[tiles.TOTAL],
        page.cards.parts.toggle,
        page.cards.part_list,
        page.cards.todo_list,
        page.cards.unit_list,
        page.cards.strip,
    )
    places = [seen.index(widget) for widget in order]
    assert places == sorted(places)


def test_enter_presses_buttons_and_links(qtbot: QtBot, page: HomePage) -> None:
    """As it does tiles and rows; in dialogs Enter stays the dialog's."""
    with qtbot.waitSignal(page.open_document) as told:
        qtbot.keyClick(page.report, Qt.Key.Key_Return)
    assert told.args[0] in {"report", "progress"}
    with qtbot.waitSignal(page.open_page) as told:
        qtbot.keyClick(page.cards.all_units, Qt.Key.Key_Enter)
    assert told.args == ["units"]


def test_high_contrast_draws_bars_in_its_own_colours(
    qtbot: QtBot, dressed: object, context: Context, say: Say, qapp: object
) -> None:
    """No light ground is left on the page."""
    say(1)
    app.dress(qapp, Settings(high_contrast=True))  # type: ignore[arg-type]
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(1206, 684)
    made.show()
    qtbot.waitExposed(made)
    image: QImage = made.grab().toImage()
    app.dress(qapp, Settings())  # type: ignore[arg-type]
    corner = made.cards.parts.mapTo(made, QPoint(made.cards.parts.width() // 2, made.cards.parts.height() - 6))

    assert image.pixelColor(corner).lightness() < 40


def test_menus_of_the_cards_open_and_turn(qtbot: QtBot, page: HomePage) -> None:
    """What is under the pointer, and the table with its copy."""
    row = page.cards.unit_list.current()
    with qtbot.waitSignal(page.show_filtered) as told:
        _action(menus.unit_menu(page, row), "在任务分解里查看").trigger()
    assert told.args[0].unit == row.name
    with qtbot.waitSignal(page.show_filtered):
        _action(menus.part_menu(page, page.cards.part_list.current()), "查看这部分的措施").trigger()
    assert page.home is not None
    due = next(due for due in page.home.statistics.months if due.measures)
    with qtbot.waitSignal(page.show_filtered):
        _action(menus.month_menu(page, due), "查看到期的措施").trigger()
    _action(menus.month_menu(page, None), "显示为表格").trigger()
    assert page.cards.months.is_table
    _action(menus.unit_menu(page, None), "复制表格").trigger()
    assert QGuiApplication.clipboard().text().startswith("单位\t名次")


def _action(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_the_menu_of_a_todo_prints_and_exports(page: HomePage) -> None:
    assert page.home is not None
    row = page.home.todo[_line(page, TodoKind.OVERDUE)]
    menu = menus.todo_menu(page, row)
    texts = [action.text() for action in menu.actions() if action.text()]

    assert texts == ["查看", "打印这份清单", "导出 Excel", "导出 PDF", "导出 Word", "打印本周到期"]
    assert not menu.actions()[-1].isEnabled()  # nothing is due in this week


def test_the_page_is_made_for_its_date(page: HomePage) -> None:
    assert page.home is not None
    assert page.home.as_of == AS_OF


def test_a_plan_that_cannot_be_read_says_so(page: HomePage, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence stands where the figures were; the next reading brings them back."""
    from core.errors import LedgerFileError

    def fail(*_args: object) -> None:
        raise LedgerFileError("台账文件读不到了。", hint="请检查U盘是否还在。")

    real = home.home
    monkeypatch.setattr(home, "home", fail)
    context.announce(Changes())
    assert page.stack.currentWidget() is page.wait
    assert "读不到" in page.wait.text()

    monkeypatch.setattr(home, "home", real)
    context.announce(Changes())
    assert page.stack.currentWidget() is page.area


def test_the_next_report_opens_its_list(qtbot: QtBot, dressed: object, tmp_path: Path) -> None:
    """钦州's report of August: made on 报告, marked as sent in the list of reports."""
    context = Context(Settings())
    context.as_of = date(2024, 8, 1)
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    with closing(files.create_ledger(tmp_path / "钦州.db", "qinzhou")) as store:
        context.set_store(store)
        with qtbot.waitSignal(made.open_page) as told:
            _press(qtbot, made, TodoKind.REPORT)
        assert told.args == ["report"]
        assert made.home is not None
        row = made.home.todo[_line(made, TodoKind.REPORT)]
        _action(menus.todo_menu(made, row), "上报事项，登记上报").trigger()
        dialog = made.findChild(QDialog)
        assert dialog is not None
        dialog.reject()
        context.set_store(None)
    context.jobs.close()


def test_a_cancelled_reading_begins_anew_when_the_page_is_shown(
    qtbot: QtBot, page: HomePage, context: Context, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old figures stay meanwhile."""
    monkeypatch.setattr(plan_reader, "AT_ONCE", 10)
    say(1)

    def held(_store: object, _label: object, _read: object, _scope: object, job: Job) -> None:
        """A reading that is still on its way when 取消 is pressed, however fast the machine is."""
        while True:
            job.step(0, 0, "正在统计")
            time.sleep(0.01)

    with monkeypatch.context() as slow, qtbot.waitSignal(page.reader.cancelled):
        slow.setattr(plan_reader, "_work", held)
        context.announce(Changes())
        context.jobs.cancel()
    assert _figures(page)[tiles.DONE] == 0

    page.hide()
    page.show()

    qtbot.waitUntil(lambda: _figures(page)[tiles.DONE] == 1)
