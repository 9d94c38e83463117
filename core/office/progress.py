"""进展填报: saved whole with its journal entry, kept as a draft while it is unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.ledger import periods as period_rules
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.entry import Place, entry_at, meant, place_of, write
from core.office.evidence import Added, evidence_rows
from core.office.form_value import FormValue, check_value, plain_of
from core.office.obligations import ObligationRow, changes_of, list_obligations
from core.store import progress
from core.store.database import Store

_MANY = 1 << 31
"""More measures than any plan has; what SQLite holds as a number ends far above."""


def save(store: Store, obligation_id: int, period_key: str, value: FormValue, *, over_review: bool = False) -> Changes:
    """Save a form: one record, one journal entry, the draft forgotten. What was 退回 waits for review again.

    Raises InvalidError with the field, ReviewedError when the entry was 通过 and would change (``over_review``: the
    clerk has said so; it waits for review again), LedgerFileError (disk full, read-only).
    """
    with store.transaction():  # what is read before is part of it: one lock, not one for each look
        place = place_of(store, obligation_id, period_key)
        written = write(store, place, _checked(place, value, need_date=True), over_review=over_review)
    return changes_of(place.obligation) if written.is_changed else Changes()


def record(
    store: Store,
    obligation_id: int,
    period_key: str | None,
    value: FormValue,
    files: Sequence[Path] = (),
) -> Added:
    """Record from the command line, with evidence: all or nothing.

    Without a period: the quarter of the date done, else of today. Without a date 已完成 counts from the first
    day of its period (rule 4). What the command line has no words for (存在问题, 量化指标 …) stays as it is.

    Raises InvalidError, EvidenceError, ReviewedError: the command line has no way to say that it is meant.
    """
    today = datetime.now().astimezone().date()
    if period_key is None:
        period_key = period_rules.quarter_of(value.done_on or today).key
    place = place_of(store, obligation_id, period_key)
    value = _checked(place, value, need_date=False)
    stored = evidence_use.store_files(store, files, Job())
    with store.transaction() as db:
        known = entry_at(db, place, value.part)
        if known is not None:
            value = _with_the_rest(value, known[1])
        written = write(store, place, value, files=stored)
    changes = changes_of(place.obligation) if written.is_changed or stored else Changes()
    return Added(evidence_rows(store, written.numbers, of=obligation_id), tuple(written.already), changes)


def keep_draft(store: Store, obligation_id: int, period_key: str, value: FormValue) -> None:
    """Keep input that cannot be saved yet."""
    with store.transaction() as db:
        progress.keep_draft(db, obligation_id, period_key, value.part, plain_of(value))


def drop_draft(store: Store, obligation_id: int, period_key: str, part: str | None = None) -> None:
    """Forget kept input: the clerk gave it up."""
    with store.transaction() as db:
        progress.drop_draft(db, obligation_id, period_key, part)


def find_obligation(store: Store, plan_key: str | None, measure_no: int, unit: str) -> ObligationRow:
    """The obligation of a unit (name or alias) in a measure.

    Raises NotFoundError, naming who owes the measure.
    """
    from core.store import units

    today = datetime.now().astimezone().date()
    rows = list_obligations(store, plan_key, today, measure=measure_no) if abs(measure_no) < _MANY else ()
    if not rows:
        listed = list_obligations(store, plan_key, today)
        last = max((row.measure_no for row in listed), default=0)
        raise NotFoundError(f"方案中没有第 {measure_no} 项措施。", hint=f"措施编号为 1—{last}。")
    with store.reading() as db:
        known = units.load(db).find(unit)
    if known is None:
        raise NotFoundError(f"单位名册中没有“{unit}”。", hint="请用名册中的名称或简称。")
    for row in rows:
        if row.unit == known.name:
            return row
    names = "、".join(row.unit for row in rows)
    raise NotFoundError(f"“{unit}”不是第 {measure_no} 项措施的责任单位。", hint=f"责任单位：{names}。")


def _checked(place: Place, value: FormValue, *, need_date: bool) -> FormValue:
    value = meant(place, value)
    for finding in check_value(value, parts=place.parts):
        if finding.field != "done_on" or need_date:
            raise InvalidError(finding.message, field=finding.field)
    return value


def _with_the_rest(value: FormValue, known: FormValue) -> FormValue:
    return replace(
        value,
        problems=known.problems,
        next_steps=known.next_steps,
        targets=known.targets,
        said_by=known.said_by,
        came_by=known.came_by,
    )
