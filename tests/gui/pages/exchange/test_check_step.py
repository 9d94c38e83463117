"""Step 4: returns beside the ledger; only what is ticked is written, what was reviewed only with a yes."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from core.model.ledger import EntryState
from core.office import progress, received, reviewing, undo
from core.office.form_value import FormValue
from gui.pages.exchange import opening
from gui.pages.exchange.assign_dialog import PaperDialog, SheetDialog
from gui.pages.exchange.check_lines import Show
from gui.pages.exchange.diff_lines import REVIEWED
from gui.pages.exchange.diff_model import GOT, TAKE
from gui.pages.exchange.page import ExchangePage
from gui.pages.exchange.problem_model import ACT, CORRECT, FOUND, KEEP, SEND_BACK
from gui.pages.exchange.step import CHECK, COLLECT, READ_ONLY
from gui.pages.progress.return_dialog import ReturnDialog
from tests.core.office.returned_files import record_of
from tests.gui.pages.conftest import PERIOD, words

KEY = Qt.Key
BAD_DAY = {"状态": "已完成", "完成日期": "2024.13.5", "工作进展": "完成"}
TWO = {0: {"状态": "推进中", "工作进展": "检查12次"}, 1: {"状态": "推进中", "工作进展": "办了两件事"}}


@pytest.fixture
def step(page):
    page.show_step(CHECK)
    return page.check_step


@pytest.fixture
def idle(qtbot, page, context):
    """Wait until nothing is read or written any more."""

    def go() -> None:
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not context.jobs.is_busy and not page.returning.is_reading, timeout=20000)
        for _ in range(3):
            QApplication.processEvents()
        qtbot.waitUntil(lambda: not context.jobs.is_busy and not page.returning.is_reading, timeout=20000)

    return go


@pytest.fixture
def read(page, step, idle):
    """Take files in and show them on the step."""

    def go(*paths) -> None:
        page.take(list(paths))
        idle()
        page.show_step(CHECK)
        idle()

    return go


@pytest.fixture
def record(context):
    """What the ledger has of the measure of a line of a unit's sheet."""

    def go(unit: str, number: int, state=EntryState.IN_PROGRESS, text: str = "检查10次", *, is_reviewed=False) -> int:
        key = progress.find_obligation(context.store, None, number, unit).id
        progress.save(context.store, key, PERIOD, FormValue(state, text=text))
        if is_reviewed:
            reviewing.accept(context.store, [key], PERIOD)
        return key

    return go


def listed(step) -> list[tuple[str, str]]:
    """The lines of the left list: heads with their number, units with their note."""
    return [(line.title, str(line.count) if line.is_head else line.note) for line in step.list.list_model.lines]


def fields(step) -> list[tuple[str, str, str]]:
    return [(line.diff.title, line.diff.have, line.diff.got) for line in step.pane.diff.diff_model.lines]


def number_of(path, at: int = 0) -> int:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "工作进展" for cell in row))
    return sheet.cell(head[0].row + 1 + at, 1).value


# --- showing -------------------------------------------------------------------------------------------


def test_before_anything_came_the_step_says_what_to_do(qtbot, page, step):
    assert step.stack.currentIndex() == 1
    with qtbot.waitSignal(step.go) as went:
        step.empty.buttons[0].click()
    assert went.args == [COLLECT]


def test_returns_stand_in_groups_with_problems_first(step, read, filled):
    read(filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "好"}}), filled("公安局", TWO))

    assert listed(step) == [("有问题", "1"), ("财政局", "1 处问题"), ("待核对", "1"), ("公安局", "改动 4 处")]
    assert [chip.count() for chip in step.chips.values()] == [2, 23, 1]


def test_old_and_new_stand_side_by_side(step, read, filled, record):
    path = filled("财政局")
    record("财政局", number_of(path))
    read(path)

    assert fields(step) == [("工作进展", "检查10次", "检查12次")]
    line = step.pane.diff.diff_model.lines[0]
    (gone,), (come,) = line.marks
    assert (line.diff.have[gone.start :][: gone.length], line.diff.got[come.start :][: come.length]) == ("10", "12")
    assert step.pane.take.text() == "接受所选 1 处"


