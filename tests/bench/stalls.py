"""How long the window stands still on a clerk's walk: with a small ledger, and with 100,000 obligations.

What counts is the processor time of the window's own thread between two turns of its event loop: what other programs
take of the machine, or of the same processor, does not. Every step is printed, with the time by the clock beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench import big_ledger

SMALL, LARGE = 0.1, 0.25
"""Seconds that may pass: the promise for 古县, and that for 100,000 obligations."""
_LISTED = 0.5
"""Of the promise: steps from there on are printed."""


def small_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (the longest stall, the promise): 古县 with progress in all states."""
    from tests.gallery import sample

    ledger = folder / "stalls"
    ledger.mkdir(exist_ok=True)
    return [(_worst(sample.small(ledger).ledger, SMALL), SMALL)]


def large_pairs(folder: Path) -> list[tuple[float, float]]:
    """The same with 100,000 obligations over twelve periods."""
    ledger = big_ledger.make(folder / "stalls" / "大.db", 100_000)
    return [(_worst(ledger, LARGE), LARGE)]


def _worst(ledger: Path, promise: float) -> float:
    """The longest of all steps; those near the promise are printed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TAIZHANG_HOME": str(ledger.parent)}
    command = [sys.executable, "-m", "tests.bench.stall_child", str(ledger)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, tuple[float, float]] = json.loads(done.stdout)
    for name, (clock, processor) in sorted(found.items(), key=lambda step: -step[1][1]):
        if processor >= promise * _LISTED:
            print(f"    {name:<20} {processor * 1000:>7.0f} ms processor {clock * 1000:>9.0f} ms clock")
    return max(processor for _, processor in found.values())
