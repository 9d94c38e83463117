"""Texts of a table broken into lines: as the face sets them, and as another face of a word processor may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from core.publish.breaking import Joint, break_lines, break_phrases
from core.publish.fonts import FontChain
from core.publish.layout import HEAD_SIZE

WIDER = re.compile(r"[!-~‰℃]")
"""What another face may set wider."""
_WIDE_DIGIT, _WIDE_JOINT = 0.14, 0.205
"""In em: what a digit, letter or % may be wider and what stands between 2024 and 年 where a word processor lacks the
face (DejaVu Sans, the widest it takes instead; LibreOffice sets the blank whatever the file says).

Cells then take a line more; pages are chosen so that this pushes no row over the foot.
"""
_JOINT = re.compile(r"[0-9A-Za-z](?=[^\W0-9A-Za-z_])|[^\W0-9A-Za-z_](?=[0-9A-Za-z])")
"""Where a digit or letter and a Chinese character meet."""


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
    digits, joints = len(WIDER.findall(text)), len(_JOINT.findall(text))
    return chain.width(text, size) + size * (_WIDE_DIGIT * digits + _WIDE_JOINT * joints)