def test_units_that_have_not_returned_are_listed_by_their_chip(step, read, filled):
    read(filled("财政局"))
    step.chips[Show.MISSING].click()

    assert listed(step)[0] == ("未回收", "24")
    assert step.right.currentWidget() is step.blank
    assert "还没有收到" in step.blank_words.text()


def test_a_return_of_another_period_says_so(step, read, filled, context):
    path = filled("财政局")
    context.set_scope(period_key="2024Q3")
    read(path)

    assert ("财政局", "2024年第四季度，改动 2 处") in listed(step)


# --- accepting -----------------------------------------------------------------------------------------


def test_only_what_is_ticked_is_written_and_it_can_be_taken_back(page, step, read, filled, idle, context):
    path = filled("财政局", TWO)
    first, second = number_of(path), number_of(path, 1)
    read(path)
    step.pane.diff.setCurrentIndex(step.pane.diff.diff_model.index(2, GOT))
    press(step.pane.diff, KEY.Key_Space)
    press(step.pane.diff, KEY.Key_Down)
    press(step.pane.diff, KEY.Key_Space)
    assert step.pane.take.text() == "接受所选 2 处"

    step.pane.take.click()
    idle()

    assert record_of(context.store, first, "财政局").text == "检查12次"
    assert record_of(context.store, second, "财政局") is None
    assert listed(step) == [("已核对", "1"), ("财政局", "2 处未接受")]
    assert step.pane.take.text() == "接受所选"
    assert page.undo_bar.isVisible()

    page.undo_bar.undone.emit()
    idle()
    assert record_of(context.store, first, "财政局") is None
    assert listed(step) == [("待核对", "1"), ("财政局", "改动 4 处")]
    assert undo.undo_label(context.store) is None or "回收" not in undo.undo_label(context.store)


def test_what_was_left_can_be_accepted_later(step, read, filled, idle, context):
    path = filled("财政局", TWO)
    read(path)
    step.pane.diff.diff_model.choose_all([line.key for line in step.pane.diff.diff_model.lines[:2]])
    step.pane.take.click()
    idle()
    assert len(fields(step)) == 2

    step.pane.diff.diff_model.choose_all()
    step.pane.take.click()
    idle()

    assert record_of(context.store, number_of(path, 1), "财政局").text == "办了两件事"
    assert listed(step) == [("已核对", "1"), ("财政局", "已接受")]


def test_a_reviewed_record_changes_only_with_an_explicit_yes(step, read, filled, record, recorder, idle, context):
    path = filled("财政局")
    number = number_of(path)
    record("财政局", number, is_reviewed=True)
    read(path)
    line = step.pane.diff.diff_model.lines[0]
    assert (line.note, step.pane.diff.diff_model.chosen()) == (REVIEWED, frozenset())
    assert not step.pane.take.isEnabled()

    step.pane.diff.diff_model.choose_all()
    step.pane.take.click()
    assert "已审核通过" in words(recorder.last)
    recorder.press("不接受")
    idle()
    assert record_of(context.store, number, "财政局").text == "检查10次"

    step.pane.take.click()
    recorder.press("改动已审核的记录")
    idle()
    assert record_of(context.store, number, "财政局").text == "检查12次"


def test_a_state_is_ticked_together_with_its_date(step, read, filled):
    read(filled("财政局", {0: {"状态": "已完成", "完成日期": date(2024, 12, 25), "工作进展": "完成"}}))
    model = step.pane.diff.diff_model
    at = {line.diff.title: row for row, line in enumerate(model.lines)}
    model.toggle(at["状态"])

    assert [model.is_chosen(at[title]) for title in ("状态", "完成日期", "工作进展")] == [False, False, True]


