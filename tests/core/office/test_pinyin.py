"""Letters find characters by every reading they have."""

from __future__ import annotations

import pytest

from core.office import pinyin

NAMES = (
    "市住房和城乡建设局",
    "市住建局",
    "财政局",
    "司法局",
    "洪洞县",
    "长子县",
    "蔚县",
    "西安",
    "中国银行",
    "重庆",
    "绿化办",
    "OFD文件",
    "六安",
    "铅山",
)
ALPHABET = frozenset("".join(NAMES))


def found(word: str) -> set[str]:
    ways = pinyin.ways(word, ALPHABET)
    return {name for name in NAMES if any(way.pattern.search(name) for way in ways)}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("szj", "市住建局"),
        ("SZJ", "市住建局"),
        ("szf", "市住房和城乡建设局"),
        ("czj", "财政局"),
        ("caizhengju", "财政局"),
        ("caizheng", "财政局"),
        ("caizhe", "财政局"),
        ("caizj", "财政局"),
        ("财zj", "财政局"),
        ("财政j", "财政局"),
        ("hongtong", "洪洞县"),
        ("hongdong", "洪洞县"),
        ("zhangzi", "长子县"),
        ("yuxian", "蔚县"),
        ("xian", "西安"),
        ("yinhang", "中国银行"),
        ("chongqing", "重庆"),
        ("zq", "重庆"),
        ("chq", "重庆"),
        ("lvhua", "绿化办"),
        ("ofd", "OFD文件"),
        ("luan", "六安"),
        ("yanshan", "铅山"),
    ],
)
def test_letters_find_a_name(word: str, name: str) -> None:
    assert name in found(word)


@pytest.mark.parametrize("word", ["czq", "vvv", "caizhengjux", "政zj", "q" * 40, "(", "[a", "\\"])
def test_other_letters_find_nothing(word: str) -> None:
    assert found(word) == set()


def test_a_word_of_characters_is_only_itself() -> None:
    assert len(pinyin.ways("财政局", ALPHABET)) == 1


def test_all_the_characters_of_gb2312_have_a_reading() -> None:
    known = frozenset().union(*pinyin._table().values())
    lines = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))

    assert {char for char in lines if char} - known == {"嗯"}  # a cry without a vowel
