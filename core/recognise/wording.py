"""How printed text becomes words: blanks of the extraction out, punctuation full-width, names of a cell joined."""

from __future__ import annotations

import re

from core.recognise.names import is_bare, is_determined, is_unit

_WIDE = "⺀-鿿豈-﫿＀-￯　-〿“”‘’—…·"
_BLANKS = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_NARROW = re.compile(rf"(?<=[{_WIDE}])[,;:?!()]|[,;:?!()](?=[{_WIDE}])")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[)）]")
_BETWEEN = re.compile(r"[、，,；;：:。]")
_SHORT = {"法院"}
_OWN_BRANCH = re.compile(r"市?(公安|市场|生态|自然|税务|消防|交警|规划|城管|国土|烟草)[一-鿿]*分局$")
"""A branch that names its own field, unlike 古县分局 after 市生态环境局."""
_LINE = re.compile(r"[ \t　]*[\r\n\v\f]+[ \t　]*")
_CLOSED_NAME = re.compile(r"[〕）](?=[一-鿿])")


def tidy(text: str) -> str:
    """One line without the blanks and half-width marks that extraction leaves between Chinese letters."""
    text = _BLANKS.sub("", " ".join(text.split()))
    if _NARROW.search(text):
        text = _NARROW.sub(lambda mark: mark.group().translate(_FULL), text)
        text = _BRACKETED.sub(_same_brackets, text)
    return text


def squeeze(text: str) -> str:
    """Text for comparing: no blanks at all."""
    return "".join(text.split())


def phrase(text: str) -> str:
    """The phrase of a cell on one line; lines and blanks between whole names become 、."""
    parts = text.split()
    if not parts:
        return ""
    joined = parts[0]
    for part in parts[1:]:
        joined += f"、{part}" if _are_apart(joined, part) else part
    joined = tidy(joined)
    for match in reversed(list(_CLOSED_NAME.finditer(joined))):
        if _are_apart(joined[: match.end()], joined[match.end() :]):
            joined = f"{joined[: match.end()]}、{joined[match.end() :]}"
    return joined


def ends_in_name(text: str) -> bool:
    """Whether a list of units ends with a whole name."""
    last = _BETWEEN.split(text)[-1]
    # 某 hides the 各 of a collective: its end must be that of a name too
    return last in _SHORT or (len(last) > 2 and is_unit(f"某{last}") and not is_bare(last))


def _are_apart(before: str, after: str) -> bool:
    """Whether a name ends and another one begins."""
    first = _BETWEEN.split(after, maxsplit=1)[0]
    if not ends_in_name(before) or is_bare(first):
        return False
    if first in _SHORT or is_determined(first) or _OWN_BRANCH.match(first):
        return True
    return len(first) > 2 and is_unit(first) and not first.endswith(("分局", "街道"))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a cell that hold anything."""
    return tuple(line for line in _LINE.split(text.strip()) if line.strip())


def is_sentence(text: str) -> bool:
    """Whether it reads like running text and not like a title."""
    return any(mark in text for mark in "。；！？") or (len(text) > 45 and "，" in text)


def _same_brackets(match: re.Match[str]) -> str:
    whole = match.group()
    full = whole[0] == "（" or whole[-1] == "）"
    return f"（{match.group(1)}）" if full else whole
