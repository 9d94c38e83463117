"""Whose sheet it is: hidden and visible must agree, and nothing is guessed where they do not."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import KnownError
from core.exchange.known_names import period_named, unit_within
from core.exchange.returned import Identity, Known, KnownLedger
from core.exchange.unit_sheet import IDENTITY_SHEET
from core.ledger.periods import parse
from core.model.ledger import Period
from core.model.plan import Severity
from tests.core.exchange.returns import PERIOD, UNIT, edited, errors, path_of, read, row, said, saved


def visible(old: str, new: str) -> Callable[[Any], None]:
    """Write over the line of the unit and the period."""

    def edit(sheet: Any) -> None:
        assert old in sheet["A2"].value
        sheet["A2"] = sheet["A2"].value.replace(old, new)

    return edit


def hidden(key: str, value: str | None) -> Callable[[Any], None]:
    """Write over a word of the hidden sheet."""

    def edit(sheet: Any) -> None:
        page = sheet.parent[IDENTITY_SHEET]
        cell = next(cells[1] for cells in page.iter_rows() if cells[0].value == key)
        cell.value = value

    return edit


def without_hidden(sheet: Any) -> None:
    """As it comes from one who copied the table into a new workbook."""
    book = sheet.parent
    del book[IDENTITY_SHEET]
    for name in list(book.defined_names):
        del book.defined_names[name]


def test_without_the_hidden_sheet_it_is_known_by_what_is_written_and_that_is_said(
    filled: bytes, known: KnownLedger
) -> None:
    found = read(edited(filled, without_hidden), known)
    assert found.identity == Identity("guxian", PERIOD, UNIT, None, Known.VISIBLE)
    assert said(found) == [f"没有隐藏的标识，按表中的填报单位、报送期和措施文字认作“{UNIT}”2024年第四季度的表"]
    assert [one.severity for one in found.problems] == [Severity.INFO]
    assert found.rows == read(filled, known).rows


def test_the_defined_names_help_where_nothing_is_written(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        del sheet.parent[IDENTITY_SHEET]
        sheet["A1"] = sheet["A2"] = None

    found = read(edited(filled, edit), known)
    assert (found.identity.unit, found.identity.period_key) == (UNIT, PERIOD)
    assert "隐藏的标识不完整" in said(found)[0]


def test_without_all_that_the_file_name_tells(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        without_hidden(sheet)
        sheet["A1"] = sheet["A2"] = None

    data = edited(filled, edit)
    found = read(data, known, f"{UNIT}报2024年四季度（改）.xlsx")
    assert found.identity == Identity("guxian", PERIOD, UNIT, None, Known.FILE_NAME)
    assert len(found.rows) == 4
    lost = read(data, known, "新建 Microsoft Excel 工作表.xlsx")
    assert (lost.identity.unit, lost.identity.period_key, lost.rows) == (None, None, ())
    assert said(lost, Severity.ERROR) == [
        "没有认出是哪个单位的表，请指定单位", "没有认出是哪个报送期的表，请指定报送期",
    ]  # fmt: skip


def test_what_a_person_decides_goes_before(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        without_hidden(sheet)
        sheet["A1"] = sheet["A2"] = None

    found = read(edited(filled, edit), known, decided=Identity("guxian", PERIOD, UNIT))
    assert found.identity.unit == UNIT
    assert found.rows == read(filled, known).rows
    assert not errors(found)


def test_another_unit_s_name_on_the_sheet_is_to_be_decided_and_not_guessed(filled: bytes, known: KnownLedger) -> None:
    data = edited(filled, visible(UNIT, "财政局"))
    found = read(data, known)
    assert (found.identity.unit, found.rows) == (None, ())
    (one,) = errors(found)
    assert one.what == f"标识是“{UNIT}”的表，表中填报单位写的是“财政局”，请确定是哪个单位的"
    assert read(data, known, decided=Identity(None, None, UNIT)).identity.unit == UNIT
    other = read(data, known, decided=Identity(None, None, "财政局"))
    assert other.identity.unit == "财政局"
    owed = {one.id for one in known.plans[0].obligations["财政局"]}
    assert {one.obligation_id for one in other.rows} <= owed


def test_an_alias_of_the_unit_is_the_unit(filled: bytes, known: KnownLedger) -> None:
    alias = next(name for name, unit in known.units.items() if unit == UNIT and name != UNIT)
    found = read(edited(filled, visible(UNIT, f"{alias}（盖章）")), known)
    assert (found.identity.unit, found.problems) == (UNIT, ())


def test_a_unit_nobody_knows_is_warned_of(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, visible(UNIT, "某某办")), known)
    assert found.identity.unit == UNIT
    assert [(one.severity, one.found) for one in found.problems] == [(Severity.WARNING, "某某办")]


def test_a_file_named_after_another_unit_is_warned_of(filled: bytes, known: KnownLedger) -> None:
    found = read(filled, known, "财政局2024年第四季度填报表.xlsx")
    assert found.identity.unit == UNIT
    assert said(found, Severity.WARNING) == [f"文件名中写的是“财政局”，表是“{UNIT}”的，按表读"]
    without = read(edited(filled, without_hidden), known, "财政局2024年第四季度填报表.xlsx")
    assert without.identity.unit is None
    assert errors(without)


def test_a_file_named_after_another_period_is_warned_of(filled: bytes, known: KnownLedger) -> None:
    found = read(filled, known, f"{UNIT}2023年第四季度填报表.xlsx")
    assert found.identity.period_key == PERIOD
    assert said(found, Severity.WARNING) == ["文件名中写的是“2023年第四季度”，表是“2024年第四季度”的，按表读"]
    assert said(read(filled, known, f"{UNIT}2024年12月填报表.xlsx"), Severity.WARNING) == []


def test_another_period_on_the_sheet_is_to_be_decided(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, visible("2024年第四季度", "2024年第三季度")), known)
    assert (found.identity.period_key, found.rows) == (None, ())
    assert "请确定是哪一期的" in errors(found)[0].what


def test_another_period_s_sheet_says_so(filled: bytes, known: KnownLedger) -> None:
    data = edited(filled, without_hidden, visible("2024年第四季度", "2023年三季度"))
    assert read(data, known).identity.period_key == "2023Q3"


def test_another_ledger_s_sheet_is_refused(filled: bytes, known: KnownLedger) -> None:
    with pytest.raises(KnownError, match="另一个台账文件"):
        read(filled, replace(known, file_id="another"))


def test_another_plan_s_sheet_is_refused(filled: bytes, known: KnownLedger) -> None:
    with pytest.raises(KnownError, match="本台账中没有这个方案"):
        read(filled, replace(known, plans=(replace(known.plans[0], key="p2"),)))


def test_an_altered_hidden_sheet_is_not_believed(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, hidden("unit", "财政局")), known)
    assert (found.identity.unit, found.identity.how) == (UNIT, Known.VISIBLE)
    assert "被改动过" in said(found, Severity.WARNING)[0]


def test_an_old_version_is_warned_of(filled: bytes, known: KnownLedger) -> None:
    newer = replace(known, versions={("guxian", PERIOD, UNIT): 3})
    assert said(read(filled, newer), Severity.WARNING) == ["这是第 1 版填报表，最近下发的是第 3 版，请核对有没有缺项"]


def test_the_plan_is_known_by_its_measures_among_several(filled: bytes, known: KnownLedger) -> None:
    other = replace(known.plans[0], key="p2", title="另一方案", texts={1: ("1.", "另一条")}, obligations={})
    found = read(
        edited(filled, without_hidden, lambda sheet: sheet.__setitem__("A1", None)),
        replace(known, plans=(other, *known.plans)),
    )
    assert found.identity.plan_key == "guxian"
    assert len(found.rows) == 4


def test_a_copy_into_a_new_workbook_is_read(filled: bytes, known: KnownLedger) -> None:
    source = openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]
    book = openpyxl.Workbook()
    for cells in source.iter_rows(values_only=True):
        book.worksheets[0].append(cells)
    found = read(saved(book), known)
    assert [row(found, number).state for number in (2, 4, 5, 7)] == [one.state for one in read(filled, known).rows]


def test_sheets_of_two_units_are_never_mixed_up(sent: tuple[Path, KnownLedger]) -> None:
    folder, known = sent
    for unit in known.plans[0].obligations:
        found = read(edited(path_of(folder, unit).read_bytes(), without_hidden), known, "x.xlsx")
        assert found.identity.unit == unit


@pytest.mark.parametrize(
    ("written", "key"),
    [("2024年第四季度", "2024Q4"), ("2024年4季度", "2024Q4"), ("2024Q4", "2024Q4"), ("2024年上半年", "2024H1"), ("2024年6月份", "2024-06"), ("第四季度", None), ("", None)],
)  # fmt: skip
def test_a_period_however_it_is_written(written: str, key: str | None) -> None:
    found = period_named(written, [parse("2024Q4")])
    assert (found.key if found else None) == key


def test_a_period_of_the_plan_s_own_goes_before_that_of_another(filled: bytes, known: KnownLedger) -> None:
    day = date(2024, 6, 30)
    first, own = Period("中期", "中期", day, day, day), Period("中期@p2", "中期", day, day, day)
    both = replace(
        known, periods=(first, own), plans=(known.plans[0], replace(known.plans[0], key="p2", title="另一方案"))
    )
    data = edited(filled, without_hidden, visible("2024年第四季度", "中期"))
    assert read(data, both).identity.period_key == "中期"
    other = edited(
        filled,
        without_hidden,
        visible("2024年第四季度", "中期"),
        lambda sheet: sheet.__setitem__("A1", "另一方案填报表"),
    )
    assert read(other, both).identity == Identity("p2", "中期@p2", UNIT, None, Known.VISIBLE)


def test_a_name_inside_a_longer_one_is_not_meant() -> None:
    units = {"古县": "古县政府", "市生态环境局古县分局": "生态局", "林业局": "林业局"}
    known = KnownLedger("", (), (), units)
    assert unit_within("市生态环境局古县分局报送", known) == "生态局"
    assert unit_within("林业局、市生态环境局古县分局", known) is None


def test_whom_to_ask_is_not_who_answers(filled: bytes, known: KnownLedger) -> None:
    """The office stands on every sheet; a plan's name may hold a unit's."""

    def edit(sheet: Any) -> None:
        without_hidden(sheet)
        sheet["A1"], sheet["A2"] = "财政局执法质量计划填报表", "报送期：2024年第四季度　　联系单位：财政局，0357-1"

    plan = replace(known.plans[0], title="财政局执法质量计划重点任务分解表")
    found = read(edited(filled, edit), replace(known, plans=(plan,)))
    assert found.identity.unit is None
    assert errors(found)
