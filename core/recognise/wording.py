"""How printed text becomes words: blanks of the extraction out, punctuation full-width, names of a cell joined."""

from __future__ import annotations

import re

_WIDE = "⺀-鿿豈-﫿＀-￯　-〿“”‘’—…·"
_BLANKS = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_NARROW = re.compile(rf"(?<=[{_WIDE}])[,;:?!()]|[,;:?!()](?=[{_WIDE}])")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[)）]")
_LINE = re.compile(r"[ \t　]*[\r\n\v\f]+[ \t　]*")
_NAME_END = re.compile(r"(局|委|办|部|厅|院|会|府|处|科|股|队|站|所|中心|公司|单位|部门|机关|街道|乡|镇|室|行|[〕）])$")
_NAME_START = re.compile(r"(?!门|关|位|心|公|司，|等|及|和|与|、|，|；|。|按|负责|牵头|落实|配合)[一-鿿]{3}")
_RUN_TOGETHER = re.compile(r"(?<=[〕）])(?=各)")


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
    parts = [part for part in re.split(r"[\s　]+", text.strip()) if part]
    if not parts:
        return ""
    joined = parts[0]
    for part in parts[1:]:
        apart = _NAME_END.search(joined) and _NAME_START.match(part) and _NAME_END.search(_first_name(part))
        joined += f"、{part}" if apart else part
    return _RUN_TOGETHER.sub("、", tidy(joined))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a cell that hold anything."""
    return tuple(line for line in _LINE.split(text.strip()) if line.strip())


def is_sentence(text: str) -> bool:
    """Whether it reads like running text and not like a title."""
    return any(mark in text for mark in "。；！？") or (len(text) > 45 and "，" in text)


def _first_name(part: str) -> str:
    return re.split(r"[、，,；;：:。]", part, maxsplit=1)[0]


def _same_brackets(match: re.Match[str]) -> str:
    whole = match.group()
    full = whole[0] == "（" or whole[-1] == "）"
    return f"（{match.group(1)}）" if full else whole
