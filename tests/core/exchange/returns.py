"""What the tests of returned sheets share: what the ledger knows, sheets as sent, and edits a unit makes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from core.exchange.read_returned import read_returned
from core.exchange.returned import KnownLedger, KnownObligation, KnownPlan, ReturnedRow, ReturnedSheet, SheetProblem
from core.job import Job
from core.model.plan import Severity
from core.office.overview import overview
from core.office.unit_sheets import unit_sheets
from core.store import settings, units
from core.store.database import Store

PERIOD = "2024Q4"
UNIT = "司法局"
Edit = Callable[[Any], None]


def known_of(store: Store, period: str = PERIOD) -> KnownLedger:
    """What a ledger with one plan knows, as far as its sheets of a period show."""
    made = unit_sheets(store, None, period)
    measures = overview(store, None, made.period.last_day).plan.measures
    with store.reading() as db:
        register = units.load(db)
        file_id = settings.everything(db).get("file_id", "")
    targets = {measure.no: measure.targets for measure in measures}
    obligations = {
        sheet.unit: tuple(
            KnownObligation(r.obligation_id, r.number, r.label, r.text, r.states, r.parts, targets[r.number])
            for r in sheet.rows
        )
        for sheet in made.sheets
    }
    texts = {measure.no: (measure.label, measure.text) for measure in measures}
    names = {name: unit.name for unit in register.units if not unit.is_group for name in (unit.name, *unit.aliases)}
    plan = KnownPlan(made.plan_key, made.plan_title, texts, obligations)
    versions = {(made.plan_key, made.period.key, sheet.unit): 1 for sheet in made.sheets}
    return KnownLedger(file_id, (plan,), (made.period,), names, versions)


def edited(data: bytes, *edits: Edit) -> bytes:
    """The workbook after edits of its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for edit in edits:
        edit(book.worksheets[0])
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def column_of(sheet: Any, title: str, row: int = 4) -> int:
    """Where a header stands."""
    return next(cell.column for cell in sheet[row] if cell.value == title)


def row_of(sheet: Any, number: int) -> int:
    """Where a measure stands."""
    return next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value == number)


def fill(number: int, **values: Any) -> Edit:
    """Fill cells of a measure's row, by their headers."""

    def edit(sheet: Any) -> None:
        row = row_of(sheet, number)
        for title, value in values.items():
            sheet.cell(row, column_of(sheet, title)).value = value

    return edit


def read(data: bytes, known: KnownLedger, name: str = "来表.xlsx", **options: Any) -> ReturnedSheet:
    """Read without a word of the file name, unless one is given."""
    return read_returned(data, name, known, Job(), **options)


def row(found: ReturnedSheet, number: int) -> ReturnedRow:
    """The one row of a measure."""
    (only,) = [each for each in found.rows if each.number == number]
    return only


def said(found: ReturnedSheet, severity: Severity | None = None) -> list[str]:
    """The sentences of the problems."""
    return [each.what for each in found.problems if severity in (None, each.severity)]


def errors(found: ReturnedSheet) -> list[SheetProblem]:
    """What keeps something from being taken."""
    return [each for each in found.problems if each.severity is Severity.ERROR]


def path_of(folder: Path, unit: str) -> Path:
    """The workbook of a unit in the folder of a dispatch."""
    return next(folder.glob(f"{unit}*.xlsx"))
