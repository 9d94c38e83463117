"""What is understood of the phrases of a measure as a clerk types them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from core.model.plan import Deadline, Measure, Plan, Role
from core.recognise import deadline as deadlines
from core.recognise import division as divisions
from core.recognise import names as unit_names
from core.recognise import target as targets
from core.recognise.measures import year_of

DIVISION, DEADLINE, TARGET = "division", "deadline", "target"
ALL = frozenset([DIVISION, DEADLINE, TARGET])


def reread(measure: Measure, plan: Plan, *, fields: Collection[str] = ALL) -> Measure:
    """The measure with what is understood of its phrases; a blank phrase is None and means nothing.

    ``fields`` names what was typed anew: the others keep what a person may have put right. ``plan`` is the one the
    measure stands in: its date gives the year, its other phrases say whether the first named unit leads, and its
    names repair broken ones. Dates in the text count only where the plan has no deadlines of its own column.
    """
    if DIVISION in fields:
        measure = _division(measure, plan)
    if DEADLINE in fields:
        raw = (measure.deadline_raw or "").strip() or None
        measure = replace(measure, deadline_raw=raw, deadlines=_deadlines(measure.text, raw, plan))
    if TARGET in fields:
        measure = replace(measure, targets=targets.in_text(measure.text))
    return measure


def _division(measure: Measure, plan: Plan) -> Measure:
    raw = (measure.division_raw or "").strip() or None
    reading = divisions.understand(raw or "", first_leads=raw is not None and _first_leads(plan))
    others = [m for m in plan.measures if m.no != measure.no]
    counts = Counter(name for m in others for role in Role for name in m.names(role))
    named = (*reading.lead, *reading.responsible, *reading.cooperating)
    counts.update(name for name in named if name not in counts)
    meant = unit_names.repairs(counts)
    return replace(
        measure,
        division_raw=raw,
        lead=_each_once(meant.get(name, name) for name in reading.lead),
        responsible=_each_once(meant.get(name, name) for name in reading.responsible),
        cooperating=_each_once(meant.get(name, name) for name in reading.cooperating),
    )


def _deadlines(text: str, raw: str | None, plan: Plan) -> tuple[Deadline, ...]:
    issued, year = plan.document.date, year_of(plan.document)
    if raw is not None:
        return deadlines.understand(raw, issued=issued, year=year).parts
    has_column = any(column.key == DEADLINE for column in plan.document.columns)
    if has_column or any(m.deadline_raw for m in plan.measures):
        return ()
    return deadlines.in_text(text, issued=issued, year=year)


def _first_leads(plan: Plan) -> bool:
    """Whether the document says that the first named unit leads: some measure has a leader its phrase does not name."""
    for measure in plan.measures:
        if not measure.lead or not measure.division_raw:
            continue
        if divisions.understand(measure.division_raw).lead:
            return False
        return divisions.understand(measure.division_raw, first_leads=True).lead == measure.lead
    return False


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
