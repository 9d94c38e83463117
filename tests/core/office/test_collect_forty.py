"""Forty units, out and back through LibreOffice with everything that units do to a sheet.

What each unit wrote is known; afterwards the ledger must hold exactly that: no loss, no wrong attribution, no silent
change, and the second collect changes nothing.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.exchange.unit_sheet import IDENTITY_SHEET
from core.model.ledger import EntryState
from core.model.plan import Severity
from core.office import files as file_use
from core.office import progress, reviewing
from core.office.collected import Verdict
from core.office.form_value import FormValue
from core.office.grounds import Grounds, grounds_of
from core.office.unit_groups import GroupValue, set_group
from core.store.database import Store
from tests.core.office.returned_files import FIRST_ROW, PERIOD, collected, contents, sent

pytestmark = pytest.mark.office

Said = tuple[str, str, str, str, str]
"""State, day, progress, problems, next steps."""
FILLED = ("状态", "完成日期", "工作进展", "存在问题", "下一步工作")
DONE, BUSY, KEPT, OUT = "已完成", "推进中", "本期已落实", "不涉及"


@dataclass
class Sheet:
    """A sheet on its way: what the unit wrote, by number of the measure."""

    unit: str
    book: Any
    states: dict[int, tuple[str, ...]]
    said: dict[int, Said] = field(default_factory=dict)
    name: str = ""
    is_refused: bool = False

    @property
    def page(self) -> Any:
        return self.book.worksheets[0]

    def column(self, title: str) -> int:
        return next(cell.column for cell in self.page[4] if cell.value == title)

    def row(self, number: int) -> int:
        return next(at for at in range(FIRST_ROW, self.page.max_row + 1) if self.page.cell(at, 1).value == number)

    @property
    def last(self) -> int:
        return FIRST_ROW + len(self.states) - 1

    def put(self, number: int, title: str, value: object) -> None:
        self.page.cell(self.row(number), self.column(title)).value = value

    def fill(self, number: int, said: Said) -> None:
        self.said[number] = said
        day = date.fromisoformat(said[1]) if said[1] else None
        for title, value in zip(FILLED, (said[0], day, *said[2:]), strict=True):
            self.put(number, title, value or None)

    def values(self) -> list[list[object]]:
        width = self.page.max_column
        return [
            [self.page.cell(at, column).value for column in range(1, width + 1)]
            for at in range(FIRST_ROW, self.last + 1)
        ]

    def write(self, rows: list[list[object]]) -> None:
        for at, values in enumerate(rows, FIRST_ROW):
            for column, value in enumerate(values, 1):
                self.page.cell(at, column).value = value

    def free(self) -> None:
        """Undo merges below the header, as a unit does before it moves things."""
        for area in list(self.page.merged_cells.ranges):
            self.page.unmerge_cells(str(area))


Edit = Callable[[Sheet], None]


def plain(sheet: Sheet) -> None:
    """Only saved by another program."""
    assert sheet.said


def columns_moved(sheet: Sheet) -> None:
    sheet.free()
    place = sheet.column("状态") - 1
    for at in range(4, sheet.last + 1):
        values = [sheet.page.cell(at, column).value for column in range(1, sheet.page.max_column + 1)]
        values.append(values.pop(place))
        for column, value in enumerate(values, 1):
            sheet.page.cell(at, column).value = value


def column_inserted(sheet: Sheet) -> None:
    sheet.free()
    sheet.page.insert_cols(2)
    sheet.page.cell(4, 2).value = "内部编号"
    for at in range(FIRST_ROW, sheet.last + 1):
        sheet.page.cell(at, 2).value = f"内{at}"


def rows_deleted(sheet: Sheet) -> None:
    sheet.free()
    for number in list(sheet.said)[:2]:
        sheet.page.delete_rows(sheet.row(number))
        del sheet.said[number]


def rows_sorted(sheet: Sheet) -> None:
    sheet.write(sorted(sheet.values(), key=lambda row: str(row[sheet.column("状态") - 1] or "~")))


def rows_filtered(sheet: Sheet) -> None:
    sheet.page.auto_filter.ref = f"A4:{sheet.page.cell(4, sheet.page.max_column).column_letter}{sheet.last}"
    for at in range(FIRST_ROW, sheet.last + 1, 2):
        sheet.page.row_dimensions[at].hidden = True


def cells_merged(sheet: Sheet) -> None:
    """Two rows that follow each other share one cell of progress."""
    first, second = next(
        (one, other)
        for one, other in zip(list(sheet.states), list(sheet.states)[1:], strict=False)
        if BUSY in sheet.states[one] and BUSY in sheet.states[other]
    )
    for number in (first, second):
        sheet.fill(number, (BUSY, "", "两项一并推进", "", ""))
    column = sheet.column("工作进展")
    sheet.page.merge_cells(
        start_row=sheet.row(first), end_row=sheet.row(second), start_column=column, end_column=column
    )


def headers_edited(sheet: Sheet) -> None:
    for old, new in (
        ("状态", "完成情况"),
        ("工作进展", "本季度工作进展情况"),
        ("下一步工作", "下步打算"),
        ("完成日期", "完成时间"),
    ):
        sheet.page.cell(4, sheet.column(old)).value = new


def values_pasted(sheet: Sheet) -> None:
    """Over the lists: other words for the same states, days in other clothes."""
    words = {DONE: "完成了", BUSY: "正在推进", KEPT: "已落实", OUT: "本单位不涉及"}
    for at, (number, said) in enumerate(sheet.said.items()):
        sheet.put(number, "状态", words[said[0]])
        if said[1]:
            day = date.fromisoformat(said[1])
            shapes = (f"{day:%Y}.{day.month}.{day.day}", f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日")
            sheet.put(number, "完成日期", shapes[at % 3])


def identity_lost(sheet: Sheet) -> None:
    del sheet.book[IDENTITY_SHEET]
    for name in list(sheet.book.defined_names):
        del sheet.book.defined_names[name]


def renamed(sheet: Sheet) -> None:
    sheet.name = f"新建 Microsoft Excel 工作表({sheet.unit[:1]}{len(sheet.said)})"


def numbers_dressed(sheet: Sheet) -> None:
    for at in range(FIRST_ROW, sheet.last + 1):
        sheet.page.cell(at, 1).value = f"（{sheet.page.cell(at, 1).value}）"


def words_with_signs(sheet: Sheet) -> None:
    """Text that looks like a formula stays text."""
    for number, start in zip(list(sheet.said), "=+-@", strict=False):
        state, day, _, problems, following = sheet.said[number]
        text = f"{start}1项工作，无误"
        sheet.said[number] = (state, day, text, problems, following)
        cell = sheet.page.cell(sheet.row(number), sheet.column("工作进展"))
        cell.value, cell.data_type = text, "s"


def another_unit_written_in(sheet: Sheet) -> None:
    """The sheet of one unit with another's name in its head: nobody can know."""
    cell = sheet.page["A2"]
    cell.value = cell.value.replace(f"填报单位：{sheet.unit}", "填报单位：司法局")
    sheet.said.clear()
    sheet.is_refused = True


