"""The gallery's eye: it sees words cut off and bars sideways, and finds none on the pages at 1366×768."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gallery.faults import faults
from tests.gallery.reach import unreachable


def test_a_cut_label_and_a_cut_button_are_seen(qtbot: QtBot) -> None:
    """Each with its words; what has room is not named."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for made in (QLabel("完成时限"), QPushButton("登记盖章扫描件"), QLabel("短")):
        row.addWidget(made)
    whole = row.sizeHint()
    window.resize(whole)
    window.show()
    assert faults(window) == []
    for at in range(2):
        row.itemAt(at).widget().setFixedWidth(20)

    assert [fault.who for fault in faults(window)] == ["QLabel “完成时限”", "QPushButton “登记盖章扫描件”"]


def test_a_bar_sideways_is_seen(qtbot: QtBot) -> None:
    """A page that has to be pushed to the left."""
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(QLabel("很宽" * 200))
    area.resize(300, 200)
    area.show()

    assert [fault.what for fault in faults(area)] == ["横向滚动条"]


class _Mute(QPushButton):
    """Draws nothing, whatever happens."""

    def paintEvent(self, event: QPaintEvent) -> None:
        pass


def test_what_the_keyboard_and_a_reader_miss_is_seen(qtbot: QtBot) -> None:
    """A button Tab passes by, one whose focus nobody sees, a field without a name; what is well is not named."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    passed, mute, nameless, well = QPushButton("跳过"), _Mute("看不见"), QLineEdit(), QLineEdit()
    passed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    well.setAccessibleName("文号")
    for made in (passed, mute, nameless, well):
        row.addWidget(made)
        row.addSpacing(40)
    window.resize(800, 100)
    with qtbot.waitActive(window):
        window.show()

    assert {str(fault).split("（")[0] for fault in unreachable(window)} == {
        "Tab 到不了：QPushButton “跳过”",
        "看不见焦点：_Mute “看不见”",
        "没有名称：QLineEdit",
    }


def test_the_pages_show_no_such_fault(tmp_path: Path) -> None:
    """Every page as it opens, at 1366×768, Tab walked through it; `make gallery` looks at the dialogs, other sizes and themes too."""
    command = [sys.executable, "-m", "tests.gallery", str(tmp_path), "--size", "0", "--theme", "light", "--pages"]
    done = subprocess.run(
        command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pictures = list(tmp_path.rglob("*.png"))

    assert len(pictures) == 7
    assert next(tmp_path.rglob("问题.txt")).read_text(encoding="utf-8") == ""
