"""审核: 通过, 退回 with its reason, 撤回审核; one entry or many at once, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from core.errors import InvalidError
from core.model.ledger import Obligation, Review
from core.model.typed import typed
from core.office.changes import Changes
from core.office.obligations import subject_of
from core.office.overview import plan_row
from core.office.periods import period_of
from core.office.skipped import Skipped, named
from core.store import journal, obligations, plans, progress, reviews
from core.store.database import Store
from core.store.progress import ProgressRow
from core.store.reviews import ReviewRow

__all__ = [
    "ReviewRow",
    "Reviewed",
    "accept",
    "last_reasons",
    "reopen",
    "send_back",
    "sent_back",
    "to_review",
    "waiting",
]

_ACTIONS = {Review.ACCEPTED: "审核通过", Review.RETURNED: "审核退回", Review.PENDING: "撤回审核"}
_SAME = {Review.ACCEPTED: "已经通过", Review.RETURNED: "已经退回", Review.PENDING: "还没有审核"}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review did: how many entries it changed, and (unit, why) of the obligations it left alone."""

    changes: Changes
    reviewed: int
    skipped: tuple[tuple[str, str], ...]


def accept(store: Store, obligation_ids: Sequence[int], period_key: str, *, part: str | None = None) -> Reviewed:
    """通过: the entries of these obligations in a period; with ``part`` only those of that 时限项.

    Raises LedgerFileError.
    """
    return _review(store, obligation_ids, period_key, Review.ACCEPTED, part=part)


def send_back(
    store: Store, obligation_ids: Sequence[int], period_key: str, reason: str, *, part: str | None = None
) -> Reviewed:
    """退回 with the reason: the entries are not done until they are corrected. A new reason replaces the one before.

    Raises InvalidError (reason), LedgerFileError.
    """
    reason = typed(reason)
    if not reason:
        raise InvalidError("请写明退回的原因。", hint="单位要据此修改。", field="reason")
    return _review(store, obligation_ids, period_key, Review.RETURNED, reason=reason, part=part)


def reopen(store: Store, obligation_ids: Sequence[int], period_key: str, *, part: str | None = None) -> Reviewed:
    """撤回审核: the entries wait for review again; a 退回 that was withdrawn is not counted."""
    return _review(store, obligation_ids, period_key, Review.PENDING, part=part)


def to_review(store: Store, plan_key: str | None, period_key: str | None = None) -> tuple[ReviewRow, ...]:
    """The entries that wait for review, of one period if asked, the oldest first.

    Raises NotFoundError for an unknown plan.
    """
    return _listing(store, plan_key, Review.PENDING, period_key)


def sent_back(store: Store, plan_key: str | None, period_key: str | None = None) -> tuple[ReviewRow, ...]:
    """The entries that were 退回 and are not corrected yet, the longest waiting first."""
    return _listing(store, plan_key, Review.RETURNED, period_key)


def waiting(store: Store, plan_key: str | None, period_key: str | None = None) -> int:
    """How many entries wait for review."""
    plan = plan_row(store, plan_key)
    key = None if period_key is None else period_of(store, plan.key, period_key).key
    with store.reading() as db:
        return reviews.count(db, plan.id, key)


def last_reasons(store: Store, limit: int = 4) -> tuple[str, ...]:
    """The reasons of 退回 that were used last, to be offered again; each once."""
    with store.reading() as db:
        return reviews.reasons(db, limit)


def _listing(store: Store, plan_key: str | None, review: Review, period_key: str | None) -> tuple[ReviewRow, ...]:
    plan = plan_row(store, plan_key)
    key = None if period_key is None else period_of(store, plan.key, period_key).key
    with store.reading() as db:
        return reviews.listing(db, plan.id, review, key)


def _review(
    store: Store,
    obligation_ids: Iterable[int],
    period_key: str,
    review: Review,
    *,
    reason: str | None = None,
    part: str | None = None,
) -> Reviewed:
    measures: set[int] = set()
    changed: set[int] = set()
    skipped: list[Skipped] = []
    count = 0
    with store.transaction() as db:
        for obligation_id in dict.fromkeys(obligation_ids):
            found = obligations.find(db, obligation_id)
            if found is None:
                skipped.append(Skipped(None, "", "这个责任事项已不在台账中"))
                continue
            item, plan_id, measure_id = found
            key = period_of(store, plans.key_of(db, plan_id), period_key).key
            entries = _entries(db, obligation_id, key, part)
            due = [row for row in entries if row.review is not review or (reason and row.review_reason != reason)]
            if not due:
                skipped.append(Skipped(item.measure, item.unit, _SAME[review] if entries else "本期没有填报"))
                continue
            for row in due:
                _write(db, row, item, measure_id, review, reason)
            count += len(due)
            measures.add(item.measure)
            changed.add(obligation_id)
    return Reviewed(Changes(frozenset(measures), frozenset(changed)), count, named(skipped, measures))


def _entries(db: Connection, obligation_id: int, period_key: str, part: str | None) -> list[ProgressRow]:
    return [
        row
        for row in progress.of_obligation(db, obligation_id)
        if row.period.key == period_key and part in (None, row.part)
    ]


def _write(
    db: Connection, row: ProgressRow, item: Obligation, measure_id: int, review: Review, reason: str | None
) -> None:
    """One entry with its journal entry; 退回 counts once until it is corrected, and not when it was withdrawn."""
    returned = 0 if review is Review.ACCEPTED else (review is Review.RETURNED) - (row.review is Review.RETURNED)
    reviews.write(db, row.id, review, reason=reason, returned=returned)
    subject = subject_of(item, row.period.title) + (f"，{row.part}" if row.part else "")
    before = {"审核": row.review.value} | ({"退回原因": row.review_reason} if row.review_reason and reason else {})
    after = {"审核": review.value} | ({"退回原因": reason} if reason else {})
    journal.append(db, _ACTIONS[review], subject, measure_id=measure_id, before=before, after=after)
