"""Two units that are the same become one, and nothing that was said of either is lost."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InvalidError, KnownError
from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Role
from core.office import files, units
from core.office.adjusting import adjust_obligation
from core.office.attach import add_evidence
from core.office.check import check
from core.office.form_value import FormValue
from core.office.forms import form
from core.office.measures import measure_detail
from core.office.objections import objections_of, raise_objection
from core.office.obligations import list_obligations
from core.office.progress import find_obligation, keep_draft, save
from core.office.reviewing import accept
from core.office.undo import undo
from core.office.unit_changes import UnitValue, leave_unit, return_unit, save_unit
from core.office.unit_groups import GroupValue, create_group, set_group
from core.office.unit_merge import merge_effect, merge_units
from core.store import journal
from core.store.database import Store
from tests.examples import examples

DAY = date(2024, 5, 1)
AS_OF = date(2024, 6, 1)
SAID = FormValue(EntryState.IN_PROGRESS, text="已部署")


@pytest.fixture
def pair(store: Store) -> Store:
    """财政局 as the plan names it, and 县财政局, which somebody entered apart and put among 各行政执法单位."""
    group = next(unit for unit in units.units(store) if unit.name == "各行政执法单位")
    save_unit(store, None, UnitValue("县财政局", contact="张三", phone="13800138000"))
    members = tuple("县财政局" if name == "财政局" else name for name in group.members)
    set_group(store, group.name, GroupValue(members))
    return store


def _pairs(store: Store) -> set[tuple[int, str]]:
    return {(row.measure_no, row.unit) for row in list_obligations(store, None, AS_OF)}


def _id(store: Store, measure: int, unit: str) -> int:
    return find_obligation(store, None, measure, unit).id


def _only(store: Store, unit: str) -> int:
    """A measure that this one of the two owes and the other does not."""
    other = {"财政局": "县财政局", "县财政局": "财政局"}[unit]
    owed = _pairs(store)
    return min(no for no, name in owed if name == unit and (no, other) not in owed)


def _both(store: Store) -> int:
    owed = _pairs(store)
    return min(no for no, name in owed if name == "财政局" and (no, "县财政局") in owed)


def _text(store: Store, measure: int, unit: str = "财政局", period: str = "2024Q2") -> str | None:
    value = form(store, _id(store, measure, unit), period, AS_OF).value
    return value.text if value else None


def _sound(store: Store) -> None:
    assert list(check(store, Job())) == []
    with store.reading() as db:
        assert not list(journal.broken(db))


def test_the_merged_name_becomes_an_alias_and_what_was_known_of_it_fills_the_gaps(pair: Store) -> None:
    merge_units(pair, "县财政局", "财政局")

    names = {unit.name for unit in units.units(pair)}
    unit = next(unit for unit in units.units(pair) if unit.name == "财政局")
    assert "县财政局" not in names
    assert (unit.aliases, unit.contact, unit.phone) == (("县财政局",), "张三", "13800138000")
    assert "财政局" in next(u for u in units.units(pair) if u.name == "各行政执法单位").members
    _sound(pair)


def test_every_obligation_of_either_is_one_of_the_unit_that_stays(pair: Store) -> None:
    before = _pairs(pair)
    effect = merge_effect(pair, "县财政局", "财政局")
    assert _pairs(pair) == before

    merge_units(pair, "县财政局", "财政局")

    assert _pairs(pair) == {(no, "财政局" if unit == "县财政局" else unit) for no, unit in before}
    assert {owed.measure for owed in effect.moved} | {owed.measure for owed in effect.both} == {
        no for no, unit in before if unit == "县财政局"
    }
    assert (effect.obligations.appear, effect.obligations.gone, effect.obligations.new_units) == (0, 0, ())
    assert effect.groups == ("各行政执法单位",)


def test_the_other_way_round_the_divisions_name_an_alias(pair: Store) -> None:
    before = _pairs(pair)
    effect = merge_effect(pair, "财政局", "县财政局")

    merge_units(pair, "财政局", "县财政局")

    assert ("guxian", 37) in effect.divisions
    assert _pairs(pair) == {(no, "县财政局" if unit == "财政局" else unit) for no, unit in before}
    assert units.unresolved(pair, None) == ()


def test_everything_said_of_an_obligation_goes_over_with_it(pair: Store, tmp_path: Path) -> None:
    no = _only(pair, "县财政局")
    key = _id(pair, no, "县财政局")
    proof = tmp_path / "证明.txt"
    proof.write_text("证明", encoding="utf-8")
    save(pair, key, "2024Q2", SAID)
    add_evidence(pair, key, "2024Q2", [proof], Job())
    accept(pair, [key], "2024Q2")
    keep_draft(pair, key, "2024Q3", FormValue(text="没填完"))
    raise_objection(pair, key, kind="不属于本单位职责", text="职责已划转", raised_on=DAY)
    effect = merge_effect(pair, "县财政局", "财政局")

    merge_units(pair, "县财政局", "财政局")

    now = form(pair, _id(pair, no, "财政局"), "2024Q2", AS_OF)
    later = form(pair, _id(pair, no, "财政局"), "2024Q3", AS_OF)
    assert (effect.entries, effect.drafts, effect.objections) == (1, 1, 1)
    assert now.value is not None
    assert now.value.text == "已部署"
    assert now.review is not None
    assert now.review.value == "通过"
    assert [item.name for item in now.evidence] == ["证明.txt"]
    assert later.draft is not None
    assert later.draft.text == "没填完"
    assert [item.text for item in objections_of(pair, _id(pair, no, "财政局"))] == ["职责已划转"]
    _sound(pair)


def test_where_both_owe_the_stronger_role_stays(pair: Store) -> None:
    no = _both(pair)
    roles = [row.role for row in list_obligations(pair, None, AS_OF, measure=no) if "财政局" in row.unit]

    merge_units(pair, "县财政局", "财政局")

    (row,) = [row for row in list_obligations(pair, None, AS_OF, measure=no) if row.unit == "财政局"]
    assert row.role is min(roles, key=lambda role: role.rank)
    assert isinstance(row.role, Role)


def test_entries_of_other_periods_join(pair: Store) -> None:
    no = _both(pair)
    save(pair, _id(pair, no, "财政局"), "2024Q1", SAID)
    save(pair, _id(pair, no, "县财政局"), "2024Q2", FormValue(EntryState.IN_PROGRESS, text="第二季度"))

    merge_units(pair, "县财政局", "财政局")

    assert (_text(pair, no, period="2024Q1"), _text(pair, no)) == ("已部署", "第二季度")


def test_a_postponement_goes_over(pair: Store) -> None:
    no = next(
        row.measure_no
        for row in list_obligations(pair, None, AS_OF)
        if row.unit == "县财政局"
        and row.status.next_due is not None
        and not row.status.kept_up
        and row.due != row.done_on
    )
    later = date(2031, 1, 31)
    adjust_obligation(pair, _id(pair, no, "县财政局"), to=later, basis="〔2024〕1号", reason="")

    merge_units(pair, "县财政局", "财政局")

    (row,) = [row for row in list_obligations(pair, None, AS_OF, measure=no) if row.unit == "财政局"]
    assert row.due == later


class TestBothSaidSomething:
    """of one measure in one period, and not the same: the clerk chooses, the other entry stays readable."""

    @pytest.fixture
    def said(self, pair: Store, tmp_path: Path) -> tuple[Store, int]:
        no = _both(pair)
        save(pair, _id(pair, no, "财政局"), "2024Q2", SAID)
        save(pair, _id(pair, no, "县财政局"), "2024Q2", FormValue(EntryState.IN_PROGRESS, text="全部办结"))
        proof = tmp_path / "办结.txt"
        proof.write_text("办结", encoding="utf-8")
        add_evidence(pair, _id(pair, no, "县财政局"), "2024Q2", [proof], Job())
        return pair, no

    def test_the_merge_waits_for_the_choice(self, said: tuple[Store, int]) -> None:
        store, no = said
        before = units.all_units(store)

        with pytest.raises(InvalidError) as caught:
            merge_units(store, "县财政局", "财政局")

        (conflict,) = merge_effect(store, "县财政局", "财政局").conflicts
        assert caught.value.field == "choices"
        assert (conflict.measure, conflict.period_key) == (no, "2024Q2")
        assert (conflict.have["工作进展"], conflict.got["工作进展"]) == ("已部署", "全部办结")
        assert units.all_units(store) == before

    @pytest.mark.parametrize(
        ("choice", "counts", "stays"), [("财政局", "已部署", "全部办结"), ("县财政局", "全部办结", "已部署")]
    )
    def test_the_chosen_entry_counts_and_the_other_stays_as_history(
        self, said: tuple[Store, int], choice: str, counts: str, stays: str
    ) -> None:
        store, no = said
        (conflict,) = merge_effect(store, "县财政局", "财政局").conflicts

        merge_units(store, "县财政局", "财政局", {conflict.id: choice})

        now = form(store, _id(store, no, "财政局"), "2024Q2", AS_OF)
        assert now.value is not None
        assert now.value.text == counts
        assert [item.name for item in now.evidence] == ["办结.txt"], "the proof is the same unit's"
        with store.reading() as db:
            kept = db.execute(
                "SELECT text, active, unit.name FROM progress JOIN obligation ON obligation.id = obligation_id"
                " JOIN unit ON unit.id = unit_id WHERE text = ?",
                [stays],
            ).fetchall()
        assert kept == [(stays, 0, "县财政局（已并入财政局）")]
        history = measure_detail(store, None, no, AS_OF).history
        assert any(stays in str(line) for line in history)
        _sound(store)

    def test_a_choice_must_name_one_of_the_two(self, said: tuple[Store, int]) -> None:
        store, _ = said
        (conflict,) = merge_effect(store, "县财政局", "财政局").conflicts

        with pytest.raises(InvalidError):
            merge_units(store, "县财政局", "财政局", {conflict.id: "司法局"})

    def test_two_that_say_the_same_are_no_conflict(self, pair: Store) -> None:
        no = _both(pair)
        for unit in ("财政局", "县财政局"):
            save(pair, _id(pair, no, unit), "2024Q2", SAID)

        assert merge_effect(pair, "县财政局", "财政局").conflicts == ()
        merge_units(pair, "县财政局", "财政局")
        assert _text(pair, no) == "已部署"

    def test_an_unfinished_form_that_has_no_place_is_in_the_journal(self, pair: Store) -> None:
        no = _both(pair)
        keep_draft(pair, _id(pair, no, "财政局"), "2024Q2", FormValue(text="甲的草稿"))
        keep_draft(pair, _id(pair, no, "县财政局"), "2024Q2", FormValue(text="乙的草稿"))

        merge_units(pair, "县财政局", "财政局")

        now = form(pair, _id(pair, no, "财政局"), "2024Q2", AS_OF)
        assert now.draft is not None
        assert now.draft.text == "甲的草稿"
        with pair.reading() as db:
            assert db.execute("SELECT count(*) FROM journal WHERE before LIKE '%乙的草稿%'").fetchone() == (1,)


def test_what_was_said_while_it_owed_nothing_does_not_count_after_a_merge(pair: Store) -> None:
    no = _both(pair)
    save(pair, _id(pair, no, "县财政局"), "2024Q2", FormValue(EntryState.DONE, DAY, text="旧话"))
    leave_unit(pair, "县财政局", DAY, "误登记")

    merge_units(pair, "县财政局", "财政局")

    assert _text(pair, no) is None


@pytest.mark.parametrize(
    ("name", "into"),
    [("财政局", "财政局"), ("财政局", "各乡镇"), ("各乡镇", "财政局"), ("北平镇", "财政局（没有）")],
)
def test_what_cannot_be_one_unit_is_refused(store: Store, name: str, into: str) -> None:
    before = units.all_units(store)

    with pytest.raises(KnownError) as caught:
        merge_units(store, name, into)

    assert "。" in str(caught.value)
    assert units.all_units(store) == before


def test_member_here_and_exception_there_must_be_said_first(pair: Store) -> None:
    group = next(unit for unit in units.units(pair) if unit.name == "各行政执法单位")
    set_group(pair, group.name, GroupValue(group.members, (("财政局", "没有执法权"),)))

    with pytest.raises(InvalidError, match="例外"):
        merge_effect(pair, "县财政局", "财政局")


def test_merging_twice_and_into_one_that_left_is_refused(pair: Store) -> None:
    leave_unit(pair, "财政局", DAY, "改革")
    with pytest.raises(InvalidError, match="恢复"):
        merge_units(pair, "县财政局", "财政局")
    return_unit(pair, "财政局")
    merge_units(pair, "县财政局", "财政局")
    gone = next(unit for unit in units.all_units(pair) if unit.merged_into)

    with pytest.raises(InvalidError, match="合并过"):
        merge_units(pair, gone.name, "司法局")
    with pytest.raises(InvalidError, match="不能恢复"):
        return_unit(pair, gone.name)
    with pytest.raises(InvalidError, match="不能修改"):
        save_unit(pair, gone.name, UnitValue("别的"))


def test_the_unit_that_stays_can_take_the_name_of_the_merged_one(pair: Store) -> None:
    merge_units(pair, "财政局", "县财政局")

    save_unit(pair, "县财政局", UnitValue("财政局"))

    assert find_obligation(pair, None, 37, "县财政局").unit == "财政局"


def test_a_chain_of_merges_is_found_by_every_name(pair: Store) -> None:
    save_unit(pair, None, UnitValue("财政和国资局"))
    merge_units(pair, "县财政局", "财政局")
    merge_units(pair, "财政局", "财政和国资局")

    for name in ("县财政局", "财政局", "财政和国资局"):
        assert find_obligation(pair, None, 37, name).unit == "财政和国资局"


def test_two_collectives_that_are_the_same_have_the_members_of_both(store: Store) -> None:
    create_group(store, "各镇（街道）", GroupValue(("北平镇", "县某镇"), (("财政局", "不是乡镇"),)))

    merge_units(store, "各镇（街道）", "各乡镇")

    group = next(unit for unit in units.units(store) if unit.name == "各乡镇")
    assert {"北平镇", "县某镇"} <= set(group.members)
    assert [item.unit for item in group.exceptions] == ["财政局"]
    assert "各镇（街道）" in group.aliases


_ENTRIES = st.lists(
    st.tuples(st.sampled_from(["财政局", "县财政局"]), st.integers(0, 40), st.sampled_from(["2024Q1", "2024Q2"]), st.text("甲乙丙", min_size=1, max_size=3)),
    max_size=12,
)  # fmt: skip


@given(entries=_ENTRIES, choose_other=st.booleans())
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_said_no_entry_is_lost_and_every_slot_still_says_something(
    guxian_template: Path, tmp_path: Path, entries: list[tuple[str, int, str, str]], choose_other: bool
) -> None:
    path = tmp_path / f"{abs(hash((tuple(entries), choose_other)))}.db"
    path.write_bytes(guxian_template.read_bytes())
    with closing(files.open_ledger(path)) as store:
        group = next(unit for unit in units.units(store) if unit.name == "各行政执法单位")
        save_unit(store, None, UnitValue("县财政局"))
        set_group(store, group.name, GroupValue((*group.members, "县财政局")))
        said: dict[tuple[int, str, str], str] = {}
        for unit, at, period, text in entries:
            rows = sorted(row.measure_no for row in list_obligations(store, None, AS_OF, unit=unit))
            no = rows[at % len(rows)]
            save(store, _id(store, no, unit), period, FormValue(EntryState.IN_PROGRESS, text=text))
            said[no, unit, period] = text
        choice = "县财政局" if choose_other else "财政局"
        conflicts = merge_effect(store, "县财政局", "财政局").conflicts

        merge_units(store, "县财政局", "财政局", {conflict.id: choice for conflict in conflicts})

        with store.reading() as db:
            texts = sorted(row[0] for row in db.execute("SELECT text FROM progress"))
        assert texts == sorted(said.values())
        for no, _, period in said:
            here = {said[no, unit, period] for unit in ("财政局", "县财政局") if (no, unit, period) in said}
            wanted = said.get((no, choice, period)) if len(here) > 1 else next(iter(here))
            assert _text(store, no, period=period) == wanted
        _sound(store)
    path.unlink()


def test_a_merge_is_taken_back_whole(pair: Store) -> None:
    no = _both(pair)
    for unit, text in (("财政局", "甲"), ("县财政局", "乙")):
        save(pair, _id(pair, no, unit), "2024Q2", FormValue(EntryState.IN_PROGRESS, text=text))
    before, owed = units.all_units(pair), _pairs(pair)
    conflicts = merge_effect(pair, "县财政局", "财政局").conflicts
    merge_units(pair, "县财政局", "财政局", {conflict.id: "县财政局" for conflict in conflicts})

    undo(pair)

    assert units.all_units(pair) == before
    assert _pairs(pair) == owed
    assert [_text(pair, no, unit) for unit in ("财政局", "县财政局")] == ["甲", "乙"]
    _sound(pair)
