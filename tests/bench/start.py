"""From the start of the process to the first painted table, ours against a bare window of the same parts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 7


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (ours, bare) in turn, after one warm-up of each; both off-screen, both warm."""
    from core.office import files

    ledger = folder / "start" / "古县.db"
    files.create_ledger(ledger).close()
    for mode in ("ours", "bare"):
        _seconds(mode, ledger)
    return [(_seconds("ours", ledger), _seconds("bare", ledger)) for _ in range(ROUNDS)]


def _seconds(mode: str, ledger: Path) -> float:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"QT_QPA_PLATFORM": "offscreen", "TAIZHANG_HOME": str(ledger.parent / "home")}
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.start_child", mode, str(ledger)],
        stdout=subprocess.PIPE,
        env=environment,
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        seconds = time.perf_counter() - begin
        child.communicate()
    assert line.strip() == b"painted", line
    return seconds
