"""Texts whose lines were all broken at one width (copied from a PDF, or sent by mail): the paragraphs again."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_WIDTHS = range(36, 110)
"""Widths at which texts are broken, in half-width characters."""
_LEAST, _SHARE = 6, 0.35
"""So many lines, and such a part of all, must be full before a text is taken for a broken one."""
_SLACK = 4
_INDENT = re.compile("\u3000|[ \u00a0]{2}")
_BEGINS = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、|\d{1,3}[.．、](?!\d)|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]|附件|[\u4e00-\u9fff]{2,6}[：:])"
)
_ENDS = frozenset("。；：！？）”;:!?)")


def unwrapped(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines with those joined that only the width broke, and what was done; other texts stay as they are."""
    widths = [0 if "\t" in line or "|" in line else _width(line.rstrip()) for line in lines]
    widest = max(widths, default=0)
    printed = [width for width in widths if width]
    full = [width for width in printed if width >= widest - _SLACK]
    if widest not in _WIDTHS or len(full) < max(_LEAST, _SHARE * len(printed)):
        return lines, ()
    has_indents = any(_INDENT.match(line) for line in lines)
    out: list[str] = []
    joined = 0
    for at, line in enumerate(lines):
        goes_on = at > 0 and widths[at - 1] >= widest - _SLACK and widths[at] > 0
        if goes_on and _continues(lines[at - 1].rstrip(), line, has_indents=has_indents):
            out[-1] = _glued(out[-1].rstrip(), line.strip())
            joined += 1
        else:
            out.append(line)
    return out, (f"按行宽断开的文字接成段落，接了 {joined} 行。",) if joined else ()


def _continues(before: str, line: str, *, has_indents: bool) -> bool:
    if _INDENT.match(line):
        return False
    if before[-1] in _ENDS:
        return has_indents and not _BEGINS.match(line)
    return True


def _glued(first: str, second: str) -> str:
    is_latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if is_latin else first + second


def _width(line: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line[: _WIDTHS.stop])
