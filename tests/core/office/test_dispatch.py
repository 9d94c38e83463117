"""下发: a workbook for each unit with just what the period expects of it, made whole and noted."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from contextlib import closing
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import InvalidError, NotFoundError, OutputError
from core.exchange.unit_sheet import IDENTITY_SHEET, check_value
from core.job import Cancelled, Job
from core.model.ledger import EntryState
from core.office import dispatch, periods, progress, units
from core.office.dispatch import DispatchOptions, Packing, Sending
from core.office.form_value import FormValue
from core.store.database import Store

FILLED = ("状态", "完成日期", "工作进展", "存在问题", "下一步工作")
DONE = FormValue(EntryState.DONE, date(2024, 8, 1), text="全员轮训完成")


def made_in(store: Store, folder: Path, period: str = "2024Q3", **options: Any) -> dispatch.Dispatched:
    return dispatch.dispatch(store, None, period, folder, Job(), DispatchOptions(**options))


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def columns_of(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[4]}


def numbers_of(path: Path) -> list[int]:
    sheet = sheet_of(path)
    column = [cell.value for cell in sheet["A"][4:]]
    return [value for value in column if isinstance(value, int)]


def record(store: Store, no: int, unit: str, period: str, value: FormValue) -> None:
    progress.save(store, progress.find_obligation(store, None, no, unit).id, period, value)


def test_every_unit_gets_one_workbook_with_its_name(store: Store, tmp_path: Path) -> None:
    """And each holds just its own obligations; the collective that is 待补全 gets none and is listed."""
    made = made_in(store, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.xlsx")) == sorted(f.path.name for f in made.files)
    assert all(file.unit in file.path.name for file in made.files)
    assert dict(made.skipped)["各乡镇"] == "名单待补全，不下发"
    file = next(file for file in made.files if file.unit == "财政局")
    owed = sorted(row.measure_no for row in progress_rows(store, "财政局"))
    assert numbers_of(file.path) == owed
    assert file.rows == len(owed)


def progress_rows(store: Store, unit: str) -> tuple[Any, ...]:
    from core.office.obligations import list_obligations

    return list_obligations(store, None, date(2024, 9, 30), unit=unit)


def test_the_sheet_is_headed_as_the_contract_says(store: Store, tmp_path: Path) -> None:
    """The first visible worksheet is the unit's; only the cells to fill are unlocked, nothing else."""
    file = made_in(store, tmp_path, units={"财政局"}).files[0]
    book = openpyxl.load_workbook(file.path)
    sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
    assert sheet is book.worksheets[0]
    columns = columns_of(sheet)
    assert set(FILLED) < set(columns)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    for title, column in columns.items():
        is_open = not sheet.cell(5, column).protection.locked
        assert is_open == (title in {*FILLED, "佐证材料编号"}), title
    assert sheet.cell(5, columns["完成日期"]).number_format == "yyyy-mm-dd"
    said = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value)
    for part in (file.unit, "2024年第三季度", "2024年9月30日", "填表说明"):
        assert part in said
    foot = " ".join(str(cell.value) for row in sheet.iter_rows(min_row=sheet.max_row) for cell in row if cell.value)
    assert "单位负责人（签字盖章）：" in foot


def test_states_are_chosen_from_a_list_on_a_sheet_of_its_own(store: Store, tmp_path: Path) -> None:
    """An inline list ends at 255 characters; the list holds the states that the obligation can have."""
    book = openpyxl.load_workbook(made_in(store, tmp_path, units={"财政局"}).files[0].path)
    sheet = book.worksheets[0]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert rules
    for rule in rules:
        name, place = rule.formula1.replace("'", "").split("!")
        words = [cell.value for (cell,) in book[name][place.replace("$", "")]]
        assert words[0] == "未启动"
        assert words[-1] == "不涉及"
        assert book[name].sheet_state == "hidden"


def test_the_workbook_knows_whose_it_is(store: Store, tmp_path: Path) -> None:
    """File, plan, period, unit, version and rows, with a check value that fits; said twice."""
    file = made_in(store, tmp_path, units={"财政局"}).files[0]
    book = openpyxl.load_workbook(file.path)
    page = book[IDENTITY_SHEET]
    known = {row[0].value: row[1].value for row in page.iter_rows(max_row=9)}
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=12)]
    assert known["unit"] == file.unit
    assert known["period"] == "2024Q3"
    assert known["version"] == "1"
    assert len(rows) == file.rows
    mark = check_value(
        known["file"], known["plan"], known["period"], known["unit"], 1, [(row[1], row[2], row[3]) for row in rows]
    )
    assert known["check"] == mark
    for key, word in known.items():
        assert book.defined_names[f"taizhang_{key}"].attr_text == f'"{word}"'


