"""Names, telephone numbers and addresses of units as they are typed or pasted, put into one shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BLANKS = re.compile(r"\s+")
_PHONE = re.compile(r"[\d+\-()（）转、，,;；/#*. —－]+")
_MAIL = re.compile(r"[^@\s、，；;]+@[^@\s、，；;]+")
_BETWEEN = re.compile(r"[、，,；;/／|｜\n\r]+")
_NUMBER = re.compile(r"(\d+)\.0*")


def clean(text: str) -> str:
    """Text in one line without what no font shows; blanks inside Chinese go, others are one."""
    shown = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C").strip()
    return _BLANKS.sub(lambda found: " " if _parts_words(shown, *found.span()) else "", shown)


def clean_phone(text: str) -> str:
    """A telephone number with half-width digits; one that a sheet kept as a number loses its tail (….0)."""
    number = clean(unicodedata.normalize("NFKC", text))
    whole = _NUMBER.fullmatch(number)
    return whole[1] if whole else number


def clean_mail(text: str) -> str:
    """A mail address with half-width letters and without what a link puts before it."""
    return clean(unicodedata.normalize("NFKC", text)).removeprefix("mailto:")


def is_phone(text: str) -> bool:
    """Whether it is something to dial: digits with what stands between and beside them."""
    return _PHONE.fullmatch(text) is not None and sum(c.isdigit() for c in text) > 2


def is_mail(text: str) -> bool:
    """Whether it is one mail address, or several with a mark between."""
    return all(_MAIL.fullmatch(part.strip()) for part in re.split(r"[、，,；;]", text))


def split_names(text: str) -> tuple[str, ...]:
    """The names of a list, each once: parted by 、 ， ； / | and line breaks, never inside brackets."""
    pieces: list[str] = []
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "（(〔") - (letter in "）)〕")
        if depth <= 0 and _BETWEEN.fullmatch(letter):
            pieces.append(text[start:at])
            start, depth = at + 1, 0
    return each_once(clean(piece) for piece in (*pieces, text[start:]))


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order without repetitions and empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether the blank stands between two half-width letters, where it is meant."""
    return text[start - 1].isascii() and text[end].isascii()
