"""批量填报: the same said of many obligations at once, in one transaction; what is left alone is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection

from core.errors import InvalidError, NotFoundError
from core.model.ledger import Review
from core.model.plan import Deadline
from core.office.changes import Changes
from core.office.entry import Place, entry_at, meant, place_of, write
from core.office.form_value import FormValue, check_value
from core.office.forms import states_of
from core.office.skipped import Skipped, named
from core.store import plans, progress
from core.store.database import Store


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

    Left alone: what was 通过, what has an entry or a draft in the period (unless ``overwrite``), where the state does
    not fit the deadline (已完成 of 长期坚持), where the part or the target is none of the measure. Figures of targets
    that an overwritten entry holds stay when the value has none.

    Raises InvalidError when the value itself is not whole, LedgerFileError.
    """
    for finding in check_value(value, parts=() if value.part is None else (value.part,)):
        raise InvalidError(finding.message, field=finding.field)
    measures: set[int] = set()
    changed: set[int] = set()
    skipped: list[Skipped] = []
    with store.transaction() as db:
        for obligation_id in dict.fromkeys(obligation_ids):
            try:
                place = place_of(store, obligation_id, period_key)
            except NotFoundError as error:
                skipped.append(Skipped(None, "", error.message.rstrip("。")))
                continue
            own, item = meant(place, value), place.obligation
            why = _why_not(db, place, own, overwrite=overwrite)
            if why:
                skipped.append(Skipped(item.measure, item.unit, why))
                continue
            if write(store, place, _with_targets(db, place, own), how="批量填报").is_changed:
                measures.add(item.measure)
                changed.add(obligation_id)
            else:
                skipped.append(Skipped(item.measure, item.unit, "填报内容相同"))
    return ManyFilled(Changes(frozenset(measures), frozenset(changed)), len(changed), named(skipped, measures))


def _why_not(db: Connection, place: Place, value: FormValue, *, overwrite: bool) -> str:
    """Why an obligation is left alone; empty when it is not."""
    deadlines = plans.deadlines_of(db, place.measure_id)
    if value.part is not None and value.part not in place.parts:
        return f"没有时限项“{value.part}”"
    if value.state not in states_of(_of_part(deadlines, value.part)):
        return f"这项措施不能填“{value.state}”"
    if any(target.position >= len(place.targets) for target in value.targets):
        return "没有这项量化指标"
    known = entry_at(db, place, value.part)
    if known is not None and known[0].review is Review.ACCEPTED:
        return "已审核通过"
    if overwrite:
        return ""
    if known is not None:
        return "本期已有填报"
    if progress.draft(db, place.obligation.id, place.period.key, value.part) is not None:
        return "有没填完的草稿"
    return ""


def _of_part(deadlines: Sequence[Deadline], part: str | None) -> Sequence[Deadline]:
    return [d for d in deadlines if d.scope == part] if part is not None else deadlines


def _with_targets(db: Connection, place: Place, value: FormValue) -> FormValue:
    if value.targets:
        return value
    known = entry_at(db, place, value.part)
    return replace(value, targets=known[1].targets) if known is not None else value
