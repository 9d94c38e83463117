"""A plan edited by hand enters the file: 勘误 puts a typing error right, 调整 changes a duty on its basis.

Measures keep their rows, so that progress and evidence follow them through other numbers and headings. One that is
deleted or merged into another leaves the plan and stays in the file with all that was said of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection

from core.errors import InvalidError
from core.model.edited import Edited
from core.model.plan import Measure, Plan
from core.office import edit_words as words
from core.office.adjusting import adjust_obligation, adjustments_of, no_basis, record_adjusted
from core.office.changes import Changes
from core.office.edit_effect import EditEffect, HiddenEntries, effect_of
from core.office.enter_plan import enter_units, refresh_obligations
from core.office.overview import plan_row
from core.office.rereading import reread
from core.store import journal, plan_edits, plans
from core.store.database import Store

__all__ = [
    "EditEffect",
    "EditKind",
    "HiddenEntries",
    "adjust_obligation",
    "adjustments_of",
    "apply_edit",
    "effect_of",
    "reread",
]


class EditKind(StrEnum):
    """What an edit is; the value is the word on the screen and in the journal."""

    CORRECTION = "勘误"
    """The ledger did not say what the document says; the duty was never another."""
    ADJUSTMENT = "调整"
    """The duty is another one now, by a document."""


@dataclass(frozen=True, slots=True)
class _Act:
    """One edit while it is written: the plan before, and what the journal says beside each change."""

    db: Connection
    old: Plan
    edited: Edited
    kind: EditKind
    basis: str
    reason: str

    def write(self, subject: str, measure_id: int | None, before: dict[str, str], after: dict[str, str]) -> None:
        """One entry of the journal."""
        basis = {"依据": self.basis} if self.basis else {}
        journal.append(
            self.db,
            self.kind.value,
            subject,
            measure_id=measure_id,
            before=before or None,
            after=after | basis or None,
            reason=self.reason or None,
        )


def apply_edit(
    store: Store,
    plan_key: str | None,
    edited: Edited,
    *,
    kind: EditKind,
    basis: str = "",
    reason: str = "",
    beside: Callable[[Connection, int], None] | None = None,
) -> Changes:
    """Write an edited plan: one transaction, one journal entry a changed measure; obligations follow.

    A 调整 keeps what deadline and division were before. Nothing is written when nothing has changed. ``beside`` writes
    what belongs to the act into the same transaction; it is given the row of the plan.

    Raises NotFoundError for an unknown plan, InvalidError (text, title) for a measure or plan without words, (basis)
    for a 调整 without its 文号, and when the edit did not begin with the plan as it is; LedgerFileError.
    """
    row = plan_row(store, plan_key)
    with store.transaction() as db:
        old = plans.load(db, row.id)
        _check(old, edited)
        if edited.plan == old and edited.origin == tuple((m.no,) for m in old.measures):
            return Changes()
        if kind is EditKind.ADJUSTMENT and not basis.strip():
            raise no_basis()
        act = _Act(db, old, edited, kind, basis.strip(), reason.strip())
        if beside is not None:
            beside(db, row.id)
        touched = _write(act, row.id)
        enter_units(db, edited.plan)
        refresh_obligations(db, row.id)
    return Changes(measures=touched, units=True, plan=True)


def _check(old: Plan, edited: Edited) -> None:
    known = {measure.no for measure in old.measures}
    numbers = [no for origin in edited.origin for no in origin]
    if len(numbers) != len(set(numbers)) or not known.issuperset(numbers):
        raise InvalidError("方案在编辑期间已经变了，没有保存。", hint="请重新打开方案再改。")
    if not edited.plan.document.title.strip():
        raise InvalidError("方案没有名称。", hint="请填写方案名称。", field="title")
    for measure in edited.plan.measures:
        if not measure.text.strip():
            raise InvalidError(f"第 {measure.no} 项措施没有内容。", hint="请填写或删去。", field="text")


def _write(act: _Act, plan_id: int) -> frozenset[int]:
    """Rows first, then the journal, whose entries name them; gives the numbers of the changed measures."""
    db, edited = act.db, act.edited
    ids = plans.measure_ids(db, plan_id)
    rows = [ids[origin[0]] if origin else None for origin in edited.origin]
    into = {no: at for at, origin in enumerate(edited.origin) for no in origin[1:]}
    kept = {origin[0] for origin in edited.origin if origin}
    gone = [measure for measure in act.old.measures if measure.no not in kept]
    for measure in gone:
        at = into.get(measure.no)
        plan_edits.retire(db, ids[measure.no], None if at is None else rows[at])
    new_rows = plan_edits.rewrite(db, plan_id, edited.plan, rows)
    _journal_structure(act)
    for measure in gone:
        at = into.get(measure.no)
        subject = f"第{measure.no}项删去" if at is None else f"原第{measure.no}项并入第{at + 1}项"
        act.write(subject, ids[measure.no], _filled(words.measure_words(measure)), {})
    moves = _moves(act)
    touched = [at + 1 for at, row in enumerate(new_rows) if _journal_measure(act, at, row, is_moved=at in moves)]
    moved = [at for at, origin in enumerate(edited.origin, 1) if origin[:1] != (at,)]
    return frozenset((*touched, *moved))


def _journal_structure(act: _Act) -> None:
    """The plan's own words, its headings, and which measures have another number."""
    before, after = words.changed(words.structure_words(act.old), words.structure_words(act.edited.plan))
    numbers = words.numbers_words(act.edited)
    if numbers:
        after["措施序号"] = numbers
    if before or after:
        act.write("方案结构", None, before, after)


