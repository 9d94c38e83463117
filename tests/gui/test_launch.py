"""Where `taizhang` begins: window or command line, and what is said when no window can be shown."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.contained import SWITCH
from core.contained.child import receive
from gui import launch

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of Linux")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["古县.db"], True),
        (["A.DB"], True),
        (["不在.db"], True),
        (["--help"], False),
        (["plans"], False),
        (["new", "x.db"], False),
        (["a.db", "b.db"], False),
        (["-x.db"], False),
    ],
)
def test_what_asks_for_the_window(arguments, expected):
    """No argument, or exactly one ledger file, whether it exists or not."""
    assert launch.asks_for_window(arguments) is expected


@LINUX
def test_no_screen_is_told_in_one_line(tmp_path):
    """On a machine without a display: one Chinese line, exit code 1, no trace."""
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"TAIZHANG_HOME": str(tmp_path), "QT_QPA_PLATFORM": ""}
    done = subprocess.run(
        [sys.executable, "-m", "gui.launch"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "没有图形界面" in done.stderr


@LINUX
def test_dead_screen_is_told(monkeypatch):
    """A display that nobody serves would make Qt abort."""
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":9876")

    assert "连接不上" in launch.display_trouble()


@LINUX
def test_offscreen_is_a_screen(monkeypatch):
    """Tests and self-check name their platform."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)

    assert launch.display_trouble() == ""


def test_command_line_brings_no_qt():
    """Only the window imports Qt."""
    code = (
        "import sys\n"
        "from gui import launch\n"
        "launch.main(['plans'])\n"
        "print([name for name in sys.modules if name.startswith('PySide6')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_a_child_that_reads_files_is_answered_before_all_else():
    """As a built program starts itself: it says that it is ready, and ends when nobody asks."""
    done = subprocess.run(
        [sys.executable, "-m", "gui.launch", SWITCH, "800"], cwd=ROOT, input=b"", capture_output=True, check=False
    )

    assert done.returncode == 0
    assert receive(io.BytesIO(done.stdout)) == ("ready",)
    assert done.stderr == b""
