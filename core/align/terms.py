"""Text cut into what can be compared: clauses, pairs of neighbouring characters, phrases that two texts share.

Chinese has no blanks between words. Pairs of neighbouring characters compared by how rare they are do what a
dictionary of words would do here (measured, docs/decisions.md), load nothing and know no domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from core.align.wording import plain

Pairs = frozenset[str]
"""The pairs of neighbouring characters of a text."""

_BREAK = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
_CLAUSE = re.compile(r"[，。；：！？,;!?\s]+")
_URGING = re.compile(r"着力|大力|切实|努力|全力|进一步|积极")
_JOINTS = "的和与及或等对将在以并于为从其由向把被之了着"
"""They join words: a phrase neither begins nor ends with them."""


def runs(text: str) -> tuple[str, ...]:
    """What stands between punctuation and blanks."""
    return tuple(run for run in _BREAK.split(text) if run)


def pairs(text: str) -> Pairs:
    """The pairs of neighbouring characters; none reaches over punctuation."""
    return frozenset(run[i : i + 2] for run in runs(plain(text)) for i in range(len(run) - 1))


def clauses(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and full stops; the 、 of an enumeration does not part."""
    return tuple(clause for clause in _CLAUSE.split(plain(text)) if len(clause) > 1)


def shared_phrases(one: str, other: str, weights: Mapping[str, int], *, least: int, most: int) -> tuple[str, ...]:
    """The longest phrases that stand in both texts, the most telling first.

    A phrase weighs what its pairs weigh. Those below ``least``, and those inside another one, are left out; at most
    ``most`` are given.
    """
    theirs = _spoken(other)
    found = {phrase for run in runs(_spoken(one)) for phrase in _in_both(run, theirs) if len(phrase) > 1}
    heavy = sorted((-_weight(phrase, weights), phrase) for phrase in found)
    kept: list[str] = []
    for negative, phrase in heavy:
        if -negative >= least and not any(phrase in longer for longer in kept):
            kept.append(phrase)
    return tuple(kept[:most])


def _weight(phrase: str, weights: Mapping[str, int]) -> int:
    return sum(weights.get(phrase[i : i + 2], 0) for i in range(len(phrase) - 1))


@lru_cache(maxsize=1024)
def _spoken(text: str) -> str:
    """The text without adverbs, which only urge: 着力提高 and 大力提高 share 提高, not 力提高."""
    return _URGING.sub(" ", plain(text))


def _in_both(run: str, text: str) -> Iterator[str]:
    """The stretches of ``run`` that stand in ``text`` and cannot be made longer, without joints at their ends."""
    end = 0
    for start in range(len(run) - 1):
        longer = max(end, start)
        while longer < len(run) and run[start : longer + 1] in text:
            longer += 1
        if longer > end and longer - start > 1:
            yield run[start:longer].strip(_JOINTS)
        end = max(end, longer)
