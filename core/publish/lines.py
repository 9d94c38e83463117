"""Texts of a table broken into lines: as the face sets them, and as another face of a word processor may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from core.publish.breaking import Joint, break_lines, break_phrases
from core.publish.fonts import FontChain
from core.publish.layout import HEAD_SIZE

WIDER = re.compile(r"[!-~]")
"""What another face may set wider."""
HANGING = "，。、；：！？,.;:!?"
"""Marks that LibreOffice lets stand beyond the end of a line, whatever the file says."""
_WIDE_JOINT = 0.205
"""In em: what LibreOffice sets between 2024 and 年, whatever the file says.

Cells then take a line more; pages are chosen so that this pushes no row over the foot.
"""
_LATIN = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, *[636] * 10, 337, 337, 838, 838,
    838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611,
    732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip
_WIDE = {chr(32 + place): width / 1000 for place, width in enumerate(_LATIN)}
"""In em, from the blank to ~: DejaVu Sans, the widest face that is taken where 仿宋_GB2312 is not there."""
_JOINT = re.compile(r"[0-9A-Za-z](?=[^\W0-9A-Za-z_])|[^\W0-9A-Za-z_](?=[0-9A-Za-z])")
"""Where a digit or letter and a Chinese character meet."""
_LATIN_LETTERS, _CHINESE = re.compile(r"[ -~]+"), re.compile(r"[^ -~]+")


def with_breaks(text: str, lines: Sequence[str]) -> list[str]:
    """The lines of a text, a line feed behind those that end one of its paragraphs."""
    found, at = [], 0
    for line in lines:
        at += len(line)
        ends = text[at : at + 1] == "\n"
        found.append(f"{line}\n" if ends else line)
        at += ends
    return found


def even(chain: FontChain, text: str, width: float) -> tuple[str, ...]:
    """Lines of a header cell, no more than needed and as even as may be: 完成 / 情况, not 完成情 / 况."""
    lines = broken(chain, text, width, HEAD_SIZE)
    while len(lines) > 1 and width > 2 * HEAD_SIZE:
        width -= HEAD_SIZE / 2
        narrower = broken(chain, text, width, HEAD_SIZE)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


@lru_cache(maxsize=4096)
def broken(
    chain: FontChain, text: str, width: float, size: float, *, is_phrased: bool = False, is_wide: bool = False
) -> tuple[str, ...]:
    """Lines of a text; the same phrase occurs in many rows and again in every export."""
    breaker = break_phrases if is_phrased else break_lines
    if not is_wide:
        return tuple(breaker(text, width, lambda part: chain.width(part, size)))

    return tuple(breaker(text, width, lambda part: wide_width(chain, part, size), wide_joint(size)))


def wide_joint(size: float) -> Joint:
    """What may stand between two pieces of a line where a word processor lacks the face, in pt."""
    return lambda before, after: size * _WIDE_JOINT if _JOINT.match(before + after) else 0.0


def wide_width(chain: FontChain, text: str, size: float) -> float:
    """How wide a text may be where a word processor lacks the face, in pt."""
    if text.isascii():
        return size * sum(map(_wide_letter, text))
    plain = _LATIN_LETTERS.sub("", text)
    if len(plain) == len(text):
        return chain.width(text, size)
    latin = sum(map(_wide_letter, _CHINESE.sub("", text)))
    return chain.width(plain, size) + size * (latin + _WIDE_JOINT * len(_JOINT.findall(text)))


def _wide_letter(letter: str) -> float:
    return _WIDE.get(letter, 0.0)
