"""`make bench`: every promise of speed as a ratio, measured in one run on one machine.

Prints a table: what, how fast, against what, the ratio (median of the rounds) and the promise. Exit code 1 when a
promise is broken. Never part of the test command.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import (
    aligning,
    collecting,
    documents,
    ledger,
    preview,
    reading,
    reports,
    saving,
    searching,
    stalls,
    start,
)


@dataclass(frozen=True)
class Result:
    """One promise: seconds (or what ``unit`` says) of ours and of the floor, a pair a round; ``limit`` is what
    ours / floor may be.
    """

    name: str
    floor: str
    pairs: Sequence[tuple[float, float]]
    limit: float
    unit: str = "ms"
    """``MB``: the pairs are megabytes."""

    @property
    def ratio(self) -> float:
        """The median of the ratios round by round."""
        return statistics.median(ours / floor for ours, floor in self.pairs)

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds."""
        return self.ratio <= self.limit

    def line(self) -> str:
        """A row of the printed table."""
        scale = 1000 if self.unit == "ms" else 1
        ours = statistics.median(pair[0] for pair in self.pairs) * scale
        floor = statistics.median(pair[1] for pair in self.pairs) * scale
        sign = "ok" if self.is_kept else "BROKEN"
        return f"{self.name:<34} {ours:>9.1f} {self.unit} {floor:>9.1f} {self.unit}  {self.ratio:>6.2f}  <= {self.limit:<5g} {sign:<7} {self.floor}"


def _cases(folder: Path) -> Sequence[Callable[[], Result | None]]:
    return (
        lambda: Result("start to the painted table", "a bare window with the same table", start.pairs(folder), 2),
        lambda: _frozen_start(folder),
        lambda: _memory(folder),
        lambda: Result("table to XLSX", "plain openpyxl, the same cells", documents.xlsx_pairs(folder), 2),
        lambda: Result("saving a form", "one SQLite insert with fsync", saving.pairs(folder), 3),
        lambda: Result("a changed option on the pages", "one second", preview.pairs(folder), 1),
        lambda: Result("searching 100,000 obligations", "three frames of a screen", searching.pairs(folder), 1),
        lambda: _pdf(folder),
        lambda: Result("final report, 500 files, to PDF", "five seconds", reports.final_pairs(folder), 1),
        lambda: Result("2,000 measures to PDF", "500 measures, 4 times", reports.growth_pairs(folder), 1.5),
        lambda: Result("memory of 2,000 measures to PDF", "of 500", reports.memory_pairs(folder), 1.25, "MB"),
        *_ledger_cases(folder),
        lambda: Result("71 measures read from DOCX", "python-docx reading its cells", reading.word_pairs(folder), 5),
        lambda: Result("71 measures read from PDF", "pdfplumber: words and tables", reading.pdf_pairs(folder), 1.5),
        lambda: Result("200 returned workbooks looked at", "openpyxl loading them", collecting.pairs(folder), 0.25),
        lambda: Result("memory of 200 files looked at", "of 50 files", collecting.memory_pairs(folder), 1.25, "MB"),
        lambda: Result("40 workbooks made", "openpyxl, same cells and lists", collecting.making_pairs(folder), 1.5),
        lambda: Result("the window's longest stall", "a tenth of a second", stalls.small_pairs(folder), 1),
        lambda: Result(f"the same, {ledger.LARGE:,}", "a quarter of a second", stalls.large_pairs(folder), 1),
        lambda: Result("71 x 71 suggested answers", "immediate (100 ms)", aligning.immediate_pairs(folder), 1),
        lambda: Result("200 x 200 suggested answers", "71 x 71 by the pairs", aligning.growth_pairs(folder), 1.5),
    )


def _ledger_cases(folder: Path) -> Sequence[Callable[[], Result | None]]:
    """Ledgers of 1,000, 10,000 and 100,000 obligations over twelve periods; the files are made once."""
    frames = "three frames (50 ms)"
    many = f"{ledger.LARGE:,}"

    def states(size: int) -> Result:
        pairs = ledger.states_pairs(folder, size)
        # the promise is that of the large file; the small ones show that nothing else takes the time
        return Result(f"states and figures, {size:,}", "GROUP BY over their progress", pairs, _STATES[size])

    return (
        *(lambda size=size: states(size) for size in _STATES),
        lambda: Result(
            f"the same, growing to {many}", "the time for 1,000, 100 times", ledger.growth_pairs(folder), 1.5
        ),
        lambda: Result(f"a measure opened, {many}", frames, ledger.opening_pairs(folder), 1),
        lambda: Result(f"a form opened, {many}", frames, ledger.form_pairs(folder), 1),
        lambda: Result(f"a filter over {many} rows", frames, ledger.filter_pairs(folder), 1),
    )


_STATES = {ledger.SMALL: 30, ledger.MIDDLE: 15, ledger.LARGE: 10}
"""Largest ratio by size. The fixed costs of a small file (its plan, its units) weigh more than its rows."""


def _frozen_start(folder: Path) -> Result | None:
    pairs = start.frozen_pairs(folder)
    return Result("the built program's start", "the bare window built", pairs, 2) if pairs else None


def _memory(folder: Path) -> Result | None:
    pairs = start.memory_pairs(folder)
    return Result("memory of the idle window", "the bare window", pairs, 2, unit="MB") if pairs else None


def _pdf(folder: Path) -> Result | None:
    pairs = documents.pdf_pairs(folder)
    return (
        Result("71 measures to PDF, in the program", "LibreOffice converting the XLSX", pairs, 0.1) if pairs else None
    )


def main() -> int:
    """Run all benches; gives the exit code."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{'what':<34} {'ours':>12} {'floor':>12}  {'ratio':>6}  {'promise':<8} {'':<7} floor")
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        for case in _cases(Path(folder)):
            result = case()
            if result is None:
                print("not measured: LibreOffice, the built program (make bench-frozen) or Linux is missing")
                continue
            print(result.line(), flush=True)
            broken |= not result.is_kept
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
