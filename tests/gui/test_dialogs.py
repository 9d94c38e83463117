"""Messages: what stands in them, where the focus is, what Esc does; nothing is waited for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from core.errors import KnownError, LedgerFileError
from gui import messages
from gui.messages import Action, FileQuestion, Message
from gui.widgets.button import Button
from gui.widgets.dialogs import DialogPresenter, MessageDialog


@pytest.fixture
def ground(qtbot, dressed):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def dialog(qtbot, ground, chosen):
    message = Message(
        "收填报表",
        "能源局的填报表没有收进来",
        "表头缺“完成日期”。台账没有改动。",
        (("文件", "能源局四季度(改).xlsx"), ("怎么办", "在 F3 填上“完成日期”后重新收取。")),
        (
            Action("跳过此文件", lambda: chosen.append("跳过"), is_escape=True),
            Action("打开文件", lambda: chosen.append("打开"), "arrow-square-out"),
            Action("指定列", lambda: chosen.append("指定"), "table", is_primary=True),
        ),
        "第 3 行，F 列",
    )
    made = MessageDialog(message, ground)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isVisible)
    return made


def _words(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


def test_dialog_says_all(dialog):
    """What happened, what it means, and each fact with its label."""
    words = _words(dialog)

    assert words[:2] == ["能源局的填报表没有收进来", "表头缺“完成日期”。台账没有改动。"]
    assert {"文件", "能源局四季度(改).xlsx", "怎么办"} <= set(words)
    assert dialog.width() == 552
    assert dialog.accessibleName() == "能源局的填报表没有收进来"


def test_focus_is_on_the_likely_action(qtbot, dialog, chosen):
    """Enter presses it."""
    assert dialog.focusWidget().text() == "指定列"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert chosen == ["指定"]


def test_escape_is_the_harmless_action(qtbot, dialog, chosen):
    """Esc and × choose the same."""
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert chosen == ["跳过"]


def test_arrows_walk_between_the_buttons(qtbot, dialog, chosen):
    """Left of the likely one, then Enter."""
    qtbot.keyClick(dialog, Qt.Key.Key_Left)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert chosen == ["打开"]


def test_details_go_to_the_clipboard(dialog, chosen):
    """复制详情 leaves the dialog open."""
    copy = next(made for made in dialog.findChildren(Button) if made.text() == "复制详情")
    copy.click()

    assert QGuiApplication.clipboard().text() == "第 3 行，F 列"
    assert dialog.isVisible()
    assert chosen == []


def test_known_error_becomes_a_message(recorder):
    """A path stands under 文件, anything else under 位置; the details hold it all."""
    messages.show_error(None, LedgerFileError("“a.db”不是台账文件。", hint="请另选。", where="/x/a.db"))
    assert recorder.last.headline == "“a.db”不是台账文件"
    assert recorder.last.facts == (("文件", "/x/a.db"), ("怎么办", "请另选。"))
    assert recorder.last.actions[0].is_escape
    assert "怎么办：请另选。" in recorder.last.details

    messages.show_error(None, KnownError("看不懂这个日期。", where="第 12 行"), consequence="台账没有改动。")
    assert recorder.last.facts == (("位置", "第 12 行"),)
    assert recorder.last.text == "台账没有改动。"


def test_presenter_shows_over_the_asker(qtbot, ground):
    """The dialog belongs to the asker's window and dies with its closing."""
    DialogPresenter().show(ground, Message("台账", "没有保存", actions=(Action("知道了", is_escape=True),)))
    made = ground.findChild(MessageDialog)

    assert made is not None
    assert made.isVisible()
    made.close()


@pytest.mark.parametrize("kind", ["open", "open_many", "save", "folder"])
def test_file_question_is_answered_by_call_back(qtbot, ground, tmp_path, kind):
    """The file dialog is opened, not run; its answer comes later."""
    answers = []
    target = tmp_path / "古县.db"
    target.touch()
    question = FileQuestion(
        kind, "打开台账", tmp_path if kind != "save" else target, ("台账文件 (*.db)",), answers.append
    )
    DialogPresenter(builtin_file_dialog=True).choose(ground, question)
    dialog = ground.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "打开台账"
    chosen = tmp_path if kind == "folder" else target
    dialog.filesSelected.emit([str(chosen)])

    assert answers == [[Path(chosen)]]
    dialog.close()


def test_open_save_folder_give_one_path(recorder, tmp_path):
    """The door hands over a path, not a list, where one was asked for."""
    got = []
    messages.choose_open(None, "打开", tmp_path, [messages.LEDGER_FILTER], got.append)
    recorder.give(tmp_path / "a.db")
    messages.choose_save(None, "另存", tmp_path / "b.db", [messages.LEDGER_FILTER], got.append)
    recorder.give(tmp_path / "b.db")
    messages.choose_folder(None, "选文件夹", tmp_path, got.append)
    recorder.give(tmp_path)
    messages.choose_open_many(None, "选文件", tmp_path, ["所有文件 (*)"], got.append)
    recorder.give(tmp_path / "c", tmp_path / "d")

    assert got == [tmp_path / "a.db", tmp_path / "b.db", tmp_path, [tmp_path / "c", tmp_path / "d"]]


def test_bug_names_the_log(recorder):
    """A fault of the program says where its record is, and offers the details."""
    messages.show_bug(None, "Traceback …")

    assert recorder.last.details == "Traceback …"
    assert any("taizhang.log" in text for _, text in recorder.last.facts)


def test_before_a_large_act_the_keyboard_is_on_the_harmless_button(qtbot, ground, chosen):
    """Enter at once does nothing; the act itself stays the primary one."""
    message = Message(
        "恢复",
        "用“古县 0102.db”换下现在的台账？",
        actions=(
            Action("取消", lambda: chosen.append("取消"), is_escape=True),
            Action("换成这一份", lambda: chosen.append("换"), is_primary=True, is_large=True),
        ),
    )
    made = MessageDialog(message, ground)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isVisible)

    assert made.buttons[0].isDefault()
    assert not made.buttons[1].isDefault()
    qtbot.keyClick(made.buttons[0], Qt.Key.Key_Return)
    assert chosen == ["取消"]
