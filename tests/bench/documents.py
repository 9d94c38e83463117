"""The official table: XLSX against plain openpyxl, PDF against LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from contextlib import closing
from pathlib import Path

ROUNDS = 9
OFFICE_ROUNDS = 3


def xlsx_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (our export, openpyxl writing the same cells), after one warm-up."""
    from openpyxl import load_workbook

    path = folder / "table.xlsx"
    export = _exporter(folder, "xlsx", path)
    export()
    cells = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    return [(_seconds(export), _seconds(lambda: _plain(cells, folder / "plain.xlsx"))) for _ in range(ROUNDS)]


def pdf_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (our PDF, LibreOffice converting our XLSX) of 定西's 71 measures; empty without LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return []
    sheet = folder / "office.xlsx"
    _exporter(folder, "xlsx", sheet, "dingxi")()
    export = _exporter(folder, "pdf", folder / "table.pdf", "dingxi")
    export()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(sheet)]

    def convert() -> None:
        subprocess.run(command, check=True, capture_output=True)

    convert()
    return [(_seconds(export), _seconds(convert)) for _ in range(OFFICE_ROUNDS)]


def _exporter(folder: Path, fmt, path: Path, plan: str = "guxian"):
    from core.job import Job
    from core.office import files, tables

    ledger = folder / "documents" / f"{plan}.db"
    if not ledger.exists():
        files.create_ledger(ledger, plan).close()

    def export() -> None:
        with closing(files.open_ledger(ledger, read_only=True)) as store:
            tables.export_table(store, None, fmt, path, Job())

    return export


def _plain(cells: list[list[object]], path: Path) -> None:
    """The same values with a font, a border and an alignment a cell, as anybody would write them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    sheet = book.active
    side = Side("thin")
    border, font = Border(side, side, side, side), Font("仿宋_GB2312", size=12)
    alignment = Alignment(wrap_text=True, vertical="center")
    for row, values in enumerate(cells, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            cell.font, cell.border, cell.alignment = font, border, alignment
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
