"""The start and the idle window against a bare window of the same parts, from source and from the built program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 7
_IDLE_SECONDS = 4
"""After that long the backup at the start is made and nothing moves any more."""
_ROOT = Path(__file__).resolve().parents[2]
FROZEN = _ROOT / "build" / "bench" / "taizhang-bench" / "taizhang-bench"
"""The built program with this bench's child as its beginning, made by `make bench-frozen`."""
_SOURCE = (sys.executable, "-m", "tests.bench.start_child")


def pairs(folder: Path, program: Sequence[str] = _SOURCE) -> list[tuple[float, float]]:
    """Seconds of (ours, bare) to the first painted table, in turn, after a warm-up of each; off-screen, warm."""
    ledger = _ledger(folder)
    for mode in ("ours", "bare"):
        _seconds(program, mode, ledger)
    return [(_seconds(program, "ours", ledger), _seconds(program, "bare", ledger)) for _ in range(ROUNDS)]


def frozen_pairs(folder: Path) -> list[tuple[float, float]]:
    """The same of the built program; empty where it was not built or is not of this machine."""
    return pairs(folder, (str(FROZEN),)) if FROZEN.is_file() else []


def memory_pairs(folder: Path, program: Sequence[str] = _SOURCE) -> list[tuple[float, float]]:
    """Megabytes that (our window, the bare one) hold when nothing is done; empty where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return []
    ledger = _ledger(folder)
    return [(_megabytes(program, "ours", ledger), _megabytes(program, "bare", ledger)) for _ in range(3)]


def _ledger(folder: Path) -> Path:
    from core.office import files

    ledger = folder / "start" / "古县.db"
    if not ledger.exists():
        files.create_ledger(ledger).close()
    return ledger


def _seconds(program: Sequence[str], mode: str, ledger: Path) -> float:
    begin = time.perf_counter()
    with _child(program, mode, ledger, 0) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        seconds = time.perf_counter() - begin
        child.communicate()
    assert line.strip() == b"painted", line
    return seconds


def _megabytes(program: Sequence[str], mode: str, ledger: Path) -> float:
    with _child(program, mode, ledger, _IDLE_SECONDS) as child:
        out, _ = child.communicate()
    return int(out.split()[-1]) / (1 << 20)


def _child(program: Sequence[str], mode: str, ledger: Path, idle: int) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"QT_QPA_PLATFORM": "offscreen", "TAIZHANG_HOME": str(ledger.parent / "home")}
    return subprocess.Popen([*program, mode, str(ledger), str(idle)], stdout=subprocess.PIPE, env=environment)
