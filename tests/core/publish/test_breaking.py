"""Where lines may end: marks, numbers with their units, titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.publish.breaking import (
    NEVER_FIRST,
    NEVER_LAST,
    break_lines,
    break_phrases,
    break_title,
    units,
)
from tests.examples import examples


def width(text: str) -> float:
    """A face of square Chinese characters and half-width others, 10 pt."""
    return sum(5.0 if ord(character) < 0x300 else 10.0 for character in text)


TEXT = st.text(
    st.sampled_from(
        "各乡镇行政执法单位落实年月学时第甲乙" + "0123456789" + "，。、；：？！）〕》”’％（〔《“‘%—… \nABc.-"
    ),
    max_size=120,
)


@settings(max_examples=examples(250), deadline=None)
@given(TEXT, st.integers(20, 300))
def test_lines_keep_every_character_and_the_rules(text: str, column: int) -> None:
    """Nothing is lost; no line begins with a closing or ends with an opening mark; none is too wide.

    A piece that is wider than the column by itself has to be torn, whatever it is.
    """
    lines = break_lines(text, column, width)

    assert "".join(lines) == text.replace("\n", "")
    for paragraph in text.split("\n"):
        own = break_lines(paragraph, column, width)
        wide = [unit for unit in units(paragraph) if width(unit.rstrip()) > column]
        for line in own:
            assert width(line.rstrip()) <= column + 0.01 or len(line.rstrip()) == 1
        if not wide:
            assert not any(line[0] in NEVER_FIRST for line in own[1:] if line)
            assert not any(line.rstrip()[-1:] in set(NEVER_LAST) for line in own[:-1] if line.rstrip())


@pytest.mark.parametrize(
    "whole", ["2024年", "60学时", "100%", "2023—2025年", "第32号", "12345", "〔2024〕", "〔2024〕21号", "30个工作日"]
)
def test_numbers_stay_with_their_units(whole: str) -> None:
    """A number is not parted from its unit in any column that can hold it."""
    for before in range(12):
        lines = break_lines("甲" * before + whole + "完成", max(width(whole), 30), width)

        assert any(whole in line for line in lines), lines


def test_a_closing_mark_takes_the_character_before_it_along() -> None:
    """The mark does not fit on the line and may not begin the next: 施 goes with it."""
    assert break_lines("贯彻落实措施。", 60, width) == ["贯彻落实措", "施。"]


def test_an_opening_mark_goes_to_the_next_line() -> None:
    """《 never ends a line."""
    assert break_lines("严格落实《条例》", 50, width) == ["严格落实", "《条例》"]


def test_a_piece_wider_than_the_column_is_torn_instead_of_running_over_the_border() -> None:
    """Twenty digits in a column for six."""
    assert break_lines("12345678901234567890", 30, width) == ["123456", "789012", "345678", "90"]


def test_short_centred_cells_break_between_phrases() -> None:
    """各行政执法单位 stays whole where that costs no line more."""
    assert break_phrases("各乡镇、各行政执法单位", 80, width) == ["各乡镇、", "各行政执法单位"]
    assert break_phrases("司法局牵头，各行政执法机关落实", 80, width) == ["司法局牵头，各行", "政执法机关落实"]


def test_a_title_breaks_at_its_bracket() -> None:
    """The title of 古县's table, 2号 on 225 mm."""
    title = "古县提升行政执法质量三年行动计划（2023—2025年）重点任务分解表"

    assert break_title(title, 290, width) == ["古县提升行政执法质量三年行动计划", "（2023—2025年）重点任务分解表"]


def test_a_title_never_breaks_within_a_known_word() -> None:
    """Without any mark a break still falls between words, and the lines are of like length."""
    title = "某某县乡镇街道综合行政执法规范化建设试点工作重点任务分解表"
    for column in range(150, 290, 10):
        lines = break_title(title, column, width)

        assert "".join(lines) == title
        assert all(width(line) <= column for line in lines)
        for word in ("行政执法", "重点任务", "分解表"):
            assert any(word in line for line in lines), lines


def test_an_endless_title_is_still_broken() -> None:
    """Where four lines do not hold it, it is broken like any text."""
    lines = break_title("超长标题" * 60, 200, width)

    assert "".join(lines) == "超长标题" * 60
    assert max(map(width, lines)) <= 200
