"""从表格导入 and 导出名册: nothing is written until 确认导入."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.office import register_sheet
from tests.gui.pages.units.conftest import GROUP


@pytest.fixture
def sheet(context, tmp_path: Path) -> Path:
    """Three rows as an office keeps them: one changed, one new, one with a kind that there is not."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["单位", "类别", "联络员", "电话", "属于"])
    page.append(["公安局", "部门", "王建平", "0357-5550101", ""])
    page.append(["民政局", "部门", "", "", "各行政执法单位"])
    page.append(["法院", "衙门", "", "", ""])
    path = tmp_path / "通讯录.xlsx"
    book.save(path)
    return path


def read(qtbot, page, path: Path):
    page.files.read(path)
    qtbot.waitUntil(lambda: page.files.dialog is not None, timeout=20000)
    return page.files.dialog


def test_a_sheet_shows_old_and_new_and_its_problems_and_writes_nothing(qtbot, page, sheet, unit):
    dialog = read(qtbot, page, sheet)

    changes = dialog.changes.shown()
    assert ("2", "公安局", "修改", "联络员", "没有", "王建平") in changes
    assert any(line[1:3] == ("民政局", "新增") for line in changes)
    problems = dialog.problems.shown()
    assert [(line[1], line[3]) for line in problems] == [("4", "衙门")]
    assert dialog.stack.currentWidget() is dialog.problems
    assert any(line[1] == "民政局" for line in dialog.owed.shown())
    dialog.show_owed.click()
    assert dialog.stack.currentWidget() is dialog.owed
    dialog.cancel.click()
    assert unit("公安局").contact is None
    assert page.reading.line("民政局") is None


def test_confirming_takes_it_in_and_says_so(qtbot, page, context, sheet, unit):
    dialog = read(qtbot, page, sheet)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20000)

    assert unit("公安局").phone == "0357-5550101"
    assert "民政局" in unit("各行政执法单位").members
    assert page.reading.line("民政局") is not None
    assert page.undo_bar.accessibleName() == "已从“通讯录.xlsx”导入 2 行"


def test_a_sheet_that_says_nothing_new_cannot_be_confirmed(qtbot, page, context, tmp_path):
    path = tmp_path / "名册.xlsx"
    register_sheet.export_register(context.store, path)
    dialog = read(qtbot, page, path)

    assert not dialog.confirm.isEnabled()
    assert dialog.note.text() == "表格里没有要导入的改动。"
    dialog.reject()


def test_a_file_that_is_no_register_is_told(qtbot, page, context, recorder, tmp_path):
    path = tmp_path / "别的.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.save(path)
    page.take_in.click()
    recorder.give(path)
    qtbot.waitUntil(lambda: bool(recorder.messages), timeout=20000)

    assert "没有找到单位名册" in recorder.last.headline
    assert page.files.dialog is None


def test_the_register_is_written_where_the_clerk_says(qtbot, page, context, recorder, tmp_path):
    page.hand_out.click()
    question = recorder.questions[-1]
    assert question.start.name == "古县单位名册.xlsx"
    assert question.asks_to_replace
    recorder.give(tmp_path / "名册")
    qtbot.waitUntil(lambda: (tmp_path / "名册.xlsx").exists() and not context.jobs.is_busy, timeout=20000)

    book = openpyxl.load_workbook(tmp_path / "名册.xlsx")
    assert book.sheetnames == ["单位名册", "单位集合"]
    assert any(GROUP in str(cell.value) for row in book["单位集合"].iter_rows() for cell in row)
    assert "已导出 名册.xlsx" in page.bar.accessibleName()


def test_rows_from_wps_are_pasted_into_the_table(qtbot, page, unit):
    """With a head or without: shown first, written by 确认导入; the line of sums is no unit."""
    QGuiApplication.clipboard().setText("公安局\t\t王建平\t0357-5550101\n财政局\t\t李芳\t\n合计 2 个单位\t\t\t")
    qtbot.keyClick(page.pane.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = page.files.dialog

    assert [line[1:] for line in dialog.changes.shown()] == [
        ("公安局", "修改", "联络员", "没有", "王建平"),
        ("公安局", "修改", "电话", "没有", "0357-5550101"),
        ("财政局", "修改", "联络员", "没有", "李芳"),
    ]
    dialog.confirm.click()
    qtbot.waitUntil(lambda: unit("财政局").contact == "李芳")
    assert unit("公安局").phone == "0357-5550101"
