"""进展填报: saved whole with its journal entry, kept as a draft while it is unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.ledger import periods as period_rules
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.evidence import Added, evidence_rows
from core.office.form_value import FormValue, check_value, columns, stripped, value_of, words
from core.office.obligations import ObligationRow, changes_of, list_obligations, stored_obligation, subject_of
from core.office.periods import period_of
from core.store import journal, plans, progress
from core.store import periods as period_rows
from core.store.database import Store
from core.store.evidence_files import Stored

_MANY = 1 << 31
"""More measures than any plan has; what SQLite holds as a number ends far above."""


def save(store: Store, obligation_id: int, period_key: str, value: FormValue) -> Changes:
    """Save a form: one record, one journal entry, the draft forgotten.

    Raises InvalidError with the field, LedgerFileError (disk full, read-only).
    """
    return _save(store, obligation_id, period_key, value, files=(), need_date=True)[0]


def record(
    store: Store,
    obligation_id: int,
    period_key: str | None,
    value: FormValue,
    files: Sequence[Path] = (),
) -> Added:
    """Record from the command line, with evidence: all or nothing.

    Without a period: the quarter of the date done, else of today. Without a date 已完成 counts from the first
    day of its period (rule 4).
    """
    today = datetime.now().astimezone().date()
    key = period_key or period_rules.quarter_of(value.done_on or today).key
    stored = evidence_use.store_files(store, files, Job())
    changes, numbers, already = _save(store, obligation_id, key, value, files=stored, need_date=False)
    return Added(evidence_rows(store, numbers, of=obligation_id), tuple(already), changes)


def keep_draft(store: Store, obligation_id: int, period_key: str, value: FormValue) -> None:
    """Keep input that cannot be saved yet."""
    plain: dict[str, Any] = asdict(value)
    plain["done_on"] = value.done_on.isoformat() if value.done_on else None
    with store.transaction() as db:
        progress.keep_draft(db, obligation_id, period_key, value.part, plain)


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


def _save(
    store: Store,
    obligation_id: int,
    period_key: str,
    value: FormValue,
    *,
    files: Sequence[Stored],
    need_date: bool,
) -> tuple[Changes, list[int], list[str]]:
    obligation, plan_id, measure_id = stored_obligation(store, obligation_id)
    with store.reading() as db:
        plan_key, parts = plans.key_of(db, plan_id), plans.scopes_of(db, measure_id)
        if value.part is not None and value.part == plans.only_scope_of(db, measure_id):
            value = replace(value, part=None)
    for finding in check_value(value, parts=parts):
        if finding.field != "done_on" or need_date:
            raise InvalidError(finding.message, field=finding.field)
    period = period_of(store, plan_key, period_key)
    with store.transaction() as db:
        before = next(
            (
                r
                for r in progress.of_obligation(db, obligation_id)
                if r.period.key == period.key and r.part == value.part
            ),
            None,
        )
        progress.drop_draft(db, obligation_id, period_key, value.part)
        if before is not None and value_of(before) == stripped(value):
            progress_id, changed = before.id, Changes()
        else:
            progress_id = progress.save(
                db, obligation_id, period_rows.ensure(db, period), value.part, columns(stripped(value))
            )
            changed = changes_of(obligation)
        numbers, already = evidence_use.tie(store, progress_id, files)
        after = words(stripped(value)) | ({"佐证材料": [f.name for f in files]} if files else {})
        if changed != Changes() or files:
            journal.append(
                db,
                "填报进展",
                subject_of(obligation, period.title),
                measure_id=measure_id,
                before=words(value_of(before)) if before else None,
                after=after,
            )
            changed = changes_of(obligation)
    return changed, numbers, already
