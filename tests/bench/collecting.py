"""Returned workbooks read and checked against openpyxl merely loading them."""

from __future__ import annotations

import io
import time
from contextlib import closing
from datetime import date
from pathlib import Path

ROUNDS = 3
FILES = 200


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (200 returned workbooks read and checked, openpyxl loading them), one file after the other."""
    known, files = _returned(folder)
    _read(known, files[:5])
    return [(_seconds(lambda: _read(known, files)), _seconds(lambda: _load(files))) for _ in range(ROUNDS)]


def _returned(folder: Path):
    """Sheets of 古县 with every row filled in, saved anew; over and over up to their number."""
    from openpyxl import load_workbook

    from core.job import Job
    from core.office import files
    from core.office.dispatch import dispatch
    from tests.core.exchange.returns import known_of

    ledger = folder / "collecting" / "古县.db"
    files.create_ledger(ledger).close()
    with closing(files.open_ledger(ledger)) as store:
        made = dispatch(store, None, "2024Q4", folder / "collecting" / "out", Job())
        known = known_of(store)
    for at, file in enumerate(made.files):
        book = load_workbook(file.path)
        sheet = book.worksheets[0]
        titles = {cell.value: cell.column for cell in sheet[4]}
        for row in range(5, sheet.max_row - 1):
            done = (row + at) % 3 == 0
            sheet.cell(row, titles["状态"]).value = "已完成" if done else "推进中"
            sheet.cell(row, titles["完成日期"]).value = date(2024, 11, 1 + row % 28) if done else None
            sheet.cell(row, titles["工作进展"]).value = f"召开专题会议 {row} 次，开展培训并检查 {at} 家单位，建立台账，逐项销号。"
            sheet.cell(row, titles["下一步工作"]).value = "继续推进，按月调度。"
        book.save(file.path)
    paths = [file.path for file in made.files]
    return known, [paths[at % len(paths)] for at in range(FILES)]


def _read(known, files) -> None:
    from core.exchange.read_returned import read_returned
    from core.job import Job

    job = Job()
    for path in files:
        found = read_returned(path.read_bytes(), path.name, known, job)
        assert found.rows and not any(row.has_error for row in found.rows), found.problems[:3]


def _load(files) -> None:
    from openpyxl import load_workbook

    for path in files:
        assert load_workbook(io.BytesIO(path.read_bytes())).worksheets


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
