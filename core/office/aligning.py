"""对照上级: which of our measures answer those of a superior plan, as suggested and as the clerk decides.

The superior plan is one of the file or a bundled one; ours is another one of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from core.align.conflicts import Conflict, conflicts
from core.align.suggest import Answer, Compared, compared
from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.model.alignment import Decision
from core.model.plan import Measure, Plan
from core.office import bundled
from core.office.changes import Changes
from core.office.overview import plan_row
from core.store import alignments, journal, plans
from core.store.database import Store
from core.store.plans import PlanRow

Pair = tuple[int, int]
"""Number of a superior measure, number of ours."""
_RANKS = {"省": 0, "市": 1, "县": 2, "区": 2, "乡镇": 3}
"""Offices from above to below; a plan of no known level stands last."""


@dataclass(frozen=True, slots=True)
class Superior:
    """A plan ours can be held against; ``id`` is its row in the file, None for a bundled one."""

    key: str
    title: str
    id: int | None
    measures: int


@dataclass(frozen=True, slots=True)
class Answering:
    """One of ours as an answer. ``decision`` None: only suggested. ``score`` and ``words`` as in ``Answer``."""

    own: int
    decision: Decision | None
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A superior measure with what answers it, what was decided first, the likest next; ``rejected`` are ours."""

    superior: Measure
    answers: tuple[Answering, ...]
    rejected: tuple[int, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two plans held against each other, in the superior's order, with the gaps both ways."""

    superior: Superior
    own: PlanRow
    superior_plan: Plan
    own_plan: Plan
    lines: tuple[Line, ...]
    unanswered: tuple[int, ...]
    unanswering: tuple[int, ...]
    compared: Compared
    """What the texts say, whatever was decided."""


def superiors(store: Store, own_key: str | None = None) -> tuple[Superior, ...]:
    """What a plan of the file (None: the first) can be held against: its other plans, then the bundled ones.

    Of the bundled ones those of a higher office come first. One that stands in the file under its key is not named
    twice.

    Raises NotFoundError for an unknown plan.
    """
    own = plan_row(store, own_key)
    with store.reading() as db:
        rows = plans.listing(db)
        rank = _RANKS.get(plans.level_of(db, own.id) or "", len(_RANKS))
    there, box = {row.key for row in rows}, sorted(bundled.keys(), key=lambda key: _rank_of(key) >= rank)
    boxed = (_boxed(key) for key in box if key not in there)
    return (*(_in_file(row) for row in rows if row.id != own.id), *boxed)


def decided_with(store: Store, own_key: str | None = None) -> tuple[Superior, ...]:
    """Superior plans of which something was accepted or added: what can be reported in their order.

    Raises NotFoundError for an unknown plan.
    """
    own = plan_row(store, own_key)
    with store.reading() as db:
        rows = plans.listing(db)
        in_file, keys = alignments.answered_with(db, own.id)
    box = bundled.keys()
    return (*(_in_file(row) for row in rows if row.id in in_file), *(_boxed(key) for key in box if key in keys))


def aligned(
    store: Store,
    superior_key: str,
    own_key: str | None = None,
    *,
    job: Job | None = None,
    before: Aligned | None = None,
) -> Aligned:
    """Hold our plan (None: the first of the file that is not the superior) against a superior one.

    Suggestions that were rejected are left out; what was accepted or added stands first. ``before``: as they were held
    against each other last; plans that did not change since are not compared anew.

    Raises NotFoundError for an unknown plan, InvalidError when the file has no other plan; Cancelled.
    """
    superior, own = _sides(store, superior_key, own_key)
    with store.reading() as db:
        theirs = bundled.load(superior.key) if superior.id is None else plans.load(db, superior.id)
        ours = plans.load(db, own.id)
        decided = _decided(db, superior, own)
    if before is not None and (before.superior_plan, before.own_plan) == (theirs, ours):
        found = before.compared
    else:
        found = compared(theirs, ours, job)
    return _put_together(superior, own, found, decided)


def answers_of(store: Store, superior_key: str, own_key: str | None = None) -> dict[int, tuple[int, ...]]:
    """What the clerk accepted or added: for each superior measure that has an answer, ours in their order.

    Raises as ``aligned`` does.
    """
    superior, own = _sides(store, superior_key, own_key)
    with store.reading() as db:
        decided = _decided(db, superior, own)
    found: dict[int, tuple[int, ...]] = {}
    for (theirs, ours), decision in sorted(decided.items()):
        if decision.is_answer:
            found[theirs] = (*found.get(theirs, ()), ours)
    return found


def decide(
    store: Store,
    superior_key: str,
    pairs: Iterable[Pair],
    decision: Decision | None,
    *,
    own_key: str | None = None,
) -> Changes:
    """Accept, add or reject answers; None takes the decisions back. One transaction, one journal entry a pair.

    What stands already is not written again.

    Raises as ``aligned`` does, NotFoundError also for a measure one of the plans does not have; LedgerFileError.
    """
    superior, own = _sides(store, superior_key, own_key)
    wanted = list(dict.fromkeys(pairs))
    touched: set[int] = set()
    with store.transaction() as db:
        theirs = _numbers(db, superior)
        ours = plans.measure_ids(db, own.id)
        decided = _decided(db, superior, own)
        for superior_no, own_no in wanted:
            if superior_no not in theirs or own_no not in ours:
                side, no = ("上级方案", superior_no) if superior_no not in theirs else ("本级方案", own_no)
                raise NotFoundError(f"{side}中没有第 {no} 项措施。")
            before = decided.get((superior_no, own_no))
            if before is decision:
                continue
            row = theirs[superior_no]
            boxed = (superior.key, superior_no) if row is None else None
            alignments.write(db, ours[own_no], decision, superior=row, bundled=boxed)
            journal.append(
                db,
                "对照上级",
                f"第{own_no}项，{superior.title.replace(chr(10), '')}第{superior_no}项",
                measure_id=ours[own_no],
                before={"对照": before.title} if before else None,
                after={"对照": decision.title} if decision else None,
            )
            touched.add(own_no)
    return Changes(measures=frozenset(touched))


def nearest(found: Aligned, superior_no: int) -> tuple[int, ...]:
    """Ours by how near they stand to a superior measure, to add one from; those that answer are left out."""
    line = next(line for line in found.lines if line.superior.no == superior_no)
    taken = {answer.own for answer in line.answers}
    return tuple(no for no in found.compared.nearest(superior_no) if no not in taken)


def _sides(store: Store, superior_key: str, own_key: str | None) -> tuple[Superior, PlanRow]:
    with store.reading() as db:
        rows = plans.listing(db)
    box = bundled.keys()
    row = next((row for row in rows if row.key == superior_key), None)
    if row is not None:
        superior = _in_file(row)
    elif superior_key in box:
        superior = _boxed(superior_key)
    else:
        choices = dict.fromkeys((*(row.key for row in rows), *box))
        raise NotFoundError(f"没有方案“{superior_key}”。", hint=f"可选：{'、'.join(choices)}。")
    if own_key is not None:
        own = plan_row(store, own_key)
    else:
        others = [other for other in rows if other.id != superior.id]
        if not others:
            raise InvalidError("台账里没有可以对照的本级方案。", hint="请先导入本级方案。")
        own = others[0]
    if own.id == superior.id:
        raise InvalidError("方案不能与自己对照。", hint="请另选一个上级方案。")
    return superior, own


def _in_file(row: PlanRow) -> Superior:
    return Superior(row.key, row.title, row.id, row.measures)


def _boxed(key: str) -> Superior:
    return Superior(key, bundled.TITLES[key], None, len(bundled.load(key).measures))


def _rank_of(key: str) -> int:
    return _RANKS.get(bundled.load(key).document.level or "", len(_RANKS))


def _decided(db: Connection, superior: Superior, own: PlanRow) -> dict[Pair, Decision]:
    if superior.id is None:
        return alignments.with_bundled(db, own.id, superior.key)
    return alignments.with_plan(db, own.id, superior.id)


def _numbers(db: Connection, superior: Superior) -> dict[int, int | None]:
    """The rows of the superior measures by number; None for those of the box."""
    if superior.id is None:
        return {measure.no: None for measure in bundled.load(superior.key).measures}
    return dict(plans.measure_ids(db, superior.id))


def _put_together(superior: Superior, own: PlanRow, alike: Compared, decided: dict[Pair, Decision]) -> Aligned:
    theirs, ours = alike.superior, alike.own
    suggested = alike.alignment(pair for pair, made in decided.items() if not made.is_answer)
    shown = {(s.superior, answer.own): answer for s in suggested.suggestions for answer in s.answers}
    answers: dict[int, list[Answering]] = {measure.no: [] for measure in theirs.measures}
    for (theirs_no, ours_no), decision in decided.items():
        if decision.is_answer and theirs_no in answers:
            known = shown.get((theirs_no, ours_no), Answer(ours_no, 0.0, ()))
            answers[theirs_no].append(Answering(ours_no, decision, known.score, known.words))
    for (theirs_no, ours_no), answer in shown.items():
        if (theirs_no, ours_no) not in decided:
            answers[theirs_no].append(Answering(ours_no, None, answer.score, answer.words))
    by_no = {measure.no: measure for measure in ours.measures}
    lines = []
    for measure in theirs.measures:
        found = sorted(answers[measure.no], key=lambda a: (a.decision is None, -a.score, a.own))
        rejected = tuple(o for (t, o), made in sorted(decided.items()) if t == measure.no and not made.is_answer)
        # what the clerk has decided is what answers; suggestions beside it are not held against the deadline
        settled = [a for a in found if a.decision is not None] or found
        against = conflicts(measure, [by_no[answer.own] for answer in settled])
        lines.append(Line(measure, tuple(found), rejected, against))
    answering = {answer.own for line in lines for answer in line.answers}
    return Aligned(
        superior,
        own,
        theirs,
        ours,
        tuple(lines),
        tuple(line.superior.no for line in lines if not line.answers),
        tuple(measure.no for measure in ours.measures if measure.no not in answering),
        alike,
    )
