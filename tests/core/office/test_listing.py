"""Lists of measures and obligations as they are printed, in all three formats."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import InvalidError, OutputError
from core.job import Job
from core.model.ledger import EntryState
from core.office import adjusting, files, listing, obligations, progress, reviewing
from core.office.form_value import FormValue
from core.office.listing import Listing
from core.publish import pages
from core.store.database import Store
from tests.core.publish.reading import Sheet, bare, read_pdf

DAY = date(2025, 1, 10)


def _shown(sheets: list[Sheet]) -> str:
    """Everything outside the cells by lines, then every cell as a whole."""
    return bare("".join(sheet.text + "".join(cell.text for cell in sheet.cells) for sheet in sheets))


@pytest.fixture
def late(store: Store) -> Listing:
    """Three measures, in an order of their own."""
    return listing.measure_listing(store, None, DAY, title="逾期措施清单", words="逾期", numbers=[3, 1, 2])


def test_measures_keep_the_order_they_were_shown_in(late: Listing) -> None:
    """Numbered anew; the printed deadline, state and light in words."""
    assert [row[0] for row in late.rows] == ["1", "2", "3"]
    assert [row[1][:3] for row in late.rows] == ["（3）", "（1）", "（2）"]
    assert late.rows[0][3:5] == ("2024年底前", "未启动，逾期10天")


def test_notes_say_date_filter_and_number(late: Listing) -> None:
    """Who holds the sheet in hand knows what it shows."""
    assert "统计截止日期：2025年1月10日" in late.notes[1]
    assert "范围：逾期" in late.notes[1]
    assert "共3项措施" in late.notes[1]
    assert "三年行动计划" in late.notes[0]


def test_a_list_reads_the_same_in_every_format(late: Listing, tmp_path: Path) -> None:
    """Title, notes, head and every row stand in PDF, XLSX and DOCX."""
    from docx import Document

    for fmt in ("pdf", "xlsx", "docx"):
        listing.export_listing(late, fmt, tmp_path / f"清单.{fmt}", Job())
    wanted = [bare(text) for text in (late.title, *late.notes, *(row[1] for row in late.rows), "未启动，逾期10天")]
    in_pdf = _shown(read_pdf(tmp_path / "清单.pdf"))
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    in_xlsx = bare("".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None))
    document = Document(str(tmp_path / "清单.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    in_docx = bare("".join([*(p.text for p in document.paragraphs), *cells]))

    assert sheet.title == "清单"
    for text in (in_pdf, in_xlsx, in_docx):
        assert [words for words in wanted if words not in text] == []


def test_pages_lie_like_the_official_table(late: Listing) -> None:
    """A4 turned, plain page number."""
    pdf, made = listing.listing_pdf(late, Job())

    assert pages.page_count(pdf) == made.pages
    width, height = pages.page_sizes(pdf)[0]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)


def test_a_title_long_list_stays_on_its_pages(store: Store) -> None:
    """All 38 measures, none lost between pages."""
    whole = listing.measure_listing(store, None, DAY)
    pdf, _ = listing.listing_pdf(whole, Job())
    text = _shown(read_pdf(pdf))

    assert len(whole.rows) == 38
    assert [row[1] for row in whole.rows if bare(row[1]) not in text] == []


def test_obligations_as_filtered(store: Store) -> None:
    """In the order given; what is done has its day, and only then the column is there."""
    rows = obligations.list_obligations(store, None, DAY, unit="财政局")[:3]
    ids = [row.id for row in reversed(rows)]
    before = listing.obligation_listing(store, None, DAY, words="财政局", obligations=ids)
    progress.save(store, ids[0], "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 2), text="已完成。"))
    after = listing.obligation_listing(store, None, DAY, words="财政局", obligations=ids)

    assert [column.title for column in before.columns] == ["序号", "措施", "单位", "责任", "时限", "状态"]
    assert [row[2] for row in before.rows] == ["财政局"] * 3
    assert after.columns[-1].title == "完成日期"
    assert after.rows[0][-2:] == ("已完成", "2024年12月2日")
    assert after.rows[1][-1] == ""


def test_done_late_is_told_apart(store: Store) -> None:
    """逾期完成, not 已完成."""
    row = obligations.list_obligations(store, None, DAY, measure=1)[0]
    progress.save(store, row.id, "2025Q1", FormValue(EntryState.DONE, date(2025, 1, 5), text="已完成。"))
    found = listing.obligation_listing(store, None, DAY, obligations=[row.id])

    assert found.rows[0][-2] == "逾期完成"


def test_an_obligation_that_is_gone_is_left_out(store: Store) -> None:
    row = obligations.list_obligations(store, None, DAY, measure=1)[0]

    assert len(listing.obligation_listing(store, None, DAY, obligations=[row.id, 999_999]).rows) == 1


def test_this_week(store: Store) -> None:
    """本周到期: open ones only, with the week in words."""
    week = listing.week_listing(store, None, date(2024, 12, 30))
    row = obligations.list_obligations(store, None, DAY, measure=1)[0]
    progress.save(store, row.id, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 2), text="已完成。"))
    after = listing.week_listing(store, None, date(2024, 12, 30))

    assert week.title == "本周到期事项清单"
    assert "2024年12月30日至2025年1月5日" in week.notes[1]
    assert len(after.rows) == len(week.rows) - 1
    assert {row[4] for row in week.rows} == {"2024年12月31日"}


def test_an_adjusted_date_shows_the_old_one(store: Store) -> None:
    """As in the table: the new date, the old one in brackets."""
    row = obligations.list_obligations(store, None, DAY, measure=1)[0]
    adjusting.adjust_obligation(store, row.id, to=date(2025, 3, 31), basis="古政办发〔2024〕30号", reason="换届")

    found = listing.obligation_listing(store, None, DAY, obligations=[row.id])

    assert found.rows[0][4] == "2025年3月31日（原2024年12月31日）"


def test_nothing_to_print_is_told(store: Store) -> None:
    """An empty list is no sheet with a head alone."""
    empty = listing.measure_listing(store, None, DAY, numbers=[])

    with pytest.raises(InvalidError, match="空的"):
        listing.listing_pdf(empty, Job())


def test_a_ledger_is_never_replaced(late: Listing, tmp_path: Path) -> None:
    ledger = tmp_path / "别的.db"
    files.create_ledger(ledger).close()
    before = ledger.read_bytes()

    with pytest.raises(OutputError, match="台账文件"):
        listing.export_listing(late, "pdf", ledger, Job())
    assert ledger.read_bytes() == before


def test_a_file_name_has_no_letters_that_systems_refuse() -> None:
    assert Listing('a/b:c"清单', (), (), ()).name == "abc清单"


def test_the_day_done_is_that_of_the_date(store: Store) -> None:
    """Not one that comes later, and none where what was said was sent back."""
    row = obligations.list_obligations(store, None, DAY)[0]
    progress.save(store, row.id, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 3), text="已办"))

    def shown(day: date) -> date | None:
        return next(one.done_on for one in obligations.list_obligations(store, None, day) if one.id == row.id)

    assert shown(DAY) == date(2024, 12, 3)
    assert shown(date(2024, 12, 2)) is None
    reviewing.send_back(store, [row.id], "2024Q4", "没有附材料")
    assert shown(DAY) is None
