"""Which words of two texts differ: figures and Latin words whole, Chinese character by character."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*[%％‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST = 1500
"""Tokens up to which the texts are compared: longer ones take longer than the eye waits for."""
_ISLAND = 2
"""So few equal characters between two changes would only make the marks flicker."""
_ALIKE = 0.35
"""Below this likeness the whole text is another."""


class Stretch(NamedTuple):
    """Characters of a text: where they begin and how many."""

    start: int
    length: int


class Differences(NamedTuple):
    """What went from the old text and what came into the new one."""

    gone: tuple[Stretch, ...]
    come: tuple[Stretch, ...]


def differences(old: str, new: str) -> Differences:
    """The stretches that differ, in order; nothing for equal texts, all of it where one is empty."""
    if old == new:
        return Differences((), ())
    if not old or not new:
        return Differences(_all(old), _all(new))
    was, now = _TOKEN.findall(old), _TOKEN.findall(new)
    changes = _changes(was, now)
    kept = len(old) - sum(len("".join(was[a:b])) for a, b, _, _ in changes)
    if 2 * kept < _ALIKE * (len(old) + len(new)):
        return Differences(_all(old), _all(new))
    return Differences(
        _stretches(was, [(a, b) for a, b, _, _ in changes]), _stretches(now, [(c, d) for _, _, c, d in changes])
    )


def _changes(was: list[str], now: list[str]) -> list[tuple[int, int, int, int]]:
    """(from, to) of the old tokens and (from, to) of the new ones, small islands joined."""
    if max(len(was), len(now)) > _MOST:
        return [_middle(was, now)]
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and _is_island(was[found[-1][1] : a]) and not _is_figure(now[found[-1][3] - 1]):
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _is_island(between: list[str]) -> bool:
    """Whether what two changes have between them says nothing by itself."""
    words = "".join(between)
    return len(words) < _ISLAND and not re.search(r"\d", words) and bool(re.match(r"\w", words))


def _is_figure(token: str) -> bool:
    """A figure and the measure word after it are read apart: 61条."""
    return token[0].isdigit()


def _middle(was: list[str], now: list[str]) -> tuple[int, int, int, int]:
    """All between the common beginning and the common end."""
    most = min(len(was), len(now))
    head = next((at for at in range(most) if was[at] != now[at]), most)
    tail = next((at for at in range(most - head) if was[-1 - at] != now[-1 - at]), most - head)
    return head, len(was) - tail, head, len(now) - tail


def _stretches(tokens: list[str], spans: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return tuple(Stretch(starts[a], starts[b] - starts[a]) for a, b in spans if b > a)


def _all(text: str) -> tuple[Stretch, ...]:
    return (Stretch(0, len(text)),) if text else ()
