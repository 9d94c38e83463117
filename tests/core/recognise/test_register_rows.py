"""Headings and cells of register sheets, as offices write them."""

from __future__ import annotations

import pytest

from core.model.unit_text import listed, split_names
from core.model.units import Exemption, UnitKind
from core.recognise.register_rows import Field, field_of
from core.recognise.register_values import (
    exceptions_of,
    exceptions_text,
    kind_of,
    likely_kind,
    names_of,
    no_name,
    yes_no,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("单位", Field.NAME),
        ("单位名称", Field.NAME),
        ("单 位", Field.NAME),
        ("成员单位", Field.NAME),
        ("责任单位", Field.NAME),
        ("单位（部门）", Field.NAME),
        ("部门名称", Field.NAME),
        ("单位全称", Field.FULL_NAME),
        ("简称", Field.ALIASES),
        ("曾用名", Field.ALIASES),
        ("单位性质", Field.KIND),
        ("类型", Field.KIND),
        ("联系人", Field.CONTACT),
        ("联络员姓名", Field.CONTACT),
        ("姓名", Field.CONTACT),
        ("联络员电话", Field.PHONE),
        ("手机号码（必填）", Field.PHONE),
        ("联系方式", Field.PHONE),
        ("E-mail", Field.MAIL),
        ("电子邮箱", Field.MAIL),
        ("属于", Field.GROUPS),
        ("备注", Field.NOTE),
        ("序号", Field.NUMBER),
        ("分管领导", None),
        ("职务", None),
        ("", None),
        ("古县行政执法单位联络员通讯录（二〇二四年）", None),
    ],
)
def test_headings_are_known_by_their_words(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("部门", UnitKind.DEPARTMENT),
        ("县直部门", UnitKind.DEPARTMENT),
        ("县直单位", UnitKind.DEPARTMENT),
        ("街道", UnitKind.TOWNSHIP),
        ("乡镇（街道）", None),
        ("乡镇街道", UnitKind.TOWNSHIP),
        ("垂管", UnitKind.VERTICAL),
        ("驻县单位", UnitKind.VERTICAL),
        ("法院", UnitKind.DISCIPLINE_JUSTICE),
        ("集合", UnitKind.GROUP),
        ("局委", None),
    ],
)
def test_words_for_kinds(word: str, kind: UnitKind | None) -> None:
    assert kind_of(word) is kind


def test_a_unit_without_a_kind_is_guessed_by_its_name() -> None:
    assert [likely_kind(name) for name in ("北平镇", "某街道办事处", "财政局")] == [
        *(UnitKind.TOWNSHIP, UnitKind.TOWNSHIP, UnitKind.DEPARTMENT),
    ]


@pytest.mark.parametrize(
    "name", ["财政局", "法院", "市生态环境局古县分局", "12345热线中心", "注册中心", "共青团古县委员会", "联系服务中心"]
)
def test_names_of_units_are_let_through(name: str) -> None:
    assert no_name(name) == ""


@pytest.mark.parametrize(
    "text", ["合计", "共35家", "注：以上", "填表人：张三", "（一）县直部门", "二、乡镇", "---", "请于5日前报送。"]
)
def test_what_is_no_unit_is_told(text: str) -> None:
    assert no_name(text)


def test_names_with_a_mark_inside_are_put_together_where_they_are_known() -> None:
    known = {"各县、市、区人民政府", "财政局"}

    assert names_of("财政局、各县、市、区人民政府、司法局", known.__contains__) == (
        "财政局",
        "各县、市、区人民政府",
        "司法局",
    )


@pytest.mark.parametrize(
    "names",
    [
        ("财政局",),
        ("各县、市政府", "财政局"),
        ("“引号”局", "“全引号”"),
        ("甲（乙、丙）局", "丁；戊"),
        ("（半个", "财政局"),
    ],
)
def test_a_list_that_is_written_is_read_the_same(names: tuple[str, ...]) -> None:
    assert split_names(listed(names)) == names


def test_exceptions_with_their_reasons() -> None:
    found = (Exemption("司法局", "本局牵头（暂定）；另行通知"), Exemption("气象局", "没有执法权"))

    assert exceptions_of(exceptions_text(found)) == (found, ())
    assert exceptions_of("司法局（甲）；气象局（乙）、财政局") == (
        (Exemption("司法局", "甲"), Exemption("气象局", "乙")),
        ("财政局",),
    )


def test_yes_and_no() -> None:
    assert [yes_no(text) for text in ("是", "√", "否", "", "也许")] == [True, True, False, False, None]
