"""The register goes out as a workbook and comes in from a sheet of any shape; every row is told."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InvalidError, OutputError
from core.job import Job
from core.model.units import Unit, UnitKind
from core.office import files, register_sheet, units
from core.office.register_sheet import RegisterDraft, draft_effect, export_register, import_register, read_register
from core.office.unit_changes import UnitValue, leave_unit, save_unit
from core.office.unit_groups import GroupValue, create_group, group_value, set_group
from core.recognise.sources.errors import UnreadableError
from core.store import units as unit_rows
from core.store.database import Store
from tests.examples import examples

HEAD = ("序号", "单位名称", "别名", "类别", "联络员", "联系电话", "邮箱")


def _book(path: Path, *rows: tuple[Any, ...], merged: tuple[str, ...] = (), title: str = "名册") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def _read(store: Store, path: Path, *rows: tuple[Any, ...], merged: tuple[str, ...] = ()) -> RegisterDraft:
    return read_register(store, _book(path, *rows, merged=merged), Job())


def _unit(store: Store, name: str) -> Unit:
    return next(unit for unit in units.units(store) if unit.name == name)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "名册.xlsx"


# --- out and in again -----------------------------------------------------------------------------------


@pytest.fixture
def rich(store: Store) -> Store:
    """A register with everything in it."""
    save_unit(
        store,
        "财政局",
        UnitValue("财政局", full_name="古县财政局", aliases=("县财政局", "财局"), contact="张三", phone="13800138000", mail="a@b.cn"),
    )  # fmt: skip
    save_unit(store, None, UnitValue("=1+1局", aliases=("+甲", "-乙", "@丙"), contact="'丁"))
    save_unit(
        store, None, UnitValue("甲（乙、丙）局", UnitKind.VERTICAL, aliases=("戊、己中心",), phone="0357-8322000")
    )
    group = _unit(store, "各行政执法单位")
    set_group(store, group.name, GroupValue((*group.members, "=1+1局"), (("司法局", "不含（暂定）；另行通知"),)))
    create_group(store, "县、乡各单位", GroupValue(("各乡镇", "各行政执法单位", "甲（乙、丙）局"), whole=True))
    leave_unit(store, "消防救援大队", date(2024, 5, 1), "改革")
    return store


def test_what_goes_out_comes_in_the_same(rich: Store, sheet: Path) -> None:
    made = export_register(rich, sheet)

    draft = read_register(rich, sheet, Job())

    assert draft.problems == ()
    assert {row.change for row in draft.rows} == {"same"}
    assert len(draft.rows) == made.units + made.groups == len(units.units(rich))
    before = units.all_units(rich)
    import_register(rich, draft)
    assert units.all_units(rich) == before


def test_a_new_ledger_takes_the_whole_register_over(rich: Store, sheet: Path, tmp_path: Path) -> None:
    export_register(rich, sheet)
    with closing(files.create_ledger(tmp_path / "新.db", "blank")) as other:
        draft = read_register(other, sheet, Job())
        import_register(other, draft)
        taken = {unit.name: unit for unit in units.units(other)}

    assert draft.problems == ()
    for unit in units.units(rich):
        members = tuple(name for name in unit.members if name != "消防救援大队")
        assert taken[unit.name] == replace(unit, members=members, to_verify=False), unit.name


def test_texts_stay_texts(rich: Store, sheet: Path) -> None:
    export_register(rich, sheet)

    book = openpyxl.load_workbook(sheet)

    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [page.title for page in book.worksheets] == ["单位名册", "单位集合"]
    assert [cell.value for cell in book["单位名册"][2]] == [
        *("单位", "全称", "简称和别名", "类别", "联络员", "电话", "邮箱", "属于", "备注（例外）"),
    ]
    assert [cell.value for cell in book["单位集合"][2]] == ["单位集合", "简称和别名", "成员", "例外", "待补全"]
    row = next(row for row in book["单位名册"].iter_rows(values_only=True) if row[0] == "司法局")
    assert row[8] == "不属于“各行政执法单位”：不含（暂定）；另行通知"


@pytest.mark.thorough
@pytest.mark.office
def test_libreoffice_saves_it_anew_and_it_is_the_same(rich: Store, sheet: Path, tmp_path: Path, soffice: str) -> None:
    export_register(rich, sheet)
    for kind in ("xlsx", "xls", "ods"):
        folder = tmp_path / kind
        profile = (tmp_path / "profile").as_uri()
        command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), str(sheet)], check=True, capture_output=True, timeout=120)

        draft = read_register(rich, folder / f"名册.{kind}", Job())

        assert draft.problems == (), kind
        assert {row.change for row in draft.rows} == {"same"}, kind


def test_a_ledger_file_is_not_overwritten(store: Store) -> None:
    with pytest.raises(OutputError, match="台账文件"):
        export_register(store, store.path)


_NAME = st.text("县局财政司法（）、=+-@甲乙a1 ", min_size=1, max_size=8).filter(lambda text: bool(text.strip(" ")))


@given(
    names=st.lists(_NAME, min_size=1, max_size=4),
    aliases=st.lists(_NAME, max_size=4),
    reason=st.text("甲（）；\n、乙 ", min_size=1, max_size=8),
    contact=st.text(max_size=5),
)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_register_that_can_be_entered_comes_back_the_same(
    guxian_template: Path, tmp_path: Path, names: list[str], aliases: list[str], reason: str, contact: str
) -> None:
    path = tmp_path / "某县.db"
    shutil.copyfile(guxian_template, path)
    with closing(files.open_ledger(path)) as store:
        for name in names:
            try:
                save_unit(store, None, UnitValue(name, aliases=tuple(aliases), contact=contact))
            except InvalidError:
                continue
        last = units.units(store)[-1].name
        if reason.strip():
            group = _unit(store, "各行政执法单位")
            set_group(store, group.name, GroupValue((*group.members, last), ((last, reason),)))
        export_register(store, tmp_path / "名册.xlsx")

        draft = read_register(store, tmp_path / "名册.xlsx", Job())

        assert draft.problems == ()
        assert [row.fields for row in draft.rows if row.change != "same"] == []


# --- in from sheets of other people ---------------------------------------------------------------------------


def test_titles_above_moved_columns_and_numbers_are_read(store: Store, sheet: Path) -> None:
    draft = _read(
        store,
        sheet,
        ("古县行政执法单位联络员名单",),
        ("2024年5月",),
        (),
        ("联系电话", "联络员", "E-mail", "单位名称", "分管领导"),
        (13800138000.0, "张三", "a@b.cn", "财政局", "李四"),
        ("0357-8322000", "王五", None, "县气象局", None),
        merged=("A1:E1",),
    )

    new = next(row for row in draft.rows if row.change == "new")
    changed = next(row for row in draft.rows if row.change == "changed")
    assert (changed.row, changed.unit.phone, changed.unit.contact, changed.unit.mail) == (
        5,
        "13800138000",
        "张三",
        "a@b.cn",
    )
    assert next((f.field, f.have, f.got) for f in changed.fields) == ("联络员", "", "张三")
    assert (new.row, new.unit.name, new.unit.kind, new.unit.phone) == (
        6,
        "县气象局",
        UnitKind.DEPARTMENT,
        "0357-8322000",
    )
    assert draft.problems == ()
    assert draft.left_out == ("工作表“名册”的“分管领导”",)


def test_what_is_clean_is_written_and_journalled(store: Store, sheet: Path) -> None:
    draft = _read(
        store, sheet, HEAD, (1, "财政局", "", "", "张三"), (2, "县气象局", "气象局", "垂管"), (3, "坏局", "", "局委")
    )

    changes = import_register(store, draft)

    assert changes.units
    assert _unit(store, "财政局").contact == "张三"
    assert (_unit(store, "县气象局").aliases, _unit(store, "县气象局").kind) == (("气象局",), UnitKind.VERTICAL)
    with store.reading() as db:
        said = db.execute("SELECT action, subject, reason FROM journal ORDER BY id DESC LIMIT 3").fetchall()
    assert said == [
        ("导入单位名册", "名册.xlsx", None),
        ("新增单位", "县气象局", "导入“名册.xlsx”"),
        ("修改单位", "财政局", "导入“名册.xlsx”"),
    ]
    assert "坏局" not in {unit.name for unit in units.units(store)}


@pytest.mark.parametrize(
    "text", ["甲局、乙局", "甲局，乙局", "甲局/乙局", "甲局;乙局", "甲局\n乙局", "甲局； 乙局，甲局"]
)
def test_aliases_are_parted_by_every_usual_mark(store: Store, sheet: Path, text: str) -> None:
    draft = _read(store, sheet, HEAD, (1, "县气象局", text))

    assert draft.rows[0].unit.aliases == ("甲局", "乙局")


def test_a_name_that_is_an_alias_is_that_unit(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "生态环境局古县分局", "", "", "张三"))

    (row,) = draft.rows
    assert (row.unit.name, row.change, row.unit.contact) == ("市生态环境局古县分局", "changed", "张三")
    assert row.unit.aliases == ("生态环境局古县分局",)


def test_an_unknown_name_with_a_known_alias_is_that_unit_by_another_name(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "古县财政和国资局", "财政局"))

    (row,) = draft.rows
    assert (row.unit.name, row.unit.aliases) == ("财政局", ("古县财政和国资局",))


def test_an_empty_cell_takes_nothing_away(store: Store, sheet: Path) -> None:
    save_unit(store, "财政局", UnitValue("财政局", aliases=("县财政局",), contact="张三", phone="13800138000"))

    draft = _read(store, sheet, HEAD, (1, "财政局", None, None, None, " "))

    assert [row.change for row in draft.rows] == ["same"]


def test_merged_kinds_hold_for_all_their_rows_and_two_rows_of_headings_are_one(store: Store, sheet: Path) -> None:
    draft = _read(
        store,
        sheet,
        ("单位", "类别", "联络员", None),
        (None, None, "姓名", "电话"),
        ("甲局", "垂直管理", "张三", 13800138000),
        ("乙局", None, "李四", 13800138001),
        merged=("A1:A2", "B1:B2", "C1:D1", "B3:B4"),
    )

    assert draft.problems == ()
    assert [(row.row, row.unit.name, row.unit.kind.value, row.unit.contact, row.unit.phone) for row in draft.rows] == [
        (3, "甲局", "垂直管理", "张三", "13800138000"),
        (4, "乙局", "垂直管理", "李四", "13800138001"),
    ]


def test_two_columns_that_mean_the_same_are_put_together(store: Store, sheet: Path) -> None:
    draft = _read(
        store,
        sheet,
        ("单位全称", "单位简称", "办公电话", "手机号码"),
        ("古县甲局", "甲局", "0357-8322000", 13800138000.0),
    )

    unit = draft.rows[0].unit
    assert (unit.name, unit.aliases, unit.phone) == ("古县甲局", ("甲局",), "0357-8322000、13800138000")


def test_the_same_row_twice_is_the_same(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "甲局", "甲", "部门", "张三"), (2, "甲局", "甲", "部门", "张三"), (3, "甲"))

    assert [row.change for row in draft.rows] == ["new", "same", "same"]
    assert draft.problems == ()


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ((1, "甲局", "", "局委"), ("D", "局委"), "不认识的类别"),
        ((1, None, "甲", "部门", "张三"), ("B", ""), "没有单位名称"),
        ((1, "甲局", "财政局、司法局"), ("C", "司法局"), "司法局"),
        ((1, "甲局", "", "", "", "没有"), ("F", "没有"), "电话"),
        ((1, "甲局", "", "", "", "", "没有"), ("G", "没有"), "邮箱"),
        ((None, "合计"), ("B", "合计"), "合计"),
        ((None, "一、县直部门"), ("B", "一、县直部门"), "小标题"),
        ((None, "填表人：张三"), ("B", "填表人：张三"), "表尾"),
        ((None, "各乡镇"), ("B", "各乡镇"), "集合"),
        ((1, "甲局", "", "集合"), ("D", "集合"), "单位集合"),
        ((1, 38), ("B", "38"), "没有文字"),
    ],
)
def test_a_row_that_cannot_be_taken_in_says_where_and_why(
    store: Store, sheet: Path, row: tuple[Any, ...], place: tuple[str, str], words: str
) -> None:
    draft = _read(store, sheet, ("名单",), HEAD, row, (9, "乙局"))

    (problem,) = draft.problems
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("名册", 3, *place)
    assert words in problem.what
    assert [found.unit.name for found in draft.rows] == ["乙局"]


def test_a_duplicate_that_says_something_else_is_a_problem(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "甲局", "", "", "张三"), (2, "甲局", "", "", "李四"))

    assert str(draft.problems[0]) == "工作表“名册” 第3行 E列“李四”：与第2行是同一个单位，联络员不同。"


def test_a_unit_that_left_is_not_entered_anew(store: Store, sheet: Path) -> None:
    leave_unit(store, "财政局", date(2024, 5, 1), "改革")

    draft = _read(store, sheet, HEAD, (1, "财政局"))

    assert "已撤出" in draft.problems[0].what


def test_a_row_of_headings_inside_is_no_unit(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "甲局"), HEAD, (2, "乙局"))

    assert [row.unit.name for row in draft.rows] == ["甲局", "乙局"]
    assert draft.problems == ()


def test_a_line_over_the_whole_width_is_told(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, ("县直部门",), (1, "甲局"), merged=("A2:G2",))

    assert [problem.found for problem in draft.problems] == ["县直部门"]


def test_every_sheet_with_such_headings_is_read(store: Store, sheet: Path) -> None:
    book = openpyxl.load_workbook(_book(sheet, HEAD, (1, "甲局"), title="部门"))
    more = book.create_sheet("乡镇")
    more.append(("名称", "电话"))
    more.append(("某某镇", "8322000"))
    book.create_sheet("说明").append(("填表说明",))
    book.save(sheet)

    draft = read_register(store, sheet, Job())

    assert [(row.sheet, row.unit.name, row.unit.kind.value) for row in draft.rows] == [
        ("部门", "甲局", "部门"),
        ("乡镇", "某某镇", "乡镇"),
    ]


def test_a_unit_joins_the_collective_it_belongs_to(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, ("单位", "属于"), ("县烟草局", "各行政执法单位"), ("乙局", "各没有"))
    effect = draft_effect(store, draft)

    import_register(store, draft)

    assert "县烟草局" in _unit(store, "各行政执法单位").members
    assert effect.appear > 0
    assert {owed.unit for owed in effect.appearing} == {"县烟草局"}
    assert [(problem.column, problem.found) for problem in draft.problems] == [("B", "各没有")]


def test_a_sheet_of_collectives_sets_their_lists(store: Store, sheet: Path) -> None:
    draft = _read(
        store,
        sheet,
        ("单位集合", "成员", "例外", "待补全"),
        ("各股室", "各小组、财政局", "", "是"),
        ("各小组", "司法局，公安局", "司法局（本局牵头）", "否"),
        ("各坏组", "没有的局", "", ""),
        ("各坏例外", "财政局", "财政局", ""),
        ("各坏词", "财政局", "", "也许"),
    )

    import_register(store, draft)

    assert group_value(_unit(store, "各股室")) == GroupValue(("各小组", "财政局"), (), whole=False)
    assert group_value(_unit(store, "各小组")) == GroupValue(
        ("司法局", "公安局"), (("司法局", "本局牵头"),), whole=True
    )
    assert [(p.row, p.column, p.found) for p in draft.problems] == [
        (4, "B", "没有的局"),
        (5, "C", "财政局"),
        (6, "D", "也许"),
    ]


def test_collectives_that_would_hold_one_another_are_a_problem(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, ("单位集合", "成员"), ("各甲", "各乙"), ("各乙", "各甲、财政局"))

    assert len(draft.rows) + len(draft.problems) == 2
    assert draft.problems


def test_a_draft_of_another_register_is_not_written(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, HEAD, (1, "甲局"))
    save_unit(store, None, UnitValue("乙局"))

    with pytest.raises(InvalidError, match="改过"):
        import_register(store, draft)

    assert "甲局" not in {unit.name for unit in units.units(store)}


def test_a_failed_write_leaves_nothing(store: Store, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = _read(store, sheet, HEAD, (1, "甲局"), (2, "乙局"))
    before = units.all_units(store)

    def fail(*_: object, **__: object) -> None:
        raise InvalidError("没有写成。")

    monkeypatch.setattr(register_sheet.journal, "append", fail)
    with pytest.raises(InvalidError, match="没有写成"):
        import_register(store, draft)

    assert units.all_units(store) == before


def test_a_numbered_list_of_names_is_enough(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, ("序号", "单位名称", "备注"), (1, "县气\n象局", ""), (2, "财政局、司法局", ""))

    assert [row.unit.name for row in draft.rows] == ["县气象局"]
    assert [(p.row, p.column) for p in draft.problems] == [(3, "B")]
    assert "几个名称" in draft.problems[0].what


def test_a_table_of_tasks_is_no_register(store: Store, sheet: Path) -> None:
    with pytest.raises(InvalidError, match="没有找到单位名册"):
        _read(
            store,
            sheet,
            ("序号", "具体措施", "牵头单位", "责任单位", "完成时限"),
            (1, "做", "司法局", "财政局", "2024年底前"),
        )


def test_a_name_over_two_columns_is_a_name(store: Store, sheet: Path) -> None:
    draft = _read(store, sheet, ("单位", None, "电话"), ("甲局", None, None), merged=("A1:B1", "A2:B2"))

    assert [row.unit.name for row in draft.rows] == ["甲局"]


def test_a_sheet_without_such_headings_is_refused(store: Store, sheet: Path) -> None:
    with pytest.raises(InvalidError, match="没有找到单位名册"):
        _read(store, sheet, ("甲", "乙"), ("1", "2"))


def test_a_broken_file_is_refused_in_one_sentence(store: Store, sheet: Path) -> None:
    sheet.write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(UnreadableError) as caught:
        read_register(store, sheet, Job())

    assert "\n" not in str(caught.value)


_CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["财政局", "甲局", "单位", "电话", "类别", "各乡镇", "部门", "合计", "张三", "13800138000", "a@b.cn"]
    ),
    st.text(max_size=6),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@given(
    rows=st.lists(st.tuples(*[_CELL] * 5), max_size=8),
    areas=st.lists(st.sampled_from(["A2:A3", "B2:D2", "A4:E4", "C3:C6"]), max_size=2, unique=True),
)
@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_under_the_headings_every_row_is_told_and_the_register_stays_sound(
    guxian_template: Path, tmp_path: Path, rows: list[tuple[Any, ...]], areas: list[str]
) -> None:
    path = tmp_path / "任意.db"
    shutil.copyfile(guxian_template, path)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(("单位", "别名", "类别", "电话", "属于"))
    for row in rows:
        page.append([_writable(value) for value in row])
    for area in areas:
        page.merge_cells(area)
    book.save(tmp_path / "任意.xlsx")
    with closing(files.open_ledger(path)) as store:
        try:
            draft = read_register(store, tmp_path / "任意.xlsx", Job())
        except InvalidError:
            return
        places = [row.row for row in draft.rows] + [problem.row for problem in draft.problems]
        import_register(store, draft)
        with store.reading() as db:
            after = unit_rows.load(db)

    assert len(places) == len(set(places))
    called = [name for unit in after.units if unit.merged_into is None for name in unit.names]
    assert len(called) == len(set(called))
    assert all(after.find(name) is not None for unit in after.units for name in unit.members)


def _writable(value: object) -> object:
    if isinstance(value, str):
        return "".join(letter for letter in value if letter.isprintable()).lstrip("=") or None
    return value


def test_two_columns_of_names_that_differ_are_no_one_name(store: Store, sheet: Path) -> None:
    """甲局 beside 乙局 is not 甲局乙局."""
    draft = _read(store, sheet, ("单位", "单位名称", "类别"), ("甲局", "乙局", "部门"), ("丙局", "丙局", "部门"))

    assert [row.unit.name for row in draft.rows] == ["丙局"]
    assert "两列" in draft.problems[0].what


def test_a_collective_listed_twice_and_not_the_same_is_not_taken(store: Store, tmp_path: Path) -> None:
    """The second list would call it whole without the units of the first, and their obligations would go."""
    path = _book(tmp_path / "名册.xlsx", ("单位", "类别", "属于"), ("岳阳镇", "乡镇", "各乡镇"))
    book = openpyxl.load_workbook(path)
    groups = book.create_sheet("单位集合")
    for row in (("单位集合", "成员", "待补全"), ("各乡镇", "北平镇、岳阳镇", "否"), ("各乡镇", "北平镇", "否")):
        groups.append(row)
    book.save(path)
    draft = register_sheet.read_register(store, path, Job())

    assert [row.unit.name for row in draft.rows] == ["岳阳镇"]
    assert [(problem.row, "写了两次" in problem.what) for problem in draft.problems] == [(2, True), (3, True)]
