"""责任分工 as it is printed: the source's own phrase with names repaired where print is no word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from core.model.plan import Measure

_BETWEEN = re.compile(r"[、，；：,;:]|牵头|负责|落实|配合|按照职责分工")
_LIKE = 0.7


def printed_division(measure: Measure) -> str:
    """The phrase of a measure for print: 各行政执单位 → 各行政执法单位.

    A name of the measure that the phrase does not hold replaces the most similar token of it; a measure without a
    phrase gets its names joined by 、.
    """
    names = (*measure.lead, *measure.responsible, *measure.cooperating)
    if measure.division_raw is None:
        return "、".join(names)
    phrase = measure.division_raw
    for name in names:
        if name not in phrase:
            phrase = _repaired(phrase, name, names)
    return phrase


def _repaired(phrase: str, name: str, names: tuple[str, ...]) -> str:
    tokens = [token for token in _BETWEEN.split(phrase) if token and token not in names]
    best = max(tokens, key=lambda token: SequenceMatcher(None, token, name).ratio(), default=None)
    if best is None or SequenceMatcher(None, best, name).ratio() < _LIKE:
        return phrase
    return phrase.replace(best, name, 1)
