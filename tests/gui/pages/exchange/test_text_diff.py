"""Which words of two texts are marked."""

from __future__ import annotations

from gui.pages.exchange.text_diff import Differences, Stretch, differences


def words(text: str, stretches: tuple[Stretch, ...]) -> list[str]:
    """The marked words."""
    return [text[one.start : one.start + one.length] for one in stretches]


def test_figures_are_marked_whole() -> None:
    old, new = (
        "检查在建工地46个，发现隐患112条，已整改98条。",
        "检查在建工地61个，发现隐患137条，已整改135条，立案3起。",
    )
    found = differences(old, new)

    assert words(old, found.gone) == ["46", "112", "98"]
    assert words(new, found.come) == ["61", "137", "135", "，立案3起"]


def test_an_empty_side_marks_the_whole_other() -> None:
    assert differences("", "燃气领域人员不足。") == Differences((), (Stretch(0, 9),))
    assert differences("燃气领域人员不足。", "") == Differences((Stretch(0, 9),), ())


def test_equal_texts_are_not_marked() -> None:
    assert differences("已完成", "已完成") == Differences((), ())


def test_a_wholly_other_text_is_marked_whole_rather_than_by_crumbs() -> None:
    old, new = "组织培训两次，参加人员共计三百人。", "无"

    assert words(old, differences(old, new).gone) == [old]
    assert words(new, differences(old, new).come) == [new]


def test_one_equal_character_between_two_changes_does_not_split_the_mark() -> None:
    old, new = "今年已经举办讲座的单位共有三家，均已备案", "今年已经印制手册的单位共有三家，均已备案"

    assert words(new, differences(old, new).come) == ["印制手册"]
    assert words("共开展活动二次会", differences("共开展活动二次会", "共开展活动五次课").gone) == ["二次会"]


def test_texts_of_many_thousand_characters_are_compared_from_both_ends() -> None:
    old = "检查。" * 2000 + "甲" + "整改。" * 2000
    new = "检查。" * 2000 + "乙" + "整改。" * 2000

    assert words(new, differences(old, new).come) == ["乙"]
