"""The models of the page keep Qt's rules, searched and sorted."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester

from core.model.units import Unit
from core.office import unit_groups, units
from core.office.units import Unresolved
from gui.context import Context
from gui.pages.units import side_list
from gui.pages.units.effect_view import OwedModel, owed_of, sentences
from gui.pages.units.measure_list import MeasureModel
from gui.pages.units.pick_list import PickModel
from gui.pages.units.reading import Reading, UnitLine, assemble, count, titles_of
from gui.pages.units.side_list import Part, SideModel, entries
from gui.pages.units.unit_model import UnitModel
from gui.pages.units.unresolved_pane import UnresolvedModel, note_of


@pytest.fixture
def reading(context: Context) -> Reading:
    return assemble(units.all_units(context.store), count(context.store, context.plan_key, None, context.as_of))


def shown(model: UnitModel) -> list[str]:
    found = (model.line(row) for row in range(model.rowCount()))
    return [line.unit.name for line in found if line is not None]


def test_the_table_keeps_the_rules(qtmodeltester: ModelTester, reading: Reading) -> None:
    model = UnitModel()
    qtmodeltester.check(model)
    model.load(reading.lines)
    qtmodeltester.check(model)
    model.search("局")
    model.order_by(4, is_descending=True)
    qtmodeltester.check(model)


def test_the_effect_lists_what_appears_and_what_goes(
    qtmodeltester: ModelTester, context: Context, reading: Reading
) -> None:
    value = unit_groups.GroupValue(("永乐乡",), (), whole=True)
    effect = unit_groups.set_group_effect(context.store, "各乡镇", value)
    model = OwedModel()
    model.load(owed_of(effect, titles_of(context, reading)))

    assert model.rowCount() == effect.appear + effect.gone
    word, unit, measure = model.lines[0]
    assert (word, unit) == ("新增", "永乐乡")
    assert measure.startswith("（")
    assert f"将新增 {effect.appear} 个责任事项" in sentences(effect)
    assert f"有 {effect.gone} 个责任事项不再需要，都还没有填过" in sentences(effect)
    qtmodeltester.check(model)


def test_an_effect_without_obligations_says_so() -> None:
    from core.office.register_effect import GroupEffect

    assert sentences(GroupEffect()) == "责任事项不变。"


def test_search_looks_into_every_name_and_number() -> None:
    model = UnitModel()
    model.load(
        [
            UnitLine(Unit("财政局", aliases=("县财政",), phone="0357-5550101"), (), 3, 1),
            UnitLine(Unit("司法局", contact="王建平"), (), 5, 0),
        ]
    )
    for words, found in (("县财", ["财政局"]), ("5550", ["财政局"]), ("建平", ["司法局"]), ("没有", [])):
        model.search(words)
        assert shown(model) == found
    model.search("")
    assert shown(model) == ["财政局", "司法局"]


def test_numbers_sort_as_numbers() -> None:
    model = UnitModel()
    model.load([UnitLine(Unit(name), (), total, 0) for name, total in (("甲", 9), ("乙", 10), ("丙", 2))])
    model.order_by(4, is_descending=True)
    assert shown(model) == ["乙", "甲", "丙"]
    model.order_by(None)
    assert shown(model) == ["甲", "乙", "丙"]


def test_the_left_list_counts_and_says_what_is_open(reading: Reading) -> None:
    made = {entry.title: entry for entry in entries(reading, has_scores=False)}
    assert made["全部单位"].count == len(reading.lines)
    assert made["各乡镇"].mark == "待补全"
    assert made["各行政执法单位"].mark == "待核对"
    assert made["各行政执法单位"].count == 20
    assert "已撤出的单位" not in made
    assert "考核评分" not in made


def test_counts_change_without_tearing_the_list_down(reading: Reading) -> None:
    model = SideModel()
    model.load(entries(reading, has_scores=False))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.load([Part(e.kind, e.title, 99, e.mark) for e in entries(reading, has_scores=False)])

    assert resets == []
    assert model.position((side_list.GROUP, "各乡镇")) > 0


def test_figures_of_a_unit_are_those_of_the_plan(context: Context, reading: Reading) -> None:
    from core.office.status import plan_status

    figures = dict(plan_status(context.store, None, context.as_of).units)
    line = reading.line("财政局")
    assert line is not None
    assert (line.total, line.done) == (figures["财政局"].total, figures["财政局"].done)
    assert len(reading.measures["财政局"]) == line.total
    assert [m.no for m in reading.used["各乡镇"]] == list(units.measures_of_group(context.store, None, "各乡镇"))


def test_a_name_nobody_answers_says_where_it_is_written() -> None:
    item = Unresolved("生态环境局", (3, 7), "待核对", ("市生态环境局古县分局",))
    assert note_of(item) == "写在措施（3）（7）里，可能就是市生态环境局古县分局"


def test_the_lists_keep_the_rules(qtmodeltester: ModelTester, reading: Reading) -> None:
    side, measures, pick = SideModel(), MeasureModel(), PickModel([line.unit for line in reading.lines])
    side.load(entries(reading, has_scores=True))
    measures.load(reading.used["各乡镇"])
    pick.toggle(2)
    unresolved = UnresolvedModel()
    unresolved.load([Unresolved("司法所", (3, 4), "待核对", ("司法局",))])
    for model in (side, measures, pick, unresolved):
        qtmodeltester.check(model)
