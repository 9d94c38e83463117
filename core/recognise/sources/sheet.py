"""Workbooks: each visible sheet as one table, what its cells show as their text. No macro is ever run."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

from core.job import Job
from core.recognise.blocks import Place, Source, Table
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large
from core.recognise.sources.grid import Slot, table_of
from core.recognise.sources.sheet_formats import Shown, package_sheets

AREA = 4_000_000
"""Most places between the first and the last cell of a sheet that hold something."""
MOST_SHEETS = 300
_STEP = 1000
_FIRST_DAY = re.compile(r"\d{4}-\d\d-01")
_PANIC = "PanicException"


def read_sheets(data: bytes, name: str, job: Job, package: ZipFile | None = None) -> Source:
    """Read a workbook (.xlsx .xlsm .xlsb .xls .et).

    Hidden sheets are left out and listed. ``package`` is the opened container of the packed formats.
    """
    shown = package_sheets(package, name) if package is not None else {}
    has_formats = package is not None and "xl/workbook.xml" in package.namelist()
    check_extents(shown, name)
    workbook = guarded(name, open_workbook, data)
    tables: list[Table] = []
    repairs: list[str] = []
    try:
        metas = guarded(name, lambda: list(workbook.sheets_metadata))
        if len(metas) > MOST_SHEETS:
            raise too_large(name)
        for meta in metas:
            if not str(meta.visible).endswith(".Visible"):
                repairs.append(f"工作表“{meta.name}”是隐藏的，没有读取。")
            elif str(meta.typ).endswith(".WorkSheet"):
                place = Place(sheet=meta.name, table=len(tables) + 1)
                table = guarded(name, _read_sheet, workbook, place, shown.get(meta.name), name, job)
                if table is not None and not has_formats:
                    repairs += _unsure_dates(table)
                tables += [table] if table is not None else []
    finally:
        workbook.close()
    return Source(name, "sheet", tuple(tables), repairs=tuple(repairs))


def check_extents(sheets: Mapping[str, Shown], name: str) -> None:
    """Refuse a workbook whose cells lie so far apart that loading it would take all memory."""
    for title, sheet in sheets.items():
        _check_area(title, sheet.height, sheet.width, name)


def _unsure_dates(table: Table) -> Iterator[str]:
    """Formats whose number formats are not known here show a month as its first day."""
    for row in table.rows:
        for cell in row:
            if cell is not None and _FIRST_DAY.fullmatch(cell.text):
                yield f"{cell.place}：日期“{cell.text}”在表中可能只写到月，请核对。"


def open_workbook(data: bytes) -> Any:  # noqa: ANN401 - its classes say nothing more
    """Open a workbook with calamine; to be called by ``guarded``."""
    import python_calamine

    return python_calamine.load_workbook(io.BytesIO(data))


def guarded(name: str, call: Any, *arguments: Any) -> Any:  # noqa: ANN401
    """Call into calamine, whose parser answers a damaged file by errors of many kinds, or panics."""
    import python_calamine

    try:
        with _quiet():
            return call(*arguments)
    except python_calamine.PasswordError as error:
        raise locked(name) from error
    except (python_calamine.CalamineError, ValueError, OSError, MemoryError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise damaged(name) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what calamine says on a panic off the command line, where one Chinese sentence is to stand."""
    try:
        kept = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a window without a console has no such stream
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _check_area(sheet: str, height: int, width: int, name: str) -> None:
    if height * width > AREA:
        raise UnreadableError(
            f"“{name}”的工作表“{sheet}”内容散布太广（{height} 行 {width} 列），没有读取。",
            hint="请把任务分解表单独复制到一个新的工作簿，再导入。",
            where=name,
        )


def _read_sheet(workbook: Any, place: Place, shown: Shown | None, name: str, job: Job) -> Table | None:  # noqa: ANN401
    sheet = workbook.get_sheet_by_name(place.sheet)
    if sheet.start is None:
        return None
    _check_area(str(place.sheet), sheet.height, sheet.width, name)
    first_row, first_column = sheet.start
    texts: dict[tuple[int, int], str] = {}
    for at, row in enumerate(sheet.to_python(skip_empty_area=True)):
        if at % _STEP == 0:
            job.step(at, sheet.height, f"读取工作表“{place.sheet}”")
        for column, value in enumerate(row):
            code = shown.codes.get((first_row + at, first_column + column)) if shown else None
            text = text_of(value, code)
            if text:
                texts[first_row + at, first_column + column] = text
        if len(texts) > limits.PARTS:
            raise too_large(name)
    merges = sheet.merged_cell_ranges or []
    return sheet_table(texts, [(*upper, *lower) for upper, lower in merges], place)


def sheet_table(
    texts: dict[tuple[int, int], str], merges: Sequence[tuple[int, int, int, int]], place: Place
) -> Table | None:
    """The table of a sheet from its texts (row and column from 0) and merged areas; None for an empty one.

    Of blank rows that follow one another one is kept.
    """
    if not texts:
        return None
    last_row, first_column = max(row for row, _ in texts), min(column for _, column in texts)
    last_column = max(column for _, column in texts)
    spans = {
        (top, left): (min(bottom, last_row), min(right, last_column))
        for top, left, bottom, right in merges
        if (top, left) in texts or (top <= last_row and first_column <= left <= last_column and bottom - top < _STEP)
    }
    used = {row for row, _ in texts}
    for (top, _), (bottom, _) in spans.items():
        used.update(range(top, bottom + 1))
    rows = list(_kept(sorted(used)))
    index = {row: at for at, row in enumerate(rows)}
    slots = []
    for row, column in sorted({*texts, *(key for key in spans if key[0] <= last_row)}):
        bottom, right = spans.get((row, column), (row, column))
        high = index[bottom] - index[row] + 1
        slots.append(Slot(index[row], column - first_column, texts.get((row, column), ""), high, right - column + 1))
    return table_of(slots, place, row_numbers=[row + 1 for row in rows], first_column=first_column + 1)


def _kept(used: list[int]) -> Iterator[int]:
    """Rows with content, and one for each gap between them."""
    before = used[0] - 1
    for row in used:
        if row > before + 1:
            yield row - 1
        yield row
        before = row


def text_of(value: object, code: str | None = None) -> str:
    """What a cell shows: dates as ISO, months as 2024年6月, numbers without a tail of zeros.

    ``code`` is the number format where it changes what is read (a month without its day, %, words around a number).
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return _date(value, code)
    return value.isoformat("minutes") if isinstance(value, time) else str(value or "")


def _number(value: float, code: str | None) -> str:
    if code is None:
        return format(value, ".15g")
    if code.endswith("%"):
        return format(value * 100, ".12g") + "%"
    if code.startswith("0"):
        return format(value, ".15g").zfill(len(code))
    return format(value, ".15g") + code


def _date(value: date, code: str | None) -> str:
    if code == "ym":
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if code == "y" else value.strftime("%Y-%m-%d")
