"""self-check as a built program runs it: a process of its own, from a folder with Chinese and a blank."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_self_check_passes(tmp_path: Path) -> None:
    """Fonts, translation, window, every bundled plan in three formats."""
    folder = tmp_path / "任务 台账"
    folder.mkdir()
    code = "import sys; sys.path.insert(0, sys.argv[1]); from gui.launch import main; sys.exit(main(['self-check']))"

    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )

    assert (done.returncode, done.stdout) == (0, "自检通过\n"), done.stderr
    assert list(folder.iterdir()) == []
