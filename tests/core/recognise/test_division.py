"""责任分工: a table of worked phrases, and what else a reading says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.plan import Role
from core.recognise.division import DivisionReading, understand
from core.recognise.division_words import FIRST_LEADS, STANDING
from core.recognise.marks import full_width, squeeze

PHRASES = Path(__file__).parent / "phrases" / "division.txt"
WORDS = [
    "县司法局",
    "县财政局",
    "各乡镇",
    "各行政执法单位",
    "各县、市、区人民政府",
    "市发展改革委（市大数据发展局）",
    "有关部门和单位",
    "、",
    "，",
    "；",
    "。",
    "等",
    "及",
    "和",
    "会同",
    "牵头",
    "负责",
    "落实",
    "配合",
    "参与",
    "按职责分工",
    "牵头单位：",
    "责任单位：",
    "配合单位:",
    "（",
    "）",
    "〔",
    "〕",
    "[",
    "]",
    "由",
    "以下均需",
    "不再列出",
    "列第一位的为牵头单位",
    "下同",
    "2024年底前",
    "12",
    "\n",
]
anything = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map("".join))


def _cases():
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, *lists = (part.strip() for part in line.split("|"))
            yield pytest.param(phrase.replace("\\n", "\n"), *(tuple(names.split()) for names in lists), id=phrase)


@pytest.mark.parametrize(("phrase", "lead", "responsible", "cooperating"), list(_cases()))
def test_table(phrase, lead, responsible, cooperating):
    reading = understand(phrase)
    assert (reading.lead, reading.responsible, reading.cooperating) == (lead, responsible, cooperating)


def test_first_leads_from_here_on():
    said = understand("县司法局、县财政局负责，排在第一位的部门为牵头部门，下同")
    assert said.first_leads_from_here
    later = understand("县财政局、县司法局负责", first_leads=True)
    assert (later.lead, later.responsible) == (("县财政局",), ("县司法局",))
    assert not later.first_leads_from_here


def test_first_leads_only_here():
    assert not understand("县司法局、县财政局（列第一位的为牵头单位）").first_leads_from_here


@pytest.mark.parametrize(
    "phrase", ["各乡镇、县司法局负责", "有关部门和单位、县司法局", "各县、市、区人民政府，市司法局负责"]
)
def test_collective_never_leads(phrase):
    assert understand(phrase, first_leads=True).lead == ()


def test_said_lead_beats_first():
    assert understand("县司法局、县财政局负责，县委编办牵头", first_leads=True).lead == ("县委编办",)


@pytest.mark.parametrize(
    ("phrase", "standing"),
    [
        (
            "责任单位：各行政执法部门，各县、市、区人民政府。以下均需县、市、区人民政府落实，不再列出",
            ("各县、市、区人民政府",),
        ),
        ("县司法局牵头，各乡镇落实。以下各项工作均需各乡镇落实，不再列出。", ("各乡镇",)),
        ("〔市司法局牵头。以下各项任务均需各县（市、区）落实，不再逐一列出〕", ("各县（市、区）",)),
        ("市司法局（以下各项工作均需各县区、市直各部门参与，不再列出）", ("各县区", "市直各部门")),
    ],
)
def test_standing(phrase, standing):
    reading = understand(phrase)
    assert reading.standing == standing
    assert set(standing) <= {*reading.responsible, *reading.cooperating}
    assert reading.left == ()


def test_standing_role():
    assert understand("市司法局牵头。以下均需各县区配合，不再列出").standing_role is Role.COOPERATING


def test_person_is_no_unit():
    reading = understand("责任领导：王某；牵头单位：县司法局；责任人：李某")
    assert reading == DivisionReading(lead=("县司法局",), people=("王某", "李某"))


def test_date_among_units():
    reading = understand("牵头单位：县司法局；责任单位：各乡镇，6月底完成")
    assert reading.deadline == "6月底完成"
    assert reading.left == ()


def test_field_of_dates():
    assert understand("责任单位：县司法局；完成时限：2024年底前").deadline == "2024年底前"


def test_what_a_unit_is_to_do_is_left():
    assert understand("县司法局负责培训工作，县财政局负责经费保障").left == ("培训工作", "经费保障")


def test_stronger_role_counts_once():
    reading = understand("县司法局牵头，县司法局、县财政局落实")
    assert (reading.lead, reading.responsible) == (("县司法局",), ("县财政局",))


@given(anything)
def test_any_string(text):
    """No exception; every name stands in the phrase, and none has two roles."""
    reading = understand(text)
    names = [*reading.lead, *reading.responsible, *reading.cooperating]
    assert len(names) == len(set(names))
    printed = full_width(text)
    without_rules = FIRST_LEADS.sub("", STANDING.sub("", printed))
    for name in names:
        assert squeeze(name).removeprefix("各") in squeeze(printed + "。" + without_rules)


@given(
    st.lists(
        st.sampled_from(["县司法局", "县财政局", "各乡镇", "市发展改革委（市大数据发展局）", "县法院"]),
        min_size=1,
        unique=True,
    )
)
def test_lists_come_back(names):
    for mark in "、，；\n":
        assert understand(mark.join(names)).responsible == tuple(names)


def test_long_phrases_take_time_in_proportion():
    """A hundred thousand characters of one phrase end at once (no backtracking)."""
    assert understand("县司法局牵头、各乡镇负责，按职责分工会同" * 5000).left == ()
