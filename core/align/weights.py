"""How much a pair of characters says: the rarer among the measures of both plans, the more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

UNIT = 1000
"""The weight of what stands in every e-th measure."""
ONCE = 0.5
"""A pair that stands in one measure only cannot be shared: half of them lie across two words (展行 in 开展行政)."""


class Weights:
    """Weights of terms (pairs of characters or names) by the number of measures they stand in."""

    def __init__(self, measures: Iterable[Iterable[str]], *, power: int = 1) -> None:
        """``measures`` gives the terms of each measure of both plans, each once; ``power`` sharpens the difference."""
        counts: Counter[str] = Counter()
        size = 0
        for terms in measures:
            counts.update(terms)
            size += 1
        # whole numbers: a sum of floats depends on the order, and that of a set is another in every run of the program
        self.of = {
            term: round(UNIT * log((size + 1) / count) ** power * (ONCE if count == 1 else 1.0))
            for term, count in counts.items()
        }

    def total(self, terms: Iterable[str]) -> int:
        """What terms weigh together."""
        return sum(map(self.of.__getitem__, terms))

    def cosine(self, one: frozenset[str], other: frozenset[str]) -> float:
        """0 (nothing shared) to 1 (the same)."""
        if not one or not other:
            return 0.0
        both = self.total(one) * self.total(other)
        return self.total(one & other) / sqrt(both) if both > 0 else 0.0
