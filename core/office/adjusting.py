"""调整 and 延期: duties changed by a document; what was before stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from sqlite3 import Connection

from core.errors import InvalidError, NotFoundError
from core.ledger.adjusted import POSTPONABLE, in_force, moved
from core.model.adjustment import Adjusted, Adjustment, Terms
from core.model.ledger import Obligation
from core.model.plan import Deadline, Measure
from core.model.typed import typed
from core.office.changes import Changes
from core.office.overview import plan_row
from core.store import adjustments, journal, obligations, plans
from core.store.database import Store


def adjustments_of(store: Store, plan_key: str | None, no: int) -> tuple[Adjustment, ...]:
    """What was adjusted of a measure and of its obligations, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return tuple(reversed(adjustments.of_plan(db, row.id, no)))


def adjust_obligation(
    store: Store, obligation_id: int, *, to: date, basis: str, reason: str, part: str | None = None
) -> Changes:
    """延期: another date for one unit alone. ``part`` is the scope where the measure has several dates.

    Raises NotFoundError for an obligation that is not there, InvalidError (basis, part, to) without a 文号, for a
    deadline without a date, and for the date it has already.
    """
    basis, reason = typed(basis), typed(reason)
    if not basis:
        raise no_basis()
    with store.transaction() as db:
        found = obligations.find(db, obligation_id)
        if found is None:
            raise NotFoundError("这个责任事项已不在台账中。")
        item, plan_id, measure_id = found
        old = _part(_own_deadlines(db, item, plan_id), part)
        if old.date == to:
            raise InvalidError(f"完成时限已经是 {to.isoformat()}。", hint="请填写新的日期。", field="to")
        adjustments.insert(
            db,
            measure_id,
            Adjusted.DEADLINE,
            Terms(deadlines=(old,)),
            Terms(deadlines=(replace(old, date=to),)),
            basis=basis,
            reason=reason,
            obligation_id=obligation_id,
        )
        before = old.date.isoformat() if old.date else "没有日期"
        journal.append(
            db,
            "延期",
            f"第{item.measure}项 {item.unit}" + (f"，{old.scope}" if old.scope else ""),
            measure_id=measure_id,
            before={"完成时限": before},
            after={"完成时限": to.isoformat(), "依据": basis},
            reason=reason or None,
        )
    return Changes(frozenset({item.measure}), frozenset({obligation_id}))


def no_basis() -> InvalidError:
    """What is said of an adjustment that rests on nothing."""
    return InvalidError("调整要写明依据。", hint="请填写文号，例如：〔2025〕3号。", field="basis")


def record_adjusted(db: Connection, measure_id: int, old: Measure, new: Measure, *, basis: str, reason: str) -> None:
    """Keep what deadline and division of a measure were, where they are others now."""
    for what, terms in ((Adjusted.DEADLINE, _deadline_terms), (Adjusted.DIVISION, _division_terms)):
        if terms(old) != terms(new):
            adjustments.insert(db, measure_id, what, terms(old), terms(new), basis=basis, reason=reason)


def adjusted_note(original: Sequence[Deadline] | None, measure: Measure, found: Sequence[Adjustment]) -> str:
    """原 2024-12-31 已调整，依据 …；财政局 2024-12-31 延至 2025-03-31，依据 …. Empty when nothing was adjusted."""
    notes = []
    whole = [a for a in found if a.obligation is None and a.what is Adjusted.DEADLINE]
    pairs = moved(original, measure.deadlines) if original is not None else ()
    if pairs:
        days = "、".join(dict.fromkeys(part.date.isoformat() for part, _ in pairs if part.date is not None))
        notes.append(f"原 {days} 已调整，依据 {max(whole, key=lambda a: a.id).basis}")
    newest = {(a.unit, a.new.deadlines[0].scope): a for a in sorted(found, key=lambda a: a.id) if a.unit is not None}
    for (unit, _), own in newest.items():
        old, new = own.old.deadlines[0].date, own.new.deadlines[0].date
        before = f"{old.isoformat()} " if old else ""
        notes.append(f"{unit} {before}延至 {new.isoformat() if new else ''}，依据 {own.basis}")
    return "；".join(notes)


def _own_deadlines(db: Connection, item: Obligation, plan_id: int) -> tuple[Deadline, ...]:
    measure = next(m for m in plans.load(db, plan_id).measures if m.no == item.measure)
    return in_force(measure.deadlines, adjustments.of_plan(db, plan_id, item.measure), item.id)


def _part(deadlines: Sequence[Deadline], scope: str | None) -> Deadline:
    """The one part that gets another date."""
    dated = [part for part in deadlines if part.kind in POSTPONABLE]
    if not dated:
        raise InvalidError("这项措施没有可以延期的完成日期。", hint="长期坚持和定期的事项请调整措施本身。", field="to")
    if scope is None and len(dated) == 1:
        return dated[0]
    named = [part for part in dated if part.scope is not None and part.scope == scope]
    if not named:
        raise InvalidError("这项措施有几个完成时限。", hint="请选择要延期的那一个。", field="part")
    return named[0]


def _deadline_terms(measure: Measure) -> Terms:
    return Terms(measure.deadline_raw, measure.deadlines)


def _division_terms(measure: Measure) -> Terms:
    return Terms(
        measure.division_raw, lead=measure.lead, responsible=measure.responsible, cooperating=measure.cooperating
    )
