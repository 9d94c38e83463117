"""A new version of a plan of the file: what it changed, and taking it in so that progress and evidence follow.

Nothing follows by likeness alone: the clerk confirms the pairs, and says which measures went into others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from core.align import versions
from core.align.versions import Difference, Field, Kept, Pair
from core.errors import InvalidError
from core.job import Job
from core.model.edited import Edited
from core.model.plan import Document, Plan
from core.office import backups, former_versions
from core.office.adjusting import no_basis
from core.office.changes import Changes
from core.office.edit_effect import EditEffect, effect_of
from core.office.editing import EditKind, apply_edit
from core.office.evidence import today
from core.office.overview import plan_row
from core.store import evidence_files, journal, plan_sources, plans
from core.store.database import Store, read_only_error

__all__ = ["Difference", "Field", "Kept", "compare_version", "effect_of_version", "take_version"]


def compare_version(
    store: Store, plan_key: str | None, new: Plan, confirmed: Iterable[Pair] | None = None
) -> Difference:
    """What a new version, as it was read, makes of a plan. ``confirmed`` pairs stand for those the texts tell.

    Raises NotFoundError for an unknown plan, InvalidError for pairs that cannot be.
    """
    old = _old(store, plan_key)
    return versions.compare(old, new) if confirmed is None else _difference(old, new, confirmed)


def effect_of_version(
    store: Store, plan_key: str | None, new: Plan, confirmed: Iterable[Pair], merged: Mapping[int, int] | None = None
) -> EditEffect:
    """What ``take_version`` would do to obligations and entries; nothing is written.

    Raises as ``compare_version`` does.
    """
    old = _old(store, plan_key)
    whole = replace(new, document=_completed(new.document, old.document, ""))
    return effect_of(store, plan_key, _edited(old, whole, confirmed, merged))


def take_version(
    store: Store,
    plan_key: str | None,
    new: Plan,
    confirmed: Iterable[Pair],
    *,
    basis: str,
    merged: Mapping[int, int] | None = None,
    reason: str = "",
    source: Path | None = None,
    job: Job | None = None,
) -> Changes:
    """Let a new version take the place of a plan: a 调整 on its ``basis`` (the 文号 of the new version).

    What a document that is only a table does not say of itself (issuer, date, reports due, 落实 units said once) stays
    as it was; without a number it gets that of its basis. Measures of ``confirmed`` pairs go on with all that was said of them; ``merged`` (old number → new number) go on
    in another one; the other old ones leave the plan and stay in the file. The old version is kept whole
    (``former_versions``), ``source`` is kept as the new one's original. A backup is made before.

    Raises as ``compare_version`` and ``editing.apply_edit`` do, EvidenceError, Cancelled.
    """
    job = job or Job()
    if not basis.strip():
        raise no_basis()
    if store.read_only:
        raise read_only_error(store.path)
    if not new.measures:
        raise InvalidError("新版本没有措施，没有保存。", hint="请检查读入的文件。")
    old = _old(store, plan_key)
    whole = replace(new, document=_completed(new.document, old.document, basis.strip()))
    edited = _edited(old, whole, confirmed, merged)
    backups.before(store, "换新版本", job)
    aside = former_versions.put_aside(store, old, today(), job)
    original = evidence_files.take(store.path, source, job) if source is not None else None

    def beside(db: Connection, plan_id: int) -> None:
        former_versions.keep(db, plan_id, aside)
        if original is not None:
            plan_sources.insert(db, plan_id, original)
        after = {"旧版本": aside.name} | ({"原件": original.name} if original is not None else {})
        journal.append(db, "换新版本", new.title, before={"方案": old.title}, after=after | {"依据": basis.strip()})

    return apply_edit(store, plan_key, edited, kind=EditKind.ADJUSTMENT, basis=basis, reason=reason, beside=beside)


def _completed(new: Document, old: Document, basis: str) -> Document:
    """What the new document says of itself, and what only the old one said."""
    return replace(
        new,
        number=new.number or basis,
        issuer=new.issuer or old.issuer,
        date=new.date or old.date,
        level=new.level or old.level,
        members=new.members or old.members,
        required_reports=new.required_reports or old.required_reports,
        standing=new.standing or old.standing,
    )


def _old(store: Store, plan_key: str | None) -> Plan:
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return plans.load(db, row.id)


def _edited(old: Plan, new: Plan, confirmed: Iterable[Pair], merged: Mapping[int, int] | None) -> Edited:
    """The new version as an edit of the old one, checked."""
    together = tuple(confirmed)
    found = _difference(old, new, together)
    kept = {pair.new for pair in found.kept}
    if any(gone not in found.went or at not in kept for gone, at in (merged or {}).items()):
        raise _impossible()
    return versions.as_edit(new, together, merged)


def _difference(old: Plan, new: Plan, confirmed: Iterable[Pair]) -> Difference:
    try:
        return versions.difference(old, new, confirmed)
    except ValueError as error:
        raise _impossible() from error


def _impossible() -> InvalidError:
    return InvalidError("新旧措施的对应有重复或已不存在，没有保存。", hint="请重新核对对应关系。")