def test_all_and_none_by_key_and_by_the_head(step, read, filled):
    read(filled("财政局", TWO))
    view = step.pane.diff
    press(view, KEY.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.diff_model.chosen() == frozenset()
    assert step.pane.foot.text() == "请先勾选要接受的改动"
    press(view, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.diff_model.chosen()) == 4
    view.head.sectionPressed.emit(TAKE)
    assert view.diff_model.chosen() == frozenset()


def test_a_click_on_the_box_ticks_once(qtbot, step, read, filled):
    read(filled("财政局"))
    view = step.pane.diff
    place = view.visualRect(view.diff_model.index(0, TAKE)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not view.diff_model.is_chosen(0)


def test_ticks_stay_when_more_files_come(step, read, filled):
    read(filled("财政局", TWO))
    step.pane.diff.diff_model.choose_all([])
    read(filled("公安局"))
    step.show_unit("财政局")

    assert step.pane.diff.diff_model.chosen() == frozenset()


def test_a_return_without_changes_is_confirmed(step, read, filled, record, idle, context):
    path = filled("财政局")
    record("财政局", number_of(path), text="检查12次")
    read(path)
    assert step.pane.take.text() == "确认收到"

    step.pane.take.click()
    idle()

    assert listed(step) == [("已核对", "1"), ("财政局", "已接受")]


def test_the_next_return_comes_after_accepting(step, read, filled, idle):
    read(filled("财政局"), filled("公安局"))
    first = step.pane.file.unit
    step.pane.take.click()
    idle()

    assert step.pane.file.unit != first


def test_the_keyboard_goes_to_the_problems_that_are_left(step, read, filled, idle):
    """接受所选 is grey then; Qt would hand the keyboard to the navigation."""
    read(filled("财政局", {0: BAD_DAY, 1: TWO[1]}))
    step.pane.take.setFocus()
    step.pane.take.click()
    idle()

    assert not step.pane.take.isEnabled()
    assert step.pane.problems.hasFocus()


# --- problems ------------------------------------------------------------------------------------------


def test_a_cell_is_put_right_in_place(step, read, filled, idle, context):
    path = filled("财政局", {0: BAD_DAY})
    read(path)
    table = step.pane.problems
    assert table.problem_model.lines[0].texts[1:] == (
        "完成日期",
        table.problem_model.lines[0].problem.what,
        "2024.13.5",
    )
    assert table.problem_model.acts(0) == (CORRECT, SEND_BACK)

    table.setCurrentIndex(table.problem_model.index(0, FOUND))
    press(table, KEY.Key_Return)
    table.act(0, CORRECT)  # once more, as a double click does: the open editor stays, and Qt has nothing to warn of
    (editor,) = table.findChildren(QLineEdit)
    editor.selectAll()
    editor.insert("2024.12.5")
    editor.setModified(True)
    table.commitData(editor)
    table.closeEditor(editor, table.itemDelegate().EndEditHint.NoHint)
    idle()

    assert ("完成日期", "", "2024-12-05") in fields(step)
    assert not any(line.acts for line in step.pane.problems.problem_model.lines)
    assert listed(step) == [("待核对", "1"), ("财政局", "改动 3 处")]
    step.pane.take.click()
    idle()
    assert record_of(context.store, number_of(path), "财政局").done_on == date(2024, 12, 5)
    assert listed(step)[0] == ("已核对", "1")


def test_a_row_goes_on_the_list_that_goes_back(step, read, filled, recorder, tmp_path, idle):
    read(filled("财政局", {0: BAD_DAY, 1: {"状态": "差不多", "工作进展": "x"}, 2: {"状态": "推进中", "工作进展": "y"}}))
    table = step.pane.problems
    table.setCurrentIndex(table.problem_model.index(0, ACT))
    press(table, KEY.Key_Delete)
    assert table.problem_model.lines[0].is_back
    assert table.problem_model.acts(0) == (KEEP,)
    assert listed(step)[1] == ("财政局", "1 处问题")

    step.pane.export.click()
    target = tmp_path / "问题清单.xlsx"
    recorder.give(target)
    idle()

    cells = [cell.value for row in openpyxl.load_workbook(target).worksheets[0].iter_rows() for cell in row]
    assert "2024.13.5" in cells
    assert "差不多" not in cells


def test_problems_that_went_back_with_the_list_are_dealt_with(step, read, filled, recorder, tmp_path, idle, context):
    read(filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "y"}}))
    step.pane.take.click()
    idle()
    assert listed(step) == [("有问题", "1"), ("财政局", "1 处问题")]
    step.pane.problems.act(0, SEND_BACK)
    step.pane.export.click()
    recorder.give(tmp_path / "问题清单.xlsx")
    idle()

    assert listed(step) == [("已核对", "1"), ("财政局", "已接受")]
    (unit,) = [one for one in received.received(context.store, None, PERIOD).units if one.unit == "财政局"]
    assert unit.open_problems == 0


