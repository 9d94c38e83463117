"""Lists of units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recognise.marks import full_width, squeeze
from core.recognise.unit_list import split_units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各县、市、区人民政府", "各县、市、区人民政府"),
        ("各县、市、区司法局", "各县、市、区司法局"),
        ("各省、自治区、直辖市人民政府，国务院各部门", "各省、自治区、直辖市人民政府 国务院各部门"),
        ("各市、县（市、区）人民政府", "各市、县（市、区）人民政府"),
        ("各乡镇、村", "各乡镇、村"),
        ("各县区、市财政局", "各县区 市财政局"),
        ("各县区、县司法局", "各县区 县司法局"),
        ("市委编办（绩效办），市发展改革委", "市委编办（绩效办） 市发展改革委"),
        ("市委编办(绩效办),市发展改革委", "市委编办（绩效办） 市发展改革委"),
        ("中央网信办等相关单位及各地区", "中央网信办 相关单位 各地区"),
        ("工业和信息化部等国务院相关部门", "工业和信息化部 国务院相关部门"),
        ("县司法局等5个部门、各乡镇", "县司法局 各乡镇"),
        ("县司法局等单位及各乡镇", "县司法局 各乡镇"),
        ("县司法局等成员单位", "县司法局 成员单位"),
        ("有关部门和单位", "有关部门和单位"),
        ("各乡镇和县直各部门", "各乡镇 县直各部门"),
        ("县文化和旅游局和县教育局", "县文化和旅游局 县教育局"),
        ("县自然资源和规划局、县水利和湖泊局", "县自然资源和规划局 县水利和湖泊局"),
        ("县司法局及其下属单位", "县司法局及其下属单位"),
        ("县司法局、县司法局", "县司法局"),
        ("县司法局、、各乡镇、", "县司法局 各乡镇"),
        ("", ""),
        ("、，", ""),
    ],
)
def test_splits(text, names):
    assert split_units(text) == tuple(names.split())


@given(st.text(alphabet="县市区局司法各等及和与、，； \n（）〔〕a1", max_size=60))
def test_any_list(text):
    """Nothing is invented: every name stands in the text, and they come in order."""
    plain = squeeze(full_width(text))
    assert all(name in plain for name in map(squeeze, split_units(text)))
