"""The table itself: heights, merged cells, keys, mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from gui import theme
from gui.pages.table import arrange
from gui.pages.table.arrange import View
from gui.pages.table.columns import TEXT
from gui.pages.table.layout import PAD_X, PAD_Y, Heights
from gui.pages.table.rows import prepare
from gui.pages.table.view import TableView
from gui.widgets.clipboard import as_html, as_text

NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, dressed, table):
    made = TableView()
    qtbot.addWidget(made)
    made.resize(1174, 568)
    made.show()
    qtbot.waitExposed(made)
    made.show_lines(table.columns, arrange.arrange(table, View()))
    return made


def press(qtbot, view, *keys, modifier=NO_KEY):
    for key in keys:
        qtbot.keyClick(view, key, modifier)


def click(qtbot, view, no, column, modifier=NO_KEY):
    cell = view.visualRect(view.table_model.index(view.table_model.line_of(no), column))
    qtbot.mouseClick(view.viewport(), LEFT, modifier, cell.center())


def test_rows_are_as_high_as_their_text_and_merged_cells_fit_too(view, table):
    """No text is cut off, wherever it stands."""
    arranged = view.table_model.arranged
    for line, row in enumerate(arranged.lines):
        for column in range(len(table.columns)):
            span = max(view.rowSpan(line, column), 1)
            if view.is_merged(line, column) and span == 1:
                continue
            room = sum(view.rowHeight(line + more) for more in range(span))
            block = view.blocks.get(row.texts[column], view.columnWidth(column) - 2 * PAD_X)
            if table.columns[column].is_printed:
                assert block.height + 2 * PAD_Y <= room, (row.no, column)


def test_heights_grow_when_the_columns_get_narrower(view, table):
    widths = [view.columnWidth(column) for column in range(len(table.columns))]
    narrow = [width // 2 + 2 * PAD_X for width in widths]
    arranged = view.table_model.arranged

    wide_sum = sum(Heights(table.columns, widths, view.blocks).of(arranged))

    assert sum(Heights(table.columns, narrow, view.blocks).of(arranged)) > wide_sum


def test_measure_column_takes_the_rest_of_the_width(view):
    column = view.table_model.column_of(TEXT)
    before = view.columnWidth(column)

    view.resize(view.width() + 100, view.height())

    assert before + 100 == view.columnWidth(column)
    assert not view.horizontalScrollBar().maximum()


def test_a_dragged_column_keeps_its_width_and_the_measure_column_gives(view):
    column = view.table_model.column_of(TEXT)
    before = view.columnWidth(column)

    view.head.resizeSection(3, view.columnWidth(3) + 40)

    assert before - 40 == view.columnWidth(column)
    assert view.own_widths == {"division": 124 + 40}


def test_arrow_keys_walk_rows_over_merged_cells(qtbot, view):
    """In the section's column too, where Qt would jump over the whole section."""
    view.choose([1], 1)
    view.setCurrentIndex(view.table_model.index(0, 0))
    press(qtbot, view, Qt.Key.Key_Down)
    assert view.chosen_nos() == [2]
    press(qtbot, view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert view.chosen_nos() == [1]
    assert view.currentIndex().column() == 1
    press(qtbot, view, Qt.Key.Key_Up)
    assert view.chosen_nos() == [1]


def test_home_end_and_pages(qtbot, view):
    view.choose([5], 5)
    press(qtbot, view, Qt.Key.Key_End)
    assert view.chosen_nos() == [38]
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    press(qtbot, view, Qt.Key.Key_PageUp)
    assert 25 < view.current_no() < 38
    press(qtbot, view, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
    assert 1 < view.current_no() < 12
    press(qtbot, view, *(Qt.Key.Key_PageDown,) * 12)
    assert view.chosen_nos() == [38]


def test_keys_step_over_bands(qtbot, view, two_roles):
    other = prepare(two_roles)
    view.show_lines(other.columns, arrange.arrange(other, View()))
    last = max(row.no for row in other.rows if row.source.section.no == 1)
    view.choose([last], last)

    press(qtbot, view, Qt.Key.Key_Down)

    assert [last + 1] == view.chosen_nos()


def test_a_click_in_a_merged_cell_chooses_the_row_under_the_pointer(qtbot, view):
    click(qtbot, view, 3, 0)
    assert view.chosen_nos() == [3]
    click(qtbot, view, 2, 3)
    assert view.chosen_nos() == [2]


def test_ranges_do_not_grow_to_the_merged_cells_they_touch(qtbot, view):
    click(qtbot, view, 2, 3)
    click(qtbot, view, 3, 3, SHIFT)
    assert view.chosen_nos() == [2, 3]
    click(qtbot, view, 5, 0, CONTROL)
    assert view.chosen_nos() == [2, 3, 5]
    press(qtbot, view, Qt.Key.Key_A, modifier=CONTROL)
    assert len(view.chosen_nos()) == 38


def test_enter_and_double_click_open_the_measure(qtbot, view):
    view.choose([4], 4)
    with qtbot.waitSignal(view.measure_activated, check_params_cb=lambda no: no == 4):
        press(qtbot, view, Qt.Key.Key_Return)
    cell = view.visualRect(view.table_model.index(1, 0))
    qtbot.mouseClick(view.viewport(), LEFT, NO_KEY, cell.center())
    with qtbot.waitSignal(view.measure_activated, check_params_cb=lambda no: no == 2):
        qtbot.mouseDClick(view.viewport(), LEFT, NO_KEY, cell.center())


def test_a_head_asks_for_its_filter_by_click_and_by_alt_down(qtbot, view):
    with qtbot.waitSignal(view.filter_requested, check_params_cb=lambda column: column == 4):
        place = view.head.head_rect(4).center()
        qtbot.mouseClick(view.head.viewport(), LEFT, NO_KEY, place)
    view.setCurrentIndex(view.table_model.index(0, 6))
    with qtbot.waitSignal(view.filter_requested, check_params_cb=lambda column: column == 6):
        press(qtbot, view, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)


def test_neighbours_of_one_title_share_a_head(view):
    joint = view.head.head_rect(0)

    assert view.columnWidth(0) + view.columnWidth(1) == joint.width()
    assert joint == view.head.head_rect(1)


def test_keyboard_focus_begins_at_the_first_row(qtbot, view):
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: view.shows_ring)

    assert view.chosen_nos() == [1]
    click(qtbot, view, 3, 2)
    assert not view.shows_ring


def test_hover_follows_the_pointer(qtbot, view):
    qtbot.mouseMove(view.viewport(), QPoint(400, 10))
    qtbot.mouseMove(view.viewport(), QPoint(400, 90))

    assert view.hover_line == view.rowAt(90)


def test_new_width_keeps_the_row_at_the_top(view):
    view.verticalScrollBar().setValue(700)
    line, offset = view.rowAt(0), view.rowViewportPosition(view.rowAt(0))

    view.resize(1000, view.height())

    assert (line, offset) == (view.rowAt(0), view.rowViewportPosition(line))


def test_text_of_a_merged_cell_stays_in_sight_while_scrolling(view):
    """The section's cell shows ink at the top of the window after its first row has gone."""
    view.verticalScrollBar().setValue(120)
    shot = view.grab().toImage()
    top = view.head.height()
    ink = theme.colour(theme.tokens().surface)

    cell = [shot.pixelColor(x, y) for x in range(14, 80) for y in range(top + 8, top + 30)]

    assert any(colour != ink for colour in cell)


def test_cells_are_pasted_as_text():
    """Tabs between cells, quotes where a cell needs them; in the table form 26/33 must not become a date."""
    table = [["（1）加强", '他说"好"', "26/33"], ["a\tb", "", "1"]]

    assert as_text(table) == '（1）加强\t"他说""好"""\t26/33\n"a\tb"\t\t1'
    assert "mso-number-format:'\\@'\">26/33</td>" in as_html(table)
    assert "&lt;" in as_html([["<"]])


def test_copy_is_asked_for_by_its_key(qtbot, view):
    QGuiApplication.clipboard().clear()
    view.choose([1, 2], 1)
    with qtbot.waitSignal(view.copy_requested):
        press(qtbot, view, Qt.Key.Key_C, modifier=CONTROL)


def test_an_empty_table_takes_keys_and_focus(qtbot, dressed):
    """Before a plan is read, and where the file has none."""
    made = TableView()
    qtbot.addWidget(made)
    made.show()
    made.clearFocus()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    made.grab()

    press(qtbot, made, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Return, Qt.Key.Key_Right)

    assert made.current_no() is None
    assert not made.shows_ring
