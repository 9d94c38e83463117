"""Characters put into lines, and lines put together again where the page width broke them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from core.recognise.sources.pdf_page import Char

_SAME_LINE = 0.45
"""Baselines that differ by less than this many sizes stand on one line (superscripts, mixed faces)."""
_WORD_GAP, _COLUMN_GAP = 0.2, 0.9
"""Gaps in sizes: between words of a Latin text; between Chinese characters that are set apart on purpose."""
_CLOSING = frozenset("，。、；：？！）〕】》〉」』”’％%,.;:?!)]}…—·")
_QUOTES = frozenset("“”‘’")
_OPENING = frozenset("（〔【《〈「『“‘([{")


@dataclass(slots=True)
class TextLine:
    """One printed line."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    head: float
    """Width of what cannot be parted from its first character, in pt: a line breaks only before it."""


def lines_of(characters: Iterable[Char]) -> list[TextLine]:
    """The lines from the top, each from left to right."""
    groups: list[list[Char]] = []
    base = size = 0.0
    for char in sorted(characters, key=lambda char: (char.base, char.x0)):
        if groups and char.base - base <= _SAME_LINE * max(size, char.size, 1.0):
            groups[-1].append(char)
            if char.size >= size and char.text.strip():
                base, size = char.base, char.size
        else:
            groups.append([char])
            base, size = char.base, char.size
    return [line for line in (_line(group) for group in groups) if line is not None]


def _line(characters: list[Char]) -> TextLine | None:
    characters = _once(sorted(characters, key=lambda char: char.x0))
    printed = [char for char in characters if char.text.strip()]
    if not printed:
        return None
    text = _text(characters)
    sizes = sorted(char.size for char in printed)
    size = sizes[len(sizes) // 2]
    return TextLine(text, printed[0].x0, printed[-1].x1, printed[0].base, size, _head(printed))


def _once(characters: list[Char]) -> list[Char]:
    """Without the second print of characters that are printed twice to look bold."""
    out: list[Char] = []
    for char in characters:
        twin = next((old for old in out[-3:] if old.text == char.text), None)
        if twin is None or abs(twin.x0 - char.x0) > 0.2 * char.size or not char.text.strip():
            out.append(char)
    return out


def _text(characters: list[Char]) -> str:
    pieces = [characters[0].text]
    for before, char in pairwise(characters):
        gap = char.x0 - before.x1
        is_latin = before.text.isascii() and char.text.isascii()
        limit = (_WORD_GAP if is_latin else _COLUMN_GAP) * max(min(before.size, char.size), 1.0)
        if gap > limit and pieces[-1] != " " and char.text != " ":
            pieces.append(" ")
        pieces.append(char.text)
    text = "".join(pieces).strip()
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _head(printed: list[Char]) -> float:
    """Opening marks, a character or a Latin word or number, closing marks; quotes hold on to both sides."""
    last = len(printed) - 1
    at = 0
    while at < last:
        here, after = printed[at].text, printed[at + 1].text
        is_word = here.isascii() and here.isalnum() and after.isascii() and after.isalnum()
        if not (is_word or here in _OPENING or after in _CLOSING or after in _QUOTES or here in _QUOTES):
            break
        at += 1
    return printed[at].x1 - printed[0].x0


def is_wrapped(after: TextLine, room: float) -> bool:
    """Whether the line before ``after`` ends only because the next word had no room; ``room``: width left, in pt."""
    return room < after.head + 0.35 * after.size


def glued(first: str, second: str) -> str:
    """Two parts of a broken line: a blank between Latin words, none in Chinese."""
    if (
        first
        and second
        and first[-1].isascii()
        and second[0].isascii()
        and (first[-1].isalpha() and second[0].isalpha())
    ):
        return f"{first} {second}"
    return first + second