def _journal_measure(act: _Act, at: int, row: int, *, is_moved: bool) -> bool:
    """Tell what changed of a measure, if anything did, and keep adjusted terms."""
    new, origin = act.edited.plan.measures[at], act.edited.origin[at]
    if not origin:
        heading = {"重点任务": words.heading_words(act.edited.plan, new)}
        act.write(f"增加第{new.no}项", row, {}, _filled(words.measure_words(new) | heading))
        return True
    old = next(m for m in act.old.measures if m.no == origin[0])
    before, after = words.changed(words.measure_words(old), words.measure_words(new))
    if is_moved:
        before["重点任务"] = words.heading_words(act.old, old)
        after["重点任务"] = words.heading_words(act.edited.plan, new)
    _follow_parts(act.db, row, old, new)
    if act.kind is EditKind.ADJUSTMENT:
        record_adjusted(act.db, row, old, new, basis=act.basis, reason=act.reason)
    if before or after:
        was = "" if old.no == new.no else f"（原第{old.no}项）"
        act.write(f"第{new.no}项{was}", row, before, after)
    return bool(before or after)


def _moves(act: _Act) -> frozenset[int]:
    """The places of measures that stand under another heading, which is more than other words for the old one.

    A heading that is not there any more went on where most of its measures went on.
    """
    old = {m.no: words.heading_words(act.old, m) for m in act.old.measures}
    new = [words.heading_words(act.edited.plan, m) for m in act.edited.plan.measures]
    ways = [(old[o[0]], new[at], at) for at, o in enumerate(act.edited.origin) if o]
    there = words.all_headings(act.edited.plan)
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for before, after, _ in ways:
        heirs[before][after] += 1
    return frozenset(
        at
        for before, after, at in ways
        if before != after and (before in there or heirs[before].most_common(1)[0][0] != after)
    )


def _follow_parts(db: Connection, row: int, old: Measure, new: Measure) -> None:
    """Entries for one part of a measure follow where its scope got other words."""
    if len(old.deadlines) != len(new.deadlines):
        return
    before, after = [d.scope for d in old.deadlines], [d.scope for d in new.deadlines]
    names = {
        was: now
        for was, now in zip(before, after, strict=True)
        if was and now and was not in after and now not in before
    }
    plan_edits.rename_parts(db, row, names)


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}