def test_when_all_rows_have_gone_back_the_rest_can_be_checked(step, read, filled):
    read(filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "y"}}))
    step.pane.problems.act(0, SEND_BACK)

    assert listed(step) == [("待核对", "1"), ("财政局", "改动 2 处")]


def test_a_whole_sheet_goes_back_with_its_reason(qtbot, page, step, read, filled, idle, context):
    path = filled("财政局")
    read(path)
    step.pane.back.click()
    dialog = step.findChild(ReturnDialog)
    dialog.reason.add_text("请盖章后重报。")
    dialog.take()
    idle()

    assert listed(step) == [("已核对", "1"), ("财政局", "已退回")]
    assert not step.pane.take.isEnabled()
    assert record_of(context.store, number_of(path), "财政局") is None
    assert undo.undo_label(context.store).startswith("退回填报表")


def test_two_returns_of_a_unit_that_differ_are_not_taken_by_themselves(step, read, filled, idle, context):
    first = filled("财政局", name="财政局一.xlsx")
    second = filled("财政局", {0: {"状态": "推进中", "工作进展": "检查13次"}}, name="财政局二.xlsx")
    read(first, second)
    assert listed(step)[0] == ("有问题", "2")
    assert step.pane.diff.diff_model.chosen() == frozenset()

    step.list.choose(str(second))
    step.pane.diff.diff_model.choose_all()
    step.pane.take.click()
    idle()

    assert record_of(context.store, number_of(first), "财政局").text == "检查13次"


# --- papers and the tray -------------------------------------------------------------------------------


def test_papers_beside_the_sheet_come_along_unless_they_are_left(step, read, filled, idle, context, picture, pdf):
    path = filled("财政局", folder="财政局")
    number = number_of(path)
    wanted, other = path.parent / f"{number}-1 照片.jpg", path.parent / f"{number}-2 通知.pdf"
    wanted.write_bytes(picture.read_bytes())
    other.write_bytes(pdf.read_bytes())
    read(path.parent)
    papers = step.pane.papers
    assert [line.paper.name for line in papers.paper_model.lines] == [wanted.name, other.name]
    papers.setCurrentIndex(papers.paper_model.index(1))
    press(papers, KEY.Key_Space)
    assert not papers.paper_model.lines[1].is_taken

    step.pane.take.click()
    idle()

    key = progress.find_obligation(context.store, None, number, "财政局").id
    from core.office.forms import form

    assert [row.name for row in form(context.store, key, PERIOD, context.as_of).evidence] == [wanted.name]
    assert [line.name for line in step.tray.view.tray_model.lines] == [other.name]


def test_a_paper_of_the_tray_is_assigned_to_a_measure(qtbot, step, read, filled, idle, context):
    path = filled("财政局")
    number = number_of(path)
    (path.parent / "资料汇编.docx").write_bytes(b"PK text")
    read(path.parent)
    assert [line.name for line in step.tray.view.tray_model.lines] == ["资料汇编.docx"]

    press(step.tray.view, KEY.Key_Return)
    dialog = step.findChild(PaperDialog)
    dialog.unit.setCurrentText("财政局")
    key = progress.find_obligation(context.store, None, number, "财政局").id
    dialog.measure.setCurrentIndex(dialog.measure.findData(key))
    assert dialog.step.isEnabled()
    dialog.take()
    idle()

    from core.office.forms import form

    assert [row.name for row in form(context.store, key, PERIOD, context.as_of).evidence] == ["资料汇编.docx"]
    assert not step.tray.isVisible()


def test_a_workbook_of_unknown_origin_is_read_as_the_unit_that_is_said(step, read, filled, idle):
    path = filled("财政局", name="新建工作表.xlsx")
    book = openpyxl.load_workbook(path)
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=1, max_row=3):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = None
    sheet.title = "Sheet1"
    book.save(path)
    read(path)
    (line,) = step.tray.view.tray_model.lines
    assert line.is_sheet

    press(step.tray.view, KEY.Key_Return)
    dialog = step.findChild(SheetDialog)
    assert not dialog.step.isEnabled()
    dialog.unit.setCurrentText("财政局")
    dialog.take()
    idle()

    assert ("财政局", "改动 2 处") in listed(step)