def test_what_is_done_before_the_period_is_not_asked_for(store: Store, tmp_path: Path) -> None:
    """Rule 9: 已完成 or 不涉及 before its first day; what was done inside it still is."""
    record(store, 1, "财政局", "2024Q2", FormValue(EntryState.DONE, date(2024, 6, 30)))
    record(store, 2, "财政局", "2024Q2", FormValue(EntryState.NOT_APPLICABLE, reason="无执法职能"))
    record(store, 3, "财政局", "2024Q3", FormValue(EntryState.DONE, date(2024, 7, 1)))
    file = next(file for file in made_in(store, tmp_path, units={"财政局"}).files if file.unit == "财政局")
    assert not {1, 2} & set(numbers_of(file.path))
    assert 3 in numbers_of(file.path)


def test_the_sheet_shows_what_the_ledger_holds(store: Store, tmp_path: Path) -> None:
    """What was said the last time, and what stands in the period already."""
    record(store, 4, "财政局", "2024Q2", FormValue(EntryState.IN_PROGRESS, text="轮训方案已印发"))
    record(store, 4, "财政局", "2024Q3", DONE)
    file = next(file for file in made_in(store, tmp_path, units={"财政局"}).files if file.unit == "财政局")
    sheet = sheet_of(file.path)
    columns = columns_of(sheet)
    row = next(cell.row for cell in sheet["A"] if cell.value == 4)
    assert sheet.cell(row, columns["上期进展"]).value == "推进中：轮训方案已印发"
    assert sheet.cell(row, columns["状态"]).value == "已完成"
    assert sheet.cell(row, columns["完成日期"]).value.date() == date(2024, 8, 1)
    assert sheet.cell(row, columns["工作进展"]).value == "全员轮训完成"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@某人", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(store: Store, tmp_path: Path, text: str) -> None:
    record(store, 4, "财政局", "2024Q3", FormValue(EntryState.IN_PROGRESS, text=text))
    file = next(file for file in made_in(store, tmp_path, units={"财政局"}).files if file.unit == "财政局")
    sheet = sheet_of(file.path)
    row = next(cell.row for cell in sheet["A"] if cell.value == 4)
    cell = sheet.cell(row, columns_of(sheet)["工作进展"])
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_period_that_the_file_does_not_have_is_made(store: Store, tmp_path: Path) -> None:
    """With its last day as cut-off."""
    made_in(store, tmp_path, "2025H1")
    period = next(p for p in periods.periods(store, None, date(2025, 6, 30)) if p.key == "2025H1")
    assert period.cut_off == date(2025, 6, 30)


def test_sent_again_only_when_it_changed(store: Store, tmp_path: Path) -> None:
    """The version counts up with the content; the same content made again is the same version."""
    assert {file.sending for file in made_in(store, tmp_path / "1").files} == {Sending.NEW}
    again = made_in(store, tmp_path / "1")
    assert {(file.sending, file.version) for file in again.files} == {(Sending.SAME, 1)}
    assert again.aside == ()
    record(store, 4, "财政局", "2024Q3", DONE)
    only = made_in(store, tmp_path / "2", only_changed=True)
    assert [(file.unit, file.sending, file.version) for file in only.files] == [("财政局", Sending.CHANGED, 2)]
    assert dict(only.skipped)["公安局"] == "与上次下发相同"
    assert {row.unit: row.version for row in dispatch.dispatched(store, None, "2024Q3")}["财政局"] == 2


def test_a_filled_sheet_under_the_name_is_moved_aside(store: Store, tmp_path: Path) -> None:
    """A unit's work is never overwritten, not even by the next dispatch; the clerk is told where it lies."""
    file = made_in(store, tmp_path, units={"财政局"}).files[0]
    book = openpyxl.load_workbook(file.path)
    book.worksheets[0]["H5"] = "单位填的"
    book.save(file.path)
    filled = file.path.read_bytes()
    (aside,) = made_in(store, tmp_path, units={"财政局"}).aside
    assert aside.read_bytes() == filled
    assert aside.parent.name == "原有文件"


