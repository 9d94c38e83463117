"""Numbering styles: 一、（一）1.（1）1）① 第一条, at the head of a text or inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_DIGITS = "一二三四五六七八九"
_CN = r"[一二三四五六七八九十百零〇]{1,5}"
_YEAR = r"(?=(?:19|20)\d\d\s*年)"
_STYLES: tuple[tuple[str, str], ...] = (
    ("第条", rf"第\s*({_CN}|\d{{1,3}})\s*(?:[条章节项]|部分)(?!第|、|，|的|规定)\s*"),
    ("（一）", rf"[（(]\s*({_CN})\s*[)）]\s*、?"),
    ("一、", rf"({_CN})\s*[、．](?!{_CN}[、是])"),
    ("（1）", r"[（(]\s*(\d{1,3})\s*[)）]\s*、?"),
    ("1.1", r"((?:\d{1,2}[.．]){1,3}\d{1,2})[.．、]?(?=\s*[一-鿿“《])(?!\s*[年月日个万亿倍元项％%])"),
    ("1.", rf"(\d{{1,3}})\s*(?:[.．、]{_YEAR}|[.．、](?!\s*\d)\s*)"),
    ("1）", r"(\d{1,3})\s*[)）]\s*"),
    ("①", r"([①-⑳])\s*"),
    ("⑴", r"([⑴-⒇])\s*"),
    ("⒈", r"([⒈-⒛])\s*"),
)
_HEADS = tuple((style, re.compile(rf"\s*(?:{pattern})")) for style, pattern in _STYLES)
_MOST_INSIDE = 2000
_NEXT_BARE = re.compile(r"[\n\r]\s*(\d{1,3})\s*(?=[“《一-鿿])")
_INSIDE = re.compile("|".join(f"(?:{pattern})" for _, pattern in _STYLES))
_BARE = re.compile(r"\s*(\d{1,3})\s*[.．、]?\s*$")
_BARE_HEAD = re.compile(r"\s*(\d{1,3})(?:\s+|(?=[“《一-鿿]))(?![年月日个项次人天万亿倍％%小])")
_WIDTH = str.maketrans("()", "（）")
_CIRCLES = {"①": 0x2460, "⑴": 0x2474, "⒈": 0x2488}


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: ``label`` as printed with full-width brackets, ``end`` where the text after it begins."""

    label: str
    style: str
    value: int
    end: int


def leading(text: str) -> Number | None:
    """The number a text begins with."""
    for style, pattern in _HEADS:
        match = pattern.match(text)
        if match:
            return _number(style, match)
    return None


def bare(text: str) -> Number | None:
    """A cell that holds nothing but its number: 7, 7., （7）, 七."""
    match = _BARE.match("".join(text.split()))
    if match:
        return Number(match.group(), "1", int(match.group(1)), len(text))
    head = leading(text)
    if head is not None and not text[head.end :].strip():
        return head
    if re.fullmatch(_CN, text.strip()):
        return Number(text.strip(), "一", value_of(text.strip()), len(text))
    return None


def bare_leading(text: str) -> Number | None:
    """A number without any mark before the text: 7 市级行政执法部门…"""
    match = _BARE_HEAD.match(text)
    return Number(match.group(1), "1", int(match.group(1)), match.end()) if match else None


def bare_run(text: str, head: Number) -> Iterator[tuple[int, Number]]:
    """A number without a mark and those that count on from it at the heads of further lines."""
    yield 0, head
    value = head.value
    for match in _NEXT_BARE.finditer(text):
        if int(match.group(1)) == value + 1:
            value += 1
            yield match.start(), Number(match.group(1), head.style, value, match.end())


def inside(text: str) -> Iterator[tuple[int, Number]]:
    """What in a text looks like a number, with its position; of a flood of them the first ``_MOST_INSIDE``."""
    for match in islice(_INSIDE.finditer(text), _MOST_INSIDE):
        found = leading(match.group() + text[match.end() : match.end() + 6])
        if found is not None:
            yield match.start(), Number(found.label, found.style, found.value, match.start() + found.end)


def value_of(text: str) -> int:
    """三十二 → 32."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for letter in text:
        if letter == "百":
            total, digit = total + max(digit, 1) * 100, 0
        elif letter == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.find(letter) + 1
    return total + digit


def style_of(label: str) -> str | None:
    """The style of a label, None for none."""
    number = leading(label)
    return number.style if number else None


def like(label: str, value: int) -> str:
    """Another number in the style of a label: （六） and 7 give （七）."""
    if re.search(r"\d", label):
        return re.sub(r"\d+(?!.*\d)", str(value), label)
    if re.search(_CN, label):
        return re.sub(_CN, chinese(value), label)
    return f"第{value}项"


def chinese(value: int) -> str:
    """32 → 三十二; figures beyond 99."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return head + (_DIGITS[ones - 1] if ones else "")


def _number(style: str, match: re.Match[str]) -> Number:
    raw = match.group(1)
    if style in _CIRCLES:
        value = ord(raw) - _CIRCLES[style] + 1
    elif style == "1.1":
        value = int(re.split(r"[.．]", raw)[-1])
        style = f"1.1×{len(re.findall(r'[.．]', raw))}"
    else:
        value = value_of(raw)
    label = "".join(match.group().split()).translate(_WIDTH)
    return Number(label, style, value, match.end())
