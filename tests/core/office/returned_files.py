"""What the tests of 回收 share: sheets as they were sent, filled in by a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl

from core.job import Job
from core.office import collect, collect_write, dispatch, progress
from core.office.collect_choice import Choices
from core.office.collect_write import Accepted
from core.office.collected import Collected, CollectedFile
from core.office.dispatch import DispatchOptions
from core.store.database import Store
from core.store.progress import ProgressRow

PERIOD = "2024Q4"
FIRST_ROW = 5
Cells = Mapping[str, object]
WORDS = {"state": "状态", "done_on": "完成日期", "text": "工作进展", "problems": "存在问题", "next": "下一步工作"}


def sent(store: Store, folder: Path, *units: str, period: str = PERIOD) -> dict[str, Path]:
    """The sheets of some units as they go out; without the cover, whose PDF takes as long as all of them."""
    options = DispatchOptions(units=set(units) or None)
    with mock.patch.object(dispatch, "_write_cover"):
        made = dispatch.dispatch(store, None, period, folder, Job(), options)
    return {file.unit: file.path for file in made.files}


def filled(path: Path, rows: Mapping[int, Cells], edit: Callable[[Any], None] | None = None) -> Path:
    """Fill in rows by the number of the measure; what is not named stays as it was sent."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[4]}
    at = {sheet.cell(row, 1).value: row for row in range(FIRST_ROW, sheet.max_row + 1)}
    for number, cells in rows.items():
        for title, value in cells.items():
            sheet.cell(at[number], columns[title]).value = value
    if edit is not None:
        edit(sheet)
    book.save(path)
    return path


def numbers_of(path: Path) -> list[int]:
    """The measures on a sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [cell.value for cell in sheet["A"][FIRST_ROW - 1 :] if isinstance(cell.value, int)]


def begun(text: str = "已开展", **more: object) -> dict[str, object]:
    """What a unit writes of something it is busy with."""
    return {"状态": "推进中", "工作进展": text, **more}


def done(day: date = date(2024, 12, 20), text: str = "已完成全部工作", **more: object) -> dict[str, object]:
    """What a unit writes of something it has done."""
    return {"状态": "已完成", "完成日期": day, "工作进展": text, **more}


def looked(store: Store, *paths: Path, plan: str | None = None) -> Collected:
    return collect.look(store, plan, list(paths), Job())


def collected(
    store: Store, *paths: Path, choices: Choices | None = None, over_review: bool = False
) -> tuple[Collected, Accepted]:
    """Look at files and take what is clean."""
    found = looked(store, *paths)
    return found, collect_write.accept(store, found, Job(), choices=choices, over_review=over_review)


def file_of(found: Collected, unit: str) -> CollectedFile:
    """The one file of a unit."""
    (file,) = [one for one in found.files if one.unit == unit]
    return file


def record_of(
    store: Store, number: int, unit: str, period: str = PERIOD, part: str | None = None
) -> ProgressRow | None:
    """What the ledger holds of a measure and unit in a period."""
    from core.store import progress as rows

    obligation = progress.find_obligation(store, None, number, unit).id
    with store.reading() as db:
        return next(
            (row for row in rows.of_obligation(db, obligation) if (row.period.key, row.part) == (period, part)), None
        )


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the ledger as it is."""
    with store.reading() as db:
        tables = [row[0] for row in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()]
        return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