def emptied(sheet: Sheet) -> None:
    for number in sheet.states:
        for title in FILLED:
            sheet.put(number, title, None)
    sheet.said.clear()
    sheet.is_refused = True


EDITS: tuple[Edit, ...] = (
    plain,
    columns_moved,
    column_inserted,
    rows_deleted,
    rows_sorted,
    rows_filtered,
    cells_merged,
    headers_edited,
    values_pasted,
    identity_lost,
    renamed,
    numbers_dressed,
    words_with_signs,
)
FORMATS = ("xlsx", "ods", "xls")


@pytest.fixture
def forty(guxian_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of forty units that have a sheet, with something entered and something passed."""
    path = tmp_path_factory.mktemp("forty") / "古县.db"
    shutil.copyfile(guxian_template, path)
    store = file_use.open_ledger(path)
    townships = ("北平镇", *(f"第{number}乡" for number in "一二三四五六七八九十甲乙丙丁戊"))
    set_group(store, "各乡镇", GroupValue(townships, (), whole=True))
    store.close()
    return path


def states_of(grounds: Grounds, unit: str) -> dict[int, tuple[str, ...]]:
    (plan,) = grounds.known.plans
    return {one.number: tuple(state.value for state in one.states) for one in plan.obligations[unit]}


def fill_in(sheet: Sheet, chance: random.Random) -> None:
    """Half of the rows, each in a way that its deadline allows."""
    numbers = [number for number in sheet.states if chance.random() < 0.5] or list(sheet.states)[:1]
    for number in numbers:
        state = chance.choice([one for one in sheet.states[number] if one in (DONE, BUSY, KEPT, OUT)])
        day = f"2024-1{chance.randrange(3)}-{chance.randrange(10, 29)}" if state == DONE else ""
        text = f"{sheet.unit}第{number}项：共{chance.randrange(1000)}件。\n其次，完成率{chance.randrange(100)}％"
        problems = f"缺{chance.randrange(9)}人" if chance.random() < 0.4 else ""
        following = "继续推进" if chance.random() < 0.4 else ""
        sheet.fill(number, (state, day, text, problems, following))


def of_ledger(store: Store) -> dict[tuple[str, int, str], Said]:
    """Everything that was said, by unit, measure and period."""
    rows = store.db.execute(
        "SELECT unit.name, measure.no, period.key, state, coalesce(done_on, ''), progress.text || progress.reason,"
        " problems, next_steps FROM progress JOIN obligation ON obligation.id = obligation_id"
        " JOIN unit ON unit.id = unit_id JOIN measure ON measure.id = measure_id"
        " JOIN period ON period.id = period_id"
    )
    return {row[:3]: row[3:] for row in rows}


def converted(soffice: str, source: Path, folder: Path) -> None:
    """Each format in one call; what lies in ``source`` itself goes as it is."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*FORMATS))
    for form in FORMATS:
        wanted = sorted((source / form).glob("*.xlsx"))
        profile = f"-env:UserInstallation={(source / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
        subprocess.run([*command, *map(str, wanted)], check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("others", [9, pytest.param(0, marks=pytest.mark.thorough)])
def test_forty_units_out_and_back(forty: Path, soffice: str, tmp_path: Path, others: int) -> None:
    """Between three sheets that LibreOffice saved ``others`` are as openpyxl writes them."""
    chance = random.Random(20241231)
    store = file_use.open_ledger(forty)
    grounds = grounds_of(store)
    expected: dict[tuple[str, int, str], Said] = {}
    before = {"财政局": "原有进展", "水利局": "审核过的进展", "公安局": "电话报的进展"}
    for unit, text in before.items():
        number = next(no for no, states in states_of(grounds, unit).items() if BUSY in states)
        obligation = progress.find_obligation(store, None, number, unit).id
        progress.save(store, obligation, PERIOD, FormValue(EntryState.IN_PROGRESS, text=text))
        expected[unit, number, PERIOD] = (BUSY, "", text, "", "")
        if unit == "水利局":
            reviewing.accept(store, [obligation], PERIOD)
            passed = number
    out = sent(store, tmp_path / "下发")
    earlier = sent(store, tmp_path / "上期", "发改局", period="2024Q3")
    assert len(out) >= 40

    source, folder = tmp_path / "填", tmp_path / "收"
    sheets: dict[str, Sheet] = {}
    special: dict[str, Edit] = {"住建局": another_unit_written_in, "工信局": emptied, "水利局": plain}
    for at, (unit, path) in enumerate(out.items()):
        sheet = Sheet(unit, openpyxl.load_workbook(earlier.get(unit, path)), {}, name=path.stem)
        printed = [cell.value for cell in sheet.page["A"][FIRST_ROW - 1 :] if isinstance(cell.value, int)]
        allowed = states_of(grounds, unit)
        sheet.states = {number: allowed[number] for number in printed}
        fill_in(sheet, chance)
        if unit == "水利局":
            sheet.fill(passed, (BUSY, "", "审核以后又改的", "", ""))
        special.get(unit, EDITS[at % len(EDITS)])(sheet)
        place = source.joinpath(*FORMATS[at % (len(FORMATS) + others) :][:1])
        place.mkdir(parents=True, exist_ok=True)
        sheet.book.save(place / f"{sheet.name}.xlsx")
        sheets[unit] = sheet
        period = "2024Q3" if unit in earlier else PERIOD
        for number, said in sheet.said.items():
            if (unit, number) != ("水利局", passed):
                expected[unit, number, period] = kept(said, expected.get((unit, number, period)))
    converted(soffice, source, folder)
    assert len(list(folder.iterdir())) == len(sheets)

    found, accepted = collected(store, folder)

    by_name = {Path(file.name).stem: file for file in found.files}
    for unit, sheet in sheets.items():
        file = by_name[sheet.name]
        errors = [problem for problem in file.problems if problem.severity is Severity.ERROR]
        if sheet.is_refused:
            assert file.verdict is Verdict.REJECTED, unit
            continue
        assert (file.unit, errors) == (unit, []), (unit, file.name)
    assert of_ledger(store) == expected
    assert accepted.rows == sum(len(file.taken()) for file in found.files)
    refused = {unit for unit, sheet in sheets.items() if sheet.is_refused}
    assert refused <= set(found.missing)
    (conflict,) = [diff for file in found.files for diff in file.conflicts if diff.field == "text"]
    assert (conflict.measure_no, conflict.have, conflict.got) == (passed, "审核过的进展", "审核以后又改的")
    deleted = [
        by_name[sheet.name] for at, sheet in enumerate(sheets.values()) if EDITS[at % len(EDITS)] is rows_deleted
    ]
    assert all("可能被删去" in " ".join(p.what for p in file.problems) for file in deleted if file.unit not in special)

    whole = contents(store)
    again, accepted = collected(store, folder)
    assert not accepted.written
    assert {file.verdict for file in again.files} == {Verdict.DUPLICATE, Verdict.REJECTED}
    assert contents(store) == whole
    store.close()


def kept(said: Said, before: Said | None) -> Said:
    """What an empty cell leaves."""
    if before is None:
        return said
    return (*said[:2], *(new or old for new, old in zip(said[2:], before[2:], strict=True)))  # type: ignore[return-value]