def test_a_folder_or_a_zip_for_each_unit(store: Store, tmp_path: Path) -> None:
    folder = made_in(store, tmp_path / "f", packing=Packing.FOLDERS, units={"财政局"}).files[0]
    assert folder.path.parent.name == "财政局"
    zipped = made_in(store, tmp_path / "z", packing=Packing.ZIPS, units={"财政局"}).files[0]
    with zipfile.ZipFile(zipped.path) as archive:
        assert archive.namelist() == ["财政局2024年第三季度填报表.xlsx"]


def test_mail_drafts_lie_ready(store: Store, tmp_path: Path) -> None:
    """Unsent, with the sheet, to the address of the register; beside them the words for web mail and chat."""
    from core.office.unit_changes import UnitValue, save_unit

    unit = next(unit for unit in units.units(store) if unit.name == "财政局")
    save_unit(store, unit.name, UnitValue(unit.name, unit.kind, aliases=unit.aliases, mail="cz@example.cn"))
    made = made_in(store, tmp_path, with_drafts=True, units={"财政局", "公安局"})
    mail = message_from_bytes(next(p for p in made.drafts if "财政局" in p.name).read_bytes(), policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "cz@example.cn"
    assert "2024年第三季度" in mail["Subject"]
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "财政局2024年第三季度填报表.xlsx"
    assert attachment.get_content() == next(f for f in made.files if f.unit == "财政局").path.read_bytes()
    pasted = (tmp_path / "网页邮箱和聊天用" / "公安局2024年第三季度填报表.txt").read_text(encoding="utf-8-sig")
    assert "名册中没有邮箱" in pasted


def test_who_signed_for_a_sheet(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="还没有向"):
        dispatch.sign_for(store, None, "2024Q3", "财政局", "王建平", date(2024, 7, 2))
    made_in(store, tmp_path, units={"财政局"})
    dispatch.sign_for(store, None, "2024Q3", "财政局", "王建平", date(2024, 7, 2))
    (row,) = dispatch.dispatched(store, None, "2024Q3")
    assert (row.signed_by, row.signed_on) == ("王建平", date(2024, 7, 2))


def test_the_journal_says_what_was_given_to_whom(store: Store, tmp_path: Path) -> None:
    made_in(store, tmp_path, units={"财政局"})
    entry = store.db.execute("SELECT action, after FROM journal ORDER BY id DESC").fetchone()
    assert entry[0] == "下发填报表"
    assert "财政局（第1版）" in entry[1]


def test_cancelled_nothing_is_there(store: Store, tmp_path: Path) -> None:
    """No workbook, no note, no period."""
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        dispatch.dispatch(store, None, "2031Q1", tmp_path / "out", job)
    assert not (tmp_path / "out").exists()
    assert "2031Q1" not in {p.key for p in periods.periods(store, None, date(2024, 9, 30))}


def test_a_folder_that_cannot_be_made_is_told_and_nothing_noted(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="建不了文件夹"):
        made_in(store, tmp_path / "file" / "out")
    assert dispatch.dispatched(store, None, "2024Q3") == ()


def test_a_period_that_means_nothing_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="看不懂报送期"):
        made_in(store, tmp_path, "下个月")


def test_sheets_of_two_plans_do_not_meet_under_one_name(store: Store, tmp_path: Path) -> None:
    """The names say the plan where the file has several."""
    from core.office import bundled
    from core.office.enter_plan import enter_plan

    with store.transaction() as db:
        enter_plan(db, "qinzhou", bundled.load("qinzhou"), bundled.load_units("qinzhou"))
    one = dispatch.dispatch(store, "guxian", "2024Q3", tmp_path, Job())
    assert all("古县" in file.path.name for file in one.files)


@pytest.mark.office
def test_libreoffice_opens_the_sheet_with_lists_and_lock(store: Store, tmp_path: Path, soffice: str) -> None:
    """Saved again by another program: headings, hidden identity, defined names, lists and lock are all there."""
    file = made_in(store, tmp_path / "out", units={"财政局"}).files[0]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "again", file.path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    book = openpyxl.load_workbook(next((tmp_path / "again").glob("*.xlsx")))
    sheet = book.worksheets[0]
    assert set(FILLED) < set(columns_of(sheet))
    assert book[IDENTITY_SHEET].sheet_state == "hidden"
    assert "taizhang_unit" in book.defined_names
    assert sheet.protection.sheet
    assert [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert sheet.row_dimensions[6].height > 30
    with closing(zipfile.ZipFile(file.path)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
