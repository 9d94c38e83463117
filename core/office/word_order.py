"""The order of words in a sorted list: numbers by value, Chinese by pinyin, so that what is sought is where Excel has it."""

from __future__ import annotations

import re
from functools import lru_cache

from core.office import pinyin

Key = tuple[tuple[int, float, str], ...]
_NUMERALS = "一二三四五六七八九十"
_PARTS = re.compile(rf"(?P<counted>(?<=[第（〔])[{_NUMERALS}]+)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>.)", re.DOTALL)
_NUMBER, _LETTER, _CHINESE = range(3)


@lru_cache(maxsize=8192)
def order_key(text: str) -> Key:
    """The sort key of a cell: 2024-02-01 before 2024-11-01, 第 2 行 before 第 12 行, 第二季度 before 第三季度.

    A character goes by its usual reading (长治 under chang): no dictionary of names is asked.
    """
    return tuple(_part(found) for found in _PARTS.finditer(text))


def _part(found: re.Match[str]) -> tuple[int, float, str]:
    text = found.group()
    if found.lastgroup == "number":
        return _NUMBER, float(text), ""
    if found.lastgroup == "counted":
        return _NUMBER, _value(text), ""
    reading = pinyin.reading(text)
    # characters of one reading stay together
    return (_CHINESE, 0.0, f"{reading} {text}") if reading else (_LETTER, 0.0, text.casefold())


def _value(numeral: str) -> float:
    """二十三 as 23; what is no numeral by its last sign."""
    tens, has_ten, ones = numeral.rpartition("十")
    digit = {sign: value for value, sign in enumerate(_NUMERALS, start=1)}
    if not has_ten:
        return float(digit[numeral[-1]])
    return float((digit[tens[-1]] if tens else 1) * 10 + (digit[ones[-1]] if ones else 0))
