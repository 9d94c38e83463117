"""Deadlines in force after adjustments, and which date stood before (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.model.adjustment import Adjusted, Adjustment
from core.model.plan import Deadline, DeadlineKind

_DATED = frozenset([DeadlineKind.BY, DeadlineKind.BY_THEN_ONGOING])
POSTPONABLE = _DATED | {DeadlineKind.ON_INSTRUCTION}
"""Kinds whose parts can get another date for one unit; an instruction that names a day gives its first."""


def in_force(deadlines: Sequence[Deadline], adjustments: Sequence[Adjustment], obligation: int) -> tuple[Deadline, ...]:
    """The deadlines that hold for one obligation, out of those of its measure.

    The newest 延期 of a part holds. When the measure was adjusted after it, the later of the two dates holds: what
    gives everybody more time takes nothing from the unit that had more already.
    """
    whole = [a.id for a in adjustments if a.obligation is None and a.what is Adjusted.DEADLINE]
    newest = max(whole, default=0)
    own = sorted((a for a in adjustments if a.obligation == obligation), key=lambda a: a.id)
    return tuple(_postponed(part, own, newest) for part in deadlines)


def moved(old: Sequence[Deadline], now: Sequence[Deadline]) -> tuple[tuple[Deadline, Deadline | None], ...]:
    """The dated parts whose date is another one now, each with what became of it (None: the part has gone).

    Parts belong together by their scope, else by their place; a single part without scope spoke for all.
    """
    pairs: list[tuple[Deadline, Deadline | None]] = []
    for place, part in enumerate(old):
        heirs = _heirs(place, part, len(old), now)
        pairs += [(part, then) for then in heirs or (None,) if then is None or then.date != part.date]
    return tuple(pair for pair in pairs if pair[0].date is not None)


def date_before(old: Sequence[Deadline], now: Sequence[Deadline], due: date | None) -> date | None:
    """The date that stood where ``due`` stands now, the last one of several; None when that one was not adjusted."""
    dates = [part.date for part, then in moved(old, now) if then is not None and then.date == due and part.date]
    return max(dates, default=None)


def _heirs(place: int, part: Deadline, count: int, now: Sequence[Deadline]) -> tuple[Deadline, ...]:
    speaks_for_all = count == 1 and part.scope is None
    if speaks_for_all or (len(now) == 1 and now[0].scope is None):
        return tuple(now)
    here = now[place] if count == len(now) else None
    if here is not None and here.scope == part.scope:
        return (here,)
    named = [then for then in now if then.scope == part.scope]
    return (named[0],) if named else (here,) if here is not None else ()


def _postponed(part: Deadline, own: Sequence[Adjustment], newest: int) -> Deadline:
    if part.kind not in POSTPONABLE:
        return part
    last = next((a for a in reversed(own) if a.new.deadlines[0].scope == part.scope), None)
    day = last.new.deadlines[0].date if last is not None else None
    if last is None or day is None:
        return part
    if part.date is not None and last.id < newest:
        day = max(day, part.date)
    return replace(part, date=day)
