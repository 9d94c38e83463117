"""How alike the measures of two plans are, each pair between 0 and 1, with the phrases that say why.

What is compared, as shares of one sum (``_SHARES``): the whole texts; their likest clauses, because one measure of a
county often gathers several of the city's; each clause with the other's whole text; the headings; a heading with the
other's text; the units. Tuned on one pair of plans and verified on another, both judged by hand before
(docs/decisions.md). Deadlines and targets do not make two measures alike: plans of one matter ask for them all by the
same few dates. They are compared where measures answer each other (``conflicts``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from core.align.terms import Pairs, clauses, pairs, shared_phrases
from core.align.weights import UNIT, Weights
from core.job import Job
from core.model.plan import Measure, Plan, Role

Pair = tuple[int, int]
"""Number of a measure of the superior plan, number of one of ours."""

_SHARES = {"text": 1.0, "heading": 0.3, "named": 0.2, "clause": 0.7, "theirs": 0.3, "ours": 0.3, "units": 0.15}
_SUM = sum(_SHARES.values())
_SHORT = 20 * UNIT
"""What is added to the weight of a clause: two short ones are soon alike, and that says little."""
_LOOKED_INTO = 5
"""Of each measure so many likest ones are compared clause by clause."""
_PHRASE = 4 * UNIT
"""Least weight of a phrase that is told: a rare pair or a few common ones."""
_PHRASES = 5
_LABEL = "正在对照上级方案"
_WHOLE = 40
"""Per cent of the work that whole texts take; clauses are the rest."""
_BATCH = 50
"""Pairs between two looks at 取消."""
_OWN = re.compile(r"^(?:各|本)?(?:省|市|州|县|区)(?:级|直)?")
"""What tells a unit of the city from the same one of a county."""


@dataclass(frozen=True, slots=True)
class Described:
    """A measure as it is compared."""

    no: int
    text: Pairs
    heading: Pairs
    clauses: tuple[Pairs, ...]
    units: frozenset[str]
    words: str
    """Text and headings, to find phrases in."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """All pairs of two plans that have anything in common; what is not named has nothing."""

    scores: Mapping[Pair, float]
    weights: Mapping[str, int]
    superior: Mapping[int, Described]
    own: Mapping[int, Described]

    def words(self, pair: Pair) -> tuple[str, ...]:
        """The phrases that both measures share, the most telling first."""
        theirs, ours = self.superior[pair[0]], self.own[pair[1]]
        return shared_phrases(ours.words, theirs.words, self.weights, least=_PHRASE, most=_PHRASES)


def likeness(superior: Plan, own: Plan, job: Job | None = None) -> Likeness:
    """Compare every measure of one plan with every one of the other.

    Raises Cancelled.
    """
    job = job or Job()
    job.step(0, 100, _LABEL)
    theirs, ours = describe(superior), describe(own)
    weights = Weights(one.text | one.heading for one in (*theirs, *ours))
    units = Weights((one.units for one in (*theirs, *ours)), power=2)
    scores = _whole(theirs, ours, weights, units)
    job.step(_WHOLE, 100, _LABEL)
    by_no = {one.no: one for one in theirs}, {one.no: one for one in ours}
    sizes = {clause: weights.total(clause) for one in (*theirs, *ours) for clause in one.clauses}
    closer = _likest(scores)
    for at, pair in enumerate(closer):
        if at % _BATCH == 0:
            job.step(_WHOLE + (100 - _WHOLE) * at // len(closer), 100, _LABEL)
        scores[pair] += _by_clauses(by_no[0][pair[0]], by_no[1][pair[1]], weights, sizes)
    return Likeness(scores, weights.of, *by_no)


def describe(plan: Plan) -> tuple[Described, ...]:
    """The measures of a plan as they are compared; where there are no tasks the section is the heading."""
    tasks = {task.no: task.title for task in plan.tasks}
    sections = {section.no: section.title for section in plan.sections}
    found = []
    known: dict[str, Pairs] = {}  # of a heading, under which many measures stand
    for measure in plan.measures:
        heading = tasks.get(measure.task or 0) or sections.get(measure.section or 0) or ""
        found.append(
            Described(
                measure.no,
                pairs(measure.text),
                known.get(heading) or known.setdefault(heading, pairs(heading)),
                tuple(pairs(clause) for clause in clauses(measure.text)),
                _units(measure),
                f"{measure.text}；{heading}",
            )
        )
    return tuple(found)


def _units(measure: Measure) -> frozenset[str]:
    return frozenset(_OWN.sub("", name) for role in Role for name in measure.names(role))


def _whole(
    theirs: Sequence[Described], ours: Sequence[Described], weights: Weights, units: Weights
) -> dict[Pair, float]:
    """What whole texts, headings and units give each pair, by walking along what each term stands in."""
    if not ours:
        return {}
    their_headings, our_headings = [one.heading for one in theirs], [one.heading for one in ours]
    their_texts, our_texts = [one.text for one in theirs], [one.text for one in ours]
    text = _cosines(their_texts, our_texts, weights)
    heading = _cosines(their_headings, our_headings, weights)
    unit = _cosines([one.units for one in theirs], [one.units for one in ours], units)
    named = _within(their_headings, our_texts, weights)
    naming = list(zip(*_within(our_headings, their_texts, weights), strict=True))
    by_text, by_heading, by_unit, by_name = (_SHARES[key] for key in ("text", "heading", "units", "named"))
    scores: dict[Pair, float] = {}
    for at, one in enumerate(theirs):
        row = zip(ours, text[at], heading[at], unit[at], named[at], naming[at], strict=True)
        for other, words, head, who, name, back in row:
            if words or head:
                score = by_text * words + by_heading * head + by_unit * who + by_name * max(name, back)
                scores[one.no, other.no] = score / _SUM
    return scores


_Terms = Sequence[frozenset[str]]
_Grid = list[list[float]]
"""A row for each of the first, in it a number for each of the second."""


def _cosines(one: _Terms, other: _Terms, weights: Weights) -> _Grid:
    """Of every two: what both have ÷ the geometric mean of what each has."""
    sizes = [weights.total(terms) for terms in other]
    return [
        [shared / sqrt(own * size) if shared else 0.0 for shared, size in zip(row, sizes, strict=True)]
        for row, own in zip(_shared(one, other, weights), map(weights.total, one), strict=True)
    ]


def _within(one: _Terms, other: _Terms, weights: Weights) -> _Grid:
    """How much of the first stands in the second."""
    return [
        [shared / own if shared else 0.0 for shared in row]
        for row, own in zip(_shared(one, other, weights), map(weights.total, one), strict=True)
    ]


def _shared(one: _Terms, other: _Terms, weights: Weights) -> list[list[int]]:
    """What every two share. Equal sets (the headings of one task) are walked along once."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, terms in enumerate(other):
        for term in terms:
            holders[term].append(at)
    known: dict[frozenset[str], list[int]] = {}
    for terms in one:
        if terms in known:
            continue
        sums = known[terms] = [0] * len(other)
        for term in terms:
            weight = weights.of[term]
            for holder in holders.get(term, ()):
                sums[holder] += weight
    return [known[terms] for terms in one]


