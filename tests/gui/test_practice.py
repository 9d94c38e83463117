"""示例台账: asked for from the menu, made in the background, opened beside the office's own file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import paths
from core.office import sample
from core.office.sample import Sample
from gui import practice
from gui.context import Context
from tests.gui.recorder import Recorder


class Commands(QObject):
    opened = Signal(object)

    def open_path(self, path: Path) -> None:
        self.opened.emit(path)


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
def desk(home: Path, qtbot: QtBot, commands: Commands) -> practice.Practice:
    window = QWidget()
    qtbot.addWidget(window)
    window.context = Context()  # type: ignore[attr-defined] - lives as long as the window
    return practice.Practice(window.context, commands, window)  # type: ignore[attr-defined, arg-type]


def test_the_first_time_a_sample_is_made_after_a_question(
    desk: practice.Practice, commands: Commands, recorder: Recorder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "make_sample", lambda folder, _job: Sample(folder / sample.NAME, (), is_new=True))
    desk.start()

    assert "不影响自己的台账" in recorder.last.text
    with qtbot.waitSignal(commands.opened) as told:
        recorder.press("做一份，打开")
    assert told.args[0] == paths.documents_folder() / "示例台账" / "示例台账.db"


def test_a_sample_that_is_there_is_gone_on_with_or_another_one_is_made(
    desk: practice.Practice, commands: Commands, recorder: Recorder, qtbot: QtBot
) -> None:
    there = practice.home() / "示例台账.db"
    there.parent.mkdir(parents=True)
    there.touch()
    desk.start()

    assert [action.text for action in recorder.last.actions] == ["取消", "重新做一份", "接着练习"]
    assert practice.next_folder(practice.home()).name == "示例台账 2"
    with qtbot.waitSignal(commands.opened) as told:
        recorder.press("接着练习")
    assert told.args == [there]
