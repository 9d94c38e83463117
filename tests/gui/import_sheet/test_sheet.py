"""The sheet as the clerk works with it: by keys, by clicks, until the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from core.job import Job
from core.office import review as office
from core.office import tables
from core.office.review import Review
from core.store.database import Store
from gui.import_sheet.lines import Gap
from gui.import_sheet.problem_model import AS_PRINTED, FILL
from gui.import_sheet.sheet import ImportSheet
from tests.gui.recorder import Recorder

Show = Callable[[Review], ImportSheet]
KEY = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def edit(sheet: ImportSheet, no: int, column: str):
    sheet.draft.view.edit_cell(no, column)
    editor = sheet.draft.view.editor
    assert editor is not None
    return editor


def test_the_work_begins_on_the_first_problem(sheet: ImportSheet) -> None:
    assert sheet.problems.view.hasFocus()
    assert sheet.problems.view.current_issue() is sheet.session.issues[0]
    assert sheet.draft.view.chosen_nos() == [3, 4]


def test_nothing_can_be_imported_while_something_stands_in_the_way(sheet: ImportSheet, qtbot) -> None:
    assert not sheet.foot.confirm.isEnabled()
    assert sheet.foot.reason.text() == "还没有写入台账。处理完“须处理”的 1 处后即可导入。"
    with qtbot.assertNotEmitted(sheet.confirmed):
        sheet.confirm()


def test_a_gap_accepted_as_printed_clears_the_way(sheet: ImportSheet, qtbot) -> None:
    sheet.problems.asked.emit(sheet.session.issues[0], AS_PRINTED)

    assert sheet.foot.confirm.isEnabled()
    assert "1 处“请核对”还没有核对" in sheet.foot.reason.text()
    with qtbot.waitSignal(sheet.confirmed):
        press(sheet.problems.view, KEY.Key_Return, CTRL)


def test_enter_on_a_gap_adds_its_measures_and_opens_the_first(sheet: ImportSheet) -> None:
    press(sheet.problems.view, KEY.Key_Return)

    editor = sheet.draft.view.editor
    assert editor is not None
    assert editor.words == "（4）"
    assert sheet.foot.reason.text() == "还没有写入台账。填好 2 项空白措施后即可导入。"


def test_the_line_of_a_gap_can_be_activated_too(sheet: ImportSheet) -> None:
    row = next(row for row, line in enumerate(sheet.draft.view.draft_model.lines) if isinstance(line, Gap))
    sheet.draft.view.setCurrentIndex(sheet.draft.view.draft_model.index(row, 0))

    press(sheet.draft.view, KEY.Key_Return)

    assert len(sheet.session.plan.measures) == 8


def test_f8_and_f7_walk_the_open_problems(sheet: ImportSheet) -> None:
    press(sheet.problems.view, KEY.Key_F8)
    assert sheet.problems.view.current_issue() is sheet.session.issues[1]
    assert sheet.draft.view.chosen_nos() == [2]
    press(sheet.problems.view, KEY.Key_F7)
    assert sheet.problems.view.current_issue() is sheet.session.issues[0]


def test_what_is_understood_follows_the_typing(sheet: ImportSheet) -> None:
    editor = edit(sheet, 1, "division")
    editor.field.setPlainText("司法局牵头，财政局、公安局配合")

    assert editor.note.text() == "1 个牵头，2 个配合"
    editor = edit(sheet, 1, "deadline")
    editor.field.setPlainText("2025年9月底前")
    assert editor.note.text() == "2025-09-30"


def test_enter_keeps_what_was_typed_and_escape_drops_it(sheet: ImportSheet, recorder: Recorder) -> None:
    editor = edit(sheet, 1, "text")
    editor.field.setPlainText("（1）新的话。")
    press(editor.field, KEY.Key_Return)
    assert sheet.session.plan.measures[0].text == "新的话。"

    editor = edit(sheet, 1, "text")
    editor.field.setPlainText("（1）不要的话。")
    press(editor.field, KEY.Key_Escape)

    assert sheet.session.plan.measures[0].text == "新的话。"
    assert not recorder.messages


def test_tab_goes_on_to_the_next_cell(sheet: ImportSheet) -> None:
    editor = edit(sheet, 1, "text")
    press(editor.field, KEY.Key_Tab)

    following = sheet.draft.view.editor
    assert following is not None
    assert following.words == "各乡镇、各行政执法单位"


def test_the_cut_is_made_at_the_cursor(sheet: ImportSheet) -> None:
    editor = edit(sheet, 1, "text")
    cursor = editor.field.textCursor()
    cursor.setPosition(editor.field.toPlainText().index("；") + 1)
    editor.field.setTextCursor(cursor)
    press(editor.field, KEY.Key_Return, CTRL | SHIFT)

    assert [m.text for m in sheet.session.plan.measures[:2]] == ["组织第1次培训；", "形成台账。"]
    assert sheet.draft.view.chosen_nos() == [1, 2]


def test_without_a_cursor_the_cut_is_asked_for(sheet: ImportSheet) -> None:
    sheet.draft.view.choose([1])
    sheet.draft._tell_possible()
    sheet.draft.split.click()

    editor = sheet.draft.view.editor
    assert editor is not None
    assert "把光标放在断开的地方" in editor.note.text()
    sheet.draft.split.click()
    assert sheet.session.plan.measures[0].text == "组织第1次培训；"


def test_keys_add_move_merge_and_delete(sheet: ImportSheet) -> None:
    view = sheet.draft.view
    view.setFocus()
    view.choose([1])
    press(view, KEY.Key_Down, ALT)
    assert [m.label for m in sheet.session.plan.measures[:2]] == ["（2）", "（1）"]
    press(view, KEY.Key_Up, ALT)
    press(view, KEY.Key_M, CTRL)
    assert len(sheet.session.plan.measures) == 5
    press(view, KEY.Key_Delete)
    assert len(sheet.session.plan.measures) == 4
    press(view, KEY.Key_Z, CTRL)
    press(view, KEY.Key_Z, CTRL)
    assert len(sheet.session.plan.measures) == 6
    press(view, KEY.Key_Y, CTRL)
    assert len(sheet.session.plan.measures) == 5


def test_insert_adds_a_measure_under_the_chosen_one(sheet: ImportSheet) -> None:
    view = sheet.draft.view
    view.setFocus()
    view.choose([2])
    press(view, KEY.Key_Insert)

    assert view.editor is not None
    press(view.editor.field, KEY.Key_Escape)
    assert sheet.session.blank == (3,)


def test_choosing_rows_frames_them_in_the_source(sheet: ImportSheet) -> None:
    view = sheet.draft.view
    view.setFocus()
    view.setCurrentIndex(view.draft_model.index(view.draft_model.row_of(1) or 0, 0))

    texts = [sheet.session.places.text(place) for place in sheet.source._lit]
    assert texts[0].startswith("（1）组织第1次培训")
    assert "（一）强化学习" not in texts


def test_a_click_into_the_source_chooses_what_was_read_there(sheet: ImportSheet, qtbot) -> None:
    blocks = sheet.source.blocks
    place = next(p for p in sheet.session.review.draft.places[5] if "第7轮" in sheet.session.places.text(p))
    rect = blocks._layout.by_place[place]
    blocks.verticalScrollBar().setValue(rect.top() - 50)
    point = QPoint(rect.center().x(), rect.center().y() - blocks.verticalScrollBar().value())
    QTest.mouseClick(blocks.viewport(), Qt.MouseButton.LeftButton, pos=point)

    assert sheet.draft.view.chosen_nos() == [5]


def test_the_source_says_where_numbers_are_missing_until_they_are_there(sheet: ImportSheet) -> None:
    assert list(sheet.session.source_gaps().values()) == ["此处缺：没有（4）—（5）"]

    sheet.problems.asked.emit(sheet.session.issues[0], FILL)

    assert not sheet.session.source_gaps()


def test_leaving_asks_only_when_something_was_done(sheet: ImportSheet, recorder: Recorder, qtbot) -> None:
    sheet.session.handle(sheet.session.issues[0])
    press(sheet.problems.view, KEY.Key_Escape)
    assert recorder.last.headline == "方案还没有导入"
    sheet.session.undo()

    with qtbot.waitSignal(sheet.given_up):
        sheet.head.close_button.click()


def test_other_columns_over_edits_ask_first(sheet: ImportSheet, recorder: Recorder, qtbot) -> None:
    sheet.session.handle(sheet.session.issues[0])
    with qtbot.assertNotEmitted(sheet.columns_said):
        sheet.source.columns_said.emit({1: "text"})
    with qtbot.waitSignal(sheet.columns_said):
        recorder.press("重新读入")


def test_columns_that_do_not_go_together_say_why(sheet: ImportSheet) -> None:
    strip = sheet.source.strip
    combo = strip.combos[1]
    combo.setCurrentIndex(combo.findData("other"))

    assert not strip.apply.isEnabled()
    assert strip._reason.text() == "请指定哪一列是具体措施"


def test_the_real_pages_of_a_pdf_are_shown_with_the_place_framed(store: Store, show: Show, tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    tables.export_table(store, None, "pdf", path, Job())
    sheet = show(office.review_document(store, path, Job()))

    no = len(sheet.session.plan.measures)
    sheet.draft.view.choose([no])
    sheet.draft.chosen_changed.emit()

    assert sheet.source.is_pdf
    assert sheet.source.pages.current_page() == sheet.session.places_of([no])[0].page
    assert sheet.source.pages._found(sheet.source._lit[0])


def test_a_document_without_problems_says_so(store: Store, show: Show, whole_document: Path) -> None:
    sheet = show(office.review_document(store, whole_document, Job()))

    assert sheet.problems.nothing.isVisible()
    assert sheet.foot.confirm.isEnabled()
    assert sheet.draft.view.hasFocus()


@pytest.mark.parametrize("width", [960, 1093, 1366])
def test_no_control_is_cut_off(sheet: ImportSheet, width: int) -> None:
    sheet.setGeometry(0, 0, width, 600)
    for each in sheet.findChildren(QAbstractButton):
        if each.isVisible() and each.text():
            assert each.width() >= each.sizeHint().width(), each.text()
    right = max(each.mapTo(sheet, QPoint(each.width(), 0)).x() for each in (sheet.foot.confirm, sheet.problems))
    assert right <= width


def test_everything_that_takes_the_focus_has_a_name(sheet: ImportSheet) -> None:
    for each in sheet.findChildren(QWidget):
        own = type(each) is not QAbstractButton  # Qt's own corner of a table
        if own and isinstance(each, (QAbstractButton, QLineEdit, QComboBox)):
            assert each.accessibleName() or getattr(each, "text", str)(), each
    for view in (sheet.source.blocks, sheet.source.pages, sheet.problems.view, sheet.draft.view):
        assert view.accessibleName()
