"""The habits of Excel that every plain table has: order, filter, widths, copying, 合计."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gui.widgets import column_widths
from gui.widgets.plain_table import Column, PlainTable

COLUMNS = (Column("单位"), Column("应报", "9999", is_number=True), Column("收到", "2024-12-31"))
ROWS = [
    ("司法局", "9", "2025-01-03"),
    ("财政局", "10", "2024-12-30"),
    ("住建局", "2", ""),
    ("教育局", "2", "2024-12-30"),
]
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def kept() -> Iterator[dict[str, list[int]]]:
    made: dict[str, list[int]] = {}
    column_widths.use(made)
    yield made
    column_widths.use({})


@pytest.fixture
def sheet(qtbot: QtBot, kept: dict[str, list[int]]) -> QWidget:
    return _sheet(qtbot)


def _sheet(qtbot: QtBot) -> QWidget:
    made = QWidget()
    table = PlainTable(COLUMNS, "各单位", made)
    made.table = table  # type: ignore[attr-defined]
    made.setLayout(table.with_foot())
    made.resize(520, 300)
    qtbot.addWidget(made)
    made.show()
    table.show_rows(ROWS)
    table.foot.show_totals({1: "23"})
    return made


def _names(table: PlainTable) -> list[str]:
    return [words[0] for words in table.shown()]


def test_a_head_sorts_up_down_and_back_and_the_cursor_stays_on_its_row(sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.choose(0)

    table.head.sectionClicked.emit(0)
    assert _names(table) == ["财政局", "教育局", "司法局", "住建局"]
    assert table.row() == 0
    assert table.cell(table.row(), 0) == "司法局"
    table.head.sectionClicked.emit(0)
    assert _names(table) == ["住建局", "司法局", "教育局", "财政局"]
    table.head.sectionClicked.emit(0)
    assert _names(table) == ["司法局", "财政局", "住建局", "教育局"]
    assert table.row() == 0


def test_numbers_begin_with_the_most_and_what_is_empty_stands_last(sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]

    table.head.sectionClicked.emit(1)
    assert [words[1] for words in table.shown()] == ["10", "9", "2", "2"]
    for _ in range(2):
        table.head.sectionClicked.emit(2)
        assert table.shown()[-1][2] == ""


def test_a_filter_says_how_much_it_leaves_and_hides_totals_of_all(sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    assert table.foot.accessibleName() == "合计，应报 23"

    table.filter_by(2, frozenset({"2024-12-30"}))

    assert _names(table) == ["财政局", "教育局"]
    assert table.foot.accessibleName() == "筛选出 2 / 4 行"
    table.foot.clear_filters.click()
    assert len(table.shown()) == 4
    assert table.foot.texts() == ["合计", "23", ""]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_alt_down_opens_the_filter_of_the_column(qtbot: QtBot, sheet: QWidget) -> None:
    from gui.widgets.popups import FilterMenu

    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.setCurrentIndex(table.model().index(0, 2))
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = table.findChild(FilterMenu)

    assert [row.text() for row in menu.rows] == ["从早到晚", "从晚到早"]
    menu.rows[0].click()
    assert [words[2] for words in table.shown()] == ["2024-12-30", "2024-12-30", "2025-01-03", ""]


def test_rows_that_come_later_keep_order_and_filter_but_not_a_filter_of_nothing(sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.filter_by(1, frozenset({"2"}))
    table.head.sectionClicked.emit(0)

    table.show_rows([*ROWS, ("公安局", "2", "")])
    assert _names(table) == ["公安局", "教育局", "住建局"]
    table.show_rows([("财政局", "7", "")])
    assert _names(table) == ["财政局"]


def test_dragged_widths_come_back_and_a_double_click_forgets_them(
    qtbot: QtBot, sheet: QWidget, kept: dict[str, list[int]]
) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    before = [table.columnWidth(at) for at in range(3)]

    table.head.resizeSection(1, 130)
    assert kept == {"各单位 单位 应报 收到": [0, 130, 0]}
    assert sum(table.columnWidth(at) for at in range(3)) == table.viewport().width()
    assert _sheet(qtbot).table.columnWidth(1) == 130  # type: ignore[attr-defined]

    table.head.sectionHandleDoubleClicked.emit(1)
    assert [table.columnWidth(at) for at in range(3)] == before
    assert kept == {}


def test_the_edge_of_the_column_that_takes_the_rest_moves_its_neighbour(sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    first, second = table.columnWidth(0), table.columnWidth(1)

    table.head.resizeSection(0, first - 30)

    assert (table.columnWidth(0), table.columnWidth(1)) == (first - 30, second + 30)


def test_all_rows_are_copied_with_head_and_total_one_row_alone(qtbot: QtBot, sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")

    assert lines[0] == "单位\t应报\t收到"
    assert lines[-1] == "合计\t23\t"
    assert len(lines) == 6
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "财政局\t10\t2024-12-30"


def test_an_act_is_done_with_one_row_that_alone_shows_as_chosen(qtbot: QtBot, sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.selectAll()

    with qtbot.waitSignal(table.removal_asked):
        qtbot.keyClick(table, Qt.Key.Key_Delete, NO_KEYS)

    assert table.chosen_lines() == [table.currentIndex().row()]


def test_the_model_keeps_the_rules(qtmodeltester: ModelTester, sheet: QWidget) -> None:
    table: PlainTable = sheet.table  # type: ignore[attr-defined]
    table.head.sectionClicked.emit(1)
    table.filter_by(1, frozenset({"2", "9"}))

    qtmodeltester.check(table.model())
