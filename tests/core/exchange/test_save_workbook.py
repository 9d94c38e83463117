"""A unit's workbook as we save it is what openpyxl would save, part by part."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from lxml import etree

from core.exchange.save_workbook import saved
from core.exchange.unit_sheet import SheetRow, UnitSheet
from core.exchange.write_sheet import workbook_of
from core.model.ledger import EntryState, Period
from core.model.plan import Role


def parts(data: bytes) -> dict[str, str]:
    """Canonical XML of each part; the kind of an empty cell says nothing, the time of saving is another."""
    package = zipfile.ZipFile(io.BytesIO(data))
    return {
        name: etree.canonicalize(package.read(name).decode()).replace(' t="n"', "")
        for name in package.namelist()
        if name.endswith((".xml", ".rels")) and not name.endswith("core.xml")
    }


def test_every_part_is_what_openpyxl_saves() -> None:
    """Texts that look like formulas, marks of XML, blanks at the ends, line breaks, days, cells left blank."""
    choices = (EntryState.NOT_STARTED, EntryState.IN_PROGRESS, EntryState.DONE)
    common = {"role": Role.LEAD, "deadline": "2024年底前", "states": choices}
    rows = (
        SheetRow(1, 4, "(4)", "举办 <培训> & 考核\n不少于两次", **common, targets=("不少于60学时", "2次"), reached="1. 60\n2. 1"),
        SheetRow(2, 7, "(7)", "  前后有空白 ", **common, parts=("甲", "乙"), part="甲", progress="=1+1", problems="'引号"),
        SheetRow(
            3, 8, "(8)", "做完的", **common, state=EntryState.DONE, done_on=date(2024, 11, 2), next_steps="-无\r\n完",
            evidence="4-1", last="+上期 😀",
        ),
    )  # fmt: skip
    period = Period("2024Q4", "2024年第四季度", date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 10))
    sheet = UnitSheet("f", "guxian", "古县“分解表”", period, "财政局", 1, rows, period.cut_off, "司法局", "0357-1")
    plain = io.BytesIO()
    workbook_of(sheet).save(plain)

    assert parts(saved(workbook_of(sheet))) == parts(plain.getvalue())
