"""批量填报: the same said of many obligations at once, in one transaction; what is left alone is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection

from core.errors import InvalidError, NotFoundError
from core.model.ledger import Review
from core.model.plan import Deadline
from core.office.changes import Changes
from core.office.entry import Place, entry_at, meant, place_of, settled, write
from core.office.form_value import FormValue, check_value
from core.office.forms import states_of
from core.office.skipped import Skipped, named
from core.store import plans, progress
from core.store.database import Store
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class ManyFilled:
    """What 批量填报 did: how many entries it wrote, and (unit, why) of the obligations it left alone."""

    changes: Changes
    filled: int
    skipped: tuple[tuple[str, str], ...]


def fill_many(
    store: Store, obligation_ids: Sequence[int], period_key: str, value: FormValue, *, overwrite: bool = False
) -> ManyFilled:
    """Write one value for many obligations; each gets its own journal entry.

    Left alone: what was 通过, what has an entry or a draft in the period (unless ``overwrite``), what says the same
    already, where the state does not fit the deadline (已完成 of 长期坚持), where the part or the target is none of the
    measure. Figures of targets that an overwritten entry holds stay when the value has none.

    Raises InvalidError when the value itself is not whole, LedgerFileError.
    """
    _require_whole(value)
    with store.transaction() as db:
        due, skipped = _sorted_out(store, db, obligation_ids, period_key, value, overwrite=overwrite)
        for place, own in due:
            write(store, place, own, how="批量填报")
    changes = Changes(
        frozenset(place.obligation.measure for place, _ in due), frozenset(place.obligation.id for place, _ in due)
    )
    return ManyFilled(changes, len(due), named(skipped, changes.measures))


def fill_effect(
    store: Store, obligation_ids: Sequence[int], period_key: str, value: FormValue, *, overwrite: bool = False
) -> ManyFilled:
    """What ``fill_many`` would do, with nothing written: to be told before. Its ``changes`` are none.

    Raises InvalidError when the value itself is not whole.
    """
    _require_whole(value)
    with store.reading() as db:
        due, skipped = _sorted_out(store, db, obligation_ids, period_key, value, overwrite=overwrite)
    return ManyFilled(Changes(), len(due), named(skipped, {place.obligation.measure for place, _ in due}))


def _require_whole(value: FormValue) -> None:
    for finding in check_value(value, parts=() if value.part is None else (value.part,)):
        raise InvalidError(finding.message, field=finding.field)


def _sorted_out(
    store: Store,
    db: Connection,
    obligation_ids: Sequence[int],
    period_key: str,
    value: FormValue,
    *,
    overwrite: bool,
) -> tuple[list[tuple[Place, FormValue]], list[Skipped]]:
    """Where which value goes, and what is left alone."""
    due: list[tuple[Place, FormValue]] = []
    skipped: list[Skipped] = []
    for obligation_id in dict.fromkeys(obligation_ids):
        try:
            place = place_of(store, obligation_id, period_key)
        except NotFoundError as error:
            skipped.append(Skipped(None, "", error.message.rstrip("。")))
            continue
        own = meant(place, value)
        known = entry_at(db, place, own.part)
        if known is not None and not own.targets:
            own = replace(own, targets=known[1].targets)
        why = _misfit(db, place, own) or _standing(db, place, own, known, overwrite=overwrite)
        if why:
            skipped.append(Skipped(place.obligation.measure, place.obligation.unit, why))
        else:
            due.append((place, own))
    return due, skipped


def _misfit(db: Connection, place: Place, value: FormValue) -> str:
    """Why a measure cannot take the value; empty when it can."""
    if value.part is not None and value.part not in place.parts:
        return f"没有时限项“{value.part}”"
    deadlines = plans.deadlines_of(db, place.measure_id)
    if value.state not in states_of(_of_part(deadlines, value.part)):
        return f"这项措施不能填“{value.state}”"
    if any(target.position >= len(place.targets) for target in value.targets):
        return "没有这项量化指标"
    return ""


def _standing(
    db: Connection, place: Place, value: FormValue, known: tuple[ProgressRow, FormValue] | None, *, overwrite: bool
) -> str:
    """Why what stands there is left alone; empty when it is not."""
    if known is not None and known[0].review is Review.ACCEPTED:
        return "已审核通过"
    if known is not None and not overwrite:
        return "本期已有填报"
    if known is not None and settled(value, known[1]) == known[1]:
        return "填报内容相同"
    if not overwrite and progress.draft(db, place.obligation.id, place.period.key, value.part) is not None:
        return "有没填完的草稿"
    return ""


def _of_part(deadlines: Sequence[Deadline], part: str | None) -> Sequence[Deadline]:
    return [d for d in deadlines if d.scope == part] if part is not None else deadlines
