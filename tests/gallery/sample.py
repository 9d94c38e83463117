"""The ledgers of the pictures: a small one for looking at the window, the year of 示例县 for the manual."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw

from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, bundled, files, obligations, progress, reviewing, sample, sample_returns, units
from core.office.dispatch import dispatch
from core.office.files import Store
from core.office.form_value import FormValue
from core.publish.table_document import write_table

AS_OF = date(2025, 1, 10)
PERIOD = "2024Q4"
MEASURE, UNIT = 13, "住建局"
"""What is looked at, in either ledger."""
_TOWNSHIPS = ("岳阳镇", "北平镇", "古阳镇", "旧县镇", "石壁乡", "永乐乡", "南垣乡")
_FILLED = 16
"""Measures that units have said something of."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the scenes stand on: a ledger, the scope, a document to import, returns to be read."""

    ledger: Path
    document: Path
    period: str
    as_of: date
    returns: Path | None = None


def small(folder: Path) -> Stage:
    """古县 with made-up progress in all states: seconds."""
    ledger = folder / "古县.db"
    document = _document(folder)
    with closing(files.create_ledger(ledger)) as store:
        units.complete_group(store, "各乡镇", _TOWNSHIPS, whole=True)
        rows = obligations.list_obligations(store, None, AS_OF)
        said = [row.id for row in rows if row.measure_no <= _FILLED and row.id % 5]
        for row in rows:
            if row.id in said:
                progress.save(store, row.id, PERIOD, _value(row.id, row.due))
        _prove(store, folder)
        reviewing.accept(store, said[::3], PERIOD)
        reviewing.send_back(store, said[1::9], PERIOD, "（样例）缺佐证材料，请补充。")
        dispatch(store, None, PERIOD, folder / "下发", Job())
    return Stage(ledger, document, PERIOD, AS_OF)


def year(folder: Path) -> Stage:
    """The sample year that `taizhang demo --year` makes: some ten seconds."""
    made = sample.make_sample(folder / "示例", Job())
    inbox = made.ledger.parent / sample_returns.INBOX
    return Stage(made.ledger, _document(folder), "2025Q4", sample.AS_OF, inbox)


def _prove(store: Store, folder: Path) -> None:
    """A photograph, a notice of several pages, a sheet: what thumbnails and previews are made of."""
    form = progress.find_obligation(store, None, MEASURE, UNIT)
    notice, sheet, photo = (
        folder / "关于开展合规指导的通知.pdf",
        folder / "走访企业登记表.xlsx",
        folder / "座谈会现场.png",
    )
    plan = bundled.load("qinzhou")
    write_table(plan, "pdf", notice)
    write_table(plan, "xlsx", sheet)
    drawn = Image.new("RGB", (640, 420), "#c9d6e4")
    ImageDraw.Draw(drawn).rectangle((60, 150, 580, 380), fill="#8a6d4b")
    drawn.save(photo)
    attach.add_evidence(store, form.id, PERIOD, (photo, notice, sheet), Job())


def _document(folder: Path) -> Path:
    """A plan as it arrives."""
    path = folder / "定西市任务分解表.docx"
    write_table(bundled.load("dingxi"), "docx", path)
    return path


def _value(number: int, due: date | None) -> FormValue:
    is_done = number % 3 == 0
    return FormValue(
        EntryState.DONE if is_done else EntryState.IN_PROGRESS,
        min(due or AS_OF, date(2024, 12, 20)) if is_done else None,
        text="（样例）已按要求组织落实，相关材料已归档。",
    )
