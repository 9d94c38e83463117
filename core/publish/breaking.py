"""Where a Chinese line may end.

Rules (GB/T 15834 for the marks, GB/T 9704-2012 for numbers): no line begins with a closing mark or ends with an
opening one; numbers stay with their units (2024年, 60学时, 100%), ranges of years and 〔2024〕21号 stay whole. Lines are filled
greedily; a mark that may not begin a line takes the character before it along. Widths are points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from math import ceil

Measure = Callable[[str], float]
"""The width of a text in pt."""
Joint = Callable[[str, str], float]
"""What stands between two pieces of a line beside their widths, by the characters that meet there, in pt."""

NEVER_FIRST = "，。、；：？！）〕》”’％」』】〉…～·‰℃,.;:?!)]}%"
"""Marks that never begin a line."""
NEVER_LAST = "（〔《“‘「『【〈([{￥＄"
"""Marks that never end a line."""

_UNITS = (
    "年度|年|月|日|号|学时|课时|小时|分钟|季度|个工作日|个月|个|项|次|件|人次|人|名|场|期|天|周|万元|亿元|元|万|亿"
    "|份|条|款|倍|家|户|批|轮|类|级|支|页|篇|所|种|起|章|部|处|位|公里|平方米|米|亩|吨|公斤|千克|%|％|‰|℃"
)
_DIGITS = r"\d+(?:[.,．:：/÷]\d+)*"
_NUMBER = rf"第?{_DIGITS}(?:[-–—~～]{_DIGITS})?(?:{_UNITS})?"
_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’_+&@/-]*"
_DOCUMENT_NUMBER = r"〔\d{4}〕第?\d+号"
HASH = re.compile(r"[0-9A-Fa-f]{32,}")
"""A check sum: torn wherever its line is full."""
_OPEN = f"[{re.escape(NEVER_LAST)}]"
_CLOSE = f"[{re.escape(NEVER_FIRST)}]"
_BLANK = r"[^\S\n]"
_UNIT = re.compile(
    rf"(?:(?:{_OPEN}{_BLANK}*)*?{_DOCUMENT_NUMBER}"
    rf"|(?:{_OPEN}{_BLANK}*)*(?:{HASH.pattern}|{_NUMBER}|{_LATIN}|——|……|{_BLANK}+|[\s\S]))(?:{_BLANK}*{_CLOSE})*{_BLANK}*"
    rf"|(?:{_OPEN}{_BLANK}*)+"
)
_PHRASE = re.compile(r"[^、，；：。]*[、，；：。](?:[”’」』）〕》])*|[^、，；：。]+")


def units(text: str) -> list[str]:
    """Split a text into the pieces that stay together; joined they are the text again."""
    return _UNIT.findall(text)


def break_lines(text: str, width: float, measure: Measure, joint: Joint | None = None, hanging: str = "") -> list[str]:
    """Break a text into lines of at most ``width`` pt; one of the marks ``hanging`` may stand beyond it.

    Line feeds in the text are kept as breaks and are not part of a line; blanks at the end of a line hang and
    do not count. Only a piece that is wider than the column by itself is torn, by characters.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_fill(paragraph, width, measure, joint, hanging))
    return lines


def break_phrases(text: str, width: float, measure: Measure, joint: Joint | None = None) -> list[str]:
    """Like ``break_lines``, but between phrases where that takes no more lines: for short centred cells.

    各乡镇、各行政执法单位 becomes 各乡镇、 and 各行政执法单位.
    """
    greedy = break_lines(text, width, measure, joint)
    if len(greedy) == 1:
        return greedy
    limit = width + 0.01
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for phrase in _PHRASE.findall(paragraph):
            if line and measure(line + phrase) > limit:
                lines.append(line)
                line = ""
            line += phrase
            if measure(line) > limit:
                *full, line = break_lines(line, width, measure, joint)
                lines.extend(full)
        lines.append(line)
    return lines if len(lines) <= len(greedy) else greedy


def _fill(paragraph: str, width: float, measure: Measure, joint: Joint | None, hanging: str) -> Iterator[str]:
    limit = width + 0.01
    if measure(paragraph) <= limit:
        yield paragraph
        return
    line, used = "", 0.0
    for piece in _pieces(paragraph, limit, measure):
        wide = measure(piece)
        if line and joint is not None:
            used += joint(line[-1], piece[0])
        if line and used + wide > limit and used + measure(_inside(piece, hanging)) > limit:
            yield line
            line, used = "", 0.0
        line += piece
        used += wide
    yield line


def _inside(piece: str, hanging: str) -> str:
    """What of the last piece of a line must stand inside it."""
    piece = piece.rstrip()
    return piece[:-1] if hanging and len(piece) > 1 and piece[-1] in hanging else piece


