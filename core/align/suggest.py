"""Suggested answers: which of our measures answer which of a superior plan's, and what nobody answers.

A pair is put forward by four things together: how alike the two are, how this pair stands to the best one the
superior measure has, to the best one ours has, and whether the measures before and behind go together too. A superior
measure that nobody answers is like many of ours a little; ours then are more like others, its neighbours have their
answers elsewhere, and the pair falls. What stays below ``WORTH_SHOWING`` is not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from core.align.likeness import Pair, likeness
from core.job import Job
from core.model.plan import Plan

WORTH_SHOWING = 0.415
MOST = 5
"""Suggestions for one superior measure."""
_BESIDE = 0.25
"""What the neighbours of a pair count."""


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

    ``unanswered``: superior measures that none of ours answers; ``unanswering``: ours that answer none.
    """

    suggestions: tuple[Suggestion, ...]
    unanswered: tuple[int, ...]
    unanswering: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans held against each other once; what the clerk refuses is left out of it as often as is asked.

    ``answers``: for a superior measure everything worth showing, best first, also more than ``MOST``. ``scores``: of
    all pairs that have anything in common.
    """

    superior: Plan
    own: Plan
    answers: Mapping[int, tuple[Answer, ...]]
    scores: Mapping[Pair, float]

    def nearest(self, no: int) -> tuple[int, ...]:
        """All of ours by how near they stand to a superior measure, however weak, to choose from by hand."""
        scores = self.scores
        return tuple(sorted((m.no for m in self.own.measures), key=lambda ours: (-scores.get((no, ours), 0.0), ours)))

    def alignment(self, but: Iterable[Pair] = ()) -> Alignment:
        """The suggestions without these pairs."""
        refused = frozenset(but)
        left = {
            no: tuple(answer for answer in answers if (no, answer.own) not in refused)[:MOST]
            for no, answers in sorted(self.answers.items())
        }
        answering = {answer.own for answers in left.values() for answer in answers}
        return Alignment(
            tuple(Suggestion(no, answers) for no, answers in left.items() if answers),
            tuple(m.no for m in self.superior.measures if not left.get(m.no)),
            tuple(m.no for m in self.own.measures if m.no not in answering),
        )


def suggest(superior: Plan, own: Plan, *, but: Iterable[Pair] = ()) -> Alignment:
    """Compare two plans; of equal ones the lower number comes first. ``but``: pairs that are not to be shown."""
    return compared(superior, own).alignment(but)


def compared(superior: Plan, own: Plan, job: Job | None = None) -> Compared:
    """Hold two plans against each other.

    Raises Cancelled.
    """
    alike = likeness(superior, own, job)
    answers: dict[int, list[Answer]] = defaultdict(list)
    scores = in_place(standing(alike.scores), superior, own)
    for pair, score in scores.items():
        words = alike.words(pair) if score >= WORTH_SHOWING else ()
        if words:  # what no words explain is not worth showing
            answers[pair[0]].append(Answer(pair[1], round(score, 3), words))
    return Compared(
        superior,
        own,
        {no: tuple(sorted(found, key=lambda a: (-a.score, a.own))) for no, found in answers.items()},
        scores,
    )


def in_place(scores: Mapping[Pair, float], superior: Plan, own: Plan) -> dict[Pair, float]:
    """The standing of each pair with that of its neighbours: plans of one campaign follow the same order.

    Before it stand the superior measure before with ours or the one before ours, behind it likewise. Neighbours lift a
    pair that is alike itself (its root), they make none.
    """
    rows = {measure.no: at for at, measure in enumerate(superior.measures, 1)}
    places = {measure.no: at for at, measure in enumerate(own.measures, 1)}
    grid = [[0.0] * (len(places) + 2) for _ in range(len(rows) + 2)]
    for (theirs, ours), score in scores.items():
        grid[rows[theirs]][places[ours]] = score
    likest = [list(map(max, row, row[1:])) for row in grid]  # of every two neighbours in a row
    found = {}
    for (theirs, ours), score in scores.items():
        row, at = rows[theirs], places[ours]
        beside = (likest[row - 1][at - 1] + likest[row + 1][at]) / 2
        found[theirs, ours] = (1 - _BESIDE) * score + _BESIDE * beside * sqrt(score)
    return found


def standing(scores: Mapping[Pair, float]) -> dict[Pair, float]:
    """The geometric mean of a likeness, its share of the best of the superior measure, and of the best of ours."""
    theirs: dict[int, list[float]] = defaultdict(list)
    ours: dict[int, list[float]] = defaultdict(list)
    for (superior, own), score in scores.items():
        theirs[superior].append(score)
        ours[own].append(score)
    most_theirs = {superior: max(own_scores) for superior, own_scores in theirs.items()}
    most_ours = {own: max(their_scores) for own, their_scores in ours.items()}
    return {
        (superior, own): float((score**3 / (most_theirs[superior] * most_ours[own])) ** (1 / 3))
        for (superior, own), score in scores.items()
        if score > 0
    }
