"""The ledger of the pictures: 古县 with made-up progress in all states, marked as such."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from core.job import Job
from core.model.ledger import EntryState
from core.office import bundled, files, obligations, progress, reviewing, units
from core.office.dispatch import dispatch
from core.office.form_value import FormValue
from core.publish.table_document import write_table

AS_OF = date(2025, 1, 10)
PERIOD = "2024Q4"
MEASURE, UNIT = 4, "住建局"
_TOWNSHIPS = ("岳阳镇", "北平镇", "古阳镇", "旧县镇", "石壁乡", "永乐乡", "南垣乡")
_FILLED = 16
"""Measures that units have said something of."""


def make(folder: Path) -> Path:
    """Make the ledger and the files the scenes read, in ``folder``; return the ledger."""
    ledger = folder / "古县.db"
    write_table(bundled.load("dingxi"), "docx", folder / "定西市任务分解表.docx")
    with closing(files.create_ledger(ledger)) as store:
        units.complete_group(store, "各乡镇", _TOWNSHIPS, whole=True)
        rows = obligations.list_obligations(store, None, AS_OF)
        said = [row.id for row in rows if row.measure_no <= _FILLED and row.id % 5]
        for row in rows:
            if row.id in said:
                progress.save(store, row.id, PERIOD, _value(row.id, row.due))
        reviewing.accept(store, said[::3], PERIOD)
        reviewing.send_back(store, said[1::9], PERIOD, "（样例）缺佐证材料，请补充。")
        dispatch(store, None, PERIOD, folder / "下发", Job())
    return ledger


def _value(number: int, due: date | None) -> FormValue:
    is_done = number % 3 == 0
    return FormValue(
        EntryState.DONE if is_done else EntryState.IN_PROGRESS,
        min(due or AS_OF, date(2024, 12, 20)) if is_done else None,
        text="（样例）已按要求组织落实，相关材料已归档。",
    )
