"""One entry on its way into the file, with its journal entry: what a form, the command line and 批量填报 share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError, ReviewedError
from core.model.ledger import Obligation, Period, Review
from core.model.plan import Target
from core.office import evidence as evidence_use
from core.office.form_value import FormValue, columns, reached_rows, stripped, target_values, value_of, words
from core.office.obligations import stored_obligation, subject_of
from core.office.periods import period_of
from core.store import evidence, journal, periods, plans, progress, reviews
from core.store.database import Store
from core.store.evidence_files import Stored
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry goes: an obligation and a period, with what its measure asks for.

    ``parts`` are the 时限项 an entry may name; ``only_part`` the scope of a measure with one deadline.
    """

    obligation: Obligation
    measure_id: int
    period: Period
    parts: tuple[str, ...]
    only_part: str | None
    targets: tuple[Target, ...]

    @property
    def subject(self) -> str:
        """What the journal says an entry here is about."""
        return subject_of(self.obligation, self.period.title)


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did; ``numbers`` of the evidence tied, ``already`` the titles that were in the ledger before."""

    is_changed: bool
    numbers: list[int]
    already: list[str]


def place_of(store: Store, obligation_id: int, period_key: str) -> Place:
    """Where an entry of an obligation and period goes.

    Raises NotFoundError for an obligation that is not there, InvalidError for the period.
    """
    obligation, plan_id, measure_id = stored_obligation(store, obligation_id)
    with store.reading() as db:
        key = plans.key_of(db, plan_id)
        parts, only = plans.scopes_of(db, measure_id), plans.only_scope_of(db, measure_id)
        targets = plans.targets_of(db, measure_id)
    return Place(obligation, measure_id, period_of(store, key, period_key), parts, only, targets)


def meant(place: Place, value: FormValue) -> FormValue:
    """The value with the part it means: naming the only one there is says no more than naming none."""
    part = meant_part(value.part, place.only_part)
    return value if part == value.part else replace(value, part=part)


def meant_part(part: str | None, only: str | None) -> str | None:
    """The part that is meant by naming one; ``only`` is the one of a measure that has no others."""
    return None if part == only else part


def entry_at(db: Connection, place: Place, part: str | None) -> tuple[ProgressRow, FormValue] | None:
    """What stands there, as a row and as a value."""
    for row in progress.of_obligation(db, place.obligation.id):
        if row.period.key == place.period.key and row.part == part:
            return row, value_of(row, target_values(place.targets, progress.reached(db, row.id)))
    return None


def write(
    store: Store,
    place: Place,
    value: FormValue,
    *,
    over_review: bool = False,
    files: Sequence[Stored] = (),
    how: str | None = None,
) -> Written:
    """Write one entry inside the running transaction and forget its draft; ``how`` goes to the journal.

    The same value again changes nothing, not even its review; only a new file makes what was 退回 wait for review
    again. Raises ReviewedError, InvalidError (targets).
    """
    db = store.db
    known = entry_at(db, place, value.part)
    row, before = known or (None, None)
    value = settled(value, before)
    if any(not 0 <= target.position < len(place.targets) for target in value.targets):
        raise InvalidError("这项措施没有这么多量化指标。", field="targets")
    progress.drop_draft(db, place.obligation.id, place.period.key, value.part)
    is_changed = before != value
    if row is not None and not is_changed:
        progress_id = row.id
    else:
        if row is not None and row.review is Review.ACCEPTED and not over_review:
            raise reviewed_error(place)
        progress_id = progress.save(
            db, place.obligation.id, periods.ensure(db, place.period), value.part, columns(value)
        )
        progress.write_reached(db, progress_id, reached_rows(value, place.targets))
    is_corrected = row is not None and (is_changed or corrects(db, row, files))
    numbers, already = evidence_use.tie(store, progress_id, files)
    if is_corrected and not is_changed:
        reviews.wait_again(db, progress_id)
    if is_changed or files:
        undone = row.review if row is not None and is_corrected else Review.PENDING
        _tell(db, place, before, value, files, undone=undone, how=how)
    return Written(is_changed, numbers, already)


def reviewed_error(place: Place) -> ReviewedError:
    """What is said of an entry that was 通过."""
    return ReviewedError(f"{place.subject}的进展已审核通过，没有改动。", hint="确需改动的，请先在进展填报中退回。")


def settled(value: FormValue, before: FormValue | None) -> FormValue:
    """The value as it will stand; the day it came is as said, else as it was, else today."""
    value = stripped(value)
    if value.received_on is not None:
        return value
    known = before.received_on if before is not None else None
    return replace(value, received_on=known or datetime.now().astimezone().date())


def corrects(db: Connection, row: ProgressRow, files: Sequence[Stored]) -> bool:
    """Whether files that come to an entry answer its 退回: there is one it did not have."""
    if row.review is not Review.RETURNED:
        return False
    known = {item.sha256 for item in evidence.of_progress(db, [row.id])}
    return any(file.sha256 not in known for file in files)


def _tell(
    db: Connection,
    place: Place,
    before: FormValue | None,
    value: FormValue,
    files: Sequence[Stored],
    *,
    undone: Review,
    how: str | None,
) -> None:
    """The journal entry; a review that is ``undone`` by the change is told."""
    old: dict[str, Any] | None = words(before, place.targets) if before is not None else None
    new = words(value, place.targets)
    if old is not None and undone is not Review.PENDING:
        old["审核"], new["审核"] = undone.value, Review.PENDING.value
    if files:
        new["佐证材料"] = "、".join(file.name for file in files)
    action = "改动已审核的进展" if undone is Review.ACCEPTED else "填报进展"
    journal.append(db, action, place.subject, measure_id=place.measure_id, before=old, after=new, reason=how)
