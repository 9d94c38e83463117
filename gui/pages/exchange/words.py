"""Sentences that several steps say alike."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """2024年10月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def cut_off_words(cut_off: date, as_of: date) -> str:
    """The cut-off and how far it is from the as-of date: 1月10日截止，还有 3 天."""
    left = (cut_off - as_of).days
    words = f"{cut_off.month}月{cut_off.day}日截止"
    if cut_off.year != as_of.year:
        words = f"{cut_off.year}年{words}"
    if left > 0:
        return f"{words}，还有 {left} 天"
    return f"{words}，今天截止" if left == 0 else f"{words}，已过 {-left} 天"
