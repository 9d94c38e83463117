"""Suggested answers: which of our measures answer which of a superior plan's, and what nobody answers.

A pair is put forward by three things together: how alike the two are, how this pair stands to the best one the
superior measure has, and to the best one ours has. A superior measure that nobody answers is like many of ours a
little; ours then are more like others, and the pair falls. What stays below ``WORTH_SHOWING`` is not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.align.likeness import Pair, likeness
from core.model.plan import Plan

WORTH_SHOWING = 0.48
MOST = 5
"""Suggestions for one superior measure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of our measures as an answer; ``score`` 0 to 1, ``words`` the phrases both share, the most telling first."""

    own: int
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may answer a superior measure, best first; never empty."""

    superior: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The suggestions in the superior's order, and the gaps both ways.

    ``unanswered``: superior measures that none of ours answers; ``unanswering``: ours that answer none. ``nearest``:
    for each superior measure all of ours, the nearest first, however weak, to choose from by hand.
    """

    suggestions: tuple[Suggestion, ...]
    unanswered: tuple[int, ...]
    unanswering: tuple[int, ...]
    nearest: Mapping[int, tuple[int, ...]]


def suggest(superior: Plan, own: Plan, *, but: Iterable[Pair] = ()) -> Alignment:
    """Compare two plans; of equal ones the lower number comes first. ``but``: pairs that are not to be shown."""
    refused = frozenset(but)
    alike = likeness(superior, own)
    by_superior: dict[int, list[Answer]] = defaultdict(list)
    scores = standing(alike.scores)
    for pair, score in scores.items():
        words = alike.words(pair) if score >= WORTH_SHOWING and pair not in refused else ()
        if words:  # what no words explain is not worth showing
            by_superior[pair[0]].append(Answer(pair[1], round(score, 3), words))
    suggestions = tuple(
        Suggestion(theirs, tuple(sorted(by_superior[theirs], key=lambda a: (-a.score, a.own))[:MOST]))
        for theirs in sorted(by_superior)
    )
    answering = {answer.own for suggestion in suggestions for answer in suggestion.answers}
    return Alignment(
        suggestions,
        tuple(m.no for m in superior.measures if m.no not in by_superior),
        tuple(m.no for m in own.measures if m.no not in answering),
        {m.no: _nearest(scores, m.no, own) for m in superior.measures},
    )


def _nearest(scores: Mapping[Pair, float], no: int, own: Plan) -> tuple[int, ...]:
    return tuple(sorted((m.no for m in own.measures), key=lambda ours: (-scores.get((no, ours), 0.0), ours)))


def standing(scores: Mapping[Pair, float]) -> dict[Pair, float]:
    """The geometric mean of a likeness, its share of the best of the superior measure, and of the best of ours."""
    theirs: dict[int, float] = defaultdict(float)
    ours: dict[int, float] = defaultdict(float)
    for (superior, own), score in scores.items():
        theirs[superior] = max(theirs[superior], score)
        ours[own] = max(ours[own], score)
    return {
        (superior, own): float((score**3 / (theirs[superior] * ours[own])) ** (1 / 3))
        for (superior, own), score in scores.items()
        if score > 0
    }
