"""对照上级 in the window: suggestions seen, decided by mouse and by keys, filtered, exported."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model.alignment import Decision
from core.office import aligning, files
from core.settings import Settings
from gui.context import Context
from gui.pages.align.dialog import AlignDialog
from gui.pages.align.rows import CONFLICT, NONE, OPEN


@pytest.fixture
def opened(qtbot: QtBot, context: Context) -> AlignDialog:
    """古县 held against 定西市, read."""
    return _opened(qtbot, context)


def _opened(qtbot: QtBot, context: Context) -> AlignDialog:
    made = AlignDialog(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    _wait(qtbot, made)
    return made


def _wait(qtbot: QtBot, dialog: AlignDialog) -> None:
    qtbot.waitUntil(lambda: bool(dialog._lines) and not dialog._context.jobs.is_busy, timeout=20_000)


def _go(dialog: AlignDialog, no: int) -> None:
    dialog.table.selectRow([line.superior.no for line in dialog._lines].index(no))


def test_every_superior_measure_stands_with_its_answers_and_how_it_is(opened: AlignDialog) -> None:
    assert opened.superior.currentText() == "定西市"
    assert len(opened._lines) == 71
    assert [opened.table.cell(row, 2) for row in (0, 2, 3)] == ["待确认", "无对应", "待确认"]
    assert [opened.table.cell(row, 3) for row in (0, 3, 4)] == ["", "时限晚", "时限晚、缺指标"]
    assert opened.table.cell(3, 1) == "（4）"
    assert "上级措施 71 项" in opened.note.text()


def test_the_pane_says_the_words_and_the_conflict(opened: AlignDialog) -> None:
    _go(opened, 64)
    assert opened.pane.table.cell(0, 1) == "建议"
    assert opened.pane.words.text() == "相同的词：公职律师和法律顾问队伍建设"
    _go(opened, 4)
    assert opened.pane.conflicts.text() == "我方2024年6月30日完成，上级要求2023年12月31日前完成"
    _go(opened, 3)
    assert "没有措施与它足够相近" in opened.pane.words.text()
    assert not opened.pane.accept.isEnabled()
    assert opened.pane.choice.count() == 38


def test_enter_accepts_delete_rejects_and_the_cursor_stays(qtbot: QtBot, opened: AlignDialog, context: Context) -> None:
    _go(opened, 64)
    qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    qtbot.keyClick(opened.pane.table, Qt.Key.Key_Return)
    _wait(qtbot, opened)

    assert aligning.answers_of(context.store, "dingxi") == {64: (32,)}
    assert opened.line().superior.no == 64
    assert opened.pane.table.cell(0, 1) == "采纳"
    assert not opened.pane.accept.isEnabled()

    qtbot.keyClick(opened.pane.table, Qt.Key.Key_Delete)
    _wait(qtbot, opened)
    assert opened.pane.table.cell(0, 1) == "不采纳"
    assert opened.table.cell(opened.table.row(), 2) == "无对应"

    opened.pane.undo.click()
    _wait(qtbot, opened)
    assert opened.pane.table.cell(0, 1) == "建议"


def test_ctrl_enter_accepts_all_that_is_suggested(qtbot: QtBot, opened: AlignDialog, context: Context) -> None:
    _go(opened, 49)
    qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _wait(qtbot, opened)

    assert aligning.answers_of(context.store, "dingxi") == {49: (23, 24)}
    assert opened.line().superior.no == 51  # 50 has no suggestion


def test_the_pages_behind_are_told_once_when_it_closes(qtbot: QtBot, opened: AlignDialog, context: Context) -> None:
    told = []
    context.changed.connect(told.append)
    for no in (64, 65):
        _go(opened, no)
        opened.pane.accept_all()
    assert told == []
    opened.accept()

    assert [changes.measures for changes in told] == [frozenset({32, 33})]


def test_another_measure_is_added_the_nearest_first(qtbot: QtBot, opened: AlignDialog, context: Context) -> None:
    _go(opened, 32)
    assert opened.pane.choice.itemText(0).startswith("（23）")
    opened.pane.add.click()
    _wait(qtbot, opened)

    assert aligning.answers_of(context.store, "dingxi") == {32: (23,)}
    assert opened.pane.table.cell(0, 1) == "补充"


def test_filters_show_what_is_left_to_do(qtbot: QtBot, opened: AlignDialog) -> None:
    counts = {}
    for wanted in (OPEN, NONE, CONFLICT):
        opened.filter.button(wanted).click()
        counts[wanted] = len(opened._lines)
    assert counts[OPEN] + counts[NONE] == 71
    assert 0 < counts[CONFLICT] < counts[OPEN]


def test_large_plans_are_compared_in_the_background(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pages.align.dialog._AT_ONCE", 0)
    dialog = AlignDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert dialog.waiting.words.text() == "正在对照上级方案"
    assert not dialog.pane.accept.isEnabled()

    _wait(qtbot, dialog)

    assert len(dialog._lines) == 71
    assert dialog.export.isEnabled()


def test_a_comparison_in_the_background_can_be_cancelled(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held until it was pressed, so that it cannot be over before."""
    pressed = threading.Event()
    real = aligning.compared

    def held(superior, own, job):
        assert pressed.wait(20)
        return real(superior, own, job)

    monkeypatch.setattr("gui.pages.align.dialog._AT_ONCE", 0)
    monkeypatch.setattr(aligning, "compared", held)
    dialog = AlignDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.waiting.isVisible)
    dialog.waiting.cancel.click()
    pressed.set()

    qtbot.waitUntil(lambda: "已取消对照" in dialog.note.text(), timeout=20_000)
    assert not dialog.export.isEnabled()


def test_it_goes_on_with_the_superior_that_was_begun(qtbot: QtBot, context: Context) -> None:
    aligning.decide(context.store, "qinzhou", [(1, 1)], Decision.ACCEPTED)

    assert _opened(qtbot, context).superior.currentText() == "钦州市"


def test_another_superior_is_read_when_it_is_chosen(qtbot: QtBot, opened: AlignDialog) -> None:
    opened.superior.setCurrentIndex(opened.superior.findData("qinzhou"))
    _wait(qtbot, opened)

    assert len(opened._lines) == 52


def test_what_is_written_can_be_opened(qtbot: QtBot, opened: AlignDialog, tmp_path: Path) -> None:
    opened.exporting.write("xlsx", tmp_path / "对照")
    qtbot.waitUntil(lambda: "已导出" in opened.note.text(), timeout=30_000)

    assert openpyxl.load_workbook(tmp_path / "对照.xlsx").sheetnames == ["对照上级"]


def test_a_file_that_may_only_be_read_is_shown_and_not_written(qtbot: QtBot, ledger: Path, dressed: object) -> None:
    context = Context(Settings())
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        context.set_store(store)
        dialog = _opened(qtbot, context)
        _go(dialog, 64)

        assert not dialog.pane.accept.isEnabled()
        assert "只读" in dialog.pane.accept.toolTip()
        dialog.pane.accept_all()
        assert aligning.answers_of(store, "dingxi") == {}
        context.jobs.close()


def test_decisions_are_one_step_of_undo_each(qtbot: QtBot, opened: AlignDialog, context: Context) -> None:
    from core.office import undo

    aligning.decide(context.store, "dingxi", [(1, 1)], Decision.ACCEPTED)

    assert undo.undo_label(context.store) == "对照上级（第1项，定西市第1项）"
