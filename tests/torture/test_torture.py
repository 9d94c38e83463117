"""A few rounds of `make torture`: each end and each fault once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import vfs

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not vfs.is_there() or not hasattr(os, "fork"), reason="needs a shared SQLite and fork")
def test_a_few_rounds_lose_nothing(tmp_path: Path) -> None:
    """In a process of its own: it forks, and its file calls are replaced."""
    env = os.environ | {
        "ROUNDS": "9",
        "SEED": "11",
        "ACTS": "保存 恢复并替换 导入方案 加入佐证",
        "TMPDIR": str(tmp_path),
    }
    end = subprocess.run(
        [sys.executable, "-m", "tests.torture"], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )

    assert end.returncode == 0, end.stdout[-3000:] + end.stderr[-3000:]
    assert "丢失或损坏 0 处" in end.stdout
