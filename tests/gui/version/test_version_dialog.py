"""新版本对照 in the window: confirmed by keys, taken in one step, the old version read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model import edit
from core.model.ledger import EntryState
from core.model.plan import Plan
from core.office import board, bundled, former_versions, forms, progress
from core.office.form_value import FormValue
from gui.context import Context
from gui.version.dialog import VersionDialog
from gui.version.former_dialog import FormerDialog, has_former
from gui.version.rows import WENT
from tests.gui.recorder import Recorder


@pytest.fixture(scope="module")
def version() -> Plan:
    """36 has another text, 32 stands behind 4, 2 is gone."""
    edited = edit.begin(bundled.load("guxian"))
    edited = edit.change_measure(edited, 36, text="完善行政执法人员心理咨询、健康筛查和危机干预机制。")
    edited = edit.move_measure(edited, 32, after=4, section=None, task=None)
    edited = edit.delete_measure(edited, 2)
    return edit.change_document(edited, title="工作举措（2025年修订）", number="古政办发〔2025〕3号").plan


@pytest.fixture
def opened(qtbot: QtBot, context: Context, version: Plan) -> VersionDialog:
    made = VersionDialog(context, version)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def _go(dialog: VersionDialog, key: tuple[int, int]) -> None:
    dialog.table.selectRow([line.key for line in dialog._lines].index(key))


def test_the_pane_shows_what_differs(opened: VersionDialog) -> None:
    _go(opened, (36, 35))
    assert "underline" in opened.pane.new.text()
    assert opened.pane.title.text().startswith("原（36） → 新（35）　改动：文字，文字相近 0.")
    assert opened.basis.text() == "古政办发〔2025〕3号"
    assert not opened.take.isEnabled()
    assert "都确认以后" in opened.note.text()


def test_enter_confirms_and_goes_to_the_next_that_is_open(qtbot: QtBot, opened: VersionDialog) -> None:
    opened.table.selectRow(0)
    qtbot.keyClick(opened, Qt.Key.Key_F8)
    assert opened.line().key == (32, 4)
    qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    assert opened.line().key == (36, 35)
    qtbot.keyClick(opened.table, Qt.Key.Key_Delete)
    assert opened.line().key == (0, 35)
    opened.pane.choice.setCurrentIndex(opened.pane.choice.findData("join 36"))
    opened.pane.join.click()
    assert opened.line().key == (36, 35)
    assert not opened.line().is_open
    opened.filter.set_value(WENT)
    opened._show()
    assert [line.key for line in opened._lines] == [(2, 0)]
    qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    assert opened.take.isEnabled()
    assert "责任事项减少" in opened.note.text()
    opened.basis.setText(" ")
    assert not opened.take.isEnabled()


def test_what_was_said_is_not_lost_without_asking(qtbot: QtBot, opened: VersionDialog, recorder: Recorder) -> None:
    opened._on_confirm_all()
    opened.reject()
    assert opened.isVisible()
    assert recorder.messages[-1].headline == "还没有换成新版本"


def test_taken_progress_follows_and_the_old_version_is_read(
    qtbot: QtBot, opened: VersionDialog, context: Context, tmp_path: Path
) -> None:
    lawyers = progress.find_obligation(context.store, None, 32, "司法局").id
    progress.save(context.store, lawyers, "2024Q4", FormValue(EntryState.IN_PROGRESS, text="已聘任法律顾问12名。"))
    qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert opened.take.hasFocus()
    with qtbot.waitSignal(opened.taken, timeout=20_000) as taken:
        opened.take.click()

    assert taken.args[1] == "guxian"
    plan = board.board(context.store, None, context.as_of).plan
    assert plan.document.title == "工作举措（2025年修订）"
    assert progress.find_obligation(context.store, None, 4, "司法局").id == lawyers
    assert forms.form(context.store, lawyers, "2024Q4", context.as_of).value.text == "已聘任法律顾问12名。"
    assert has_former(context)
    reader = FormerDialog(context)
    reader.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(reader)
    reader.show()
    assert reader.table.model().rowCount() == 38
    assert reader.text.text().startswith("加强党的政治建设")
    reader.write("xlsx", tmp_path / "旧.xlsx")
    qtbot.waitUntil(lambda: "已导出" in reader.note.text(), timeout=20_000)
    assert len(former_versions.former_versions(context.store, None)) == 1
