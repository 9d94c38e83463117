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
    number = _half_width(text)
    whole = _NUMBER.fullmatch(number)
    return whole[1] if whole else number


def clean_mail(text: str) -> str:
    """A mail address with half-width letters and without what a link puts before it."""
    return _half_width(text).removeprefix("mailto:")


def is_phone(text: str) -> bool:
    """Whether it is something to dial: digits with what stands between and beside them."""
    return _PHONE.fullmatch(text) is not None and sum(c.isdigit() for c in text) > 2


def is_mail(text: str) -> bool:
    """Whether it is one mail address, or several with a mark between."""
    return all(_MAIL.fullmatch(part.strip()) for part in re.split(r"[、，,；;]", text))


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", clean(unicodedata.normalize("NFKC", text)))


def split_names(text: str) -> tuple[str, ...]:
    """The names of a list, each once: parted by 、 ， ； / | and line breaks, never inside brackets or “ ”."""
    return each_once(_unquoted(clean(piece)) for piece in _pieces(text))


def listed(names: Iterable[str]) -> str:
    """Names as a list that ``split_names`` parts again: one that holds a mark of lists stands in “ ”."""
    return "、".join(f"“{name}”" if _pieces(name) != [name] or _unquoted(name) != name else name for name in names)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    depth, start, is_quoted = 0, 0, False
    for at, letter in enumerate(text):
        is_quoted = (is_quoted or (letter == "“" and not text[start:at].strip())) and letter != "”"
        depth += 0 if is_quoted else (letter in "（(〔") - (letter in "）)〕")
        if depth <= 0 and not is_quoted and _BETWEEN.fullmatch(letter):
            pieces.append(text[start:at])
            start, depth = at + 1, 0
    # brackets that are never closed enclose nothing
    rest = text[start:]
    return [*pieces, *(_BETWEEN.split(rest) if depth > 0 else [rest])]


def _unquoted(name: str) -> str:
    inner = name[1:-1]
    is_whole = len(name) > 2 and name[0] + name[-1] == "“”"
    return inner if is_whole and ("”" not in inner or inner[0] + inner[-1] == "“”") else name


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order without repetitions and empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether the blank stands between two half-width letters, where it is meant."""
    return text[start - 1].isascii() and text[end].isascii()