def _pieces(paragraph: str, limit: float, measure: Measure) -> Iterator[str]:
    for unit in units(paragraph):
        if len(unit) == 1 or measure(unit.rstrip()) <= limit:
            yield unit
        else:
            yield from _torn(unit, limit, measure)


def _torn(unit: str, limit: float, measure: Measure) -> Iterator[str]:
    """Tear a piece that is wider than the column: as late as it fits, between characters that may be parted."""
    while measure(unit.rstrip()) > limit and len(unit) > 1:
        fits = 1
        while fits < len(unit) - 1 and measure(unit[: fits + 1]) <= limit:
            fits += 1
        cut = fits
        while cut > 1 and not may_part(unit[cut - 1], unit[cut]):
            cut -= 1
        cut = cut if may_part(unit[cut - 1], unit[cut]) else fits
        yield unit[:cut]
        unit = unit[cut:]
    yield unit


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters as far as their marks go."""
    return after not in NEVER_FIRST and before not in NEVER_LAST and not after.isspace()


# Titles -----------------------------------------------------------------------------------------------------

_WORDS = (
    "行政执法监督|行政执法|执法监督|三年行动计划|三年行动|行动计划|实施方案|工作方案|工作举措|重点任务|任务分解表|分解表"
    "|统计表|落实情况|进展情况|责任分工|评估报告|情况报告|人民政府|办公室|司法局|质量|提升|关于|落实|推进|贯彻|开展|专项"
    "|佐证材料|目录|台账|工作|任务|情况|计划|方案|行动|监督|协调|规范|全面|强化|县|市|区|镇"
)
_TITLE_UNIT = re.compile(rf"{_OPEN}*(?:{_NUMBER}|{_LATIN}|{_WORDS}|——|……|[\s\S])(?:{_CLOSE})*(?:的|和|与|及)?|{_OPEN}+")
_LOOSE, _AT_WORD, _AT_MARK = 6.0, 1.5, 0.0
_TITLE_LINES = 3
"""A title of more lines is broken like any text."""


def break_title(text: str, width: float, measure: Measure) -> list[str]:
    """Break a title into as few lines as fit, at marks and brackets first, then between words.

    The lines form a trapezoid or a diamond (GB/T 9704-2012 §7.3.1: 词意完整，排列对称，长短适宜); several lines
    of one length are avoided. A title with line feeds keeps them.
    """
    if "\n" in text:
        return [line for part in text.split("\n") for line in break_title(part, width, measure)]
    if measure(text) <= width:
        return [text]
    pieces = _TITLE_UNIT.findall(text)
    starts = [0.0, *accumulate(measure(piece) for piece in pieces)]
    for count in range(ceil(starts[-1] / width), _TITLE_LINES + 1):
        best = min(_edges(starts, count, width), key=lambda edges: _title_cost(pieces, starts, edges), default=None)
        if best is not None:
            return ["".join(pieces[a:b]) for a, b in pairwise(best)]
    return break_lines(text, width, measure)


def _edges(starts: list[float], count: int, width: float, first: int = 0) -> Iterator[tuple[int, ...]]:
    """All ways to make ``count`` lines of the pieces from ``first`` on: the edges of the lines."""
    last = len(starts) - 1
    if count == 1:
        if starts[last] - starts[first] <= width:
            yield first, last
        return
    for cut in range(first + 1, last):
        if starts[cut] - starts[first] > width:
            return
        if starts[last] - starts[cut] <= (count - 1) * width:
            for rest in _edges(starts, count - 1, width, cut):
                yield first, *rest


def _title_cost(pieces: list[str], starts: list[float], edges: tuple[int, ...]) -> float:
    shape = _shape_cost([starts[b] - starts[a] for a, b in pairwise(edges)])
    return shape + sum(_cut_cost(pieces[cut - 1], pieces[cut]) for cut in edges[1:-1])


def _cut_cost(before: str, after: str) -> float:
    if after[0] in NEVER_LAST or before[-1] in NEVER_FIRST:
        return _AT_MARK
    return _AT_WORD if len(before) > 1 or len(after) > 1 else _LOOSE


def _shape_cost(wide: list[float]) -> float:
    """Unevenness in tenths of the widest line; a rectangle and an hourglass cost extra."""
    top = max(wide)
    cost = sum(10 * (top - one) / top for one in wide) / len(wide)
    if max(wide) - min(wide) < 0.02 * top:
        cost += 1.0
    if len(wide) == 3 and wide[1] < min(wide[0], wide[2]):
        cost += 2.0
    return cost
