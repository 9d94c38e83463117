"""Names, telephone numbers and addresses of units put into one shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.unit_text import clean, clean_mail, clean_phone, is_mail, is_phone, split_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  财政局\n", "财政局"),
        ("县　财政局", "县财政局"),
        ("财政\n局", "财政局"),
        ("财政局\u200b", "财政局"),
        ("GIS 中心", "GIS中心"),
        ("A B公司", "A B公司"),
        ("", ""),
        (" \x00 ", ""),
    ],
)
def test_a_name_is_one_line_without_blanks_between_chinese(text: str, name: str) -> None:
    assert clean(text) == name


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_phone(clean_phone(text)) == clean_phone(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800138000.0", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0357-8322000", "0357-8322000"),
        (" 138 0013 8000 ", "138 0013 8000"),
    ],
)
def test_a_telephone_number_is_what_one_dials(text: str, number: str) -> None:
    assert clean_phone(text) == number
    assert is_phone(number)


@pytest.mark.parametrize("text", ["张三", "无", "1", "12", "name@example.com"])
def test_words_are_no_telephone_number(text: str) -> None:
    assert not is_phone(text)


@pytest.mark.parametrize("text", ["a@b.cn", "a@b.cn；c@d.cn"])
def test_a_mail_address(text: str) -> None:
    assert is_mail(clean_mail(text))


@pytest.mark.parametrize("text", ["张三", "a@", "@b.cn", "a b@c.cn"])
def test_no_mail_address(text: str) -> None:
    assert not is_mail(text)


@pytest.mark.parametrize(
    "text",
    [
        "甲局、乙局、丙（丁、戊）局",
        "甲局，乙局,丙（丁、戊）局",
        "甲局/乙局；丙（丁、戊）局",
        "甲局\n乙局\r\n丙（丁、戊）局、甲局",
    ],
)
def test_names_are_parted_by_every_usual_mark_but_not_inside_brackets(text: str) -> None:
    assert split_names(text) == ("甲局", "乙局", "丙（丁、戊）局")
