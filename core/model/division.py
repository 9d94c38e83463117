"""责任分工 as it is printed: the source's own phrase with names repaired where print is no word."""

from __future__ import annotations

import re

from core.model.plan import Measure, Role

_BETWEEN = re.compile(r"[、，；：。,;:（）\s]|牵头单位|责任单位|配合单位|牵头|负责|落实|配合|按照?职责分工|自行组织")
_LABEL = re.compile(r"(?:^|(?<=[；\n]))(?:牵头|责任|配合)(?:单位|部门)[：:]")
"""“责任单位：” before the names, as plans without a table print it; alone it says nothing that a column's head does not."""
_LIKE = 0.7


def printed_division(measure: Measure) -> str:
    """The phrase of a measure for print and screen: 各行政执单位 → 各行政执法单位.

    A measure without a phrase gets its names by role.
    """
    phrase = measure.division_raw
    if phrase is None:
        return _composed(measure)
    if len(_LABEL.findall(phrase)) == 1:
        phrase = _LABEL.sub("", phrase)
    for broken, name in repairs(measure):
        phrase = phrase.replace(broken, name)
    return phrase


def repairs(measure: Measure) -> tuple[tuple[str, str], ...]:
    """(as printed, as understood) for each name of the measure that its phrase does not hold."""
    phrase = measure.division_raw or ""
    names = [name for role in Role for name in measure.names(role)]
    missing = [name for name in names if name not in phrase]
    if not missing:
        return ()
    from difflib import get_close_matches

    tokens = [token for token in _BETWEEN.split(phrase) if token and token not in names]
    pairs = ((get_close_matches(name, tokens, n=1, cutoff=_LIKE), name) for name in missing)
    return tuple(dict.fromkeys((close[0], name) for close, name in pairs if close))


def _composed(measure: Measure) -> str:
    """牵头单位：…；责任单位：… — or the names alone where there is one role that needs no title."""
    named = [(role, measure.names(role)) for role in Role if measure.names(role)]
    if [role for role, _ in named] == [Role.RESPONSIBLE]:
        return "、".join(measure.responsible)
    return "；".join(f"{role.title}：{'、'.join(names)}" for role, names in named)
