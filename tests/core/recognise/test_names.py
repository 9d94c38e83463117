"""Names: units, collectives, repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.units import Register, Unit
from core.recognise.names import is_collective, is_unit, repair, repairs

KNOWN = (
    "各行政执法单位",
    "市级行政执法部门",
    "市行政执法部门",
    "市市场监督管理局",
    "市应急管理局",
    "市司法局",
    "市住房和城乡建设局",
)


@pytest.mark.parametrize(
    "name",
    [
        "各乡镇",
        "各县、市、区人民政府",
        "有关部门和单位",
        "国务院相关部门",
        "市级行政执法部门",
        "市直各行政执法部门",
        "市直其他行政执法部门",
        "各行政执法部门〔单位〕",
        "各地区",
        "全县各单位",
        "相关单位",
        "各省级人民政府",
        "县直有关部门",
        "市政府各部门",
        "各县（市、区）",
        "成员单位",
    ],
)
def test_collectives(name):
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "县司法局",
        "市发展改革委（市大数据发展局）",
        "纪委监委",
        "县政府办公室",
        "县人民政府",
        "财政部",
        "国务院办公厅",
        "市12345热线管理中心",
        "政府办金融股",
    ],
)
def test_single_units(name):
    assert is_unit(name)
    assert not is_collective(name)


@pytest.mark.parametrize("text", ["开展培训", "2024年底前", "完善制度", "", "局"])
def test_no_units(text):
    assert not is_unit(text)


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ("各行政执单位", "各行政执法单位"),
        ("各行政法机关", "各行政执法机关"),
        ("市行政执法执法部门", "市行政执法部门"),
        ("市市场监管理局", "市市场监督管理局"),
        ("市应急管局", "市应急管理局"),
        ("市应急急管理局", "市应急管理局"),
    ],
)
def test_repaired(broken, name):
    assert repair(broken, KNOWN) == name


@pytest.mark.parametrize("name", [*KNOWN, "市住房城乡建设局", "市法局", "各行政单位", "县应急管理局", "市市场监管局"])
def test_real_names_are_kept(name):
    assert repair(name, KNOWN) is None


def test_repairs_of_a_document():
    register = Register([Unit("市应急管理局", aliases=("市应急局",))])
    assert repairs(
        {"各行政执单位": 6, "各行政执法单位": 20, "市应急管局": 1, "市应急局": 3, "县司法局": 4}, register
    ) == {
        "各行政执单位": "各行政执法单位",
        "市应急管局": "市应急管理局",
    }


@given(st.text(max_size=30))
def test_any_name(name):
    is_unit(name)
    is_collective(name)
    assert repair(name, KNOWN) != name