def test_what_the_ledger_keeps_in_its_tray_is_there_the_next_day(qtbot, page, step, read, filled, idle, context, pdf):
    path = filled("财政局", folder="财政局")
    number = number_of(path)
    paper = path.parent / f"{number}-1 通知.pdf"
    paper.write_bytes(pdf.read_bytes())
    read(path.parent)
    press(step.pane.papers, KEY.Key_Space)
    step.pane.take.click()
    idle()

    tomorrow = ExchangePage(context)
    qtbot.addWidget(tomorrow)
    tomorrow.show()
    tomorrow.show_step(CHECK)
    idle()
    (line,) = tomorrow.check_step.tray.view.tray_model.lines
    assert (line.name, line.item is not None, line.unit) == (paper.name, True, "财政局")
    press(tomorrow.check_step.tray.view, KEY.Key_Return)
    dialog = tomorrow.check_step.findChild(PaperDialog)
    dialog.ignore.click()
    idle()
    assert not tomorrow.check_step.tray.view.tray_model.lines
    tomorrow.close()


def test_what_came_in_a_zip_is_opened_as_a_copy(step, read, filled, tmp_path, monkeypatch):
    path = filled("财政局")
    packed = tmp_path / "回收.zip"
    with zipfile.ZipFile(packed, "w") as package:
        package.write(path, path.name)
    content = path.read_bytes()
    read(packed)
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_path", lambda file: opened.append(file) is None)
    step.pane.open.click()

    assert [(file.name, file.read_bytes()) for file in opened] == [(path.name, content)]


# --- the rest --------------------------------------------------------------------------------------------


def test_a_return_is_checked_without_the_mouse(step, read, filled, idle, context):
    """F8 goes to the next return that waits, Ctrl+Enter accepts it."""
    paths = [filled("财政局"), filled("公安局"), filled("住建局")]
    read(*paths)
    first = step.pane.file.unit
    press(step.list, KEY.Key_F8)
    second = step.pane.file.unit
    assert second != first
    step.pane.diff.setFocus()
    press(step.pane.diff, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle()

    path = next(path for path in paths if second in path.name)
    assert record_of(context.store, number_of(path), second).text == "检查12次"
    assert step.pane.file.unit != second


def test_a_ledger_that_is_only_read_lets_one_look_and_says_why(page, step, filled, context, idle):
    path = filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "y"}})
    from core.office import files

    store_path = context.store.path
    context.store.close()
    context._store = None
    context.set_store(files.open_ledger(store_path, read_only=True))
    context.set_scope(period_key=PERIOD)
    page.returning.add([path])
    idle()
    page.show_step(CHECK)
    idle()

    assert not step.pane.take.isEnabled()
    assert step.pane.foot.text() == READ_ONLY
    assert step.pane.problems.problem_model.acts(0) == ()
    before = step.pane.diff.diff_model.chosen()
    step.pane.diff.diff_model.choose_all([])
    assert step.pane.diff.diff_model.chosen() == before


def test_the_models_keep_qt_s_rules(step, read, filled, pdf):
    path = filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "y"}}, folder="财政局")
    (path.parent / "扫描件.pdf").write_bytes(pdf.read_bytes())
    models = (
        step.list.list_model,
        step.tray.view.tray_model,
        step.pane.diff.diff_model,
        step.pane.problems.problem_model,
        step.pane.papers.paper_model,
    )
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    read(path.parent)
    step.pane.diff.diff_model.toggle(0)
    assert all(tester.model() for tester in testers)
    assert step.pane.diff.diff_model.rowCount(QModelIndex())


def test_nothing_scrolls_sideways_on_a_small_screen(page, step, read, filled, idle):
    read(filled("财政局", {0: BAD_DAY, 1: {"状态": "推进中", "工作进展": "很长的进展" * 40}}))
    for width, height in ((1206, 684), (933, 530)):
        page.resize(width, height)
        QApplication.processEvents()
        assert page.width() == width
        for view in (step.pane.diff, step.pane.problems, step.list):
            assert view.horizontalScrollBar().maximum() == 0
        assert step.pane.take.mapTo(page, QPoint(0, step.pane.take.height())).y() <= height


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, key, modifiers)