def _likest(scores: Mapping[Pair, float]) -> list[Pair]:
    """The pairs worth a closer look: the first few of each measure on either side."""
    by_superior: dict[int, list[tuple[float, Pair]]] = defaultdict(list)
    by_own: dict[int, list[tuple[float, Pair]]] = defaultdict(list)
    for pair, score in scores.items():
        by_superior[pair[0]].append((-score, pair))
        by_own[pair[1]].append((-score, pair))
    sides: Iterable[list[tuple[float, Pair]]] = (*by_superior.values(), *by_own.values())
    return sorted({pair for side in sides for _, pair in sorted(side)[:_LOOKED_INTO]})


def _by_clauses(theirs: Described, ours: Described, weights: Weights, sizes: Mapping[Pairs, int]) -> float:
    """What clauses give a pair: the likest two, and the clause of either that stands most wholly in the other."""
    total = weights.total
    our_sizes = [(clause, sizes[clause] + _SHORT) for clause in ours.clauses]
    back = max((total(clause & theirs.text) / size for clause, size in our_sizes), default=0.0)
    found = likest = 0.0
    for whole in theirs.clauses:
        size = sizes[whole] + _SHORT
        both = whole & ours.text
        if both:
            found = max(found, total(both) / size)
            likest = max(likest, *(total(both & clause) / sqrt(size * other) for clause, other in our_sizes))
    return (_SHARES["clause"] * likest + _SHARES["theirs"] * found + _SHARES["ours"] * back) / _SUM
