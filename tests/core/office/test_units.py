"""The register: units entered, changed, renamed, leaving and coming back; collectives; names nobody answers."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.model.ledger import EntryState
from core.model.units import Unit, UnitKind
from core.office import bundled, files, units
from core.office.form_value import FormValue
from core.office.obligations import list_obligations
from core.office.overview import overview
from core.office.progress import find_obligation, save
from core.office.reading import import_plan
from core.office.register_effect import Owed
from core.office.unit_changes import (
    UnitValue,
    confirm_units,
    leave_effect,
    leave_unit,
    return_effect,
    return_unit,
    save_unit,
    unit_effect,
    unit_value,
)
from core.office.unit_groups import GroupValue, complete_group, create_group, group_value, set_group, set_group_effect
from core.store import journal
from core.store.database import Store

DAY = date(2024, 5, 1)


def _unit(store: Store, name: str) -> Unit:
    return next(unit for unit in units.all_units(store) if unit.name == name)


def _pairs(store: Store) -> set[tuple[int, str]]:
    return {(row.measure_no, row.unit) for row in list_obligations(store, None, DAY)}


def _journal(store: Store) -> list[tuple[str, str]]:
    with store.reading() as db:
        assert not list(journal.broken(db))
        return db.execute("SELECT action, subject FROM journal ORDER BY id").fetchall()


def _last(store: Store) -> tuple[str, str]:
    with store.reading() as db:
        return db.execute("SELECT before, after FROM journal ORDER BY id DESC LIMIT 1").fetchone()


# --- entering and changing --------------------------------------------------------------------------


def test_a_new_unit_stands_at_the_end_with_everything_that_was_filled_in(store: Store) -> None:
    value = UnitValue(
        *("县气象局", UnitKind.VERTICAL, "古县气象局"),
        aliases=("气象局", " 气象局 ", "县气象局"),
        contact=" 张三 ",
        phone="１３８００１３８０００",
        mail="a@b.cn",
    )

    save_unit(store, None, value)

    made = units.units(store)[-1]
    assert made.aliases[0] == "气象局"
    assert unit_value(made) == UnitValue(
        "县气象局", UnitKind.VERTICAL, "古县气象局", ("气象局",), "张三", "13800138000", "a@b.cn"
    )
    assert _journal(store)[-1] == ("新增单位", "县气象局")


def test_a_unit_is_known_by_alias_and_full_name(store: Store) -> None:
    save_unit(store, "财政局", UnitValue("财政局", full_name="古县财政局", aliases=("县财政局",)))

    for name in ("财政局", "县财政局", "古县财政局", "生态环境局古县分局"):
        assert find_obligation(store, None, 37 if "财" in name else 29, name) is not None


def test_saving_the_same_writes_nothing(store: Store) -> None:
    before = _journal(store)

    save_unit(store, "财政局", unit_value(_unit(store, "财政局")))

    assert _journal(store) == before


@pytest.mark.parametrize(
    ("value", "field", "word"),
    [
        (UnitValue("  "), "name", "名称"),
        (UnitValue("财政局"), "name", "另一个单位"),
        (UnitValue("新局", aliases=("财政局",)), "aliases", "财政局"),
        (UnitValue("生态环境局古县分局"), "name", "市生态环境局古县分局"),
        (UnitValue("新局", full_name="古县司法局"), "full_name", "司法局"),
        (UnitValue("各乡镇"), "name", "另一个"),
        (UnitValue("新局", UnitKind.GROUP), "kind", "集合"),
        (UnitValue("新局", phone="没有"), "phone", "没有"),
        (UnitValue("新局", mail="没有"), "mail", "没有"),
    ],
)
def test_a_value_that_cannot_be_is_bound_to_its_field(store: Store, value: UnitValue, field: str, word: str) -> None:
    before = units.all_units(store)

    with pytest.raises(InvalidError) as caught:
        save_unit(store, None, value)

    assert caught.value.field == field
    assert word in str(caught.value)
    assert units.all_units(store) == before


def test_a_renamed_unit_keeps_its_old_name_its_obligations_and_its_history(store: Store) -> None:
    before = _pairs(store)
    row = find_obligation(store, None, 37, "财政局")
    save(store, row.id, "2024Q2", FormValue(EntryState.IN_PROGRESS, text="已部署"))
    effect = unit_effect(store, "财政局", UnitValue("财政和国资局"))

    save_unit(store, "财政局", UnitValue("财政和国资局"))

    assert (effect.appear, effect.gone, effect.new_units) == (0, 0, ())
    assert _unit(store, "财政和国资局").aliases == ("财政局",)
    assert _pairs(store) == {(no, name.replace("财政局", "财政和国资局")) for no, name in before}
    assert find_obligation(store, None, 37, "财政局").id == row.id
    assert "财政和国资局" in next(u for u in units.units(store) if u.name == "各行政执法单位").members
    assert ("填报进展", "第37项 财政局，2024年第二季度") in _journal(store)


def test_a_unit_takes_back_a_name_it_had(store: Store) -> None:
    save_unit(store, "财政局", UnitValue("财政和国资局"))

    save_unit(store, "财政和国资局", UnitValue("财政局"))

    assert _unit(store, "财政局").aliases == ("财政和国资局",)


def test_an_alias_that_divisions_use_becomes_a_unit_to_be_verified_when_it_is_taken_away(store: Store) -> None:
    save_unit(store, "财政局", UnitValue("财政和国资局"))
    before = _pairs(store)
    effect = unit_effect(store, "财政和国资局", UnitValue("财政和国资局"))

    save_unit(store, "财政和国资局", UnitValue("财政和国资局"))

    assert effect.new_units == ("财政局",)
    assert {(owed.measure, owed.unit) for owed in effect.appearing} == _pairs(store) - before
    assert (37, "财政局") in _pairs(store) - before
    assert [(item.name, item.why) for item in units.unresolved(store, None)] == [("财政局", "待核对")]


def test_a_group_is_renamed_like_a_unit(store: Store) -> None:
    before = {(no, unit) for no, unit in _pairs(store) if unit == "北平镇"}

    save_unit(store, "各乡镇", UnitValue("各乡镇人民政府", UnitKind.GROUP))

    assert _unit(store, "各乡镇人民政府").aliases == ("各乡镇",)
    assert {(no, unit) for no, unit in _pairs(store) if unit == "北平镇"} == before


def test_unknown_units_are_told(store: Store) -> None:
    for call in (
        lambda: save_unit(store, "没有", UnitValue("没有")),
        lambda: leave_unit(store, "没有", DAY, "撤"),
        lambda: leave_effect(store, "没有"),
        lambda: return_unit(store, "没有"),
        lambda: confirm_units(store, ["没有"]),
        lambda: set_group(store, "财政局", GroupValue()),
        lambda: units.measures_of_group(store, None, "没有"),
    ):
        with pytest.raises(NotFoundError):
            call()


# --- leaving and coming back ------------------------------------------------------------------------


def test_a_unit_that_leaves_owes_nothing_and_its_measures_follow(store: Store) -> None:
    before = _pairs(store)
    row = find_obligation(store, None, 37, "财政局")
    done = FormValue(EntryState.DONE, DAY, text="完成")
    for other in list_obligations(store, None, DAY, measure=37):
        if other.unit != "财政局":
            save(store, other.id, "2024Q2", done)
    save(store, row.id, "2024Q2", FormValue(EntryState.IN_PROGRESS, text="在做"))
    then = overview(store, None, DAY).measures[37].state
    effect = leave_effect(store, "财政局")

    changes = leave_unit(store, "财政局", DAY, "机构改革")

    assert {(owed.measure, owed.unit) for owed in effect.going} == before - _pairs(store)
    assert effect.with_entries == (Owed("guxian", 37, "财政局"),)
    assert changes.measures == {no for no, unit in before if unit == "财政局"}
    assert "财政局" not in {unit.name for unit in units.units(store)}
    gone = _unit(store, "财政局")
    assert (gone.left_on, gone.left_reason) == (DAY, "机构改革")
    assert overview(store, None, DAY).measures[37].state is not then


def test_a_unit_comes_back_with_what_it_said(store: Store) -> None:
    before = _pairs(store)
    row = find_obligation(store, None, 37, "财政局")
    save(store, row.id, "2024Q2", FormValue(EntryState.IN_PROGRESS, text="在做"))
    leave_unit(store, "财政局", DAY, "机构改革")
    effect = return_effect(store, "财政局")

    return_unit(store, "财政局")

    assert _pairs(store) == before
    assert effect.appear == sum(unit == "财政局" for _, unit in before)
    assert find_obligation(store, None, 37, "财政局").id == row.id
    assert [action for action, _ in _journal(store)][-2:] == ["单位撤出", "单位恢复"]
    assert "财政局" in {unit.name for unit in units.units(store)}


def test_leaving_needs_a_reason_and_a_day_that_has_come(store: Store) -> None:
    tomorrow = date.today() + timedelta(days=1)
    for on, reason, field in ((DAY, " ", "reason"), (tomorrow, "改革", "on")):
        with pytest.raises(InvalidError) as caught:
            leave_unit(store, "财政局", on, reason)
        assert caught.value.field == field
    leave_unit(store, "财政局", DAY, "改革")
    with pytest.raises(InvalidError, match="2024-05-01"):
        leave_unit(store, "财政局", DAY, "改革")
    with pytest.raises(InvalidError, match="没有撤出"):
        return_unit(store, "司法局")


def test_the_name_of_a_unit_that_left_is_not_given_away(store: Store) -> None:
    leave_unit(store, "财政局", DAY, "改革")

    with pytest.raises(InvalidError, match="恢复"):
        save_unit(store, None, UnitValue("财政局"))


# --- collectives --------------------------------------------------------------------------------------


def test_the_effect_of_a_change_is_what_then_happens(store: Store) -> None:
    before = _pairs(store)
    group = _unit(store, "各行政执法单位")
    value = GroupValue((*group.members[2:], "县烟草专卖局"), ((group.members[3], "没有执法权"),), whole=True)
    effect = set_group_effect(store, group.name, value)
    assert _pairs(store) == before

    set_group(store, group.name, value)

    after = _pairs(store)
    assert {(owed.measure, owed.unit) for owed in effect.appearing} == after - before
    assert {(owed.measure, owed.unit) for owed in effect.going} == before - after
    assert effect.new_units == ("县烟草专卖局",)
    assert (effect.appear, effect.gone) == (len(after - before), len(before - after))
    assert group_value(_unit(store, group.name)) == value


def test_an_exception_is_journalled_with_its_reason_and_can_be_taken_back(store: Store) -> None:
    before = _pairs(store)
    group = _unit(store, "各行政执法单位")
    unit = next(m for m in group.members if m != "司法局")
    value = group_value(group)

    set_group(store, group.name, GroupValue(value.members, ((unit, "没有执法权"),), value.whole))

    assert f"{unit}（没有执法权）" in _last(store)[1]
    assert before - _pairs(store)
    set_group(store, group.name, value)
    assert _pairs(store) == before


def test_completing_a_collective_keeps_its_exceptions(store: Store) -> None:
    group = _unit(store, "各行政执法单位")
    set_group(store, group.name, GroupValue(group.members, ((group.members[0], "理由"),)))

    complete_group(store, group.name, group.members[:5], whole=True)

    assert [item.unit for item in _unit(store, group.name).exceptions] == [group.members[0]]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (GroupValue(("财政局",), (("财政局", " "),)), "exceptions"),
        (GroupValue(("财政局",), (("没有", "理由"),)), "exceptions"),
        (GroupValue(("各乡镇",)), "members"),
        (GroupValue((), whole=True), "members"),
        (GroupValue(("财政局",), (("财政局", "理由"),), whole=True), "members"),
    ],
)
def test_a_collective_that_cannot_be_is_bound_to_its_field(store: Store, value: GroupValue, field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        set_group(store, "各乡镇", value)

    assert caught.value.field == field


def test_collectives_do_not_hold_one_another(store: Store) -> None:
    create_group(store, "各单位", GroupValue(("各乡镇", "财政局")))

    with pytest.raises(InvalidError, match="互为成员"):
        set_group(store, "各乡镇", GroupValue(("北平镇", "各单位")))


def test_a_collective_that_holds_another_is_found_for_its_measures(store: Store) -> None:
    own = units.measures_of_group(store, None, "各乡镇")
    outer = units.measures_of_group(store, None, "各行政执法单位")
    group = _unit(store, "各行政执法单位")

    set_group(store, group.name, GroupValue((*group.members, "各乡镇")))

    assert units.measures_of_group(store, None, "各乡镇") == tuple(sorted({*own, *outer}))


def test_a_new_collective_needs_a_name_of_its_own(store: Store) -> None:
    for name in ("", "各乡镇", "财政局", "生态环境局古县分局"):
        with pytest.raises(InvalidError) as caught:
            create_group(store, name, GroupValue(("财政局",)))
        assert caught.value.field == "name"


# --- names nobody answers -----------------------------------------------------------------------------


def test_everything_in_a_bundled_plan_is_answered_but_collectives_without_members(store: Store) -> None:
    assert units.unresolved(store, None) == ()


def test_names_a_plan_brings_along_are_listed_until_somebody_says_what_they_are(store: Store) -> None:
    key = import_plan(store, bundled.load("hongsibu"), None, Job()).key
    listed = {item.name: item for item in units.unresolved(store, key)}
    assert {item.why for item in listed.values()} == {"待核对", "没有成员"}
    assert all(item.measures for item in listed.values())
    name = next(name for name, item in listed.items() if item.why == "待核对")

    confirm_units(store, [name])

    assert name not in {item.name for item in units.unresolved(store, key)}
    assert _journal(store)[-1] == ("核对单位", name)


def test_saving_a_unit_a_plan_brought_along_verifies_it(store: Store) -> None:
    key = import_plan(store, bundled.load("hongsibu"), None, Job()).key
    name = next(item.name for item in units.unresolved(store, key) if item.why == "待核对")

    save_unit(store, name, unit_value(_unit(store, name)))

    assert name not in {item.name for item in units.unresolved(store, key)}


def test_a_name_that_is_meant_as_a_collective_becomes_one(store: Store) -> None:
    key = import_plan(store, bundled.load("hongsibu"), None, Job()).key
    name = next(item.name for item in units.unresolved(store, key) if item.why == "待核对")
    numbers = {row.measure_no for row in list_obligations(store, key, DAY, unit=name)}

    create_group(store, name, GroupValue(("财政局", "司法局"), whole=True))

    assert not list_obligations(store, key, DAY, unit=name)
    assert numbers <= {row.measure_no for row in list_obligations(store, key, DAY, unit="司法局")}


def test_a_unit_that_left_is_listed_where_a_division_still_names_it(store: Store) -> None:
    leave_unit(store, "财政局", DAY, "改革")

    (item,) = units.unresolved(store, None)

    assert (item.name, item.why) == ("财政局", "已撤出")
    assert 37 in item.measures


def test_a_collective_whose_members_have_all_left_is_listed(store: Store) -> None:
    leave_unit(store, "北平镇", DAY, "撤并")

    listed = {item.name: item.why for item in units.unresolved(store, None)}

    assert listed["各乡镇"] == "没有成员"


def test_a_unit_like_the_unknown_one_is_proposed(tmp_path: Path) -> None:
    with closing(files.create_ledger(tmp_path / "b.db", "hongsibu")) as store:
        save_unit(store, None, UnitValue("红寺堡区气象局"))
        leave_unit(store, "财政局", DAY, "改革")
        save_unit(store, None, UnitValue("区财政局"))

        (item,) = [item for item in units.unresolved(store, None) if item.name == "财政局"]

    assert item.like == ("区财政局",)
