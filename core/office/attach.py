"""Evidence comes to an obligation and goes from it; each act with its journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import NotFoundError
from core.job import Job
from core.model.ledger import EntryState, Review
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.entry import corrects
from core.office.evidence import Added, evidence_rows
from core.office.form_value import FormValue, columns, record_of
from core.office.marked import refuse_marked
from core.office.obligations import changes_of, stored_obligation, subject_of
from core.office.periods import period_of
from core.store import evidence, journal, periods, plans, progress, reviews
from core.store.database import Store
from core.store.evidence_files import Stored


def add_evidence(
    store: Store, obligation_id: int, period_key: str, files: Sequence[Path], job: Job, *, confirmed: bool = True
) -> Added:
    """Take files in for an obligation and period: all or none.

    ``confirmed``: a person has said that a mark of secrecy on them is none; else MarkedError is raised for one.

    An obligation without an entry in the period gets one: 推进中. One that was 退回 waits for review again.

    Raises EvidenceError, LedgerFileError, Cancelled.
    """
    if not confirmed:
        refuse_marked(files)
    return _tie(store, obligation_id, period_key, evidence_use.store_files(store, files, job))


def add_pasted(store: Store, obligation_id: int, period_key: str, name: str, data: bytes) -> Added:
    """Take in a pasted picture."""
    return _tie(store, obligation_id, period_key, evidence_use.store_bytes(store, name, data))


def reuse_evidence(store: Store, obligation_id: int, period_key: str, evidence_id: int) -> Added:
    """Tie a file that the ledger already holds (also: undo of a removal)."""
    with store.reading() as db:
        item = evidence.find(db, evidence_id)
    if item is None:
        raise NotFoundError("这份佐证材料已不在台账中。")
    return _tie(store, obligation_id, period_key, (Stored(item.sha256, item.size, item.name),))


def remove_evidence(store: Store, obligation_id: int, period_key: str, evidence_id: int) -> Changes:
    """Untie a file from the obligation's entries of a period; the file stays stored."""
    obligation, _, measure_id = stored_obligation(store, obligation_id)
    with store.transaction() as db:
        item = evidence.find(db, evidence_id)
        if item is None:
            raise NotFoundError("这份佐证材料已不在台账中。")
        for row in progress.of_obligation(db, obligation_id):
            if row.period.key == period_key:
                evidence.unlink(db, row.id, evidence_id)
        subject = subject_of(obligation, period_key)
        journal.append(db, "移除佐证材料", subject, measure_id=measure_id, before={"佐证材料": item.title})
    return changes_of(obligation)


def _tie(store: Store, obligation_id: int, period_key: str, files: Sequence[Stored]) -> Added:
    obligation, plan_id, measure_id = stored_obligation(store, obligation_id)
    with store.reading() as db:
        plan_key = plans.key_of(db, plan_id)
    period = period_of(store, plan_key, period_key)
    with store.transaction() as db:
        row = record_of(progress.of_obligation(db, obligation_id), period, None)
        progress_id = (
            row.id
            if row is not None
            else progress.save(
                db,
                obligation_id,
                periods.ensure(db, period),
                None,
                columns(FormValue(EntryState.IN_PROGRESS)),
            )
        )
        is_corrected = row is not None and corrects(db, row, files)
        numbers, already = evidence_use.tie(store, progress_id, files)
        if is_corrected:
            reviews.wait_again(db, progress_id)
        journal.append(
            db,
            "加入佐证材料",
            subject_of(obligation, period.title),
            measure_id=measure_id,
            before={"审核": Review.RETURNED.value} if is_corrected else None,
            after={"佐证材料": "、".join(file.name for file in files)}
            | ({"审核": Review.PENDING.value} if is_corrected else {}),
        )
    return Added(evidence_rows(store, numbers, of=obligation_id), tuple(already), changes_of(obligation))
