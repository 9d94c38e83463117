"""The order of words in sorted lists."""

from __future__ import annotations

import pytest

from core.office.word_order import order_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["财政局", "发改局", "公安局", "教育局", "司法局", "住建局"],  # by pinyin, not by code
        ["9", "10", "100"],
        ["2024-02-01", "2024-11-01", "2025-01-01"],
        ["第 2 行", "第 12 行", "整份"],
        ["2024年第一季度", "2024年第二季度", "2024年第三季度", "2024年第十季度"],
        ["（九）加强监督", "（十）健全机制", "（十一）完善保障", "（二十）其他"],
        ["85.7%", "100.0%"],
        ["", "甲"],
    ],
)
def test_words_stand_in_the_order_a_clerk_expects(ordered: list[str]) -> None:
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=order_key) == ordered
