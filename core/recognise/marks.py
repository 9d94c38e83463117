"""Marks of printed Chinese: full-width punctuation, and cutting at marks that stand outside of brackets."""

from __future__ import annotations

import re
from itertools import accumulate

_FULL_WIDTH = str.maketrans({
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "[": "［", "]": "］",
    "﹐": "，", "﹔": "；", "﹕": "：", "﹙": "（", "﹚": "）", "､": "、", "｡": "。", "\u3000": " ", "\u00a0": " ",
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
})  # fmt: skip
_BLANK = re.compile(r"\s+")
_PAIRS = {"（": "）", "〔": "〕", "［": "］", "【": "】", "《": "》", "〈": "〉", "“": "”", "「": "」"}
_CLOSING = frozenset(_PAIRS.values())


def full_width(text: str) -> str:
    """The text with full-width punctuation and half-width digits, character for character (same length)."""
    return text.translate(_FULL_WIDTH)


def squeeze(text: str) -> str:
    """The text without any blank or line break."""
    return _BLANK.sub("", text)


def outside(text: str) -> list[bool]:
    """For each character whether it stands outside of all brackets and quotes; a bracket that never closes is none."""
    change = [0] * (len(text) + 1)
    opened: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((at, _PAIRS[char]))
        elif char in _CLOSING and any(closing == char for _, closing in opened[-4:]):
            while opened[-1][1] != char:
                opened.pop()
            change[opened.pop()[0]] += 1
            change[at + 1] -= 1
    return [depth == 0 for depth in accumulate(change[:-1])]


def opening(text: str) -> int | None:
    """Where the bracket opens that the last character closes, None if that is no closing bracket."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _PAIRS)
        if depth == 0:
            return at if _PAIRS.get(text[at]) == text[-1] else None
    return None


def cut(text: str, marks: str) -> list[str]:
    """The pieces between the marks that stand outside of brackets; empty pieces are kept."""
    flags = outside(text)
    pieces: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if flags[at] and char in marks:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return pieces
