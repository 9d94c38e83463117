"""Which of our measures a row of a template means: by its text; a number alone proves nothing, it is the superior's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.exchange.fill_row import FillRow
from core.exchange.row_match import likeness, number_of, squeezed

_LABEL = re.compile(r"^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}[.．、]|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、.])\s*")
_ALIKE, _NUMBERED_ALIKE, _MARGIN = 0.75, 0.5, 0.15
_TWICE = "另有一行更像这项措施"


@dataclass(frozen=True, slots=True)
class RowMatch:
    """The measure of a row, None where it could not be told; ``what`` is to be said of it, if anything."""

    row: FillRow | None
    text: str
    what: str = ""
    score: float = 0.0


def match_rows(printed: Sequence[tuple[str, str]], rows: Sequence[FillRow]) -> list[RowMatch]:
    """For each (number, text) of the template the measure it means; never two rows of different text for one."""
    ours = [(row, squeezed(row.text)) for row in rows]
    exact: dict[str, list[FillRow]] = defaultdict(list)
    for row, plain in ours:
        exact[plain].append(row)
    found = [_match(number, text, ours, exact) for number, text in printed]
    return _without_rivals(found)


def _match(number: str, text: str, ours: Sequence[tuple[FillRow, str]], exact: dict[str, list[FillRow]]) -> RowMatch:
    bare = squeezed(_LABEL.sub("", text))
    same = exact.get(bare) or exact.get(squeezed(text)) or []
    printed = number_of(number) or number_of((_LABEL.match(text) or [""])[0].strip())
    if len(same) == 1:
        return RowMatch(same[0], text, score=1.0)
    if same:
        numbered = [row for row in same if _has_number(row, printed)]
        if len(numbered) == 1:
            return RowMatch(numbered[0], text, score=1.0)
        return RowMatch(None, text, "有几项措施的文字相同，分不清是哪一项")
    scored = sorted(
        ((likeness(bare, plain), -row.number, row) for row, plain in ours), reverse=True, key=lambda s: s[:2]
    )
    best, _, row = scored[0] if scored else (0.0, 0, None)
    second = scored[1][0] if len(scored) > 1 else 0.0
    if row is None or best < _NUMBERED_ALIKE:
        return RowMatch(None, text, "台账中没有这项措施")
    if best >= _ALIKE and best - second >= _MARGIN:
        return RowMatch(row, text, f"按文字相近认作第{row.number}项，请核对", best)
    if _has_number(row, printed) and best - second >= _MARGIN:
        return RowMatch(row, text, f"编号相同、文字相近，认作第{row.number}项，请核对", best)
    return RowMatch(None, text, "文字与台账中的措施都不够相近，没有认出是哪一项")


def _has_number(row: FillRow, printed: int | None) -> bool:
    return printed is not None and printed in {row.number, number_of(row.label)}


def _without_rivals(found: Sequence[RowMatch]) -> list[RowMatch]:
    """A measure goes to the row that has its very text, else to the one that is alone in being like it."""
    rivals: dict[int, list[RowMatch]] = defaultdict(list)
    for match in found:
        if match.row is not None:
            rivals[match.row.number].append(match)
    kept = []
    for match in found:
        others = rivals[match.row.number] if match.row is not None else []
        if match.score >= 1.0 or len(others) < 2:
            kept.append(match)
        else:
            kept.append(
                replace(
                    match,
                    row=None,
                    what=_TWICE if any(o.score >= 1.0 for o in others) else "有几行都像同一项措施，分不清是哪一行",
                )
            )
    return kept
