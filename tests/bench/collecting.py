"""Workbooks out and back: making them against plain openpyxl, reading and checking them against openpyxl loading them.

Looking takes two processes beside our own where there are two cores, so it is measured by the clock, with openpyxl
between our rounds: what else the machine does hits both. Making is one process, measured in its processor time.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

ROUNDS = 3
FILES, UNITS = 200, 40
_PEAK = """
import re, sys
from pathlib import Path
from core.contained import pool
from tests.bench.collecting import _look

def peak(process):
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path(f"/proc/{process}/status").read_text())[1]) / 1024

_look(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]])
print(peak("self"), sum(peak(one.process.number) for rest in pool.resting for one in rest.children))
"""
PERIODS = ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2024Q3", "2024Q2", "2024Q1")


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (200 returned workbooks looked at: read and compared with the ledger; openpyxl loading them)."""
    ledger, files = _returned(folder)
    _look(ledger, files[:5])
    clock = time.perf_counter
    return [
        (_seconds(lambda: _look(ledger, files), clock), _seconds(lambda: _load(files), clock)) for _ in range(ROUNDS)
    ]


def memory_pairs(folder: Path) -> list[tuple[float, float]]:
    """Megabytes that looking takes at most, children included, at (200 files, 50 files)."""
    ledger, files = _returned(folder)
    return [(_megabytes(ledger, files), _megabytes(ledger, files[: FILES // 4]))]


def making_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (the sheets of all units made, plain openpyxl writing the same cells and lists)."""
    from core.exchange.write_sheet import sheet_bytes, workbook_of
    from core.office import files
    from core.office.unit_sheets import unit_sheets

    ledger = _ledger(folder / "making")
    with closing(files.open_ledger(ledger)) as store:
        sheets = unit_sheets(store, None, "2024Q4").sheets
    sheets = [sheets[at % len(sheets)] for at in range(UNITS)]
    plain = [_plain(workbook_of(sheet)) for sheet in sheets]

    def make() -> None:
        for sheet in sheets:
            assert sheet_bytes(sheet)

    return [(_seconds(make), _seconds(lambda: _write(plain))) for _ in range(ROUNDS)]


def _plain(book) -> list:
    """Title, visibility, cells and lists of each page."""
    return [
        (
            page.title,
            page.sheet_state,
            [[cell.value for cell in row] for row in page.iter_rows()],
            [(check.type, check.formula1, str(check.sqref).split()) for check in page.data_validations.dataValidation],
        )
        for page in book.worksheets
    ]


def _write(books) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    for pages in books:
        book = Workbook()
        book.remove(book.active)
        for title, state, rows, lists in pages:
            page = book.create_sheet(title)
            page.sheet_state = state
            for row in rows:
                page.append(row)
            for kind, formula, places in lists:
                check = DataValidation(type=kind, formula1=formula, allow_blank=True)
                for place in places:
                    check.add(place)
                page.add_data_validation(check)
        book.save(io.BytesIO())


def _ledger(folder: Path) -> Path:
    from core.office import files

    ledger = folder / "古县.db"
    if not ledger.exists():
        files.create_ledger(ledger).close()
    return ledger


def _returned(folder: Path) -> tuple[Path, list[Path]]:
    """Sheets of 古县 for eight quarters with every row filled in, saved anew; no two are alike."""
    from openpyxl import load_workbook

    from core.job import Job
    from core.office import files
    from core.office.dispatch import dispatch

    ledger = _ledger(folder / "collecting")
    with closing(files.open_ledger(ledger)) as store:
        made = [
            file for key in PERIODS for file in dispatch(store, None, key, folder / "collecting" / key, Job()).files
        ][:FILES]
    for at, file in enumerate(made):
        book = load_workbook(file.path)
        sheet = book.worksheets[0]
        titles = {cell.value: cell.column for cell in sheet[4]}
        for row in range(5, sheet.max_row - 1):
            done = (row + at) % 3 == 0
            sheet.cell(row, titles["状态"]).value = "已完成" if done else "推进中"
            sheet.cell(row, titles["完成日期"]).value = date(2024, 11, 1 + row % 28) if done else None
            sheet.cell(
                row, titles["工作进展"]
            ).value = f"召开专题会议 {row} 次，开展培训并检查 {at} 家单位，建立台账，逐项销号。"
            sheet.cell(row, titles["下一步工作"]).value = "继续推进，按月调度。"
        book.save(file.path)
    return ledger, [file.path for file in made]


def _look(ledger, paths) -> None:
    from core.job import Job
    from core.office import files
    from core.office.collect import look

    with closing(files.open_ledger(ledger)) as store:
        found = look(store, None, paths, Job())
        found.spool.close()
    assert len(found.files) == len(paths)
    assert all(file.changes for file in found.files), [file.problems[:2] for file in found.files if not file.changes]


def _megabytes(ledger, files) -> float:
    """What a process of its own took at most, and its children together."""
    command = [sys.executable, "-c", _PEAK, str(ledger), *map(str, files)]
    return sum(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))


def _load(files) -> None:
    from openpyxl import load_workbook

    for path in files:
        assert load_workbook(io.BytesIO(path.read_bytes())).worksheets


def _seconds(work, clock=time.process_time) -> float:
    begin = clock()
    work()
    return clock() - begin
